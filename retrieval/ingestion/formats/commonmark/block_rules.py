"""Rules for blocks that hold other blocks and that neither CommonMark nor a plug-in knows.

!!! note "Title"        ??? tip "Title"        === "Tab"        with what is below them indented
```{note} Title         ```admonish warning    with a text between fences that is no code
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mdit_py_plugins.utils import is_code_block

if TYPE_CHECKING:
    from collections.abc import Container

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock

INDENTED = re.compile(r"(?P<sign>!!!|\?\?\?\+?|===[!+]*)[ \t]+(?P<params>\S.*)")
FENCED = re.compile(
    r"(?P<fence>`{3,}|~{3,})[ \t]*(?P<params>(?:\{[\w:-]+\}|admonish\b|ad-\w+|note\b|tip\b|warning\b).*)"
)
NO_PROSE = frozenset(
    """
    code code-block code-cell sourcecode literalinclude include math mermaid graphviz plantuml image figure toctree
    eval-rst raw csv-table list-table autofunction autoclass automodule autosummary autodoc prettier jinja contents
    bibliography glossary-code doctest testcode testsetup program-output highlight python bash r julia
    """.split()  # noqa: SIM905 - lines of words read better than quoted items
)
INDENT = 4  # columns, of what is below a sign


def indented_note(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A note, something folded or a tab: a line with a sign, and below it all that is indented."""
    if is_code_block(state, start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start : start + 1] not in ("!", "?", "="):
        return False
    head = INDENTED.match(state.src, start, state.eMarks[start_line])
    if head is None or (head["sign"].startswith("=") and head["params"][0] not in "\"'“"):
        return False
    if silent:
        return True
    indent = state.sCount[start_line] + INDENT
    last = start_line + 1
    line = start_line + 1
    while line < end_line and (state.isEmpty(line) or state.sCount[line] >= indent):
        line += 1
        if not state.isEmpty(line - 1):
            last = line
    _holding(state, start_line, last, head["sign"], head["params"], indent)
    state.line = last
    return True


def fenced_note(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A text between fences that is no code, as MyST and mdBook have notes."""
    if is_code_block(state, start_line):
        return False
    start = state.bMarks[start_line] + state.tShift[start_line]
    if state.src[start : start + 1] not in ("`", "~"):
        return False
    head = FENCED.match(state.src, start, state.eMarks[start_line])
    if head is None or head["params"].strip("{").split("}")[0].split()[0].split(":")[0] in NO_PROSE:
        return False
    if silent:
        return True
    close = re.compile(rf"{head['fence'][0]}{{{len(head['fence'])},}}[ \t]*$")
    line = start_line + 1
    while line < end_line:
        at = state.bMarks[line] + state.tShift[line]
        if at < state.eMarks[line] and state.sCount[line] < state.blkIndent:
            break
        if close.match(state.src[at : state.eMarks[line]]):
            break
        line += 1
    _holding(state, start_line, line, head["fence"], head["params"], state.blkIndent)
    state.line = min(line + 1, end_line)
    return True


def _holding(state: StateBlock, start_line: int, last: int, markup: str, params: str, indent: int) -> None:
    """The tokens of a block that holds those from the line below `start_line` up to `last`."""
    token = state.push("note_open", "div", 1)
    token.markup, token.info, token.map = markup, params, [start_line, last]
    parent, line_max, block_indent = state.parentType, state.lineMax, state.blkIndent
    state.parentType, state.lineMax, state.blkIndent = "note", last, indent
    state.md.block.tokenize(state, start_line + 1, last)
    state.parentType, state.lineMax, state.blkIndent = parent, line_max, block_indent
    state.push("note_close", "div", -1)


def add_rules(md: MarkdownIt, needed: Container[str]) -> None:
    """Let `md` know those of these rules that are needed; they may end a paragraph."""
    for rule in (indented_note, fenced_note):
        if rule.__name__ in needed:
            md.block.ruler.before(
                "fence", rule.__name__, rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
            )
