"""An index is published whole, and answered from without the articles: from a folder, or from a web server."""

from __future__ import annotations

import dataclasses
import json
import subprocess
import sys
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from retrieval.core.errors import LibraryError
from retrieval.index import generations, index_file
from retrieval.index.generations import CURRENT, Generation, publish
from retrieval.index.open_index import open_corpus
from retrieval.index.published import newer, open_published

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.index.corpus import Corpus


def articles(folder: Path, *names: str) -> Corpus:
    """The corpus of a folder with these articles and no others."""
    folder.mkdir(exist_ok=True)
    for path in folder.iterdir():
        path.unlink()
    for name in names:
        (folder / f"{name}.txt").write_text(f"The {name}\n\nThe {name} has a red boat.", encoding="utf-8")
    return open_corpus(folder)[0]


def names_in(corpus: Corpus) -> list[str]:
    return corpus.article_names()


class Quiet(SimpleHTTPRequestHandler):
    """A web server's handler that logs nothing."""

    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The address of a web server that has a folder."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            thread.join()


def test_what_is_published_is_read_without_the_articles(tmp_path: Path) -> None:
    corpus = articles(tmp_path / "seeds", "harbour", "valley")
    publish(corpus, tmp_path / "shared")
    articles(tmp_path / "seeds", "storm")

    read, _ = open_published(str(tmp_path / "shared"), tmp_path / "kept")

    assert names_in(read) == ["The harbour", "The valley"]
    assert [sentence.text for sentence in read.sentences] == [sentence.text for sentence in corpus.sentences]
    assert not (tmp_path / "kept").exists()


def test_a_new_generation_is_seen_and_the_old_one_goes_on_answering(tmp_path: Path) -> None:
    shared, kept = str(tmp_path / "shared"), tmp_path / "kept"
    publish(articles(tmp_path / "seeds", "harbour"), Path(shared))
    old, status = open_published(shared, kept)
    assert newer(shared, kept, status) is None

    publish(articles(tmp_path / "seeds", "harbour", "storm"), Path(shared))
    found = newer(shared, kept, status)

    assert found is not None
    assert names_in(found[0]) == ["The harbour", "The storm"]
    assert [sentence.text for sentence in old.sentences] == ["The harbour has a red boat."]


def test_what_has_not_changed_is_not_published_again(tmp_path: Path) -> None:
    corpus = articles(tmp_path / "seeds", "harbour")

    first, is_new = publish(corpus, tmp_path / "shared")
    second, is_new_again = publish(corpus, tmp_path / "shared")

    assert (is_new, is_new_again) == (True, False)
    assert first == second


def test_the_newest_three_generations_are_kept(tmp_path: Path) -> None:
    made = [publish(articles(tmp_path / "seeds", f"harbour{n}"), tmp_path / "shared")[0] for n in range(5)]

    left = {path.name for path in (tmp_path / "shared").iterdir()}

    assert left == {CURRENT, *(one.file for one in made[-3:])}


def test_a_web_server_may_have_the_folder_and_each_generation_is_fetched_once(tmp_path: Path) -> None:
    publish(articles(tmp_path / "seeds", "harbour"), tmp_path / "shared")
    kept = tmp_path / "kept"
    with served(tmp_path / "shared") as address:
        _, status = open_published(address, kept)
        for path in (tmp_path / "shared").glob("*.index"):
            path.unlink()

        again, _ = open_published(address, kept)

        assert names_in(again) == ["The harbour"]
        assert newer(address, kept, status) is None
        publish(articles(tmp_path / "seeds", "storm"), tmp_path / "shared")
        found = newer(address, kept, status)
    assert found is not None
    assert names_in(found[0]) == ["The storm"]
    assert len([*kept.glob("*.index")]) == 1


