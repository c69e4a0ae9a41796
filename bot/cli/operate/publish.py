"""`quoth publish`: the index of the articles, made once and put where other processes and machines answer from it."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.filesize import decimal

from bot.app import answering
from bot.cli.terminal.articles import reading_bar, settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json, Seeds
from bot.cli.terminal.terminal import Terminal, print_json


def publish(
    folder: Annotated[
        Path, typer.Argument(metavar="FOLDER", help="A folder that the others can read; it is made if it is missing.")
    ],
    *,
    json: Json = False,
    seeds: Seeds = None,
) -> None:
    """Put the index of the articles where other machines answer from it.

    Each index is a file that never changes. Those who answer from the folder
    (QUOTH_INDEX) take up a new one between two questions, and need no
    articles. The folder may be on a disk that machines share, or be served
    by a web server. The newest three indexes are kept.

    [bold]Examples[/bold]

      quoth publish /mnt/shared/quoth
      QUOTH_INDEX=/mnt/shared/quoth quoth run
      QUOTH_INDEX=https://files.example.org/quoth quoth run
    """
    settings = settings_for(seeds=seeds)
    if folder.exists() and not folder.is_dir():
        raise InputError(f"{folder} is a file; give a folder.")
    try:
        with reading_bar() as progress:
            made, is_new = answering.publish(settings, folder, progress=progress)
    except OSError as error:
        raise InputError(
            f"The index cannot be put into {folder} ({error.strerror}); let this user write there."
        ) from error
    if json:
        print_json({**asdict(made), "file": str(folder / made.file), "new": is_new})
        return
    was = "Published" if is_new else "Nothing has changed since this was published:"
    Terminal().say(f"{was} {folder / made.file} ({decimal(made.size)}).")
