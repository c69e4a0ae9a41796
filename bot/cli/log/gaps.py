"""`quoth log unanswered` and `quoth log gap`: what the articles lack, and what is done about it."""

from __future__ import annotations

import asyncio
import datetime
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.app.log_engine import log_maintenance, open_log
from bot.cli.log.row_text import short
from bot.cli.log.time_options import moment
from bot.cli.terminal.articles import answerer_for, settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json, Seeds
from bot.cli.terminal.source_lookup import find_source
from bot.cli.terminal.terminal import Terminal, print_json
from bot.i18n import counted
from bot.services.review.gaps import ask_again, gap_of, gap_with, groups_of, is_closed, unhelped
from bot.store.gaps import GapState

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config.settings import Settings
    from bot.services.review.gaps import Closed, Gap
    from bot.store.gaps import Unhelped
    from retrieval.answer.answerer import Answerer

Since = Annotated[
    str | None,
    typer.Option(
        "--since",
        metavar="WHEN",
        help="Only what was asked since then: a day such as 2026-01-31, or a while ago such as 12h, 7d or 4w. "
        "The default is the last 90 days.",
        show_default=False,
    ),
]
Server = Annotated[
    int | None, typer.Option("--server", metavar="ID", help="Only this Discord server.", show_default=False)
]
State = Annotated[
    str | None,
    typer.Option("--state", metavar="open|planned|closed", help="Set what is done about it.", show_default=False),
]
By = Annotated[
    str | None,
    typer.Option("--by", metavar="SOURCE", help="The name of the source that closes it.", show_default=False),
]


def unanswered(
    *,
    number: Annotated[
        int, typer.Option("-n", "--number", metavar="N", help="How many gaps to show, the largest first.")
    ] = 20,
    since: Since = None,
    server: Server = None,
    closed: Annotated[
        bool, typer.Option("--closed", help="Show closed gaps, with the source that closed each.")
    ] = False,
    again: Annotated[
        bool, typer.Option("--again", help="First ask the open questions again, and close those that are answered now.")
    ] = False,
    seeds: Seeds = None,
    json: Json = False,
) -> None:
    """Show what the articles lack: questions without a good answer, in groups.

    These are the questions that no source answered and those whose answer
    was voted down, grouped by the rare words that they share. The words that
    no source has are named. `quoth log recent --unanswered` lists them one by one.

    [bold]Examples[/bold]

      quoth log unanswered
      quoth log unanswered --since 4w --server 123456789012345678
      quoth log unanswered --again      after new articles
    """
    start, problems = _start(since)
    if number < 1:
        problems.append(f"-n is {number}; give 1 or more.")
    settings = settings_for(problems, seeds=seeds)
    answerer = answerer_for(settings)
    rows, done = asyncio.run(_found(settings, answerer, server=server, since=start, again=again))
    groups = groups_of([row for row in rows if is_closed(row) is closed], answerer)
    gaps = [gap_of(group, answerer) for group in groups[:number]]
    if json:
        for gap in gaps:
            print_json(_record(gap))
        return
    terminal = Terminal()
    if again:
        _show_closed(terminal, done)
    for found in gaps:
        _show_gap(terminal, found)
    if len(groups) > number:
        terminal.say(f"There are {len(groups) - number:,} more: add -n {len(groups)} to see them all.", "dim")
    elif not groups:
        terminal.say(_nothing(closed=closed))


def gap(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of the gap, or of any of its questions.")],  # noqa: A002
    *,
    state: State = None,
    by: By = None,
    seeds: Seeds = None,
    json: Json = False,
) -> None:
    """Show one gap with its questions, or set what is done about it.

    When a source closes a gap, everyone who asked to be told is told.

    [bold]Examples[/bold]

      quoth log gap 06bx4mrh4kq2v7tz
      quoth log gap 06bx4mrh4kq2v7tz --state planned
      quoth log gap 06bx4mrh4kq2v7tz --by "After Mosul"
    """
    wanted = None
    with suppress(ValueError):
        wanted = GapState(state.strip().lower()) if state else None
    problems = [f"--state is “{state}”; give open, planned or closed."] if state and not wanted else []
    if by and wanted not in {None, GapState.CLOSED}:
        problems.append(f"--by is the source that closes a gap, and --state is “{state}”; leave one of them out.")
    settings = settings_for(problems, seeds=seeds)
    if not log_maintenance(settings).exists():
        raise _not_found(id)
    answerer = answerer_for(settings)
    source = find_source(by, answerer.library.articles).name if by else None
    found = asyncio.run(_put(settings, answerer, id.strip().lower(), GapState.CLOSED if by else wanted, source))
    if found is None:
        raise _not_found(id)
    if json:
        print_json(_record(found))
        return
    terminal = Terminal()
    _show_gap(terminal, found)
    for row in found.questions:
        terminal.say(short(row.question))
        terminal.say(" · ".join([f"{row.asked_at.astimezone():%Y-%m-%d %H:%M}", row.id]), "dim", indent=2)


