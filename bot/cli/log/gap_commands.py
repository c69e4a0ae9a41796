"""`quoth log unanswered` and `quoth log gap`: what the articles lack, and what is done about it."""

from typing import Annotated

import typer

from bot.cli.terminal.options import Json, Seeds


def unanswered(
    *,
    number: Annotated[int, typer.Option("-n", "--number", metavar="N", help="How many gaps, the largest first.")] = 20,
    since: Annotated[
        str | None,
        typer.Option(
            "--since",
            metavar="WHEN",
            help="Only what was asked since then: a day such as 2026-01-31, or a while ago such as 12h, 7d or 4w. "
            "Otherwise of the last 90 days.",
            show_default=False,
        ),
    ] = None,
    server: Annotated[
        int | None, typer.Option("--server", metavar="ID", help="Only this Discord server.", show_default=False)
    ] = None,
    closed: Annotated[bool, typer.Option("--closed", help="Those that are closed, with the source that did.")] = False,
    again: Annotated[
        bool, typer.Option("--again", help="Ask open questions again first, and close those answered now.")
    ] = False,
    seeds: Seeds = None,
    json: Json = False,
) -> None:
    """Show what the articles lack: questions without help, grouped.

    These are the questions that no source answered and those whose answer
    was voted down, grouped by the rare words that they share, with the words
    that no source has. `quoth log recent --unanswered` lists them one by one.

    [bold]Examples[/bold]

      quoth log unanswered
      quoth log unanswered --since 4w --server 123456789012345678
      quoth log unanswered --again      after new articles
    """
    from bot.cli.log.gap_run import show_gaps  # noqa: PLC0415 - the help comes at once: it does without what is behind

    show_gaps(number=number, since=since, server=server, closed=closed, again=again, seeds=seeds, json=json)


def gap(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id of the gap, or of any of its questions.")],  # noqa: A002
    *,
    state: Annotated[
        str | None,
        typer.Option(
            "--state", metavar="open|planned|closed", help="Say what is done about all of it.", show_default=False
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", metavar="SOURCE", help="The source that closes it, by its name.", show_default=False),
    ] = None,
    seeds: Seeds = None,
    json: Json = False,
) -> None:
    """Show one gap with its questions, or say what is done about it.

    Closed by a source, those who asked to be told of one are told.

    [bold]Examples[/bold]

      quoth log gap 06bx4mrh4kq2v7tz
      quoth log gap 06bx4mrh4kq2v7tz --state planned
      quoth log gap 06bx4mrh4kq2v7tz --by "After Mosul"
    """
    from bot.cli.log.gap_run import show_gap  # noqa: PLC0415 - the help comes at once

    show_gap(id, state=state, by=by, seeds=seeds, json=json)
