"""Whether texts that are checked against the sources hold up those who ask: `python -m benchmarks.verification_load`.

A library of 2 MB is made of the words of the project's own articles, shuffled. Questions are asked one after the other,
first by themselves and then while 100 texts that stand nowhere are looked for at once; the milliseconds of both are
printed, and how long it takes until the last text is done.
"""

from __future__ import annotations

import asyncio
import random
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.services.question_service import Desk
from bot.services.receipts import RequestOrigin
from bot.services.verification_service import VerificationService
from bot.store.log_row import Surface
from bot.store.sqlite.query_log import SqliteQueryLog
from retrieval.answer.answerer import Answerer
from retrieval.index.open_index import open_corpus

if TYPE_CHECKING:
    from collections.abc import Sequence

SEEDS = Path(__file__).parents[1] / "seeds"
ARTICLES, WORDS = 100, 3_300
TEXTS, TEXT_WORDS = 100, 6
ALONE = 300  # questions that are asked without any other work


def write_library(folder: Path, chance: random.Random) -> list[str]:
    """Write the articles, and give their words."""
    words = " ".join(file.read_text(encoding="utf-8") for file in sorted(SEEDS.glob("*.md"))).split()
    for number in range(ARTICLES):
        sentences = [" ".join(chance.choices(words, k=20)) + "." for _ in range(WORDS // 20)]
        (folder / f"{number}.txt").write_text("\n\n".join(sentences), encoding="utf-8")
    return words


async def ask(desk: Desk, words: Sequence[str], chance: random.Random) -> float:
    """Ask a question of some words; the milliseconds until there was an answer."""
    started = time.perf_counter()
    await desk.ask(f"Who is {' '.join(chance.choices(words, k=4))}?", RequestOrigin(Surface.COMMAND))
    return (time.perf_counter() - started) * 1000


def line(name: str, times: Sequence[float]) -> str:
    """Write the median and the 99th percentile of some times."""
    ordered = sorted(times)
    p50, p99 = ordered[len(ordered) // 2], ordered[min(int(len(ordered) * 0.99), len(ordered) - 1)]
    return f"{name:<34} {len(ordered):>5} questions   p50 {p50:7.1f} ms   p99 {p99:7.1f} ms"


async def main() -> None:
    chance = random.Random(7)
    with tempfile.TemporaryDirectory() as data:
        seeds = Path(data) / "seeds"
        seeds.mkdir()
        words = write_library(seeds, chance)
        corpus, index = open_corpus(seeds, Path(data) / "index")
        answerer = Answerer(corpus.library, corpus=corpus, index=index)
        answerer.prepare()
        log = await SqliteQueryLog.open(Path(data) / "quoth.db")
        desk = Desk(answerer, log)
        service = VerificationService(desk)
        for number in range(3):
            print(line(f"alone, {number + 1}", [await ask(desk, words, chance) for _ in range(ALONE)]))
            texts = [" ".join(chance.choices(words, k=TEXT_WORDS)) for _ in range(TEXTS)]
            started = time.perf_counter()
            checking = asyncio.gather(*(service.first_found([text], answerer) for text in texts))
            beside = []
            while not checking.done():
                beside.append(await ask(desk, words, chance))
            print(line(f"beside {TEXTS} texts, {number + 1}", beside))
            print(f"{'the last text':<34} after {time.perf_counter() - started:.1f} s")
        await log.close()


if __name__ == "__main__":
    asyncio.run(main())
