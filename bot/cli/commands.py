"""Every command of `quoth`, in the order of the help. A new one is a file and a row in COMMANDS."""

import logging
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from bot.cli.ask import ask
from bot.cli.chat import chat
from bot.cli.doctor import doctor
from bot.cli.eval import evaluate
from bot.cli.exits import Commands
from bot.cli.index import index
from bot.cli.log import log
from bot.cli.review import review
from bot.cli.run import run
from bot.cli.sentences import sentences
from bot.cli.sources import sources
from bot.cli.verify import verify

ASKING, SOURCES, OPERATING = "Ask", "Sources", "Run and check"
COMMANDS: Mapping[str, Mapping[str, Callable[..., Any]]] = {
    ASKING: {"ask": ask, "chat": chat, "verify": verify},
    SOURCES: {"sources": sources, "index": index, "sentences": sentences},
    OPERATING: {"run": run, "doctor": doctor, "eval": evaluate, "review": review},
}


def quoth(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show the traceback of what goes wrong.")] = False,
) -> None:
    """Ask your own articles and get the exact sentences that answer, each with its source.

    Nothing is made up: an answer is a quotation, or an honest "none of the
    sources answers this".

    [bold]To begin with[/bold]

      quoth ask "Who leads the group now?"    asks the articles in ./seeds
      quoth chat                              one question after the other
      quoth doctor                            is everything in place?
    """
    if debug:
        logging.basicConfig(format="%(message)s")
        for package in ("bot", "retrieval"):
            logging.getLogger(package).setLevel(logging.DEBUG)


app = typer.Typer(
    cls=Commands,
    callback=quoth,
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
for group, commands in COMMANDS.items():
    for name, command in commands.items():
        app.command(name, rich_help_panel=group)(command)
app.add_typer(log, name="log", rich_help_panel=OPERATING)
