"""The sentence encoder: real weights, read from a folder in the usual layout."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.core.errors import ModelError
from retrieval.search.meaning.encoder import Encoder
from retrieval.search.meaning.model_folder import ModelFolder
from tests.retrieval.model_weights import minilm_folder

if TYPE_CHECKING:
    from pathlib import Path

UNITS = [
    "FAQ > Animals. Dogs are fine in the lounge, on a lead.",
    "Membership > Fees. A regular member pays 32 euros a month.",
    "Rules > Machines. Nobody uses the lathe without an introduction.",
    "FAQ > Parking. There are six spaces behind the house.",
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return minilm_folder(tmp_path_factory.mktemp("models") / "minilm")


@pytest.fixture(scope="module")
def encoder(folder: Path) -> Encoder:
    return Encoder(folder)


@pytest.mark.parametrize(
    ("question", "unit"), [("can I bring my pet", 0), ("how much does it cost", 1), ("where do I leave the car", 3)]
)
def test_a_question_in_other_words_is_nearest_to_what_answers_it(encoder: Encoder, question: str, unit: int) -> None:
    assert int(np.argmax(encoder.passages(UNITS) @ encoder.question(question))) == unit


def test_a_text_has_the_same_vector_alone_and_among_others_whatever_the_threads(folder: Path) -> None:
    alone = Encoder(folder).passages(["Closed on Mondays."])[0]
    among = Encoder(folder, threads=3).passages([*(f"{unit} {unit}" for unit in UNITS), "Closed on Mondays."])[-1]

    assert float(np.linalg.norm(alone)) == pytest.approx(1, abs=1e-5)
    assert np.array_equal(alone, among)


def test_many_texts_come_back_in_their_order(encoder: Encoder) -> None:
    texts = [f"{'word ' * (number % 7)}{number}" for number in range(150)]

    vectors = encoder.passages(texts)

    assert vectors.shape == (150, encoder.dimensions)
    assert all(np.array_equal(vectors[at], encoder.passages([texts[at]])[0]) for at in (0, 6, 77, 149))
    assert encoder.passages([]).shape == (0, encoder.dimensions)


def test_prefixes_and_pooling_are_those_of_the_folder(folder: Path, encoder: Encoder, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "other", symlinks=True)
    options = {"pooling": "cls", "query_prefix": "query: ", "passage_prefix": "passage: ", "max_tokens": 32}
    (tmp_path / "other" / "quoth.json").write_text(json.dumps({"name": "other", **options}), encoding="utf-8")

    other = Encoder(tmp_path / "other")

    assert other.model.name == "other"
    assert other.digest != encoder.digest
    assert float(other.question("Dogs") @ other.passages(["query: Dogs"])[0]) < 0.999
    assert float(other.question("Dogs") @ encoder.question("Dogs")) < 0.99


def test_what_sentence_transformers_writes_beside_a_model_is_read(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "theirs", symlinks=True)
    for name, content in (
        ("1_Pooling/config.json", {"pooling_mode_cls_token": True}),
        ("config_sentence_transformers.json", {"prompts": {"query": "ask: ", "document": "text: "}}),
        ("sentence_bert_config.json", {"max_seq_length": 99}),
    ):
        path = tmp_path / "theirs" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(json.dumps(content), encoding="utf-8")

    model = ModelFolder.open(tmp_path / "theirs")

    assert (model.pooling, model.query_prefix, model.passage_prefix, model.max_tokens) == ("cls", "ask: ", "text: ", 99)


def test_a_folder_that_lacks_something_is_refused_with_what_it_lacks(folder: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match=r"no weights: model\.onnx or onnx/model\.onnx"):
        Encoder(tmp_path)
    shutil.copytree(folder, tmp_path / "half", symlinks=True)
    (tmp_path / "half" / "tokenizer.json").unlink()
    with pytest.raises(ModelError, match=r"has no tokenizer\.json"):
        Encoder(tmp_path / "half")


def test_weights_that_are_none_are_refused(folder: Path, tmp_path: Path) -> None:
    shutil.copytree(folder, tmp_path / "torn", symlinks=True)
    weights = tmp_path / "torn" / "onnx" / "model.onnx"
    weights.unlink()
    weights.write_bytes(b"half a model")

    with pytest.raises(ModelError, match="it cannot be loaded"):
        Encoder(tmp_path / "torn")


@pytest.mark.parametrize("content", ["[]", "{", '{"pooling": "max"}'])
def test_options_that_say_nothing_we_understand_are_refused(folder: Path, tmp_path: Path, content: str) -> None:
    shutil.copytree(folder, tmp_path / "odd", symlinks=True)
    (tmp_path / "odd" / "quoth.json").write_text(content, encoding="utf-8")

    with pytest.raises(ModelError, match=r"quoth\.json"):
        ModelFolder.open(tmp_path / "odd")
