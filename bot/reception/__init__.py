"""Requests in, pages out: everything that Discord can ask for, without Discord. Each kind of request has a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conversations import Conversations
from bot.reception.choosing import Choosing
from bot.reception.gaps import Gaps
from bot.reception.questions import Questions
from bot.reception.reports import Reports
from bot.reception.review import Review
from bot.reception.sources import Sources
from bot.reception.wishes import Wishes

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.desk import Desk


class Reception:
    """Takes requests to the desk, the library and the log. `asker` turns a person's id into their keyed hash."""

    def __init__(self, desk: Desk, *, asker: Callable[[int], str], conversations: Conversations | None = None) -> None:
        self.desk = desk
        self.questions = Questions(desk, asker=asker, conversations=conversations or Conversations())
        self.sources = Sources(desk)
        self.choosing = Choosing(desk, asker=asker)
        self.review = Review(desk, self.choosing)
        self.reports = Reports(desk, self.choosing)
        self.gaps = Gaps(desk, self.choosing)
        self.wishes = Wishes(desk, asker=asker)