def test_an_address_may_say_which_generation_is_wanted(tmp_path: Path) -> None:
    made, _ = publish(articles(tmp_path / "seeds", "harbour"), tmp_path / "shared")
    with served(tmp_path / "shared") as address:
        corpus, _ = open_published(f"{address}#sha256={made.sha256}", tmp_path / "kept")
        assert names_in(corpus) == ["The harbour"]
        publish(articles(tmp_path / "seeds", "storm"), tmp_path / "shared")

        with pytest.raises(LibraryError, match="another one is published there now"):
            open_published(f"{address}#sha256={made.sha256}", tmp_path / "kept")


def test_what_comes_otherwise_than_it_was_published_is_not_used(tmp_path: Path) -> None:
    made, _ = publish(articles(tmp_path / "seeds", "harbour"), tmp_path / "shared")
    path = tmp_path / "shared" / made.file
    content = path.read_bytes()
    path.write_bytes(content[:-1] + b"?")
    refused = pytest.raises(LibraryError, match="what came is not what was published")
    with served(tmp_path / "shared") as address, refused:
        open_published(address, tmp_path / "kept")

    assert [*(tmp_path / "kept").iterdir()] == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (None, "No index is published in"),
        (b"", "its current.json cannot be read"),
        (b"[]", "its current.json cannot be read"),
        (json.dumps(dataclasses.asdict(Generation("../..", 1, "", ""))).encode(), "its current.json cannot be read"),
        (json.dumps(dataclasses.asdict(Generation("ab", 1, "", ""))).encode(), "its current.json names no index"),
        (json.dumps(dataclasses.asdict(Generation("ab" * 32, 1, "", ""))).encode(), "No index is published in"),
    ],
)
def test_a_folder_without_a_whole_generation_is_refused_with_a_sentence(
    content: bytes | None, said: str, tmp_path: Path
) -> None:
    if content is not None:
        (tmp_path / CURRENT).write_bytes(content)

    with pytest.raises(LibraryError, match=said):
        open_published(str(tmp_path), tmp_path / "kept")


def test_an_index_of_another_version_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(articles(tmp_path / "seeds", "harbour"), tmp_path / "shared")
    monkeypatch.setattr(index_file, "code_digest", lambda: "another")

    with pytest.raises(LibraryError, match="it was made by another version; publish it again"):
        open_published(str(tmp_path / "shared"), tmp_path / "kept")


# Publishes an index, and is killed before the step with that number: before a file is written through to the disk, and
# before one takes the place of another.
SCRIPT = """
import os, signal, sys
from pathlib import Path
from retrieval.index.generations import publish
from retrieval.index.open_index import open_corpus

corpus, _ = open_corpus(Path(sys.argv[1]))
left = int(sys.argv[3])

def counted(step):
    def instead(*args, **kwargs):
        global left
        left -= 1
        if left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return step(*args, **kwargs)
    return instead

os.fsync, Path.replace, Path.unlink = counted(os.fsync), counted(Path.replace), counted(Path.unlink)
publish(corpus, Path(sys.argv[2]))
"""


@pytest.mark.slow
def test_killed_at_any_step_of_publishing_the_old_or_the_new_generation_is_there(tmp_path: Path) -> None:
    shared = tmp_path / "shared"
    publish(articles(tmp_path / "seeds", "harbour"), shared)
    articles(tmp_path / "seeds", "harbour", "storm")
    seen = []
    for step in range(100):
        command = [sys.executable, "-c", SCRIPT, str(tmp_path / "seeds"), str(shared), str(step)]
        ended = subprocess.run(command, check=False).returncode
        seen.append(names_in(open_published(str(shared), tmp_path / "kept")[0]))
        if ended == 0:
            break

    old, new = ["The harbour"], ["The harbour", "The storm"]
    changes = seen.index(new)
    assert seen == [old] * changes + [new] * (len(seen) - changes)
    assert changes >= 4
    assert ended == 0


def test_what_was_left_behind_hours_ago_is_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "abc.unfinished").write_bytes(b"half")
    corpus = articles(tmp_path / "seeds", "harbour")
    publish(corpus, tmp_path)
    assert (tmp_path / "abc.unfinished").exists()
    monkeypatch.setattr(generations, "ABANDONED", -1)

    publish(corpus, tmp_path)

    assert not (tmp_path / "abc.unfinished").exists()
