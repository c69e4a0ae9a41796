"""The bot's own lines in the language of whoever reads them; quotations stay as their source wrote them.

Each language is a catalogue beside this file, such as `de.po`: gettext's format, which translators' tools read. A line
is written in English where it is said, as `_("No source is called “{name}”.").format(name=name)`, and found in the
catalogue by its English words; a line that a catalogue lacks is said in English.
"""

from __future__ import annotations

import gettext
import io
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

import polib

if TYPE_CHECKING:
    from collections.abc import Iterator

ENGLISH = "en"

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
    return catalogue(_language()).gettext(line)


def ngettext(one: str, many: str, count: int) -> str:
    """The line for that number of things, in the language that is spoken; some have more than two forms."""
    return catalogue(_language()).ngettext(one, many, count)


@lru_cache
def catalogue(language: str) -> gettext.NullTranslations:
    """The lines in a language such as "de"; where there is no catalogue for it, they stay as they are."""
    file = files("bot.locales").joinpath(f"{language}.po")
    if not file.is_file():
        return gettext.NullTranslations()
    compiled = polib.pofile(file.read_text(encoding="utf-8")).to_binary()
    return gettext.GNUTranslations(io.BytesIO(compiled))


def _language() -> str:
    return _spoken.get().partition("-")[0]
