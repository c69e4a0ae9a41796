"""A choice of rows of the query log."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import datetime

MOST_WORDS = 20_000


class Thumbs(StrEnum):
    """How people voted on an answer."""

    UP = "up"
    DOWN = "down"


@dataclass(frozen=True, slots=True)
class Filter:
    """Rows to which all of this applies; what is None, False or empty applies to every row.

    guild, channel, asker: the row's own, whole; without `guild` it is the rows of all guilds and of none.
    unanswered: there was no answer. thumbs: somebody voted so.
    since, until: asked from `since` on and before `until`, both in whole seconds.
    source: the answer quotes the article of that file; a passage that was only offered as near does not count.
    words: the question has each of them, alone or inside a longer word; see `words_of` and `fold`.
    """

    guild: int | None = None
    channel: int | None = None
    asker: str | None = None
    unanswered: bool = False
    thumbs: Thumbs | None = None
    since: datetime.datetime | None = None
    until: datetime.datetime | None = None
    source: str | None = None
    words: str = ""


EVERY_ROW = Filter()


def fold(text: str) -> str:
    """`text` as searches compare it: without capitals or accents, and with U+FFFD for half characters."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join("\ufffd" if "\ud800" <= char <= "\udfff" else char for char in decomposed if not _is_mark(char))


def words_of(search: str) -> tuple[str, ...]:
    """What a question must have to be found by `search`: the folded text between white space, each once.

    Of more than 20,000 different words the first 20,000 count.
    """
    return tuple(dict.fromkeys(fold(search).split()))[:MOST_WORDS]


def _is_mark(char: str) -> bool:
    return unicodedata.combining(char) != 0
