"""A page of the Web or of a wiki that was exported as HTML."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.document_builder import DocumentBuilder, iso_day, one_line
from retrieval.ingestion.formats.html_reading import HtmlReading

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*(?P<name>[\w.:-]+)", re.IGNORECASE)
DAY = re.compile(r"\d{4}-\d\d-\d\d")
LONGEST_DATA = 500_000  # characters of JSON-LD
MAIN_SHARE = 0.25  # of the signs of a page are in its main element, where it is to be trusted
MOST_UNENDED = 1_000  # signs "<", or attributes, before the next ">"
UNREAD = re.compile(r"<!--|<[!?]|<script\b|<style\b", re.IGNORECASE)
CLOSES = {
    "<!--": re.compile("-->"),
    "<!": re.compile(">"),
    "<?": re.compile(">"),
    "<script": re.compile("</script[^>]*>", re.IGNORECASE),
    "<style": re.compile("</style[^>]*>", re.IGNORECASE),
}
PARTS = re.compile(r"\s+[|·»–—-]\s+")
META = {
    "date": (
        "article:published_time", "datepublished", "date", "dc.date", "dcterms.date", "dc.date.issued", "pubdate",
        "citation_publication_date", "publish_date",
    ),
    "author": ("author", "dc.creator", "dcterms.creator", "citation_author", "article:author"),
    "publisher": ("og:site_name", "dc.publisher", "citation_journal_title", "application-name"),
    "url": ("og:url",),
    "title": ("og:title", "citation_title", "dc.title"),
}  # fmt: skip


def read_html(data: bytes) -> ParsedDocument:
    """A page: its title is its first heading of the first level, else what it is called in its head.

    Raises ArticleError, its sentence to follow the file's name, where it cannot be read.
    """
    return read_page(_text(data))


def read_page(text: str) -> ParsedDocument:
    """The same of a page that is decoded."""
    page = _HtmlPage()
    page.blocks.read(without_comments(text))
    return page.document(text)


def read_fragment(text: str, builder: DocumentBuilder) -> None:
    """Add the blocks of some HTML to a document."""
    HtmlReading(builder).read(without_comments(text))


def _text(data: bytes) -> str:
    declared = CHARSET.search(data[:2000])
    if declared:
        try:
            return data.decode(declared["name"].decode("ascii"))
        except (LookupError, UnicodeDecodeError, ValueError):
            pass  # it says something else than it is
    return decode(data)


def without_comments(text: str) -> str:
    """HTML without comments, declarations, scripts and styles; what is not ended takes all that follows.

    Raises ArticleError where tags without an end would cost the parser the square of their number.
    """
    pieces: list[str] = []
    start = 0
    for opened in UNREAD.finditer(text):
        if opened.start() < start:
            continue
        pieces.append(text[start : opened.start()])
        closed = CLOSES[opened[0].lower()].search(text, opened.end())
        start = closed.end() if closed else len(text)
    pieces.append(text[start:])
    bare = "".join(pieces)
    for part in bare.split(">"):
        tag = part[part.rfind("<") :] if "<" in part else ""
        if len(part) > MOST_UNENDED and (part.count("<") > MOST_UNENDED or tag.count("=") > MOST_UNENDED):
            raise ArticleError("has an HTML tag that does not end for thousands of signs; save the page anew")
    return bare


class _HtmlPage:
    """What is gathered of a page beside its blocks."""

    def __init__(self) -> None:
        self.blocks = HtmlReading(on_tag=self._on_tag)
        self.meta: dict[str, str] = {}
        self.about: dict[str, object] = {}

    def document(self, text: str) -> ParsedDocument:
        builder = self.blocks.builder
        self._set_aside_around()
        self._read_data(text)
        for key, names in META.items():
            said = next((self.meta[name] for name in names if self.meta.get(name)), "")
            if said and key not in self.about:
                self.about[key] = said
        title = self._title(text)
        return builder.document(title or None, _usable(self.about))

    def _on_tag(self, tag: str, given: dict[str, str]) -> None:
        if tag == "meta":
            name = (given.get("property") or given.get("name") or given.get("itemprop") or "").lower()
            if name and name not in self.meta:
                self.meta[name] = one_line(given.get("content", ""))[:1000]
        elif tag == "link" and "canonical" in given.get("rel", "").lower().split():
            self.about.setdefault("url", given.get("href", ""))
        elif tag in {"link", "a"} and "license" in given.get("rel", "").lower().split():
            self.about.setdefault("licence", given.get("href", ""))
        elif tag == "html" and given.get("lang"):
            self.about.setdefault("language", given["lang"])
        elif tag == "time" and ("pubdate" in given or "datepublished" in given.get("itemprop", "").lower()):
            self.meta.setdefault("pubdate", given.get("datetime", ""))

    def _set_aside_around(self) -> None:
        """Make boilerplate of what is around the main element, where there is one with much of the text."""
        regions = self.blocks.regions
        mains = [region for region in regions if region[0] == "main"] or regions
        if len(mains) == 1 and mains[0][3] >= max(MAIN_SHARE * self.blocks.chars, 1):
            builder = self.blocks.builder
            _, start, end, _ = mains[0]
            headed = any(block.kind is Kind.HEADING and block.level == 1 for block in builder.blocks[start:end])
            for place in (*range(start), *range(end, len(builder.blocks))):
                block = builder.blocks[place]
                if headed or block.kind is not Kind.HEADING or block.level > 1:
                    builder.set_aside(place, place + 1, "page frame")

    def _title(self, text: str) -> str:
        builder = self.blocks.builder
        opened = re.search(r"<title[^>]{0,200}>([^<]{0,1000})", text, re.IGNORECASE)
        whole = one_line(_unescaped(opened[1])) if opened else ""
        tops = (place for place, block in enumerate(builder.blocks) if block.kind is Kind.HEADING and block.level == 1)
        top = next(tops, -1)
        if top >= 0:
            title = builder.said(top)
            builder.make_title(top)
            return title.split(" : ", 1)[-1] if whole == title else title  # Confluence: "Space : Page"
        title = str(self.about.get("title") or whole)
        site = str(self.about.get("publisher") or "")
        parts = PARTS.split(title)
        if len(parts) > 1 and site and parts[-1].casefold() == site.casefold():
            return title[: title.rindex(parts[-1])].rstrip(" |·»–—-")
        return title

    def _read_data(self, text: str) -> None:
        """Take from the data for machines what the page is about, and questions and answers that are only there."""
        builder = self.blocks.builder
        for one in _linked_data(text):
            sort = one.get("@type")
            sorts = sort if isinstance(sort, list) else [sort]
            if "FAQPage" in sorts:
                shown = {block_text.casefold() for block_text in map(builder.said, range(len(builder.blocks)))}
                for question, answer in _questions(one):
                    if question.casefold() not in shown:
                        place = builder.add(Kind.HEADING, question, parent=-1, level=2, label="question")
                        builder.open(place)
                        read_fragment(answer, builder)
                        builder.close()
            for key, name in (("date", "datePublished"), ("author", "author"), ("publisher", "publisher")):
                value = one.get(name)
                value = value[0] if isinstance(value, list) and value else value
                value = value.get("name") if isinstance(value, dict) else value
                if isinstance(value, str) and value.strip():
                    self.about.setdefault(key, one_line(value)[:1000])


def _linked_data(text: str) -> Iterator[dict[str, Any]]:
    """The things that the JSON-LD of a page describes."""
    room = LONGEST_DATA
    for opened in re.finditer(r"<script[^<>]{0,500}application/ld\+json[^<>]{0,500}>", text, re.IGNORECASE):
        end = text.find("</script", opened.end(), opened.end() + room)
        if end < 0:
            return
        room -= end - opened.end()
        try:
            waiting = [json.loads(text[opened.end() : end])]
        except (ValueError, RecursionError):
            continue
        while waiting:
            one = waiting.pop(0)
            if isinstance(one, list):
                waiting += one
            elif isinstance(one, dict):
                yield one
                waiting += [one["@graph"]] if isinstance(one.get("@graph"), list) else []


def _questions(page: dict[str, Any]) -> Iterator[tuple[str, str]]:
    given = page.get("mainEntity")
    for one in given if isinstance(given, list) else [given]:
        if isinstance(one, dict):
            answer = one.get("acceptedAnswer")
            answer = answer[0] if isinstance(answer, list) and answer else answer
            said = answer.get("text") if isinstance(answer, dict) else None
            question = one.get("name") or one.get("text")
            if isinstance(question, str) and isinstance(said, str) and one_line(question) and one_line(said):
                yield one_line(_unescaped(question)), said


def _usable(about: dict[str, object]) -> dict[str, object]:
    """What is said about a page, without a date that is none and an address that is not whole."""
    found = dict(about)
    said = DAY.search(str(found.pop("date", "")))
    if said and (day := iso_day(said[0])):
        found["date"] = day
    for key in ("url", "author"):
        is_address = str(found.get(key, "")).startswith(("https://", "http://"))
        if key in found and is_address is not (key == "url"):
            del found[key]
    found.pop("title", None)
    return {key: value for key, value in found.items() if value}


def _unescaped(text: str) -> str:
    from html import unescape  # noqa: PLC0415 - named as our own modules are not

    return unescape(text)
