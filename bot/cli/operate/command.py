"""`quoth run`: the bot on Discord."""

from typing import Annotated

import typer

from bot.cli.terminal.options import Seeds


def run(
    *,
    sync: Annotated[
        bool, typer.Option("--sync", help="Send the commands to Discord even if they have not changed.")
    ] = False,
    chat_without_token: Annotated[
        bool,
        typer.Option("--chat-without-token", help="Without DISCORD_TOKEN, start the chat in the terminal instead."),
    ] = False,
    log_format: Annotated[
        str | None,
        typer.Option(
            "--log-format",
            metavar="text|json",
            help="How the bot tells what it does. Otherwise it is what QUOTH_LOG_FORMAT says, or text.",
            show_default=False,
        ),
    ] = None,
    health_port: Annotated[
        int | None,
        typer.Option(
            "--health-port",
            metavar="PORT",
            help="Tell at http://127.0.0.1:PORT/healthz whether all is well. Otherwise it is QUOTH_HEALTH_PORT.",
            show_default=False,
        ),
    ] = None,
    seeds: Seeds = None,
) -> None:
    """Start the bot on Discord. It needs DISCORD_TOKEN.

    Ctrl-C and SIGTERM stop it once the answers in hand are delivered.
    quoth doctor checks beforehand whether anything stands in the way.

    [bold]Examples[/bold]

      quoth run
      quoth run --sync
      quoth run --health-port 8080      for whatever watches over it
      quoth run --chat-without-token    as `make run` does
    """
    from bot.cli.operate.run import serve  # noqa: PLC0415 - the help comes at once: it does without what is behind

    options = {"log_format": log_format, "health_port": health_port}
    raise typer.Exit(serve(seeds, options, sync=sync, chat_without_token=chat_without_token))
