"""What a reader makes of a file, before it becomes an Article."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from retrieval.core.model import Block, Span


@dataclass(frozen=True, slots=True)
class ParsedDocument:
    """`text` with its blocks in order, the title found in it, and what its front matter says.

    `hidden` is as in Article. `remarks` are sentences, each to follow the file's name: what was guessed or left aside.
    """

    text: str
    blocks: tuple[Block, ...]
    title: str | None = None
    about: Mapping[str, object] = field(default_factory=dict)
    hidden: tuple[Span, ...] = ()
    remarks: tuple[str, ...] = ()
