"""What became of labelled questions, in figures that can be worked out by hand."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.evaluation.error_analysis import miss_of
from retrieval.evaluation.labelled_questions import question_of
from retrieval.evaluation.metrics import (
    Bin,
    Figures,
    Judgement,
    Point,
    calibration,
    evaluate,
    figures,
    in_use,
    risk_coverage,
)
from retrieval.evaluation.significance import Comparison, QuestionChange, compare
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer
    from retrieval.evaluation.labelled_questions import Question


def judgement(
    question: str = "Who?",
    *,
    rank: int | None = None,
    confidence: float = 0.5,
    answerable: bool = True,
    refused: bool = False,
    tentative: bool = False,
    ms: float = 1.0,
) -> Judgement:
    return Judgement(
        id=question,
        question=question,
        answerable=answerable,
        reason="weak_match" if refused else None,
        confidence=confidence,
        rank=rank,
        in_first=rank in (1, 2),
        elapsed_ms=ms,
        tentative=tentative,
    )


def test_figures_are_those_of_a_worked_example() -> None:
    judged = [
        judgement(rank=1, confidence=1.0, ms=4),
        judgement(rank=2, confidence=0.75, ms=2),
        judgement(rank=4, confidence=0.5, tentative=True, ms=3),
        judgement(confidence=0.25, refused=True, ms=1),
        judgement(answerable=False, confidence=0.5, ms=5),
        judgement(answerable=False, confidence=0.0, refused=True, ms=6),
    ]

    assert figures(judged) == Figures(
        answerable=4,
        unanswerable=2,
        recall_at_1=0.25,
        recall_at_3=0.5,
        recall_at_5=0.75,
        recall_at_10=0.75,
        mrr_at_10=(1 + 1 / 2 + 1 / 4) / 4,
        in_first=0.5,
        answerable_refused=1,
        unanswerable_answered=1,
        answerable_tentative=1,
        unanswerable_tentative=0,
        auc=6.5 / 8,
        kept_at_5_percent=0.5,
        calibration_error=2 / 6,
        ms_p50=4,
        ms_p99=6,
    )


def test_where_there_is_nothing_to_measure_there_is_no_figure() -> None:
    only_answerable, only_unanswerable = figures([judgement(rank=1)]), figures([judgement(answerable=False)])

    assert (only_answerable.auc, only_answerable.kept_at_5_percent, only_answerable.recall_at_1) == (None, None, 1)
    assert (only_unanswerable.auc, only_unanswerable.recall_at_1, only_unanswerable.mrr_at_10) == (None, None, None)


def test_calibration_compares_what_is_said_with_what_is_true() -> None:
    judged = [
        judgement(confidence=1.0, rank=1),
        judgement(confidence=0.9, rank=3),
        judgement(confidence=0.3, rank=1, refused=True),
        judgement(confidence=0.3, answerable=False),
    ]

    assert calibration(judged) == [Bin(0.3, 0.4, 2, said=0.3, right=0.5), Bin(0.9, 1.0, 2, said=0.95, right=0.5)]


def test_the_risk_coverage_curve_has_a_point_for_each_confidence() -> None:
    judged = [
        judgement(confidence=0.9, rank=1),
        judgement(confidence=0.6, rank=2),
        judgement(confidence=0.6, rank=1),
        judgement(confidence=0.2, answerable=False, refused=True),
    ]

    assert risk_coverage(judged) == [Point(0.9, 0.25, 0.0), Point(0.6, 0.75, 1 / 3), Point(0.2, 1.0, 0.5)]
    assert in_use(judged, 0.45) == Point(0.45, 0.75, 1 / 3)
    assert in_use(judged[3:], 0.45) is None


JUDGEMENTS = st.lists(
    st.builds(
        judgement,
        rank=st.none() | st.integers(1, 10),
        confidence=st.sampled_from([0.0, 0.1, 0.3, 0.9999, 1.0]) | st.floats(0, 1),
        answerable=st.just(True),
        refused=st.booleans(),
    )
    | st.builds(judgement, confidence=st.floats(0, 1), answerable=st.just(False), refused=st.booleans()),
    min_size=1,
    max_size=40,
)


@given(judged=JUDGEMENTS)
def test_figures_of_any_questions_hold_together(judged: list[Judgement]) -> None:
    found, curve, bins = figures(judged), risk_coverage(judged), calibration(judged)
    yes = [judged.confidence for judged in judged if judged.answerable]
    no = [judged.confidence for judged in judged if not judged.answerable]
    wins = sum((a > b) + (a == b) / 2 for a in yes for b in no)

    assert found.auc == (pytest.approx(wins / len(yes) / len(no)) if yes and no else None)
    assert sum(inside.questions for inside in bins) == len(judged)
    assert all(0 <= inside.said <= 1 and 0 <= inside.right <= 1 for inside in bins)
    assert all(a.threshold > b.threshold and a.coverage < b.coverage for a, b in pairwise(curve))
    assert curve[-1].coverage == 1
    assert curve[-1].risk == pytest.approx(sum(each.rank != 1 for each in judged) / len(judged))


def test_comparing_tells_what_was_won_and_lost_whatever_the_ids() -> None:
    won = judgement("a", rank=3), judgement("a", rank=1)
    lost = judgement("b", answerable=False, refused=True), judgement("b", answerable=False)
    moved = judgement("c", rank=5), judgement("c", rank=None)
    same = judgement("d", rank=1, ms=1), judgement("d", rank=1, ms=9)
    before = [won[0], lost[0], moved[0], same[0], judgement("gone", rank=1)]
    now = [replace(same[1], id="another"), lost[1], won[1], moved[1], judgement("new"), judgement("a", rank=1)]

    assert compare(before, now) == Comparison(
        figures=(figures(before[:4]), figures([same[1], lost[1], won[1], moved[1]])),
        won=(QuestionChange(*won),),
        lost=(QuestionChange(*lost),),
        moved=(QuestionChange(*moved),),
        only_before=1,
        only_now=2,
    )


@pytest.mark.parametrize(("won", "lost", "chance"), [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 2 / 32), (6, 2, 74 / 256)])
def test_chance_is_that_of_the_sign_test(won: int, lost: int, chance: float) -> None:
    before = [judgement(str(n), rank=2 if n < won else 1) for n in range(won + lost)]
    now = [judgement(str(n), rank=1 if n < won else 2) for n in range(won + lost)]

    assert compare(before, now).chance == chance


BRIDGE = """\
# The bridge of Halm

