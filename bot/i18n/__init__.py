"""The bot's own lines in the language of whoever reads them; quotations stay as their source wrote them.

Each language is a catalogue beside this file, such as `de.po`: gettext's format, which translators' tools read. A line
is written in English where it is said, as `_("No source is called “{name}”.").format(name=name)`, and found in the
catalogue by its English words; a line that a catalogue lacks is said in English. A command in a line, such as
`/sources list`, is written by its English names in the catalogue too, and gets those of the language as it is said.

What is not a line has a context, the first argument of `pgettext`: the "name" of a command or an option, the marks
of a "number", and the first "day of a month".
"""

from __future__ import annotations

import gettext
import io
import re
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import polib

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ENGLISH = "en"
NAME, NUMBER, DAY = "name", "number", "day of a month"
COMMAND = re.compile(r"(?<![\w/<])/[a-z]+(?: [a-z]+(?:-[a-z]+)*)*")
LANGUAGES = ("ar", "de", "es", "fr")  # those that there are catalogues of
OWN_NAMES = {"en": "English", "de": "Deutsch", "fr": "Français", "es": "Español", "ar": "العربية"}
RIGHT_TO_LEFT = frozenset({"ar"})
# What is between has a direction of its own, that of its first letter or from the right, and tears no line apart.
ISOLATE, FROM_THE_RIGHT, END = "\u2068", "\u2067", "\u2069"

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


@contextmanager
def speaking(locale: str) -> Iterator[None]:
    """Say every line in the language of `locale` ("de", "es-ES") meanwhile, in this task and those it begins."""
    before = _spoken.set(locale)
    try:
        yield
    finally:
        _spoken.reset(before)


def spoken() -> str:
    """The locale that is spoken."""
    return _spoken.get()


def _(line: str) -> str:
    """The line in the language that is spoken."""
    language = _language()
    return _with_commands(catalogue(language).gettext(line), language)


def ngettext(one: str, many: str, count: int) -> str:
    """The line for that number of things, in the language that is spoken; some have more than two forms."""
    language = _language()
    return _with_commands(catalogue(language).ngettext(one, many, count), language)


def counted(count: int, thing: str) -> str:
    """Write a number of things, as `counted(3, "quote")`, in the language that is spoken."""
    return ngettext(f"{{count}} {thing}", f"{{count}} {thing}s", count).format(count=number(count))


def pgettext(context: str, words: str) -> str:
    """What those words are in the language that is spoken, where they have the context, such as "name"."""
    return catalogue(_language()).pgettext(context, words)


def number(count: int) -> str:
    """Write a number with the language's mark between thousands."""
    return f"{count:,}".replace(",", pgettext(NUMBER, ","))


def percent(share: float) -> str:
    """Write a share between 0 and 1 in per cent."""
    return pgettext(NUMBER, "{number}%").format(number=f"{share * 100:.0f}")


def runs_from_the_right() -> bool:
    """Whether the language that is spoken is written from right to left."""
    return _language() in RIGHT_TO_LEFT


def isolated(text: str) -> str:
    """Keep a name together, which may be in another script, in a line that runs from right to left."""
    return f"{ISOLATE}{text}{END}" if text and runs_from_the_right() else text


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The lines in a language such as "de"; where there is no catalogue for it, they stay as they are."""
    file = _file(language)
    return gettext.GNUTranslations(io.BytesIO(file.to_binary())) if file else gettext.NullTranslations()


@lru_cache
def names(language: str) -> Mapping[str, str]:
    """What commands and options are called in a language, by their English names."""
    return {entry.msgid: entry.msgstr for entry in _file(language) or () if entry.msgctxt == NAME and entry.msgstr}


@lru_cache
def _file(language: str) -> Any | None:
    file = files("bot.i18n").joinpath(f"{language}.po")
    return polib.pofile(file.read_text(encoding="utf-8")) if file.is_file() else None


@lru_cache(maxsize=4096)
def _with_commands(line: str, language: str) -> str:
    """Write each command in a line by its names in that language."""
    called = names(language)

    def named(found: re.Match[str]) -> str:
        words = found[0][1:].split(" ")
        until = next((at for at, word in enumerate(words) if word not in called), len(words))
        return "/" + " ".join([*(called[word] for word in words[:until]), *words[until:]])

    return COMMAND.sub(named, line) if called else line


def _language() -> str:
    return _spoken.get().partition("-")[0]
