"""Blocks and who belongs to whom: what every reader that makes blocks one after the other keeps."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from retrieval.core.model import Block, Kind

if TYPE_CHECKING:
    from retrieval.core.model import Span


@dataclass(slots=True)
class _Scope:
    """What encloses blocks: `owner` is the block that they belong to where no heading of this scope is nearer."""

    owner: int
    headings: list[tuple[int, int]] = field(default_factory=list)  # (level, place), outermost first


class BlockList:
    """Keeps blocks in their order. `remarks` are sentences as in a ParsedDocument, each once."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.remarks: dict[str, None] = {}
        self._scopes = [_Scope(-1)]

    @property
    def under(self) -> int:
        """The place of the block that what comes next belongs to: -1 for none."""
        scope = self._scopes[-1]
        return scope.headings[-1][1] if scope.headings else scope.owner

    def open(self, owner: int) -> None:
        """From here on blocks belong to `owner`, until `close`."""
        self._scopes.append(_Scope(owner))

    def close(self) -> None:
        """Blocks belong to what they belonged to before `open`."""
        if len(self._scopes) > 1:
            self._scopes.pop()

    def place(self, kind: Kind, span: Span, parent: int | None, level: int, label: str) -> int:
        """Add a block that is in `span` of the text and return its place. `parent` is `under` where it is None."""
        self.blocks.append(Block(kind, span, self.under if parent is None else parent, level, label))
        return len(self.blocks) - 1

    def place_heading(self, level: int, span: Span, label: str) -> int:
        """Add a heading; what comes next in this scope belongs to it, up to the next one of its level."""
        headings = self._scopes[-1].headings
        while headings and headings[-1][0] >= level:
            headings.pop()
        place = self.place(Kind.HEADING, span, None, level, label)
        headings.append((level, place))
        return place

    def introduction(self) -> int:
        """The place of the paragraph that introduces what comes now, as "You need:" does a list; else `under`."""
        if self.blocks:
            last = self.blocks[-1]
            said = self.said(len(self.blocks) - 1) if last.kind is Kind.PARAGRAPH and last.parent == self.under else ""
            if said.rstrip().endswith((":", "：")):
                return len(self.blocks) - 1
        return self.under

    def set_aside(self, start: int, end: int, label: str) -> None:
        """Make boilerplate of the blocks from `start` up to, not including, `end`."""
        for place in range(start, end):
            if self.blocks[place].kind is not Kind.BOILERPLATE and len(self.blocks[place].span):
                self.blocks[place] = replace(self.blocks[place], kind=Kind.BOILERPLATE, level=0, label=label)

    def make_title(self, place: int) -> None:
        """Make the title of a block; what belonged to it belongs to none."""
        self.blocks[place] = replace(self.blocks[place], kind=Kind.TITLE, parent=-1, level=0, label="")
        for other, block in enumerate(self.blocks):
            if block.parent == place:
                self.blocks[other] = replace(block, parent=-1)
        for scope in self._scopes:
            scope.headings = [heading for heading in scope.headings if heading[1] != place]

    def said(self, place: int) -> str:
        """The text of a block."""
        raise NotImplementedError
