"""HTML between the paragraphs of Markdown -> blocks: what is folded, tables, lists, and the text of everything else."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.core.model import Kind, Span

if TYPE_CHECKING:
    from retrieval.ingestion.formats.commonmark.markdown_tree import MarkdownTree

MARKUP = re.compile(
    r"<!--.*?(?:-->|\Z)|<(?P<raw>script|style|template|svg|iframe|object)\b.*?(?:</(?P=raw)\s*>|\Z)|<[!?][^>]*>"
    r"|<(?P<close>/?)(?P<name>[A-Za-z][\w.:-]*)(?:[^\"'<>]|\"[^\"]*\"|'[^']*')*>"
    r"|&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z]\w{1,31});",
    re.DOTALL | re.IGNORECASE,
)
HAS_WORD = re.compile(r"\w")
INLINE = frozenset(
    """
    a abbr acronym b bdi bdo big br button cite code data del dfn em font i img input ins kbd label mark q s samp small
    span strike strong sub sup time tt u var wbr picture source
    """.split()  # noqa: SIM905 - lines of words read better than quoted items
)
KINDS = {
    "summary": Kind.NOTE,
    "li": Kind.ITEM,
    "dt": Kind.TERM,
    "dd": Kind.DEFINITION,
    "figcaption": Kind.CAPTION,
    "caption": Kind.CAPTION,
    "pre": Kind.CODE,
    "blockquote": Kind.QUOTATION,
    "nav": Kind.BOILERPLATE,
    "footer": Kind.BOILERPLATE,
}
LISTS = frozenset({"ul", "ol"})
HEADING = re.compile(r"h[1-6]")


class EmbeddedHtml:
    """The HTML of one text, stretch by stretch: an element may be opened in one and closed in another."""

    def __init__(self, tree: MarkdownTree) -> None:
        self.tree = tree
        self.open: list[str] = []  # the names of the elements that blocks are in
        self.term = -1
        self._start = -1  # of the text that is gathered
        self._end = -1
        self._hidden: list[Span] = []
        self._cells: list[bool] = []  # of the row that is open, whether each cell is a head
        self._row: tuple[int, int] | None = None  # where its first cell begins and its last one ends
        self._head = -1

    def read(self, span: Span) -> None:
        """Add the blocks of a stretch of HTML."""
        text, at = self.tree.text, span.start
        for found in MARKUP.finditer(text, span.start, span.end):
            self._said(at, found.start())
            self._markup(found)
            at = found.end()
        self._said(at, span.end)
        if self._row is None:
            self._flush()

    def _said(self, start: int, end: int) -> None:
        if HAS_WORD.search(self.tree.text, start, end) or (
            self._start >= 0 and not self.tree.text[start:end].isspace()
        ):
            said = self.tree.text[start:end]
            first = start + len(said) - len(said.lstrip())
            self._start = first if self._start < 0 else self._start
            self._end = start + len(said.rstrip())

    def _markup(self, found: re.Match[str]) -> None:
        self._hidden.append(Span(*found.span()))
        name = (found["name"] or "").lower()
        if found[0][0] == "&":
            self._start = found.start() if self._start < 0 else self._start
            self._end = found.end()
        elif name in ("td", "th"):
            self._cell(name, found)
        elif name and name not in INLINE and self._row is None:
            self._flush()
            self._element(name, closes=bool(found["close"]))
        elif name == "tr" or name in ("table", "tbody", "thead", "tfoot"):
            self._element(name, closes=bool(found["close"]))

    def _cell(self, name: str, found: re.Match[str]) -> None:
        if found["close"]:
            if self._row:
                self._row = self._row[0], found.start()
            return
        if self._row is None:
            self._flush()
            self._hidden.append(Span(*found.span()))
            self._row = found.end(), found.end()
            self._cells = []
        self._cells.append(name == "th")
        self._row = self._row[0], max(self._row[1], found.end())

    def _element(self, name: str, *, closes: bool) -> None:
        if name in ("tr", "table", "tbody", "thead", "tfoot"):
            self._end_row()
            self._head = -1 if name == "table" else self._head
        elif name == "details" or name in LISTS:
            if not closes:
                self.tree.open("html " + name, self.tree.introduction, deeper=name in LISTS)
            elif self.tree.frame.kind == "html " + name:
                self.tree.close()
        elif closes:
            if name in self.open:
                while self.open.pop() != name:
                    pass
        elif name in KINDS or HEADING.fullmatch(name):
            if name == "li" and "li" in self.open and self.open[-1] == "li":
                self.open.pop()  # its end may be left out
            self.open.append(name)

    def _end_row(self) -> None:
        if self._row is None:
            return
        start, end = self._row
        end = max(end, self._end)
        self._row, self._start = None, -1
        hidden, self._hidden = self._hidden, []
        inside = [one for one in hidden if start <= one.start and one.end <= end]
        if HAS_WORD.search(self.tree.seen(Span(start, end), inside)):
            if all(self._cells) and self._head < 0:
                self._head = self.tree.add(Kind.TABLE_HEAD, Span(start, end), hidden, parent=self.tree.introduction)
            else:
                parent = self._head if self._head >= 0 else None
                self.tree.add(Kind.ROW, Span(start, end), hidden, parent=parent)
        else:
            self.tree.hide_all(hidden)

    def _flush(self) -> None:
        """Add what was gathered as a block of the kind that the elements around it say."""
        start, hidden = self._start, self._hidden
        self._start, self._hidden = -1, []
        if start < 0 or not HAS_WORD.search(self.tree.seen(Span(start, self._end), _within(hidden, start, self._end))):
            self.tree.hide_all(hidden)
            return
        span, name = Span(start, self._end), self.open[-1] if self.open else ""
        if HEADING.fullmatch(name):
            self.tree.add_heading(span, int(name[1]), hidden)
        elif name == "summary":
            self._note(span, hidden)
        elif name == "dt":
            self.term = self.tree.add(Kind.TERM, span, hidden)
        elif name == "dd" and self.term >= 0:
            self.tree.add(Kind.DEFINITION, span, hidden, parent=self.term)
        else:
            kind = KINDS.get(name, Kind.PARAGRAPH)
            self.tree.add(
                kind, span, hidden, label="•" if kind is Kind.ITEM else "html" if kind is Kind.BOILERPLATE else ""
            )

    def _note(self, span: Span, hidden: list[Span]) -> None:
        """What is folded belongs to the line that is seen of it; a question there is one that is answered."""
        if self.tree.seen(span, _within(hidden, span.start, span.end)).rstrip().endswith("?"):
            place = self.tree.add_heading(span, 7, hidden, label="question")
        else:
            place = self.tree.add(Kind.NOTE, span, hidden, label="details")
        if self.tree.frame.kind == "html details":
            self.tree.frame.parent = place


def _within(hidden: list[Span], start: int, end: int) -> list[Span]:
    return [one for one in hidden if start <= one.start and one.end <= end]
