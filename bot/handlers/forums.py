"""First answers to forum posts, from their titles: only where a source surely answers, and only where wanted."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.pages import notices
from bot.pages.answer import forum_page
from bot.services.fair_queue import BusyError
from bot.services.receipts import RequestOrigin
from bot.store.log_row import Surface
from retrieval.search.article_filter import ArticleFilter

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.handlers.server_rules import HouseRules
    from bot.handlers.votes import VotesHandler
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.fair_queue import FairQueue
    from bot.services.question_service import Desk
    from bot.store.log_row import LogRow

logger = logging.getLogger(__name__)


class ForumsHandler:
    """Answers posts in the forums that a server named. A title without an answer is a question without help."""

    def __init__(
        self,
        desk: Desk,
        *,
        asker: Callable[[int], str],
        queue: FairQueue,
        rules: HouseRules,
        votes: VotesHandler,
    ) -> None:
        self.desk = desk
        self.asker = asker
        self.queue = queue
        self.rules = rules
        self.votes = votes

    async def wants(self, guild: int, forum: int | None) -> bool:
        """Whether new posts in that forum get a first answer."""
        return forum in await self.rules.forums(guild)

    async def first_answer(self, title: str, caller: Caller) -> Page | None:
        """The answer to a post with that title by the caller; None where there is no sure one."""
        try:
            async with self.queue.turn(caller.user):
                return await self._answer(title, caller)
        except BusyError:  # nobody asked, so nobody is told
            return None

    async def _answer(self, title: str, caller: Caller) -> Page | None:
        asker = self.asker(caller.user)
        rules = await self.rules.of(caller, asker)
        place = RequestOrigin(Surface.FORUM, guild=caller.guild, channel=caller.channel, asker=asker)
        try:
            hidden = await self.rules.hidden(self.desk.answerer, caller, private=False)
        except LogError as error:
            logger.warning("A forum post is not answered: %s", error)
            return None
        asked_of = ArticleFilter(versions=rules.server.collections.versions)
        receipt = await self.desk.ask(
            title, place, limit=rules.server.quotes, log=rules.may_log, hidden=hidden, asked_of=asked_of
        )
        return forum_page(receipt, sources=asked_of.count((await self.desk.view(hidden)).corpus) or 0)

    async def judged(self, id: str, caller: Caller, *, helpful: bool, answered: int | None) -> Page | None:  # noqa: A002 - it is called that
        """Count what the author of a post says of its answer; the page for anybody else, None where it is done.

        `answered` is whose post the message answers, as Discord says.
        """
        row = await self._row(id)
        if row is None:
            return None if answered == caller.user else notices.not_your_post()
        is_here = (row.guild, row.channel) == (caller.guild, caller.channel) and row.surface is Surface.FORUM
        if not is_here or not row.asker or row.asker != self.asker(caller.user):
            return notices.not_your_post()
        await (self.votes.up(id, caller) if helpful else self.votes.down(id, caller))
        return None

    async def _row(self, id: str) -> LogRow | None:  # noqa: A002 - likewise
        try:
            return await self.desk.log.get(id)
        except LogError as error:
            logger.warning("The answer %s to a forum post cannot be looked up: %s", id, error)
            return None
