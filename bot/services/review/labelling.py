"""Reviewed rows of the log -> labelled questions, such as `quoth eval` asks."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING

from bot.store.log_row import Outcome
from bot.store.reviews import Mark
from retrieval.core.errors import QuestionError
from retrieval.evaluation.labelled_questions import question_of

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterator, Sequence

    from bot.store.log_row import LoggedQuote, LogRow
    from bot.store.reviews import Review
    from retrieval.core.model import Article

Place = tuple[str, str]  # a file, and the words of it that answer


class LeftOut(StrEnum):
    """Why a reviewed row, or a question with all its rows, does not become a labelled question."""

    FOLLOW_UP = "follow_up"  # it cannot be asked by itself
    NARROWED = "narrowed"  # it was asked of one source, and would be asked of all
    GONE = "gone"  # the words that answered it are in no article any more
    WRONG = "wrong"  # all that is known is what does not answer it


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, under the id of the first of its rows, and the places that answer it: none if it is to be refused."""

    id: str
    question: str
    places: tuple[Place, ...]


@dataclass(slots=True)
class _Found:
    """What the reviews of one question say."""

    id: str
    question: str
    places: dict[Place, None] = field(default_factory=dict)
    answerable: bool | None = None
    decided_at: datetime.datetime | None = None
    gone: bool = False

    def decide(self, review: Review, *, answerable: bool) -> None:
        """Take a review into account; where two contradict each other, the later one counts."""
        if self.decided_at is None or review.marked_at >= self.decided_at:
            self.answerable, self.decided_at = answerable, review.marked_at


class Labels:
    """Collects reviewed rows; a question is the same where its words are, whatever their case and the blanks between.

    A row marked right gives the quotes that were shown as places, as far as `articles` still have their words, and one
    rightly refused an empty list, as one marked "refuse" does. A row marked wrong says nothing about what is right.
    """

    def __init__(self, articles: Sequence[Article]) -> None:
        self._by_file = {article.file: article for article in articles}
        self._by_name = {article.name: article for article in articles}
        self._found: dict[str, _Found] = {}
        self._rows_left_out: Counter[LeftOut] = Counter()

    def add(self, row: LogRow, review: Review) -> None:
        """Take into account what a review says of a row."""
        if row.follows or row.narrowed_to:
            self._rows_left_out[LeftOut.FOLLOW_UP if row.follows else LeftOut.NARROWED] += 1
            return
        words = " ".join(row.question.casefold().split())
        found = self._found.setdefault(words, _Found(row.id, row.question))
        if review.mark is Mark.REFUSE or (review.mark is Mark.RIGHT and row.outcome is Outcome.NO_ANSWER):
            found.decide(review, answerable=False)
        elif review.mark is Mark.RIGHT:
            places = dict.fromkeys(place for quote in row.quotes if (place := self._place(row, quote)))
            found.places |= places
            found.gone |= not places
            if places:
                found.decide(review, answerable=True)

    def questions(self) -> Iterator[Labelled]:
        """The questions whose right answer is known, in the order in which they came."""
        for found in self._found.values():
            if found.answerable is not None:
                yield Labelled(found.id, found.question, tuple(found.places) if found.answerable else ())

    def left_out(self) -> Counter[LeftOut]:
        """How many rows (follow-ups, narrowed ones) and questions (the others) were left out, and why."""
        undecided = [found for found in self._found.values() if found.answerable is None]
        return self._rows_left_out + Counter(LeftOut.GONE if found.gone else LeftOut.WRONG for found in undecided)

    def _place(self, row: LogRow, quote: LoggedQuote) -> Place | None:
        """Where the words of a quote are today, None where they are not there any more."""
        article = self._by_file.get(quote.file) or self._by_name.get(quote.name)
        if article is None:
            return None
        gold = {"file": article.file, "quote": quote.text}
        try:
            question_of({"question": row.question, "gold": [gold]}, self._by_file, where=row.id, id=row.id)
        except QuestionError:
            return None
        return article.file, quote.text
