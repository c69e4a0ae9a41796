"""The passage that is most like a text, in many articles: by the runs of characters that both have, then aligned.

The work is bounded by the length of the text, not by that of the articles: only its rarest runs are followed, and only
a few windows are aligned.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz import fuzz

from retrieval.answer.folded_library import GRAM, grams_of
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from retrieval.answer.folded_library import FoldedPage
    from retrieval.core.model import Article

WINDOWS = 5  # that are aligned
ROOM = 50  # characters that a passage may have more than the text
MOST_PLACES = 20_000  # of the text's runs of characters, that are followed; the rarest runs first


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
    followed = np.zeros(len(grams), dtype=bool)
    followed[rarest[: max(int(np.searchsorted(np.cumsum(frequency[rarest]), MOST_PLACES, "right")), 1)]] = True
    step = len(words) + ROOM  # windows are two steps wide, so that a stretch as long as `words` is whole in one
    scored = [
        (-int(score), number, int(window))
        for number, (page, (first, last)) in enumerate(zip(pages, ranges, strict=True))
        for window, score in _scores(page, first[followed], last[followed], step)
    ]
    best = sorted(scored)[:WINDOWS]
    return [(pages[number], Span(window * step, (window + 2) * step)) for _, number, window in best]


def _ranges(page: FoldedPage, grams: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """From where to where each of some runs of characters stands in the order of the page's."""
    codes, _ = page.grams
    return np.searchsorted(codes, grams, "left"), np.searchsorted(codes, grams, "right")


def _scores(page: FoldedPage, first: np.ndarray, last: np.ndarray, step: int) -> Iterator[tuple[int, int]]:
    """The best windows of a page by their numbers, and how many different runs of characters of the text each has."""
    counts = last - first
    if not counts.any():
        return
    _, places = page.grams
    which = np.repeat(np.arange(len(counts)), counts)
    starts = np.repeat(first, counts) + np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)
    halves = np.unique(which * 2**32 + places[starts] // step)  # each run once in each half
    found, numbers = np.unique(halves % 2**32, return_counts=True)
    total: dict[int, int] = {}
    for half, number in zip(found.tolist(), numbers.tolist(), strict=True):
        for window in (half - 1, half):
            if window >= 0:
                total[window] = total.get(window, 0) + number
    best = sorted(total.items(), key=lambda each: (-each[1], each[0]))
    yield from best[:WINDOWS]


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
