"""The lines of a Markdown file: what the parser takes of them, and where that stands in the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

LINE_END = re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True, slots=True)
class PlacedText:
    """The text of a block without what stands before its lines, and where each of its lines is in the file.

    Line n begins in `content` at `at[n]` and in the file at `starts[n]`.
    """

    content: str
    at: list[int]
    starts: list[int]

    def source(self, place: int) -> int:
        """Where in the file that stands which is at `place` in the content."""
        line = bisect_right(self.at, place) - 1
        return self.starts[line] + place - self.at[line]


class SourceLines:
    """The lines of `text` from `start` on; `source` has them with the line ends that the parser knows."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.starts = [start, *(end.end() for end in LINE_END.finditer(text, start)), len(text)]
        self.source = LINE_END.sub("\n", text[start:])
        self.lines = self.source.split("\n")

    def placed(self, content: str, first: int) -> PlacedText | None:
        """Where the lines of `content` are, which is on the lines from `first` on; None where one is not found."""
        at: list[int] = []
        starts: list[int] = []
        place = 0
        for number, line in enumerate(content.split("\n"), first):
            found = self.lines[number].rfind(line.strip()) if number < len(self.lines) else -1
            if found < 0:
                return None
            at.append(place)
            starts.append(self.start(number) + max(found - len(line) + len(line.lstrip()), 0))
            place += len(line) + 1
        return PlacedText(content, at, starts)

    def start(self, line: int) -> int:
        """Where a line begins in the file."""
        return self.starts[min(line, len(self.starts) - 1)]

    def end(self, line: int) -> int:
        """Where it ends, without the sign that ends it."""
        return self.start(line) + len(self.lines[line]) if line < len(self.lines) else len(self.text)

    def start_around(self, offset: int) -> int:
        """Where the line begins that has the sign at `offset`."""
        return self.starts[bisect_right(self.starts, offset) - 1]
