"""What lines of plain text begin with or look like: bullets, numbers, questions, speakers, rows, rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.ingestion.formats.text_lines import TextLine

HAS_WORD = re.compile(r"\w")
SENTENCE_END = re.compile(r"[.!?…:;,。！？؟।][\"'”’»)\]*_]*$")
BULLET = re.compile(r"(?:[-*+•‣▪◦–—]|\d{1,3}[.)]|\(\d{1,3}[a-z]?\)|\(?[a-z]\)|\(?[ivx]{2,5}\))\s+(?=\S)")
# “§ 7”, “3.1”, “Art. 5”: these stay in the text, as people cite them.
NUMBERED = re.compile(r"(?:§{1,2} ?\d+[a-z]?\.?|(?:\d{1,3}\.){1,4}\d{1,3}\.?|Art(?:\.|icle) ?\d+[a-z]?\.?)\s+(?=\S)")
QUESTION = re.compile(r"(?:Q|Question|Frage|Pregunta)\s?\d{0,3}\s?[:.)]\s+(?=\S)", re.IGNORECASE)
ANSWER = re.compile(r"(?:A|Answer|Antwort|Réponse|Respuesta)\s?\d{0,3}\s?:\s+(?=\S)", re.IGNORECASE)
# “Ann: I was there.”, “Due:   Friday”, “[12:03] <ann> hello”
LABELLED = re.compile(r"(?:\[[^\]]{1,30}\]\s*)?(?:<[^>\s]{1,30}>\s|[^\W\d_][\w.'’() -]{0,30}?:\s+(?=\S))")
_CLOCK = r"\d{1,2}:\d\d(?::\d\d)?(?:[.,]\d+)?(?:\s?[ap]\.?m\.?)?"
LOGGED = re.compile(
    rf"[\[(<]?(?:\d{{4}}[-/.]\d\d?[-/.]\d\d?(?:[T ,]+{_CLOCK})?|\d\d?[-/.]\d\d?[-/.]\d{{2,4}}[T ,]+{_CLOCK}"
    rf"|(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* +\d[^\n]{{0,12}}?{_CLOCK}"
    rf"|{_CLOCK})Z?[\])>]?[\s,|:–-]+(?=\S)",
    re.IGNORECASE,
)
LEADER = re.compile(r"\S.*?(?: ?\.{4,} ?| ?(?: \.){3,} ?|…{2,} ?|_{4,} ?)\S")
LEADERS = re.compile(r"\.{4}|\. \. \.|……|____")  # what such a row has, at a glance
UNDERLINE = re.compile(r"([=~^*#-])\1{2,}$")
GAP = re.compile(r"\t+\s*| {2,}|\s\|\s")
RULE = re.compile(r"[-=+|:_\s]+$")
WIDE, WIDEST_GAP = 4, 200  # columns
LETTERS = re.compile(r"[^\W\d_]")


class TextTable(NamedTuple):
    """A table of aligned columns; `head` is the line that names these, None where none does."""

    head: TextLine | None


def in_capitals(said: str) -> bool:
    """Whether a line is all in capitals, with two letters at least."""
    return said.isupper() and len(LETTERS.findall(said[:20])) > 1


def table_of(run: Sequence[TextLine]) -> TextTable | None:
    """The table that lines form whose cells begin in the same columns; None where they form none."""
    lines = [line for line in run if not RULE.match(line.said)]
    if len(lines) < 2 or any(not GAP.search(line.said) for line in lines):
        return None
    barred = all("\t" in line.said or " | " in line.said for line in lines)
    if not barred and not set.intersection(*map(_columns, lines)) and not set.intersection(*map(_blank_columns, lines)):
        return None
    return TextTable(lines[0] if _is_head(run, lines) else None)


def _columns(line: TextLine) -> set[int]:
    """The columns at which cells begin, but for the first."""
    return {line.indent + gap.end() for gap in GAP.finditer(line.said)}


def _blank_columns(line: TextLine) -> set[int]:
    """The columns that are blank in a wide gap: cells that are numbers often end in the same column, not begin."""
    gaps = [gap.span() for gap in GAP.finditer(line.said) if gap.end() - gap.start() >= WIDE]
    return {line.indent + column for start, end in gaps for column in range(start, min(end, start + WIDEST_GAP))}


def _is_head(run: Sequence[TextLine], lines: Sequence[TextLine]) -> bool:
    """Whether the first line names the columns: a rule stands below it, or numbers stand below words."""
    if len(run) > 2 and RULE.match(run[1].said):
        return True
    first, *others = ([cell for cell in GAP.split(line.said) if cell] for line in lines)
    if len(others) < 2 or any(LETTERS.search(cell) is None or cell[0].islower() for cell in first):
        return False
    numbers = (
        all(len(row) > at and row[at][:1].isdigit() for row in others) and not first[at][:1].isdigit()
        for at in range(1, len(first))
    )
    return any(numbers)
