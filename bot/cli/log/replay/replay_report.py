"""Prints what became of the questions of the log that were asked again: shares, then each that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.terminal.tables import columns, percent
from bot.cli.terminal.terminal import printable
from bot.i18n import counted
from bot.pages.phrases import why_not
from bot.services.review.replay import Obstacle, ReplayChange
from bot.store.reviews import Mark
from retrieval.core.model import NoAnswer, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from bot.cli.terminal.terminal import Terminal
    from bot.services.review.replay import Replayed, Tally

# In the order of the table; the changes are listed with what an operator would regret first.
NAMES = {
    ReplayChange.SAME: "Same",
    ReplayChange.OTHER_QUOTES: "Other quotes",
    ReplayChange.NOW_ANSWERED: "Now answered",
    ReplayChange.NOW_REFUSED: "Now refused",
}
LISTED = (ReplayChange.NOW_REFUSED, ReplayChange.OTHER_QUOTES, ReplayChange.NOW_ANSWERED)
LONGEST = 120  # characters of a question or a quote
MARKS = {Mark.RIGHT: "marked right", Mark.WRONG: "marked wrong", Mark.REFUSE: "marked to be refused"}


def show_tally(terminal: Terminal, tally: Tally, *, articles: int, folder: Path | None) -> None:
    """Print the share of each change, what explains them, and the changed questions with what was and what is.

    `articles` is the number of articles asked, `folder` where they are if it is not the one in use.
    """
    asked = f"{counted(tally.asked, 'question')} of the log asked again of {counted(articles, 'article')}"
    terminal.say(f"{asked} in {folder}." if folder else f"{asked}.", "bold")
    terminal.print()
    table = columns("", ">Questions", ">Share")
    for change, name in NAMES.items():
        table.add_row(name, f"{tally.changes[change]:,}", percent(tally.share(change)))
    terminal.show(table)
    notes = [*_notes(tally), *_marked(tally)]
    if notes:
        terminal.print()
    for note in notes:
        terminal.say(note)
    for change in LISTED:
        _show_changes(terminal, tally, change)


def _notes(tally: Tally) -> Iterator[str]:
    if tally.other_articles:
        yield f"Asked then of other articles: {counted(tally.other_articles, 'question')}."
    if tally.other_versions:
        yield f"Asked then of another version of Quoth: {counted(tally.other_versions, 'question')}."
    if tally.nearest:
        yield f"Refused as before, but with other closest passages: {counted(tally.nearest, 'question')}."
    if tally.unsure:
        yield f"Asked of all sources, since the log does not know of which: {counted(tally.unsure, 'question')}."
    if number := tally.obstacles[Obstacle.EARLIER_IS_GONE]:
        yield f"Not asked, since what they follow up is no longer in the log: {counted(number, 'question')}."
    if number := tally.obstacles[Obstacle.SOURCE_IS_GONE]:
        yield f"Not asked, since the one source they were asked of is gone: {counted(number, 'question')}."


def _marked(tally: Tally) -> Iterator[str]:
    for mark, name in MARKS.items():
        same = tally.marked[mark, True]
        if whole := same + tally.marked[mark, False]:
            yield f"{name[0].upper()}{name[1:]}: {same:,} of {counted(whole, 'question')} the same."


def _show_changes(terminal: Terminal, tally: Tally, change: ReplayChange) -> None:
    if not (number := tally.changes[change]):
        return
    kept = tally.kept[change]
    terminal.print()
    terminal.say(f"{NAMES[change]}: {counted(number, 'question')}", "bold")
    for replayed, review in kept:
        terminal.print()
        mark = f" ({MARKS[review.mark]})" if review else ""
        terminal.say(f"{replayed.row.id}  {_cut(replayed.row.question)}{mark}")
        for line in _lines(replayed):
            terminal.say(line, indent=2)
    if (more := number - len(kept)) > 0:
        terminal.print()
        terminal.say(f"… and {counted(more, 'more question')}; --json lists them all.")


def _lines(replayed: Replayed) -> Iterator[str]:
    """What was shown then and is shown now, in one line or two."""
    row, reply = replayed.row, replayed.reply
    then = [_said(quote.text, quote.name) for quote in row.quotes]
    now = [_said(quote.text, quote.article.name) for quote in shown(reply)]
    gone = [_said(quote.text, quote.name) for quote in replayed.gone]
    new = [_said(quote.text, quote.article.name) for quote in replayed.new]
    if isinstance(reply, NoAnswer):
        yield f"then  {_first(then)}"
        yield f"now   refused: {why_not(reply)}"
    elif replayed.change is ReplayChange.NOW_ANSWERED:
        yield f"then  refused ({(row.reason or 'no answer').replace('_', ' ')})"
        yield f"now   {_first(now)}"
    elif gone or new:
        yield from (f"{sign}  {_first(quotes)}" for sign, quotes in (("gone", gone), ("new ", new)) if quotes)
    else:
        yield f"the same in another order, now first {now[0]}"


def _said(text: str, name: str) -> str:
    return f"“{_cut(text)}” · {printable(name)}"


def _first(quotes: Sequence[str]) -> str:
    """The first of the quotes, and how many there are beside it; an answer of the log may have lost its own."""
    if not quotes:
        return "answered"
    return quotes[0] + (f", and {len(quotes) - 1} more" if len(quotes) > 1 else "")


def _cut(text: str) -> str:
    flat = printable(text)
    return flat if len(flat) <= LONGEST else flat[: LONGEST - 1] + "…"
