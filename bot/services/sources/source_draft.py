"""A source that somebody would add: where it would lie, what is said of it, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.services.sources.source_places import LONGEST_NAME, file_name, place_of, safe_name
from retrieval.ingestion.reading_report import report_on

if TYPE_CHECKING:
    from retrieval.ingestion.reading_report import ReadingReport
    from retrieval.ingestion.source_folders import SourceAbout


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """`place` is the path that it would have, `about` what is said of it, `report` how it was read."""

    place: str
    about: SourceAbout
    content: bytes
    report: ReadingReport

    @property
    def is_readable(self) -> bool:
        """Whether there is anything in it that could be quoted."""
        return self.report.count > 0


def drafted(
    said: str, content: bytes, about: SourceAbout, *, guild: int | None = None, collection: str = "", below: str = ""
) -> SourceDraft:
    """A draft of a new source whose file is called `said`, in a folder `below` its collection.

    It reads the content in a process of its own, which takes some seconds at most. Raises SourceStoreError where it is
    of no kind that is read.
    """
    steps = [safe_name(step, limit=LONGEST_NAME) for step in below.split("/")]
    name = "/".join(filter(None, (*steps, file_name(said, content))))
    return draft_at(place_of(name, guild=guild, collection=collection), content, about)


def draft_at(place: str, content: bytes, about: SourceAbout) -> SourceDraft:
    """A draft of what would lie at a path."""
    return SourceDraft(place, about, content, report_on(place, content, about))
