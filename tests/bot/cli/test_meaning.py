"""`quoth meaning install` puts a model where it is used, checked, or nothing at all."""

from __future__ import annotations

import hashlib
import zipfile
from typing import TYPE_CHECKING

import pytest

from bot.cli.meaning.models import MODELS
from retrieval.search.meaning.encoder import Encoder
from tests.model_weights import minilm_files, minilm_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth, Ran


def digest_of(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def packed(path: Path) -> Path:
    """Give a ZIP with a model in it, named as packages name it."""
    weights, tokenizer = minilm_files()
    with zipfile.ZipFile(path, "w") as archive:
        archive.write(weights, "data/minilm-q.onnx")
        archive.write(tokenizer, "data/minilm-q-tokenizer.json")
        archive.writestr("README", "A model.")
    return path


def install(quoth: Quoth, name: str, source: Path, into: Path, digest: str | None = None) -> Ran:
    """Run `quoth meaning install`."""
    checked = ["--sha256", digest] if digest else []
    return quoth("meaning", "install", name, "--from", str(source), "--into", str(into), *checked)


def test_a_model_from_a_file_is_checked_and_can_be_used(quoth: Quoth, tmp_path: Path) -> None:
    digest = digest_of(minilm_files()[0])

    ran = install(quoth, "minilm", packed(tmp_path / "m.jar"), tmp_path / "model", digest.upper())

    assert (ran.status, ran.err) == (0, "")
    assert "QUOTH_MODEL=" in ran.out.replace("\n", "")
    assert Encoder(tmp_path / "model").model.max_tokens == 256


def test_a_folder_will_do_and_takes_the_place_of_what_was_installed(quoth: Quoth, tmp_path: Path) -> None:
    source = minilm_folder(tmp_path / "source")
    digest = digest_of(minilm_files()[0])
    for _ in range(2):
        ran = install(quoth, "e5-small", source, tmp_path / "model", digest)
        assert ran.status == 0, ran.err

    assert Encoder(tmp_path / "model").model.query_prefix == "query: "
    assert {path.name for path in tmp_path.iterdir()} == {"model", "source", "seeds"}


def test_weights_that_are_others_are_refused_and_nothing_is_left(quoth: Quoth, tmp_path: Path) -> None:
    ran = install(quoth, "minilm", packed(tmp_path / "m.zip"), tmp_path / "model")

    assert ran.status == 2
    assert "is not the file it should be" in " ".join(ran.err.split())
    assert {path.name for path in tmp_path.iterdir()} == {"m.zip", "seeds"}


def test_a_folder_of_something_else_is_never_replaced(quoth: Quoth, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("Dear all", encoding="utf-8")
    digest = digest_of(minilm_files()[0])

    ran = install(quoth, "minilm", packed(tmp_path / "m.zip"), tmp_path / "mine", digest)

    assert ran.status == 2
    assert (tmp_path / "mine" / "letter.txt").read_text(encoding="utf-8") == "Dear all"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nobody"], "There is no model 'nobody'"),
        (["e5-multi"], "--sha256 DIGEST"),
        (["minilm", "--from", "no-such-file.zip"], "neither a folder nor a ZIP"),
        (["minilm", "--from", "empty"], "has no file that ends in .onnx"),
    ],
)
def test_what_cannot_be_installed_is_said_in_a_sentence(
    quoth: Quoth, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], says: str
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()

    ran = quoth("meaning", "install", *arguments, "--into", str(tmp_path / "model"))

    assert ran.status == 2
    assert says in " ".join(ran.err.split())


@pytest.mark.parametrize("name", sorted(MODELS))
def test_a_named_model_is_at_home_behind_https_and_its_digests_are_whole(name: str) -> None:
    model = MODELS[name]

    assert model.home.startswith("https://")
    assert all(len(digest) == 64 for digest in (model.weights_digest, model.tokenizer_digest) if digest)
