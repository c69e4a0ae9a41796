"""A large folder is built in batches: as it would be read in one go, by any number of processes, cut short or not."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.core.errors import LibraryError
from retrieval.index import array_file, corpus, index_file
from retrieval.index.encoding import threads
from retrieval.index.native import functions
from retrieval.index.segments import builder
from retrieval.index.writer import batches, folder_reading, merging
from retrieval.index.writer.build_in_parts import build_in_parts
from retrieval.index.writer.bulk_build import build
from retrieval.index.writer.worker_pool import WorkerPool
from retrieval.ingestion import library

if TYPE_CHECKING:
    from retrieval.core.errors import ArticleError
    from retrieval.index.corpus import Corpus

FILES: dict[str, bytes] = {
    "a/one.txt": b"The harbour\n\nThe Order of the Heron (OH) sank a ferry. The OH's boats were red. Why?",
    "b/two.md": b"# The valley\n\n## Farms\n\nFarmers of the OH keep goats.\n\n- One.\n- A U.S. sheep.\n\nIT IS US.\n",
    "b/three.md": b"---\nname: The harbour\n---\nIt has the name of another one (AN).\n",
    "c/broken.md": b"---\n: [\n---\nText.\n",
    "c/four.txt": b"A storm\n\nThe storm took the roof of Islamic State (IS) houses. IS lost Daesh flags.\n\nRain.",
    "d/picture.png": b"no article",
    "e/five.txt": "Crème\n\nLe café d’Éloïse is shut by ad-Din. “Why?” asked the O.H. in 1990. Al-Din left.".encode(),
    "names.txt": b"Order of the Heron = Heronists\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for file, content in FILES.items():
        path = tmp_path / "articles" / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return tmp_path / "articles"


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folder_reading, "BATCH", 150)


def read_in_one_go(folder: Path) -> Corpus:
    return corpus.read(library.load(folder))


def assert_same(one: Corpus, other: Corpus) -> None:
    for (name, array), (_, expected) in zip(
        array_file.packed(one.parts[0].segment), array_file.packed(other.parts[0].segment), strict=True
    ):
        assert array.dtype == expected.dtype, name
        assert np.array_equal(array, expected), name
    mine, theirs = one.library, other.library
    assert (mine.names, mine.problems, mine.fingerprint) == (theirs.names, theirs.problems, theirs.fingerprint)
    assert list(mine.definitions) == list(theirs.definitions)
    assert [(a.file, a.name, a.text, a.sha256, list(a.blocks)) for a in mine.articles] == [
        (a.file, a.name, a.text, a.sha256, list(a.blocks)) for a in theirs.articles
    ]
    assert [*mine.sources.files] == [*theirs.sources.files]
    assert mine.sources.size.tolist() == theirs.sources.size.tolist()
    assert [*mine.sources.problems] == [*theirs.sources.problems]


def test_the_corpus_is_the_one_that_is_read_in_one_go(folder: Path, tmp_path: Path) -> None:
    assert_same(build(folder, tmp_path / "work", workers=1), read_in_one_go(folder))


def test_the_corpus_is_the_same_without_what_is_compiled(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    expected = build(folder, tmp_path / "work", workers=1)
    monkeypatch.setattr(functions, "load", lambda: None)

    assert_same(build(folder, tmp_path / "work", workers=1), expected)


def test_the_corpus_is_the_same_by_several_threads(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(threads, "WORTH_THREADS", 1)

    assert_same(build(folder, tmp_path / "work", workers=1), read_in_one_go(folder))


@pytest.mark.slow
def test_the_corpus_is_the_same_by_several_processes(folder: Path, tmp_path: Path) -> None:
    assert_same(build(folder, tmp_path / "work", workers=2), read_in_one_go(folder))


@pytest.mark.parametrize("part", [1, 200, 1_000_000])
@pytest.mark.parametrize("compiled", [True, False])
def test_the_index_is_the_same_however_much_is_counted_together(
    part: int, compiled: bool, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not compiled:
        monkeypatch.setattr(functions, "load", lambda: None)
    monkeypatch.setattr(merging, "STRETCH", 3)
    monkeypatch.setattr(builder, "TOGETHER", 2)
    path = tmp_path / "articles.index"

    build_in_parts(folder, tmp_path / "work", path, part=part, workers=1)

    assert_same(index_file.load(path, folder), read_in_one_go(folder))
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix != ".checked") == ["articles", "articles.index"]


def test_two_that_build_the_same_in_parts_at_once_are_not_in_each_others_way(folder: Path, tmp_path: Path) -> None:
    work, path = tmp_path / "articles.unfinished", tmp_path / "articles.index"
    others = iter([True])

    def other_one(done: int, _total: int) -> None:
        if done > 8 and next(others, False):
            build_in_parts(folder, work, path, part=1, workers=1)

    build_in_parts(folder, work, path, part=1, workers=1, progress=other_one)

    assert next(others, None) is None
    assert_same(index_file.load(path, folder), read_in_one_go(folder))
    assert sorted(one.name for one in tmp_path.iterdir() if one.suffix != ".checked") == ["articles", "articles.index"]


def test_what_was_left_of_building_in_parts_a_day_ago_is_removed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "articles-abc.unfinished").mkdir()
    (tmp_path / "articles-abc.unfinished" / "00000.part").write_bytes(b"left")
    os.utime(tmp_path / "articles-abc.unfinished", (1e9, 1e9))

    build_in_parts(folder, tmp_path / "articles.unfinished", tmp_path / "articles.index", part=1, workers=1)

    assert not (tmp_path / "articles-abc.unfinished").exists()


def test_each_file_is_two_steps_and_nothing_is_left_of_the_work(folder: Path, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []

    build(folder, tmp_path / "work", workers=1, progress=lambda done, total: told.append((done, total)))

    assert told == sorted(told)
    assert told[-1] == (12, 12)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["articles"]


def cut_short(folder: Path, work: Path, steps: int) -> None:
    def stop(done: int, _total: int) -> None:
        if done >= steps:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(folder, work, workers=1, progress=stop)


def files_read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that are read, not found in the work folder, from now on."""
    found: list[str] = []
    read = batches._read

    def noted(path: Path, data: dict[str, bytes | ArticleError], batch: batches.Batch) -> batches.BatchContents:
        found.extend(data)
        return read(path, data, batch)

    monkeypatch.setattr(batches, "_read", noted)
    return found


