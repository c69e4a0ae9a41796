"""Pieces of text on a page -> lines, in the order in which a reader reads them: by columns, not across them."""

from __future__ import annotations

import statistics
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAST_IN_COLUMN = 4  # lines
FULL = 0.55  # of a column's width that a line of running text takes at least, by the median
WIDE = 0.6  # of the width of the whole that a piece takes which stands across columns
DEEPEST = 6
EDGE = 0.1  # of a page's height, above and below, in which running heads are
SAME_LINE = 0.5  # of the size of the letters: baselines that far apart are one line's


class TextPiece(NamedTuple):
    """Some text on a page, in points from its lower left corner."""

    left: float
    bottom: float
    right: float
    top: float
    size: float
    bold: bool
    text: str


class PrintedLine(NamedTuple):
    """The pieces of a line from left to right; `region` counts the stretches of a page that are read one by one."""

    pieces: tuple[TextPiece, ...]
    region: int

    @property
    def text(self) -> str:
        return " ".join(piece.text.strip() for piece in self.pieces)

    @property
    def left(self) -> float:
        return self.pieces[0].left

    @property
    def right(self) -> float:
        return self.pieces[-1].right

    @property
    def bottom(self) -> float:
        return min(piece.bottom for piece in self.pieces)

    @property
    def size(self) -> float:
        return max(self.pieces, key=lambda piece: len(piece.text)).size

    @property
    def bold(self) -> bool:
        return all(piece.bold for piece in self.pieces)


def edge_lines(pieces: Sequence[TextPiece], height: float) -> list[PrintedLine]:
    """The lines in the margins above and below a page, in which running heads are."""
    inside = [piece for piece in pieces if piece.bottom < EDGE * height or piece.bottom > (1 - EDGE) * height]
    return [PrintedLine(tuple(line), -1) for line in _lines(inside)]


def lines_in_order(pieces: Sequence[TextPiece]) -> list[PrintedLine]:
    """The lines of a page."""
    lines: list[PrintedLine] = []
    for region, stretch in enumerate(_regions(pieces, 0)):
        lines += [PrintedLine(tuple(line), region) for line in _lines(stretch)]
    return lines


def _regions(pieces: Sequence[TextPiece], depth: int) -> list[Sequence[TextPiece]]:
    """The pieces cut into columns where there are any, and into what is above and below something wide."""
    if len(pieces) < 2 * LEAST_IN_COLUMN or depth >= DEEPEST:
        return [pieces] if pieces else []
    if columns := _columns(pieces):
        return [region for column in columns for region in _regions(column, depth + 1)]
    whole = max(piece.right for piece in pieces) - min(piece.left for piece in pieces)
    wide = [piece for piece in pieces if piece.right - piece.left > WIDE * whole]
    narrow = [piece for piece in pieces if piece.right - piece.left <= WIDE * whole]
    if not wide or not _columns(narrow):
        return [pieces]
    # What is wide stands above, between or below columns: each stretch of narrow pieces between two wide ones is cut.
    regions: list[Sequence[TextPiece]] = []
    run: list[TextPiece] = []
    is_wide = False
    for piece in sorted(pieces, key=lambda piece: -piece.top):
        now = piece.right - piece.left > WIDE * whole
        if run and now is not is_wide:
            regions += [run] if is_wide else _regions(run, depth + 1)
            run = []
        is_wide = now
        run.append(piece)
    return regions + ([run] if is_wide else _regions(run, depth + 1))


def _columns(pieces: Sequence[TextPiece]) -> list[list[TextPiece]]:
    """The columns of running text that the pieces stand in, from left to right; none where they are not such.

    Pieces of some words tell where the columns are; each of the others belongs to the one that is nearest.
    """
    columns: list[list[TextPiece]] = []
    end = float("-inf")
    for piece in sorted((one for one in pieces if one.text.count(" ") >= 2), key=lambda piece: piece.left):
        if piece.left > end + 0.7 * piece.size or not columns:
            columns.append([])
        columns[-1].append(piece)
        end = max(end, piece.right)
    if len(columns) < 2 or not all(map(_is_running_text, columns)):
        return []
    starts = [column[0].left for column in columns]
    ends = [max(piece.right for piece in column) for column in columns]
    for piece in pieces:
        if piece.text.count(" ") < 2:
            distances = [
                max(left - piece.right, piece.left - right, 0.0) for left, right in zip(starts, ends, strict=True)
            ]
            columns[distances.index(min(distances))].append(piece)
    return columns


def _is_running_text(column: Sequence[TextPiece]) -> bool:
    """Whether the lines of a column fill it, as those of a text do and the cells of a table do not."""
    if len(column) < LEAST_IN_COLUMN:
        return False
    width = max(piece.right for piece in column) - min(piece.left for piece in column)
    words = statistics.median(len(piece.text.split()) for piece in column)
    return words >= 3 and statistics.median(piece.right - piece.left for piece in column) >= FULL * width


def _lines(pieces: Sequence[TextPiece]) -> list[list[TextPiece]]:
    lines: list[list[TextPiece]] = []
    for piece in sorted(pieces, key=lambda piece: (-piece.bottom, piece.left)):
        if lines and abs(lines[-1][0].bottom - piece.bottom) <= SAME_LINE * max(piece.size, lines[-1][0].size):
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [sorted(line, key=lambda piece: piece.left) for line in lines]
