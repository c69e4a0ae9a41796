"""`quoth review`: the log in a browser on this machine, with Datasette where it is installed."""

from __future__ import annotations

import asyncio
import errno
import secrets
import socket
import webbrowser
from importlib.util import find_spec
from typing import TYPE_CHECKING, Annotated

import typer

from bot.app.log_engine import log_maintenance
from bot.cli.review.access import Guard
from bot.cli.terminal.articles import settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.extras import how_to_install
from bot.cli.terminal.terminal import Terminal

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.log_maintenance import LogMaintenance

HOST = "127.0.0.1"
LAST_PORT = 65_535


def review(
    *,
    port: Annotated[
        int, typer.Option("--port", metavar="N", help="The port to listen on; 0 takes any that is free.")
    ] = 8001,
    no_open: Annotated[bool, typer.Option("--no-open", help="Print the address without opening a browser.")] = False,
) -> None:
    """Review the log in a browser, with lists, filters, charts and SQL.

    It needs Datasette, which comes with the extra “review”. Nothing can be
    changed, nothing leaves this machine, and only somebody who has the
    printed address can read it. The bot may be running. Ctrl-C ends it.
    Of a log in PostgreSQL it shows a copy, which is deleted at the end.

    [bold]Examples[/bold]

      quoth review
      quoth review --port 0 --no-open
    """
    problems = (
        []
        if 0 <= port <= LAST_PORT
        else [f"--port is {port}; give a number from 0 to {LAST_PORT}, where 0 takes any that is free."]
    )
    if find_spec("datasette") is None:
        problems.append(f"quoth review needs Datasette, which is not installed; {how_to_install('review')}.")
    settings = settings_for(problems)
    maintenance = log_maintenance(settings)
    if not maintenance.exists():
        raise InputError(
            f"There is no log {settings.log_name} yet, so there is nothing to review; ask something first."
        )
    maintenance.prepare()  # a log of an earlier version has an earlier schema
    terminal = Terminal()
    if settings.log_address:
        terminal.say(f"Copying the log {settings.log_name}; what is asked from now on is in the next review.", "dim")
    with _listening(port) as listening, maintenance.as_file() as (log_file, of_file):
        key = secrets.token_urlsafe(16)
        at = f"{HOST}:{listening.getsockname()[1]}"
        address = f"http://{at}/?key={key}"
        terminal.say(f"The log is at {address}")
        terminal.say("Anyone on this machine who has this address can read the log. Ctrl-C ends it.", "dim")
        if not no_open:
            webbrowser.open(address)
        asyncio.run(_serve(log_file, of_file, listening, at, key))


def _listening(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((HOST, port))
        listening.listen()  # who comes before the site is ready waits, and is not sent away
    except OSError as error:
        listening.close()
        why = "taken by another program" if error.errno == errno.EADDRINUSE else f"not to be had ({error.strerror})"
        raise InputError(f"Port {port} is {why}; give another with --port, or 0 for any that is free.") from error
    return listening


async def _serve(log_file: Path, maintenance: LogMaintenance, listening: socket.socket, at: str, key: str) -> None:
    import uvicorn  # noqa: PLC0415 - it comes with Datasette, which not everybody has

    from bot.cli.review.site import site  # noqa: PLC0415 - likewise

    # No line for each request: an address may have a question in it.
    config = uvicorn.Config(
        Guard(site(log_file, maintenance), at, key), log_level="warning", access_log=False, lifespan="on"
    )
    await uvicorn.Server(config).serve(sockets=[listening])
