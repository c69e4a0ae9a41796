"""What the directives of reStructuredText and Sphinx hold."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.restructured_inline import hide_markup
from retrieval.ingestion.formats.restructured_tables import add_csv, add_list_table

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retrieval.ingestion.formats.source_blocks import SourceBlocks, SourceLine

NOTES = frozenset(
    """
    note warning tip important caution danger hint attention error seealso admonition topic sidebar todo
    versionadded versionchanged versionremoved deprecated tab tab-item dropdown details collapse card grid-
    item-card
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
TITLED = NOTES & frozenset(
    """
    admonition topic sidebar versionadded versionchanged versionremoved deprecated tab tab-item dropdown
    details collapse card grid-item-card
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
CODE = frozenset(
    """
    code-block code sourcecode parsed-literal prompt doctest testcode testoutput console literal math
    productionlist
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
UNREAD = frozenset(
    """
    image include literalinclude raw index contents toctree highlight meta role default-role currentmodule
    module only-if automodule autoclass autofunction automethod autosummary autodoc graphviz plot mermaid uml
    sectnum tags bibliography replace unicode date class target-notes header footer youtube video
    tabularcolumns spelling cssclass
    """.split()  # noqa: SIM905 - a line of words reads better than quoted items
)
OBJECTS = frozenset({"function", "class", "method", "attribute", "data", "option", "envvar", "describe", "confval"})


class Directive(NamedTuple):
    """A directive: what follows its name, its options, and its body: the lines from `at` to `end`, `depth` deep."""

    name: str
    argument: Span
    options: Mapping[str, str]
    at: int
    end: int
    depth: int


class DirectiveReading(Protocol):
    """What adds blocks for directives: `inside` those of a body that belongs to `owner`, `code` its lines as code."""

    blocks: SourceBlocks
    lines: list[SourceLine]

    def inside(self, at: int, end: int, depth: int, owner: int) -> None: ...

    def code(self, at: int, end: int, language: str) -> None: ...


def add_directive(reading: DirectiveReading, given: Directive) -> None:
    """Add what a directive holds; what one that is not known holds is read like any other text."""
    name = given.name
    if name in CODE:
        said = reading.blocks.text[given.argument.start : given.argument.end]
        reading.code(given.at, given.end, "math" if name == "math" else said)
    elif name not in UNREAD:
        is_object = ":" in name or name in OBJECTS
        adds = _add_note if name in NOTES else _add_object if is_object else ADDS.get(name, _add_other)
        adds(reading, given)


def _add_table(reading: DirectiveReading, given: Directive) -> None:
    blocks = reading.blocks
    hide_markup(blocks, given.argument)
    owner = blocks.add(Kind.CAPTION, given.argument) if len(given.argument) else blocks.introduction()
    told = given.options.get("header-rows", "0")
    heads = int(told) if told.isdigit() else 0
    blocks.open(owner)
    if given.name == "csv-table":
        add_csv(blocks, reading.lines[given.at : given.end], given.options, heads)
    elif given.name == "list-table":
        add_list_table(blocks, reading.lines[given.at : given.end], heads)
    else:
        reading.inside(given.at, given.end, given.depth, owner)
    blocks.close()


def _add_figure(reading: DirectiveReading, given: Directive) -> None:
    """Add the caption of a figure, its first paragraph, and what else is said of it."""
    blocks, start = reading.blocks, len(reading.blocks.blocks)
    reading.inside(given.at, given.end, given.depth, blocks.under)
    if len(blocks.blocks) > start and blocks.blocks[start].kind is Kind.PARAGRAPH:
        blocks.blocks[start] = replace(blocks.blocks[start], kind=Kind.CAPTION)


def _add_note(reading: DirectiveReading, given: Directive) -> None:
    blocks, argument = reading.blocks, given.argument
    is_titled = given.name in TITLED
    title = argument if is_titled else Span(argument.start, argument.start)
    hide_markup(blocks, title)
    note = blocks.add(Kind.NOTE, title, label=given.name)
    at = given.at if is_titled else _first_paragraph(reading, given, note)
    reading.inside(at, given.end, given.depth, note)


def _add_rubric(reading: DirectiveReading, given: Directive) -> None:
    if len(given.argument):
        hide_markup(reading.blocks, given.argument)
        reading.blocks.add(Kind.HEADING, given.argument, level=6)


def _add_quotation(reading: DirectiveReading, given: Directive) -> None:
    blocks, start = reading.blocks, len(reading.blocks.blocks)
    reading.inside(given.at, given.end, given.depth, blocks.under)
    for place in range(start, len(blocks.blocks)):
        if blocks.blocks[place].kind is Kind.PARAGRAPH:
            blocks.blocks[place] = replace(blocks.blocks[place], kind=Kind.QUOTATION)


def _add_object(reading: DirectiveReading, given: Directive) -> None:
    """Add a function, an option, a setting: a term that the body explains."""
    term = reading.blocks.add(Kind.TERM, given.argument) if len(given.argument) else reading.blocks.under
    reading.inside(given.at, given.end, given.depth, term)


def _add_other(reading: DirectiveReading, given: Directive) -> None:
    at = given.at
    if reading.blocks.text[given.argument.start : given.argument.end].count(" ") > 2:
        at = _first_paragraph(reading, given, reading.blocks.under)
    reading.inside(at, given.end, given.depth, reading.blocks.under)


def _first_paragraph(reading: DirectiveReading, given: Directive, owner: int) -> int:
    """Add the paragraph that begins on the line of a directive, and return the line after it."""
    at, last = given.at, given.argument.end
    if not len(given.argument):
        return at
    while at < given.end and reading.lines[at].said:
        last = reading.lines[at].end
        at += 1
    span = Span(given.argument.start, last)
    hide_markup(reading.blocks, span)
    reading.blocks.add(Kind.PARAGRAPH, span, parent=owner)
    return at


ADDS: Mapping[str, Callable[[DirectiveReading, Directive], None]] = {
    "table": _add_table,
    "csv-table": _add_table,
    "list-table": _add_table,
    "figure": _add_figure,
    "rubric": _add_rubric,
    "epigraph": _add_quotation,
    "highlights": _add_quotation,
    "pull-quote": _add_quotation,
}
