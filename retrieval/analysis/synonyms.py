"""All names of a thing as one: those the articles define, those in files, and those most people know."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import words
from retrieval.core.errors import NamesError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

NAMES_FILE = "names.txt"

INSIDE = re.compile(r"(?<!\w)([A-Z][A-Za-z0-9&.-]{1,9})\s+\(\s*(?:the\s+)?([^\W\d_][^()\n]{4,80})\)")
# What INSIDE begins with, looked for just before a bracket.
HEAD = re.compile(r"(?<!\w)[A-Z][A-Za-z0-9&.-]{1,9}\Z")
LONGEST_HEAD = 10  # characters
SHORT_FORM = re.compile(r"\(\s*([“\"']?)([A-Z][A-Za-z0-9&.-]{1,9})\1\s*[),;]")


@dataclass(frozen=True, slots=True)
class Name:
    """One thing and what it is called: `main` is how we speak of it, `others` are its other names."""

    main: str
    others: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        return (self.main, *self.others)


def read_names(text: str, file: str) -> tuple[list[Name], list[NamesError]]:
    """The names in the lines `main = other, other` of a names file, and what is wrong with the other lines.

    `#` begins a comment; blank lines count for nothing.
    """
    names: list[Name] = []
    problems: list[NamesError] = []
    for number, line in enumerate(text.splitlines(), 1):
        said = line.partition("#")[0].strip()
        if not said:
            continue
        main, equals, rest = said.partition("=")
        called = [name.strip() for name in (main, *rest.split(",")) if name.strip()]
        small = [name for name in called if _is_small(name)]
        kept = [name for name in called if name not in small]
        where = f"{file}, line {number}:"
        if not equals or not main.strip() or len(called) < 2 or "=" in rest:
            problems.append(NamesError(f"{where} “{line.strip()}” is left out; write it as: main name = other, other"))
            continue
        problems += [
            NamesError(f"{where} “{name}” is left out; a small word is only a name in capitals, as “{name.upper()}”")
            for name in small
        ]
        if len(kept) > 1:
            names.append(Name(kept[0], tuple(kept[1:])))
    return names, problems


def _is_small(name: str) -> bool:
    """Whether a name is nothing but a stop word, which is never looked for, or has no word at all."""
    found = words(name, shouting=False)
    return not found or (len(found) == 1 and found[0].form in STOP_WORDS and not found[0].acronym)


def common_names() -> list[Name]:
    """The names that come with the program."""
    text = files("retrieval.analysis").joinpath("common_names.txt").read_text(encoding="utf-8")
    names, problems = read_names(text, "common_names.txt")
    if problems:
        raise problems[0]
    return names


def names_of(defined: Iterable[tuple[str, str]]) -> list[Name]:
    """The names in what texts define, as `definitions` gives it.

    A short form that stands for different things in different places is left out, since mapping it to either would
    be wrong for the other.
    """
    meanings: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for short, long in defined:
        meanings[short].setdefault(long.casefold().replace("-", " "), long)
    return [Name(long, (short,)) for short, longs in meanings.items() if len(longs) == 1 for long in longs.values()]


def definitions(text: str) -> Iterator[tuple[str, str]]:
    """Each (short form, long form) that `text` defines, as "Islamic State (IS)", whichever of them it has in brackets.

    Schwartz and Hearst, PSB 2003.
    """
    for match in SHORT_FORM.finditer(text):
        short = match.group(2).rstrip(".-")
        if sum(letter.isupper() for letter in short) < 2:
            continue
        before = re.split(r"[.;:!?()\n]\s", text[max(0, match.start() - 200) : match.start()])[-1].split()
        window = before[-min(len(short) + 5, len(short) * 2) :]
        long = long_form(short, " ".join(window))
        if long and len(long) > len(short) + 2:
            yield short, long
    for match in _insides(text):
        short, long = match.groups()
        if sum(letter.isupper() for letter in short) >= 2 and long_form(short, long) == long.strip(" “”\"'‘’,"):
            yield short, long.strip(" “”\"'‘’,")


def _insides(text: str) -> Iterator[re.Match[str]]:
    """What INSIDE finds in `text`, found from the brackets, which are fewer than the capitals that it begins with."""
    bracket = text.find("(")
    while bracket >= 0:
        end = bracket
        while end and text[end - 1].isspace():
            end -= 1
        if 0 < end < bracket:
            head = HEAD.search(text, max(0, end - LONGEST_HEAD), end)
            if head and (match := INSIDE.match(text, head.start())):
                yield match
        bracket = text.find("(", bracket + 1)


def long_form(short: str, before: str) -> str | None:
    """The shortest end of `before` whose letters spell `short`, its first letter at the head of a word."""
    at = len(before)
    for place in range(len(short) - 1, -1, -1):
        letter = short[place].lower()
        if not letter.isalnum():
            continue
        at -= 1
        while at >= 0 and (before[at].lower() != letter or (place == 0 and at > 0 and before[at - 1].isalnum())):
            at -= 1
        if at < 0:
            return None
    return before[before.rfind(" ", 0, at + 1) + 1 :].strip(" “”\"'‘’,")


def merged(names: Iterable[Name]) -> list[Name]:
    """Names that share a name become one; the first to come keeps its main name."""
    groups: dict[int, list[str]] = {}
    group_of: dict[str, int] = {}
    for number, name in enumerate(names):
        touching = sorted({group_of[key] for key in map(_key, name.all) if key in group_of})
        home = touching[0] if touching else number
        called = [*(other for group in touching[1:] for other in groups.pop(group)), *name.all]
        groups.setdefault(home, []).extend(called)
        group_of.update((_key(other), home) for other in called)
    return [Name(unique[0], tuple(unique[1:])) for unique in (list(dict.fromkeys(group)) for group in groups.values())]


def _key(name: str) -> str:
    return name if name.isupper() else name.casefold()
