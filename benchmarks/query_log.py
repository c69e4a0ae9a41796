"""How fast a large query log is reviewed, and whether answers wait for it.

    python -m benchmarks.query_log DIR [--rows 1000000] [--log postgresql://…]

Makes a log in the folder DIR (it is kept, and used again): questions of made-up words, three quotations to each
answer, a third unanswered, one vote in ten, and a server that has 50,000 of the rows. Prints the milliseconds of each
thing that a review asks for, first and at the median of `--times`, in that server and everywhere, and the longest
gap that the event loop had meanwhile; then those of an answer from the articles in seeds/, alone and while one of
these things is asked for again and again.
"""

from __future__ import annotations

import argparse
import asyncio
import datetime
import random
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from bot.app.answering import open_answerer
from bot.app.log_engine import log_tables
from bot.config.settings import load_settings
from bot.services.question_service import Desk
from bot.services.receipts import RequestOrigin
from bot.services.review.gaps import groups_of, unhelped
from bot.store.filters import Filter, Thumbs
from bot.store.ids import Ids
from bot.store.log_copy import copy_log
from bot.store.log_row import LoggedQuote, LogRow, Outcome, Surface
from bot.store.sqlite import statements
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.query_log import SqliteQueryLog

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from bot.store.query_log import QueryLog

SERVER = 1000  # has one row in twenty
OTHERS = 40
START = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
YEAR = datetime.timedelta(days=365)
SOURCES = 200
RARE = "rare.txt"  # quoted once in a thousand answers
AT_ONCE = 20_000
PAGE = 10
ANSWERS = 1000
SEEDS = Path(__file__).parents[1] / "seeds"
ANSWERER = open_answerer(load_settings(seeds=SEEDS))


def made_rows(count: int) -> Iterator[LogRow]:
    """Give so many rows over a year, oldest first."""
    dice, new_id = random.Random(5), Ids().new
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(3, 9))) for _ in range(5000)]
    usual = [1 / rank for rank in range(1, len(words) + 1)]
    texts = [" ".join(dice.choices(words, k=30)).capitalize() + "." for _ in range(1000)]
    for number in range(count):
        asked_at = START + YEAR * number / count
        answered = dice.random() < 2 / 3
        guild = SERVER if dice.random() < 1 / 20 else SERVER + dice.randint(1, OTHERS)
        files = [RARE if dice.random() < 1 / 3000 else f"{dice.randrange(SOURCES)}.txt" for _ in range(3)]
        yield LogRow(
            id=new_id(asked_at),
            asked_at=asked_at,
            surface=Surface.COMMAND,
            question=" ".join(dice.choices(words, usual, k=9)).capitalize() + "?",
            outcome=Outcome.ANSWER if answered else Outcome.NO_ANSWER,
            confidence=dice.random(),
            elapsed_ms=dice.lognormvariate(1, 1),
            library="sha256:" + "0" * 64,
            version="0.1.0",
            guild=guild,
            channel=guild * 10 + dice.randrange(10),
            asker=f"{guild * 1000 + dice.randrange(300):032x}",
            up=int(dice.random() < 1 / 15),
            down=int(dice.random() < 1 / 30),
            quotes=tuple(
                LoggedQuote(file, f"The article {file}", "0" * 64, 0, 200, dice.choice(texts), 9.0, near=not answered)
                for file in files
            ),
        )


def make(path: Path, count: int) -> None:
    """Write a log of so many rows, a batch a transaction."""
    prepare(path)
    rows = made_rows(count)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA synchronous = OFF")
        while batch := [row for _, row in zip(range(AT_ONCE), rows, strict=False)]:
            connection.execute("BEGIN")
            connection.executemany(statements.ADD_QUESTION, map(statements.question_values, batch))
            connection.executemany(
                statements.ADD_QUOTE, [quote for row in batch for quote in statements.quote_values(row)]
            )
            connection.execute("COMMIT")


