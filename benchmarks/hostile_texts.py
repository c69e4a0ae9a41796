"""How long drawing takes for texts that are made to take long: those of tests/bot/hostile.py, and very long ones.

Each text is the question, the name of the source and what it says; drawn are the answer, the context and the check.
Prints the milliseconds of the slowest, beside those of a plain text of the same length.

    python -m benchmarks.hostile_texts
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from bot.pages.answer import reply_page
from bot.pages.links import link_to
from bot.pages.quoting import first_that_fits
from bot.services.receipts import Receipt
from retrieval.core.model import Answer, Article, Quote, Span
from retrieval.core.query_model import Query
from tests.bot.hostile import TEXTS

if TYPE_CHECKING:
    from collections.abc import Callable

LONG = 20_000  # characters
TIMES = 5
PIECES = {
    "brackets": "[",
    "masked links": "[a](b",
    "mentions": "<@",
    "stars": "*",
    "unseen": "\u200b",
    "lists": "- a\n",
}
PLAIN = "The raven spoke to the king. "


def drawn(text: str) -> Callable[[], object]:
    """Give what draws an answer and a context of a text."""
    article = Article("a.md", text, text, "0" * 64, url="https://example.org/page")
    whole = Span(0, len(text))
    marks = tuple(Span(at, at + 1) for at in range(0, len(text), 40))
    answer = Answer(Query(text[:2000], ()), (Quote(article, whole, (whole,), 1.0, marks),) * 3, 0.9, speaking=1)
    receipt = Receipt("0" * 16, answer, 1.0, "sha256:0", logged=True)

    def draw() -> object:
        context = first_that_fits(article, [whole], bold=[whole], limit=4000)
        return reply_page(receipt, sources=5), context, link_to(article, whole)

    return draw


def milliseconds(text: str) -> float:
    """The least of a few times."""
    draw, times = drawn(text), []
    for _ in range(TIMES):
        began = time.process_time()
        draw()
        times.append(time.process_time() - began)
    return min(times) * 1000


def main() -> None:
    texts = TEXTS | {f"{LONG:,} characters of {name}": (p * LONG)[:LONG] for name, p in PIECES.items()}
    slowest = sorted(((milliseconds(text), name, text) for name, text in texts.items()), reverse=True)
    for took, name, text in slowest[:8]:
        plain = milliseconds((PLAIN * len(text))[: len(text)])
        print(f"{took:6.2f} ms  {name} (plain text as long: {plain:.2f} ms)")


if __name__ == "__main__":
    main()
