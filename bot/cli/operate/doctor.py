"""`quoth doctor`: what would fail in the settings, the articles, the log or the token, and what to do about it."""

from __future__ import annotations

import asyncio
import os
import shutil
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import typer
from rich.filesize import decimal
from rich.text import Text

from bot.app import answering, log_engine
from bot.cli.terminal.articles import about_waiting, reading_bar
from bot.cli.terminal.exit_codes import ANSWERED, WRONG
from bot.cli.terminal.options import Json, Seeds
from bot.cli.terminal.tables import columns
from bot.cli.terminal.terminal import Terminal, print_json, printable
from bot.config.errors import LogError, SettingsError
from bot.config.settings import (
    ENV_FILE,
    Settings,
    application_of,
    load_settings,
    names,
    token_problem,
    unknown_settings,
)
from bot.i18n import counted
from retrieval.core.errors import LibraryError
from retrieval.index.native import functions
from retrieval.search.meaning.readiness import MeaningState
from retrieval.search.reranking.calibration import ceiling

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from retrieval.answer.answerer import Answerer


def doctor(*, json: Json = False, seeds: Seeds = None) -> None:
    """Check the settings, the articles, the log and the token, and say what to fix.

    Only the shape of the token is checked; it is never shown, and Discord
    is not asked.

    [bold]Exit status[/bold]

      0 all is well, 2 something would fail

    [bold]Examples[/bold]

      quoth doctor
      quoth doctor --json
    """
    raise typer.Exit(examine(seeds, json=json))


MANY_ROWS = 1000


LINKS = "links"


LITTLE_ROOM = 100_000_000  # bytes free on the disk of the log


class State(StrEnum):
    """How grave a finding is: `NOTE` is worth knowing and stops nothing, `FAILS` would stop something."""

    FINE = "ok"
    NOTE = "note"
    FAILS = "fails"


STYLES = {State.FINE: "green", State.NOTE: "yellow", State.FAILS: "bold red"}


@dataclass(frozen=True, slots=True)
class CheckResult:
    """One thing that was looked at, in a sentence."""

    part: str
    state: State
    text: str


def examine(seeds: Path | None, *, json: bool) -> int:
    """Print every finding and give the exit status."""
    findings = list(find(seeds))
    failing = sum(finding.state is State.FAILS for finding in findings)
    if json:
        described = [{"part": found.part, "state": found.state.value, "text": found.text} for found in findings]
        print_json({"fine": not failing, "findings": described})
    else:
        _show(findings, failing)
    return WRONG if failing else ANSWERED


def find(seeds: Path | None = None) -> Iterator[CheckResult]:
    """Look at one part after the other; each is looked at whatever is wrong with those before."""
    for problem in unknown_settings():
        yield CheckResult("settings", State.NOTE, problem)
    try:
        settings = load_settings(seeds=seeds)
    except SettingsError as error:
        for problem in str(error).splitlines():
            yield CheckResult("settings", State.FAILS, problem)
        yield CheckResult("settings", State.NOTE, "The rest is looked at when these are mended.")
        return
    yield from _settings(settings, seeds)
    for look in LOOKS:
        yield from look(settings)


def _settings(settings: Settings, seeds: Path | None) -> Iterator[CheckResult]:
    in_environment = {name.upper() for name, value in os.environ.items() if value}
    for field, variable in zip(Settings.model_fields, names(), strict=True):
        if field == "discord_token":  # it has a part of its own, and is never shown
            continue
        value = settings.log_name if field == "log" and settings.log else getattr(settings, field)
        if field not in settings.model_fields_set:
            source = "by default"
        elif field == "seeds" and seeds is not None:
            source = "from --seeds"
        else:
            source = "from the environment" if variable in in_environment else f"from {ENV_FILE}"
        what = f"{_as_written(value)}, {source}" if value not in {None, frozenset()} else "not set"
        yield CheckResult("settings", State.FINE, f"{variable} is {what}.")


def _as_written(value: object) -> object:
    """A value as somebody would write it into a file of settings."""
    if isinstance(value, frozenset):
        return ",".join(map(str, sorted(value)))
    return str(value).lower() if isinstance(value, bool) else value


def _articles(settings: Settings) -> Iterator[CheckResult]:
    try:
        with reading_bar() as progress:
            answerer = answering.open_answerer(settings, progress=progress)
    except LibraryError as error:
        yield CheckResult("articles", State.FAILS, str(error))
        return
    library, corpus = answerer.library, answerer.corpus
    read = f"{counted(len(library.articles), 'article')}, {counted(len(corpus.sentences), 'sentence')}"
    yield CheckResult("articles", State.FINE, f"{read} in {settings.index or library.folder}.")
    for problem in library.problems:
        yield CheckResult("articles", State.FAILS, problem)
    yield from _meaning(answerer)
    highest = ceiling(with_meaning=answerer.meaning is not None)
    if settings.enough > highest:
        text = (
            f"QUOTH_ENOUGH is {settings.enough:g}, and no answer has a confidence above {highest:g}: every question is "
            f"refused. Give less; {Settings.model_fields['enough'].default:g} is the default."
        )
        yield CheckResult("answers", State.FAILS, text)
    elif settings.sure > highest:
        text = (
            f"QUOTH_SURE is {settings.sure:g}, and no answer has a confidence above {highest:g}: every answer is "
            f'"not sure, but this may be it". Give less; {Settings.model_fields["sure"].default:g} is the default.'
        )
        yield CheckResult("answers", State.NOTE, text)
    elif settings.enough > settings.sure:
        text = (
            f"QUOTH_ENOUGH, {settings.enough:g}, is above QUOTH_SURE, {settings.sure:g}: no answer is given with "
            "reserve, and what is not sure enough is refused."
        )
        yield CheckResult("answers", State.NOTE, text)


