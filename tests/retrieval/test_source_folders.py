"""A library is read from two folders, and answers as one."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from retrieval.answer.answerer import Answerer
from retrieval.core.errors import LibraryError
from retrieval.core.model import Answer
from retrieval.index import open_index
from retrieval.index.open_index import open_corpus
from retrieval.index.status import IndexState
from retrieval.index.writer.bulk_build import build
from retrieval.index.writer.update import changed, with_articles
from retrieval.ingestion.file_articles import articles_in
from retrieval.ingestion.library import load
from retrieval.ingestion.source_folders import (
    AddedFolder,
    SourceAbout,
    about_path,
    is_member_answer,
    look_in,
    with_about,
)

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index.corpus import Corpus

FERRY = "# Ferry\n\nThe ferry to Norrholm leaves at nine.\n"


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    folder = tmp_path / "seeds"
    (folder / "guide").mkdir(parents=True)
    (folder / "lamp.md").write_text("# Lamp\n\nThe lamp was lit by Ada Lindqvist.\n")
    (folder / "guide" / "tram.md").write_text("# Tram\n\nTrams last ran in Veldhaven in 1961.\n")
    return folder


@pytest.fixture
def added(tmp_path: Path) -> AddedFolder:
    return AddedFolder(tmp_path / "added")


def put(added: AddedFolder, file: str, text: str = FERRY, about: SourceAbout | None = None) -> None:
    path = added.path / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    if about:
        about_path(path).write_text(about.text)


def let_settle(*folders: Path) -> None:
    """Make the files old: one that was written a moment ago may change again, and is read again."""
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        os.utime(path, (1_600_000_000, 1_600_000_000))


def files(corpus: Corpus) -> list[str]:
    return [*corpus.files()]


def told(corpus: Corpus) -> list[tuple[object, ...]]:
    """Give all that can be told apart of the articles of a corpus."""
    return [
        (one.file, one.name, one.date, one.url, one.author, one.text, one.sha256) for one in corpus.library.articles
    ]


def test_both_folders_are_read_and_a_file_says_what_was_said_of_it(seeds: Path, added: AddedFolder) -> None:
    about = SourceAbout("The ferry", "2026-01-02", "https://ferry.example/", "Ada")
    put(added, "@7/guide/ferry.md", about=about)

    library = load(seeds, added=added)

    assert [one.file for one in library.articles] == ["@7/guide/ferry.md", "guide/tram.md", "lamp.md"]
    ferry = library.articles[0]
    assert (ferry.name, str(ferry.date), ferry.url, ferry.author) == about
    assert library.left_aside == {}
    assert library.problems == ()


def test_without_added_sources_nothing_is_different(seeds: Path, added: AddedFolder) -> None:
    let_settle(seeds)
    assert load(seeds, added=added).fingerprint == load(seeds).fingerprint
    added.path.mkdir()
    assert look_in(load(seeds, added=added).folders) == look_in(load(seeds).folders)


def test_a_folder_with_nothing_but_added_sources_will_do(tmp_path: Path, added: AddedFolder) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(LibraryError):
        load(tmp_path / "empty", added=added)

    put(added, "ferry.md")

    assert [one.file for one in load(tmp_path / "empty", added=added).articles] == ["ferry.md"]


def test_an_added_file_counts_before_one_of_the_operators(seeds: Path, added: AddedFolder) -> None:
    put(added, "guide/tram.md")
    put(added, "names.txt", "A = B")

    library = load(seeds, added=added)

    assert [(one.file, one.name) for one in library.articles] == [("guide/tram.md", "Ferry"), ("lamp.md", "Lamp")]


def test_what_comes_changes_and_goes_is_noticed(seeds: Path, added: AddedFolder) -> None:
    corpus, _ = open_corpus(seeds, added=added)
    folders = corpus.library.folders

    put(added, "@7/guide/ferry.md")
    corpus, change = changed(corpus, look_in(folders))
    assert change == (1, 0, 0)

    about_path(added.path / "@7/guide/ferry.md").write_text(SourceAbout("The ferry").text)
    corpus, change = changed(corpus, look_in(folders))
    assert change == (0, 1, 0)
    assert told(corpus) == told(open_corpus(seeds, added=added)[0])

    (added.path / "@7/guide/ferry.md").unlink()
    corpus, change = changed(corpus, look_in(folders))
    assert change == (0, 0, 1)
    assert told(corpus) == told(open_corpus(seeds)[0])


def test_an_index_is_kept_of_both_and_built_by_several_processes_as_by_one(
    seeds: Path, added: AddedFolder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_index, "LARGE", 1)
    put(added, "@7/guide/ferry.md", about=SourceAbout("The ferry"))
    let_settle(seeds, added.path)
    read, _ = open_corpus(seeds, added=added)

    _, first = open_corpus(seeds, tmp_path / "index", added=added)
    found, second = open_corpus(seeds, tmp_path / "index", added=added)
    built = build(seeds, tmp_path / "work", added=added, workers=1)

    assert (first.use, second.use) == (IndexState.WRITTEN, IndexState.FOUND)
    assert told(found) == told(read)
    assert told(built) == told(read)
    put(added, "@7/guide/late.md", FERRY.replace("Ferry", "Late"))
    assert "@7/guide/late.md" in files(changed(found, look_in(found.library.folders))[0])


def test_what_members_wrote_can_be_left_aside(seeds: Path, added: AddedFolder) -> None:
    put(added, "@7/members/lamp.member.md")

    (member, *_) = load(seeds, added=added).articles
    assert is_member_answer(member)
    without = load(seeds, added=added._replace(members=False))
    assert [one.file for one in without.articles] == ["guide/tram.md", "lamp.md"]


def test_a_corpus_with_an_article_more_answers_as_if_it_were_there_and_the_old_one_does_not(
    seeds: Path, added: AddedFolder
) -> None:
    corpus, _ = open_corpus(seeds, added=added)
    contents = with_about(articles_in("@7/guide/ferry.md", FERRY.encode()), SourceAbout("The ferry"))
    question = "When does the ferry to Norrholm leave?"

    tried = with_articles(corpus, contents.articles)

    assert isinstance(Answerer(tried.library, corpus=tried).answer(question), Answer)
    assert not isinstance(Answerer(corpus.library, corpus=corpus).answer(question), Answer)
    put(added, "@7/guide/ferry.md", about=SourceAbout("The ferry"))
    assert told(tried) == told(open_corpus(seeds, added=added)[0])


@pytest.mark.parametrize("text", ["", "no JSON", "[1]", '{"name": 3}', '{"other": "x"}'])
def test_what_is_broken_beside_a_file_says_nothing(seeds: Path, added: AddedFolder, text: str) -> None:
    put(added, "ferry.md")
    about_path(added.path / "ferry.md").write_text(text)

    assert load(seeds, added=added).articles[0].name == "Ferry"
