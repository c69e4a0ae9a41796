"""Questions that ask for the same, found by the rare words that they share.

A question is the set of its terms. Two are alike by how much of their weight they share (the coefficient of Dice 1945,
weighted): a term weighs more the fewer sentences of the articles have it, and the fewer of the questions. The
questions are taken in the order given; each joins the group whose members it is most alike on average, where that is at
least ALIKE, and otherwise begins one (leader clustering; Hartigan, Clustering Algorithms, 1975, chapter 3). The same
questions in the same order make the same groups, and of groups that are equally alike the oldest is joined.
"""

from __future__ import annotations

import math
import time
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.analysis.analyzer import Analyzer

ALIKE = 0.35  # chosen on benchmarks/gap_questions.jsonl: whoever decides on a group decides on all of it
RAREST = 3  # of a question's terms; who shares none of these is not looked at
MEMBERS = 20  # of a group that a question is compared with
BREATH = 50  # questions; the threads that answer get their turn between them
A_MOMENT = 0.0002  # seconds


@dataclass(slots=True)
class Cluster:
    """Numbers of questions that ask for the same, and the first different sets of terms of them with their weights."""

    numbers: list[int] = field(default_factory=list)
    members: list[tuple[frozenset[str], float]] = field(default_factory=list)


def group(
    questions: Sequence[str], analyzer: Analyzer, frequencies: Mapping[str, int], sentences: int
) -> list[list[int]]:
    """The numbers of the questions, group by group, in the order of their first; `frequencies` as in `parse`."""
    read = [_terms(question, analyzer, number) for number, question in enumerate(questions)]
    alike = Counter(term for terms in set(read) for term in terms)
    different = len(set(read))
    weights = {
        term: math.log((sentences + 1) / (frequencies.get(term, 0) + 0.5)) + math.log(1 + different / times)
        for term, times in alike.items()
    }
    groups: list[Cluster] = []
    known: dict[frozenset[str], Cluster] = {}
    having: dict[str, dict[int, None]] = defaultdict(dict)
    for number, terms in enumerate(read):
        if terms not in known:
            rarest = sorted(terms, key=lambda term: (-weights[term], term))[:RAREST]
            weight = sum(weights[term] for term in terms)
            near = sorted({at for term in rarest for at in having.get(term, ())})
            at = _closest(terms, weight, {at: groups[at] for at in near}, weights)
            if at is None:
                at = len(groups)
                groups.append(Cluster())
            known[terms] = groups[at]
            if len(groups[at].members) < MEMBERS:
                groups[at].members.append((terms, weight))
            for term in rarest:
                having[term][at] = None
        known[terms].numbers.append(number)
        if number % BREATH == 0:
            time.sleep(A_MOMENT)
    return [found.numbers for found in groups]


def _terms(question: str, analyzer: Analyzer, number: int) -> frozenset[str]:
    if number % BREATH == 0:
        time.sleep(A_MOMENT)
    terms = frozenset(token.term for token in analyzer.of_question(question))
    return terms or frozenset({f"={question.casefold()}"})  # nothing but small words: alike where it is the same


def _closest(
    terms: frozenset[str], weight: float, groups: Mapping[int, Cluster], weights: Mapping[str, float]
) -> int | None:
    """The number of the group that terms belong to, None where there is none; of equally close ones the first."""
    best, found = ALIKE, None
    for at, near in groups.items():
        alike = 0.0
        for member, members_weight in near.members:
            shared = sum([weights[term] for term in terms & member])
            alike += 2 * shared / (weight + members_weight)
        alike /= len(near.members)
        if alike > best or (found is None and alike == best):
            best, found = alike, at
    return found
