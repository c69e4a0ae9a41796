"""Requests in, pages out: everything that Discord can ask for, without Discord. Each kind of request has a room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config.settings import Settings
from bot.handlers.answers import AnswersHandler
from bot.handlers.corrections import CorrectionsHandler
from bot.handlers.digests import DigestsHandler
from bot.handlers.filters import FilterParser
from bot.handlers.forums import ForumsHandler
from bot.handlers.gaps import GapsHandler
from bot.handlers.member_answers import MemberAnswersHandler
from bot.handlers.notifications import NotificationsHandler
from bot.handlers.privacy import PrivacyHandler
from bot.handlers.questions import QuestionsHandler
from bot.handlers.reports import ReportsHandler
from bot.handlers.review import ReviewHandler
from bot.handlers.server_rules import HouseRules
from bot.handlers.settings import SettingsHandler
from bot.handlers.source_changes import SourceChangesHandler
from bot.handlers.sources import SourcesHandler
from bot.handlers.verification import VerificationHandler
from bot.handlers.votes import VotesHandler
from bot.handlers.withdrawal import WithdrawalHandler
from bot.services.conversations import Conversations
from bot.services.fair_queue import FairQueue
from bot.services.verification_service import VerificationService
from bot.store.preferences import MemoryPreferences

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.services.question_service import Desk
    from bot.services.retention.data_subjects import DataSubjects
    from bot.services.sources.source_desk import SourceDesk
    from bot.store.leases import Leases
    from bot.store.preferences import Preferences


class Reception:
    """Takes requests to the desk, the library and the log.

    `asker` turns a person's id into their keyed hash. `operator` has the settings of whoever runs the bot, and every
    handler that goes by one reads it there. `preferences` is where the wishes of servers and people are kept, in memory
    by default. `persons` looks after what is kept of people; without it nobody can see or delete theirs. `added` is
    where editors bring sources; without it they cannot. `leases` are shared with the other processes of this bot, where
    there are any.
    """

    def __init__(
        self,
        desk: Desk,
        *,
        asker: Callable[[int], str],
        operator: Settings | None = None,
        conversations: Conversations | None = None,
        queue: FairQueue | None = None,
        preferences: Preferences | None = None,
        persons: DataSubjects | None = None,
        added: SourceDesk | None = None,
        leases: Leases | None = None,
    ) -> None:
        operator = operator or Settings.model_validate({})
        preferences = preferences or MemoryPreferences()
        conversations = conversations or Conversations()
        rules = HouseRules(preferences)
        self.desk = desk
        self.queue = queue or FairQueue()
        self.questions = QuestionsHandler(desk, asker=asker, conversations=conversations, queue=self.queue, rules=rules)
        self.answers = AnswersHandler(desk, asker=asker, queue=self.queue, rules=rules)
        self.votes = VotesHandler(desk, asker=asker)
        self.forums = ForumsHandler(desk, asker=asker, queue=self.queue, rules=rules, votes=self.votes)
        self.withdrawal = WithdrawalHandler(desk, asker=asker)
        self.checks = VerificationHandler(desk, VerificationService(desk), queue=self.queue, rules=rules)
        self.settings = SettingsHandler(preferences, operator, desk, rules)
        self.privacy = PrivacyHandler(persons, preferences, conversations, operator, asker=asker, added=added)
        self.sources = SourcesHandler(desk, rules)
        self.source_changes = SourceChangesHandler(added, operator, rules)
        self.member_answers = MemberAnswersHandler(added, operator, rules, preferences, asker=asker)
        self.choosing = FilterParser(desk, asker=asker, rules=rules)
        self.review = ReviewHandler(desk, self.choosing)
        self.reports = ReportsHandler(desk, self.choosing)
        self.corrections = CorrectionsHandler(desk, rules)
        self.digests = DigestsHandler(desk, preferences, rules, self.corrections)
        self.gaps = GapsHandler(desk, self.choosing)
        self.telling = NotificationsHandler(desk, asker=asker, rules=rules, leases=leases)
