"""Tables of values with commas, semicolons or tabs between them: a row is a unit, with the names of its columns."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.model import Block, Kind, Span
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.document_builder import MOST_COLUMNS, reads_as_head
from retrieval.ingestion.formats.field_names import ANSWERS, QUESTIONS
from retrieval.ingestion.formats.parsed_document import ParsedDocument

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

DELIMITERS = "\t;,|"
MOST_ROWS = 100_000
SAMPLE = 20  # rows from which the delimiter is found
DECLARED = re.compile(r"sep=(?P<sign>.)(?:\r\n|\n|\r)", re.IGNORECASE)  # as Excel writes it
LINE_END = re.compile(r"\r\n|\n|\r")


class CsvCell(NamedTuple):
    """Where a cell is without white space and the quotation marks around it, and the marks in it that are escapes."""

    span: Span
    escapes: tuple[int, ...] = ()
    is_quoted: bool = False

    @property
    def around(self) -> Span:
        """Where it is with its quotation marks."""
        return Span(self.span.start - self.is_quoted, self.span.end + self.is_quoted)


def read_table(data: bytes) -> ParsedDocument:
    """A table. Its first row is its head where it reads as names; rows of questions and answers become these.

    The label of head and rows is the sign between their cells. Raises ArticleError, its sentence to follow the file's
    name, where it is no text.
    """
    text = decode(data)
    declared = DECLARED.match(text)
    start = declared.end() if declared else 0
    sign = declared["sign"] if declared else _delimiter(text)
    filled = (row for row in _rows(text, start, sign) if any(len(cell.span) for cell in row))
    rows = list(islice(filled, MOST_ROWS + 1))
    remarks = []
    if len(rows) > MOST_ROWS:
        remarks.append(f"has more than {MOST_ROWS:,} rows, of which the first are read")
    said = [[_said(text, cell) for cell in row] for row in rows[:SAMPLE]]
    has_head = len(rows) > 1 and reads_as_head(said[0], said[1:])
    names = [name.casefold() for name in said[0]] if has_head else []
    asked = next((at for at, name in enumerate(names) if name in QUESTIONS), -1)
    answers = [at for at, name in enumerate(names) if name in ANSWERS]
    if asked >= 0 and answers:
        blocks = list(_questions(rows[1:], asked, answers))
    else:
        blocks = _blocks(rows, sign, has_head=has_head)
    if any(len(row) > MOST_COLUMNS for row in rows):
        remarks.append(f"has rows of more than {MOST_COLUMNS} columns, of which the first are read")
    return ParsedDocument(text, tuple(blocks), hidden=_hidden(rows, blocks), remarks=tuple(remarks))


def _blocks(rows: Sequence[Sequence[CsvCell]], sign: str, *, has_head: bool) -> list[Block]:
    blocks: list[Block] = []
    for number, row in enumerate(rows):
        cells = row[:MOST_COLUMNS]
        span = Span(cells[0].around.start, cells[-1].around.end)
        if len(row) == 1 and not has_head:
            blocks.append(Block(Kind.PARAGRAPH, span))
        else:
            kind = Kind.TABLE_HEAD if has_head and not number else Kind.ROW
            blocks.append(Block(kind, span, 0 if has_head and number else -1, 0, sign))
    return blocks


def _questions(rows: Sequence[Sequence[CsvCell]], asked: int, answers: Sequence[int]) -> Iterator[Block]:
    """The blocks of a table with a column of questions and one or more of answers."""
    place = 0
    for row in rows:
        cells = [row[at].span for at in answers if at < len(row) and len(row[at].span)]
        if asked < len(row) and len(row[asked].span):
            question = (row[asked].span, Block(Kind.HEADING, row[asked].span, -1, 1, "question"))
            parts = sorted([question, *((span, Block(Kind.PARAGRAPH, span)) for span in cells)], key=lambda one: one[0])
            own = place + parts.index(question)
            for _, block in parts:
                yield block if block.kind is Kind.HEADING else Block(Kind.PARAGRAPH, block.span, own)
            place += len(parts)


def _hidden(rows: Sequence[Sequence[CsvCell]], blocks: Sequence[Block]) -> tuple[Span, ...]:
    """The quotation marks of the cells that are in blocks."""
    marks: list[Span] = []
    quotable = iter(blocks)
    block = next(quotable, None)
    for row in rows:
        for cell in row:
            around = [cell.span.start - 1, *cell.escapes, cell.span.end] if cell.is_quoted else []
            for at in around:
                while block and block.span.end <= at:
                    block = next(quotable, None)
                if block and block.span.start <= at:
                    marks.append(Span(at, at + 1))
    return tuple(marks)


def _said(text: str, cell: CsvCell) -> str:
    return " ".join(text[cell.span.start : cell.span.end].replace('""', '"').split())


def _delimiter(text: str) -> str:
    """The sign that cuts the first rows into as many cells each, and into the most."""

    def fit(sign: str) -> tuple[float, int]:
        counts = []
        for row in _rows(text, 0, sign):
            counts.append(len(row))
            if len(counts) == SAMPLE:
                break
        usual = max(set(counts), key=counts.count, default=1)
        return (counts.count(usual) / len(counts) if usual > 1 else 0.0), usual

    return max(DELIMITERS, key=fit) if text.strip() else ","


def _rows(text: str, start: int, sign: str) -> Iterator[list[CsvCell]]:
    """The cells of each row. A quotation mark that is not closed is a letter like any other."""
    at, row = start, []
    plain = re.compile(rf"[^{re.escape(sign)}\r\n]*")
    last_quote = text.rfind('"')
    while at < len(text):
        cell, at = _cell(text, at, sign, plain, last_quote)
        row.append(cell)
        if len(row) > MOST_COLUMNS:
            last = LINE_END.search(text, at)
            at = last.start() if last else len(text)
        if at < len(text) and text[at] == sign:
            at += 1
            continue
        end = LINE_END.match(text, at)
        at = end.end() if end else at
        yield row
        row = []
    if row:
        yield [*row, CsvCell(Span(at, at))]


def _cell(text: str, at: int, sign: str, plain: re.Pattern[str], last_quote: int) -> tuple[CsvCell, int]:
    opened = at
    while text[opened : opened + 1] == " ":
        opened += 1
    if text[opened : opened + 1] == '"' and opened < last_quote:
        escapes = []
        end = text.find('"', opened + 1)
        while end >= 0 and text[end + 1 : end + 2] == '"':
            escapes.append(end)
            end = text.find('"', end + 2)
        after = end + 1
        while text[after : after + 1] == " ":
            after += 1
        if end >= 0 and (after == len(text) or text[after] in {sign, "\r", "\n"}):
            return CsvCell(Span(opened + 1, end), tuple(escapes), is_quoted=True), after
    found = plain.match(text, at)
    end = found.end() if found else at
    said = text[at:end]
    start = at + len(said) - len(said.lstrip())
    return CsvCell(Span(start, max(start, at + len(said.rstrip())))), end
