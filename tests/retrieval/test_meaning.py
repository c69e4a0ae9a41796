"""With a model, what is said in other words is found; without one, everything is what it was."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer, shown
from retrieval.search.meaning.opening import MeaningOpener
from retrieval.search.meaning.readiness import MeaningState
from retrieval.search.meaning.yardstick import PAIRS, Yardstick
from retrieval.search.reranking import confidence_with_meaning
from retrieval.search.reranking.calibration import SIGNALS_WITH_MEANING
from retrieval.search.reranking.ranking_with_meaning import WEIGHTS
from retrieval.search.reranking.reranker import FEATURES, MEANING_FEATURES
from tests.retrieval.libraries import library_of
from tests.retrieval.model_weights import minilm_folder

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from retrieval.ingestion.library import Library

RULES = """# House rules

## Animals

A canine companion is fine in the lounge, on a lead.

## Machines

Nobody touches the lathe without an introduction.

## Parking

There are six spaces behind the house for those who drive here.
"""
QUESTION = "can I bring my puppy"
OTHERS = {"hours.md": "# Hours\n\nThe workshop opens at nine.", "money.md": "# Money\n\nA member pays 32 euros."}


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return minilm_folder(tmp_path_factory.mktemp("models") / "minilm")


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return library_of(tmp_path / "seeds", {"rules.md": RULES, **OTHERS})


@pytest.fixture
def with_model(model: Path, library: Library, tmp_path: Path) -> Answerer:
    return reading_along(MeaningOpener(model, tmp_path / "index"), Answerer(library))


def reading_along(opener: MeaningOpener, answerer: Answerer) -> Answerer:
    opened = opener.open(answerer.corpus)
    assert opened.status.state is MeaningState.READY
    return Answerer(
        answerer.library,
        corpus=answerer.corpus,
        meaning=opened.index,
        meaning_status=opened.status,
        min_confidence=0,
        sure_confidence=0,
    )


def test_a_passage_without_a_word_of_the_question_is_found_first(with_model: Answerer) -> None:
    reply = with_model.answer(QUESTION)

    assert shown(reply)[0].text == "A canine companion is fine in the lounge, on a lead."


def test_what_is_shown_is_still_a_quotation_whose_parts_add_up_to_its_score(with_model: Answerer) -> None:
    quote = shown(with_model.answer(QUESTION))[0]

    assert quote.text == quote.article.text[quote.span.start : quote.span.end]
    assert math.fsum(part.value for part in quote.parts) == pytest.approx(quote.score)
    assert {"nearness", "closeness"} <= {part.key for part in quote.parts}


def test_an_article_that_is_named_is_the_only_one_that_is_looked_into(with_model: Answerer) -> None:
    quotes = shown(with_model.answer(QUESTION, file="money.md"))

    assert {quote.article.file for quote in quotes} <= {"money.md"}


def test_a_question_of_nothing_but_small_words_is_still_refused(with_model: Answerer) -> None:
    assert isinstance(with_model.answer("is it that?"), NoAnswer)


def test_a_follow_up_is_read_with_what_it_follows(with_model: Answerer) -> None:
    before = with_model.analyze("Where can I park behind the house?").query

    reply = with_model.answer("and how many?", after=before)

    assert isinstance(reply, Answer)
    assert "six spaces" in reply.quotes[0].text


def test_without_a_model_nothing_of_it_is_in_a_reply(library: Library) -> None:
    quotes = shown(Answerer(library, min_confidence=0).answer("Where can I park behind the house?"))

    assert not {part.key for quote in quotes for part in quote.parts} & {feature.key for feature in MEANING_FEATURES}


def test_each_feature_has_a_weight_that_was_learnt_with_a_model() -> None:
    assert set(WEIGHTS) == {"first_stage", *(feature.key for feature in (*FEATURES, *MEANING_FEATURES))}


def test_each_signal_of_the_confidence_has_one_too() -> None:
    assert set(confidence_with_meaning.WEIGHTS) == {signal.key for signal in SIGNALS_WITH_MEANING}


def test_a_model_that_cannot_be_used_is_said_in_a_sentence(library: Library, tmp_path: Path) -> None:
    opened = MeaningOpener(tmp_path / "nothing", tmp_path / "index").open(Answerer(library).corpus)

    assert (opened.index, opened.status.state) == (None, MeaningState.FAILED)
    assert opened.status.note == (
        f"The model in {tmp_path / 'nothing'} is not used, since there is no such folder. "
        "Answers are found by words alone."
    )


def test_a_large_library_waits_until_its_embeddings_are_made(model: Path, library: Library, tmp_path: Path) -> None:
    opener, corpus = MeaningOpener(model, tmp_path / "index"), Answerer(library).corpus

    waiting = opener.open(corpus, most=2)
    ready = opener.open(corpus)
    again = MeaningOpener(model, tmp_path / "index").open(corpus, most=0)

    assert (waiting.index, waiting.status.state, waiting.status.missing) == (None, MeaningState.WAITING, 8)
    assert (ready.status.state, ready.status.made) == (MeaningState.READY, 8)
    assert (again.status.state, again.status.made) == (MeaningState.READY, 0)


def test_a_yardstick_gives_models_with_other_cosines_the_same_scale() -> None:
    class Shifted:
        """Makes vectors of pairs, all of which share a part that is the larger the nearer `share` is to 1."""

        def __init__(self, share: float) -> None:
            self.share = share

        def question(self, text: str) -> NDArray[np.float32]:
            return self._vector([question for question, _ in PAIRS].index(text))

        def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
            return np.stack([self._vector([passage for _, passage in PAIRS].index(text)) for text in texts])

        def _vector(self, number: int) -> NDArray[np.float32]:
            found = np.zeros(1 + len(PAIRS), dtype=np.float32)
            found[0], found[1 + number] = math.sqrt(self.share), math.sqrt(1 - self.share)
            return found

    near, far = (Yardstick.of(Shifted(share)) for share in (0.8, 0.1))

    assert (near.zero, near.zero + near.step) == pytest.approx((0.8, 1))
    assert (far.zero, far.zero + far.step) == pytest.approx((0.1, 1))
