"""Texts that are said to be quotations, checked against the sources. Nothing of them is kept."""

from __future__ import annotations

import asyncio
import re
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.throttling import in_turn
from bot.handlers.unreadable_log import unreadable
from bot.pages import notices
from bot.pages.verification import verdict_page
from retrieval.answer.verification import Status, verify

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Page
    from bot.services.caller import Caller
    from bot.services.fair_queue import FairQueue
    from bot.services.question_service import Desk
    from retrieval.answer.answerer import Answerer
    from retrieval.answer.verification import Verdict
    from retrieval.core.model import Article

LONGEST = 4000  # characters that are checked
LARGE = 2_000_000  # characters of a library of which not every article is read anew for each text
ALIKE = 50  # sentences of such a library that are like a text, whose articles are read
BLOCK = re.compile(r"(?m)^> ?(.*)$")
MARKS = re.compile(r"“([^“”]+)”|«([^«»]+)»|\"([^\"]+)\"")
WORDS = 4  # words that a stretch in quotation marks has at least, to be what is to be checked
MARKUP = re.compile(r"\\([^\w\s])|\*\*|__|~~|\|\||`")


class VerificationHandler:
    """Says whether a text is word for word in a source, where the bot answers in a server."""

    def __init__(self, desk: Desk, *, queue: FairQueue, rules: HouseRules) -> None:
        self.desk = desk
        self.queue = queue
        self.rules = rules

    async def text(self, text: str, caller: Caller) -> Page:
        """Check a text as it is."""
        return await self._checked([text], caller)

    async def message(self, text: str, caller: Caller) -> Page:
        """Check what a message quotes: its quoted lines, or what it has in quotation marks, or all of it."""
        if not text.strip():
            return notices.nothing_to_check()
        return await self._checked(list(_readings(text)), caller)

    async def _checked(self, readings: list[str], caller: Caller) -> Page:
        elsewhere = await self.rules.refusal(caller)
        return elsewhere or await in_turn(self.queue, caller, self._page(readings, caller))

    async def _page(self, readings: list[str], caller: Caller) -> Page:
        try:
            answerer = await self.rules.view(self.desk, caller, private=True)
        except LogError as error:
            return unreadable(error)
        verdict = await asyncio.to_thread(_verdict, readings, answerer)
        return verdict_page(verdict, answerer.corpus)


def _verdict(readings: list[str], answerer: Answerer) -> Verdict:
    """The verdict on the first reading that is found, else on the first."""
    verdicts = []
    for reading in readings:
        verdicts.append(verify(reading[:LONGEST], _likely(reading[:LONGEST], answerer)))
        if verdicts[-1].status is not Status.NOT_FOUND:
            return verdicts[-1]
    return verdicts[0]


def _likely(reading: str, answerer: Answerer) -> Sequence[Article]:
    """The articles to look into: those that have exactly these words, or of a large library those that are like them.

    Reading a text without its typography takes a second for some millions of characters.
    """
    articles = answerer.library.articles
    if exact := [article for article in articles if reading.strip() in article.text]:
        return exact
    if sum(len(article.text) for article in articles) <= LARGE:
        return articles
    hits = answerer.searcher.search(answerer.analyze(reading).query, ALIKE)
    files = {hit.sentence.article.file for hit in hits}
    return [article for article in articles if article.file in files]


def _readings(message: str) -> Iterator[str]:
    """What may be the quotation in a message, without and with Discord's markup."""
    quoted = "\n".join(BLOCK.findall(message)).strip()
    if not quoted:
        stretches = ["".join(groups) for groups in MARKS.findall(message)]
        quoted = max((found for found in stretches if len(found.split()) >= WORDS), key=len, default=message)
    plain = MARKUP.sub(r"\1", quoted)
    yield from dict.fromkeys(reading for reading in (plain, quoted) if reading.strip())
