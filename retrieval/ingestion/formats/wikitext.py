"""The wikitext of a MediaWiki page -> blocks, by mwparserfromhell: what runs in a process of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import mwparserfromhell  # of the extra `formats`, and imported where this module runs alone
from mwparserfromhell import nodes

if TYPE_CHECKING:
    from collections.abc import Iterator

FILES = "file image media datei bild fichier archivo imagen bestand immagine plik файл".split()  # noqa: SIM905 - as prose
CATEGORIES = "category kategorie catégorie categoría categoria categorie kategoria категория".split()  # noqa: SIM905
# What is linked and is no words of the sentence: pictures, categories, the page in another language ("de:Fähre")
UNSEEN = re.compile(rf"(?:{'|'.join((*FILES, *CATEGORIES))})\s*:|[a-z]{{2,3}}(?:-[a-z]{{2,8}})?:\S", re.IGNORECASE)
UNSAID = frozenset(
    """
    ref references gallery math timeline score imagemap templatestyles style includeonly graph mapframe inputbox
    categorytree
    """.split()  # noqa: SIM905 - as prose
)
CODE = frozenset({"syntaxhighlight", "source", "pre"})
MARK = "\x00"  # before the number of a table or some code that stands in a text for now
HEADING = re.compile(r"(?P<marks>={1,6})\s*(?P<said>.+?)\s*(?P=marks)\s*$")
LIST = re.compile(r"(?P<marks>[*#:;]+)\s*(?P<said>.*)$")
SPELT = frozenset({"lang", "nowrap", "nobr", "small", "abbr", "transl", "unit", "convert"})  # templates that hold words


def blocks_of(data: bytes) -> Iterator[list[Any]]:
    """For some wikitext its blocks in turn.

    ["heading", level, text], ["item", marks, text], ["paragraph", text], ["code", language, text] and
    ["table", caption, rows], where a row is [is a head, texts of the cells].
    """
    text = data.decode("utf-8", "replace").replace(MARK, "")
    aside: list[list[Any]] = []
    said = _said(mwparserfromhell.parse(text, skip_style_tags=True), aside)
    paragraph: list[str] = []
    for line in [*said.split("\n"), ""]:
        block = _block(line.strip(), aside)
        if block is None and line.strip():
            paragraph.append(line.strip())
            continue
        if paragraph:
            yield ["paragraph", " ".join(paragraph)]
            paragraph = []
        if block:
            yield block


def _block(line: str, aside: list[list[Any]]) -> list[Any] | None:
    """What a line is by itself; None for one of a paragraph."""
    if line.startswith(MARK) and line.endswith(MARK) and line.strip(MARK).isdigit():
        return aside[int(line.strip(MARK))]
    if heading := HEADING.fullmatch(line):
        return ["heading", len(heading["marks"]), _bare(heading["said"])]
    if (item := LIST.match(line)) and item["said"]:
        return ["item", item["marks"], _bare(item["said"])]
    return None


def _bare(text: str) -> str:
    return re.sub(rf"'{{2,5}}|{MARK}\d+{MARK}|__[A-Z]+__", "", text).strip()


def _said(code: Any, aside: list[list[Any]]) -> str:
    """The words of parsed wikitext; lists and headings keep their marks, tables and code are put `aside`."""
    pieces: list[str] = []
    for node in code.nodes:
        if isinstance(node, nodes.Text):
            pieces.append(str(node))
        elif isinstance(node, nodes.Wikilink):
            pieces.append(_link(node, aside))
        elif isinstance(node, nodes.ExternalLink):
            pieces.append(_said(node.title, aside) if node.title else str(node.url) if not node.brackets else "")
        elif isinstance(node, nodes.Heading):
            marks = "=" * node.level
            pieces.append(f"\n{marks} {_said(node.title, aside).strip()} {marks}\n")
        elif isinstance(node, nodes.HTMLEntity):
            pieces.append(node.normalize())
        elif isinstance(node, nodes.Tag):
            pieces.append(_tag(node, aside))
        elif isinstance(node, nodes.Template) and str(node.name).strip().lower() in SPELT and node.params:
            measured = str(node.name).strip().lower() == "convert" and len(node.params) > 1
            words = node.params[:2] if measured else node.params[-1:]
            pieces.append(" ".join(_said(word.value, aside).strip() for word in words))
    return re.sub(r"'{2,5}|__[A-Z]+__", "", "".join(pieces))


def _link(node: Any, aside: list[list[Any]]) -> str:
    title = str(node.title)
    if UNSEEN.match(title.strip()):
        return ""
    return _said(node.text, aside) if node.text is not None else title.lstrip(":").strip()


def _tag(node: Any, aside: list[list[Any]]) -> str:
    """The words of a tag, which is an HTML element or what wikitext has in place of one."""
    name = str(node.tag).strip().lower()
    if name == "table":
        caption, rows = _table(node, aside)
        aside.append(["table", caption, rows])
        return f"\n{MARK}{len(aside) - 1}{MARK}\n"
    if name in CODE:
        language = next((str(one.value) for one in node.attributes if str(one.name).strip() == "lang"), "")
        aside.append(["code", language, str(node.contents).strip("\n")])
        return f"\n{MARK}{len(aside) - 1}{MARK}\n"
    if name in {"li", "dt", "dd"} and node.wiki_markup:
        return str(node.wiki_markup)
    if name in UNSAID or node.contents is None:
        return {"br": " ", "hr": "\n"}.get(name, "")
    said = _said(node.contents, aside)
    return f"\n{said}\n" if name in {"p", "div", "blockquote", "center"} else said


def _table(node: Any, aside: list[list[Any]]) -> tuple[str, list[list[Any]]]:
    caption = ""
    rows: list[list[Any]] = []
    loose: list[Any] = []
    for part in node.contents.filter_tags(recursive=False):
        name = str(part.tag).strip().lower()
        if name == "tr":
            rows.append(_cells(part.contents.filter_tags(recursive=False), aside))
        elif name in {"td", "th"}:
            loose.append(part)
    if loose:
        rows.insert(0, _cells(loose, aside))
    said = re.search(r"^\s*\|\+(?:[^|\n]*\|)?([^\n|]+)$", str(node.contents), re.MULTILINE)
    if said:
        caption = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]]*)\]\]|'{2,5}", r"\1", said[1]).strip()
    return caption, [row for row in rows if row[1]]


def _cells(tags: list[Any], aside: list[list[Any]]) -> list[Any]:
    cells: list[str] = []
    heads = count = 0
    for tag in tags:
        name = str(tag.tag).strip().lower()
        if name not in {"td", "th"} or str(tag.contents).lstrip().startswith("+"):
            continue  # "|+" begins the caption, which the library takes for a cell
        heads += name == "th"
        said = " ".join(
            re.sub(rf"{MARK}\d+{MARK}|^[*#:;]+", " ", _said(tag.contents, aside), flags=re.MULTILINE).split()
        )
        spans = next((str(one.value) for one in tag.attributes if str(one.name).strip() == "colspan"), "1")
        cells += [said] + [""] * (min(int(spans), 200) - 1 if spans.isdigit() else 0)
        count += 1
    return [bool(cells) and heads == count, cells]
