"""A row of the query log: a receipt, enough to replay and to check the answer that was given.

Annotations are values here, not strings: the log's columns are read from them, at each start.
"""

import datetime
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from bot.store.log_columns import LogColumn, LogView, PersonalData, columns_of


class Surface(StrEnum):
    """Where a question was asked."""

    TERMINAL = "terminal"
    COMMAND = "command"
    MENTION = "mention"
    DIRECT = "direct"
    MENU = "menu"
    COMPARE = "compare"
    FORUM = "forum"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRow:
    """One question and what was answered; the table of the log's columns (see `log_columns`).

    `id` sorts by time, as `ids.new_id` makes it of `asked_at`, which is in UTC. `asker` is a keyed hash, empty where
    nobody is named. `library` is the fingerprint of the articles, `version` that of the program. `follows` is the id of
    the question it follows up. `up` and `down` are the votes on the answer, one a person. `narrowed_to` is the file of
    the one article that was asked, empty where all were, and `at_most` the number of quotes that there could be; both
    are None in rows from before they were logged. `private` says that the asker alone was shown the answer, `tentative`
    that it was not sure, and `weaker` that passages which have not earned a quote were asked for as well. `asked_of` is
    what else it was narrowed to, as services.asked_sources writes it. What
    happens later is noted by `RowNote`: `message` is the Discord message that shows the answer, `withdrawn` says that
    it was deleted there, and `corrected` is the code of the correction that it was marked with, empty where it was not.
    """

    id: Annotated[str, LogColumn("Sorts by time; it stands below each answer", PersonalData.QUESTION)]
    asked_at: Annotated[datetime.datetime, LogColumn("When it was asked, in UTC", PersonalData.TIME)]
    surface: Annotated[
        Surface,
        LogColumn(
            "Where it was asked: terminal, command, mention, direct, menu, compare or forum", PersonalData.MANNER
        ),
    ]
    guild: Annotated[
        int | None,
        LogColumn(
            "The Discord server", PersonalData.PLACE, {LogView.RECEIPT_PAGE: "A server sees its own rows alone."}
        ),
    ] = None
    channel: Annotated[
        int | None,
        LogColumn("The Discord channel", PersonalData.PLACE, {LogView.REVIEW_LISTS: "A number says little."}),
    ] = None
    asker: Annotated[
        str,
        LogColumn(
            "Who asked, as a code that only this installation can make",
            PersonalData.ASKER,
            {LogView.REVIEW_LISTS: "A code says little, and a list is read over shoulders."},
        ),
    ] = ""
    question: Annotated[str, LogColumn("What was asked, letter by letter", PersonalData.QUESTION)]
    outcome: Annotated[Outcome, LogColumn("answer, or no_answer", PersonalData.ANSWER)]
    reason: Annotated[str | None, LogColumn("Why there was no answer", PersonalData.ANSWER)] = None
    confidence: Annotated[
        float, LogColumn("The chance, from 0 to 1, that the first quotation answers it", PersonalData.ANSWER)
    ]
    up: Annotated[int, LogColumn("Votes that it helped", PersonalData.VOTES)] = 0
    down: Annotated[int, LogColumn("Votes that it did not help", PersonalData.VOTES)] = 0
    elapsed_ms: Annotated[float, LogColumn("Milliseconds that the answer took", PersonalData.ANSWER)]
    follows: Annotated[
        str | None,
        LogColumn("The question that it follows up", PersonalData.MANNER, {LogView.REVIEW_LISTS: "Few have one."}),
    ] = None
    library: Annotated[
        str,
        LogColumn("The fingerprint of the articles", PersonalData.ANSWER, {LogView.REVIEW_LISTS: "It is long."}),
    ]
    version: Annotated[
        str, LogColumn("The version of Quoth", PersonalData.ANSWER, {LogView.REVIEW_LISTS: "Most have the same."})
    ]
    narrowed_to: Annotated[
        str | None,
        LogColumn(
            "The one article that was asked, where it was one",
            PersonalData.MANNER,
            {LogView.REVIEW_LISTS: "Few have one."},
        ),
    ] = None
    at_most: Annotated[
        int | None,
        LogColumn(
            "How many quotations there could be",
            PersonalData.MANNER,
            {
                LogView.RECEIPT_PAGE: "The quotations themselves are shown.",
                LogView.RECEIPT_TEXT: "The quotations themselves are shown.",
                LogView.REVIEW_LISTS: "Most have the same.",
            },
        ),
    ] = None
    private: Annotated[bool, LogColumn("1 where the asker alone was shown the answer", PersonalData.MANNER)] = False
    tentative: Annotated[bool, LogColumn("1 where the answer was not sure: it may be one", PersonalData.ANSWER)] = False
    weaker: Annotated[
        bool,
        LogColumn(
            "1 where passages that say little were asked for too",
            PersonalData.MANNER,
            {
                LogView.RECEIPT_PAGE: "The quotations themselves are shown.",
                LogView.RECEIPT_TEXT: "The quotations themselves are shown.",
                LogView.REVIEW_LISTS: "Few have it.",
            },
        ),
    ] = False
    message: Annotated[
        int | None,
        LogColumn(
            "The Discord message that shows the answer",
            PersonalData.PLACE,
            {
                LogView.RECEIPT_PAGE: "A number says little.",
                LogView.RECEIPT_TEXT: "A number says little.",
                LogView.REVIEW_LISTS: "A number says little.",
            },
        ),
    ] = None
    withdrawn: Annotated[
        bool,
        LogColumn(
            "1 where the answer was deleted on Discord, by its asker or by somebody who may manage messages",
            PersonalData.ANSWER,
            {LogView.REVIEW_LISTS: "Few have it."},
        ),
    ] = False
    corrected: Annotated[
        str,
        LogColumn(
            "Which correction the message was marked with, as a code",
            PersonalData.ANSWER,
            {
                LogView.RECEIPT_PAGE: "`/log corrections` shows what is to be corrected.",
                LogView.RECEIPT_TEXT: "`quoth log corrections` shows what is to be corrected.",
                LogView.REVIEW_LISTS: "Few have one.",
            },
        ),
    ] = ""
    asked_of: Annotated[
        str,
        LogColumn(
            "Which collections and dates were asked, as JSON, where not all were",
            PersonalData.MANNER,
            {LogView.REVIEW_LISTS: "Few have it."},
        ),
    ] = ""
    quotes: tuple[LoggedQuote, ...] = ()  # a table of their own


COLUMNS = columns_of(LogRow)


@dataclass(frozen=True, slots=True)
class RowNote:
    """What became of an answer after it was logged; what is None stays as it was. The fields are those of LogRow."""

    message: int | None = None
    withdrawn: bool | None = None
    corrected: str | None = None


@dataclass(frozen=True, slots=True)
class ShownQuote:
    """A quotation that an answer showed, and where that answer is. The fields are those of LogRow."""

    id: str
    asked_at: datetime.datetime
    guild: int | None
    channel: int | None
    message: int | None
    private: bool
    corrected: str
    quote: LoggedQuote


@dataclass(frozen=True, slots=True)
class Vote:
    """What one person, by their keyed hash, thinks of an answer: it helped, it did not, or (None) they took it back.

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