def _start(since: str | None) -> tuple[datetime.datetime | None, list[str]]:
    """Read what was typed behind --since; also what is wrong with it."""
    try:
        return (moment(since, _now()) if since else None), []
    except InputError as error:
        return None, [str(error)]


async def _found(
    settings: Settings, answerer: Answerer, *, server: int | None, since: datetime.datetime | None, again: bool
) -> tuple[Sequence[Unhelped], Sequence[Closed]]:
    if not log_maintenance(settings).exists():
        return (), ()
    async with open_log(settings, insist=True, check=False) as log:
        done = await ask_again(log, answerer, now=_now()) if again else ()
        return await unhelped(log, guild=server, now=_now(), since=since), done


async def _put(
    settings: Settings,
    answerer: Answerer,
    id: str,  # noqa: A002 - it is called that
    state: GapState | None,
    source: str | None,
) -> Gap | None:
    async with open_log(settings, insist=True, check=False) as log:
        # Of all servers: the log is that of whoever runs the bot.
        rows = await unhelped(log, guild=None, now=_now())
        gap = gap_with(id, rows, answerer)
        if gap is None or state is None:
            return gap
        await log.gaps.set([row.id for row in gap.questions], state, guild=None, source=source)
        return gap_with(id, await unhelped(log, guild=None, now=_now()), answerer)


def _not_found(id: str) -> InputError:  # noqa: A002 - likewise
    return InputError(
        f"No question of the last 90 days with the id “{short(id)}” is without an answer or voted down; "
        "`quoth log unanswered` shows those that are."
    )


def _nothing(*, closed: bool) -> str:
    if closed:
        return "No gap was closed in that time."
    return "Every question of that time got an answer that nobody voted down, or its gap is closed."


def _show_closed(terminal: Terminal, done: Sequence[Closed]) -> None:
    terminal.say(f"{counted(len(done), 'question')} answered now:" if done else "No open question is answered now.")
    for found in done:
        terminal.say(short(found.question), indent=2)
        terminal.say(f"by {found.source} · {found.id}", "dim", indent=4)
    terminal.print()


def _show_gap(terminal: Terminal, gap: Gap) -> None:
    """Print what a gap is called, its numbers, and its newest question."""
    newest = gap.questions[0]
    terminal.say(", ".join(gap.words) or short(newest.question), "bold")
    days = dict.fromkeys(f"{moment:%Y-%m-%d}" for moment in (gap.first.astimezone(), gap.last.astimezone()))
    about = [counted(len(gap.questions), "question"), counted(gap.askers, "asker"), " to ".join(days), _state(gap)]
    terminal.say(" · ".join([*about, gap.id]), "yellow" if gap.state is GapState.OPEN else "dim", indent=2)
    if gap.missing:
        terminal.say(f"no source has {', '.join(gap.missing)}", indent=2)
    terminal.say(f"newest: {short(newest.question)}", indent=2)


def _state(gap: Gap) -> str:
    return f"closed by {gap.source}" if gap.state is GapState.CLOSED and gap.source else gap.state.value


def _record(gap: Gap) -> dict[str, Any]:
    return {
        "id": gap.id,
        "words": list(gap.words),
        "missing": list(gap.missing),
        "count": len(gap.questions),
        "askers": gap.askers,
        "first": gap.first.isoformat(),
        "last": gap.last.isoformat(),
        "state": gap.state.value,
        "source": gap.source,
        "questions": [{"id": row.id, "question": row.question, "answered": row.answered} for row in gap.questions],
    }


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)
