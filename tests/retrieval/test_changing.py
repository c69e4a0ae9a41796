"""Articles come, change and go: every answer stays what a fresh reading of the folder would give."""

from __future__ import annotations

import os
import random
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cli.terminal.reply_records import reply_record
from retrieval.answer.answerer import Answerer
from retrieval.core.errors import LibraryError
from retrieval.index import open_index
from retrieval.index.corpus import read
from retrieval.index.open_index import open_corpus
from retrieval.index.writer.update import LibraryChange, changed
from retrieval.ingestion.library import load
from retrieval.ingestion.scanner import look

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.index.corpus import Corpus

# What articles are made of: names that are defined, in other words elsewhere, and words written in several ways.
SENTENCES = (
    "The Northern River Front (NRF) took the town of Aleria in May 2014.",
    "The NRF lost the bridge near Aleria, said Omar Haddad.",
    "Aleria is a town on the river, and the river floods in spring.",
    "Fighters of the northern river front fled to Borun.",
    "The National Rice Fund (NRF) sells rice in Borun.",
    "Omar Haddad leads the Southern Gate Party (SGP) since 2016.",
    "Nobody knows where the leader of the SGP lives!",
    "The Gate was closed; the gate in Borun was open.",
    "Borun, also called Old Boron, has 12,000 people.",
    "The WHO (World Harvest Office) counted 300 farms in 2015.",
    "Who counted the farms?",
    "NAÏVE people say naïve things about rice and naive farmers.",
    "In 2018 the party called Southern Gate won the vote in Aleria by 52 percent.",
)
QUESTIONS = (
    "Who leads the Southern Gate Party?",
    "What did the NRF take?",
    "What does the northern river front do in Aleria?",
    "How many people has Borun?",
    "Who counted the farms?",
    "What did the WHO count?",
    "Where does the leader of the SGP live?",
    "Where is Alleria?",
    "What do naive farmers say?",
    "Who won the gates?",
)
FILES = ("a.txt", "b.txt", "b-side.md", "b/a.txt", "b/c.txt", "d.md", "z.txt")

contents = st.one_of(
    st.tuples(
        st.sampled_from(["Aleria", "Borun", "The NRF", "Rice and gates", "Southern Gate", "Farms"]),
        st.lists(st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=3), max_size=3),
    ).map(lambda said: "\n\n".join([said[0], *(" ".join(paragraph) for paragraph in said[1])])),
    st.sampled_from(["", "---\ndate: soon\n---\nText.", "# A title\n\n## Omar Haddad\n\nHe lives in Borun."]),
)
names = st.sampled_from(["Aleria = Old Town", "Omar Haddad = Abu Rice\nBorun = Boron", "no equals sign"])
change = st.one_of(
    st.tuples(st.sampled_from(FILES), contents),
    st.tuples(st.sampled_from(FILES), st.none()),
    st.tuples(st.just("names.txt"), names | st.none()),
    st.tuples(st.just("other.docx"), st.just("x") | st.none()),
)


def do(folder: Path, file: str, content: str | None) -> None:
    path = folder / file
    if content is None:
        path.unlink(missing_ok=True)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content, encoding="utf-8")


def said(corpus: Corpus) -> list[Any]:
    """All that people see of a corpus: its library, its replies, and how it reads questions."""
    library = corpus.library
    answerer = Answerer(library, corpus=corpus)
    replies = [answerer.answer(question) for question in QUESTIONS]
    narrowed = [answerer.answer(QUESTIONS[1], file=article.file) for article in library.articles]
    return [
        library.fingerprint,
        library.problems,
        library.names,
        [article.file for article in library.articles],
        [(sentence.text, corpus.place(sentence)) for sentence in corpus.sentences],
        [reply.query for reply in replies],
        [reply_record(reply, id=None, elapsed_ms=0, library="") for reply in (*replies, *narrowed)],
        dict(corpus.forms),
        sorted(corpus.names),
        {thing: dict(called) for thing, called in corpus.called.items()},
    ]


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    first=st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6),
    changes=st.lists(st.lists(change, min_size=1, max_size=3), min_size=1, max_size=5),
)
def test_after_any_changes_the_answers_are_those_of_a_fresh_reading(
    tmp_path_factory: pytest.TempPathFactory, first: list[str], changes: list[list[tuple[str, str | None]]]
) -> None:
    folder = tmp_path_factory.mktemp("articles")
    do(folder, "always.txt", "Always there\n\n" + " ".join(first))
    corpus = read(load(folder))

    for some in changes:
        for file, content in some:
            do(folder, file, content)
        corpus, _ = changed(corpus, look(folder))
        assert said(corpus) == said(read(load(folder)))


