"""What a paragraph of Markdown is: text, a heading by its look, a question, a caption, or nothing that is quoted."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.core.model import Kind, Span
from retrieval.ingestion.formats.layout import boilerplate, is_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.ingestion.formats.commonmark.markdown_tree import MarkdownTree

HAS_WORD = re.compile(r"\w")
BOLD_ALONE = re.compile(r"(\*\*|__)(?![\s*_])(?:(?!\1).)+\1[:.]?$", re.DOTALL)
ITALIC_ALONE = re.compile(r"([*_])(?![\s*_])(?:(?!\1).)+\1$", re.DOTALL)
QUESTION = re.compile(r"(?:Q|Question|Frage|F|Pregunta|P)\s?(?:\d{1,3}\s?)?[:.)]\s+(?=\S)")
ANSWER = re.compile(r"^[ \t>*_]*(?:A|Answer|Antwort|Respuesta|R)\s?(?:\d{1,3}\s?)?[:.)][*_]*[ \t]+(?=\S)", re.MULTILINE)
CAPTION = re.compile(
    r"(?:Caption|Bildunterschrift|Légende|Table|Figure|Fig\.|Listing|Tabelle|Abbildung|Tableau|Tabla|Figura)\s*\d*\s*[:.]\s*\S"
)
MDX = re.compile(
    r"(?:import\s+(?:[\w{*][^\n]*\s+from\s+)?['\"][^\n]*|export\s+(?:const|default|function|let)\b.*);?", re.DOTALL
)
PICTURE = re.compile(r"!\[|<img|<svg|<video|<iframe", re.IGNORECASE)
LOOKS_LIKE_HEADING = 7  # its level: below all that are marked as headings
# A line of a label and what it is: "Monday: 9 to 17"; lines that are all so stay lines.
LABELLED = re.compile(r"[^\W_][^:\n.!?]{0,40}:[ \t]+\S")
# Code by its look: an indented block that has none of it and whole sentences is text that was moved in.
CODE_SIGN = re.compile(
    r"[{};=<>$\\|`#]|\(\)|^\s*(?:[-/.]|\w+:)|\w[._]\w|^\s*(?:sudo|cd|git|pip|npm|import|from|def)\s", re.MULTILINE
)
PROSE_WORDS = 5


@dataclass(frozen=True, slots=True)
class Prose:
    """A stretch of running text: what is hidden of it, and its links."""

    text: str
    span: Span
    hidden: Sequence[Span]
    links: Sequence[Span] = ()

    def from_place(self, start: int) -> Prose:
        """What of it is from `start` on."""
        text, end = self.text, self.span.end
        while start < end and text[start].isspace():
            start += 1
        return self._cut(Span(start, max(start, end)))

    def until(self, end: int) -> Prose:
        """What of it is before `end`."""
        while end > self.span.start and self.text[end - 1].isspace():
            end -= 1
        return self._cut(Span(self.span.start, max(end, self.span.start)))

    def _cut(self, span: Span) -> Prose:
        hidden = [Span(max(one.start, span.start), min(one.end, span.end)) for one in self.hidden if one.overlaps(span)]
        return replace(self, span=span, hidden=hidden)


def add_prose(tree: MarkdownTree, prose: Prose) -> None:
    """Add a paragraph as what it is in the list, the quotation or the note that is open."""
    said = tree.seen(prose.span, prose.hidden).strip()
    raw = prose.text[prose.span.start : prose.span.end]
    if not HAS_WORD.search(said):
        _add_unseen(tree, prose, raw)
    elif tree.frame.kind == "item" and tree.frame.last < 0:
        _add_item(tree, prose)
    elif tree.frame.kind == "definition":
        tree.add(Kind.DEFINITION, prose.span, prose.hidden)
    elif tree.frame.kind == "quotation":
        tree.add(Kind.QUOTATION, prose.span, prose.hidden)
    else:
        _add_paragraph(tree, prose, said, raw)


def _add_unseen(tree: MarkdownTree, prose: Prose, raw: str) -> None:
    """A paragraph of which nothing is seen but perhaps a picture."""
    if PICTURE.search(raw):
        tree.add(Kind.BOILERPLATE, prose.span, prose.hidden, label="picture")
    else:
        tree.hide(prose.span.start, prose.span.end)


def _add_item(tree: MarkdownTree, prose: Prose) -> None:
    """The first text of a list item; what else is in the item belongs to it."""
    frame = tree.frame
    if _is_link_list(tree, prose):
        frame.parent = tree.add(Kind.BOILERPLATE, prose.span, prose.hidden, label="links")
    else:
        frame.parent = tree.add(Kind.ITEM, prose.span, prose.hidden, parent=frame.parent, label=frame.label)


def _add_paragraph(tree: MarkdownTree, prose: Prose, said: str, raw: str) -> None:
    if len(tree.frames) == 1 and MDX.fullmatch(raw.strip()):
        tree.add(Kind.BOILERPLATE, prose.span, prose.hidden, label="import")
    elif _is_caption(tree, said, raw):
        tree.add(Kind.CAPTION, prose.span, prose.hidden)
    elif label := boilerplate(said):
        tree.add(Kind.BOILERPLATE, prose.span, prose.hidden, label=label)
    elif QUESTION.match(said):
        _add_question(tree, prose)
    elif BOLD_ALONE.match(raw) and is_title(said) and not said.endswith("!"):
        question = "question" if said.endswith("?") else ""
        tree.add_heading(prose.span, LOOKS_LIKE_HEADING, prose.hidden, label=question)
    else:
        for part in _lines_apart(tree, prose):
            tree.add(Kind.PARAGRAPH, part.span, part.hidden)


def _add_question(tree: MarkdownTree, prose: Prose) -> None:
    """“Q: …” is a heading for what follows; an answer in the same paragraph has lines of its own."""
    answer = ANSWER.search(prose.text, prose.span.start + 1, prose.span.end)
    question = prose.until(answer.start()) if answer else prose
    tree.add_heading(question.span, LOOKS_LIKE_HEADING, question.hidden, label="question")
    if answer:
        rest = prose.from_place(answer.start())
        tree.add(Kind.PARAGRAPH, rest.span, rest.hidden)


def _is_caption(tree: MarkdownTree, said: str, raw: str) -> bool:
    if CAPTION.match(said):
        return len(said) < 400
    last = tree.blocks[tree.frame.last] if tree.frame.last >= 0 else None
    return bool(last and last.label == "picture" and ITALIC_ALONE.match(raw)) and not boilerplate(said)


def _is_link_list(tree: MarkdownTree, prose: Prose) -> bool:
    """Whether an item below “See also” or the like is nothing but a link."""
    if not prose.links or not tree.frames[0].headings:
        return False
    heading = tree.blocks[tree.frames[0].headings[-1][1]]
    if boilerplate(prose.text[heading.span.start : heading.span.end], tail=True) == "":
        return False
    rest = prose.text[prose.span.start : prose.links[0].start] + prose.text[prose.links[-1].end : prose.span.end]
    return not HAS_WORD.search(rest)


def _lines_apart(tree: MarkdownTree, prose: Prose) -> list[Prose]:
    """The lines of a paragraph where each is a label and what it is, as opening hours are; else the whole."""
    raw = prose.text[prose.span.start : prose.span.end]
    if "\n" not in raw and "\r" not in raw:
        return [prose]
    places = [0, *(end.end() for end in re.finditer(r"\r\n|\n|\r", raw)), len(raw)]
    lines = [prose.until(prose.span.start + b).from_place(prose.span.start + a) for a, b in pairwise(places)]
    said = [tree.seen(line.span, line.hidden).strip() for line in lines]
    if all(LABELLED.match(line) for line in said):
        return lines
    return [prose]


def is_prose(code: str) -> bool:
    """Whether an indented block reads as sentences and not as code."""
    words = code.split()
    return len(words) >= PROSE_WORDS and not CODE_SIGN.search(code) and bool(re.search(r"[a-zà-ÿ][.!?:;,]", code))
