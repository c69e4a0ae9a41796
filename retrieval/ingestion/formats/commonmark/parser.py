"""The parser: CommonMark with the plug-ins for what people's Markdown has beside it."""

from __future__ import annotations

from functools import cache

from markdown_it import MarkdownIt
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from retrieval.ingestion.formats.commonmark import block_rules, inline_rules
from retrieval.ingestion.formats.commonmark.inline_marks import NESTED, watch

DEEPEST = 240  # blocks in blocks; a level of a list takes two, and each some of Python's stack


@cache
def block_parser() -> MarkdownIt:
    """Finds the blocks; its tokens have the lines that they stand on."""
    md = MarkdownIt("commonmark", {"maxNesting": DEEPEST}).enable("table")
    for name, sign in (("colons", ":"), ("slashes", "/")):
        container_plugin(md, name, sign, validate=lambda params, markup: bool(params.strip()))
    block_rules.add_rules(md)
    md.use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False)
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    return md


@cache
def inline_parser() -> MarkdownIt:
    """Finds the markup in the text of a block."""
    md = MarkdownIt("commonmark", {"maxNesting": NESTED}).enable("strikethrough")
    md.use(dollarmath_plugin, allow_space=False, allow_digits=False)
    inline_rules.add_rules(md)
    watch(md)
    return md
