"""Plain text as people write and paste it: no markup, but lines that were broken, lists, tables, headings, minutes."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.core.model import Block, Kind, Span
from retrieval.ingestion.formats.decoding import decoded
from retrieval.ingestion.formats.front_matter import front_matter_of
from retrieval.ingestion.formats.layout import boilerplate, is_title
from retrieval.ingestion.formats.parsed_document import ParsedDocument
from retrieval.ingestion.formats.text_lines import TextLine, goes_on, runs_of, width_of
from retrieval.ingestion.formats.text_marks import (
    ANSWER,
    BULLET,
    HAS_WORD,
    LABELLED,
    LEADER,
    LEADERS,
    LOGGED,
    NUMBERED,
    QUESTION,
    SENTENCE_END,
    UNDERLINE,
    in_capitals,
    table_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

HEADING_WORDS = 14
LONG = 200  # characters of a line that is a paragraph whatever it begins with
QUESTION_LEVEL, SMALL_LEVEL, CAPITALS_LEVEL = 6, 5, 3
UNDERLINED_LEVELS = {"=": 1, "-": 2, "~": 3, "^": 3, "*": 3, "#": 3}


@dataclass(slots=True)
class Piece:
    """Lines that are one block; `kind` is None until it is known. `alone` are those with blank lines around them."""

    lines: Sequence[TextLine]
    kind: Kind | None = None
    level: int = 0
    label: str = ""
    start: int = 0
    alone: bool = False

    @property
    def span(self) -> Span:
        return Span(self.start or self.lines[0].start, self.lines[-1].end)

    @property
    def said(self) -> str:
        return " ".join(line.said for line in self.lines)


def read_text(data: bytes) -> ParsedDocument:
    """What a plain text file has. The first line is its title where it reads as one and text follows."""
    text, remarks = decoded(data)
    front = front_matter_of(text)
    runs = [*runs_of(text, front.end)]
    width = width_of(runs)
    pieces = [piece for run in runs for piece in _pieces(run, width)]
    _know_title(pieces)
    _know_kinds(pieces)
    blocks = _Tree().of(pieces)
    title = next((text[one.span.start : one.span.end] for one in blocks if one.kind is Kind.TITLE), None)
    return ParsedDocument(text, tuple(blocks), title, front.about, remarks=(*remarks, *front.remarks))


def _pieces(run: Sequence[TextLine], width: int) -> Iterator[Piece]:
    """What the lines of a run are, from their form alone."""
    if len(run) == 1:
        yield from _piece(run, alone=True)
    elif UNDERLINE.match(run[1].said) and HAS_WORD.search(run[0].said):
        yield Piece([run[0]], Kind.HEADING, UNDERLINED_LEVELS.get(run[1].said[0], 3))
        if len(run) > 2:
            yield from _pieces(run[2:], width)
    elif table := table_of(run):
        for line in run:
            if HAS_WORD.search(line.said):
                yield Piece([line], Kind.TABLE_HEAD if line is table.head else Kind.ROW)
    else:
        yield from _joined(run, goes_on(run, width))


def _joined(run: Sequence[TextLine], goes: Sequence[bool]) -> Iterator[Piece]:
    """The lines of a run, those together that are one block; `goes` tells of each whether its text goes on."""
    lines: list[TextLine] = []
    for at, line in enumerate(run):
        if lines and UNDERLINE.match(line.said) and (len(lines) == 1 or not goes[at - 2]):
            yield from _piece(lines[:-1])
            yield Piece([lines[-1]], Kind.HEADING, UNDERLINED_LEVELS.get(line.said[0], 3))
            lines = []
        elif not HAS_WORD.search(line.said):
            yield from _piece(lines)
            lines = []
        elif lines and not (goes[at - 1] and _may_go_on(lines, line)) and not _hangs(lines, line):
            yield from _piece(lines)
            lines = [line]
        else:
            lines.append(line)
    yield from _piece(lines, alone=len(lines) == len(run))


def _may_go_on(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line may belong to those before it, by what it begins with and by what they are."""
    said = line.said
    if QUESTION.match(said) or ANSWER.match(said) or boilerplate(said) or boilerplate(lines[-1].said):
        return False
    ended = SENTENCE_END.search(lines[-1].said) is not None
    for mark in (BULLET, NUMBERED, LOGGED, LABELLED):
        if mark.match(said):  # a number may stand at the head of a line by chance
            sure = mark is BULLET and not said.lstrip("(")[0].isalnum()
            return not (sure or ended or mark.match(lines[0].said))
    return True


