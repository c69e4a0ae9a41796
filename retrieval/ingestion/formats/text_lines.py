"""The lines of a plain text, and which of them a writer or a program broke to fit a width.

A line was broken where the next line's first word would not have fitted on it, or where it stops amid a sentence. The
width is found from the lines themselves: 50 columns, 78 or 140.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LINE_END = re.compile(r"\n|\r(?!\n)")  # the first of two leaves white space at the end of the line
TAB = 8
ENDED = re.compile(r"[.!?…:。！？؟।][\"'”’»)\]*_]*$")
# A line that ends in one of these words or signs goes on.
OPEN = re.compile(
    r"(?:[,(\[“„«‘&/–—-]|\b(?:a|an|the|of|to|in|on|at|by|for|with|from|under|over|into|onto|about|after|before|between"
    r"|through|during|without|within|upon|per|and|or|but|nor|that|which|who|whose|because|while|as|than|is|are|was|were"
    r"|be|been|has|have|had|will|would|can|could|must|shall|should|not|its|his|her|their|our|your|my|these|those|each"
    r"|every|der|die|das|den|dem|des|und|oder|ein|eine|im|am|zu|von|mit|für|le|la|les|du|de|et|un|une|el|los|las|y|que|en))$",
    re.IGNORECASE,
)
SHORT = 40  # columns: lines of a list rather than of a text that was broken
WIDEST = 400  # columns: what is wider was not broken by anybody


class TextLine(NamedTuple):
    """A line: where its words start and end in the text, what they are, and how far they are indented."""

    start: int
    end: int
    said: str
    indent: int

    @property
    def width(self) -> int:
        """The column at which it ends."""
        return self.indent + self.end - self.start


def runs_of(text: str, start: int = 0) -> Iterator[list[TextLine]]:
    """The lines of a text from `start` on, those without a blank line between them together."""
    run: list[TextLine] = []
    at = start
    for line in LINE_END.split(text[start:]) if "\r" in text else text[start:].split("\n"):
        if said := line.strip():
            before = line.index(said[0])
            indent = len(line[:before].expandtabs(TAB)) if "\t" in line[:before] else before
            run.append(TextLine(at + before, at + before + len(said), said, indent))
        elif run:
            yield run
            run = []
        at += len(line) + 1
    if run:
        yield run


def width_of(runs: Sequence[Sequence[TextLine]]) -> int:
    """How many columns a text was broken to, 0 where it was not, or too few of its lines tell."""
    broken = sorted(
        line.width
        for run in runs
        for line, after in pairwise(run)
        if SHORT <= line.width <= WIDEST and not ENDED.search(line.said) and after.said[0].islower()
    )
    return broken[int(len(broken) * 0.9)] if len(broken) >= 3 else 0


def goes_on(run: Sequence[TextLine], width: int) -> list[bool]:
    """Of each line of a run whether its text goes on in the next; `width` is that of the whole text, or 0."""
    widest = max(line.width for line in run)
    pairs = [*pairwise(run)]
    amid = [not ENDED.search(line.said) and _goes_on_amid(line, after, widest) for line, after in pairs]
    limit = width if width and widest < 1.3 * width else widest
    if widest > WIDEST or not (width or any(amid)):  # nothing tells that a line which is full was broken
        return [*amid, False]
    full = [line.width + 1 + len(after.said.split(maxsplit=1)[0]) > limit for line, after in pairs]
    return [*(goes or is_full for goes, is_full in zip(amid, full, strict=True)), False]


def _goes_on_amid(line: TextLine, after: TextLine, widest: int) -> bool:
    """Whether a line without an end mark stops amid a sentence, whether it is full or not."""
    if widest > WIDEST:
        return False
    if OPEN.search(line.said):
        return line.said[0] != line.said[-1]  # a rule of hyphens
    return after.said[0].islower() and (widest > SHORT or len(line.said.split()) > 3)
