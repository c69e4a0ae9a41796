"""The query log in a PostgreSQL database."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.store.postgres.connection_pool import ConnectionPool
from bot.store.postgres.log_maintenance import PostgresLogMaintenance
from bot.store.postgres.preferences import PostgresPreferences
from bot.store.postgres.query_log import PostgresQueryLog
from tests.contracts.gap_log import GapLogContract
from tests.contracts.log_maintenance import LogMaintenanceContract
from tests.contracts.preferences import PreferencesContract
from tests.contracts.query_log import QueryLogContract

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path


@pytest.fixture
async def log(postgres: str) -> AsyncIterator[PostgresQueryLog]:
    log = await PostgresQueryLog.open(postgres)
    yield log
    await log.close()


@pytest.fixture
def pool(postgres: str) -> Iterator[ConnectionPool]:
    pool = ConnectionPool(postgres)
    yield pool
    pool.close()


class TestPostgresQueryLog(QueryLogContract):
    @pytest.fixture
    async def log(self, postgres: str) -> AsyncIterator[PostgresQueryLog]:
        log = await PostgresQueryLog.open(postgres)
        yield log
        await log.close()


class TestPostgresGapLog(GapLogContract):
    """With the fixture `log` of this module."""


class TestPostgresLogMaintenance(LogMaintenanceContract):
    @pytest.fixture
    def maintenance(self, postgres: str, tmp_path: Path) -> PostgresLogMaintenance:
        return PostgresLogMaintenance(postgres, tmp_path)


class TestPostgresPreferences(PreferencesContract):
    @pytest.fixture
    def preferences(self, pool: ConnectionPool) -> PostgresPreferences:
        return PostgresPreferences(pool)
