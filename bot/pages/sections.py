"""The order in which the quotations of an answer are read, and what is said above them."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.i18n import _, ngettext
from bot.pages.phrases import joined
from retrieval.answer.contradiction import say_different_things

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Answer, Quote


@dataclass(frozen=True, slots=True)
class Section:
    """Quotations that are read together, under a line that may be empty."""

    line: str
    quotes: tuple[Quote, ...]


def sections(answer: Answer) -> tuple[Section, ...]:
    """The quotations that speak to the question, then those that say less of it.

    Where several sources speak, theirs are in the order of their dates, undated ones last, and the line says so: what
    they say may have changed from one to the next. Where one speaks, the best quotation comes first.
    """
    speak = [quote for quote in answer.quotes if quote.speaks]
    rest = tuple(quote for quote in answer.quotes if not quote.speaks)
    line = ""
    if len({quote.article.file for quote in speak}) > 1:
        line = _difference(answer, speak)
        speak.sort(key=lambda quote: quote.article.date or datetime.date.max)
    found = (Section(line, tuple(speak)), Section(_less(rest), rest))
    return tuple(section for section in found if section.quotes)


def _difference(answer: Answer, quotes: Sequence[Quote]) -> str:
    """Say that sources differ, or may, and in which order they are."""
    if say_different_things(answer.query, quotes):
        line = _("These sources say different things")
    else:
        line = _("These sources may say different things")
    days = {quote.article.date for quote in quotes}
    order = [
        _("oldest first") if len(days - {None}) > 1 else "",
        _("undated last") if len(days) > 1 and None in days else "",
    ]
    said = joined(filter(None, order))
    return _("{line}; {order}.").format(line=line, order=said) if said else f"{line}."


def _less(quotes: Sequence[Quote]) -> str:
    return ngettext("This says less about it:", "These say less about it:", len(quotes))
