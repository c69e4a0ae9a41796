"""What of AsciiDoc's inline markup a reader does not see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.core.model import Span
    from retrieval.ingestion.formats.source_blocks import SourceBlocks

INLINE = re.compile(
    r"(?P<link>(?:link|xref|mailto|https?|ftp|irc)::?[^\s\[\]]{0,500})\[(?P<words>[^\[\]\n]{0,300})\]"
    r"|<<(?P<to>[^<>,\n]{1,200})(?:,\s*(?P<named>[^<>\n]{1,200}))?>>"
    r"|(?P<unseen>(?:image|icon|footnote|footnoteref|indexterm2?|anchor):{1,2}[^\s\[\]]{0,300}\[[^\[\]]{0,500}\]|\[\[[^\[\]\n]{1,100}\]\]"
    r"|\(\(\([^()\n]{1,100}\)\)\))"
    r"|(?:kbd|btn|menu|pass|stem|term):[^\s\[\]]{0,100}\[(?P<pressed>[^\[\]\n]{0,200})\]"
    r"|(?P<double>\*\*|__|``|##)(?P<inner>\S(?:.{0,300}?\S)??)(?P=double)"
    r"|(?<!\w)(?:\[[\w.#-]{1,60}\])?(?P<single>[*_`#])(?P<within>\S(?:[^\n]{0,300}?\S)??)(?P=single)(?!\w)"
    r"|(?P<hard>[ \t]\+)(?=\r?\n|$)"
)


def hide_marks(blocks: SourceBlocks, span: Span) -> None:
    """Hide the marks of inline text; links are seen by their words."""
    for mark in INLINE.finditer(blocks.text, span.start, span.end):
        name = next((name for name in ("words", "named", "pressed", "inner", "within") if mark[name] is not None), "")
        if mark["unseen"] or mark["hard"]:
            blocks.hide(*mark.span())
        elif mark["to"] and not mark["named"]:
            blocks.hide(mark.start(), mark.start("to"))
            blocks.hide(mark.end("to"), mark.end())
        elif mark["link"] and not mark["words"]:
            blocks.hide(mark.end("link"), mark.end())
        elif name:
            end = mark.end(name)
            if name == "words":
                end = mark.start(name) + len(re.split(r",\s*\w+=|\^$", mark[name])[0])
            blocks.hide(mark.start(), mark.start(name))
            blocks.hide(end, mark.end())
