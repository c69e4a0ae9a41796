"""Labelled questions are read with their places in the articles, and what cannot be used is said in a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.core.errors import QuestionError
from retrieval.core.model import Article, Span
from retrieval.evaluation.labelled_questions import Question, question_of

if TYPE_CHECKING:
    from collections.abc import Sequence

HARBOUR = "The harbour\n\nThe harbour of Lund froze “twice” in\n1881. Boats stayed out."
MILL = "The mill\n\nThe mill burnt down."
ARTICLES = {
    file: Article(file=file, name=file, text=text, sha256="")
    for file, text in (("harbour.txt", HARBOUR), ("north/mill.txt", MILL))
}


def read(*gold: object, **others: object) -> Question:
    row: dict[str, Any] = {"question": "When?", "gold": list(gold), **others}
    return question_of(row, ARTICLES, where="q.jsonl, line 3", id="line 3")


def words(question: Question) -> Sequence[str]:
    return [ARTICLES[file].text[span.start : span.end] for file, span in question.gold]


def test_a_place_is_given_in_characters_or_as_a_quote() -> None:
    question = read({"file": "harbour.txt", "start": 4, "end": 11}, {"file": "north/mill.txt", "quote": "mill burnt"})

    assert question == Question("line 3", "When?", (("harbour.txt", Span(4, 11)), ("north/mill.txt", Span(14, 24))))
    assert words(question) == ["harbour", "mill burnt"]


def test_the_first_place_of_a_quote_counts() -> None:
    assert read({"file": "harbour.txt", "quote": "harbour"}).gold == (("harbour.txt", Span(4, 11)),)


def test_a_quote_may_differ_in_typography() -> None:
    assert words(read({"file": "harbour.txt", "quote": 'froze "twice" in 1881'})) == ["froze “twice” in\n1881"]


def test_an_id_is_kept_and_other_keys_are_left_alone() -> None:
    assert (read(id=7, kind="when").id, read(id="q").id, read(id=None).id) == ("7", "q", "line 3")


SHAPES = '{"file": "article.md", "quote": "its words"} or {"file": "article.md", "start": 0, "end": 42}'


@pytest.mark.parametrize(
    ("gold", "said"),
    [
        (
            {"file": "harbor.txt", "quote": "x"},
            "names the file “harbor.txt”, which is none of the articles; did you mean “harbour.txt”?",
        ),
        (
            {"file": "∅", "quote": "x"},
            "names the file “∅”, which is none of the articles; `quoth sources` lists them.",
        ),
        (
            {"file": "harbour.txt", "quote": "mill burnt"},
            "quotes “mill burnt”, which is not in harbour.txt; it is in north/mill.txt.",
        ),
        (
            {"file": "harbour.txt", "quote": "Ships stayed out"},
            "quotes “Ships stayed out”, which is not in harbour.txt; nearest there is “Boats stayed out.”",
        ),
        (
            {"file": "harbour.txt", "quote": "ΩΩΩ"},
            "quotes “ΩΩΩ”, which is not in harbour.txt; copy the words from the article.",
        ),
        (
            {"file": "north/mill.txt", "start": 4, "end": 900},
            "gives the place 4 to 900 of north/mill.txt, which has the characters 0 to 30; count again, or",
        ),
        ({"file": "harbour.txt", "start": 4}, f'has {{"file": "harbour.txt", "start": 4}} in “gold”; write {SHAPES}.'),
        (
            {"file": "harbour.txt", "quote": " "},
            f'has {{"file": "harbour.txt", "quote": " "}} in “gold”; write {SHAPES}.',
        ),
        ("harbour.txt", f'has "harbour.txt" in “gold”; write {SHAPES}.'),
        ({"file": "harbour.txt", "start": True, "end": 4}, "has {"),
    ],
)
def test_what_the_articles_do_not_have_is_said_with_what_to_write(gold: object, said: str) -> None:
    with pytest.raises(QuestionError) as told:
        read(gold)

    assert str(told.value).startswith(f"q.jsonl, line 3 {said}")


@pytest.mark.parametrize(("start", "end"), [(-1, 3), (3, 3), (5, 2), (0, len(MILL) + 1)])
def test_a_place_outside_the_article_is_refused(start: int, end: int) -> None:
    with pytest.raises(QuestionError, match=f"gives the place {start} to {end} of north/mill.txt"):
        read({"file": "north/mill.txt", "start": start, "end": end})


@pytest.mark.parametrize(
    ("span", "answers"),
    [(Span(0, 10), True), (Span(5, 20), True), (Span(6, 20), False), (Span(8, 12), True), (Span(10, 12), False)],
)
def test_half_of_the_shorter_one_must_be_covered(span: Span, answers: bool) -> None:
    question = Question("q", "?", (("a.txt", Span(0, 10)),))

    assert question.answered_at("a.txt", span) is answers
    assert not question.answered_at("b.txt", span)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-3, 99) | st.text(max_size=20) | st.sampled_from(list(ARTICLES)),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from(["file", "quote", "start", "end"]), inner, max_size=4)
    ),
    max_leaves=6,
)


@given(gold=st.lists(JSON, max_size=2))
def test_any_gold_is_read_or_refused_in_a_sentence(gold: list[object]) -> None:
    try:
        said = words(read(*gold))
    except QuestionError as error:
        said = [str(error).removeprefix("q.jsonl, line 3 ")]

    assert all(said)
