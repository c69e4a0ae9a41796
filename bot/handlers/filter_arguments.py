"""What a moderator chose to read of the log: as it was typed, and as it stands in the id of a button.

Discord lets an id have 100 characters. A choice takes at most 87 of them with the place in the list, so that a button
works after a restart and nothing about it is kept. A source stands there by the beginning of its file's digest.
Neither the server nor whoever presses is ever read from there: Discord says who and where with each press.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self

WORDS = 60  # characters of a search, at most
DIGEST = 10  # characters of a file's digest
LARGEST = 2**63
NUMBER = re.compile(r"[0-9]{1,6}")
ARGUMENT = re.compile(
    r"(?P<way>[+-]?)(?P<id>[0-9a-z]{0,16})\.(?P<unanswered>u?)(?P<voted_down>d?)\.(?P<person>[0-9a-f]{0,16})"
    rf"\.(?P<channel>[0-9a-f]{{0,16}})\.(?P<since>[0-9a-f]{{0,9}})\.(?P<source>[0-9a-f]{{0,{DIGEST}}})"
    rf"\.(?P<words>.{{0,{WORDS}}})"
)


@dataclass(frozen=True, slots=True)
class FilterArguments:
    """What was given behind a command; `person` and `channel` are ids."""

    unanswered: bool = False
    voted_down: bool = False
    person: int | None = None
    channel: int | None = None
    since: str | None = None
    source: str | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class FilterButton:
    """Rows to which all of this applies; `source` is the digest of a file, as `digest` makes it."""

    unanswered: bool = False
    voted_down: bool = False
    person: int | None = None
    channel: int | None = None
    since: datetime.datetime | None = None
    source: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True)
class FilterPosition:
    """A choice and where in its rows a page begins: before the row `before`, or after the row `after`."""

    choice: FilterButton
    before: str | None = None
    after: str | None = None

    def __str__(self) -> str:
        """Write it for a button's id."""
        chosen = self.choice
        at = f"+{self.after}" if self.after else f"-{self.before or ''}"
        since = None if chosen.since is None else int(chosen.since.timestamp())
        numbers = [_hex(number) for number in (chosen.person, chosen.channel, since)]
        return ".".join(
            [at, "u" * chosen.unanswered + "d" * chosen.voted_down, *numbers, chosen.source, chosen.words[:WORDS]]
        )

    @classmethod
    def read(cls, argument: str) -> Self | None:
        """Read it from a button's id; None where somebody made that up."""
        found = ARGUMENT.fullmatch(argument)
        numbers = [int(found[name] or "0", 16) for name in ("person", "channel", "since")] if found else []
        if not found or max(numbers) >= LARGEST:
            return None
        person, channel, since = numbers
        try:
            moment = datetime.datetime.fromtimestamp(since, datetime.UTC) if since else None
        except (ValueError, OverflowError, OSError):
            return None
        choice = FilterButton(
            unanswered=bool(found["unanswered"]),
            voted_down=bool(found["voted_down"]),
            person=person or None,
            channel=channel or None,
            since=moment,
            source=found["source"],
            words=found["words"],
        )
        at = found["id"] or None
        return cls(choice, after=at) if found["way"] == "+" else cls(choice, before=at)


def whole_number(written: str) -> int | None:
    """Read a small number from a button's id or a menu's choice; None where somebody made that up."""
    return int(written) if NUMBER.fullmatch(written) else None


def digest(file: str) -> str:
    """The beginning of a digest of a file's name: enough to tell it from the others of a library."""
    return hashlib.sha256(file.encode(errors="replace")).hexdigest()[:DIGEST]


def _hex(number: int | None) -> str:
    return "" if number is None else f"{number:x}"
