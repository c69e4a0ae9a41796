"""The sentences that go with a reply, in plain words for any surface; escaping them is the surface's business."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from bot.i18n import DAY, NUMBER, _, counted, isolated, ngettext, number, pgettext
from retrieval.core.model import Answer, DatePrecision, NoAnswer, Reason
from retrieval.core.query_model import SmallTalk
from retrieval.ingestion.source_folders import is_member_answer

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
    """Why there is no answer, as one or two sentences."""
    return _not_word_for_word(reply) or _why_not(reply)


def _why_not(reply: NoAnswer) -> str:
    query = reply.query
    match reply.reason:
        case Reason.NO_WORDS if not query.question.strip():
            return _("The question is empty. Ask about a person, a place, a thing or a date.")
        case Reason.NO_WORDS:
            return _to_small_talk(query.small_talk)
        case _ if reply.unmentioned:
            return _("No source mentions {words}.").format(words=_either(reply.unmentioned))
        case Reason.NO_MATCH:
            return _("No passage matches the question.")
        case _:
            return _too_little(query)


def _not_word_for_word(reply: NoAnswer) -> str:
    """Say which phrases are not there as they stand; empty where they are, and it is something else that is not."""
    if reply.missing:
        words = listed([quoted(phrase) for phrase in reply.missing])
        return _("No source has {words} word for word.").format(words=words)
    if reply.query.phrases and reply.reason is Reason.NO_MATCH:
        words = listed([quoted(phrase) for phrase in reply.query.phrases])
        return _("No passage has {words} together, word for word.").format(words=words)
    return ""


def next_step(sources: str, *, tells: bool = False) -> str:
    """Say what a reader can do who got no answer: `sources` is the command that lists the sources.

    `tells` says that they can also be told of a source that answers.
    """
    if tells:
        line = _("Try other words, see what there is with {command}, or have me tell you when a source answers it.")
    else:
        line = _("Try other words, or see what there is with {command}.")
    return line.format(command=sources)


def _too_little(query: Query) -> str:
    """Say of the words that the sources have that no passage makes an answer of them."""
    known = sorted(query.known, key=lambda term: term.sentences)[:MOST_WORDS]
    if not known:
        return _("No passage says enough to answer it.")
    words = listed([_as_read(term) for term in known])
    return _("The sources mention {words}, but no passage says enough to answer it.").format(words=words)


def _either(terms: Sequence[QueryTerm]) -> str:
    """Name words of which none is there, such as “tram”, “zoo” or “opera”."""
    words = [quoted(term.word) for term in terms]
    more = len(words) - MOST_WORDS
    if more > 0:
        left = ngettext("{count} more word", "{count} more words", more).format(count=number(more))
        words = [*words[:MOST_WORDS], left]
    if len(words) == 1:
        return words[0]
    return _("{others} or {last}").format(others=joined(words[:-1]), last=words[-1])


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
                "Ask me about a person, a place, a thing or a date, and I quote the sentences that answer you, "
                "word for word, each with its source. If there are none, I say so."
            )
        case None:
            return _("The question has no words to search for. Ask about a person, a place, a thing or a date.")


def foot(reply: Reply, *, sources: int | None = None, id: str | None = None) -> str:  # noqa: A002 - it is called that
    """Say below a reply how it was read, how many sources answer it, what else was searched for, its id."""
    match reply:
        case Answer(speaking=speaking):
            first = _speaking(speaking, sources)
        case NoAnswer(reason=Reason.NO_WORDS):
            first = ""
        case NoAnswer(searched=searched):
            first = _("{sentences} searched").format(sentences=counted(searched, "sentence"))
    parts = (carried(reply.query), first, of_time(reply.query), left_aside(reply.undated), also(reply.query), id)
    return " · ".join(part for part in parts if part)


def of_time(query: Query) -> str:
    """Say of which time the sources are that were asked, where that is not all of them."""
    day_before = query.before and query.before - datetime.timedelta(days=1)
    if query.after and day_before:
        if query.after == day_before:
            return _("sources of {day}").format(day=day_line(query.after))
        return _("sources from {first} to {last}").format(first=day_line(query.after), last=day_line(day_before))
    if query.after:
        return _("sources from {day} on").format(day=day_line(query.after))
    return _("sources before {day}").format(day=day_line(query.before)) if query.before else ""


def left_aside(undated: int) -> str:
    """Say how many sources were not asked because they have no date, where only those of some time were."""
    if not undated:
        return ""
    line = ngettext("{count} source without a date left out", "{count} sources without a date left out", undated)
    return line.format(count=number(undated))


def _speaking(speaking: int, sources: int | None) -> str:
    if not sources:
        return ngettext("From {count} source", "From {count} sources", speaking).format(count=number(speaking))
    return _("From {count} of {sources}").format(count=number(speaking), sources=counted(sources, "source"))


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
    return _("also searched for: {names}").format(names=_first_of(others, MOST_ALSO))


def also_in(quote: Quote) -> str:
    """Name the other sources that print a quote's sentences, such as “also in: The Courier (5 May 2020)”, oldest first.

    Empty where there is none.
    """
    others = {copy.article.file: copy.article for copy in quote.copies if copy.article is not quote.article}
    ordered = sorted(others.values(), key=lambda article: article.date or datetime.date.max)
    named = [isolated(" ".join(article.name.split())) + _in_brackets(date_line(article)) for article in ordered]
    return _("also in: {sources}").format(sources=_first_of(named, MOST_COPIES)) if named else ""


def source_day(quote: Quote) -> str:
    """Write the date of a quote's source, such as “6 May 2020”, or “older: 6 May 2020” below a newer one.

    That of a source which is older than sources ought to be says so: “may be out of date: 6 May 2020”.
    """
    day = date_line(quote.article)
    if quote.stale and day:
        return _("may be out of date: {day}").format(day=day)
    return _("older: {day}").format(day=day) if quote.older and day else day


def _in_brackets(day: str) -> str:
    return f" ({day})" if day else ""


def date_line(article: Article) -> str:
    """Write the date of a source, as precise as it is: “6 May 2020”, “May 2020”, “2020”; empty where it has none.

    Of what a member wrote in a chat it says, too, that it is no document.
    """
    if is_member_answer(article):
        return " · ".join(filter(None, (_day_of(article), _("member answer, not a document"))))
    return _day_of(article)


def _day_of(article: Article) -> str:
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


def _as_read(term: QueryTerm) -> str:
    """A word of the question, and what it was read as where that is another: it is this one that the sources have."""
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