def _meaning(answerer: Answerer) -> Iterator[CheckResult]:
    status = answerer.meaning_status
    match status.state:
        case MeaningState.READY:
            yield CheckResult("meaning", State.FINE, f"{status.model} reads along with every answer.")
        case MeaningState.WAITING:
            yield CheckResult("meaning", State.NOTE, about_waiting(status))
        case MeaningState.FAILED:
            yield CheckResult("meaning", State.FAILS, status.note)


def _search(_: Settings) -> Iterator[CheckResult]:
    if functions.available():
        yield CheckResult("search", State.FINE, "The compiled kernel searches the articles.")
    else:
        text = "numpy alone searches the articles, as there was no C compiler at installing: no worse, only slower."
        yield CheckResult("search", State.FINE, text)


def _log(settings: Settings) -> Iterator[CheckResult]:
    try:
        maintenance = log_engine.log_maintenance(settings)
        if not maintenance.exists():
            yield _log_to_come(settings)
            return
        rows, problem = asyncio.run(_looked_into(settings))
    except (LogError, SettingsError) as error:
        yield CheckResult("log", State.FAILS, str(error))
        return
    if problem:
        yield CheckResult("log", State.FAILS, problem)
        return
    many = f"{MANY_ROWS:,} questions or more" if rows == MANY_ROWS else counted(rows, "question")
    size = decimal(maintenance.size())
    yield CheckResult("log", State.FINE, f"{many} in {settings.log_name}, {size}, and it can be written.")
    for text in maintenance.advice():
        yield CheckResult("log", State.NOTE, text)
    if settings.log_address:
        return
    path = settings.log_file
    if (free := shutil.disk_usage(path.parent).free) < LITTLE_ROOM:
        yield CheckResult(
            "log", State.NOTE, f"The disk of {path} has only {decimal(free)} left; free some space before it is full."
        )


async def _looked_into(settings: Settings) -> tuple[int, str | None]:
    """Count the newest rows of the log, and say what keeps more from being written. Raises LogError."""
    async with log_engine.open_log(settings, insist=True) as log:
        await log.examined()
        return len(await log.recent(MANY_ROWS)), await log.health()


def _log_to_come(settings: Settings) -> CheckResult:
    path = settings.log_file
    if settings.log_address:
        return CheckResult("log", State.FINE, f"{settings.log_name} has no log yet; the first question makes it.")
    home = next(parent for parent in path.absolute().parents if parent.exists())
    if os.access(home, os.W_OK | os.X_OK):
        return CheckResult("log", State.FINE, f"{path} is not there yet; the first question makes it.")
    return CheckResult(
        "log",
        State.FAILS,
        f"{path} cannot be made, since {home} may not be written; let the user who runs quoth write there, or set "
        "QUOTH_DATA to another folder.",
    )


def _kept(settings: Settings) -> Iterator[CheckResult]:
    """Look for the backups, and for what was put aside as damaged."""
    try:
        maintenance = log_engine.log_maintenance(settings)
    except SettingsError:  # which was said of the log already
        return
    if made := maintenance.nightly_backups():
        yield CheckResult("backups", State.FINE, f"The newest of {len(made)} nightly ones is {made[-1]}.")
    for damaged in maintenance.damaged_files():
        left = "what could be read of it is in the log" if damaged.recovered else "it is not salvaged yet"
        yield CheckResult("log", State.NOTE, f"{damaged.path} was damaged and put aside; {left}.")


def _token(settings: Settings) -> Iterator[CheckResult]:
    if settings.discord_token is None:
        yield CheckResult(
            "token",
            State.NOTE,
            "DISCORD_TOKEN is not set. The terminal does without; `quoth run` needs it for Discord.",
        )
    elif problem := token_problem(settings.discord_token.get_secret_value()):
        yield CheckResult("token", State.FAILS, problem)
    else:
        yield CheckResult("token", State.FINE, "DISCORD_TOKEN has the shape of a bot's token.")
        yield from _links(settings.discord_token.get_secret_value())


def _links(token: str) -> Iterator[CheckResult]:
    from bot.discord.invite_links import personal_link, server_link  # noqa: PLC0415 - discord.py takes half a second to import

    if application := application_of(token):
        yield CheckResult(LINKS, State.FINE, f"To add the bot to a server: {server_link(application)}")
        yield CheckResult(LINKS, State.FINE, f"To take it along in your own account: {personal_link(application)}")


LOOKS: tuple[Callable[[Settings], Iterator[CheckResult]], ...] = (_articles, _search, _log, _kept, _token)


def _show(findings: list[CheckResult], failing: int) -> None:
    terminal = Terminal()
    table = columns("", "", "")
    part = ""
    for finding in (finding for finding in findings if finding.part != LINKS):
        part, heading = finding.part, finding.part if finding.part != part else ""
        table.add_row(
            Text(heading, "bold"),
            Text(finding.state.value, STYLES[finding.state]),
            Text(printable(finding.text)),
        )
    terminal.show(table)
    terminal.print()
    for link in (finding for finding in findings if finding.part == LINKS):
        terminal.print(Text(link.text), soft_wrap=True)  # in one piece, so that it can be opened and copied
        terminal.print()
    verdict = f"{counted(failing, 'thing')} to mend: see “fails” above." if failing else "All is well."
    terminal.say(verdict, "bold")
