"""Which changes of the code make an index of before unusable."""

from __future__ import annotations

import shutil
from typing import TYPE_CHECKING

import pytest

from retrieval.index.code_digest import code_of_reading
from tests.house.project import ROOT

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "retrieval", tmp_path / "retrieval", ignore=shutil.ignore_patterns("__pycache__", "*.so"))
    return tmp_path


@pytest.mark.parametrize(
    "file",
    [
        "retrieval/analysis/english_words/stemmer.py",
        "retrieval/analysis/english_words/stopwords.py",
        "retrieval/analysis/sentence_splitter.py",
        "retrieval/analysis/common_names.txt",
        "retrieval/core/model.py",
        "retrieval/ingestion/formats/markdown.py",
        "retrieval/ingestion/formats/plain_text.py",
        "retrieval/index/native/words.c",
        "retrieval/index/writer/batches.py",
    ],
)
def test_a_change_of_what_reads_articles_is_noticed(checkout: Path, file: str) -> None:
    before = code_of_reading(checkout)
    (checkout / file).write_text((checkout / file).read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert code_of_reading(checkout) != before


@pytest.mark.parametrize("floor", ["query", "search", "answer", "evaluation"])
def test_a_change_of_how_questions_are_answered_spoils_no_index(checkout: Path, floor: str) -> None:
    before = code_of_reading(checkout)
    for file in (checkout / "retrieval" / floor).rglob("*.py"):
        file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")

    assert code_of_reading(checkout) == before


def test_a_module_that_moved_is_followed_to_where_it_is(checkout: Path) -> None:
    retrieval = checkout / "retrieval"
    there = retrieval / "analysis" / "elsewhere"
    there.mkdir()
    (there / "__init__.py").touch()
    (retrieval / "analysis" / "tokenizer.py").rename(there / "words.py")
    for file in retrieval.rglob("*.py"):
        code = file.read_text(encoding="utf-8")
        file.write_text(code.replace("retrieval.analysis.tokenizer", "retrieval.analysis.elsewhere.words"))
    before = code_of_reading(checkout)
    (there / "words.py").write_text((there / "words.py").read_text(encoding="utf-8") + "\n", encoding="utf-8")
    after = code_of_reading(checkout)

    assert {name for name in before if before[name] != after[name]} == {"retrieval/analysis/elsewhere/words.py"}


def test_a_module_that_is_imported_when_it_is_needed_counts(checkout: Path) -> None:
    reader = checkout / "retrieval" / "ingestion" / "reader.py"
    reader.write_text(
        reader.read_text(encoding="utf-8") + '\nLATER = {".xyz": "retrieval.ingestion.formats.xyz:read"}\n'
    )
    (checkout / "retrieval" / "ingestion" / "formats" / "xyz.py").touch()

    assert "retrieval/ingestion/formats/xyz.py" in code_of_reading(checkout)
