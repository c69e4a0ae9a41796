"""The nouns of the flow, from a file on disk to a reply: frozen, slotted, and free of behaviour."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from retrieval.core.query_model import Query, QueryTerm


MAIN_LANGUAGE = "en"  # of an article that does not tell


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of `Article.text`: characters from `start` up to, not including, `end`."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


class Kind(StrEnum):
    """What a block of an article is.

    A block holds text that can be quoted (QUOTABLE), or names what stands below it and is searched with it (TITLE,
    HEADING, TABLE_HEAD, TERM, NOTE), or is BOILERPLATE: navigation, bylines, credits, licences.
    """

    TITLE = "title"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"  # of a list
    CAPTION = "caption"  # of a picture or a table
    BOILERPLATE = "boilerplate"
    TABLE_HEAD = "table head"  # the names of a table's columns
    ROW = "row"  # of a table
    CODE = "code"
    TERM = "term"  # that DEFINITION blocks define
    DEFINITION = "definition"
    NOTE = "note"  # the title, perhaps empty, of a note, a warning, a tab, or something folded
    QUOTATION = "quotation"


QUOTABLE = frozenset(
    {Kind.HEADING, Kind.PARAGRAPH, Kind.ITEM, Kind.CAPTION, Kind.ROW, Kind.CODE, Kind.DEFINITION, Kind.QUOTATION}
)


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a heading, a row of a table …: a sentence never runs across its edges.

    `parent` is the place in `Article.blocks` of the block that this one belongs to, -1 where there is none: for a
    heading the heading it is under; for a row its table head; for an item the item it is below, else the paragraph that
    introduces the list; for a definition its term; for what is in a note that note; else the heading above. `level` is
    that of a heading from 1, or how deep an item is, from 1. `label` is the language of code, the sort of a note
    ("warning"), the mark of an item ("3."), or why something is boilerplate ("byline").
    """

    kind: Kind
    span: Span
    parent: int = -1
    level: int = 0
    label: str = ""


class DatePrecision(StrEnum):
    """How much of a date is known: of a month the date is the first day, of a year its first of January."""

    DAY = "day"
    MONTH = "month"
    YEAR = "year"


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Article:
    """One source. `text` is what the file has: its decoded text, line ends untouched, a byte order mark dropped.

    `hidden` are the stretches of `text` that are markup, in order and apart from each other: a reader does not see
    them, and they are not searched. What is searched and what is shown are made of both, see analysis.visible_text.
    `file` is the path relative to the library's folder, with forward slashes; `name` is the source's name as readers
    see it, unlike that of any other, and `own_name` what it is without the others, "" where that is the same;
    `sha256` is the hexadecimal digest of the file's bytes. `date` is as precise as `precision` says. `guessed` are the
    fields that the file does not state ("date"); `remarks` are sentences, which name the file, on what was guessed or
    left aside. `languages` tells from which block on it is in which language, by its code; () for English throughout.
    """

    file: str
    name: str
    text: str = field(repr=False)
    sha256: str
    blocks: Sequence[Block] = field(repr=False, default=())
    hidden: Sequence[Span] = field(repr=False, default=())
    date: datetime.date | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    licence: str | None = None
    own_name: str = ""
    precision: DatePrecision = DatePrecision.DAY
    guessed: tuple[str, ...] = ()
    remarks: tuple[str, ...] = field(repr=False, default=())
    languages: tuple[tuple[int, str], ...] = ()

    def language(self, block: int) -> str:
        """The code of the language of the block at that place."""
        if not self.languages:
            return MAIN_LANGUAGE
        return self.languages[max(0, bisect_right(self.languages, (block, "\uffff")) - 1)][1]


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is found and quoted: a sentence, a row of a table, a line of code, a heading. Two of one place equal.

    `paragraph` is the place of its block in `Article.blocks`; `number` counts within the article from 0.
    """

    article: Article
    span: Span
    paragraph: int
    number: int

    def __hash__(self) -> int:
        return hash((self.article, self.number))

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]

    @property
    def block(self) -> Block:
        return self.article.blocks[self.paragraph]


class Token(NamedTuple):
    """A word as the index sees it (`term`) and where it stands in the text that was given."""

    term: str
    span: Span


class FeatureScore(NamedTuple):
    """What one feature, or one word of the question, added to a score.

    `name` is what people read, `key` the feature's key, "" for a word. It is a tuple because hundreds are made for an
    answer.
    """

    name: str
    value: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """A sentence that was found. `score` is the sum of its `parts`, `found` what it scored when it was first found."""

    sentence: Sentence
    score: float
    parts: tuple[FeatureScore, ...] = ()
    found: float = 0.0


@dataclass(frozen=True, slots=True)
class Copy:
    """Another place where a sentence of a quote is printed, word for word or but for a small edit."""

    article: Article
    span: Span


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch of an article. Its text is cut from the article, so it is verbatim by construction.

    `sentences` are the sentences in it that were found, best first; the rest of `span` is context that makes it fair.
    `marks` are the words in it that the question asked for, in the order of the text. `parts` add up to `score`.
    `answers` are the words in its best sentence that are what was asked for, such as the number behind "how many"; none
    where they cannot be told. `speaks` says that it would be answer enough by itself; `older` that another quote of the
    reply says as much and has a later date; `copies` are where its sentences are printed again; `stale` that its source
    is older than whoever asks wants sources to be.
    """

    article: Article
    span: Span
    sentences: tuple[Span, ...]
    score: float
    marks: tuple[Span, ...] = ()
    parts: tuple[FeatureScore, ...] = ()
    speaks: bool = True
    copies: tuple[Copy, ...] = ()
    answers: tuple[Span, ...] = ()
    older: bool = False
    stale: bool = False

    @property
    def text(self) -> str:
        return self.article.text[self.span.start : self.span.end]


class Reason(StrEnum):
    """Why there is no answer."""

    NO_WORDS = "no_words"
    UNKNOWN_WORDS = "unknown_words"
    NO_MATCH = "no_match"
    WEAK_MATCH = "weak_match"


@dataclass(frozen=True, slots=True)
class Answer:
    """Quotations: the best first, then the best of each other source that speaks, then the rest, each best first.

    `speaking` is the number of sources that speak to the question; those that print the same text count as one.
    `tentative` says that it may be no answer, and has to be shown as that. `undated` is the number of sources that were
    left aside because they have no date, where only those of some time were asked.
    """

    query: Query
    quotes: tuple[Quote, ...]
    confidence: float
    speaking: int
    tentative: bool = False
    undated: int = 0


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """An honest "none of the sources says". `searched` is the number of sentences that were looked at.

    `unmentioned` are the terms of the question that nothing has which a reader of the sources can see: no sentence, no
    heading, no table, no title. `undated` is as in an Answer. `missing` are phrases that were to be found as they stand
    and that nothing has; none where no passage has all of them.
    """

    query: Query
    reason: Reason
    searched: int
    nearest: tuple[Quote, ...] = ()
    confidence: float = 0.0
    unmentioned: tuple[QueryTerm, ...] = ()
    undated: int = 0
    missing: tuple[str, ...] = ()


Reply: TypeAlias = Answer | NoAnswer


def shown(reply: Reply) -> Sequence[Quote]:
    """The passages a reply carries: its quotations, or the nearest ones where there is no answer."""
    match reply:
        case Answer(quotes=quotes):
            return quotes
        case NoAnswer(nearest=nearest):
            return nearest
