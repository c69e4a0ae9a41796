"""What the words and the times of many questions say, whatever these are kept in."""

from __future__ import annotations

import heapq
import re
import time
from collections import Counter
from typing import TYPE_CHECKING, TypeVar

from retrieval.analysis.analyzer import key
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import POSSESSIVE, words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Item = TypeVar("Item")

WORDS_OF_NEWEST = 10_000  # questions whose words are counted and whose times are ordered
MOST_LISTED = 10  # sources and subjects
FORM = re.compile(r"\w+(?:[-.'’]\w+)+|\w{2,}")
# Words are counted in Python, of which one thread runs at a time: after every stretch it lets answers through.
STRETCH = 0.0005  # seconds
REST = 0.0001  # seconds


def subjects(questions: Iterable[str]) -> Iterator[tuple[str, int]]:
    """The words that most questions have, each as it is most often written, with the number of questions.

    A question that has two forms of a word ("tram", "Trams") counts for each.
    """
    forms: Counter[str] = Counter()
    for question in _with_rests(questions):
        forms.update(set(FORM.findall(question)))
    asked: Counter[str] = Counter()
    written: dict[str, tuple[int, str]] = {}
    for form, times in _with_rests(forms.items()):
        if (term := _term(form)) and term not in STOP_WORDS:
            asked[term] += times
            written[term] = min((-times, form), written.get(term, (0, "")))
    for term, times in heapq.nsmallest(MOST_LISTED, _with_rests(asked.items()), key=lambda item: (-item[1], item[0])):
        yield POSSESSIVE.sub("", written[term][1]), times


def _with_rests(items: Iterable[Item]) -> Iterator[Item]:
    rested = time.perf_counter()
    for item in items:
        yield item
        if time.perf_counter() - rested > STRETCH:
            time.sleep(REST)
            rested = time.perf_counter()


def _term(word: str) -> str:
    """What all forms of a word have in common; empty where it is none."""
    found = words(word, shouting=False)
    return key(found[0]) if found else ""


def percentile(ordered: Sequence[float], share: int) -> float | None:
    """The least of the values that `share` of 100 of them do not exceed (nearest rank)."""
    return ordered[-(-len(ordered) * share // 100) - 1] if ordered else None
