"""The index of a large library: made once, used while it holds, and made anew where anything is wrong with it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from bot.cli.terminal.reply_records import reply_record
from retrieval.answer.answerer import Answerer
from retrieval.core.errors import LibraryError
from retrieval.index import index_file, open_index
from retrieval.index.open_index import open_corpus
from retrieval.index.status import NO_INDEX, IndexState
from retrieval.ingestion.library import load
from retrieval.search.bm25 import Bm25Searcher
from tests.contracts.searcher import SEEDS, SearcherContract

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from retrieval.index.corpus import Corpus
    from retrieval.index.status import IndexStatus
    from retrieval.search.searcher import Searcher

QUESTIONS = (
    "Who leads the group now?",
    "How many fighters does ISIS have in Syria?",
    "Who was Abu Ibrahim al-Hashimi al-Qurashi?",
    "What did the SDF do?",
    "What happend in Mosull?",
    "xylophone zeppelin",
    "Thanks!",
)


@pytest.fixture(autouse=True)
def every_library_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_index, "LARGE", 1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(SEEDS, tmp_path / "articles"))
    for path in folder.iterdir():
        os.utime(path, (1e9, 1e9))  # a file of a moment ago is read again
    return folder


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "index"


def replies(corpus: Corpus) -> list[dict[str, Any]]:
    answerer = Answerer(corpus.library, corpus=corpus)
    return [
        reply_record(answerer.answer(question), id=None, elapsed_ms=0, library=answerer.library.fingerprint)
        for question in QUESTIONS
    ]


def replies_of_memory(folder: Path) -> list[dict[str, Any]]:
    answerer = Answerer(load(folder))
    return replies(answerer.corpus)


def path_of(use: IndexStatus) -> Path:
    assert use.path
    return use.path


class TestMappedSearcher(SearcherContract):
    """An index that was written and mapped keeps every promise of a searcher."""

    @pytest.fixture
    def corpus(self, tmp_path: Path) -> Corpus:
        corpus, use = open_corpus(SEEDS, tmp_path / "index")
        assert use.use is IndexState.WRITTEN
        return corpus

    @pytest.fixture
    def searcher(self, corpus: Corpus) -> Searcher:
        return Bm25Searcher(corpus)


def test_the_second_start_finds_what_the_first_one_wrote_and_answers_the_same(folder: Path, kept: Path) -> None:
    first, written = open_corpus(folder, kept)
    second, found = open_corpus(folder, kept)

    assert (written.use, written.note) == (IndexState.WRITTEN, "")
    assert (found.use, found.note) == (IndexState.FOUND, "")
    assert replies(first) == replies(second) == replies_of_memory(folder)
    assert list(map(str, second.library.articles)) == list(map(str, load(folder).articles))
    assert second.library.names == load(folder).names


def test_a_small_library_has_no_index(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(open_index, "LARGE", 10_000_000)
    _, use = open_corpus(folder, kept)

    assert use == NO_INDEX
    assert not kept.exists()


def _an_article_changes(folder: Path) -> None:
    path = next(folder.glob("2020-*.md"))
    path.write_text(path.read_text(encoding="utf-8") + "\n\nThe group was led by Xerxes now.\n", encoding="utf-8")


def _an_article_comes(folder: Path) -> None:
    (folder / "new.txt").write_text("A new one\n\nThe Xenon Yellow Zebra (XYZ) now leads the group.", encoding="utf-8")


def _an_article_goes(folder: Path) -> None:
    next(folder.glob("2020-*.md")).unlink()


def _names_change(folder: Path) -> None:
    (folder / "names.txt").write_text("Mosul = Mossul", encoding="utf-8")


def _a_file_that_is_no_article_comes(folder: Path) -> None:
    (folder / "notes.docx").write_bytes(b"x")


@pytest.mark.parametrize(
    "change",
    [_an_article_changes, _an_article_comes, _an_article_goes, _names_change, _a_file_that_is_no_article_comes],
)
@pytest.mark.parametrize(("many", "then"), [(0.0, IndexState.WRITTEN), (1.0, IndexState.FOUND)])
def test_what_changed_since_is_answered_from(
    folder: Path,
    kept: Path,
    monkeypatch: pytest.MonkeyPatch,
    change: Callable[[Path], None],
    many: float,
    then: IndexState,
) -> None:
    monkeypatch.setattr(open_index, "MANY", many)
    open_corpus(folder, kept)
    change(folder)
    corpus, use = open_corpus(folder, kept)

    assert (use.use, use.since, use.note) == (then, int(then is IndexState.FOUND), "")
    assert replies(corpus) == replies_of_memory(folder)
    assert corpus.library.problems == load(folder).problems


def _cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def _damage(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    whole[len(whole) // 2] ^= 1
    path.write_bytes(whole)


def _write_over(path: Path) -> None:
    path.write_text("This is no index.", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "why"),
    [(_cut, "it is cut off"), (_damage, "it is damaged (in "), (_write_over, "it is none that this version wrote")],
)
def test_an_index_that_is_not_whole_is_made_anew(
    folder: Path, kept: Path, harm: Callable[[Path], None], why: str
) -> None:
    _, written = open_corpus(folder, kept)
    harm(path_of(written))
    corpus, use = open_corpus(folder, kept)

    assert use.use is IndexState.WRITTEN
    assert f"The index {path_of(use)} was not used, since {why}" in use.note
    assert use.note.endswith("; it was made anew from the articles.")
    assert replies(corpus) == replies_of_memory(folder)
    assert open_corpus(folder, kept)[1].use is IndexState.FOUND


def test_an_index_of_another_version_is_made_anew(folder: Path, kept: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_corpus(folder, kept)
    monkeypatch.setattr(index_file, "code_digest", lambda: "another")
    _, use = open_corpus(folder, kept)

    assert use.use is IndexState.WRITTEN
    assert "since it was made by another version; it was made anew" in use.note


def test_an_index_of_another_folder_is_never_used(folder: Path, kept: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(folder, tmp_path / "others"))
    _an_article_comes(other)
    _, use = open_corpus(other, kept)
    path_of(use).replace(index_file.place(folder, kept))
    corpus, use = open_corpus(folder, kept)

    assert f"since it is of another folder, {other}; it was made anew" in use.note
    assert replies(corpus) == replies_of_memory(folder)


def test_where_nothing_can_be_written_the_articles_are_read_and_it_is_said(folder: Path, tmp_path: Path) -> None:
    kept = tmp_path / "index"
    kept.write_text("in the way", encoding="utf-8")
    corpus, use = open_corpus(folder, kept)

    assert use.use is IndexState.FAILED
    assert use.note == (
        f"The index {path_of(use)} cannot be written (File exists), so the articles are read again at each start; "
        "let this user write to that folder."
    )
    assert replies(corpus) == replies_of_memory(folder)


def test_an_index_that_would_take_more_memory_than_is_allowed_is_built_in_parts_and_answers_the_same(
    folder: Path, kept: Path
) -> None:
    corpus, written = open_corpus(folder, kept, memory=1)
    again, found = open_corpus(folder, kept, memory=1)

    assert (written.use, found.use) == (IndexState.WRITTEN, IndexState.FOUND)
    assert replies(corpus) == replies(again) == replies_of_memory(folder)
    assert {path.suffix for path in kept.iterdir()} == {".index", ".checked"}


def test_where_that_index_cannot_be_written_nothing_is_read_into_memory_and_it_is_said(
    folder: Path, tmp_path: Path
) -> None:
    (tmp_path / "index").write_text("in the way", encoding="utf-8")

    with pytest.raises(LibraryError, match=r"cannot be written \((File exists|Not a directory)\), and without one"):
        open_corpus(folder, tmp_path / "index", memory=1)


def test_two_processes_that_start_at_once_both_answer_and_leave_one_index(tmp_path: Path) -> None:
    for number in range(12):
        text = " ".join(f"The bridge {number} has {count} arches, and {count * 7} boats." for count in range(600))
        (tmp_path / f"{number}.txt").write_text(f"Bridge {number}\n\n{text}", encoding="utf-8")
        os.utime(tmp_path / f"{number}.txt", (1e9, 1e9))
    ask = [sys.executable, "-c", "from bot.cli import main; main()", "ask", "--no-log", "--seeds", str(tmp_path)]
    environment = {**os.environ, "QUOTH_DATA": str(tmp_path / ".data")}
    both = [
        subprocess.Popen(
            [*ask, "How many arches has the bridge 7?"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    said = [process.communicate(timeout=60) for process in both]

    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1]
    assert sorted(path.suffix for path in (tmp_path / ".data" / "index").iterdir()) == [".checked", ".index"]
    assert open_corpus(tmp_path, tmp_path / ".data" / "index")[1].use is IndexState.FOUND


MONTHS_AGO = time.time() - 40 * 86_400


def unused_since(when: float, *paths: Path) -> None:
    for path in paths:
        os.utime(path, (when, when))


@pytest.fixture
def other(folder: Path, kept: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Another folder that was last asked months ago, and its index."""
    other = Path(shutil.copytree(folder, tmp_path / "others"))
    _, use = open_corpus(other, kept)
    open_corpus(other, kept)
    unused_since(MONTHS_AGO, *kept.iterdir())
    return other, path_of(use)


