"""The order in which the quotations of an answer are read, and what is said above them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.i18n import _, ngettext
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
    """The quotations that answer the question, then those that say less of it, each in the order of the answer.

    Where several sources answer, the line says that they differ, or may. A tentative answer says that it is one.
    """
    if answer.tentative:
        unsure = ngettext("Not sure, but this may be it:", "Not sure, but one of these may be it:", len(answer.quotes))
        return (Section(unsure, answer.quotes),)
    speak = [quote for quote in answer.quotes if quote.speaks]
    rest = tuple(quote for quote in answer.quotes if not quote.speaks)
    line = ""
    if len({quote.article.file for quote in speak}) > 1:
        line = _difference(answer, speak)
    found = (Section(line, tuple(speak)), Section(_less(rest), rest))
    return tuple(section for section in found if section.quotes)


def _difference(answer: Answer, quotes: Sequence[Quote]) -> str:
    """Say that sources differ, or may, and that the newest is first where that is so."""
    if say_different_things(answer.query, quotes):
        line = _("These sources say different things")
    else:
        line = _("These sources may say different things")
    return _("{line}; the newest comes first.").format(line=line) if _newest_first(quotes) else f"{line}."


def _newest_first(quotes: Sequence[Quote]) -> bool:
    """Whether the quotes have different dates, from the newest down."""
    days = [quote.article.date for quote in quotes]
    known = [day for day in days if day]
    return len(known) == len(days) and len(set(known)) > 1 and known == sorted(known, reverse=True)


def _less(quotes: Sequence[Quote]) -> str:
    return ngettext("This says less about it:", "These say less about it:", len(quotes))
