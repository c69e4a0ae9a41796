"""What a text file says about itself before its text begins: YAML, TOML, JSON, Pandoc's or MultiMarkdown's lines."""

from __future__ import annotations

import json
import re
import tomllib
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

LONGEST = 100_000  # characters of front matter; what has more is text
LONGEST_SHOWN = 60  # characters of a line in a remark

# Blank lines and comments may stand before it.
BEFORE = re.compile(r"(?:\s*<!--.*?-->)*\s*", re.DOTALL)
LINE_END = r"(?>\r\n|\n|\r)"
FENCE = re.compile(rf"(?P<fence>-{{3,}}|\+\+\+|;;;)[ \t]*(?P<language>yaml|toml|json)?[ \t]*{LINE_END}", re.IGNORECASE)
CLOSING = {
    sign: re.compile(rf"(?<=[\r\n])(?:{line})[ \t]*(?:{LINE_END}|\Z)")
    for sign, line in {"-": r"-{3,}|\.\.\.", "+": r"\+\+\+", ";": ";;;"}.items()
}
BLANK_LINE = re.compile(rf"{LINE_END}[ \t]*{LINE_END}")
KEY = re.compile(r"(?P<key>[\"']?[^\W\d][\w .-]{0,60}?[\"']?)[ \t]*(?P<sign>:(?=[ \t]|$)|=)[ \t]*(?P<value>.*)")
ITEM = re.compile(r"[ \t]*-[ \t]+(?P<value>.*)")
PANDOC = re.compile(rf"(?:%(?!%)[^\r\n]*(?:{LINE_END}[ \t]+\S[^\r\n]*)*{LINE_END}){{1,3}}(?=[ \t]*(?:[\r\n]|\Z))")
PANDOC_FIELD = re.compile(r"^%[ \t]*", re.MULTILINE)
PANDOC_KEYS = ("title", "author", "date")


class FrontMatter(NamedTuple):
    """What front matter says, where it ends, and what of it could not be used.

    `about` has its keys in small letters; a value is a str, a number, a date, or a list or a mapping of these. `end` is
    the place in the text behind it, 0 where there is none. Each of `remarks` is a sentence without its end, to follow
    the file's name.
    """

    about: Mapping[str, object] = {}
    end: int = 0
    remarks: tuple[str, ...] = ()


NONE = FrontMatter()


def front_matter_of(text: str) -> FrontMatter:
    """The front matter that `text` begins with. It never raises: a line that cannot be read is a remark."""
    start = _after_comments(text)
    head = text[start : start + LONGEST]
    for kind in (_fenced, _json, _pandoc, _multimarkdown):
        if found := kind(head):
            return found._replace(about=_small_keys(found.about), end=start + found.end)
    return NONE


def _after_comments(text: str) -> int:
    before = BEFORE.match(text[:LONGEST])
    return before.end() if before else 0


def _fenced(head: str) -> FrontMatter | None:
    """What stands between two lines of signs, or from one down to a blank line where the second is missing."""
    fence = FENCE.match(head)
    if fence is None:
        return None
    sign = fence["fence"][0]
    closing = CLOSING[sign].search(head, fence.end())
    if closing is None:
        return _left_open(head, fence.end(), sign)
    inside = head[fence.end() : closing.start()]
    read = _reader(sign, fence["language"])
    if sign == "-" and not fence["language"] and not _looks_like_keys(inside):
        return None
    about, remarks = read(inside)
    return FrontMatter(about, closing.end(), tuple(remarks))


def _left_open(head: str, start: int, sign: str) -> FrontMatter | None:
    blank = BLANK_LINE.search(head, start)
    inside = head[start : blank.start()] if blank else ""
    lines = inside.splitlines()
    if not lines or not all(KEY.match(line) or ITEM.match(line) or line[:1] in " \t#" for line in lines):
        return None
    about, remarks = _reader(sign, None)(inside)
    return FrontMatter(about, blank.end() if blank else 0, ("has front matter that is never closed", *remarks))


def _looks_like_keys(inside: str) -> bool:
    """Whether the first line that says something has a key; a rule above a paragraph is no front matter."""
    for line in inside.splitlines():
        if line.strip() and not line.lstrip().startswith("#"):
            return KEY.match(line) is not None or line.lstrip().startswith("{")
    return True


def _reader(sign: str, language: str | None) -> Callable[[str], tuple[Mapping[str, object], list[str]]]:
    of_sign = {"-": "yaml", "+": "toml", ";": "json"}[sign]
    return {"yaml": _of_yaml, "toml": _of_toml, "json": _of_json}[(language or of_sign).lower()]


