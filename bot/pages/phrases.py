"""The sentences that go with a reply, in plain words for any surface; escaping them is the surface's business."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from bot.i18n import DAY, NUMBER, _, counted, isolated, ngettext, number, pgettext
from retrieval.core.model import Answer, DatePrecision, NoAnswer, Reason
from retrieval.core.query_model import SmallTalk

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.core.model import Article, Quote, Reply
    from retrieval.core.query_model import Query, QueryTerm

MOST_WORDS = 4
MOST_ALSO = 6
MOST_CARRIED = 4
MOST_COPIES = 3
LONGEST_WORD = 40


def why_not(reply: NoAnswer) -> str:
    """Why there is no answer, with counts, as one or two sentences."""
    query, searched = reply.query, reply.searched
    match reply.reason:
        case Reason.NO_WORDS if query.terms:
            whole = _("Ask a whole question about it: who, what, when, where, how many or why.")
            return f"{_counted(query.terms, searched)} {whole}"
        case Reason.NO_WORDS if not query.question.strip():
            return _("The question is empty. Ask about a person, a place, a thing or a date.")
        case Reason.NO_WORDS:
            return _to_small_talk(query.small_talk)
        case Reason.UNKNOWN_WORDS:
            return _counted(query.unknown, searched)
        case Reason.NO_MATCH:
            return f"{_counted(query.terms, searched)} {_('No sentence matches the question.')}"
        case Reason.WEAK_MATCH:
            enough = _("No sentence has enough of the question to be its answer.")
            return f"{_counted(query.terms, searched)} {enough}"


def _to_small_talk(said: SmallTalk | None) -> str:
    match said:
        case SmallTalk.GREETING:
            return _("Hello! Ask me something about the sources, and I quote the sentences that answer it.")
        case SmallTalk.THANKS:
            return _("You are welcome. Ask me more whenever you like.")
        case SmallTalk.FAREWELL:
            return _("Goodbye, and come back with a question whenever you like.")
        case SmallTalk.ABOUT:
            return _(
                "Ask me about a person, a place, a thing or a date, and I quote the sentences of the sources that "
                "answer it, word for word and with their source. Where none of them does, I say so."
            )
        case None:
            return _("The question has no word to look for. Ask about a person, a place, a thing or a date.")


def foot(reply: Reply, *, sources: int | None = None, id: str | None = None) -> str:  # noqa: A002 - it is called that
    """Say what is worth knowing under a reply: how it was read, who speaks to it, what else was looked for, its id."""
    match reply:
        case Answer(speaking=speaking):
            first = _speaking(speaking, sources)
        case NoAnswer(reason=Reason.NO_WORDS):
            first = ""
        case NoAnswer(searched=searched):
            first = _("{sentences} searched").format(sentences=counted(searched, "sentence"))
    return " · ".join(part for part in (carried(reply.query), first, also(reply.query), id) if part)


def _speaking(speaking: int, sources: int | None) -> str:
    if not sources:
        line = ngettext("{count} source speaks to this", "{count} sources speak to this", speaking)
        return line.format(count=number(speaking))
    line = ngettext("{count} of {sources} speaks to this", "{count} of {sources} speak to this", speaking)
    return line.format(count=number(speaking), sources=counted(sources, "source"))


def carried(query: Query) -> str:
    """Say how a follow-up was read, such as: read with “Baghdadi” from what was asked before. Empty where not."""
    names = [quoted(term.word) for term in sorted(query.carried, key=lambda term: -term.weight)]
    if not names:
        return ""
    more = len(names) - MOST_CARRIED
    shown = [*names[:MOST_CARRIED], _("{count} more").format(count=more)] if more > 0 else names
    return _("read with {words} from what was asked before").format(words=listed(shown))


def also(query: Query) -> str:
    """Name what else was looked for, such as “also looked for: ISIS, Daesh”; empty where there is nothing."""
    names = {name.casefold(): name for term in reversed(query.terms) for name in reversed(term.also)}
    asked = {term.word.casefold() for term in query.terms}
    others = [_short(name) for folded, name in reversed(names.items()) if folded not in asked]
    if not others:
        return ""
    return _("also looked for: {names}").format(names=_first_of(others, MOST_ALSO))


def also_in(quote: Quote) -> str:
    """Name the other sources that print a quote's sentences, such as “also in: The Courier (5 May 2020)”, oldest first.

    Empty where there is none.
    """
    others = {copy.article.file: copy.article for copy in quote.copies if copy.article is not quote.article}
    ordered = sorted(others.values(), key=lambda article: article.date or datetime.date.max)
    named = [isolated(" ".join(article.name.split())) + _in_brackets(date_line(article)) for article in ordered]
    return _("also in: {sources}").format(sources=_first_of(named, MOST_COPIES)) if named else ""


def _in_brackets(day: str) -> str:
    return f" ({day})" if day else ""


def date_line(article: Article) -> str:
    """Write the date of a source, as precise as it is: “6 May 2020”, “May 2020”, “2020”; empty where it has none."""
    if article.date is None:
        return ""
    match article.precision:
        case DatePrecision.DAY:
            return day_line(article.date)
        case DatePrecision.MONTH:
            return _("{month} {year}").format(month=_month(article.date), year=article.date.year)
        case DatePrecision.YEAR:
            return str(article.date.year)


def day_line(day: datetime.date) -> str:
    """Write a day, such as “6 May 2020”."""
    of_month = pgettext(DAY, "1") if day.day == 1 else str(day.day)
    return _("{day} {month} {year}").format(day=of_month, month=_month(day), year=day.year)


def _month(day: datetime.date) -> str:
    months = (
        *(_("January"), _("February"), _("March"), _("April"), _("May"), _("June"), _("July"), _("August")),
        *(_("September"), _("October"), _("November"), _("December")),
    )
    return months[day.month - 1]


def _counted(terms: Sequence[QueryTerm], searched: int) -> str:
    """Each word with the number of sentences that have it, rarest first."""
    sentences = counted(searched, "sentence")
    if not terms:
        return _("None of {sentences} has it.").format(sentences=sentences)
    ordered = sorted(terms, key=lambda term: term.sentences)
    counts: dict[int, list[str]] = {}
    for term in ordered[:MOST_WORDS]:
        counts.setdefault(term.sentences, []).append(_as_read(term))
    clauses = []
    for index, (count, words) in enumerate(counts.items()):
        if index == 0:
            line = ngettext("{words} is in {count} of {sentences}", "{words} are in {count} of {sentences}", len(words))
        else:
            line = ngettext("{words} is in {count}", "{words} are in {count}", len(words))
        clauses.append(line.format(words=listed(words), count=number(count), sentences=sentences))
    said = joined(clauses) + "."
    more = len(ordered) - MOST_WORDS
    if more <= 0:
        return said
    rest = ngettext("{count} more word not listed.", "{count} more words not listed.", more)
    return f"{said} {rest.format(count=number(more))}"


def _as_read(term: QueryTerm) -> str:
    """A word of the question, and what it was read as where that is another: it is this one that was counted."""
    if not term.read or term.read.casefold() == term.word.casefold():
        return quoted(term.word)
    return _("{word} (read as “{read}”)").format(word=quoted(term.word), read=_short(term.read))


def listed(words: Sequence[str]) -> str:
    """Write one thing after the other, as in “this, that and the other”."""
    if len(words) == 1:
        return words[0]
    return _("{others} and {last}").format(others=joined(words[:-1]), last=words[-1])


def joined(words: Iterable[str]) -> str:
    """Write one thing after the other, with commas alone."""
    return pgettext(NUMBER, ", ").join(words)


def _first_of(names: Sequence[str], most: int) -> str:
    """Write the first of some names, and how many there are beside them."""
    line = joined(names[:most])
    if len(names) <= most:
        return line
    return _("{names} and {count} more").format(names=line, count=len(names) - most)


def quoted(word: str) -> str:
    """Write a word in the quotation marks of the language that is spoken."""
    return _("“{word}”").format(word=_short(word))


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…"
