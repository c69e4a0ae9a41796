"""What front matter says of an article, or its text where that does not -> a date, authors, an address, a licence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urljoin

from retrieval.core.model import DatePrecision, Kind
from retrieval.ingestion.dates import DATE_IN_TEXT, WrittenDate, date_of, iso_date
from retrieval.ingestion.folder_settings import SETTINGS_FILE, WEB

if TYPE_CHECKING:
    import datetime
    from collections.abc import Iterable, Iterator, Mapping

    from retrieval.core.model import Block
    from retrieval.ingestion.formats.parsed_document import ParsedDocument

NAMES = ("name", "title", "headline")
DATES = ("date", "published", "publish_date", "pubdate", "datepublished", "published_at", "created", "updated")
AUTHORS = ("author", "authors", "byline", "creator")
ADDRESSES = ("url", "canonical_url", "canonical", "permalink", "link", "source_url")
LANGUAGES = ("lang", "language", "locale", "inlanguage")
LICENCES = ("licence", "license")
# Tables of TOML front matter that hold what the page itself says (Zola, Hugo).
INSIDE = ("extra", "params")
LONGEST_SHOWN = 60  # characters of a value in a remark
MOST_AUTHORS = 12
# Where a date is looked for in a text: how its first paragraphs begin.
HEAD, MOST_BLOCKS, OPENING = 2_000, 30, 120
YEAR = re.compile(r"[12]\d{3}")

PUBLISHED = re.compile(
    rf"\b(?:(?:first )?(?:published|posted|written)(?: online)?(?: on| at)?|date)\s*:?\s*"
    rf"(?P<date>{DATE_IN_TEXT.pattern})",
    re.IGNORECASE,
)
UPDATED = re.compile(
    rf"\b(?:(?:last )?(?:updated|modified|changed|reviewed)(?: on| at)?)\s*:?\s*(?P<date>{DATE_IN_TEXT.pattern})",
    re.IGNORECASE,
)
ALONE = re.compile(rf"^[\W_]*(?P<date>{DATE_IN_TEXT.pattern})[\W_]*$", re.IGNORECASE | re.MULTILINE)
# “ALDER, 6 May 2020 (Reuters) – The bridge …”
DATELINE = re.compile(
    rf"^[^\W\d_][\w .,’'-]{{1,40}}?[,(]\s*(?P<date>{DATE_IN_TEXT.pattern})\)?[^\n]{{0,30}}?\s[—–-]{{1,2}}\s",
    re.IGNORECASE | re.MULTILINE,
)
IN_FILE_NAME = re.compile(r"(?:^|/)(?P<date>[12]\d{3}([-_.])\d\d(?:\2\d\d)?|[12]\d{7})(?=[-_. ]|$)[^/]*$")
IN_FOLDERS = re.compile(r"(?:^|/)(?P<date>[12]\d{3}/\d\d(?:/\d\d)?)/")
BY = re.compile(r"by:?\s+(?P<author>[^\W\d_][^,|·•\n]*?)(?:\s*[,|·•(].*)?$", re.IGNORECASE | re.DOTALL)


class Metadata(NamedTuple):
    """What is known of an article; `guessed` are the fields that it does not state itself, `remarks` as in a draft."""

    name: str | None
    date: datetime.date | None
    precision: DatePrecision
    author: str | None
    publisher: str | None
    url: str | None
    licence: str | None
    language: str
    guessed: tuple[str, ...]
    remarks: tuple[str, ...]


def metadata_of(file: str, draft: ParsedDocument, base_url: str) -> Metadata:
    """What is known of the article in `file`; `base_url` is what relative addresses are relative to, "" for nothing."""
    about = _flat(draft.about)
    remarks: list[str] = []
    guessed: list[str] = []
    date = _stated_date(about, remarks)
    if date is None and (guess := _guessed_date(file, draft)):
        date, found_in = guess
        guessed.append("date")
        remarks.append(f"has no date of its own; {_iso(date)} is taken from {found_in}")
    author = ", ".join(_people(about, AUTHORS)) or None
    if author is None and (author := _byline(draft)):
        guessed.append("author")
        remarks.append(f"names no author; “{_short(author)}” is taken from its byline")
    return Metadata(
        name=_line(about, NAMES, remarks),
        date=date.date if date else None,
        precision=date.precision if date else DatePrecision.DAY,
        author=author,
        publisher=", ".join(_people(about, ("publisher",))) or None,
        url=_address(about, base_url, remarks),
        licence=", ".join(_people(about, LICENCES)) or None,
        language=next((str(about[key]) for key in LANGUAGES if isinstance(about.get(key), str)), ""),
        guessed=tuple(guessed),
        remarks=tuple(remarks),
    )


def _flat(about: Mapping[str, object]) -> dict[str, object]:
    inside = [value for key in INSIDE if isinstance(value := about.get(key), dict)]
    return {str(key).lower(): value for table in (*inside, about) for key, value in table.items()}


def _line(about: Mapping[str, object], keys: tuple[str, ...], remarks: list[str]) -> str | None:
    """The first of some values that is one line of text."""
    for key in keys:
        value = about.get(key)
        if isinstance(value, dict | list):
            remarks.append(
                f"says “{key}: {_short(value)}” in its front matter, which is no line of text; it is left aside"
            )
        elif value is not None and (said := " ".join(str(value).split())):
            return said
    return None


def _stated_date(about: Mapping[str, object], remarks: list[str]) -> WrittenDate | None:
    for key in DATES:
        value = about.get(key)
        if value in (None, "", [], {}) or isinstance(value, bool):
            continue
        found = date_of(value)
        if found is None:
            remarks.append(
                f"says “{key}: {_short(value)}” in its front matter, which is no date; write it as 2020-05-06"
            )
            continue
        if found.doubtful:
            remarks.append(
                f"says “{key}: {_short(value)}” in its front matter, which is read as {_iso(found)}; "
                "write it so, if that is meant"
            )
        return found
    return None


def _iso(date: WrittenDate) -> str:
    return iso_date(date.date, date.precision)


def _guessed_date(file: str, draft: ParsedDocument) -> tuple[WrittenDate, str] | None:
    """The date that the text or the file's path gives away, and where that stands."""
    stem = file.rsplit(".", 1)[0]
    head = _head(draft)
    if not head and not YEAR.search(file):
        return None
    for pattern, where in (
        (PUBLISHED, head),
        (ALONE, _openings(draft, _bylines(draft))),
        (DATELINE, head),
        (IN_FILE_NAME, stem),
        (IN_FOLDERS, file),
        (UPDATED, head),
    ):
        if (found := pattern.search(where)) and (date := date_of(found["date"])) and not date.doubtful:
            return date, f"“{_short(found['date'] if where is file else found[0].strip('/'))}”"
    return None


