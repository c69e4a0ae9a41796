"""Every command of `quoth`, in the order of the help. A new one is a file and an entry here.

A command's module is imported when the command is run or explained; the help of all needs no more than this list.
"""

import logging
from collections.abc import Mapping
from typing import Annotated, Any

import typer

from bot.cli.terminal.exit_codes import Commands
from bot.cli.terminal.lazy_commands import Entry, LazyGroup

ASKING, SOURCES, OPERATING = "Ask", "Sources", "Run and check"
LOG: Mapping[str, Entry] = {
    "recent": Entry("Show the newest questions and what became of them.", "bot.cli.log.recent:recent"),
    "search": Entry("Show the questions that have certain words.", "bot.cli.log.recent:search"),
    "unanswered": Entry(
        "Show what the articles lack: questions without a good answer, in groups.", "bot.cli.log.gaps:unanswered"
    ),
    "gap": Entry("Show one gap with its questions, or set what is done about it.", "bot.cli.log.gaps:gap"),
    "corrections": Entry(
        "List the answers whose source says something else by now.", "bot.cli.log.corrections:corrections"
    ),
    "show": Entry(
        "Show one question with its answer, everything that is kept of it, and why.", "bot.cli.log.show:show"
    ),
    "stale": Entry("List old sources that answers rest on, the most quoted first.", "bot.cli.log.stale:stale"),
    "stats": Entry("Count questions, answers, sources and subjects.", "bot.cli.log.stats:stats"),
    "export": Entry("Write rows of the log to a file: JSON Lines, or CSV.", "bot.cli.log.export:export"),
    "backup": Entry("Copy the log to a new file and check the copy.", "bot.cli.log.maintenance:backup"),
    "copy": Entry("Copy a whole log to another place, from SQLite to PostgreSQL or back.", "bot.cli.log.copy:copy"),
    "forget": Entry(
        "Delete what a person or a server asked, or what is older than a day.", "bot.cli.log.maintenance:forget"
    ),
    "mark": Entry("Note whether an answer was right, wrong, or should have been a refusal.", "bot.cli.log.mark:mark"),
    "replay": Entry(
        "Ask the questions of the log again, and list those whose answer has changed.",
        "bot.cli.log.replay.replay:replay",
    ),
}
MEANING: Mapping[str, Entry] = {
    "models": Entry("List the models that are known by name.", "bot.cli.sources.meaning:models"),
    "install": Entry("Download a model, check it, and put it in place.", "bot.cli.sources.meaning:install"),
}
ADDED: Mapping[str, Entry] = {
    "add": Entry("Add a file, a folder of files or an address as a source.", "bot.cli.sources.changes:add"),
    "replace": Entry("Put another file in the place of an added source.", "bot.cli.sources.changes:replace"),
    "rename": Entry(
        "Give an added source another name, or move it to another collection.", "bot.cli.sources.changes:rename"
    ),
    "remove": Entry("Remove an added source; for thirty days it can be restored.", "bot.cli.sources.changes:remove"),
    "history": Entry(
        "Show what was added, replaced, renamed, removed and restored, by whom and when.",
        "bot.cli.sources.changes:history",
    ),
    "restore": Entry("Bring back what was removed or replaced.", "bot.cli.sources.changes:restore"),
}
COMMANDS: Mapping[str, Entry] = {
    "ask": Entry("Ask a question and get the sentences that answer it.", "bot.cli.ask.ask:ask", ASKING),
    "chat": Entry("Ask one question after another.", "bot.cli.ask.chat:chat", ASKING),
    "verify": Entry(
        "Check whether a text is word for word in a source, and where.", "bot.cli.ask.verify:verify", ASKING
    ),
    "sources": Entry(
        "List the sources: name, date, sentences, file.",
        ADDED,
        SOURCES,
        alone="bot.cli.sources.sources:sources",
    ),
    "index": Entry(
        "Read the articles, say what was found in them, and name every problem.",
        "bot.cli.sources.sources:index",
        SOURCES,
    ),
    "meaning": Entry("Install a model that finds what is said in other words.", MEANING, SOURCES),
    "sentences": Entry("Show how a text is split into sentences.", "bot.cli.sources.sentences:sentences", SOURCES),
    "publish": Entry(
        "Put the index of the articles where other machines answer from it.",
        "bot.cli.operate.publish:publish",
        OPERATING,
    ),
    "run": Entry("Start the bot on Discord.", "bot.cli.operate.run:run", OPERATING),
    "doctor": Entry(
        "Check the settings, the articles, the log and the token, and say what to fix.",
        "bot.cli.operate.doctor:doctor",
        OPERATING,
    ),
    "eval": Entry(
        "Ask questions whose answers are known, and say how many it finds.",
        "bot.cli.evaluate.evaluate:evaluate",
        OPERATING,
    ),
    "review": Entry(
        "Review the log in a browser, with lists, filters, charts and SQL.",
        "bot.cli.review.review:review",
        OPERATING,
    ),
    "log": Entry("Review what was asked and answered.", LOG, OPERATING),
}


class Program(Commands, LazyGroup):
    """The program itself."""

    def __init__(self, **settings: Any) -> None:
        super().__init__(entries=COMMANDS, **settings)


def _show_version(asked: bool) -> None:  # noqa: FBT001 - typer gives it so
    if asked:
        from importlib.metadata import version  # noqa: PLC0415 - few ask

        typer.echo(f"quoth {version('quoth')}")
        raise typer.Exit


def quoth(
    *,
    version: Annotated[  # noqa: ARG001 - _show_version sees to it
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Print the version and exit.")
    ] = False,
    debug: Annotated[bool, typer.Option("--debug", help="If something goes wrong, show the traceback.")] = False,
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
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
