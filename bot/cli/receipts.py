"""Prints one row of the query log: the question, the answer as it was given, and all that is kept of it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from rich.text import Text

from bot.app import open_log
from bot.cli.exits import InputError
from bot.cli.logged import became, votes, when_and_where
from bot.cli.reading import settings_for
from bot.cli.rendering import BAR
from bot.cli.tables import columns
from bot.cli.terminal import Terminal, print_json, printable
from bot.exporting import row_record
from bot.pages.wording import counted
from retrieval import library
from retrieval.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.settings import Settings
    from bot.store.rows import LoggedQuote, LogRow

FINGERPRINT = 19  # characters of the articles' fingerprint: enough for people; JSON has it whole


def show_receipt(id: str, *, json: bool) -> None:  # noqa: A002 - it is called that
    """Print the row of that id. Raises InputError where there is none."""
    settings = settings_for()
    row = asyncio.run(_found(settings, id.strip().lower())) if settings.log_file.exists() else None
    if row is None:
        raise InputError(
            f"No question in the log has the id “{id}”; `quoth log recent` shows the ids of the last ones."
        )
    if json:
        print_json(row_record(row))
        return
    terminal = Terminal()
    terminal.say(row.question.strip() or "(an empty question)", "bold")
    terminal.say(" · ".join([became(row), *votes(row), *when_and_where(row)]))
    terminal.print()
    if row.quotes and row.quotes[0].near:
        terminal.say("The closest passages, which were only offered:")
        terminal.print()
    for quote in row.quotes:
        _show_quote(terminal, quote)
    table = columns("", "")
    for name, value in _kept(row, settings):
        table.add_row(Text(name, "dim"), Text(printable(value)))
    terminal.show(table)


async def _found(settings: Settings, id: str) -> LogRow | None:  # noqa: A002 - likewise
    async with open_log(settings, insist=True, check=False) as log:
        return await log.get(id)


def _show_quote(terminal: Terminal, quote: LoggedQuote) -> None:
    for line in Text(printable(quote.text)).wrap(terminal, terminal.columns - len(BAR)):
        line.rstrip()
        terminal.print(Text.assemble((BAR, "cyan"), line), soft_wrap=True)
    terminal.say(quote.name, "italic", indent=len(BAR))
    where = f"{quote.file}, characters {quote.start} to {quote.end}, {quote.score:.2f} points"
    terminal.say(where, "dim", indent=len(BAR))
    terminal.print()


def _kept(row: LogRow, settings: Settings) -> Iterator[tuple[str, str]]:
    """Name what else is kept, where there is something."""
    yield "Id", row.id
    if row.follows:
        yield "Follows", f"{row.follows}, with whose words it was read"
    yield "Confidence", f"{row.confidence:.0%}, after {row.elapsed_ms:.1f} milliseconds"
    if row.guild is not None:
        yield "Server", str(row.guild)
    if row.channel is not None:
        yield "Channel", str(row.channel)
    yield "Asker", row.asker or "not named"
    yield "Articles", f"{row.library[:FINGERPRINT]}, {_since_then(row, settings)}"
    yield "Version", f"quoth {row.version}"


def _since_then(row: LogRow, settings: Settings) -> str:
    """Say whether the articles are those that the answer was taken from."""
    try:
        today = library.load(settings.seeds)
    except LibraryError:
        return "which are not there today"
    if today.fingerprint == row.library:
        return "the same as today"
    hashes = {article.file: article.sha256 for article in today.articles}
    changed = {quote.file for quote in row.quotes if hashes.get(quote.file) != quote.sha256}
    if not changed:
        return "changed since, but not those that it quotes"
    return f"changed since, also {counted(len(changed), 'article')} that it quotes"
