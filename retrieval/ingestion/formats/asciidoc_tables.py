"""The rows of an AsciiDoc table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.ingestion.formats.source_blocks import SourceBlocks, SourceLine

CELL = re.compile(r"(?:(?<=\s)|^)(?P<spec>(?:\d+(?:\.\d+)?[*+])?[<^>.]{0,3}[adehlmsv]?)\|")


def rows_in(blocks: SourceBlocks, lines: Sequence[SourceLine], columns: int) -> list[tuple[int, int]]:
    """Where each row starts and ends: `columns` cells, or, where these are not known, those of the first line."""
    cells: list[tuple[int, int]] = []
    for line in lines:
        found = list(CELL.finditer(line.said))
        if not found and line.said and cells:
            cells[-1] = cells[-1][0], line.end
        for number, cell in enumerate(found):
            start = line.first + cell.end()
            stop = line.first + found[number + 1].start() if number + 1 < len(found) else line.end
            said = blocks.text[start:stop]
            start += len(said) - len(said.lstrip())
            cells.append((start, max(start, start + len(said.strip()))))
            if cell["spec"]:
                blocks.hide(line.first + cell.start("spec"), line.first + cell.end("spec"))
        if found and not columns:
            columns = len(found)
    step = max(columns, 1)
    rows = [cells[number : number + step] for number in range(0, len(cells), step)]
    return [(row[0][0], row[-1][1]) for row in rows if row[-1][1] > row[0][0]]


def columns_in(attributes: Sequence[str]) -> int:
    """How many columns the attributes of a table name; 0 where they do not. They were cut at their commas."""
    for number, one in enumerate(attributes):
        if one.startswith("cols="):
            said = [one[5:].strip('"')]
            for more in attributes[number + 1 :]:
                if "=" in more:
                    break
                said.append(more)
            repeated = [re.match(r"(\d+)\*", column.strip('"')) for column in said]
            return min(sum(int(times[1]) if times else 1 for times in repeated), 200)
    return 0
