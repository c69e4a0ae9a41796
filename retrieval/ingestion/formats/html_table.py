"""The rows of an HTML table, with cells that span several of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from retrieval.core.model import Kind
from retrieval.ingestion.formats.document_builder import MOST_COLUMNS, head_of

if TYPE_CHECKING:
    from retrieval.ingestion.formats.document_builder import DocumentBuilder

MOST_CELLS = 400_000
LONGEST_REPEATED = 200  # characters: what a cell that spans rows is repeated with


class TableCell(NamedTuple):
    """A cell: the pieces of its text, whether it is a head, and how many rows and columns it takes."""

    pieces: list[str]
    is_head: bool
    rows: int
    columns: int

    @property
    def text(self) -> str:
        return " ".join(self.pieces)


class HtmlTable:
    """Takes rows and cells as they come. One that `is_layout` has none: what is in it is not a table's."""

    def __init__(self, *, is_layout: bool) -> None:
        self.is_layout = is_layout
        self.caption = ""
        self._rows: list[tuple[bool, list[TableCell]]] = []

    def start_row(self, *, in_head: bool) -> None:
        self._rows.append((in_head, []))

    def start_cell(self, *, is_head: bool, rows: int, columns: int) -> None:
        if not self._rows:
            self.start_row(in_head=False)
        self._rows[-1][1].append(TableCell([], is_head, rows, min(columns, MOST_COLUMNS)))

    def add_text(self, said: str) -> None:
        if self._rows and self._rows[-1][1]:
            self._rows[-1][1][-1].pieces.append(said)

    def add_to(self, builder: DocumentBuilder) -> None:
        """Add the table, or what is in its cells where it is there for the layout."""
        rows = self._grid()
        if self.is_layout or max(map(len, rows), default=0) < 2:
            if self.caption:
                builder.add(Kind.CAPTION, self.caption)
            for _, cells in self._rows:
                for cell in cells:
                    if cell.text:
                        builder.add(Kind.PARAGRAPH, cell.text)
            return
        heads = self._heads()
        if heads:
            head, rest = _joined(rows[:heads]), rows[heads:]
        elif any(cell.is_head for _, cells in self._rows for cell in cells):
            head, rest = [], rows
        else:
            head, rest = head_of(rows)
        builder.table(head, rest, self.caption)

    def _heads(self) -> int:
        """How many of the first rows are the table's head."""
        heads = 0
        for in_head, cells in self._rows:
            all_heads = len(cells) > 1 and all(cell.is_head for cell in cells)
            if not (in_head or all_heads) or heads == 3:
                break
            heads += 1
        return heads if heads < len(self._rows) else 0

    def _grid(self) -> list[list[str]]:
        """The texts of the cells, each in its column: one that spans rows is in each of them."""
        grid: list[list[str]] = []
        below: dict[int, tuple[str, int]] = {}  # by column: what comes down from above, and for how many rows
        room = MOST_CELLS
        for _, cells in self._rows:
            row: list[str] = []
            left = iter(cells)
            cell = next(left, None)
            while (cell or len(row) in below) and len(row) <= MOST_COLUMNS and room > 0:
                at = len(row)
                if at in below:
                    text, rows = below.pop(at)
                    row.append(text)
                    if rows > 1:
                        below[at] = text, rows - 1
                elif cell:
                    text = cell.text
                    row += [text] + [""] * (cell.columns - 1)
                    if cell.rows > 1 and len(text) <= LONGEST_REPEATED:
                        below.update({at + more: (row[at + more], cell.rows - 1) for more in range(cell.columns)})
                    cell = next(left, None)
                room -= len(row) - at
            grid.append(row)
        return grid


def _joined(rows: list[list[str]]) -> list[str]:
    """Several rows of heads as one: "Opening hours: Monday" below "Opening hours", where that spans columns."""
    width = max(map(len, rows))
    columns: list[list[str]] = [[] for _ in range(width)]
    for number, row in enumerate(rows):
        group = ""
        for at in range(width):
            said = row[at] if at < len(row) else ""
            group = said or (group if number + 1 < len(rows) else "")
            if group and group not in columns[at]:
                columns[at].append(group)
    return [" ".join(column) for column in columns]
