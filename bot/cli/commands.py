"""Every command of `quoth`, in the order of the help. A new one is a file and a row in COMMANDS.

A command is imported when it is looked at: the help looks at all of them, and a question at its own alone.
"""

import logging
from collections import UserDict
from collections.abc import Mapping
from importlib import import_module
from typing import Annotated, Any

import typer
from typer.main import get_group

from bot.cli.terminal.exit_codes import Commands

ASKING, SOURCES, OPERATING = "Ask", "Sources", "Run and check"
# Under the heading of the help, each command and where it is: a function, or a Typer where there are commands below it.
COMMANDS: Mapping[str, Mapping[str, str]] = {
    ASKING: {
        "ask": "bot.cli.ask.command:ask",
        "chat": "bot.cli.ask.chat_command:chat",
        "verify": "bot.cli.ask.verify_command:verify",
    },
    SOURCES: {
        "sources": "bot.cli.sources.command:sources",
        "index": "bot.cli.sources.index_command:index",
        "sentences": "bot.cli.sources.sentences_command:sentences",
        "meaning": "bot.cli.meaning.commands:meaning",
    },
    OPERATING: {
        "run": "bot.cli.operate.command:run",
        "doctor": "bot.cli.operate.doctor_command:doctor",
        "eval": "bot.cli.evaluate.command:evaluate",
        "review": "bot.cli.review.command:review",
        "log": "bot.cli.log.commands:log",
    },
}


class LazyCommands(UserDict[str, Any]):
    """The commands by their names, each made when it is first asked for."""

    def __init__(self) -> None:
        super().__init__({name: None for commands in COMMANDS.values() for name in commands})

    def __getitem__(self, name: str) -> Any:
        command = super().__getitem__(name)
        if command is None:
            command = self[name] = _command(name)
        return command


def _command(name: str) -> Any:
    (heading,) = (heading for heading, commands in COMMANDS.items() if name in commands)
    module, _, attribute = COMMANDS[heading][name].partition(":")
    found = getattr(import_module(module), attribute)
    alone = typer.Typer(rich_markup_mode="rich", pretty_exceptions_enable=False)
    if isinstance(found, typer.Typer):
        alone.add_typer(found, name=name, rich_help_panel=heading)
    else:
        alone.command(name, rich_help_panel=heading)(found)
    return get_group(alone).commands[name]


class Program(Commands):
    """The program itself."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(**settings)
        self.commands = LazyCommands()


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
    cls=Program,
    callback=quoth,
    rich_markup_mode="rich",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
