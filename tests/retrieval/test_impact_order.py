"""Every posting is there once more, those that can add most before the others."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.index.segments.postings import Documents, Postings, Sentences
from retrieval.search import impact_order
from retrieval.search.impact_order import BESIDE, OWN_REPEATED, ImpactOrder

TERMS = 12


def ordered(documents: list[list[int]], terms: int) -> ImpactOrder:
    starts = np.cumsum([0, *map(len, documents)])
    tokens = Documents(starts, np.array([term for document in documents for term in document], dtype=np.int32))
    return ImpactOrder.of(Postings.of(tokens, terms), Sentences.of(tokens))


@given(documents=st.lists(st.lists(st.integers(0, TERMS - 2), max_size=9), max_size=12), together=st.integers(1, 20))
def test_the_postings_of_a_term_come_in_three_runs_of_ascending_lengths(
    documents: list[list[int]], together: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(impact_order, "TOGETHER", together)
        order = ordered(documents, TERMS)

    assert len(order.runs) == 3 * TERMS + 1
    for term in range(TERMS):
        for run in range(3):
            at = slice(*order.runs[3 * term + run : 3 * term + run + 2])
            of = [n for n, own in enumerate(documents) if term in own and min(len(own) - len(set(own)), 2) == run]
            of.sort(key=lambda n: len(documents[n]))
            assert order.documents[at].tolist() == of
            assert (order.hints[at] & 255).tolist() == [len(documents[n]) for n in of]
            assert (order.hints[at] & OWN_REPEATED > 0).tolist() == [documents[n].count(term) > 1 for n in of]
        assert order.most[term] == max((own.count(term) for own in documents), default=0)
    assert len(order.documents) == len(order.hints) == order.runs[-1] + BESIDE


def test_what_a_document_has_more_often_than_a_byte_holds_counts_as_255() -> None:
    order = ordered([[0] * 300 + [1], [1]], 2)

    assert order.most.tolist() == [255, 1]
    assert order.documents[:3].tolist() == [0, 1, 0]
    assert (order.hints[:3] & 255).tolist() == [255, 1, 255]
