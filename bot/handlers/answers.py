"""What can be asked of an answer that was given: more passages, the sentences around one, and why."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.filter_arguments import whole_number
from bot.handlers.lookup import is_private, row_for
from bot.handlers.throttling import in_turn
from bot.handlers.unreadable_log import unreadable
from bot.pages import help_pages, notices
from bot.pages.answer_details import context_page, more_page
from bot.pages.citation import citation_page
from bot.pages.why import numbers_page, why_page
from bot.services.logged_conversation import conversation_of
from bot.services.review.explanation import Unexplained, reproduce_reply
from bot.services.review.replay import Obstacle, Replay
from bot.services.review.source_age import marked
from retrieval.core.model import Span, shown

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.fair_queue import FairQueue
    from bot.services.question_service import Desk
    from bot.store.log_row import LogRow
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Quote

FURTHER = 12  # passages beyond those of the answer


class AnswersHandler:
    """Looks an answer up in the log, and gives it again from the same articles; never from others.

    It is given where the bot answers in a server: the channels may be others than when it was asked.
    """

    def __init__(self, desk: Desk, *, asker: Callable[[int], str], queue: FairQueue, rules: HouseRules) -> None:
        self.desk = desk
        self.asker = asker
        self.queue = queue
        self.rules = rules

    async def more(self, id: str, caller: Caller, *, skip: int = 0) -> Page:  # noqa: A002 - it is called that
        """Show the passages that come after those of an answer, from number `skip` on."""
        elsewhere = await self.rules.refusal(caller)
        return elsewhere or await in_turn(self.queue, caller, self._more(id, caller, skip))

    async def turned(self, place: str, caller: Caller) -> Page:
        """Show the further passages that stand in the id of a button."""
        row, _, written = place.partition(".")
        skip = whole_number(written)
        return help_pages.page_is_gone() if skip is None else await self.more(row, caller, skip=skip)

    async def chosen(self, id: str, written: str, caller: Caller) -> Page:  # noqa: A002 - likewise
        """Show the sentences around the quotation that was chosen from a menu."""
        number = whole_number(written)
        return help_pages.page_is_gone() if number is None else await self.context(id, caller, number=number)

    async def why(self, id: str, caller: Caller) -> Page:  # noqa: A002 - likewise
        """Explain an answer in a reader's words."""
        elsewhere = await self.rules.refusal(caller)
        return elsewhere or await in_turn(self.queue, caller, self._why(id, caller, numbers=False))

    async def numbers(self, id: str, caller: Caller) -> Page:  # noqa: A002 - likewise
        """Explain an answer by its numbers."""
        elsewhere = await self.rules.refusal(caller)
        return elsewhere or await in_turn(self.queue, caller, self._why(id, caller, numbers=True))

    async def context(self, id: str, caller: Caller, *, number: int = 0) -> Page:  # noqa: A002 - likewise
        """Show the sentences around one of the quotations of an answer."""
        return await self.rules.refusal(caller) or await self._context(id, caller, number)

    async def cite(self, id: str, caller: Caller, *, number: int = 0) -> Page:  # noqa: A002 - likewise
        """Show how one of the quotations of an answer is cited."""
        return await self.rules.refusal(caller) or await self._cite(id, caller, number)

    async def chosen_to_cite(self, id: str, written: str, caller: Caller) -> Page:  # noqa: A002 - likewise
        """Show how the quotation is cited that was chosen from a menu."""
        number = whole_number(written)
        return help_pages.page_is_gone() if number is None else await self.cite(id, caller, number=number)

    async def _cite(self, id: str, caller: Caller, number: int) -> Page:  # noqa: A002 - likewise
        try:
            row = await row_for(self.desk.log, id, caller, asker=self.asker)
            if row is None or not 0 <= number < len(row.quotes):
                return notices.answer_is_gone()
            quote, answerer = row.quotes[number], self.desk.answerer
            if await self.rules.unseen(answerer, [quote.file], caller, private=is_private(row)):
                return notices.answer_is_gone()  # its words stand in the log, and are hidden all the same
        except LogError as error:
            return unreadable(error)
        article = answerer.corpus.article(quote.file)
        return citation_page(row, number, article if article and article.sha256 == quote.sha256 else None)

    async def _context(self, id: str, caller: Caller, number: int) -> Page:  # noqa: A002 - likewise
        try:
            row = await row_for(self.desk.log, id, caller, asker=self.asker)
            answerer = await self._view(row, caller)
        except LogError as error:
            return unreadable(error)
        if row is None or not 0 <= number < len(row.quotes):
            return notices.answer_is_gone()
        quote = row.quotes[number]
        article = answerer.corpus.article(quote.file)
        if article and article.sha256 == quote.sha256:
            return context_page(row, number, article, answerer.corpus)
        return notices.source_has_changed(quote.name)

    async def _more(self, id: str, caller: Caller, skip: int) -> Page:  # noqa: A002 - likewise
        try:
            row = await row_for(self.desk.log, id, caller, asker=self.asker)
            if row is None:
                return notices.answer_is_gone()
            earlier = await conversation_of(row, self.desk.log)
            answerer = await self._view(row, caller)
        except LogError as error:
            return unreadable(error)
        if row.library != answerer.library.fingerprint:
            return notices.sources_have_changed()
        reply = await self.desk.in_thread(Replay(answerer, earlier.get).reply, row, further=FURTHER)
        if isinstance(reply, Obstacle):
            return notices.sources_have_changed()
        stale = await self.rules.stale_before(caller)
        further = [quote for quote in marked(shown(reply), stale) if not _was_shown(quote, row)]
        return more_page(row, further, skip) if further[skip:] else notices.nothing_further()

    async def _why(self, id: str, caller: Caller, *, numbers: bool) -> Page:  # noqa: A002 - likewise
        try:
            row = await row_for(self.desk.log, id, caller, asker=self.asker)
            if row is None:
                return notices.answer_is_gone()
            earlier = await conversation_of(row, self.desk.log)
            answerer = await self._view(row, caller)
        except LogError as error:
            return unreadable(error)
        reply = await self.desk.in_thread(reproduce_reply, row, answerer, earlier.get)
        if isinstance(reply, Unexplained):
            return notices.sources_have_changed()
        searched = len(answerer.corpus.sentences)
        return numbers_page(row, reply, searched=searched) if numbers else why_page(row, reply)

    async def _view(self, row: LogRow | None, caller: Caller) -> Answerer:
        """The answerer as the caller sees it where that row's answer was shown. Raises LogError."""
        return await self.rules.view(self.desk, caller, private=row is not None and is_private(row))


def _was_shown(quote: Quote, row: LogRow) -> bool:
    return any(
        quote.article.file == other.file and quote.span.overlaps(Span(other.start, other.end)) for other in row.quotes
    )
