"""`quoth run`: the bot on Discord."""

from typing import Annotated

import typer

from bot.cli.options import Seeds


def run(
    *,
    sync: Annotated[
        bool, typer.Option("--sync", help="Send the commands to Discord even if they have not changed.")
    ] = False,
    chat_without_token: Annotated[
        bool,
        typer.Option("--chat-without-token", help="Without DISCORD_TOKEN, start the chat in the terminal instead."),
    ] = False,
    seeds: Seeds = None,
) -> None:
    """Start the bot on Discord. It needs DISCORD_TOKEN.

    Ctrl-C and SIGTERM stop it once the answers in hand are delivered.
    quoth doctor checks beforehand whether anything stands in the way.

    [bold]Examples[/bold]

      quoth run
      quoth run --sync
      quoth run --chat-without-token    as `make run` does
    """
    from bot.cli.serving import serve  # noqa: PLC0415 - the help comes at once: it does without what is behind

    raise typer.Exit(serve(seeds, sync=sync, chat_without_token=chat_without_token))
