"""`quoth meaning`, and what the other commands say and do with a model."""

from __future__ import annotations

import hashlib
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.cli.sources import meaning
from bot.cli.terminal.exit_codes import InputError
from retrieval.search.meaning import install
from retrieval.search.meaning.named_models import MODELS
from tests.retrieval.model_weights import minilm_files, minilm_folder

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth

OTHER_WORDS = "is it possible to live in the home of the guardian"


@pytest.fixture
def model(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = minilm_folder(folder / "models" / "minilm")
    monkeypatch.setenv("QUOTH_MODEL", "models/minilm")
    return path


def test_the_models_are_listed(quoth: Quoth) -> None:
    ran = quoth("meaning", "models")

    assert ran.text == snapshot("""\
Name      Model                                                              Size   Licence
e5-small  E5-small-v2 (Wang et al. 2022), English: finds the most            35 MB  MIT
minilm    all-MiniLM-L6-v2 (sentence-transformers), English: twice as quick  24 MB  Apache-2.0
""")
    assert {record["name"] for record in quoth("meaning", "models", "--json").objects} == set(MODELS)


def test_a_model_is_installed_from_a_folder_and_used(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    weights, tokenizer = (hashlib.sha256(path.read_bytes()).hexdigest() for path in minilm_files())
    known = replace(MODELS["minilm"], weights_digest=weights, tokenizer_digest=tokenizer)
    monkeypatch.setattr(install, "MODELS", {"minilm": known})
    minilm_folder(folder / "package")

    ran = quoth("meaning", "install", "minilm", "--from", "package")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[0] == "Installed minilm (Apache-2.0) in data/models/minilm."
    monkeypatch.setenv("QUOTH_MODEL", "data/models/minilm")
    assert "7 embeddings by minilm in data/index/seeds-" in quoth("index").out


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["nobody"], "There is no model 'nobody': choose one of e5-small, minilm."),
        (["minilm", "--from", "nothing.jar"], "nothing.jar is neither a folder nor a ZIP"),
    ],
)
def test_what_cannot_be_installed_is_said_in_a_sentence(quoth: Quoth, arguments: list[str], says: str) -> None:
    ran = quoth("meaning", "install", *arguments)

    assert ran.status == 2
    assert says in " ".join(ran.err.split())


def test_a_registry_that_cannot_be_reached_is_said_with_the_way_around_it(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"cannot be downloaded \(.+\); try again, or fetch it"):
        meaning.download("http://127.0.0.1:9/package.jar", tmp_path / "package.jar", lambda *_: None)


@pytest.mark.usefixtures("model")
def test_index_counts_and_makes_the_embeddings_once(quoth: Quoth) -> None:
    first, again = quoth("index"), quoth("index", "--json")

    (line,) = [line for line in first.out.splitlines() if "embeddings" in line]
    assert line.startswith("7 embeddings by minilm in data/index/seeds-")
    assert line.endswith("; 7 made now.")
    (record,) = again.objects
    assert {**record["meaning"], "file": ""} == {
        "state": "ready",
        "model": "minilm",
        "embeddings": 7,
        "made": 0,
        "file": "",
    }


@pytest.mark.usefixtures("model")
def test_an_explanation_tells_what_nearness_in_meaning_gave(quoth: Quoth) -> None:
    (record,) = quoth("ask", "--json", "--explain", OTHER_WORDS).objects

    assert "near in meaning" in json.dumps(record["explanation"])


@pytest.mark.usefixtures("model")
def test_doctor_says_that_the_model_reads_along(quoth: Quoth) -> None:
    assert "7 texts still to be read by minilm" in " ".join(quoth("doctor").out.split())
    quoth("index")

    ran = quoth("doctor")

    assert ran.status == 0
    assert "minilm reads along with every answer." in ran.out


def test_without_its_folder_answers_are_those_without_a_model_and_a_sentence_says_so(
    quoth: Quoth, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Who lit the lamp of the lighthouse?"
    before = quoth("ask", "--no-log", question)
    monkeypatch.setenv("QUOTH_MODEL", "models/gone")

    ran, doctor = quoth("ask", "--no-log", question), quoth("doctor")

    assert (ran.status, ran.out) == (before.status, before.out)
    said = "The model in models/gone is not used, since there is no such folder. Answers are found by words alone."
    assert " ".join(ran.err.split()) == said
    assert doctor.status == 2
    assert said in " ".join(doctor.out.split())