The bridge of Halm was opened in 1932. Olga Berg of Halm drew its arches.

Photo: Jane Doe/The Courier

## The great flood

Herons nest below it in spring. The toll was three crowns until 1950.
"""


@pytest.fixture(scope="module")
def answerer(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(tmp_path_factory.mktemp("bridge"), {"bridge.md": BRIDGE})


def asked(answerer: Answerer, question: str, *quotes: str) -> Question:
    gold = [{"file": "bridge.md", "quote": quote} for quote in quotes]
    articles = {article.file: article for article in answerer.library.articles}
    return question_of({"question": question, "gold": gold}, articles, where="here", id="q")


def test_each_question_is_asked_and_judged(answerer: Answerer) -> None:
    told: list[tuple[int, int]] = []
    questions = [
        asked(answerer, "When was the bridge of Halm opened?", "opened in 1932"),
        asked(answerer, "How do I install Python on Windows?"),
    ]
    found, refused = (
        judged for judged, _ in evaluate(answerer, questions, progress=lambda done, of: told.append((done, of)))
    )

    assert (found.rank, found.in_first, found.answered, found.right) == (1, True, True, True)
    assert (refused.rank, refused.answered, refused.right, refused.reason) == (None, False, True, "unknown_words")
    assert told == [(1, 2), (2, 2)]


def test_a_miss_shows_what_the_answer_had_less_than_the_first(answerer: Answerer) -> None:
    question = asked(answerer, "When was the bridge of Halm opened?", "Olga Berg of Halm drew its arches")
    ((judged, reply),) = evaluate(answerer, [question])
    miss = miss_of(answerer, question, judged, reply)

    assert miss.first
    assert miss.answer
    assert not judged.right
    assert miss.answer.text == "Olga Berg of Halm drew its arches."
    assert sum(by for _, by in miss.differences) == pytest.approx(
        sum(part.value for part in miss.parts) - miss.first.score
    )
    assert [term.word for term in miss.has] == ["Halm"]
    assert [abs(by) for _, by in miss.differences] == sorted((abs(by) for _, by in miss.differences), reverse=True)
    assert [term.word for term in miss.lacks] == ["bridge", "opened"]


def test_a_miss_tells_an_answer_that_was_never_ranked(answerer: Answerer) -> None:
    question = asked(answerer, "Who was the engineer?", "Herons nest below it")
    ((judged, reply),) = evaluate(answerer, [question])
    miss = miss_of(answerer, question, judged, reply)

    assert (miss.place, miss.parts, miss.differences, miss.has) == (None, (), [], ())
    assert miss.answer
    assert miss.answer.text == "Herons nest below it in spring."


def test_a_miss_tells_a_place_that_no_sentence_has(answerer: Answerer) -> None:
    question = asked(answerer, "When was the bridge of Halm opened?", "The bridge of Halm")
    ((judged, reply),) = evaluate(answerer, [question])

    assert miss_of(answerer, question, judged, reply).answer is None
