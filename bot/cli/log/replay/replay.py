"""`quoth log replay`: the questions of the log asked again, and what changed, as text or as JSON."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app import log_engine
from bot.cli.log.filter_options import FilterOptions, choosing
from bot.cli.log.filter_reader import FilterReader
from bot.cli.log.marked_questions import write_questions
from bot.cli.log.replay.replay_records import change_record, obstacle_record, tally_record
from bot.cli.log.replay.replay_report import show_tally
from bot.cli.terminal.articles import answerer_for, library_for, reading_bar, settings_for
from bot.cli.terminal.options import Json
from bot.cli.terminal.terminal import Terminal, print_json
from bot.services.receipts import VERSION
from bot.services.review.replay import Obstacle, Replay, ReplayChange, Tally
from bot.store.filters import Filter

if TYPE_CHECKING:
    from bot.cli.log.filter_options import FilterOptions
    from bot.config.settings import Settings
    from bot.store.log_reader import LogReader, RowSelection
    from retrieval.answer.answerer import Answerer

Number = Annotated[
    int | None,
    typer.Option(
        "-n", "--number", metavar="N", help="Only the newest N questions. The default is all.", show_default=False
    ),
]
Against = Annotated[
    Path | None,
    typer.Option(
        "--against",
        metavar="DIR",
        help="Ask this folder of articles instead of the one in use, before it goes live.",
        show_default=False,
    ),
]
AsQuestions = Annotated[
    Path | None,
    typer.Option(
        "--as-questions",
        metavar="FILE",
        help="Ask nothing, but write the marked questions into FILE for `quoth eval`; - is standard output.",
        show_default=False,
    ),
]

SHOWN_OF_EACH_CHANGE = 20  # changed questions


@choosing
def replay(
    *,
    number: Number = None,
    against: Against = None,
    as_questions: AsQuestions = None,
    json: Json = False,
    chosen: FilterOptions,
) -> None:
    """Ask the questions of the log again, and list those whose answer has changed.

    They are asked of today's articles with today's settings. A follow-up is
    asked as a follow-up, a question to one source goes to that source, and
    each gets as many quotations as before. Nothing is logged.

    [bold]Examples[/bold]

      quoth log replay
      quoth log replay --since 7d --against new-articles
      quoth log replay --unanswered --source trams
      quoth log replay --as-questions reviewed.jsonl

    [bold]Exit status[/bold]

      0 done, however much has changed, 2 wrong use or settings,
      3 something broken
    """
    run_replay(ReplayOptions(chosen=chosen, number=number, against=against, as_questions=as_questions, json=json))


@dataclass(frozen=True, slots=True)
class ReplayOptions:
    """The options of `quoth log replay`; None where one was not given."""

    chosen: FilterOptions
    number: int | None
    against: Path | None
    as_questions: Path | None
    json: bool


def run_replay(wishes: ReplayOptions) -> None:
    """Ask again what the `wishes` are for. What cannot be done is said before anything is asked."""
    choice = FilterReader(wishes.chosen)
    folder = wishes.against if wishes.against and wishes.against.is_dir() else None
    settings = settings_for([*_problems(wishes), *choice.problems], seeds=folder)
    if not log_engine.log_maintenance(settings).exists():
        _say_nothing(f"No question is in the log {settings.log_name} yet.", wishes)
        return
    wanted = asyncio.run(_meant(settings, choice))
    with log_engine.log_maintenance(settings).read() as reader:
        rows = reader.select(wanted, newest=wishes.number, reviewed=wishes.as_questions is not None)
        if not rows.count:
            _say_nothing(_none_of(settings, choice, wishes), wishes)
        elif wishes.as_questions:
            write_questions(wishes.as_questions, rows, library_for(settings))
        else:
            _replay(reader, rows, settings, wishes)


async def _meant(settings: Settings, choice: FilterReader) -> Filter:
    async with log_engine.open_log(settings, insist=True, check=False) as log:
        return await choice.filter_for(log, settings.data)


def _none_of(settings: Settings, choice: FilterReader, wishes: ReplayOptions) -> str:
    """Say that no row is meant."""
    what = "marked as right, wrong or to be refused" if wishes.as_questions else "asked"
    since = choice.wanted.since
    if choice.wanted != Filter(since=since) or choice.source is not None:
        return f"No question like that in the log {settings.log_name} was {what}; leave out a part."
    when = f"since {since.astimezone():%Y-%m-%d %H:%M}" if since else "yet"
    return f"No question in the log {settings.log_name} was {what} {when}."


def _problems(wishes: ReplayOptions) -> list[str]:
    problems = []
    if wishes.number is not None and wishes.number < 1:
        problems.append(f"-n is {wishes.number}; give 1 or more.")
    if wishes.against and not wishes.against.is_dir():
        problems.append(f"--against is {wishes.against}, which is not a folder; give a folder of articles.")
    if wishes.as_questions and wishes.json:
        problems.append("There is --json and --as-questions, whose file is JSON by itself; give one of them.")
    if wishes.as_questions and wishes.as_questions.exists():
        problems.append(f"{wishes.as_questions} is there already; name another file, or move that one away.")
    return problems


def _say_nothing(why: str, wishes: ReplayOptions) -> None:
    """Say why there is nothing to ask, out of the way of a program that reads what there is."""
    Terminal(stderr=wishes.json or wishes.as_questions is not None).say(why)


def _replay(reader: LogReader, rows: RowSelection, settings: Settings, wishes: ReplayOptions) -> None:
    answerer = answerer_for(settings)
    tally = _asked_again(reader, rows, answerer, json=wishes.json)
    if wishes.json:
        print_json(tally_record(tally))
    else:
        show_tally(Terminal(), tally, articles=len(answerer.library.articles), folder=wishes.against)


def _asked_again(reader: LogReader, rows: RowSelection, answerer: Answerer, *, json: bool) -> Tally:
    """Ask each row and count what came; as JSON each is printed as soon as it is known to have changed."""
    tally = Tally(answerer.library.fingerprint, VERSION, keep=0 if json else SHOWN_OF_EACH_CHANGE)
    replay = Replay(answerer, reader.get)
    with reading_bar("Asking the questions again") as progress:
        for done, (row, review) in enumerate(rows, 1):
            found = replay.ask(row)
            tally.add(found, review)
            progress(done, rows.count)
            if not json:
                continue
            if isinstance(found, Obstacle):
                print_json(obstacle_record(row, found, review))
            elif found.change is not ReplayChange.SAME:
                print_json(change_record(found, review, library=tally.library, version=tally.version))
    return tally
