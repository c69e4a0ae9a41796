"""The passage that is most like a text, in many articles: by the runs of characters that both have, then aligned.

The work is bounded by the length of the text, not by that of the articles: only its rarest runs are followed, and only
a few windows are aligned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from rapidfuzz import fuzz

from retrieval.answer.folded_library import GRAM, grams_of
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from numpy.typing import NDArray

    from retrieval.answer.folded_library import FoldedPage
    from retrieval.core.model import Article

    Places: TypeAlias = NDArray[np.int64]

WINDOWS = 5  # that are aligned
ROOM = 50  # characters that a passage may have more than the text
STEPS = 2**28  # more than a page has
RUNS = 2**11  # more than a text has
MOST_PLACES = 5_000  # of the text's runs of characters, that are followed; the rarest runs first


def nearest_place(words: str, pages: Sequence[FoldedPage]) -> tuple[Article, Span, float] | None:
    """The article, the span in it, and the share of the characters that agree; None where nothing is like `words`.

    `words` are folded, as the pages are.
    """
    found = [_aligned(words, page, window) for page, window in _windows(words, pages)]
    return max(found, key=lambda nearest: nearest[2], default=None)


def _windows(words: str, pages: Sequence[FoldedPage]) -> list[tuple[FoldedPage, Span]]:
    """The stretches of the pages that share most of the runs of characters of `words`, the first one first."""
    if len(words) < GRAM:
        return list(_plain_windows(words, pages))
    grams = np.unique(grams_of(words))
    ranges = [_ranges(page, grams) for page in pages]
    frequency = sum((last - first for first, last in ranges), np.zeros(len(grams), dtype=np.int64))
    rarest = np.argsort(frequency, kind="stable")
    most = int(np.searchsorted(np.cumsum(frequency[rarest]), MOST_PLACES, "right"))
    followed = rarest[: max(most, 1)]
    step = len(words) + ROOM  # windows are two steps wide, so that a stretch as long as `words` is whole in one
    steps = [
        _steps(page, first[followed], last[followed], step) for page, (first, last) in zip(pages, ranges, strict=True)
    ]
    best = _most_shared(steps)
    return [(pages[number], Span(window * step, (window + 2) * step)) for number, window in best]


def _ranges(page: FoldedPage, grams: NDArray[np.uint32]) -> tuple[Places, Places]:
    """From where to where each of some runs of characters stands in the order of the page's."""
    codes, _ = page.grams
    return np.searchsorted(codes, grams, "left"), np.searchsorted(codes, grams, "right")


def _steps(page: FoldedPage, first: Places, last: Places, step: int) -> tuple[Places, Places]:
    """For each place in a page that has one of some runs of characters: which run, and the number of its step."""
    counts = last - first
    which = np.repeat(np.arange(len(counts)), counts)
    starts = np.arange(len(which)) + np.repeat(first - np.cumsum(counts) + counts, counts)
    _, places = page.grams
    return which, places[starts] // step


def _most_shared(steps: Sequence[tuple[Places, Places]]) -> list[tuple[int, int]]:
    """The pairs of neighbouring steps that have most runs, as (number of the page, first step), best first."""
    if not any(len(runs) for runs, _ in steps):
        return []
    which = np.concatenate([runs for runs, _ in steps])
    where = np.concatenate([page * STEPS + at.astype(np.int64) + 1 for page, (_, at) in enumerate(steps)])
    once = np.unique(where * RUNS + which) // RUNS  # each run counts once in a step
    found, counts = np.unique(once, return_counts=True)
    firsts = np.union1d(found, found - 1)
    shared = _counts_at(firsts, found, counts) + _counts_at(firsts + 1, found, counts)
    best = np.lexsort((firsts, -shared))[: 2 * WINDOWS]
    places = [(int(place) // STEPS, int(place) % STEPS - 1) for place in firsts[best]]
    return [place for place in places if place[1] >= 0][:WINDOWS]


def _counts_at(wanted: Places, found: Places, counts: Places) -> Places:
    at = np.minimum(np.searchsorted(found, wanted), len(found) - 1)
    return np.where(found[at] == wanted, counts[at], 0)


def _plain_windows(words: str, pages: Sequence[FoldedPage]) -> Iterator[tuple[FoldedPage, Span]]:
    """Where so short a text stands but for its capitals, a window around the first place in each of some pages."""
    small, number = words.lower(), 0
    for page in pages:
        at = page.folded.text.lower().find(small)
        if at >= 0:
            yield page, Span(max(at - 20, 0), at + 40)
            number += 1
        if number == WINDOWS:
            return


def _aligned(words: str, page: FoldedPage, window: Span) -> tuple[Article, Span, float]:
    """Find the whole words of a window most like `words`; capitals count in the similarity, not in the search."""
    text = page.folded.text[window.start : window.end]
    alignment = fuzz.partial_ratio_alignment(words.lower(), text.lower())  # decomposed, so `lower` moves nothing
    first, last = (alignment.dest_start, alignment.dest_end) if alignment else (0, len(text))
    while first > 0 and text[first - 1 : first + 1].isalnum():
        first -= 1
    while last < len(text) and (text[last - 1 : last + 1].isalnum() or not page.folded.parts_at(window.start + last)):
        last += 1
    while first < last - 1 and words[0].isalnum() and not text[first].isalnum():
        first += 1
    similarity = fuzz.ratio(words, text[first:last]) / 100
    return page.article, page.span(window.start + first, window.start + last), similarity
