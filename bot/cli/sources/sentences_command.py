"""`quoth sentences`: how a text is split."""

from pathlib import Path
from typing import Annotated

import typer

from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json


def sentences(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="An article, as it would lie in the folder of articles.", show_default=False
        ),
    ] = None,
    *,
    json: Json = False,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Split each line of FILE (JSON Lines with text; - is standard input).",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show how a text is split into sentences.

    With --json it gives where each sentence begins and ends, counted in
    characters: {"sentences": [[0, 42], [43, 97]]}.

    [bold]Examples[/bold]

      quoth sentences seeds/an-article.md
      quoth sentences --json --from paragraphs.jsonl
    """
    from bot.cli.sources.sentences_run import split_article, split_lines  # noqa: PLC0415 - the help comes at once: it needs no nltk

    if problem := _problem(file, from_):
        raise InputError(problem)
    if file is not None:
        split_article(file, json=json)
    if from_ is not None:
        split_lines(from_, json=json)


def _problem(file: Path | None, from_: Path | None) -> str:
    if file is None and from_ is None:
        return "There is no text; name an article, or a file of JSON Lines with --from."
    if file is not None and from_ is not None:
        return f"There is an article, {file}, and --from {from_}; give one of them."
    return ""
