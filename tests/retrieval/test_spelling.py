"""Misspelt words, through the answerer: what is meant is found, and what is right stays as it is."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import fold, words
from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer, Reason
from retrieval.index.segments.fuzzy import sound
from retrieval.ingestion import library
from retrieval.query.question_analysis import analyze
from retrieval.query.question_text import QuestionText

if TYPE_CHECKING:
    from pathlib import Path

ARTICLES = {
    "names.txt": "Order of the Heron = Heronists\n",
    "harbour.md": (
        "# The lighthouse of Zandvliet\n\n"
        "The harbour master Suleimani painted every boat in the colour of the sea. A storm sank the ferry.\n\n"
        "The Order of the Heron feeds swans in winter. Gannets attacked the nets. They stow every stone.\n"
    ),
    "valley.md": (
        "# The valley\n\n"
        "Farmers sold barley to the mill. The black market for honey moved to Mirandel.\n\n"
        "Mayor Mohammed al-Kharfawi organised a ceasefire among the beekeepers. Every farmer keeps a goat.\n\n"
        "A parade of camels passed the theatre. Trade with the coast was banned for a year.\n"
    ),
}


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(tmp_path_factory.mktemp("spelling"))


def answerer_of(folder: Path) -> Answerer:
    for name, text in ARTICLES.items():
        (folder / name).write_text(text, encoding="utf-8")
    return Answerer(library.load(folder))


def also(answerer: Answerer, question: str) -> list[str]:
    """What was also looked for."""
    return list(dict.fromkeys(name for term in answerer.answer(question).query.terms for name in term.also))


@pytest.mark.parametrize(
    ("question", "meant"),
    [
        ("Who painted every baot?", ["boat"]),  # swapped
        ("Who painted evrey boat?", []),  # a stop word
        ("Who fed swnas in winter?", ["swans"]),
        ("Which paarde passed the theatre?", ["parade"]),
        ("Where is the blak market?", ["black"]),  # dropped
        ("What did gannets attackd?", ["attacked"]),
        ("What did gannets do to the nts?", ["nets"]),  # of three letters
        ("Who keeps a gooat?", ["goat"]),  # doubled
        ("What was the farry?", ["ferry"]),  # wrong
        ("Who sold xarley to the mill?", ["barley"]),  # the first letter
        ("Where was the mraket for honeey?", ["market", "honey"]),  # two words
        ("Who organised a ceesefier?", ["ceasefire"]),  # two letters
        ("Who is Soleimani?", ["Suleimani"]),  # spelt by ear
        ("Who is Sulaymany?", ["Suleimani"]),
        ("Who is mayor Muhamed?", ["Mohammed"]),
        ("Who is al-Harfawi?", ["Kharfawi"]),
        ("Who is Alkharfawi?", ["al Kharfawi"]),  # run together
        ("What is the blackmarket?", ["black market"]),
        ("Who made the cease-fire?", ["ceasefire"]),  # apart
        ("What was the color of the boat?", ["colour"]),  # of another country
        ("Who organizes the beekeepers?", ["organised"]),
        ("What passed the theater?", ["theatre"]),
        ("What do Herronists feed?", ["Order of the Heron"]),  # a name of a thing
        ("What does the Ordr of the Heron feed?", ["Order of the Heron"]),
        ("Who is from Zandvleit?", ["Zandvliet"]),  # a word of a title
    ],
)
def test_what_is_meant_is_looked_for_as_the_source_writes_it(
    answerer: Answerer, question: str, meant: list[str]
) -> None:
    assert also(answerer, question) == meant


def test_a_letter_left_out_is_likelier_than_another_one_written(answerer: Answerer) -> None:
    assert also(answerer, "Which stoe?") == ["stone"]


@pytest.mark.parametrize(
    "question",
    [
        "Which farmers were farming?",  # known by their stem
        "What is in Zandvliet?",  # known from a title
        "Who mourned in the valley?",  # English: not "moved"
        "Which mull?",
        "How heavy is the angle?",
        "Who planted parsley?",  # English: not "barley"
        "Which goal?",  # English: not "goat"
        "What happened in Mozambique?",
        "Who is mayor Goatt?",  # a name: not the animal
        "What is xqzvw 10000000 a1b2?",
        "Who is from Kiribati?",
    ],
)
def test_a_word_that_is_right_is_not_changed(answerer: Answerer, question: str) -> None:
    assert also(answerer, question) == []


@pytest.mark.parametrize(
    ("question", "meant"), [("Who painted a xoat?", "boat"), ("Which farmer keeps a xoat?", "goat")]
)
def test_of_two_near_words_that_is_meant_which_stands_beside_the_others(
    answerer: Answerer, question: str, meant: str
) -> None:
    assert also(answerer, question) == [meant]


def test_an_english_word_that_the_articles_lack_is_looked_for_beside_what_it_may_be(answerer: Answerer) -> None:
    reply = answerer.answer("Which farmers sold barely to the mill?")

    assert isinstance(reply, Answer)
    assert [(t.term, t.also, t.weight < 1) for t in reply.query.terms if t.word == "barely"] == [
        ("bare", (), False),
        ("barley", ("barley",), True),
    ]


def test_a_misspelt_word_counts_for_less_than_one_as_it_is_written(answerer: Answerer) -> None:
    reply = answerer.answer("Who painted the baot?")

    assert [(term.word, term.read, term.weight < 1) for term in reply.query.terms] == [
        ("painted", "", False),
        ("baot", "boat", True),
    ]
    assert reply.query.read == "Who painted the boat?"


def test_without_a_speller_words_stay_as_they_are(answerer: Answerer) -> None:
    query = analyze("Who painted the baot?", answerer.corpus, answerer.searcher.frequencies).query

    assert [(term.term, term.also) for term in query.terms] == [("paint", ()), ("baot", ())]


def test_what_nobody_can_have_meant_is_refused_by_name(answerer: Answerer) -> None:
    reply = answerer.answer("Who is Wolkenstein?")

    assert isinstance(reply, NoAnswer)
    assert reply.reason is Reason.UNKNOWN_WORDS
    assert [term.word for term in reply.query.unknown] == ["Wolkenstein"]


@given(question=st.text() | st.text("abdefgimnorsty -'", max_size=60))
def test_any_text_is_respelt_in_order_and_with_words_of_the_articles(answerer: Answerer, question: str) -> None:
    respelt = answerer.speller.respell(QuestionText(question, answerer.corpus.analyzer))

    for one, next_one in pairwise(respelt):
        assert one.span.end <= next_one.span.start
    for place in respelt:
        forms = [word.form for word in words(question[place.span.start : place.span.end])]
        assert forms
        assert not any(form in answerer.corpus.forms for form in forms) or len(forms) == 2
        assert place.written


@given(
    form=st.sampled_from(["harbour", "suleimani", "beekeepers", "goat", "mohammed", "every", "heronists", "nets"]),
    slips=st.lists(st.tuples(st.sampled_from("-+~x"), st.integers(0, 9), st.sampled_from("aehkqz")), max_size=3),
    name=st.booleans(),
)
def test_the_candidates_are_those_of_looking_at_every_word(
    answerer: Answerer, form: str, slips: list[tuple[str, int, str]], name: bool
) -> None:
    for slip, at, letter in slips:
        head, tail = form[:at], form[at:]
        form = {"-": head + tail[1:], "+": head + letter + tail, "~": head + tail[1:2] + tail[:1] + tail[2:]}.get(
            slip, head + letter + tail[1:]
        )
    corpus = answerer.corpus
    things = [thing for thing in corpus.library.names if f"={thing.main}" in answerer.searcher.frequencies]
    named = {fold(one)[0] for thing in things for one in thing.all}
    known = {one for one in named if one.isalpha()} | set(corpus.forms)
    names = {one for one in known if one in corpus.names or one not in corpus.forms}
    errors = 2 if len(form) >= 8 else 1
    lengths = range(len(form) + (len(form) == 3 or -errors), len(form) + errors + 1)
    near = {one for one in known | {stop for stop in STOP_WORDS if len(stop) > 3} if len(one) in lengths}
    expected = {one: OSA.distance(form, one) for one in near if OSA.distance(form, one) <= errors and len(one) > 2}
    if len(form) >= 5 and len(sound(form)) >= 3:
        alike = {one for one in names if len(one) > 2 and sound(one) == sound(form)}
        distances = {one: OSA.distance(form, one) for one in alike}
        expected |= {one: distance for one, distance in distances.items() if distance <= max(2, len(form) // 3)}
    expected = {} if len(form) < 3 else expected

    found = {candidate.form: candidate.errors for candidate in answerer.speller._near(form, name=name)}

    assert found == {one: errors for one, errors in expected.items() if not name or one in names or one in STOP_WORDS}