@pytest.mark.slow
def test_after_a_thousand_changes_the_answers_are_those_of_a_fresh_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_index, "LARGE", 1)
    chance = random.Random(6)  # noqa: S311 - it hides nothing
    folder = tmp_path / "articles"

    def content(number: int) -> str:
        paragraphs = [" ".join(chance.choices(SENTENCES, k=chance.randint(1, 4))) for _ in range(chance.randint(1, 4))]
        return "\n\n".join([f"Report {number}", *paragraphs])

    for number in range(60):
        do(folder, f"{number:03}.txt", content(number))
    corpus, _ = open_corpus(folder, tmp_path / "index")

    for number in range(1000):
        file = f"{chance.randrange(80):03}.txt"
        do(folder, file, content(number) if chance.random() < 0.7 else None)
        if (folder / file).exists():
            os.utime(folder / file, (number, number))  # what was changed a moment ago is read again each time
        corpus, _ = changed(corpus, look(folder))
        assert len(corpus.parts) < 10
        if number % 200 == 199:
            assert said(corpus) == said(read(load(folder)))


def test_what_came_changed_and_went_is_counted_and_the_old_corpus_stays(tmp_path: Path) -> None:
    for file in ("a.txt", "b.txt", "c.txt"):
        do(tmp_path, file, f"Article {file}\n\n{SENTENCES[2]}")
    old = read(load(tmp_path))
    before = said(old)
    do(tmp_path, "a.txt", f"Article a.txt\n\n{SENTENCES[0]}")
    do(tmp_path, "b.txt", None)
    do(tmp_path, "d.txt", f"Article d.txt\n\n{SENTENCES[1]}")
    new, change = changed(old, look(tmp_path))

    assert change == LibraryChange(came=1, changed=1, went=1)
    assert [article.file for article in new.library.articles] == ["a.txt", "c.txt", "d.txt"]
    assert said(old) == before


def test_nothing_is_read_where_nothing_changed(tmp_path: Path) -> None:
    do(tmp_path, "a.txt", f"Article\n\n{SENTENCES[2]}")
    os.utime(tmp_path / "a.txt", (1e9, 1e9))
    corpus = read(load(tmp_path))

    assert changed(corpus, look(tmp_path)) == (corpus, LibraryChange())


def test_a_file_that_changes_in_the_moment_in_which_it_is_read_is_read_again(tmp_path: Path) -> None:
    do(tmp_path, "a.txt", f"Article\n\n{SENTENCES[2]}")
    state = (tmp_path / "a.txt").stat()
    corpus = read(load(tmp_path))
    do(tmp_path, "a.txt", f"Article\n\n{SENTENCES[2]}".replace("spring", "winter"))
    os.utime(tmp_path / "a.txt", ns=(state.st_atime_ns, state.st_mtime_ns))
    corpus, _ = changed(corpus, look(tmp_path))

    assert "winter" in corpus.sentences[0].text


def test_a_folder_that_lost_its_last_article_is_said(tmp_path: Path) -> None:
    do(tmp_path, "a.txt", f"Article\n\n{SENTENCES[2]}")
    corpus = read(load(tmp_path))
    do(tmp_path, "a.txt", None)

    with pytest.raises(LibraryError, match="has no article that can be read"):
        changed(corpus, look(tmp_path))
