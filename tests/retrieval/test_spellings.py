"""Words as people type them, through the answerer: in one or two words, cut short, with signs, in the midst of chat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer
from retrieval.index.corpus import read
from retrieval.ingestion import library

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = {
    "house.md": (
        "# House rules\n\nThe Wi-Fi password hangs beside the door. "
        "Write an e-mail to the board before you bring a dog. Plywood of 3 mm is in the cellar. "
        "Sheets of 5mm cost two coins.\n\n"
        "Error E-1042 means that the lid is open. The PS 5 stands in the lounge. "
        "Members may stay up to 11 pm. Set maxPlayers to twenty.\n\n"
        "The setting open_seconds keeps the lock open. The login page is new. Version 3.2 brings dark colours.\n"
    ),
    "names.md": (
        "# Small names\n\nR&D sits on the third floor. C# is taught by Bo, and C++ by Ada. The I/O is slow on Mondays. "
        "We print in hall C. Only an A+ counts as excellent. We go there on foot. Go is a game with stones. "
        "The Who are a band.\n\nAT&T pays for the tea. B&B guests eat at noon.\n"
    ),
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    folder = tmp_path_factory.mktemp("spellings")
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Answerer(library.load(folder))


def closest(answerer: Answerer, question: str) -> str:
    """The first sentence that is quoted or shown as closest."""
    reply = answerer.answer(question)
    quotes = reply.quotes if isinstance(reply, Answer) else reply.nearest
    return next((quote.text for quote in quotes), "")


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("wifi password?", "Wi-Fi"),
        ("wifi pw", "Wi-Fi"),
        ("Whom do I email before I bring a dog?", "e-mail"),
        ("where is the 3mm plywood", "3 mm"),
        ("what do 5 mm sheets cost", "5mm"),
        ("What does E1042 mean?", "E-1042"),
        ("What does error e 1042 mean?", "E-1042"),
        ("where is the ps5", "PS 5"),
        ("How do I set max players?", "maxPlayers"),
        ("what are open seconds for", "open_seconds"),
        ("Where do I log in?", "login"),
        ("what does v3.2 bring", "Version 3.2"),
        ("how late may mbrs stay", "11 pm"),
        ("what colors does 3.2 bring", "colours"),
    ],
)
def test_what_is_written_otherwise_is_found(answerer: Answerer, question: str, said: str) -> None:
    assert said in closest(answerer, question)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("Where is R&D?", "R&D sits"),
        ("where is r&d", "R&D sits"),
        ("Who teaches C#?", "C# is taught"),
        ("What is C++?", "C++ by Ada"),
        ("What is the I/O?", "The I/O"),
        ("Who is AT&T?", "AT&T pays"),
        ("When do B&B guests eat?", "B&B guests"),
        ("What is hall C?", "hall C"),
        ("What is A+?", "A+"),
        ("What is c", "in hall C"),
        ("What is Go?", "Go is a game"),
        ("Who are The Who?", "The Who are"),
    ],
)
def test_a_name_of_letters_and_signs_is_a_word(answerer: Answerer, question: str, said: str) -> None:
    assert said in closest(answerer, question)


@pytest.mark.parametrize(
    "around",
    [
        "hey guys, quick question: {}",
        "does anyone know {}",
        "{} thx lol",
        "btw {} pls",
        "sry if this was asked before, {}",
        "Can someone tell me {}",
        "imo {} tbh",
    ],
)
def test_what_is_said_around_a_question_changes_nothing(answerer: Answerer, around: str) -> None:
    question = "where the Wi-Fi password is"

    plain, chatty = answerer.answer(question), answerer.answer(around.format(question))

    assert isinstance(plain, Answer)
    assert isinstance(chatty, Answer)
    assert [term.term for term in chatty.query.terms] == [term.term for term in plain.query.terms]
    assert (chatty.quotes, chatty.confidence) == (plain.quotes, plain.confidence)


def test_words_of_chat_alone_find_nothing_and_are_no_misspellings(answerer: Answerer) -> None:
    reply = answerer.answer("thx lol")

    assert isinstance(reply, NoAnswer)
    assert not reply.nearest


def test_a_word_that_the_articles_have_stays_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "lab.md").write_text("# Lab\n\nThe temp works in the lab. The temperature is low.\n")
    answerer = Answerer(library.load(tmp_path))

    assert not answerer.analyze("where does the temp work").repairs
    assert [repair.written for repair in answerer.analyze("how low are the temps").repairs] != ["temperature"]


def test_a_heading_of_one_small_word_in_capitals_is_a_name(tmp_path: Path) -> None:
    (tmp_path / "offices.md").write_text(
        "# Offices\n\n## IT\n\nThe helpers sit upstairs.\n\n## HR\n\nThey sit below.\n"
    )

    corpus = read(library.load(tmp_path))

    assert "IT" in corpus.vocabulary
