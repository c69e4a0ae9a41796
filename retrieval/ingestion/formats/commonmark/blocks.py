"""The tokens of markdown-it-py -> a tree of blocks, with what is hidden in each."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.commonmark.embedded_html import HAS_WORD, EmbeddedHtml
from retrieval.ingestion.formats.commonmark.inline_marks import SPECIAL, inline_marks
from retrieval.ingestion.formats.commonmark.markdown_parser import block_parser_for, inline_parser
from retrieval.ingestion.formats.commonmark.markdown_tree import MarkdownTree
from retrieval.ingestion.formats.commonmark.paragraphs import Prose, add_prose, is_prose
from retrieval.ingestion.formats.commonmark.source_lines import PlacedText, SourceLines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown_it.token import Token

PIPE = re.compile(r"(?<!\\)\|")
CALLOUT = re.compile(r"\[!(?P<sort>[\w -]+?)(?:\|[^\]\n]*)?\](?P<fold>[+-]?)[ \t]*(?P<title>[^\n]*)")
TASK = re.compile(r"\[(?P<done>[ xX/-])\][ \t]+(?=\S)")
# The sort of a note and its title: warning "Mind it", {note} Title, admonish info title="Mind it", note[Mind]
PARAMS = re.compile(
    r"(?:admonish[ \t]+|ad-)?\{?\.?(?P<sort>[\w:+-]*)\}?(?:[ \t]+(?:inline|end|open|[\w-]+)(?=[ \t]+[\"“]))*"
    r"[ \t]*(?:\{[^}\n]*\})?[ \t]*[|\[(]?[ \t]*(?:title=)?[\"'“]?(?P<title>[^\"”\]\n]*)"
)
OPTION = re.compile(r":[\w-]+:(?:[ \t].*)?$|(?:title|class|collapse|collapsible|icon|color|id)[ \t]*[:=].*$")


class Blocks:
    """Walks through the tokens of one text, whose Markdown begins at `start`."""

    def __init__(self, text: str, start: int) -> None:
        self.text = text
        self.source = SourceLines(text, start)
        self.lines = self.source.lines
        self.tree = MarkdownTree(text)
        self.html = EmbeddedHtml(self.tree)
        self.env: dict[str, Any] = {}

    def read(self) -> MarkdownTree:
        """The tree of all blocks."""
        tokens: list[Token] = []
        parser = block_parser_for(self.source.source)
        parser.block.parse(self.source.source, parser, self.env, tokens)
        self._walk(tokens)
        for reference in (*self.env.get("references", {}).values(), *self.env.get("duplicate_refs", ())):
            first, end = reference["map"]
            self.tree.hide(self.source.start(first), self.source.end(end - 1))
        return self.tree

    def _walk(self, tokens: Sequence[Token]) -> None:
        inside = ""
        for number, token in enumerate(tokens):
            if token.type in ("heading_open", "paragraph_open", "dt_open", "th_open", "td_open"):
                inside = token.type
            elif token.type == "inline":
                self._inline(inside, tokens[number - 1], token)
            elif token.type == "tr_open":
                self._row(token, head=tokens[number - 1].type == "thead_open")
            elif token.nesting > 0:
                self._open(token)
            elif token.nesting < 0 and token.type.removesuffix("_close") in OPENED:
                self.tree.close()
            elif token.type in ("fence", "code_block", "math_block", "math_block_label"):
                self._code(token)
            elif token.type == "template" and token.map:
                self.tree.hide(self.source.start(token.map[0]), self.source.end(token.map[1] - 1))
            elif token.type == "html_block" and token.map:
                self.html.read(Span(self.source.start(token.map[0]), self.source.end(token.map[1] - 1)))

    def _open(self, token: Token) -> None:
        tree = self.tree
        match token.type:
            case "bullet_list_open" | "ordered_list_open":
                tree.open("list", tree.introduction, deeper=True)
            case "list_item_open":
                tree.open("item", tree.frame.parent, label=f"{token.info}{token.markup}" if token.info else "•")
            case "blockquote_open":
                tree.open("quotation", tree.introduction)
            case "note_open" | "container_colons_open" | "container_slashes_open":
                self._note(token)
            case "footnote_reference_open":
                tree.open("footnote", tree.parent)
            case "indented_open":
                tree.open("note", tree.introduction)
            case "dl_open":
                tree.open("definitions", tree.introduction)
            case "dd_open":
                tree.open("definition", tree.frame.last)
            case "table_open":
                tree.open("table", tree.introduction)

    def _inline(self, inside: str, before: Token, token: Token) -> None:
        if inside in ("th_open", "td_open") or token.map is None:
            return
        placed = self._placed(token.content, token.map[0])
        if placed is None:
            return
        prose = self._prose(placed)
        if inside == "heading_open":
            self._heading(prose, int(before.tag[1]))
        elif inside == "dt_open":
            self.tree.frame.last = self.tree.add(Kind.TERM, prose.span, prose.hidden)
        elif self.tree.frame.kind == "quotation" and (callout := CALLOUT.match(placed.content)):
            self._callout(placed, callout)
        else:
            self._paragraph(prose)

    def _paragraph(self, prose: Prose) -> None:
        frame = self.tree.frame
        if frame.kind == "item" and (task := TASK.match(self.text, prose.span.start, prose.span.end)):
            self.tree.hide(*task.span())
            frame.label = "☑" if task["done"] in "xX" else "☐"
            prose = prose.from_place(task.end())
        if prose.span.start < prose.span.end:
            add_prose(self.tree, prose)

    def _heading(self, prose: Prose, level: int) -> None:
        tree = self.tree
        span = prose.span
        if not HAS_WORD.search(tree.seen(span, prose.hidden)):
            tree.hide(span.start, span.end)
        elif (
            level == 1
            and len(tree.frames) == 1
            and not any(block.kind in (Kind.TITLE, Kind.HEADING) for block in tree.blocks)
        ):
            tree.add(Kind.TITLE, span, prose.hidden)
        else:
            tree.add_heading(span, level, prose.hidden)

    def _callout(self, placed: PlacedText, callout: re.Match[str]) -> None:
        """A quotation that begins with [!sort] is a note; what stands behind that is its title."""
        tree = self.tree
        start, end = placed.source(0), placed.source(callout.end())
        sort = Span(placed.source(callout.start("sort")), placed.source(callout.end("sort")))
        title = self._prose(placed).from_place(placed.source(callout.start("title"))).until(end)
        seen = tree.seen(title.span, title.hidden).strip() if title.span.start < title.span.end else ""
        tree.hide(start, sort.start)
        tree.hide(sort.end, title.span.start)
        parent = tree.frame.parent
        named = bool(HAS_WORD.search(seen)) and not re.search(r"[.!:]\W*$", seen)
        if named and seen.endswith("?"):
            tree.hide(sort.start, sort.end)
            tree.frame.kind, tree.frame.parent = "note", tree.add_heading(title.span, 7, title.hidden, label="question")
            tree.frame.headings.clear()
        elif named:
            tree.hide(sort.start, sort.end)
            tree.frame.kind = "note"
            tree.frame.parent = tree.add(
                Kind.NOTE, title.span, title.hidden, parent=parent, label=callout["sort"].lower()
            )
        else:
            tree.frame.kind = "note"
            tree.frame.parent = tree.add(Kind.NOTE, sort, parent=parent, label=callout["sort"].lower())
            if seen:
                add_prose(tree, title)
        rest = callout.end() + 1
        if rest < len(placed.content):
            self._paragraph(self._prose(placed).from_place(placed.source(rest)))

    def _note(self, token: Token) -> None:
        """Open a note, something folded or a tab; its title, else its sort, is what it is called."""
        tree, (first, _) = self.tree, token.map or (0, 0)
        start, end = self.source.start(first), self.source.end(first)
        params = start + max(self.text[start:end].find(token.info.strip()), 0)
        found = PARAMS.match(self.text, params, end)
        if token.markup.startswith("="):
            found = re.compile(r"[\"'“](?P<sort>)(?P<title>[^\"”\n]*)").match(self.text, params, end)
        name = found.span("title") if found and found["title"].strip() else found.span("sort") if found else (0, 0)
        sort = (found["sort"] if found else "").lower() or ("tab" if token.markup.startswith("=") else "note")
        self._hide_options(first + 1)
        if name[0] == name[1]:
            tree.hide(start, end)
            tree.open("note", tree.introduction)
            return
        tree.hide(start, name[0])
        tree.hide(name[1], end)
        title = self.text[slice(*name)].strip()
        span = Span(name[0], name[0] + len(title))
        if title.endswith("?"):
            place = tree.add_heading(span, 7, label="question")
            tree.frame.headings.pop()
        else:
            place = tree.add(Kind.NOTE, span, parent=tree.introduction, label=sort)
        tree.open("note", place)

    def _hide_options(self, line: int) -> None:
        """Lines such as “:class: tip” at the head of a note."""
        while line < len(self.lines) and OPTION.match(self.lines[line].strip()):
            self.tree.hide(self.source.start(line), self.source.end(line))
            line += 1

    def _row(self, token: Token, *, head: bool) -> None:
        if token.map is None:
            return
        line = self.lines[token.map[0]]
        start = self.source.start(token.map[0])
        first = len(line) - len(line.lstrip("> \t"))
        span = Span(start + first, start + len(line.rstrip()))
        if span.start >= span.end:
            return
        hidden: list[Span] = []
        cells = [place.start() for place in PIPE.finditer(line)] if SPECIAL.search(line) else []
        for left, right in zip([first - 1, *cells], [*cells, len(line)], strict=True) if cells else ():
            cell, at = line[left + 1 : right], start + left + 1
            marks = inline_marks(inline_parser(), self.env, cell.replace("\\|", "\0|"))
            hidden.extend(Span(at + a, at + b) for a, b in marks.hidden)
            hidden.extend(Span(at + bar.start(), at + bar.start() + 1) for bar in re.finditer(r"\\\|", cell))
        if not HAS_WORD.search(line):
            return
        tree = self.tree
        if head:
            tree.frame.last = tree.frame.parent = tree.add(Kind.TABLE_HEAD, span, _in_order(hidden))
        else:
            tree.add(Kind.ROW, span, _in_order(hidden))

    def _code(self, token: Token) -> None:
        """Code in fences or moved in, mathematics, and what only looks like code: text that is moved in."""
        first, end = token.map or (0, 0)
        fenced = token.type != "code_block"
        lines = token.content.rstrip("\n")
        inner = first + 1 if fenced else first
        if fenced:
            self.tree.hide(self.source.start(first), self.source.end(first))
            last = inner + token.content.count("\n")
            if last < end:
                self.tree.hide(self.source.start(last), self.source.end(last))
        if not fenced and is_prose(lines):
            at = inner
            for paragraph in re.split(r"\n(?:[ \t]*\n)+", lines):
                placed = self._placed(paragraph.strip("\n"), at)
                if placed:
                    add_prose(self.tree, self._prose(placed))
                at += lines.count("\n", 0, lines.find(paragraph) + len(paragraph)) + 2 - (at - inner)
            return
        placed = self._placed(lines, inner)
        if placed and HAS_WORD.search(lines):
            span = Span(placed.source(0), placed.source(len(lines)))
            label = "math" if token.type.startswith("math") else token.info.strip().split(" ")[0].strip("{}")
            self.tree.add(Kind.CODE, span, parent=self.tree.introduction, label=label)

    def _prose(self, placed: PlacedText) -> Prose:
        marks = inline_marks(inline_parser(), self.env, placed.content)
        start, end = placed.source(0), placed.source(len(placed.content.rstrip()))
        hidden = [Span(placed.source(a), placed.source(b - 1) + 1) for a, b in marks.hidden]
        between = [
            Span(self.source.start_around(at), at)
            for at in placed.starts[1:]
            if self.text[self.source.start_around(at) : at].strip()
        ]
        if not hidden and not between:
            return Prose(self.text, Span(start, end), ())
        links = tuple(Span(placed.source(a), placed.source(b - 1) + 1) for a, b in marks.links)
        return Prose(self.text, Span(start, end), _in_order([*hidden, *between]), links)

    def _placed(self, content: str, first: int) -> PlacedText | None:
        """Where a text is that begins on the line `first`; what stands before it on its lines is hidden."""
        placed = self.source.placed(content, first)
        for number, said in enumerate(content.split("\n") if placed else ()):
            if number == 0 or said.strip():
                self._hide_before(first + number, self.lines[first + number].rfind(said.strip()))
        return placed

    def _hide_before(self, line: int, place: int) -> None:
        """What stands on a line before the text of its block: marks of lists, quotations and headings."""
        before = self.lines[line][:place]
        if before.strip():
            start = self.source.start(line)
            self.tree.hide(start + len(before) - len(before.lstrip()), start + len(before.rstrip()))


OPENED = frozenset(
    {
        "bullet_list",
        "ordered_list",
        "list_item",
        "blockquote",
        "note",
        "container_colons",
        "container_slashes",
        "footnote_reference",
        "indented",
        "dl",
        "dd",
        "table",
    }
)


def _in_order(hidden: Sequence[Span]) -> list[Span]:
    found: list[Span] = []
    for span in sorted(hidden, key=lambda one: (one.start, -one.end)):
        start = max(span.start, found[-1].end) if found else span.start
        if start < span.end:
            found.append(Span(start, span.end))
    return found
