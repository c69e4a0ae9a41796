"""`quoth verify --file`: each quotation of a draft, as a table and as a file with notes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.text import Text

from bot.cli.terminal.articles import library_for, settings_for
from bot.cli.terminal.exit_codes import ANSWERED, NO_ANSWER, InputError
from bot.cli.terminal.reply_records import source_record, span_record
from bot.cli.terminal.tables import columns
from bot.cli.terminal.terminal import Terminal, print_json, printable
from bot.pages.draft import finding_line, with_notes
from retrieval.answer.draft_check import Finding, changes, check, quotations_in
from retrieval.answer.folded_library import FoldedLibrary
from retrieval.core.errors import ArticleError
from retrieval.ingestion.draft_file import draft_text

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retrieval.answer.draft_check import CheckedQuotation
    from retrieval.answer.verification import Nearest, Occurrence

EXCERPT = 60
RIGHT = {Finding.FOUND, Finding.TYPOGRAPHY}


def check_draft(file: Path, notes: Path | None, *, given: bool, json: bool, seeds: Path | None) -> NoReturn:
    """Check the quotations of a draft, and end with 0 where all are found, 1 where not."""
    problems = ["Give a text or --file, one of the two."] if given else []
    settings = settings_for(problems, seeds=seeds)
    draft = _read(file)
    articles, folded = library_for(settings).articles, FoldedLibrary()
    checked = [check(span, text, articles, folded) for span, text in quotations_in(draft)]
    if notes:
        _write(notes, with_notes(draft, checked))
    if json:
        print_json({"file": str(file), "quotations": [_record(quotation) for quotation in checked]})
    else:
        _show(checked, Terminal())
    raise typer.Exit(ANSWERED if all(quotation.finding in RIGHT for quotation in checked) else NO_ANSWER)


def _read(file: Path) -> str:
    try:
        return draft_text(file.name, file.read_bytes())
    except OSError as error:
        raise InputError(f"{file} cannot be read ({error.strerror}); name a file that is there.") from error
    except ArticleError as error:
        raise InputError(f"{file}: {error}") from error


def _write(file: Path, text: str) -> None:
    try:
        file.write_text(text, encoding="utf-8", errors="replace")
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror}); name another with --notes.") from error


def _show(checked: Sequence[CheckedQuotation], terminal: Terminal) -> None:
    if not checked:
        terminal.say("There is no quotation of four words or more in this file.")
        return
    table = columns(">", "Quotation", "In the sources")
    for place, quotation in enumerate(checked, 1):
        words = " ".join(quotation.text.split())
        excerpt = words if len(words) <= EXCERPT else words[: EXCERPT - 1] + "…"
        style = "" if quotation.finding in RIGHT else "bold"
        table.add_row(str(place), Text(printable(excerpt)), Text(printable(finding_line(quotation)), style))
    terminal.print(table)


def _record(quotation: CheckedQuotation) -> dict[str, Any]:
    nearest = quotation.nearest
    places: list[Occurrence | Nearest] = [*quotation.places, *([nearest] if nearest else [])]
    return {
        **span_record(quotation.span),
        "text": quotation.text,
        "finding": quotation.finding.value,
        "places": [{**source_record(place.article), **span_record(place.span), "text": place.text} for place in places],
        "changes": [
            {"said": change.said, "there": change.there}
            for change in (changes(quotation.text, nearest.text) if nearest else [])
        ],
    }
