"""How long people wait while one of them asks 200 questions in a second: the bot in SimCord, with the real discord.py.

One person sends 200 `/ask` within a second, and 40 others ask once each meanwhile. Said are the milliseconds from when
Discord has a question until the bot has answered it or announced that it will; Discord gives it three seconds.

    python -m benchmarks.discord_load [--without-queue] [--burden MS]
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.services.fair_queue import FairQueue
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from tests.bot.discord.flood import TOKEN, load, percentile

if TYPE_CHECKING:
    from retrieval.core.model import Reply

SEEDS = Path(__file__).parents[1] / "seeds"


class Burdened(Answerer):
    """Computes for so many milliseconds more before each answer, as with a very large library."""

    burden = 0.0

    def answer(self, *args: Any, **options: Any) -> Reply:
        until = time.perf_counter() + self.burden / 1000
        while time.perf_counter() < until:
            pass
        return super().answer(*args, **options)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--without-queue", action="store_true", help="let everything in at once")
    parser.add_argument("--burden", metavar="MS", type=float, default=0.0, help="make each answer that much slower")
    given = parser.parse_args()
    answerer = Burdened(library.load(SEEDS))
    answerer.burden = given.burden
    queue = FairQueue(at_once=10**6, each=10**6, max_waiting=10**6, burst=10**6) if given.without_queue else None
    with tempfile.TemporaryDirectory() as data:
        found = asyncio.run(load(answerer, Path(data), queue=queue))
    for name, waits in (("others", found.others), ("one who asks much", found.flood)):
        figures = ", ".join(f"p{share} {percentile(waits, share) * 1000:,.0f} ms" for share in (50, 99, 100))
        print(f"{name:18} {len(waits):3} questions: {figures}")
    print(
        f"unanswered after {TOKEN:.0f} s: {found.unanswered}; told to wait: {found.turned_away}; errors: {found.errors}"
    )


if __name__ == "__main__":
    main()
