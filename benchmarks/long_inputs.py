"""Whether what is read and drawn takes no more than twice the time for twice the input: texts, names, copies.

Prints the milliseconds for an input and for one sixteen times as long; where the time is quadratic, they are 256 times
as many. The tests count the work in place of the time (tests/counting.py), and see no more of it than calls.

    python -m benchmarks.long_inputs
"""

from __future__ import annotations

import time
from functools import partial
from typing import TYPE_CHECKING

from bot.pages.links import text_fragment
from bot.pages.markdown import escape
from bot.pages.quoting import first_that_fits, quotation
from retrieval.analysis.synonyms import Name, merged
from retrieval.answer.near_duplicates import near_copies
from retrieval.core.model import Article, Quote, Span
from tests.bot.test_hostile_texts import PIECES

if TYPE_CHECKING:
    from collections.abc import Callable

LENGTH = 1000  # characters, names or words of the shorter input
LONGER = 16
TIMES = 3


def article(text: str) -> Article:
    return Article("a.md", "A", text, "0" * 64, url="https://example.org/page")


def draw_quotation(text: str) -> object:
    whole = Span(0, len(text))
    return quotation(Quote(article(text), whole, (whole,), 1.0), limit=4000)


def draw_context(text: str) -> object:
    whole = Span(0, len(text))
    return first_that_fits(article(text), [whole], bold=[whole], limit=4000)


def link(text: str) -> object:
    return text_fragment(text, Span(0, len(text)))


def put_together(number: int) -> object:
    return merged([Name(f"Group {n}", (f"G {n}", f"Groupe {n}")) for n in range(number)])


def compare(words: int) -> object:
    text = " ".join(f"boat {n} left the harbour" for n in range(words // 5))
    return near_copies(text, f"{text} at noon")


DRAWN: dict[str, Callable[[str], object]] = {
    "escape": escape,
    "quotation": draw_quotation,
    "context": draw_context,
    "link to the text": link,
}
COUNTED: dict[str, Callable[[int], object]] = {"names": put_together, "near copies": compare}


def milliseconds(work: Callable[[], object]) -> float:
    """The least of a few times."""
    times = []
    for _ in range(TIMES):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return min(times) * 1000


def said(name: str, shorter: float, longer: float) -> None:
    print(f"{name:34} {shorter:8.2f} ms, {LONGER} times as long {longer:8.2f} ms: {longer / shorter:6.1f} times")


def main() -> None:
    for name, draw in DRAWN.items():
        for piece in PIECES:
            lengths = (LENGTH, LONGER * LENGTH)
            said(f"{name} of {piece!r}", *(milliseconds(partial(draw, (piece * n)[:n])) for n in lengths))
    for name, work in COUNTED.items():
        said(name, *(milliseconds(partial(work, n)) for n in (LENGTH, LONGER * LENGTH)))


if __name__ == "__main__":
    main()
