"""`quoth verify`: whether a text is word for word in a source, and where."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.cli.ask.verify_draft import check_draft
from bot.cli.terminal.articles import library_for, settings_for
from bot.cli.terminal.exit_codes import ANSWERED, NO_ANSWER
from bot.cli.terminal.options import Json, Seeds
from bot.cli.terminal.reply_printer import show_passage
from bot.cli.terminal.reply_records import source_record, span_record
from bot.cli.terminal.terminal import Terminal, print_json
from bot.i18n import counted
from retrieval.analysis.sentence_splitter import sentences_of
from retrieval.answer import verification
from retrieval.answer.verification import Status
from retrieval.core.model import Span

if TYPE_CHECKING:
    from retrieval.answer.verification import Nearest, Occurrence, Verdict
    from retrieval.core.model import Article

MOST_PLACES = 5


Words = Annotated[
    list[str] | None,
    typer.Argument(metavar="TEXT", help="The words to look for; - reads them from standard input."),
]
Draft = Annotated[
    Path | None,
    typer.Option(
        "--file",
        metavar="DRAFT",
        help="Check every quotation in this file, of any format that articles may have.",
        show_default=False,
    ),
]
Notes = Annotated[
    Path | None,
    typer.Option(
        "--notes", metavar="OUT", help="Write the draft to OUT, with a note behind each quotation.", show_default=False
    ),
]


def verify(
    text: Words = None,
    *,
    file: Draft = None,
    notes: Notes = None,
    json: Json = False,
    seeds: Seeds = None,
) -> None:
    """Check whether a text is word for word in a source, and where.

    The text is found, or found but for typography (quotation marks, dashes,
    ellipses, white space, line ends), or not found, and then you see the
    closest passage. Capitals count: "us" is not "US".

    With --file, each quotation of four words or more in a draft is checked:
    what stands in quotation marks, and lines that begin with ">". It is found,
    found but for typography, altered, stitched together from several places,
    or not found.

    [bold]Examples[/bold]

      quoth verify "a sentence that somebody quoted"
      quoth verify --json - < quotation.txt
      quoth verify --file draft.docx --notes checked.md

    [bold]Exit status[/bold]

      0 found, either way, 1 not found (with --file: not all were found),
      2 wrong use or settings, 3 something broken
    """
    if file is not None:
        check_draft(file, notes, given=bool(text), json=json, seeds=seeds)
    wanted = " ".join(text or [])
    if wanted == "-":
        wanted = sys.stdin.buffer.read().decode(errors="replace")
    problems = [] if wanted.strip() else ["There is no text to verify; write it after `quoth verify`."]
    problems += ["--notes goes with --file."] if notes else []
    library = library_for(settings_for(problems, seeds=seeds))
    verdict = verification.verify(wanted, library.articles)
    if json:
        print_json(_record(verdict))
    else:
        _show(verdict, Terminal())
    raise typer.Exit(NO_ANSWER if verdict.status is Status.NOT_FOUND else ANSWERED)


def _show(verdict: Verdict, terminal: Terminal) -> None:
    terminal.say(_said(verdict), "bold")
    terminal.print()
    for place in verdict.places[:MOST_PLACES]:
        _show_place(terminal, place)
        if not place.whole_words and verdict.places[0].whole_words:
            terminal.say("It begins or ends inside a word there.", indent=2)
        terminal.print()
    if (more := len(verdict.places) - MOST_PLACES) > 0:
        terminal.say(f"It is in {counted(more, 'more place')}; --json lists them all.")
    if verdict.nearest:
        _show_place(terminal, verdict.nearest)


def _said(verdict: Verdict) -> str:
    places = counted(len(verdict.places), "place")
    match verdict.status:
        case Status.EXACT if not verdict.places[0].whole_words:
            return f"Found only inside longer words, in {places}."
        case Status.EXACT:
            return f"Found word for word, in {places}."
        case Status.TYPOGRAPHY:
            return f"Found but for typography, in {places}: the words are the same, marks or white space differ."
        case Status.SHOWN:
            return f"Found as it is shown, in {places}: the words are the same, the file has markup among them."
        case Status.NOT_FOUND if verdict.nearest:
            alike = min(int(verdict.nearest.similarity * 100), 99)  # what is not found is not 100 % alike
            return f"Not found. This is the closest passage, {alike} % alike:"
        case Status.NOT_FOUND:
            return "Not found, and nothing comes close."


def _show_place(terminal: Terminal, place: Occurrence | Nearest) -> None:
    whole = _in_context(place.article, place.span)
    show_passage(terminal, place.article, whole, [place.span])
    terminal.say(f"{place.article.file}, characters {place.span.start:,} to {place.span.end:,}", "dim", indent=2)


def _in_context(article: Article, span: Span) -> Span:
    """Give the whole sentences that `span` touches; the span itself where it stands in none, such as in a heading."""
    touched = [sentence.span for sentence in sentences_of(article) if sentence.span.overlaps(span)]
    return Span(min([span.start, *(s.start for s in touched)]), max([span.end, *(s.end for s in touched)]))


def _record(verdict: Verdict) -> dict[str, Any]:
    nearest = verdict.nearest
    return {
        "text": verdict.text,
        "status": verdict.status.value,
        "places": [{**place_record(place), "whole_words": place.whole_words} for place in verdict.places],
        "nearest": {**place_record(nearest), "similarity": round(nearest.similarity, 4)} if nearest else None,
    }


def place_record(place: Occurrence | Nearest) -> dict[str, Any]:
    return {
        **source_record(place.article),
        **span_record(place.span),
        "text": place.text,
        "context": span_record(_in_context(place.article, place.span)),
    }
