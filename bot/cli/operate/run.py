"""`quoth run`: the bot on Discord, or the chat in its place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app import serving
from bot.cli.ask.chat import chat_at_desk
from bot.cli.terminal.articles import answerer_for, settings_for
from bot.cli.terminal.options import Seeds
from bot.cli.terminal.terminal import Terminal
from bot.config.errors import SettingsError
from bot.config.settings import require_token
from bot.services.article_watcher import hangup_shield
from retrieval.core.errors import LibraryError

if TYPE_CHECKING:
    from bot.config.settings import Settings
    from retrieval.answer.answerer import Answerer

LogFormat = Annotated[
    str | None,
    typer.Option(
        "--log-format",
        metavar="text|json",
        help="The format of the program's own log. The default is QUOTH_LOG_FORMAT, or text.",
        show_default=False,
    ),
]
HealthPort = Annotated[
    int | None,
    typer.Option(
        "--health-port",
        metavar="PORT",
        help="Report at http://127.0.0.1:PORT/healthz whether all is well. The default is QUOTH_HEALTH_PORT.",
        show_default=False,
    ),
]
Shards = Annotated[
    str | None,
    typer.Option(
        "--shards",
        metavar="FIRST-LAST/ALL",
        help="Serve only these shards of so many in all, where several processes share the servers, such as 0-3/16. "
        "The default is QUOTH_SHARDS, or all.",
        show_default=False,
    ),
]


def run(
    *,
    sync: Annotated[
        bool, typer.Option("--sync", help="Send the commands to Discord even if they have not changed.")
    ] = False,
    chat_without_token: Annotated[
        bool,
        typer.Option("--chat-without-token", help="Without DISCORD_TOKEN, start the chat in the terminal instead."),
    ] = False,
    shards: Shards = None,
    log_format: LogFormat = None,
    health_port: HealthPort = None,
    seeds: Seeds = None,
) -> None:
    """Start the bot on Discord.

    It needs the setting DISCORD_TOKEN. Ctrl-C and SIGTERM stop it once the
    answers on their way are delivered. quoth doctor checks beforehand
    whether anything stands in the way.

    [bold]Examples[/bold]

      quoth run
      quoth run --sync
      quoth run --shards 0-3/16         the first of four processes
      quoth run --health-port 8080      for a program that watches over it
      quoth run --chat-without-token    as `make run` does
    """
    settings = settings_for(seeds=seeds, shards=shards, log_format=log_format, health_port=health_port)
    if settings.discord_token is None and chat_without_token:
        Terminal(stderr=True).say(
            "DISCORD_TOKEN is not set, so this is the chat in the terminal; see `quoth run --help`."
        )
        chat_at_desk(settings, answerer_for(settings))
        return
    with hangup_shield():
        answerer = _ready(settings)
        asyncio.run(serving.serve(settings, answerer, sync=sync))


def _ready(settings: Settings) -> Answerer:
    """Check the token and read the articles, so that what is wrong with both is said at once."""
    problems: list[str] = []
    try:
        require_token(settings)
    except SettingsError as error:
        problems.append(str(error))
    try:
        answerer = answerer_for(settings, with_problems=False)  # the log has each
    except LibraryError as error:
        raise SettingsError("\n".join([*problems, str(error)])) from error
    if problems:
        raise SettingsError("\n".join(problems))
    return answerer
