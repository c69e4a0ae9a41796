"""Answers that show what their source no longer says: quoted words that were changed since, or whose source is gone."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answer.folded_library import FoldedLibrary
from retrieval.answer.surroundings import sentences_within, stretch
from retrieval.answer.verification import Status, verify

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.log_row import ShownQuote
    from bot.store.query_log import QueryLog
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Article

MOST = 20_000  # quotations of the log that are looked at, the newest
ALIKE = 0.5  # how alike a passage must be to be what the source says now
CODE = 12  # characters


@dataclass(frozen=True, slots=True)
class Correction:
    """Words that answers quoted, and what the source says now: None where it is gone, "" where nothing is like them.

    `code` stands for just this correction; `shown` are the answers that quoted the words, newest first.
    """

    code: str
    file: str
    name: str
    old: str
    new: str | None
    shown: tuple[ShownQuote, ...]


@dataclass(frozen=True, slots=True)
class DueMark:
    """A message on Discord that is to be marked: `code` stands for all that is to be corrected in it."""

    id: str
    guild: int
    channel: int
    message: int
    code: str
    corrections: tuple[Correction, ...]


async def quotations_to_check(log: QueryLog, answerer: Answerer, *, guild: int | None) -> Sequence[ShownQuote]:
    """The quotations that were taken from other articles than those of today. Raises LogError."""
    digests = {article.sha256 for article in answerer.library.articles}
    return await log.quoted_from_others(digests, MOST, guild=guild)


def corrections_of(quotations: Sequence[ShownQuote], answerer: Answerer) -> list[Correction]:
    """What is to be corrected in them, what was shown most often first."""
    folded = FoldedLibrary()
    groups: dict[tuple[str, str], list[ShownQuote]] = {}
    for shown in quotations:
        groups.setdefault((shown.quote.file, shown.quote.text), []).append(shown)
    found = [_correction(file, old, shown, answerer, folded) for (file, old), shown in groups.items()]
    return sorted(filter(None, found), key=lambda each: (-len(each.shown), each.shown[0].id))


def _correction(
    file: str, old: str, shown: Sequence[ShownQuote], answerer: Answerer, folded: FoldedLibrary
) -> Correction | None:
    """What is to be corrected in the answers that quoted these words; None where a source still has them."""
    article = answerer.corpus.article(file)
    if article is None:
        # A file that was given another name is no source that is gone.
        if any(old in other.text for other in answerer.library.articles):
            return None
        new: str | None = None
    else:
        new = _now(old, article, answerer, folded)
        if new == old:
            return None
    code = _code(file, old, "" if new is None else f"now: {new}")
    return Correction(code, file, shown[0].quote.name, old, new, tuple(shown))


def _now(old: str, article: Article, answerer: Answerer, folded: FoldedLibrary) -> str:
    """What an article says in the place of some words, in whole sentences: the same where they still stand there."""
    verdict = verify(old, [article], folded)
    if verdict.status is not Status.NOT_FOUND:
        return old
    nearest = verdict.nearest
    if nearest is None or nearest.similarity < ALIKE:
        return ""
    whole = stretch(nearest.span, sentences_within(answerer.corpus, article, nearest.span))
    return article.text[whole.start : whole.end]


def marks_of(corrections: Sequence[Correction]) -> list[DueMark]:
    """The messages that are not marked yet with all that is to be corrected in them, newest first.

    What only one person was shown cannot be marked, nor an answer whose message is not known.
    """
    of_rows: dict[str, list[Correction]] = {}
    rows: dict[str, ShownQuote] = {}
    for correction in corrections:
        for shown in correction.shown:
            of_rows.setdefault(shown.id, []).append(correction)
            rows[shown.id] = shown
    due = []
    for id_, shown in rows.items():
        found = tuple({each.code: each for each in of_rows[id_]}.values())
        code = _code(*sorted(each.code for each in found))
        if shown.guild and shown.channel and shown.message and not shown.private and shown.corrected != code:
            due.append(DueMark(id_, shown.guild, shown.channel, shown.message, code, found))
    return sorted(due, key=lambda mark: mark.id, reverse=True)


def _code(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode(errors="replace")).hexdigest()[:CODE]
