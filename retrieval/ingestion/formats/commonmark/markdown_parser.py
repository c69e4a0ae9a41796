"""The parser: CommonMark with the plug-ins for what people's Markdown has beside it."""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from retrieval.ingestion.formats.commonmark import block_rules, inline_rules
from retrieval.ingestion.formats.commonmark.inline_marks import NESTED, watch

DEEPEST = 240  # blocks in blocks; a level of a list takes two, and each some of Python's stack


class UnrenderedMarkdown(MarkdownIt):
    """A parser whose links nobody follows: their targets are neither looked at nor written anew."""

    def normalizeLink(self, url: str) -> str:  # noqa: N802 - the parser's own name for it
        return url

    def validateLink(self, url: str) -> bool:  # noqa: N802, ARG002 - the parser's own name for it, and its argument
        return True


# What a text has that makes use of a plug-in; each that is on is asked at each block.
SIGNS = {
    "colons": (":::",),
    "slashes": ("///",),
    "indented_note": ("!!!", "???", "==="),
    "fenced_note": ("```", "~~~"),
    "footnote": ("[^",),
    "shortcode": ("{{<", "{{%", "{%"),
    "comment": ("<!--",),
    "math": ("$$",),
    "table": ("|",),
}
DEFINES = re.compile(r"\n[ \t>]*[:~][ \t]")


def block_parser_for(text: str) -> MarkdownIt:
    """Finds the blocks of a text; its tokens have the lines that they stand on."""
    needed = {name for name, signs in SIGNS.items() if any(sign in text for sign in signs)}
    if DEFINES.search(text):
        needed |= {"deflist", "loose_definition"}
    return _block_parser(frozenset(needed))


@cache
def _block_parser(needed: frozenset[str]) -> MarkdownIt:
    md = UnrenderedMarkdown("commonmark", {"maxNesting": DEEPEST})
    if "table" in needed:
        md.enable("table")
    for name, sign in (("colons", ":"), ("slashes", "/")):
        if name in needed:
            container_plugin(md, name, sign, validate=_has_params)
    block_rules.add_rules(md, needed)
    if "deflist" in needed:
        md.use(deflist_plugin)
    if "footnote" in needed:
        md.use(footnote_plugin, inline=False, move_to_end=False)
    if "math" in needed:
        md.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    return md


def _has_params(params: str, markup: str) -> bool:
    return bool(params.strip())


@cache
def inline_parser() -> MarkdownIt:
    """Finds the markup in the text of a block."""
    md = UnrenderedMarkdown("commonmark", {"maxNesting": NESTED})
    md.enable("strikethrough")
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    inline_rules.add_rules(md)
    watch(md)
    return md
