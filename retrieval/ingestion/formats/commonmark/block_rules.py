"""Rules for blocks that hold other blocks and that neither CommonMark nor a plug-in knows.

!!! note "Title"        ??? tip "Title"        === "Tab"        with what is below them indented
```{note} Title         ```admonish warning    with a text between fences that is no code
:   A definition whose term is a comment or a template
{{< figure … >}}        over several lines; {{< highlight >}} or {% highlight %} with code up to its end
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
TAG = re.compile(r"\{(?:\{[<%]-?|%-?)[ \t]*(?P<name>[\w./-]+)(?:(?!\{[{%]).)*?(?P<end>[>%]\}\}|%\})", re.DOTALL)
CODE_TAG = re.compile(r"(?:\w+-)*(?:code|codeblock|highlight|mermaid|katex|chart)(?:-\w+)*")
COMMENT_BEFORE_TEXT = re.compile(r"(?:<!--(?:(?!-->).)*-->[ \t]*)+(?![<\s]|$)")
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


def shortcode(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A template's tag that goes over several lines, or one of which all is code up to its end tag."""
    start = state.bMarks[start_line] + state.tShift[start_line]
    if is_code_block(state, start_line) or state.src[start : start + 2] not in ("{{", "{%"):
        return False
    tag = TAG.match(state.src, start, state.eMarks[end_line - 1])
    last = start_line + state.src.count("\n", start, tag.end()) if tag else 0
    if tag is None or state.src[tag.end() : state.eMarks[last]].strip():
        return False
    end = _end_of_code(state, tag, last, end_line) if CODE_TAG.fullmatch(tag["name"]) else -1
    if end < 0 and last == start_line:
        return False
    if silent:
        return True
    token = state.push("template" if end < 0 else "fence", "", 0)
    token.map = [start_line, last + 1] if end < 0 else [last, end + 1]
    token.content = "" if end < 0 else state.getLines(last + 1, end, state.blkIndent, True)
    state.line = token.map[1]
    return True


def _end_of_code(state: StateBlock, tag: re.Match[str], line: int, end_line: int) -> int:
    """The line of the end tag that belongs to a tag, -1 where there is none, as for one that ends in a slash."""
    if tag[0].endswith(("/>}}", "/%}}")):
        return -1
    ends = r"/[ \t]*" if tag[0].startswith("{{") else "end"
    again = re.compile(rf"\{{[{{%][<%-]*[ \t]*(?P<ends>{ends})?{re.escape(tag['name'])}(?![\w-])")
    while (line := line + 1) < end_line:
        if found := again.match(state.src, state.bMarks[line] + state.tShift[line], state.eMarks[line]):
            return line if found["ends"] else -1
    return -1


def loose_definition(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """A definition without a term that is seen; what is in it stands moved in, behind a colon."""
    if silent or is_code_block(state, start_line):
        return False
    at = state.bMarks[start_line] + state.tShift[start_line]
    said = state.skipSpaces(at + 1)
    if state.src[at : at + 1] != ":" or said == at + 1 or said >= state.eMarks[start_line]:
        return False
    shift, count, indent = state.tShift[start_line], state.sCount[start_line], state.blkIndent
    token = state.push("indented_open", "div", 1)
    state.blkIndent = count + 2
    state.tShift[start_line], state.sCount[start_line] = said - state.bMarks[start_line], count + said - at
    state.md.block.tokenize(state, start_line, end_line)
    state.tShift[start_line], state.sCount[start_line], state.blkIndent = shift, count, indent
    token.map = [start_line, state.line]
    state.push("indented_close", "div", -1)
    return True


def html_after_comments(md: MarkdownIt) -> None:
    """A comment with text behind it on its line is a part of that paragraph, not a block of HTML."""
    rule = next(one.fn for one in md.block.ruler.__rules__ if one.name == "html_block")

    def html_block(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
        start = state.bMarks[start_line] + state.tShift[start_line]
        if state.src.startswith("<!--", start) and COMMENT_BEFORE_TEXT.match(
            state.src, start, state.eMarks[start_line]
        ):
            return False
        return bool(rule(state, start_line, end_line, silent))

    md.block.ruler.at("html_block", html_block, {"alt": ["paragraph", "reference", "blockquote"]})


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
    if "loose_definition" in needed:
        md.block.ruler.before("paragraph", "loose_definition", loose_definition)
    if "comment" in needed:
        html_after_comments(md)
    for rule in (indented_note, fenced_note, shortcode):
        if rule.__name__ in needed:
            md.block.ruler.before(
                "fence", rule.__name__, rule, {"alt": ["paragraph", "reference", "blockquote", "list"]}
            )