def _hangs(lines: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line stands further in than the marked one that it belongs to: an item, an answer, a speech."""
    first = lines[0]
    marked = BULLET.match(first.said) or QUESTION.match(first.said) or ANSWER.match(first.said)
    marked = marked or LABELLED.match(first.said) or LOGGED.match(first.said)
    return bool(marked) and line.indent > first.indent and _may_go_on(lines, line)


def _piece(lines: Sequence[TextLine], *, alone: bool = False) -> Iterator[Piece]:
    """A block of these lines, with its kind where its mark tells it; nothing of none, or of none with a word."""
    if not lines or not HAS_WORD.search(lines[0].said):
        return
    piece = Piece(lines, alone=alone)
    said = lines[0].said
    if len(said) > LONG and len(lines) == 1 and said[0].isalpha() and SENTENCE_END.search(said[-4:]):
        piece.kind = Kind.PARAGRAPH
    elif mark := QUESTION.match(said):
        piece.kind, piece.level, piece.label = Kind.HEADING, QUESTION_LEVEL, "question"
        piece.start = lines[0].start + mark.end()
    elif mark := ANSWER.match(said):
        piece.kind, piece.start = Kind.PARAGRAPH, lines[0].start + mark.end()
    elif len(lines) == 1 and LEADERS.search(said) and LEADER.match(said):
        piece.kind = Kind.ROW
    elif LOGGED.match(said):
        piece.kind = Kind.PARAGRAPH
    elif (mark := BULLET.match(said)) and not boilerplate(said):
        piece.kind, piece.label = Kind.ITEM, mark[0].strip()
        piece.start = lines[0].start + mark.end()
    yield piece


def _know_title(pieces: Sequence[Piece]) -> None:
    """Take the first line for the title where it stands by itself and reads as one."""
    if len(pieces) < 2:
        return
    first = pieces[0]
    said = first.said
    if first.kind is Kind.HEADING and not first.label:
        first.kind = Kind.TITLE
    elif first.kind is None and len(first.lines) == 1 and not boilerplate(said):
        capitals = in_capitals(said) and len(said.split()) <= HEADING_WORDS
        if capitals or (is_title(said) and not LABELLED.match(said)):
            first.kind = Kind.TITLE


def _know_kinds(pieces: list[Piece]) -> None:
    """What each piece is whose own mark does not tell it: a heading, boilerplate, or a paragraph."""
    tail = len(pieces)
    for at, piece in enumerate(pieces):
        said = piece.said if len(piece.lines) == 1 or piece.kind is None else ""
        late = 3 * at >= len(pieces) and len(piece.lines) == 1 and piece.kind is not Kind.ITEM
        if late and boilerplate(said, tail=True):
            tail = at
            break
        if piece.kind is None:
            piece.kind, piece.level, piece.label = _kind(piece, said)
        elif piece.kind is Kind.ITEM and _heads(pieces, at):
            piece.kind, piece.level, piece.label, piece.start = Kind.HEADING, CAPITALS_LEVEL + 1, "", 0
    for piece in pieces[tail:]:
        piece.kind, piece.level, piece.label = Kind.BOILERPLATE, 0, "tail"
    _know_captions(pieces)
    _lists_are_not_headings(pieces[:tail])


def _kind(piece: Piece, said: str) -> tuple[Kind, int, str]:
    if why := boilerplate(said):
        return Kind.BOILERPLATE, 0, why
    words = len(said.split(maxsplit=HEADING_WORDS))
    if len(piece.lines) > 1 or words > HEADING_WORDS:
        return Kind.PARAGRAPH, 0, ""
    if LABELLED.match(said) and not in_capitals(said) and not (piece.alone and said[-1] not in ".!?:"):
        return Kind.PARAGRAPH, 0, ""
    if not SENTENCE_END.search(said):
        level = CAPITALS_LEVEL if in_capitals(said) else SMALL_LEVEL
        if mark := NUMBERED.match(said):
            level = CAPITALS_LEVEL + min(mark[0].strip(" .").count("."), 2)
        return Kind.HEADING, level, ""
    if words <= HEADING_WORDS - 4 and said.rstrip("\"'”’»)").endswith("?") and not re.search(r"[.!?]\s", said):
        return Kind.HEADING, SMALL_LEVEL, ""
    return Kind.PARAGRAPH, 0, ""


def _heads(pieces: Sequence[Piece], at: int) -> bool:
    """Whether a numbered line is a heading: it stands alone, ends like no sentence, and what follows is no item."""
    piece = pieces[at]
    if not piece.alone or len(piece.lines) > 1 or SENTENCE_END.search(piece.said) or not piece.label[0].isdigit():
        return False
    after = pieces[at + 1] if at + 1 < len(pieces) else None
    return after is not None and after.kind is not Kind.ITEM and len(piece.said.split()) <= HEADING_WORDS


def _know_captions(pieces: Sequence[Piece]) -> None:
    """What stands above a line of credits in brackets is the caption of the picture that is not there."""
    for piece, after in pairwise(pieces):
        if after.label == "credit" and after.lines[0].said[0] in "([" and piece.kind is Kind.HEADING:
            piece.kind, piece.level = Kind.CAPTION, 0


def _lists_are_not_headings(pieces: Sequence[Piece]) -> None:
    """A heading has something under it: three short lines in a row, or one at the end, are lines of a list."""
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and pieces[end].kind is Kind.HEADING and pieces[end].level == SMALL_LEVEL:
            end += 1
        if end - at >= 3 or (end > at and end == len(pieces)):
            for piece in pieces[at:end]:
                piece.kind, piece.level = Kind.ITEM, 1
        at = max(end, at + 1)


class _Tree:
    """Blocks in the making: each gets the heading, the list's introduction or the table head that it belongs to."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.headings: list[int] = []
        self.items: list[tuple[int, int]] = []  # how far an item is indented, and its place
        self.introduction = -1  # the paragraph just before that ends in a colon
        self.head = -1

    def of(self, pieces: Sequence[Piece]) -> list[Block]:
        for piece in pieces:
            self.add(piece)
        return self.blocks

    def add(self, piece: Piece) -> None:
        kind = piece.kind or Kind.PARAGRAPH
        place, level = len(self.blocks), piece.level
        above = self.headings[-1] if self.headings else -1
        if kind is Kind.HEADING:
            while self.headings and self.blocks[self.headings[-1]].level >= level:
                self.headings.pop()
            above = self.headings[-1] if self.headings else -1
            self.headings.append(place)
        elif kind is Kind.ITEM:
            above, level = self._of_item(piece, above)
        elif kind is Kind.ROW and self.head >= 0:
            above = self.head
        if kind is not Kind.ITEM:
            self.items = []
            self.introduction = place if kind is Kind.PARAGRAPH and piece.lines[-1].said.endswith(":") else -1
        self.head = place if kind is Kind.TABLE_HEAD else self.head if kind is Kind.ROW else -1
        self.blocks.append(Block(kind, piece.span, above if kind is not Kind.TITLE else -1, level, piece.label))

    def _of_item(self, piece: Piece, above: int) -> tuple[int, int]:
        """What an item belongs to, and how deep it is."""
        indent = piece.lines[0].indent
        while self.items and self.items[-1][0] >= indent:
            self.items.pop()
        parent = self.items[-1][1] if self.items else self.introduction if self.introduction >= 0 else above
        self.items.append((indent, len(self.blocks)))
        return parent, len(self.items)
