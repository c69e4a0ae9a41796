"""The head of an AsciiDoc document: its title, its author and date, its attributes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.asciidoc_inline import hide_marks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.ingestion.formats.source_blocks import SourceBlocks, SourceLine

HEADING = re.compile(r"(?P<marks>={1,6}|#{1,6})\s+(?P<said>\S.*)$")
ATTRIBUTE = re.compile(r":(?P<name>!?[\w-]+!?):(?:\s+(?P<value>.*))?$")
ABOUT = {
    "author": "author",
    "date": "date",
    "revdate": "date",
    "lang": "language",
    "page-date": "date",
    "page-author": "author",
}


def read_head(blocks: SourceBlocks, lines: Sequence[SourceLine]) -> tuple[int, str, dict[str, object]]:
    """Add the title and the lines on the author; return the line after the head, the title and what is said of it."""
    about: dict[str, object] = {}
    at = 0
    while at < len(lines) and (not lines[at].said or lines[at].said.startswith("//")):
        at += 1
    while at < len(lines) and (said := ATTRIBUTE.match(lines[at].said)):
        _note(about, said)
        at += 1
    heading = HEADING.match(lines[at].said) if at < len(lines) else None
    if not heading or len(heading["marks"]) > 1:
        return at, "", about
    span = Span(lines[at].first + heading.start("said"), lines[at].end)
    hide_marks(blocks, span)
    blocks.add(Kind.TITLE, span)
    at += 1
    while at < len(lines) and (line := lines[at]).said:
        if said := ATTRIBUTE.match(line.said):
            _note(about, said)
        elif not line.said.startswith("//"):
            blocks.add(Kind.BOILERPLATE, Span(line.first, line.end), label="byline")
            if day := re.search(r"\d{4}-\d\d-\d\d", line.said):
                about.setdefault("date", day[0])
            else:
                about.setdefault("author", re.sub(r"\s*<[^<>]*>", "", line.said.split(";")[0]))
        at += 1
    return at, heading["said"], about


def _note(about: dict[str, object], said: re.Match[str]) -> None:
    key = ABOUT.get(said["name"])
    if key and said["value"]:
        about.setdefault(key, said["value"].strip())