class Pulse:
    """Notes the longest time, in milliseconds, in which the event loop did nothing else."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._beating = asyncio.create_task(self._beat())

    async def _beat(self) -> None:
        while True:
            started = time.perf_counter()
            await asyncio.sleep(0.001)
            self.longest = max(self.longest, 1000 * (time.perf_counter() - started) - 1)

    def stop(self) -> float:
        self._beating.cancel()
        return self.longest


def reviews(log: QueryLog, guild: int | None, sample: LogRow) -> dict[str, Callable[[], Awaitable[object]]]:
    """Name what a review asks for."""
    word, rare = sample.question.split()[1], sample.question.split()[-1].rstrip("?")
    filters = {
        "recent": Filter(),
        "unanswered": Filter(unanswered=True),
        "thumbs down": Filter(thumbs=Thumbs.DOWN),
        "asker": Filter(asker=sample.asker),
        "channel": Filter(channel=sample.channel),
        "since": Filter(since=START + YEAR / 2),
        "until": Filter(until=START + YEAR / 2),
        "source": Filter(source="7.txt"),
        "rare source": Filter(source=RARE),
        "unanswered, thumbs down, since": Filter(unanswered=True, thumbs=Thumbs.DOWN, since=START + YEAR / 2),
        "search, one word": Filter(words=word),
        "search, two words": Filter(words=f"{word} {rare}"),
        "search, nothing found": Filter(words="0nowhere0"),
    }
    found: dict[str, Callable[[], Awaitable[object]]] = {}
    for name, chosen in filters.items():
        fields = {field: getattr(chosen, field) for field in Filter.__dataclass_fields__}
        wanted = Filter(**fields | {"guild": guild})
        found[name] = lambda wanted=wanted: log.find(wanted, PAGE)  # type: ignore[misc]  # bound now
    found["one row"] = lambda: log.get(sample.id, guild=guild)
    found["stats"] = lambda: log.stats(Filter(guild=guild))
    end = START + YEAR
    found["gaps, read"] = lambda: unhelped(log, guild=guild, now=end)
    found["gaps, read and grouped"] = lambda: grouped(log, guild, end)
    return found


async def grouped(log: QueryLog, guild: int | None, now: datetime.datetime) -> object:
    """Group what no answer helped in the last 90 days, as a list of gaps does."""
    rows = await unhelped(log, guild=guild, now=now)
    return await asyncio.to_thread(groups_of, rows, ANSWERER)


async def opened(path: Path, address: str | None) -> QueryLog:
    """Open the log in the file, or a copy of it in the database, which is made where there is none yet."""
    if address is None:
        return await SqliteQueryLog.open(path)
    from bot.store.postgres.query_log import PostgresQueryLog  # noqa: PLC0415 - it needs the extra

    log = await PostgresQueryLog.open(address)
    if not await log.recent(1):
        started = time.perf_counter()
        copied = await asyncio.to_thread(copy_log, log_tables(str(path)), log_tables(address))
        print(f"{sum(copied.values()):,} rows copied and compared in {time.perf_counter() - started:.0f} s")
    return log


async def report(path: Path, times: int, address: str | None) -> None:
    """Print a line for each thing that a review asks for."""
    started = time.perf_counter()
    log = await opened(path, address)
    print(f"opened in {time.perf_counter() - started:.2f} s", flush=True)
    await log.examined()
    print(f"looked through for damage after {time.perf_counter() - started:.1f} s")
    sample = (await log.find(Filter(guild=SERVER), 500))[-1]
    for guild, where in ((SERVER, "in the server"), (None, "everywhere")):
        print(f"\n{where + ' (ms)':32}{'first':>9}{'median':>9}{'longest gap':>13}")
        for name, ask in reviews(log, guild, sample).items():
            pulse, taken = Pulse(), []
            for _ in range(times):
                started = time.perf_counter()
                await ask()
                taken.append(1000 * (time.perf_counter() - started))
            print(f"{name:32}{taken[0]:9.1f}{median(taken):9.1f}{pulse.stop():13.1f}", flush=True)
    print(f"\n{'an answer meanwhile (ms)':32}{'median':>9}{'99 of 100':>13}")
    asked: dict[str, Callable[[], Awaitable[object]] | None] = {"nothing else": None} | {
        name: ask
        for name, ask in reviews(log, SERVER, sample).items()
        if name in {"search, nothing found", "stats", "gaps, read and grouped"}
    }
    desk = Desk(ANSWERER, log)
    for name, beside in asked.items():
        busy = asyncio.create_task(again_and_again(beside)) if beside is not None else None
        taken = sorted([await answer_ms(desk) for _ in range(ANSWERS)])
        print(f"{name:32}{median(taken):9.1f}{taken[ANSWERS * 99 // 100]:13.1f}", flush=True)
        if busy is not None:
            busy.cancel()
    await log.close()


async def again_and_again(ask: Callable[[], Awaitable[object]]) -> None:
    """Ask until cancelled."""
    while True:
        await ask()


async def answer_ms(desk: Desk) -> float:
    """Give the milliseconds that an answer takes."""
    await asyncio.sleep(0.01)  # people do not ask without a pause
    started = time.perf_counter()
    await desk.ask(
        "Who became the prime minister of Iraq after the protests?", RequestOrigin(Surface.COMMAND), log=False
    )
    return 1000 * (time.perf_counter() - started)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the log is, or is made")
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--times", type=int, default=7, help="how often each thing is asked for")
    parser.add_argument("--log", help="the address of a PostgreSQL database, to measure that with the same rows")
    options = parser.parse_args()
    path = options.folder / f"{options.rows}.db"
    if not path.exists():
        started = time.perf_counter()
        make(path, options.rows)
        print(f"made {options.rows:,} rows in {time.perf_counter() - started:.0f} s")
    print(f"{path.stat().st_size / 1e6:,.0f} MB")
    asyncio.run(report(path, options.times, options.log))


if __name__ == "__main__":
    main()
