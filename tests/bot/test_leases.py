"""What one process alone may do, and the sessions that all begin: beside a file, and in a database."""

from __future__ import annotations

import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from bot.store.postgres.connection_pool import ConnectionPool
from bot.store.postgres.leases import PostgresLeases
from bot.store.postgres.session_ledger import PostgresSessionLedger
from bot.store.sqlite.leases import SqliteLeases
from bot.store.sqlite.session_ledger import SqliteSessionLedger
from tests.contracts.leases import LeasesContract, SessionLedgerContract
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.store.leases import Leases, SessionLedger
    from tests.bot.postgres import PostgresServer


@pytest.fixture
def pools(postgres: str) -> Iterator[tuple[ConnectionPool, ...]]:
    pools = (ConnectionPool(postgres), ConnectionPool(postgres))
    yield pools
    for pool in pools:
        pool.close()


class TestSqliteLeases(LeasesContract):
    @pytest.fixture
    def open_leases(self, tmp_path: Path) -> Iterator[Callable[[], Leases]]:
        made: list[SqliteLeases] = []

        def open_leases() -> Leases:
            made.append(SqliteLeases(tmp_path / "data"))
            return made[-1]

        yield open_leases
        for leases in made:
            leases.close()


class TestPostgresLeases(LeasesContract):
    @pytest.fixture
    def open_leases(self, pools: tuple[ConnectionPool, ...]) -> Iterator[Callable[[], Leases]]:
        made: list[PostgresLeases] = []

        def open_leases() -> Leases:
            made.append(PostgresLeases(pools[len(made)]))
            return made[-1]

        yield open_leases
        for leases in made:
            leases.close()


class TestSqliteSessionLedger(SessionLedgerContract):
    @pytest.fixture
    def ledgers(self, tmp_path: Path) -> tuple[SessionLedger, ...]:
        return SqliteSessionLedger(tmp_path / "data"), SqliteSessionLedger(tmp_path / "data")


class TestPostgresSessionLedger(SessionLedgerContract):
    @pytest.fixture
    def ledgers(self, pools: tuple[ConnectionPool, ...]) -> tuple[SessionLedger, ...]:
        first, second = pools
        return PostgresSessionLedger(first), PostgresSessionLedger(second)


HOLDING = """
import pathlib, sys
{make}
print(leases.take("telling", "the one that is killed"), flush=True)
sys.stdin.read()
"""
IN_FILE = "from bot.store.sqlite.leases import SqliteLeases; leases = SqliteLeases(pathlib.Path(sys.argv[1]))"
ON_SERVER = (
    "from bot.store.postgres.leases import PostgresLeases\n"
    "from bot.store.postgres.connection_pool import ConnectionPool\n"
    "leases = PostgresLeases(ConnectionPool(sys.argv[1]))"
)


def killed_holder(make: str, place: str, other: Leases) -> None:
    """Have a process take a lease, see that it has it, and kill that process."""
    program = HOLDING.format(make=make)
    with subprocess.Popen(
        [sys.executable, "-c", program, place], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == "None\n"
        assert other.take("telling") == "the one that is killed"
        holder.kill()


def test_the_leases_of_a_killed_process_are_free_beside_a_file(tmp_path: Path) -> None:
    other = SqliteLeases(tmp_path)
    killed_holder(IN_FILE, str(tmp_path), other)

    assert other.take("telling") is None
    other.close()


def test_the_leases_of_a_killed_process_are_free_in_a_database(
    postgres: str, pools: tuple[ConnectionPool, ...]
) -> None:
    other = PostgresLeases(pools[0])
    killed_holder(ON_SERVER, postgres, other)

    give_up = time.monotonic() + PATIENCE
    while (holder := other.take("telling")) and time.monotonic() < give_up:  # until the server has noticed
        pass
    assert holder is None
    other.close()


def test_where_a_folder_cannot_be_written_every_lease_is_had(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("no folder")
    leases = SqliteLeases(tmp_path / "data")

    assert leases.take("telling") is None
    leases.remember("commands.sha256", "one")
    assert leases.recall("commands.sha256") == ""
    assert dict(leases.held("")) == {}


def test_what_was_held_is_held_again_after_the_server_was_away(
    postgres: str, postgres_server: PostgresServer, pools: tuple[ConnectionPool, ...]
) -> None:
    del postgres
    first, second = PostgresLeases(pools[0]), PostgresLeases(pools[1])
    first.take("process 1", "the first")
    assert second.take("process 1") == "the first"

    postgres_server.kill()
    postgres_server.start()

    assert first.take("telling") is None  # whatever it asks for next
    assert second.take("process 1") == "the first"
    first.close()
    second.close()
