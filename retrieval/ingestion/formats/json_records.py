"""JSON, one article an object, or a whole of questions and answers, of terms or of rows.

The rule. A list of objects, or an object with such a list under a name of LISTS, is read by what its objects have:
questions and answers make one article with a heading a question; a text makes each object an article of its own; other
objects are the rows of one table. A single object with a text is an article, and one whose values are all words is a
list of terms. Whatever else is valid JSON is data and no article.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, TypeAlias

from retrieval.core.errors import ArticleError
from retrieval.core.model import Kind
from retrieval.ingestion.formats.decoding import decode
from retrieval.ingestion.formats.document_builder import MOST_COLUMNS, DocumentBuilder, iso_day, one_line
from retrieval.ingestion.formats.field_names import ABOUT, ANSWERS, LISTS, QUESTIONS, TEXTS, TITLES
from retrieval.ingestion.formats.html_page import read_fragment
from retrieval.ingestion.formats.markdown import read_markdown
from retrieval.ingestion.formats.plain_text import read_text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from retrieval.ingestion.formats.parsed_document import ParsedDocument

Record: TypeAlias = "Mapping[str, Any]"
Named: TypeAlias = "list[tuple[str, ParsedDocument]]"

MOST_VALUES = 500_000  # by their commas, before anything is made of them
DEEPEST = 100
HTML = re.compile(r"</(?:p|div|li|h[1-6]|td|b|strong|em|a)>|<(?:p|br)\b", re.IGNORECASE)
MARKDOWN = re.compile(r"^#{1,6} \S|^\s*(?:[-*+]|\d+\.) \S|\*\*\S|\]\(\S|^```|^\|.*\|", re.MULTILINE)
GLOSSARY = 3  # values that make terms and their meanings of an object; half of them have so many words


def read_json(data: bytes) -> Named:
    """The articles in a file of JSON, each with its name in the file, "" for one that is all of it; none in mere data.

    Raises ArticleError, its sentence to follow the file's name, where it is no JSON.
    """
    text = decode(data)
    value = _loaded(text, "")
    if isinstance(value, dict):
        lists = [value[key] for key in value if key.casefold() in LISTS and _are_records(value[key])]
        if len(lists) == 1 and not _field(value, TEXTS):
            title = _field(value, TITLES)
            return _documents(lists[0], one_line(title) if isinstance(title, str) else "", value)
        return _single(value)
    return _documents(value, "", {}) if _are_records(value) else []


def read_json_lines(data: bytes) -> Named:
    """The same of a file with an object on each line; one that cannot be read is left aside with a remark."""
    text = decode(data)
    records, broken = [], []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                value = _loaded(line, f" in line {number}")
            except ArticleError:
                broken.append(number)
                continue
            records += [value] if isinstance(value, dict) else []
    if broken and not records:
        raise ArticleError('has no line that is JSON; write one object a line, as {"title": …, "text": …}')
    documents = _documents(records, "", {})
    if broken and documents:
        name, first = documents[0]
        remark = f"has lines that are not JSON, which are left aside: {', '.join(map(str, broken[:5]))}"
        documents[0] = name, _with_remark(first, remark)
    return documents


def _with_remark(document: ParsedDocument, remark: str) -> ParsedDocument:
    from dataclasses import replace  # noqa: PLC0415 - rarely needed

    return replace(document, remarks=(*document.remarks, remark))


def _loaded(text: str, where: str) -> Any:
    if text.count(",") + text.count("[") + text.count("{") > MOST_VALUES:
        raise ArticleError(f"has more than {MOST_VALUES:,} values{where}; split it into several files")
    try:
        return json.loads(text)
    except RecursionError:
        raise ArticleError(f"is JSON that is nested too deep{where}; make it flatter") from None
    except ValueError as error:
        at = f" in line {error.lineno}" if isinstance(error, json.JSONDecodeError) and not where else where
        raise ArticleError(f"is no JSON{at}; correct it or remove the file") from error


def _are_records(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


def _documents(records: Sequence[Record], title: str, about: Record) -> Named:
    asked = [(_field(record, QUESTIONS), _field(record, ANSWERS)) for record in records]
    if records and all(isinstance(question, str) and _texts(answer) for question, answer in asked):
        return [("", _questions(asked, title, about))]
    if any(_text_of(record)[1] for record in records):
        found = [_article(record) for record in records if _text_of(record)[1]]
        if len(found) == 1:
            return [("", found[0])]
        return [(document.title or str(number), document) for number, document in enumerate(found, 1)]
    return [("", _rows(records, title, about))] if len(records) > 1 else []


def _single(value: Record) -> Named:
    question, answer = _field(value, QUESTIONS), _field(value, ANSWERS)
    if isinstance(question, str) and _texts(answer):
        return [("", _questions([(question, answer)], "", value))]
    if _text_of(value)[1] and (_field(value, TITLES) or len(_text_of(value)[1].split()) > GLOSSARY):
        return [("", _article(value))] if not _is_settings(value) else []
    words = [said for said in value.values() if isinstance(said, str) and len(said.split()) >= GLOSSARY]
    if (
        len(value) >= GLOSSARY
        and all(isinstance(said, str) for said in value.values())
        and 2 * len(words) >= len(value)
    ):
        builder = DocumentBuilder()
        for term, meaning in value.items():
            if one_line(term) and one_line(meaning):
                parent = builder.add(Kind.TERM, one_line(term))
                builder.add(Kind.DEFINITION, one_line(meaning), parent=parent)
        return [("", builder.document())]
    return []


def _is_settings(value: Record) -> bool:
    """Whether an object is the settings of a program: it has a version, scripts, packages that it needs."""
    names = {name.casefold() for name in value}
    return bool(
        names
        & {"version", "scripts", "dependencies", "devdependencies", "compileroptions", "$schema", "manifest_version"}
    )


def _questions(asked: Sequence[tuple[Any, Any]], title: str, about: Record) -> ParsedDocument:
    builder = DocumentBuilder()
    for question, answer in asked:
        if one_line(question):
            builder.open(builder.add(Kind.HEADING, one_line(question), level=1, label="question"))
            for text in _texts(answer):
                _add_text(builder, text)
            builder.close()
    return builder.document(title or None, _about(about))


def _article(record: Record) -> ParsedDocument:
    builder = DocumentBuilder()
    key, text = _text_of(record)
    title = _field(record, (*TITLES, *QUESTIONS))
    said = one_line(title) if isinstance(title, str) else ""
    if said:
        builder.add(Kind.TITLE, said)
    _add_text(builder, text, key)
    for answer in _texts(_field(record, ANSWERS)):
        _add_text(builder, answer)
    return builder.document(said or None, _about(record))


def _rows(records: Sequence[Record], title: str, about: Record) -> ParsedDocument:
    builder = DocumentBuilder()
    names = [*dict.fromkeys(name for record in records for name in record)]
    rows = [[_cell(record.get(name)) for name in names[: MOST_COLUMNS + 1]] for record in records]
    builder.table([one_line(name) for name in names[: MOST_COLUMNS + 1]], rows)
    return builder.document(title or None, _about(about))


def _cell(value: object) -> str:
    """A value in a row: of a list its values, of an object what its fields say; what is deeper is left out."""
    if isinstance(value, list):
        return ", ".join(filter(None, (_cell(one) for one in value if not isinstance(one, list | dict))))
    if isinstance(value, dict):
        return ", ".join(f"{name} {_cell(one)}" for name, one in value.items() if not isinstance(one, list | dict))
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else one_line(str(value))


def _add_text(builder: DocumentBuilder, text: str, key: str = "") -> None:
    if HTML.search(text) or key in {"html", "content_html", "body_html"}:
        read_fragment(text, builder)
    elif text.strip():
        data = text.encode("utf-8", "surrogatepass").decode("utf-8", "replace").encode()
        is_markdown = key in {"markdown", "md"} or MARKDOWN.search(text)
        builder.embed(read_markdown(data) if is_markdown else read_text(data))


def _text_of(record: Record) -> tuple[str, str]:
    """The field of a record that is its text, and that text; both "" where it has none."""
    by_name = {name.casefold(): said for name, said in record.items()}
    for name in TEXTS:
        texts = _texts(by_name.get(name))
        if texts:
            return name, "\n\n".join(texts)
    return "", ""


def _texts(value: object) -> list[str]:
    """The texts in a field: one, or a list of them, or of objects that have one."""
    found: list[str] = []
    for one in value if isinstance(value, list) else [value]:
        text = (
            next((one[key] for key in ("text", "answer", "body") if key in one), None) if isinstance(one, dict) else one
        )
        found += [text] if isinstance(text, str) and text.strip() else []
    return found


def _field(record: Record, names: Sequence[str]) -> Any:
    by_name = {name.casefold(): value for name, value in record.items()}
    return next((by_name[name] for name in names if by_name.get(name)), None)


def _about(record: Record) -> Mapping[str, object]:
    return dict(_said_about(record))


def _said_about(record: Record) -> Iterator[tuple[str, object]]:
    for key, names in ABOUT.items():
        value = _field(record, names)
        value = value.get("name") if isinstance(value, dict) else value
        if isinstance(value, list):
            value = ", ".join(one for one in value if isinstance(one, str))
        if not isinstance(value, str) or not value.strip():
            continue
        if key == "date":
            if day := iso_day(value):
                yield key, day
        elif key != "url" or value.startswith(("https://", "http://")):
            yield key, one_line(value)[:500]