def test_an_index_that_nobody_used_for_a_month_is_removed_when_its_folder_is_gone(
    folder: Path, kept: Path, other: tuple[Path, Path]
) -> None:
    articles, index = other
    shutil.rmtree(articles)

    _, use = open_corpus(folder, kept)

    assert not index.exists()
    assert {path.stem for path in kept.iterdir()} == {path_of(use).stem}


def test_an_index_whose_folder_is_there_stays_however_long_nobody_used_it(
    folder: Path, kept: Path, other: tuple[Path, Path]
) -> None:
    open_corpus(folder, kept)

    assert open_corpus(other[0], kept)[1].use is IndexState.FOUND


def test_an_index_whose_folder_is_away_for_less_than_a_month_stays(
    folder: Path, kept: Path, other: tuple[Path, Path]
) -> None:
    articles, index = other
    unused_since(time.time() - 86_400, index.with_suffix(".checked"))
    away = articles.rename(articles.with_name("unmounted"))

    open_corpus(folder, kept)
    away.rename(articles)

    assert open_corpus(articles, kept)[1].use is IndexState.FOUND


def test_who_has_an_index_open_goes_on_when_it_is_removed(folder: Path, kept: Path, other: tuple[Path, Path]) -> None:
    articles, index = other
    corpus, _ = open_corpus(articles, kept)
    before = replies(corpus)
    unused_since(MONTHS_AGO, *kept.iterdir())
    shutil.rmtree(articles)

    open_corpus(folder, kept)

    assert not index.exists()
    assert replies(corpus) == before


def test_what_was_never_finished_is_removed_after_a_month_and_what_is_none_of_ours_is_left_alone(
    folder: Path, kept: Path, other: tuple[Path, Path]
) -> None:
    _, index = other
    index.write_bytes(b"of another version")
    begun = [kept / "gone-0123456789ab.unfinished", kept / "gone-0123456789ab.index.0a1b2c3d.unfinished"]
    begun[0].mkdir()
    (begun[0] / "1.batch").touch()
    begun[1].touch()
    fresh, foreign = kept / "new-0123456789ab.unfinished", kept / "notes.txt"
    fresh.mkdir()
    foreign.touch()
    unused_since(MONTHS_AGO, index, *begun, foreign)

    open_corpus(folder, kept)

    assert [path.exists() for path in (index, *begun, fresh, foreign)] == [False, False, False, True, True]
