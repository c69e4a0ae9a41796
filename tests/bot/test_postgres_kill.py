"""A PostgreSQL that is killed amid questions: what was acknowledged is there, and the log goes on by itself."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.config.errors import LogError
from bot.store.postgres.query_log import PostgresQueryLog
from tests.bot.fakes import row
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.postgres import PostgresServer

CALLERS = 10
KILLS = 2
BETWEEN_KILLS = 100  # rows that are acknowledged from one to the next


@pytest.mark.slow
async def test_no_acknowledged_row_is_lost_and_the_log_goes_on_when_the_server_is_back(
    postgres: str, postgres_server: PostgresServer
) -> None:
    log = await PostgresQueryLog.open(postgres)
    safe: set[str] = set()
    failed: list[str] = []
    stop = asyncio.Event()

    async def caller(ids: Iterator[str]) -> None:
        for id_ in ids:
            if stop.is_set():
                return
            try:
                await log.add(row(id_))
            except LogError as error:
                failed.append(str(error))
                await asyncio.sleep(0)
            else:
                safe.add(id_)

    calling = [
        asyncio.create_task(caller(f"{first:02}{number:014}" for number in range(10**9))) for first in range(CALLERS)
    ]
    async with asyncio.timeout(PATIENCE):
        for _ in range(KILLS):
            await _until_safe(safe, len(safe) + BETWEEN_KILLS)
            await asyncio.to_thread(postgres_server.kill)
            await asyncio.to_thread(postgres_server.start)
        await _until_safe(safe, len(safe) + BETWEEN_KILLS)
        stop.set()
        await asyncio.gather(*calling)

    kept = {found.id for found in await log.recent(10**6)}
    assert failed
    assert safe <= kept
    assert all(error.startswith("The query log postgresql://127.0.0.1:") for error in failed)
    assert await log.health() is None
    await log.close()


async def _until_safe(safe: set[str], number: int) -> None:
    while len(safe) < number:  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0.01)
