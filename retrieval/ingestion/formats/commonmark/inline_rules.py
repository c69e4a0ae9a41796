"""Rules for what Markdown has within a line and CommonMark does not know: wikilinks, templates, roles, block ids.

Each hides what a reader of the finished page does not see; none makes a token, as nothing is rendered.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

EMBED = re.compile(r"!\[\[[^\[\]\n]*\]\]")
WIKILINK = re.compile(r"\[\[(?P<target>[^\[\]\n|]*)(?P<bar>\|)?(?P<said>[^\[\]\n]*)\]\]")
# {% tag %}, {{ value }}, {{< shortcode >}}, {{#include}}, {# comment #}; {: .class }, { #id }, {.class}
TEMPLATE = re.compile(
    r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}|\{:[^{}\n]*\}|\{[ ]*[.#][\w-][^{}\n]*\}|\{[ ]*[\w-]+=[^{}\n]*\}", re.DOTALL
)
# What an element has in braces behind it, as in MDX: <Tab value={x}>, and comments there: {/* … */}
JSX = re.compile(r"</?[A-Za-z][\w.:-]*(?:\s+[\w:.-]+(?:=(?:\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\}))?)*\s*/?>")
JSX_COMMENT = re.compile(r"\{/\*.*?\*/\}", re.DOTALL)
COMMENT = re.compile(r"%%.*?%%", re.DOTALL)
FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]|\[@[^\]\n]+\]")
INLINE_FOOTNOTE = re.compile(r"\^\[([^\[\]\n]*)\]")
BLOCK_ID = re.compile(r"\^[A-Za-z0-9][\w-]*[ \t]*(?=\n|$)")
ROLE = re.compile(r"\{[A-Za-z][\w:+.-]*\}(?P<marks>`+)(?P<said>[^`]*?)(?P<target>\s*<[^<>`]*>)?(?P=marks)(?!`)")
RAISED = re.compile(
    r"<sup\b[^>]*>(?:\s|<[^>]*>|\[|\]|\(|\))*(?:\d{1,3}|[a-z*†‡])(?:\s|<[^>]*>|\[|\]|\(|\))*</sup>", re.IGNORECASE
)
END_MARKS = ".!?…,;:\"'”’»)"
# The icon sets of site generators; :smile: is a sign that Discord draws too, and stays.
ICON = re.compile(r":(?:material|octicons|fontawesome|simple|lucide|mdi|tabler|heroicons|bi|fa[bsr]?)-[a-z0-9-]+:")
# What stands behind [words] that refer to another page, [words][page.part] or [words][]; an index has a number.
UNDEFINED = re.compile(r"\[(?:[A-Za-z_][\w.:/#-]+)?\]")
KEYS = re.compile(r"\+\+(?P<said>[\w\"+ -]*[\w\"])\+\+")


def hide(state: StateInline, start: int, end: int) -> None:
    """Note that what is from `start` up to `end` of the text that is parsed is not seen."""
    if state.src is state.env.get("source"):
        state.env["hidden"].append((start, end))


def part(state: StateInline) -> None:
    """Part the signs of emphasis on both sides of something: those with no token between them count as one run."""
    state.push("text", "", 0)


def wikilink(state: StateInline, silent: bool) -> bool:
    """[[Page|words]] is seen as its words, [[Page#Part]] as both, ![[picture]] as nothing."""
    source, at = state.src, state.pos
    if source.startswith("![[", at) and (embed := EMBED.match(source, at, state.posMax)):
        return _all_hidden(state, embed.end(), silent)
    if not source.startswith("[[", at):
        return False
    link = WIKILINK.match(source, at, state.posMax)
    if link is None or not (link["said"] or link["target"]).strip():
        return False
    if not silent:
        target = link["target"]
        seen = link.span("said") if link["bar"] and link["said"].strip() else link.span("target")
        if not link["bar"] and target.startswith("#"):
            seen = seen[0] + 1, seen[1]
        hide(state, at, seen[0])
        hide(state, seen[1], link.end())
        note_link(state, at, link.end())
        part(state)
    state.pos = link.end()
    return True


def note_link(state: StateInline, start: int, end: int) -> None:
    if state.src is state.env.get("source"):
        state.env["links"].append((start, end))


def template(state: StateInline, silent: bool) -> bool:
    """What a site generator replaces, attributes of a heading or a paragraph, and comments."""
    sign = state.src[state.pos]
    if sign == "{":
        if role := ROLE.match(state.src, state.pos, state.posMax):
            return _role(state, role, silent)
        found = JSX_COMMENT.match(state.src, state.pos, state.posMax) or TEMPLATE.match(
            state.src, state.pos, state.posMax
        )
    elif sign == "%":
        found = COMMENT.match(state.src, state.pos, state.posMax)
    elif sign == "<":
        found = _raised(state) or JSX.match(state.src, state.pos, state.posMax)
    else:
        return False
    return found is not None and _all_hidden(state, found.end(), silent)


def _role(state: StateInline, role: re.Match[str], silent: bool) -> bool:
    """{ref}`words <target>` is seen as its words."""
    if not silent:
        hide(state, role.start(), role.start("said"))
        hide(state, role.end("said"), role.end())
        part(state)
    state.pos = role.end()
    return True


def _raised(state: StateInline) -> re.Match[str] | None:
    """The raised number of a footnote, which stands behind a mark; one behind a letter is an exponent or an ordinal."""
    if state.pos == 0 or state.src[state.pos - 1] not in END_MARKS:
        return None
    return RAISED.match(state.src, state.pos, state.posMax)


def footnote_mark(state: StateInline, silent: bool) -> bool:
    """[^1], [@source], ^[a note in the line], and an Obsidian block's ^id at the end of a line."""
    sign = state.src[state.pos]
    mark = FOOTNOTE.match(state.src, state.pos, state.posMax) if sign == "[" else None
    if mark and (mark[0][1] == "@" or state.src[mark.end() : mark.end() + 1] not in ("(", "[")):
        return _all_hidden(state, mark.end(), silent)
    if sign != "^":
        return False
    if note := INLINE_FOOTNOTE.match(state.src, state.pos, state.posMax):
        if not silent:
            hide(state, note.start(), note.start(1))
            hide(state, note.end(1), note.end())
            part(state)
        state.pos = note.end()
        return True
    before = state.src[state.pos - 1 : state.pos]
    block_id = BLOCK_ID.match(state.src, state.pos, state.posMax) if not before or before.isspace() else None
    return block_id is not None and _all_hidden(state, block_id.end(), silent)


def icon(state: StateInline, silent: bool) -> bool:
    """:material-check: is a picture."""
    found = ICON.match(state.src, state.pos, state.posMax) if state.src[state.pos] == ":" else None
    return found is not None and _all_hidden(state, found.end(), silent)


def undefined_reference(state: StateInline, silent: bool) -> bool:
    """[words][page.part], which something else than the file defines, is seen as its words."""
    source, at = state.src, state.pos
    if silent or source[at] != "[" or (at and (source[at - 1].isalnum() or source[at - 1] in "_])")):
        return False
    end = state.md.helpers.parseLinkLabel(state, at, True)
    behind = UNDEFINED.match(source, end + 1, state.posMax) if end > at + 1 else None
    if behind is None or not any(sign.isalpha() for sign in source[at:end]):
        return False
    hide(state, at, at + 1)
    hide(state, end, behind.end())
    note_link(state, at, behind.end())
    part(state)
    state.pos = at + 1
    return True


def pair(state: StateInline, silent: bool) -> bool:
    """==marked== and ++key+key++: the signs are hidden, and what is between them is parsed like all else."""
    source, at = state.src, state.pos
    sign = source[at : at + 2]
    if sign not in ("==", "++"):
        return False
    closing = state.env.setdefault("closing", set())
    if at in closing:
        closing.discard(at)
    else:
        end = _closing(source, at, state.posMax, sign)
        if end < 0:
            return False
        if not silent:
            closing.add(end)
    if not silent:
        hide(state, at, at + 2)
        part(state)
    state.pos = at + 2
    return True


def _closing(source: str, at: int, end: int, sign: str) -> int:
    if sign == "++":
        keys = KEYS.match(source, at, end)
        return keys.end() - 2 if keys else -1
    if source[at + 2 : at + 3].isspace() or source[at + 2 : at + 3] == "=":
        return -1
    found = source.find(sign, at + 3, end)
    return found if found > 0 and not source[found - 1].isspace() else -1


def _all_hidden(state: StateInline, end: int, silent: bool) -> bool:
    if not silent:
        hide(state, state.pos, end)
        part(state)
    state.pos = end
    return True


BY_SIGN = {
    "[": (wikilink, footnote_mark),
    "!": (wikilink,),
    "^": (footnote_mark,),
    "{": (template,),
    "%": (template,),
    "<": (template,),
    "=": (pair,),
    "+": (pair,),
    ":": (icon,),
}


def beyond_commonmark(state: StateInline, silent: bool) -> bool:
    """Those of the rules above that begin at a sign: one look-up for the many signs that none begins at."""
    return any(rule(state, silent) for rule in BY_SIGN.get(state.src[state.pos], ()))


def add_rules(md: MarkdownIt) -> None:
    """Let `md` know these rules; each is asked before CommonMark's own that begin with the same sign."""
    md.inline.ruler.before("link", beyond_commonmark.__name__, beyond_commonmark)
    md.inline.ruler.after("link", undefined_reference.__name__, undefined_reference)