def _head(draft: ParsedDocument) -> str:
    """How the first paragraphs of a text begin, and how its last one does: those that have a year in them."""
    blocks = draft.blocks
    firsts = [block for block in blocks[:MOST_BLOCKS] if block.span.start < blocks[0].span.start + HEAD]
    return _openings(draft, [*firsts, *(block for block in blocks[-1:] if block not in firsts)])


def _openings(draft: ParsedDocument, blocks: Iterable[Block]) -> str:
    spans = (block.span for block in blocks)
    openings = (draft.text[span.start : min(span.end, span.start + OPENING)] for span in spans)
    return "\n".join(opening for opening in openings if YEAR.search(opening))


def _bylines(draft: ParsedDocument) -> list[Block]:
    listed = (*draft.blocks[:MOST_BLOCKS], *draft.blocks[-3:])
    return [block for block in listed if block.kind is Kind.BOILERPLATE and block.label == "byline"]


def _byline(draft: ParsedDocument) -> str | None:
    for block in _bylines(draft):
        found = BY.match(draft.text[block.span.start : block.span.end])
        if found and len(found["author"]) <= LONGEST_SHOWN:
            return " ".join(found["author"].split())
    return None


def _people(about: Mapping[str, object], keys: tuple[str, ...]) -> list[str]:
    """Names in a line, a list or a mapping, each once."""
    names = (name for key in keys for name in _names(about.get(key)))
    return [*dict.fromkeys(names)][:MOST_AUTHORS]


def _names(value: object, depth: int = 0) -> Iterator[str]:
    match value:
        case None | bool():
            return
        case list() if depth < 3:
            for one in value[:MOST_AUTHORS]:
                yield from _names(one, depth + 1)
        case dict() if depth < 3:
            yield from _of_mapping({str(key).lower(): one for key, one in value.items()}, depth)
        case list() | dict():
            return
        case _:
            if said := " ".join(str(value).split()):
                yield said


def _of_mapping(value: Mapping[str, object], depth: int) -> Iterator[str]:
    """A person with a name and more ({name: …, email: …}), or persons by their keys ({ann: {name: …}})."""
    for key in ("name", "title", "literal"):
        if isinstance(value.get(key), str):
            yield from _names(value[key], depth + 1)
            return
    for first, last in (("given", "family"), ("first", "last"), ("firstname", "lastname")):
        if parts := [str(value[key]) for key in (first, last) if isinstance(value.get(key), str)]:
            yield " ".join(parts)
            return
    for one in value.values():
        yield from _names(one, depth + 1)


def _address(about: Mapping[str, object], base_url: str, remarks: list[str]) -> str | None:
    """The first of the keys of addresses that is one, whole or relative to `base_url`."""
    for key in ADDRESSES:
        value = about.get(key)
        said = value.strip() if isinstance(value, str) else ""
        if not said:
            if value:
                remarks.append(
                    f"says “{key}: {_short(value)}” in its front matter, which is no address; it is left aside"
                )
            continue
        if said.startswith(WEB):
            return said
        if ":" not in said.split("/", 1)[0] and not any(sign.isspace() for sign in said) and base_url:
            return urljoin(base_url, said)
        if base_url:
            why = "is no address; it is left aside"
        elif key == "permalink":  # by its nature only the end of one
            continue
        else:
            why = f"is no whole address; {SETTINGS_FILE} can name the base_url that it is relative to"
        remarks.append(f"says “{key}: {_short(said)}” in its front matter, which {why}")
    return None


def _short(value: object) -> str:
    said = " ".join(str(value)[:1000].split())
    return said if len(said) <= LONGEST_SHOWN else said[: LONGEST_SHOWN - 1] + "…"
