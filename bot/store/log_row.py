"""A row of the query log: a receipt, enough to replay and to check the answer that was given."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime


class Surface(StrEnum):
    """Where a question was asked."""

    TERMINAL = "terminal"
    COMMAND = "command"
    MENTION = "mention"
    DIRECT = "direct"
    MENU = "menu"
    COMPARE = "compare"


class Outcome(StrEnum):
    """What became of a question."""

    ANSWER = "answer"
    NO_ANSWER = "no_answer"


@dataclass(frozen=True, slots=True)
class LoggedQuote:
    """A quotation as it was shown.

    `start` and `end` count characters of the article's text; `near` marks a passage that was only offered as near to
    the question.
    """

    file: str
    name: str
    sha256: str
    start: int
    end: int
    text: str
    score: float
    near: bool = False


@dataclass(frozen=True, slots=True)
class LoggedSource:
    """An article that was quoted: its file, and the name that readers saw last."""

    file: str
    name: str


@dataclass(frozen=True, slots=True)
class LogRow:
    """One question and what was answered.

    `id` sorts by time, as `ids.new_id` makes it of `asked_at`, which is in UTC. `asker` is a keyed hash, empty where
    nobody is named. `library` is the fingerprint of the articles, `version` that of the program. `follows` is the id of
    the question it follows up.
    `up` and `down` are the votes on the answer, one a person.
    `private` says that the asker alone was shown the answer.
    `narrowed_to` is the file of the one article that was asked, empty where all were, and `at_most` the number of
    quotes that there could be; both are None in rows of before they were kept.
    """

    id: str
    asked_at: datetime.datetime
    surface: Surface
    question: str
    outcome: Outcome
    confidence: float
    elapsed_ms: float
    library: str
    version: str
    guild: int | None = None
    channel: int | None = None
    asker: str = ""
    reason: str | None = None
    follows: str | None = None
    narrowed_to: str | None = None
    at_most: int | None = None
    private: bool = False
    up: int = 0
    down: int = 0
    quotes: tuple[LoggedQuote, ...] = ()


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person, by their keyed hash, thinks of an answer: it helped, it did not, or (None) nothing any more.

    `comment` is what they say of it; without one, the comment on their last vote stays where that was the same.
    """

    voter: str
    helpful: bool | None
    voted_at: datetime.datetime
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Comment:
    """What somebody said of an answer, and what they had voted."""

    text: str
    helpful: bool
    voted_at: datetime.datetime