def test_a_second_start_goes_on_from_what_was_done(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "b/three.md").unlink()  # an article that is refused has its batch read again
    cut_short(folder, tmp_path / "work", 2)
    assert {path.suffix for path in (tmp_path / "work").iterdir()} == {".batch"}
    read = files_read(monkeypatch)

    built = build(folder, tmp_path / "work", workers=1)

    assert "a/one.txt" not in read
    assert "e/five.txt" in read
    assert_same(built, read_in_one_go(folder))


def test_what_was_done_is_not_used_for_another_text(folder: Path, tmp_path: Path) -> None:
    cut_short(folder, tmp_path / "work", 12)
    (folder / "a/one.txt").write_text("The harbour\n\nThe heron left with another ferry.", encoding="utf-8")

    assert_same(build(folder, tmp_path / "work", workers=1), read_in_one_go(folder))


def test_what_was_done_is_done_again_where_it_is_damaged(folder: Path, tmp_path: Path) -> None:
    cut_short(folder, tmp_path / "work", 12)
    for number, path in enumerate(sorted((tmp_path / "work").iterdir())):
        content = path.read_bytes()
        path.write_bytes(content[: len(content) // 2] if number % 2 else content[:100] + b"?" + content[101:])

    assert_same(build(folder, tmp_path / "work", workers=1), read_in_one_go(folder))


def test_a_folder_without_an_article_is_refused_as_ever(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "empty.txt").write_text("  ")

    with pytest.raises(LibraryError) as built:
        build(folder, tmp_path / "work", workers=1)
    with pytest.raises(LibraryError) as read:
        library.load(folder)

    assert str(built.value) == str(read.value)
    assert not (tmp_path / "work").exists()


def killed_elsewhere(here: int) -> int:
    """Ends any process but `here`."""
    if os.getpid() != here:
        os.kill(os.getpid(), signal.SIGKILL)
    return here


@pytest.mark.slow
def test_what_other_processes_cannot_do_is_done_here() -> None:
    with WorkerPool(2) as crew:
        assert list(crew.each(killed_elsewhere, [(os.getpid(),)] * 3)) == [os.getpid()] * 3


SCRIPT = """
import os, sys
from pathlib import Path
from retrieval.index.writer import bulk_build, folder_reading

folder_reading.BATCH = 20_000

def told(done, total):
    print(done, flush=True)

if __name__ == "__main__":
    try:
        bulk_build.build(Path(sys.argv[1]), Path(sys.argv[2]), workers=2, progress=told)
    except KeyboardInterrupt:
        print("stopped", flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="the processes of the system are looked up under /proc")
def test_ctrl_c_leaves_no_process_and_no_unfinished_file(tmp_path: Path) -> None:
    folder, work, script = tmp_path / "articles", tmp_path / "work", tmp_path / "script.py"
    folder.mkdir()
    for number in range(300):
        text = f"Report {number}\n\n" + f"Goat {number} of the valley saw {number + 1} ferries in the harbour. " * 60
        (folder / f"{number:03}.txt").write_text(text, encoding="utf-8")
    script.write_text(SCRIPT, encoding="utf-8")
    process = subprocess.Popen(
        [sys.executable, script, folder, work], stdout=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stdout is not None
    process.stdout.readline()

    os.killpg(process.pid, signal.SIGINT)
    said, _ = process.communicate(timeout=60)

    assert said.endswith("stopped\n")
    deadline = time.monotonic() + 10
    while (left := in_group(process.pid)) and time.monotonic() < deadline:
        pass
    assert left == []
    assert {path.suffix for path in work.iterdir()} == {".batch"}


def in_group(group: int) -> list[str]:
    """The commands of the processes of a group that are still there."""
    found = subprocess.run(["ps", "-eo", "pgid=,stat=,args="], capture_output=True, text=True, check=True).stdout
    rows = [line.split(maxsplit=2) for line in found.splitlines()]
    return [row[2] for row in rows if row[0] == str(group) and not row[1].startswith("Z")]
