"""What keeps the query log, and what is shared by the processes of one bot: SQLite, or PostgreSQL where it is set.

Only here are they named. What only some commands need is imported by the function that needs it.
"""

from __future__ import annotations

from contextlib import asynccontextmanager, closing, contextmanager
from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from bot.config.errors import SettingsError
from bot.config.log_address import is_address
from bot.store.sqlite.query_log import SqliteQueryLog

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from bot.config.settings import Settings
    from bot.store.leases import Leases, SessionLedger
    from bot.store.log_maintenance import LogMaintenance
    from bot.store.log_tables import TableStore
    from bot.store.preferences import Preferences
    from bot.store.query_log import QueryLog


@asynccontextmanager
async def open_log(settings: Settings, *, insist: bool = False, check: bool = True) -> AsyncIterator[QueryLog]:
    """Open the query log, and close it at the end. Without `insist` no answer is lost for want of a log.

    With `check` it is looked through for damage while it is in use; see `SqliteQueryLog.open`.
    """
    log = await _open_log(settings, insist=insist, check=check)
    try:
        yield log
    finally:
        await log.close()


async def _open_log(settings: Settings, *, insist: bool, check: bool) -> QueryLog:
    if settings.log_address is None:
        return await SqliteQueryLog.open(settings.log_file, insist=insist, check=check)
    require_driver()
    from bot.store.postgres.query_log import PostgresQueryLog  # noqa: PLC0415

    return await PostgresQueryLog.open(settings.log_address, insist=insist)


def log_maintenance(settings: Settings) -> LogMaintenance:
    """What looks after the query log as a whole. Nothing is opened or made before it is asked for something."""
    if settings.log_address is None:
        from bot.store.sqlite.log_maintenance import SqliteLogMaintenance  # noqa: PLC0415

        return SqliteLogMaintenance(settings.log_file)
    require_driver()
    from bot.store.postgres.log_maintenance import PostgresLogMaintenance  # noqa: PLC0415

    return PostgresLogMaintenance(settings.log_address, settings.data)


def log_tables(place: str) -> TableStore:
    """The log at an address, or in the file of that path, to be copied from or to."""
    if not is_address(place):
        from bot.store.sqlite.tables import SqliteTables  # noqa: PLC0415

        return SqliteTables(Path(place))
    require_driver()
    from bot.store.postgres.connection_pool import ConnectionPool  # noqa: PLC0415
    from bot.store.postgres.tables import PostgresTables  # noqa: PLC0415

    return PostgresTables(ConnectionPool(place, keep=0))


@dataclass(frozen=True, slots=True)
class SharedState:
    """What the processes of one bot have in common beside the log. `ledger` is None where one process is all."""

    preferences: Preferences
    leases: Leases
    ledger: SessionLedger | None


@contextmanager
def open_shared_state(settings: Settings) -> Iterator[SharedState]:
    """What servers and people wish, and what processes agree on, kept where the query log is."""
    with _open_shared_state(settings) as shared, closing(shared.leases):
        yield shared if settings.shards else replace(shared, ledger=None)


@contextmanager
def _open_shared_state(settings: Settings) -> Iterator[SharedState]:
    if settings.log_address is None:
        from bot.store.sqlite.leases import SqliteLeases  # noqa: PLC0415
        from bot.store.sqlite.preferences import FRESH_SECONDS, FRESH_SHARED, SqlitePreferences  # noqa: PLC0415
        from bot.store.sqlite.session_ledger import SqliteSessionLedger  # noqa: PLC0415

        preferences = SqlitePreferences(settings.log_file, fresh=FRESH_SHARED if settings.shards else FRESH_SECONDS)
        yield SharedState(preferences, SqliteLeases(settings.data), SqliteSessionLedger(settings.data))
        return
    require_driver()
    from bot.store.postgres.connection_pool import ConnectionPool  # noqa: PLC0415
    from bot.store.postgres.leases import PostgresLeases  # noqa: PLC0415
    from bot.store.postgres.preferences import PostgresPreferences  # noqa: PLC0415
    from bot.store.postgres.session_ledger import PostgresSessionLedger  # noqa: PLC0415

    with closing(ConnectionPool(settings.log_address)) as pool:
        yield SharedState(PostgresPreferences(pool), PostgresLeases(pool), PostgresSessionLedger(pool))


def require_driver() -> None:
    """Raise a SettingsError where a PostgreSQL database is asked for, and what speaks to one is not installed."""
    if find_spec("psycopg") is None:
        raise SettingsError(
            "QUOTH_LOG is a PostgreSQL database, and psycopg, which speaks to one, is not installed: install Quoth "
            "with its extra, pip install 'quoth[postgres]', or set QUOTH_LOG no more."
        )
