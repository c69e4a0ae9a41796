"""The blocks of a text in the making: each gets its parent from what is open around it."""

from __future__ import annotations

import re
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from retrieval.analysis.visible_text import visible
from retrieval.core.model import Block, Kind, Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

INTRODUCES = re.compile(r"[:：]\W*$")
INTRODUCING = frozenset({Kind.PARAGRAPH, Kind.ITEM, Kind.QUOTATION, Kind.DEFINITION})
COLON = re.compile(r"[:：]")
NEAR = 300  # characters from an end within which a colon is looked for, as a link may close behind it
NONE = -1


@dataclass(slots=True)
class Frame:
    """What is open: a list, an item of it, a quotation, a note …; the outermost is the text itself.

    `parent` is the block that it belongs to, and `headings` those that are open within it, with their levels. `last` is
    the block that was added last, and `introduces` whether that ends with a colon. `depth` is how deep in lists it is.
    """

    kind: str = ""
    parent: int = NONE
    depth: int = 0
    label: str = ""
    headings: list[tuple[int, int]] = field(default_factory=list)
    last: int = NONE
    introduces: bool = False


class MarkdownTree:
    """Blocks in the order of the text, and what is hidden in it, in any order."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.blocks: list[Block] = []
        self.hidden: list[Span] = []
        self.frames: list[Frame] = [Frame()]

    @property
    def frame(self) -> Frame:
        return self.frames[-1]

    @property
    def parent(self) -> int:
        """The block that one belongs to that comes now: the heading above, or what the frame is part of."""
        return self.frame.headings[-1][1] if self.frame.headings else self.frame.parent

    @property
    def introduction(self) -> int:
        """The paragraph before where that ends with a colon, else the parent: what a list or a table belongs to."""
        return self.frame.last if self.frame.introduces else self.parent

    def open(self, kind: str, parent: int, *, label: str = "", deeper: bool = False) -> None:
        """Open a frame; what comes until it is closed belongs to `parent`."""
        self.frames.append(Frame(kind, parent, self.frame.depth + deeper, label))

    def close(self) -> None:
        """Close the innermost frame; what comes now stands behind it."""
        if len(self.frames) > 1:
            self.frames.pop()
            self.frame.introduces = False

    @contextmanager
    def opened(self, kind: str, parent: int) -> Iterator[None]:
        self.open(kind, parent)
        yield
        self.close()

    def hide(self, start: int, end: int) -> None:
        """Note that a reader does not see what is from `start` up to `end`."""
        if start < end:
            self.hidden.append(Span(start, end))

    def hide_all(self, spans: Sequence[Span]) -> None:
        """Note that a reader does not see these stretches."""
        self.hidden.extend(spans)

    def seen(self, span: Span, hidden: Sequence[Span] = ()) -> str:
        """What a reader sees of a stretch, of which `hidden` is hidden."""
        return visible(self.text, hidden, span).text if hidden else self.text[span.start : span.end]

    def add(
        self, kind: Kind, span: Span, hidden: Sequence[Span] = (), *, parent: int | None = None, label: str = ""
    ) -> int:
        """Add a block of which `hidden` is hidden, and return its place."""
        self.hide_all(hidden)
        level = self.frame.depth if kind is Kind.ITEM else 0
        self.blocks.append(Block(kind, span, self.parent if parent is None else parent, level, label))
        self.frame.last = len(self.blocks) - 1
        may_introduce = kind in INTRODUCING and COLON.search(self.text, max(span.start, span.end - NEAR), span.end)
        self.frame.introduces = bool(may_introduce and INTRODUCES.search(self.seen(span, hidden)))
        return self.frame.last

    def add_heading(self, span: Span, level: int, hidden: Sequence[Span] = (), *, label: str = "") -> int:
        """Add a heading, which ends those of its level and deeper ones; what follows belongs to it."""
        headings = self.frame.headings
        while headings and headings[-1][0] >= level:
            headings.pop()
        self.hide_all(hidden)
        self.blocks.append(Block(Kind.HEADING, span, self.parent, level, label))
        place = len(self.blocks) - 1
        headings.append((level, place))
        self.frame.last, self.frame.introduces = place, False
        return place

    def in_order(self) -> tuple[Span, ...]:
        """What is hidden, in order and apart."""
        found: list[Span] = []
        for span in sorted(self.hidden, key=lambda one: (one.start, -one.end)):
            start = max(span.start, found[-1].end) if found else span.start
            if start < span.end:
                found.append(Span(start, span.end))
        return tuple(found)
