"""Looks for quotations in the sources, a small piece of work at a time, so that it never holds up an answer."""

from __future__ import annotations

import asyncio
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

from retrieval.answer.draft_check import check, quotations_in
from retrieval.answer.folded_library import FoldedLibrary
from retrieval.answer.verification import Status, verify

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.services.question_service import Desk
    from retrieval.answer.answerer import Answerer
    from retrieval.answer.draft_check import CheckedQuotation
    from retrieval.answer.verification import Verdict
    from retrieval.core.model import Article

Wanted = ParamSpec("Wanted")
Found = TypeVar("Found")

LONGEST = 4000  # characters of a text that are checked
MOST = 200  # quotations of a draft that are checked
LARGE = 4_000_000  # characters of a library of which not every article is looked into for each text
ALIKE = 50  # sentences of such a library that are like a text, whose articles are looked into
LONGEST_REST = 0.05  # seconds between two pieces of work
AS_MUCH = 400_000  # characters of these articles


class ClosingError(Exception):
    """The program ends, and the rest of the work is not done any more."""


class VerificationService:
    """Checks texts and drafts against the articles of the desk.

    The work has one thread of its own and takes turns with the questions at the desk, article by article and text by
    text: one piece, then the questions that have come meanwhile. Articles are read without their typography once.
    Where the program ends meanwhile, ClosingError is raised.
    """

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self._folded = FoldedLibrary()
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="verification")
        self._reading = asyncio.Lock()  # so that each article is read for one of those who need it
        self._one_at_a_time = asyncio.Lock()  # so that questions wait for one piece, however many have a text to check

    async def first_found(self, readings: Sequence[str], answerer: Answerer) -> Verdict:
        """The verdict on the first of some readings of a text that is found, else on the first."""
        verdicts: list[Verdict] = []
        for reading in readings:
            articles = await self._ready(reading[:LONGEST], answerer)
            verdicts.append(await self._piece(verify, reading[:LONGEST], articles, self._folded))
            if verdicts[-1].status is not Status.NOT_FOUND:
                return verdicts[-1]
        return verdicts[0]

    async def draft(self, text: str, answerer: Answerer) -> tuple[list[CheckedQuotation], int]:
        """Each quotation of a draft with what became of it, and how many there are beyond those that are checked."""
        quotations = await asyncio.to_thread(quotations_in, text)
        checked = []
        for span, quotation in quotations[:MOST]:
            articles = await self._ready(quotation[:LONGEST], answerer)
            checked.append(await self._piece(check, span, quotation, articles, self._folded))
        return checked, len(quotations) - len(checked)

    async def _ready(self, text: str, answerer: Answerer) -> Sequence[Article]:
        """The articles to look into, each made ready by itself."""
        articles = answerer.library.articles
        if sum(len(article.text) for article in articles) > LARGE:
            articles = await self._piece(_likely, text, answerer)
        elif any(text.strip() in article.text for article in articles):
            return articles
        async with self._reading:
            for article in articles:
                known = self._folded.article(article)
                if not known.is_ready:
                    await self._piece(known.make_ready)
        return articles

    async def _piece(self, work: Callable[Wanted, Found], /, *args: Wanted.args, **kwargs: Wanted.kwargs) -> Found:
        """Do a small piece of the work when no question is being worked out, and rest for as long as it took."""
        async with self._one_at_a_time:
            if self.desk.closing:
                raise ClosingError
            started = time.perf_counter()
            done = await self.desk.between_questions(self._pool, work, *args, **kwargs)
            await asyncio.sleep(min(time.perf_counter() - started, LONGEST_REST))
            return done


def _likely(text: str, answerer: Answerer) -> Sequence[Article]:
    """The articles of a large library that have exactly these words, or else the first of those that are like them."""
    articles = answerer.library.articles
    if exact := [article for article in articles if text.strip() in article.text]:
        return exact
    hits = answerer.searcher.search(answerer.analyze(text).query, ALIKE)
    found: list[Article] = []
    size = 0
    for article in dict.fromkeys(hit.sentence.article.file for hit in hits):
        known = answerer.corpus.article(article)
        if known and (not found or size + len(known.text) <= AS_MUCH):
            found.append(known)
            size += len(known.text)
    return found
