"""Texts that are said to be quotations, checked against the sources. Nothing of them is kept."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.throttling import in_turn
from bot.handlers.unreadable_log import unreadable
from bot.pages import help_pages, notices
from bot.pages.draft import draft_page, too_large, unreadable_draft
from bot.pages.verification import verdict_page
from bot.services.verification_service import ClosingError
from retrieval.core.errors import ArticleError
from retrieval.ingestion.draft_file import draft_text

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator
    from typing import Any

    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.fair_queue import FairQueue
    from bot.services.question_service import Desk
    from bot.services.verification_service import VerificationService

BLOCK = re.compile(r"(?m)^> ?(.*)$")
MARKS = re.compile(r"“([^“”]+)”|«([^«»]+)»|\"([^\"]+)\"")
WORDS = 4  # words that a stretch in quotation marks has at least, to be what is to be checked
MARKUP = re.compile(r"\\([^\w\s])|\*\*|__|~~|\|\||`")
AT_ONCE = 2  # texts that are looked for at the same time; while one waits for Discord's file, another is looked for
LARGEST_FILE = 10_000_000  # bytes
FOR_ONE = 5  # quotations that count as one question of the person who wants them checked


class VerificationHandler:
    """Says whether a text is word for word in a source, where the bot answers in a server."""

    def __init__(self, desk: Desk, service: VerificationService, *, queue: FairQueue, rules: HouseRules) -> None:
        self.desk = desk
        self.service = service
        self.queue = queue.beside(at_once=AT_ONCE)
        self.rules = rules

    async def text(self, text: str, caller: Caller) -> Page:
        """Check a text as it is."""
        return await self._checked([text], caller)

    async def message(self, text: str, caller: Caller) -> Page:
        """Check what a message quotes: its quoted lines, or what it has in quotation marks, or all of it."""
        if not text.strip():
            return notices.nothing_to_check()
        return await self._checked(list(_readings(text)), caller)

    async def draft(self, name: str, size: int, fetch: Callable[[], Awaitable[bytes]], caller: Caller) -> Page:
        """Check every quotation in a file of that name and size, whose bytes `fetch` gives."""
        if size > LARGEST_FILE:
            return too_large(LARGEST_FILE)
        return await self._in_turn(caller, self._draft(name, fetch, caller))

    async def _checked(self, readings: list[str], caller: Caller) -> Page:
        return await self._in_turn(caller, self._page(readings, caller))

    async def _in_turn(self, caller: Caller, work: Coroutine[Any, Any, Page]) -> Page:
        if elsewhere := await self.rules.refusal(caller):
            work.close()
            return elsewhere
        try:
            return await in_turn(self.queue, caller, work)
        except ClosingError:
            return help_pages.leaving()

    async def _page(self, readings: list[str], caller: Caller) -> Page:
        try:
            answerer = await self.rules.view(self.desk, caller, private=True)
        except LogError as error:
            return unreadable(error)
        verdict = await self.service.first_found(readings, answerer)
        return verdict_page(verdict, answerer.corpus)

    async def _draft(self, name: str, fetch: Callable[[], Awaitable[bytes]], caller: Caller) -> Page:
        try:
            text = await asyncio.to_thread(draft_text, name, await fetch())
        except ArticleError as error:
            return unreadable_draft(str(error))
        try:
            answerer = await self.rules.view(self.desk, caller, private=True)
        except LogError as error:
            return unreadable(error)
        checked, left_out = await self.service.draft(text, answerer)
        self.queue.cooldowns.charge(caller.user, len(checked) / FOR_ONE)
        return draft_page(name, text, checked, left_out=left_out)


def _readings(message: str) -> Iterator[str]:
    """What may be the quotation in a message, without and with Discord's markup."""
    quoted = "\n".join(BLOCK.findall(message)).strip()
    if not quoted:
        stretches = ["".join(groups) for groups in MARKS.findall(message)]
        quoted = max((found for found in stretches if len(found.split()) >= WORDS), key=len, default=message)
    plain = MARKUP.sub(r"\1", quoted)
    yield from dict.fromkeys(reading for reading in (plain, quoted) if reading.strip())
