"""The text of a block of Markdown -> which of its signs a reader does not see.

markdown-it-py does not say where in the text its inline tokens stand. So each of its rules is wrapped: where one has
matched, what it left of the text tells what is markup.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from markdown_it.rules_inline import StateInline

from retrieval.ingestion.formats.commonmark.inline_rules import hide, note_link

if TYPE_CHECKING:
    from collections.abc import Callable, MutableMapping

    from markdown_it import MarkdownIt
    from markdown_it.token import Token

    Rule = Callable[[StateInline, bool], bool]

NESTED = 40  # brackets in brackets that are looked into; each takes some of Python's stack
SPECIAL = re.compile(r"[\\`*_~\[<&{^$]|%%|==|\+\+|:[a-z]+-")
ESCAPABLE = frozenset("\\!\"#$%&'()*+,./:;<=>?@[]^_`{|}~-\n")


class InlineMarks(NamedTuple):
    """What is hidden of a text and where its links are: places in it, each start before its end, in order."""

    hidden: list[tuple[int, int]]
    links: list[tuple[int, int]]


def inline_marks(md: MarkdownIt, env: MutableMapping[str, Any], source: str) -> InlineMarks:
    """What is markup in `source`, the text of a block without the signs that stand before its lines."""
    if not SPECIAL.search(source):
        return InlineMarks([], [])
    env.update(source=source, hidden=[], links=[], delimiters=[], closing=set())
    state = StateInline(source, md, env, [])
    md.inline.tokenize(state)
    for rule in md.inline.ruler2.getRules(""):
        rule(state)
    hidden: list[tuple[int, int]] = env["hidden"]
    for token, start, end in env["delimiters"]:
        if token.type != "text" or not token.content:
            hidden.append((start, end))
    return InlineMarks(_apart(hidden), sorted(env["links"]))


def _apart(hidden: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """In order, without what is empty or inside of what is hidden already."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(hidden, key=lambda one: (one[0], -one[1])):
        first = max(start, found[-1][1]) if found else start
        if first < end:
            found.append((first, end))
    return found


def watch(md: MarkdownIt) -> None:
    """Let the inline rules of `md` note what they take for markup."""
    # By the name of a rule the signs that it begins at, so that it is asked at no other.
    watchers: dict[str, tuple[str, Callable[[StateInline, int, int], None]]] = {
        "escape": ("\\", _escape),
        "backticks": ("`", _backticks),
        "emphasis": ("*_", _delimiters),
        "strikethrough": ("~", _delimiters),
        "autolink": ("<", _edges),
        "math_inline": ("$", _edges),
        "html_inline": ("<", _whole),
        "image": ("!", _whole),
        "entity": ("&", _entity),
    }
    for rule in list(md.inline.ruler.__rules__):
        if rule.name == "link":
            md.inline.ruler.at("link", _watched_link(rule.fn))
        elif rule.name in watchers:
            md.inline.ruler.at(rule.name, _watched(rule.fn, *watchers[rule.name]))
    md.inline.ruler2.disable("fragments_join")


def _watched(rule: Rule, signs: str, watch: Callable[[StateInline, int, int], None]) -> Rule:
    def watched(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] not in signs:
            return False
        tokens = len(state.tokens)
        found = rule(state, silent)
        if found and not silent:
            watch(state, start, tokens)
        return found

    return watched


def _watched_link(rule: Rule) -> Rule:
    def link(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if state.src[start] != "[":
            return False
        found = rule(state, silent)
        if found and not silent:
            end, state.pos = state.pos, start
            label = state.md.helpers.parseLinkLabel(state, start, disableNested=True)
            state.pos = end
            hide(state, start, start + 1)
            hide(state, label, end)
            note_link(state, start, end)
        return found

    return link


def _escape(state: StateInline, start: int, _tokens: int) -> None:
    if state.src[start + 1 : start + 2] in ESCAPABLE:
        hide(state, start, start + 1)


def _backticks(state: StateInline, start: int, tokens: int) -> None:
    if len(state.tokens) > tokens and state.tokens[-1].type == "code_inline":
        marks = len(state.tokens[-1].markup)
        hide(state, start, start + marks)
        hide(state, state.pos - marks, state.pos)


def _delimiters(state: StateInline, start: int, _tokens: int) -> None:
    """Signs of emphasis, each a token; only when the whole text was parsed it is known which of them are a pair."""
    if state.src is not state.env.get("source"):
        return
    end, number = state.pos, len(state.tokens)
    noted: list[tuple[Token, int, int]] = state.env["delimiters"]
    while end > start:
        number -= 1
        token = state.tokens[number]
        noted.append((token, end - len(token.content), end))
        end -= len(token.content)


def _edges(state: StateInline, start: int, _tokens: int) -> None:
    marks = 2 if state.src.startswith("$$", start) else 1
    hide(state, start, start + marks)
    hide(state, state.pos - marks, state.pos)


def _whole(state: StateInline, start: int, _tokens: int) -> None:
    hide(state, start, state.pos)


def _entity(state: StateInline, start: int, tokens: int) -> None:
    if len(state.tokens) > tokens and state.pos > start + 1:
        hide(state, start, state.pos)
