"""How long the event loop waits while questions are answered: nobody else is served meanwhile.

    python -m benchmarks.loop_waits FOLDER --questions 1000 --callers 4

FOLDER is one of many articles, such as benchmarks.corpora writes; its index is kept in --data DIR, where it is used
again, or in a folder that is thrown away. The desk is the real one, with its log. So many callers ask one question
after the other, and a task that sleeps for a millisecond at a time notes by how much later it wakes; before and after
that it does so while nobody asks, which tells what the machine itself does. At the end callers type the name of a
source, letter by letter. With --change, one article of FOLDER is changed meanwhile, again and again, and taken in; at
the end it is as it was.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import tempfile
import time
from contextlib import asynccontextmanager, suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.asked import kinds_of
from bot.app.answering import open_answerer, open_desk, refresh
from bot.config.interpreter import share_the_interpreter
from bot.config.settings import load_settings
from bot.handlers.server_rules import HouseRules
from bot.handlers.sources import SourcesHandler
from bot.services.article_watcher import look_again
from bot.services.caller import Caller
from bot.services.receipts import RequestOrigin
from bot.store.log_row import Surface
from bot.store.preferences import MemoryPreferences

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from bot.config.settings import Settings
    from bot.services.question_service import Desk

SLEEP = 0.001  # seconds
LONG = 5.0  # milliseconds
TYPED = 10  # names
QUIET = 5.0  # seconds without a question


class Heartbeat:
    """Notes by how many milliseconds later than asked for the event loop wakes it.

    Of each wait it also notes how much this process worked meanwhile: what is more than that was other programs'.
    """

    def __init__(self) -> None:
        self.late: list[float] = []
        self.worked: list[float] = []
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        while True:
            started, work = time.perf_counter(), time.process_time()
            await asyncio.sleep(SLEEP)
            late = time.perf_counter() - started - SLEEP
            self.late.append(1000 * late)
            self.worked.append(1000 * min(late, time.process_time() - work))

    def stop(self) -> str:
        self._beating.cancel()
        return f"by the clock {_figures(self.late)}; while we worked {_figures(self.worked)}"


def _figures(waits: Sequence[float]) -> str:
    ordered = sorted(waits)
    p50, p99 = (ordered[int(len(ordered) * share)] for share in (0.5, 0.99))
    over = sum(wait > LONG for wait in ordered)
    return f"p50 {p50:.2f}, p99 {p99:.2f}, longest {ordered[-1]:.2f} ms ({over} of {len(ordered):,} over {LONG:.0f})"


async def quiet() -> str:
    """The waits while nobody asks."""
    heartbeat = Heartbeat()
    await asyncio.sleep(QUIET)
    return heartbeat.stop()


async def asked(desk: Desk, questions: Sequence[str], callers: int) -> str:
    """The waits while so many callers ask these questions."""
    waiting = iter(questions)
    took: list[float] = []

    async def caller() -> None:
        for question in waiting:  # the callers share them
            receipt = await desk.ask(question, RequestOrigin(Surface.COMMAND, guild=1, channel=2))
            took.append(receipt.elapsed_ms)

    heartbeat = Heartbeat()
    await asyncio.gather(*(caller() for _ in range(callers)))
    return f"{heartbeat.stop()}; an answer took {_figures(took)}"


async def typed(desk: Desk, names: Sequence[str]) -> str:
    """The waits while these names are typed."""
    sources, caller = SourcesHandler(desk, HouseRules(MemoryPreferences())), Caller(user=1)
    took: list[float] = []
    heartbeat = Heartbeat()
    for name in names:
        for end in range(len(name) + 1):
            started = time.perf_counter()
            await sources.choices(name[:end], caller)
            took.append(1000 * (time.perf_counter() - started))
    return f"{heartbeat.stop()}; a list took {_figures(took)}"


@asynccontextmanager
async def changing(settings: Settings, desk: Desk) -> AsyncIterator[None]:
    """Change an article as long as the block runs, and take it in each time."""
    article = settings.seeds / desk.answerer.library.articles[0].file
    content, state = article.read_bytes(), article.stat()

    async def change() -> None:
        times: list[float] = []
        try:
            while True:
                article.write_bytes(content + f"\nIt was changed {len(times)} times.\n".encode())
                started = time.perf_counter()
                await look_again(desk, partial(refresh, settings))
                times.append(time.perf_counter() - started)
                await asyncio.sleep(SLEEP)
        finally:
            print(f"taken in {len(times)} times, {1000 * sum(times) / max(1, len(times)):.0f} ms each")

    task = asyncio.create_task(change())
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        article.write_bytes(content)
        os.utime(article, ns=(state.st_atime_ns, state.st_mtime_ns))


async def measure(settings: Settings, options: argparse.Namespace) -> None:
    answerer = open_answerer(settings)
    print(f"{len(answerer.corpus.sentences):,} sentences (index {answerer.index.use.value})", flush=True)
    kinds = kinds_of(answerer, options.questions)
    answerer.prepare()
    share_the_interpreter()
    async with open_desk(settings, answerer) as desk:
        print(f"{'nobody asks':22}{await quiet()}", flush=True)
        for kind, questions in kinds.items():
            print(f"{kind:22}{await asked(desk, questions, options.callers)}", flush=True)
        if options.change:
            async with changing(settings, desk):
                print(f"{'an article changes':22}{await asked(desk, kinds['words of a sentence'], options.callers)}")
        names = [article.name for article in desk.answerer.library.articles[:TYPED]]
        print(f"{'a name is typed':22}{await typed(desk, names)}", flush=True)
        print(f"{'nobody asks':22}{await quiet()}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="a folder of many articles")
    parser.add_argument("--questions", type=int, default=500, help="of each kind")
    parser.add_argument("--callers", type=int, default=4, help="that ask at once")
    parser.add_argument("--data", type=Path, help="where the index is kept")
    parser.add_argument("--change", action="store_true", help="also change an article of the folder meanwhile")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        settings = load_settings(seeds=options.folder, data=options.data or Path(folder))
        asyncio.run(measure(settings, options))


if __name__ == "__main__":
    main()
