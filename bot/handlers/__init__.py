"""Requests in, pages out: everything that Discord can ask for, without Discord. Each kind of request has a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.handlers.answers import Answers
from bot.handlers.filters import Choosing
from bot.handlers.gaps import Gaps
from bot.handlers.notifications import Telling
from bot.handlers.privacy import Privacy
from bot.handlers.questions import Questions
from bot.handlers.reports import Reports
from bot.handlers.review import Review
from bot.handlers.server_rules import HouseRules
from bot.handlers.settings import Settings
from bot.handlers.sources import Sources
from bot.handlers.verification import Checks
from bot.handlers.votes import Votes
from bot.services.conversations import Conversations
from bot.services.fair_queue import FairQueue
from bot.store.preferences import MemoryPreferences

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services.question_service import Desk
    from bot.services.retention.data_subjects import Persons
    from bot.store.preferences import Preferences


class Reception:
    """Takes requests to the desk, the library and the log.

    `asker` turns a person's id into their keyed hash. `preferences` is where wishes of servers and people are kept, in
    memory by default; `keep_days` is for how long the operator keeps questions, 0 for ever. `persons` looks after what
    is kept of people; without it nobody can see or delete theirs.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        asker: Callable[[int], str],
        conversations: Conversations | None = None,
        queue: FairQueue | None = None,
        preferences: Preferences | None = None,
        keep_days: int = 0,
        persons: Persons | None = None,
    ) -> None:
        preferences = preferences or MemoryPreferences()
        conversations = conversations or Conversations()
        rules = HouseRules(preferences)
        self.desk = desk
        self.queue = queue or FairQueue()
        self.questions = Questions(desk, asker=asker, conversations=conversations, queue=self.queue, rules=rules)
        self.answers = Answers(desk, asker=asker, queue=self.queue, rules=rules)
        self.votes = Votes(desk, asker=asker)
        self.checks = Checks(desk, queue=self.queue, rules=rules)
        self.settings = Settings(preferences, limit=desk.answerer.limit, keep_days=keep_days)
        self.privacy = Privacy(persons, preferences, conversations, asker=asker, keep_days=keep_days)
        self.sources = Sources(desk)
        self.choosing = Choosing(desk, asker=asker)
        self.review = Review(desk, self.choosing)
        self.reports = Reports(desk, self.choosing)
        self.gaps = Gaps(desk, self.choosing)
        self.telling = Telling(desk, asker=asker)