def _of_yaml(inside: str) -> tuple[Mapping[str, object], list[str]]:
    """All values as they are written: no date, number or “no” is made of them, so none is refused."""
    import yaml  # noqa: PLC0415 - many articles have no front matter

    try:
        about = yaml.load(inside, Loader=getattr(yaml, "CBaseLoader", yaml.BaseLoader))  # noqa: S506 - strings alone
    except (yaml.YAMLError, ValueError, RecursionError):
        return _line_by_line(inside)
    return (about, []) if isinstance(about, dict) else _line_by_line(inside) if inside.strip() else ({}, [])


def _of_toml(inside: str) -> tuple[Mapping[str, object], list[str]]:
    try:
        return tomllib.loads(inside.replace("\r\n", "\n").replace("\r", "\n")), []
    except (ValueError, RecursionError):
        return _line_by_line(inside)


def _of_json(inside: str) -> tuple[Mapping[str, object], list[str]]:
    try:
        about = json.loads(inside)
    except (ValueError, RecursionError):
        return _line_by_line(inside)
    return (about, []) if isinstance(about, dict) else ({}, ["has front matter that is no list of keys and values"])


def _line_by_line(inside: str) -> tuple[Mapping[str, object], list[str]]:
    """The keys of front matter that is broken: “key: value” or “key = value” a line, below a key perhaps a list."""
    about: dict[str, object] = {}
    remarks = []
    key = ""
    for line in inside.splitlines():
        said = line.strip()
        if found := KEY.match(line):
            key = found["key"].strip(" \"'")
            about[key] = _unquoted(found["value"])
            if _is_odd(found["value"], found["sign"]):
                remarks.append(f"has a line in its front matter that was read as it stands: “{_short(said)}”")
        elif (item := ITEM.match(line)) and key and isinstance(about[key] or [], list):
            about[key] = [*_listed(about[key]), _unquoted(item["value"])]
        elif said and not said.startswith(("#", "[", "{", "}", "]")):
            remarks.append(f"has a line in its front matter that cannot be used: “{_short(said)}”")
    return about, remarks or ["has front matter that is not well-formed; it was read line by line"]


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else []


def _is_odd(value: str, sign: str) -> bool:
    """Whether a value is what YAML stumbles over: a sign of its own at the start, or a colon inside."""
    return sign == ":" and (value[:1] in tuple("@`%*&!{[|>\"'") or ": " in value)


def _unquoted(value: str) -> str:
    bare = value.strip()
    if len(bare) > 1 and bare[0] == bare[-1] and bare[0] in "\"'":
        return bare[1:-1]
    return bare


def _short(said: str) -> str:
    return said if len(said) <= LONGEST_SHOWN else said[: LONGEST_SHOWN - 1] + "…"


def _json(head: str) -> FrontMatter | None:
    """An object of JSON at the start of a file, with a text below it."""
    if not head.startswith("{"):
        return None
    try:
        about, end = json.JSONDecoder().raw_decode(head)
    except (ValueError, RecursionError):
        return None
    rest = head[end:]
    if not isinstance(about, dict) or (rest.strip() and rest.lstrip(" \t")[:1] not in "\r\n"):
        return None
    return FrontMatter(about, end)


def _pandoc(head: str) -> FrontMatter | None:
    """“% title”, “% author; author” and “% date”, each perhaps gone on with below, indented."""
    found = PANDOC.match(head)
    if found is None:
        return None
    fields = PANDOC_FIELD.split(found[0])[1:]
    about: dict[str, object] = {
        key: " ".join(field.split()) for key, field in zip(PANDOC_KEYS, fields, strict=False) if field.strip()
    }
    if len(fields) > 1 and (authors := [name.strip() for name in re.split(r";|[\r\n]+", fields[1]) if name.strip()]):
        about["author"] = authors
    return FrontMatter(about, found.end())


def _multimarkdown(head: str) -> FrontMatter | None:
    """“Title: …” and other such lines down to a blank line; a title comes first, else they are text."""
    if head[:5].lower() != "title":
        return None
    blank = BLANK_LINE.search(head)
    inside = head[: blank.start()] if blank else head
    about: dict[str, object] = {}
    for key, value in _fields(inside):
        if not key:
            return None
        about[key] = value
    return FrontMatter(about, blank.end() if blank else len(head)) if "title" in map(str.lower, about) else None


def _fields(inside: str) -> Iterator[tuple[str, str]]:
    """The key and the value of each line, gone on with where the next is indented; no key where a line has none."""
    key, value = "", ""
    for line in inside.splitlines():
        found = KEY.match(line)
        if line[:1] in " \t" and key:
            value += f" {line.strip()}"
        elif found and found["sign"] == ":":
            if key:
                yield key, value
            key, value = found["key"], found["value"].strip()
        else:
            yield "", line
            return
    yield key, value


def _small_keys(about: Mapping[str, object]) -> dict[str, object]:
    return {str(key).strip().lower(): value for key, value in about.items()}
