"""Which sentences are looked at a second time: those with the question's words, and what stands where these are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.answer.answerer import Answerer
from retrieval.ingestion.library import load
from retrieval.search.candidates import AROUND, FIRST_STAGE, NEAR_WEIGHT, surroundings, with_near_terms
from tests.contracts.searcher import QUESTION, SEEDS
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.core.model import Hit

HOUSE = """# The boathouse

Rowers meet at the jetty on Sunday mornings.

## Is there somewhere to shower?

Yes. Two of them, on the ground floor. Bring a towel.

## Hiring a boat

| Boat | Per hour |
|---|---|
| Kayak | 6 euros |
| Dinghy | 11 euros |

## Animals

Pets wait on the lawn.

Nobody feeds the swans.
"""
HARBOUR = """# The harbour

## Mooring

A night at the pier costs 20 euros for each boat.

## Animals

Pets stay aboard.
"""


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(tmp_path_factory.mktemp("boats"), {"house.md": HOUSE, "harbour.md": HARBOUR})


def candidates(answerer: Answerer, question: str, file: str | None = None) -> list[Hit]:
    return answerer.candidates(answerer.analyze(question).query, file=file)


def texts(hits: list[Hit]) -> list[str]:
    return [hit.sentence.text for hit in hits]


def test_a_short_answer_below_a_heading_that_asks_is_a_candidate(answerer: Answerer) -> None:
    found = texts(candidates(answerer, "where can I shower?"))

    assert {"Yes.", "Two of them, on the ground floor.", "Bring a towel."} <= {*found}


def test_the_rows_of_a_table_below_a_heading_with_the_words_are_candidates(answerer: Answerer) -> None:
    found = candidates(answerer, "hiring")

    assert {"| Kayak | 6 euros |", "| Dinghy | 11 euros |"} <= {*texts(found)}
    assert "hiring" not in " ".join(texts(found)[1:]).lower()


def test_a_word_brings_what_has_another_word_for_the_same(answerer: Answerer) -> None:
    query = answerer.analyze("may I bring my dog?").query

    found = texts(answerer.candidates(query))

    assert not any("Pets" in hit.sentence.text for hit in answerer.searcher.search(query, FIRST_STAGE))
    assert {"Pets wait on the lawn.", "Pets stay aboard."} <= {*found}
    assert "Nobody feeds the swans." in found  # what stands around it comes with it


def test_near_terms_weigh_less_than_those_that_were_asked_for(answerer: Answerer) -> None:
    query = answerer.analyze("dog in a boat").query

    near = with_near_terms(query, answerer.terms, answerer.searcher)

    assert near is not None
    assert near.terms[: len(query.terms)] == query.terms
    added = {term.term: term.weight for term in near.terms[len(query.terms) :]}
    assert 0 < added["pet"] < NEAR_WEIGHT
    assert not added.keys() & {term.term for term in query.terms}


def test_a_question_whose_words_have_no_kin_here_stays_as_it_is(answerer: Answerer) -> None:
    query = answerer.analyze("qwxzv 2019").query

    assert with_near_terms(query, answerer.terms, answerer.searcher) is None
    assert candidates(answerer, "qwxzv 2019") == []


@pytest.mark.parametrize("question", ["dog in a boat", "shower", "how much is a kayak per hour?"])
def test_with_a_file_there_are_candidates_of_that_article_alone(answerer: Answerer, question: str) -> None:
    everywhere = {hit.sentence.article.file for hit in candidates(answerer, question)}
    found = candidates(answerer, question, file="house.md")

    assert "house.md" in everywhere
    assert {hit.sentence.article.file for hit in found} == {"house.md"}
    assert candidates(answerer, question, file="no such file") == []


@pytest.fixture(scope="module")
def seeds() -> Answerer:
    return Answerer(load(SEEDS))


@pytest.mark.parametrize("question", [QUESTION, "Who leads the group?", "When was the camp closed, and why?"])
def test_the_hits_of_the_first_stage_come_first_in_their_order(seeds: Answerer, question: str) -> None:
    query = seeds.analyze(question).query
    hits = list(seeds.searcher.search(query, FIRST_STAGE))

    found = seeds.candidates(query)

    assert found[: len(hits)] == hits
    assert len(found) > len(hits)


@pytest.mark.parametrize("question", [QUESTION, "Who leads the group?", "When was the camp closed, and why?"])
def test_each_candidate_is_there_once_with_the_score_of_a_search(seeds: Answerer, question: str) -> None:
    query = seeds.analyze(question).query
    every = {hit.sentence: hit for hit in seeds.searcher.search(query, len(seeds.corpus.sentences))}

    found = seeds.candidates(query)

    assert len({hit.sentence for hit in found}) == len(found)
    assert [hit for hit in found if hit.sentence in every] == [
        every[hit.sentence] for hit in found if hit.sentence in every
    ]
    assert all(hit.score >= 0 for hit in found)


def test_around_a_sentence_is_its_section_and_around_a_heading_all_below_it(answerer: Answerer) -> None:
    corpus = answerer.corpus
    around = {
        sentence.text: [corpus.sentences[number].text for number in surroundings(sentence, corpus)]
        for sentence in corpus.sentences
        if sentence.article.file == "house.md"
    }
    animals = ["Animals", "Pets wait on the lawn.", "Nobody feeds the swans."]

    assert around["Nobody feeds the swans."] == animals
    assert [text for text in around if around[text] == animals] == animals


def test_in_an_article_without_headings_a_sentence_has_its_paragraph_around_it(tmp_path: Path) -> None:
    corpus = answerer_of(tmp_path, {"note.txt": "First one. Second one.\n\nA third one, which is apart."}).corpus
    first, _, third = (surroundings(sentence, corpus) for sentence in corpus.sentences)

    assert (first, third) == (range(2), range(2, 3))


def test_of_a_long_section_only_what_is_near_is_around(tmp_path: Path) -> None:
    lines = "".join(f"- Rule number {number} of the house.\n" for number in range(100))
    corpus = answerer_of(tmp_path, {"rules.md": f"# Rules\n\n## All of them\n\n{lines}"}).corpus
    middle = corpus.sentences[50]

    assert surroundings(middle, corpus) == range(50 - AROUND, 50 + AROUND + 1)
    heading = next(sentence for sentence in corpus.sentences if sentence.text == "All of them")
    assert len(surroundings(heading, corpus)) == 2 * AROUND


def test_scores_do_not_depend_on_which_sentences_are_scored_together(seeds: Answerer) -> None:
    query = seeds.analyze(QUESTION).query
    numbers = np.array([9, 2, 40], dtype=np.int32)

    together = list(seeds.searcher.score(query, numbers))

    assert together == [seeds.searcher.score(query, numbers[at : at + 1])[0] for at in range(3)]
