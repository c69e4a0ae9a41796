"""How many rows a second the query log takes, each safe on the disk before its caller goes on.

    python -m benchmarks.log_writing DIR [--rows 5000] [--rounds 5] [--log postgresql://…]

In the folder DIR, whose disk is what counts, rows are written one commit a row, then by 1, 10 and 100 callers at once
who each wait for their row, all with synchronous=FULL; with --log, by 10 and by 100 into that PostgreSQL database too.
All in turn, so many rounds. Prints the rows a second of each round, and at the end the medians and how many times as
fast as one commit a row.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from benchmarks.query_log import made_rows
from bot.store.filters import EVERY_ROW
from bot.store.sqlite import statements
from bot.store.sqlite.connections import transaction, writing
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.query_log import SqliteQueryLog

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.log_row import LogRow
    from bot.store.query_log import QueryLog

CALLERS = (1, 10, 100)
ALONE = "a commit a row"


def one_by_one(path: Path, rows: Sequence[LogRow]) -> float:
    """Give the rows a second of one commit a row."""
    prepare(path)
    with writing(path) as connection:
        started = time.perf_counter()
        for row in rows:
            with transaction(connection):
                connection.execute(statements.ADD_QUESTION, statements.question_values(row))
                connection.executemany(statements.ADD_QUOTE, statements.quote_values(row))
        return len(rows) / (time.perf_counter() - started)


async def together(log: QueryLog, rows: Sequence[LogRow], callers: int) -> float:
    """Give the rows a second of so many callers, each of whom waits for a row before the next; closes the log."""

    async def caller(first: int) -> None:
        for row in rows[first::callers]:
            await log.add(row)

    started = time.perf_counter()
    await asyncio.gather(*map(caller, range(callers)))
    taken = time.perf_counter() - started
    await log.close()
    return len(rows) / taken


async def into_file(path: Path, rows: Sequence[LogRow], callers: int) -> float:
    """Give that of a SQLite file."""
    return await together(await SqliteQueryLog.open(path, check=False), rows, callers)


async def into_database(address: str, rows: Sequence[LogRow], callers: int) -> float:
    """Give that of a PostgreSQL database, where no row stays."""
    from bot.store.postgres.log_maintenance import PostgresLogMaintenance  # noqa: PLC0415 - it needs the extra
    from bot.store.postgres.query_log import PostgresQueryLog  # noqa: PLC0415 - likewise

    speed = await together(await PostgresQueryLog.open(address), rows, callers)
    with tempfile.TemporaryDirectory() as folder:
        await asyncio.to_thread(PostgresLogMaintenance(address, Path(folder)).forget, EVERY_ROW)
    return speed


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where logs are made, and deleted at the end")
    parser.add_argument("--rows", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--log", help="the address of a PostgreSQL database without a log of yours")
    options = parser.parse_args()
    rows = list(made_rows(options.rows))
    found: dict[str, list[float]] = {}
    for _ in range(options.rounds):
        with tempfile.TemporaryDirectory(dir=options.folder) as folder:
            found.setdefault(ALONE, []).append(one_by_one(Path(folder, "alone.db"), rows[: options.rows // 5]))
            for callers in CALLERS:
                speed = asyncio.run(into_file(Path(folder, f"{callers}.db"), rows, callers))
                found.setdefault(f"{callers} callers", []).append(speed)
        for callers in CALLERS[1:] if options.log else ():
            speed = asyncio.run(into_database(options.log, rows, callers))
            found.setdefault(f"{callers}, PostgreSQL", []).append(speed)
        print("  ".join(f"{name} {speeds[-1]:,.0f}" for name, speeds in found.items()), flush=True)
    for name, speeds in found.items():
        times = median(speed / alone for speed, alone in zip(speeds, found[ALONE], strict=True))
        print(f"{name:16}{median(speeds):10,.0f} rows a second{times:8.1f} times")


if __name__ == "__main__":
    main()
