"""The sentences that go with a reply, in plain words for any surface; escaping them is the surface's business."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from retrieval.model import Answer, NoAnswer, Reason
from retrieval.small_talk import SmallTalk, small_talk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.model import Article, Query, QueryTerm, Quote, Reply

MOST_WORDS = 4
MOST_ALSO = 6
MOST_CARRIED = 4
MOST_COPIES = 3
LONGEST_WORD = 40
WHOLE_QUESTION = "Ask a whole question about it: who, what, when, where, how many or why."
SMALL_TALK: Mapping[SmallTalk | None, str] = {
    SmallTalk.GREETING: "Hello! Ask me something about the sources, and I quote the sentences that answer it.",
    SmallTalk.THANKS: "You are welcome. Ask me more whenever you like.",
    SmallTalk.FAREWELL: "Goodbye, and come back with a question whenever you like.",
    SmallTalk.ABOUT: "Ask me about a person, a place, a thing or a date, and I quote the sentences of the sources that "
    "answer it, word for word and with their source. Where none of them does, I say so.",
}


def why_not(reply: NoAnswer) -> str:
    """Why there is no answer, with counts, as one or two sentences."""
    query, searched = reply.query, reply.searched
    match reply.reason:
        case Reason.NO_WORDS if query.terms:
            return f"{_counted(query.terms, searched)} {WHOLE_QUESTION}"
        case Reason.NO_WORDS if not query.question.strip():
            return "The question is empty. Ask about a person, a place, a thing or a date."
        case Reason.NO_WORDS:
            return SMALL_TALK.get(
                small_talk(query.question),
                "The question has no word to look for. Ask about a person, a place, a thing or a date.",
            )
        case Reason.UNKNOWN_WORDS:
            return _counted(query.unknown, searched)
        case Reason.NO_MATCH:
            return f"{_counted(query.terms, searched)} No sentence matches the question."
        case Reason.WEAK_MATCH:
            return f"{_counted(query.terms, searched)} No sentence has enough of the question to be its answer."


def foot(reply: Reply, *, sources: int | None = None, id: str | None = None) -> str:  # noqa: A002 - it is called that
    """Say what is worth knowing under a reply: how it was read, who speaks to it, what else was looked for, its id."""
    match reply:
        case Answer(speaking=speaking):
            of = f"{speaking} of {counted(sources, 'source')}" if sources else counted(speaking, "source")
            first = f"{of} {'speaks' if speaking == 1 else 'speak'} to this"
        case NoAnswer(reason=Reason.NO_WORDS):
            first = ""
        case NoAnswer(searched=searched):
            first = f"{counted(searched, 'sentence')} searched"
    return " · ".join(part for part in (carried(reply.query), first, also(reply.query), id) if part)


def carried(query: Query) -> str:
    """Say how a follow-up was read, such as: read with “Baghdadi” from what was asked before. Empty where not."""
    names = [f"“{_short(term.word)}”" for term in sorted(query.carried, key=lambda term: -term.weight)]
    if not names:
        return ""
    more = len(names) - MOST_CARRIED
    shown = [*names[:MOST_CARRIED], f"{more} more"] if more > 0 else names
    return f"read with {_listed(shown)} from what was asked before"


def also(query: Query) -> str:
    """Name what else was looked for, such as “also looked for: ISIS, Daesh”; empty where there is nothing."""
    names = {name.casefold(): name for term in reversed(query.terms) for name in reversed(term.also)}
    asked = {term.word.casefold() for term in query.terms}
    others = [_short(name) for folded, name in reversed(names.items()) if folded not in asked]
    more = f" and {len(others) - MOST_ALSO} more" if len(others) > MOST_ALSO else ""
    return "also looked for: " + ", ".join(others[:MOST_ALSO]) + more if others else ""


def also_in(quote: Quote) -> str:
    """Name the other sources that print a quote's sentences, such as “also in: The Courier (5 May 2020)”, oldest first.

    Empty where there is none.
    """
    others = {copy.article.file: copy.article for copy in quote.copies if copy.article is not quote.article}
    ordered = sorted(others.values(), key=lambda article: article.date or datetime.date.max)
    named = [" ".join(article.name.split()) + _in_brackets(date_line(article)) for article in ordered[:MOST_COPIES]]
    more = f" and {len(ordered) - MOST_COPIES} more" if len(ordered) > MOST_COPIES else ""
    return "also in: " + ", ".join(named) + more if named else ""


def _in_brackets(day: str) -> str:
    return f" ({day})" if day else ""


def date_line(article: Article) -> str:
    """Write the day of a source, such as “6 May 2020”; empty where it has none."""
    date = article.date
    return f"{date.day} {date:%B %Y}" if date else ""


def _counted(terms: Sequence[QueryTerm], searched: int) -> str:
    """Each word with the number of sentences that have it, rarest first."""
    if not terms:
        return f"None of {counted(searched, 'sentence')} has it."
    ordered = sorted(terms, key=lambda term: term.sentences)
    counts: dict[int, list[str]] = {}
    for term in ordered[:MOST_WORDS]:
        counts.setdefault(term.sentences, []).append(f"“{_short(term.word)}”")
    clauses = [
        f"{_listed(words)} {'is' if len(words) == 1 else 'are'} in {count:,}"
        + (f" of {counted(searched, 'sentence')}" if index == 0 else "")
        for index, (count, words) in enumerate(counts.items())
    ]
    more = len(ordered) - MOST_WORDS
    return ", ".join(clauses) + "." + (f" {counted(more, 'more word')} not listed." if more > 0 else "")


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else ", ".join(words[:-1]) + " and " + words[-1]


def counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


def _short(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + "…"
