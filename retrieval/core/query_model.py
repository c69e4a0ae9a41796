"""The nouns of a question that has been read: what it asks for, term by term."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, StrEnum, auto
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


class SmallTalk(Enum):
    """The kinds of small talk that get a friendly line instead of a search."""

    GREETING = auto()
    THANKS = auto()
    FAREWELL = auto()
    ABOUT = auto()


class AnswerType(StrEnum):
    """The kinds of answer that a question's words can ask for."""

    NUMBER = "a number"
    TIME = "a time"
    PLACE = "a place"
    PERSON = "a person"
    REASON = "a reason"
    OTHER = "anything"


@dataclass(frozen=True, slots=True)
class QueryTerm:
    """A term of the question, the words it was read from, and other words of the articles that it stands for.

    `sentences` is the number of sentences in the whole library that have it. `weight` is what the term counts for
    beside the others: less than 1 where the reader did not write it just so. `carried` is True for one that the
    question left unsaid, and the question before it said. `read` are the words that it was taken for where it is
    misspelt. `name` marks a name, `place` one that the question gives as a place ("in Iraq").
    """

    term: str
    word: str
    sentences: int = 0
    also: tuple[str, ...] = ()
    weight: float = 1.0
    carried: bool = False
    read: str = ""
    name: bool = False
    place: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question as the searcher sees it: each term once, in the order of the question, then those carried over.

    `read` is what is read of the question where that is not all of it as it stands: without a greeting that opens it,
    with its misspelt words put right, and no longer than is read. `small_talk` is its kind where it is nothing else,
    `answer_type` the kind of answer that it asks for, `counted` the one or two words behind "how many", `defined`
    the folded words of what it wants explained. Where the
    question is only a piece of one ("and in Iraq?"), `completes` is the whole one that it was read with, which also
    gives the answer type. `language` is the code of its language. `phrases` stand in quotation marks in it, and are to
    be found as they stand. Where only sources of some time are asked, `after` is the first day of it and `before` the
    day behind the last.
    """

    question: str
    terms: tuple[QueryTerm, ...]
    read: str = ""
    small_talk: SmallTalk | None = None
    answer_type: AnswerType = AnswerType.OTHER
    counted: str = ""
    defined: tuple[str, ...] = ()
    completes: Query | None = None
    language: str = "en"
    phrases: tuple[str, ...] = ()
    after: datetime.date | None = None
    before: datetime.date | None = None

    @property
    def carried(self) -> tuple[QueryTerm, ...]:
        """The terms carried over from the question before; where there are any, this one was read as a follow-up."""
        return tuple(term for term in self.terms if term.carried)

    @property
    def known(self) -> tuple[QueryTerm, ...]:
        """The terms that the library has at least once."""
        return tuple(term for term in self.terms if term.sentences)

    @property
    def unknown(self) -> tuple[QueryTerm, ...]:
        """The terms that no sentence has."""
        return tuple(term for term in self.terms if not term.sentences)
