"""What of reStructuredText's inline markup a reader does not see."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.core.model import Span
    from retrieval.ingestion.formats.source_blocks import SourceBlocks

INLINE = re.compile(
    r"``(?P<literal>[^`\s](?:[^`]|`(?!`)){0,500}?)``"
    r"|:(?P<role>[\w:+.-]{1,40}):`(?P<roled>[^`]{1,500})`"
    r"|`(?P<quoted>[^`\s][^`]{0,500})`(?P<to>__?)?"
    r"|\*\*(?P<strong>[^*\s](?:[^*]|\*(?!\*)){0,500}?)\*\*"
    r"|(?<![\w*])\*(?P<emphasis>[^*\s][^*]{0,500}?)\*(?![\w*])"
    r"|(?P<note>[ \t]*\[(?:#?[\w.-]{0,40}|\*)\]_)(?!\w)"
    r"|\|(?P<substituted>[^|\s][^|\n]{0,100}?)\|(?P<substitution>__?)?"
    r"|\\(?P<escaped>\s?)"
    r"|(?<=\w)(?P<reference>__?)(?=[\s.,;:!?)\]]|$)"
)
TARGET = re.compile(r"\s*<[^<>]*>$")
SHORT = re.compile(r"~(?:[\w.]+\.)?")
NOT_SHOWN = frozenset({"index", "sub-ref", "footcite", "cite:p", "cite"})


def hide_markup(blocks: SourceBlocks, span: Span) -> None:
    """Hide the marks in a stretch of text; links are seen by their words, roles by what they are on."""
    for mark in INLINE.finditer(blocks.text, span.start, span.end):
        for name in ("literal", "strong", "emphasis", "substituted"):
            if mark[name] is not None:
                blocks.hide(mark.start(), mark.start(name))
                blocks.hide(mark.end(name), mark.end())
        if mark["role"] in NOT_SHOWN or mark["note"] is not None or mark["reference"] is not None:
            blocks.hide(*mark.span())
        elif mark["roled"] is not None or mark["quoted"] is not None:
            name = "roled" if mark["roled"] is not None else "quoted"
            said, start, end = mark[name], mark.start(name), mark.end(name)
            target = TARGET.search(said)
            if target and target.start() > 0:
                end = start + target.start()
            elif short := SHORT.match(said):
                start += short.end() if mark["role"] else 0
            blocks.hide(mark.start(), start)
            blocks.hide(end, mark.end())
        elif mark["escaped"] is not None:
            blocks.hide(*mark.span())
