"""Prints the questions that were not answered as they should be, each with the reasons."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.terminal.reply_printer import show_passage
from bot.cli.terminal.tables import percent
from bot.pages.phrases import why_not
from retrieval.core.model import NoAnswer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from bot.cli.terminal.terminal import Terminal
    from retrieval.core.query_model import QueryTerm
    from retrieval.evaluation.error_analysis import Miss

MOST_PARTS = 3
MOST_WORDS = 6


def show_misses(terminal: Terminal, misses: Sequence[Miss], *, of: int) -> None:
    """Print `misses`, the first `of` so many, and how many more there are."""
    if not of:
        terminal.print()
        terminal.say("No misses.", "bold")
        return
    for number, miss in enumerate(misses, 1):
        terminal.print()
        terminal.say(f"Miss {number} of {of:,}, {miss.question.id}: {miss.question.text}", "bold")
        for reason in why(miss):
            terminal.say(reason)
        _show_passages(terminal, miss)
    if more := of - len(misses):
        terminal.print()
        said = f"{more:,}{' more' if misses else ''} {'miss' if more == 1 else 'misses'}"
        terminal.say(f"{said}; --misses {of} explains {'it' if of == 1 else 'them all'}.")


def _show_passages(terminal: Terminal, miss: Miss) -> None:
    if miss.first and miss.judgement.rank != 1:
        terminal.print()
        terminal.say("First came:")
        show_passage(terminal, miss.first.article, miss.first.sentences[0], miss.first.marks)
    if miss.answer:
        terminal.print()
        terminal.say("The answer is:")
        show_passage(terminal, miss.answer.article, miss.answer.span)


def why(miss: Miss) -> list[str]:
    """Say why a question was missed, a sentence or two for each reason."""
    reply, sure = miss.reply, percent(miss.reply.confidence)
    if not miss.judgement.answerable:
        return [f"It was answered although the articles do not answer it: the confidence is {sure}, {_needed(miss)}."]
    reasons = list(_found(miss))
    if isinstance(reply, NoAnswer):
        said = f"It was refused although the articles answer it: the confidence is {sure}, {_needed(miss)}."
        reasons.insert(0, f"{said} {why_not(reply)}")
    return reasons


def _needed(miss: Miss) -> str:
    return f"and an answer needs {percent(miss.min_confidence)}"


def _found(miss: Miss) -> Iterator[str]:
    if miss.judgement.rank == 1:
        yield "The closest passage is the right one."
    elif miss.answer is None:
        yield (
            "The place that the file gives is in no sentence that can be quoted, but in a heading, a caption or the "
            "like; give another place."
        )
    elif miss.place is None:
        yield f"The answer is not among the sentences that were ranked. {_words(miss)}"
    else:
        seen = " The first quotation shows it all the same." if miss.judgement.in_first else ""
        yield f"The answer came {ordinal(miss.judgement.rank or miss.place)}.{seen} {_words(miss)}"
        yield from _parts(miss)


def _words(miss: Miss) -> str:
    """Say which words of the question the answer has; the others may be in the sentences around it."""
    if not miss.lacks:
        return "It has every word of the question."
    if not miss.has:
        return f"It has no word of the question: {_quoted(miss.lacks)}."
    return f"Of the question's words it has {_quoted(miss.has)} and lacks {_quoted(miss.lacks)}."


def _parts(miss: Miss) -> Iterator[str]:
    """Say what counted most for the one that came first, and for the answer."""
    for who, sign in (("the first", -1), ("the answer", 1)):
        counted_more = [(name, abs(by)) for name, by in miss.differences if by * sign > 0]
        if counted_more:
            parts = ", ".join(f"{name} {by:+.2f}" for name, by in counted_more[:MOST_PARTS])
            yield f"What counted more for {who}: {parts}."


def _quoted(words: Iterable[QueryTerm]) -> str:
    named = [f"“{term.word}”" for term in words]
    more = [f"{len(named) - MOST_WORDS} more"] if len(named) > MOST_WORDS else []
    return ", ".join([*named[:MOST_WORDS], *more])


def ordinal(number: int) -> str:
    """A rank as one says it: 1st, 2nd, 3rd, 11th."""
    last = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{last}"
