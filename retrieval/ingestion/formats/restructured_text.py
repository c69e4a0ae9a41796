"""reStructuredText, as Sphinx projects write it, with offsets into the file's own text.

docutils gives no offsets and knows no directive of Sphinx, so that the blocks are found here: by their indentation and
the marks at their head. What is not read: tables whose cells run over several lines are read line by line, and nothing
is included or executed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.restructured_directives import Directive, add_directive
from retrieval.ingestion.formats.restructured_inline import hide_markup
from retrieval.ingestion.formats.restructured_tables import add_grid, add_simple
from retrieval.ingestion.formats.source_blocks import SourceBlocks, SourceLine, source_lines

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

DEEPEST = 40
ADORNMENT = re.compile(r"([!-/:-@\[-`{-~])\1*$")
EXPLICIT = re.compile(r"\.\.(?:\s+|$)")
DIRECTIVE = re.compile(r"\.\.\s+(?:\|[^|]+\|\s+)?(?P<name>[A-Za-z][\w:+.-]*?)\s*::(?:\s+(?P<argument>.*))?$")
FOOTNOTE = re.compile(r"\.\.\s+\[(?:#?[\w.-]*|\*)\]\s+")
FIELD = re.compile(r":(?P<name>(?![:\s])(?:[^:\n]|:(?=\S)){1,100}):(?:\s+|$)")
BULLET = re.compile(r"(?P<mark>[-*+•‣])\s+(?=\S)")
NUMBER = re.compile(r"(?P<mark>\(?(?:\d{1,4}|#|[A-Za-z]|[ivxlc]{1,6}|[IVXLC]{1,6})[.)])\s+(?=\S)")
OPTION = re.compile(r"(?:--?|/)[A-Za-z?][^\n]*?(?:\s{2,}(?=\S)|$)")
DOCINFO = {"author": "author", "authors": "author", "date": "date", "copyright": "licence", "lang": "language"}


def read_restructured_text(data: bytes) -> ParsedDocument:
    """A document: its title is its first section title. Raises ArticleError where it is no text."""
    text = decode(data)
    reading = _RstReading(text)
    reading.read(0, len(reading.lines), 0, 0)
    blocks = reading.blocks
    title = None
    if blocks.blocks and blocks.blocks[0].kind is Kind.HEADING:
        title = blocks.said(0)
        blocks.make_title(0)
    return blocks.document(title, reading.about)


class _RstReading:
    """Adds the blocks of lines, from the outermost to the innermost."""

    def __init__(self, text: str) -> None:
        self.blocks = SourceBlocks(text)
        self.lines = source_lines(text)
        self.about: dict[str, object] = {}
        self._lists: dict[int, tuple[int, int]] = {}  # by depth: the line after the last item, and its parent
        self._levels: list[tuple[str, bool]] = []  # the adornments of titles, as they came: over and under, or under

    def read(self, at: int, end: int, indent: int, depth: int) -> None:
        """Add the blocks of the lines from `at` to `end`, which are indented by `indent` at least."""
        while at < end:
            line = self.lines[at]
            if not line.said:
                at += 1
                continue
            if line.indent > indent and depth < DEEPEST:
                at = self._quotation(at, end, line.indent, depth)
                continue
            for reads in self._readers():
                after = reads(at, end, line, depth)
                if after > at:
                    at = after
                    break

    def _readers(self) -> tuple[Callable[[int, int, SourceLine, int], int], ...]:
        return (self._title, self._explicit, self._table, self._item, self._field, self._doctest, self._option,
                self._definition, self._paragraph)  # fmt: skip

    def _body(self, at: int, end: int, indent: int) -> int:
        """The end of the lines after `at` that are indented by more than `indent`, without blank ones at the end."""
        last = at + 1
        for number in range(at + 1, end):
            if self.lines[number].said:
                if self.lines[number].indent <= indent:
                    break
                last = number + 1
        return last

    def inside(self, at: int, end: int, depth: int, owner: int) -> None:
        """Add what is in a body, which belongs to `owner`."""
        first = next((line for line in self.lines[at:end] if line.said), None)
        if first:
            self.blocks.open(owner)
            if depth < DEEPEST:
                self.read(at, end, min(line.indent for line in self.lines[at:end] if line.said), depth + 1)
            else:
                self._add_text(Kind.PARAGRAPH, Span(first.first, max(line.end for line in self.lines[at:end])))
            self.blocks.close()

    def _add_text(self, kind: Kind, span: Span, *, parent: int | None = None, level: int = 0, label: str = "") -> int:
        hide_markup(self.blocks, span)
        return self.blocks.add(kind, span, parent=parent, level=level, label=label)

    # Each gives the line after what it read, or the one that it was given where it is something else.

    def _title(self, at: int, end: int, line: SourceLine, depth: int) -> int:
        if depth:
            return at
        under = self.lines[at + 1].said if at + 1 < end else ""
        if ADORNMENT.match(line.said) and len(line.said) > 1:
            third = self.lines[at + 2].said if at + 2 < end else ""
            if under and third == line.said and len(third) >= min(len(under), 4):
                self._add_title(line.said[0], self.lines[at + 1], over=True)
                return at + 3
            blank_around = (at == 0 or not self.lines[at - 1].said) and not under
            return at + 1 if len(line.said) >= 4 and blank_around else at
        if ADORNMENT.match(under) and len(under) >= min(len(line.said), 4) and len(under) > 1 and not line.indent:
            if EXPLICIT.match(line.said) or set(under) == {":"}:
                return at
            self._add_title(under[0], line, over=False)
            return at + 2
        return at

    def _add_title(self, sign: str, line: SourceLine, *, over: bool) -> None:
        if (sign, over) not in self._levels:
            self._levels.append((sign, over))
        span = Span(line.first, line.end)
        hide_markup(self.blocks, span)
        self.blocks.heading(self._levels.index((sign, over)) + 1, span)

    def _explicit(self, at: int, end: int, line: SourceLine, depth: int) -> int:
        if not EXPLICIT.match(line.said) and not line.said.startswith("__ "):
            return at
        after = self._body(at, end, line.indent)
        if directive := DIRECTIVE.match(line.said):
            name = directive["name"].lower()
            argument = directive["argument"] or ""
            options, body = self._options(at + 1, after)
            span = Span(line.end - len(argument), line.end)
            add_directive(self, Directive(name, span, options, body, after, depth))
        elif note := FOOTNOTE.match(line.said):
            self._add_text(Kind.PARAGRAPH, Span(line.first + note.end(), self.lines[after - 1].end), label="footnote")
        return after

    def _options(self, at: int, end: int) -> tuple[dict[str, str], int]:
        options: dict[str, str] = {}
        while at < end and (field := FIELD.match(self.lines[at].said)):
            options[field["name"].lower()] = self.lines[at].said[field.end() :]
            at += 1
        return options, at

    def code(self, at: int, end: int, language: str) -> None:
        while at < end and not self.lines[at].said:
            at += 1
        if at < end:
            self.blocks.add(Kind.CODE, Span(self.lines[at].start, self.lines[end - 1].end), label=language.strip())

    def _table(self, at: int, end: int, line: SourceLine, depth: int) -> int:
        if line.said.startswith("+-") or line.said.startswith("+="):
            return at + add_grid(self.blocks, self.lines[at:end])
        if line.said.startswith("==") and set(line.said) == {"=", " "} and not depth >= DEEPEST:
            return at + add_simple(self.blocks, self.lines[at:end])
        return at

    def _item(self, at: int, end: int, line: SourceLine, depth: int) -> int:
        mark = BULLET.match(line.said) or NUMBER.match(line.said)
        if not mark or (mark["mark"][0].isalpha() and not self._is_list(at, end, line)):
            return at
        blocks = self.blocks
        before, parent = self._lists.get(depth, (0, -1))
        if not before or any(one.said for one in self.lines[before:at]):
            parent = blocks.introduction()
        after = self._body(at, end, line.indent)
        stop = at + 1
        indent = line.indent + mark.end()
        while stop < after and self.lines[stop].said and self.lines[stop].indent >= min(indent, line.indent + 1):
            if BULLET.match(self.lines[stop].said) and self.lines[stop].indent != indent:
                break
            stop += 1
        label = "•" if BULLET.match(line.said) else mark["mark"]
        span = Span(line.first + mark.end(), self.lines[stop - 1].end)
        is_literal = blocks.text[span.start : span.end].endswith("::")
        item = self._add_text(Kind.ITEM, self._without_colons(span), parent=parent, level=depth + 1, label=label)
        if is_literal:
            self.blocks.open(item)
            self.code(stop, after, "")
            self.blocks.close()
        else:
            self.inside(stop, after, depth, item)
        self._lists[depth] = after, parent
        return after

    def _is_list(self, at: int, end: int, line: SourceLine) -> bool:
        """Whether a letter with a full stop opens an item: the next line is blank, deeper, or another item."""
        after = self.lines[at + 1] if at + 1 < end else None
        return after is None or not after.said or after.indent > line.indent or NUMBER.match(after.said) is not None

    def _field(self, at: int, end: int, line: SourceLine, depth: int) -> int:
        field = FIELD.match(line.said)
        if not field or line.said.startswith(":`") or re.match(r":[\w:+.-]+:`", line.said):
            return at
        after = self._body(at, end, line.indent)
        name = field["name"].lower()
        value = Span(line.first + field.end(), line.end)
        if not depth and all(block.kind is Kind.HEADING for block in self.blocks.blocks):
            if name in DOCINFO and len(value):
                self.about[DOCINFO[name]] = self.blocks.text[value.start : value.end]
            return after
        term = self.blocks.add(Kind.TERM, Span(line.first + 1, line.first + 1 + len(field["name"])))
        hide_markup(self.blocks, self.blocks.blocks[term].span)
        start = at + 1
        if len(value):
            while start < after and self.lines[start].said:
                start += 1
            self._add_text(Kind.DEFINITION, Span(value.start, self.lines[start - 1].end), parent=term)
        self.inside(start, after, depth, term)
        return after

    def _doctest(self, at: int, end: int, line: SourceLine, depth: int) -> int:
        after = at
        while line.said.startswith(">>> ") and after < end and self.lines[after].said:
            after += 1
        if after > at:
            self.blocks.add(
                Kind.CODE, Span(line.start, self.lines[after - 1].end), label="python" if depth >= 0 else ""
            )
        return after

    def _option(self, at: int, end: int, line: SourceLine, depth: int) -> int:
        option = OPTION.match(line.said)
        after = self._body(at, end, line.indent)
        if not option or (option.end() == len(line.said) and after == at + 1):
            return at
        head = option[0].rstrip()
        term = self.blocks.add(Kind.TERM, Span(line.first, line.first + len(head)))
        start = at + 1
        if option.end() < len(line.said):
            while start < after and self.lines[start].said:
                start += 1
            self._add_text(Kind.DEFINITION, Span(line.first + option.end(), self.lines[start - 1].end), parent=term)
        self.inside(start, after, depth, term)
        return after

    def _definition(self, at: int, end: int, line: SourceLine, depth: int) -> int:
        after = self._body(at, end, line.indent)
        if after == at + 1 or not self.lines[at + 1].said or line.said.endswith("::") or line.said.startswith("|"):
            return at
        term = self._add_text(Kind.TERM, Span(line.first, line.end))
        start = len(self.blocks.blocks)
        self.inside(at + 1, after, depth, term)
        for place in range(start, len(self.blocks.blocks)):
            block = self.blocks.blocks[place]
            if block.parent == term and block.kind is Kind.PARAGRAPH:
                self.blocks.blocks[place] = type(block)(Kind.DEFINITION, block.span, term, 0, block.label)
        return after

    def _paragraph(self, at: int, end: int, line: SourceLine, _: int) -> int:
        stop = at
        while stop < end and self.lines[stop].said and self.lines[stop].indent >= line.indent:
            if self.lines[stop].said.startswith("|") and stop > at:
                self.blocks.hide(self.lines[stop].first, self.lines[stop].first + 1)
            stop += 1
        stop = max(stop, at + 1)
        span = Span(line.first + (2 if line.said.startswith("| ") else 0), self.lines[stop - 1].end)
        is_literal = self.lines[stop - 1].said.endswith("::")
        if self.blocks.text[span.start : span.end].strip(" :|"):
            self._add_text(Kind.PARAGRAPH, self._without_colons(span))
        if is_literal:
            after = self._body(stop - 1, end, line.indent)
            self.code(stop, after, "")
            return max(after, stop)
        return stop

    def _without_colons(self, span: Span) -> Span:
        """A paragraph without the second of two colons at its end, and without both where they stand apart."""
        said = self.blocks.text[span.start : span.end]
        if not said.endswith("::"):
            return span
        return Span(span.start, span.start + len(said[:-2].rstrip() if said[:-2] != said[:-2].rstrip() else said[:-1]))

    def _quotation(self, at: int, end: int, indent: int, depth: int) -> int:
        after = self._body(at - 1, end, indent - 1)
        start = len(self.blocks.blocks)
        self.inside(at, after, depth, self.blocks.under)
        for place in range(start, len(self.blocks.blocks)):
            block = self.blocks.blocks[place]
            if block.kind is Kind.PARAGRAPH and block.parent == self.blocks.under:
                self.blocks.blocks[place] = type(block)(Kind.QUOTATION, block.span, block.parent, 0, block.label)
        return after
