"""What texts and questions are compared by."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.analysis.analyzer import Analyzer
from retrieval.analysis.synonyms import Name, definitions, merged, names_of, read_names

GROUP = Name("Islamic State", ("IS", "ISIS", "Daesh"))
ANALYZER = Analyzer([GROUP, Name("United States", ("US", "U.S.")), Name("Al-Hol", ("al Hawl",))])


def of_question(text: str) -> list[str]:
    return [token.term for token in ANALYZER.of_question(text)]


@pytest.mark.parametrize(
    "called", ["Islamic State", "IS", "ISIS", "Isis", "isis", "Daesh", "IS's", "the Islamic State’s"]
)
def test_all_names_of_a_thing_are_one(called: str) -> None:
    assert of_question(f"attacks by {called} in Iraq") == ["attack", "=Islamic State", "iraq"]


@pytest.mark.parametrize(
    ("question", "terms"),
    [
        ("Is it true?", ["true"]),
        ("what is is", []),
        ("WHAT IS LEFT OF US?", ["left"]),
        ("Did US troops tell us?", ["=United States", "troop"]),
        ("U.S. troops", ["=United States", "troop"]),
        ("the camp al-Hol, Al Hol, al Hawl", ["camp", "=Al-Hol", "=Al-Hol", "=Al-Hol"]),
        ("10,000 cafés' Müller’s don't", ["10000", "cafe", "muller"]),
    ],
)
def test_capitals_accents_and_hyphens(question: str, terms: list[str]) -> None:
    assert of_question(question) == terms


def test_a_text_keeps_the_words_of_a_name_beside_it() -> None:
    tokens = ANALYZER.of_text("Islamic State fighters")

    assert [token.term for token in tokens] == ["=Islamic State", "islam", "state", "fighter"]


@given(text=st.text())
def test_any_text_gives_terms_that_stand_in_it(text: str) -> None:
    for token in ANALYZER.of_text(text):
        assert token.term
        assert text[token.span.start : token.span.end].strip()


def test_the_articles_own_definitions_are_found() -> None:
    text = (
        "The Syrian Democratic Forces (SDF) met the World Food Programme (WFP). A year (2016) and a note (see below)."
    )

    assert names_of(definitions(text)) == [
        Name("Syrian Democratic Forces", ("SDF",)),
        Name("World Food Programme", ("WFP",)),
    ]


def test_a_short_form_of_two_things_is_left_alone() -> None:
    texts = ["the American Library Association (ALA)", "the Alabama Lawyers Association (ALA)"]

    assert names_of(pair for text in texts for pair in definitions(text)) == []


def test_names_that_share_a_name_become_one() -> None:
    assert merged([Name("A group", ("AG",)), Name("Another", ("Xyz",)), Name("AG", ("The lot",))]) == [
        Name("A group", ("AG", "The lot")),
        Name("Another", ("Xyz",)),
    ]


def test_a_names_file_is_read_line_by_line() -> None:
    names, problems = read_names("# comment\n\nTown = City, Burgh # why\nD\n= E\nF =\n", "names.txt")

    assert names == [Name("Town", ("City", "Burgh"))]
    assert [str(problem).partition(":")[0] for problem in problems] == [
        "names.txt, line 4",
        "names.txt, line 5",
        "names.txt, line 6",
    ]


def test_a_small_word_is_no_name_unless_it_is_in_capitals() -> None:
    names, problems = read_names("Lake Group = IT, it, LG\nUs = United States\n...", "names.txt")

    assert names == [Name("Lake Group", ("IT", "LG"))]
    assert [str(problem) for problem in problems] == [
        "names.txt, line 1: “it” is left out; a small word is only a name in capitals, as “IT”",
        "names.txt, line 2: “Us” is left out; a small word is only a name in capitals, as “US”",
        "names.txt, line 3: “...” is left out; write it as: main name = other, other",
    ]


@given(text=st.text() | st.text("Ab =,#\n"))
def test_any_names_file_is_read_and_every_problem_names_its_line(text: str) -> None:
    names, problems = read_names(text, "names.txt")

    assert all(len(name.all) > 1 and all(name.all) for name in names)
    assert all(str(problem).startswith("names.txt, line ") for problem in problems)
