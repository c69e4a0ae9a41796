"""Requests in, pages out: everything that Discord can ask for, without Discord. Each kind of request has a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversations import Conversations
from bot.queueing import FairQueue
from bot.reception.answers import Answers
from bot.reception.checks import Checks
from bot.reception.questions import Questions
from bot.reception.review import Review
from bot.reception.sources import Sources
from bot.reception.votes import Votes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk import Desk


class Reception:
    """Takes requests to the desk, the library and the log. `asker` turns a person's id into their keyed hash."""

    def __init__(
        self,
        desk: Desk,
        *,
        asker: Callable[[int], str],
        conversations: Conversations | None = None,
        queue: FairQueue | None = None,
    ) -> None:
        self.desk = desk
        self.queue = queue or FairQueue()
        self.questions = Questions(desk, asker=asker, conversations=conversations or Conversations(), queue=self.queue)
        self.answers = Answers(desk, asker=asker, queue=self.queue)
        self.votes = Votes(desk, asker=asker)
        self.checks = Checks(desk, queue=self.queue)
        self.sources = Sources(desk)
        self.review = Review(desk)
