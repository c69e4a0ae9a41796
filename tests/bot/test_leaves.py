"""Records are read from a file page by page, as SQLite wrote them."""

from __future__ import annotations

import random
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.sqlite.maintenance.btree_pages import records_in

if TYPE_CHECKING:
    from pathlib import Path

VALUES = (
    st.none()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False)
    | st.text(max_size=50)
    | st.binary(max_size=50)
    | st.builds(lambda text, times: text * times, st.text(min_size=1, max_size=9), st.integers(1, 2000))
)


def same(one: object, other: object) -> bool:
    """Tell whether two values are the same; SQLite keeps a whole number in a column of numbers as an integer."""
    return one == other and (type(one) is type(other) or {type(one), type(other)} == {int, float})


@given(rows=st.lists(st.tuples(VALUES, VALUES), max_size=20), size=st.sampled_from([512, 1024, 4096, 65536]))
def test_every_record_that_sqlite_wrote_is_read(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[object, object]], size: int
) -> None:
    file = tmp_path_factory.mktemp("any") / "any.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("CREATE TABLE any (one, other)")
        connection.executemany("INSERT INTO any VALUES (?, ?)", rows)
        connection.commit()

    found = [record.values for record in records_in(file) if len(record.values) == 2]

    assert len(found) == len(rows)
    assert all(same(*pair) for one, other in zip(found, rows, strict=True) for pair in zip(one, other, strict=True))


def test_what_was_deleted_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE some (number, text)")
        connection.executemany("INSERT INTO some VALUES (?, ?)", ((number, "x" * 500) for number in range(1000)))
        connection.commit()
        connection.execute("DELETE FROM some WHERE number > 10")
        connection.commit()

    assert [record.values[0] for record in records_in(file) if len(record.values) == 2] == list(range(11))


@pytest.mark.parametrize("size", [1024, 4096, 8192])
def test_the_size_of_a_page_is_guessed_where_the_first_page_is_gone(tmp_path: Path, size: int) -> None:
    file = tmp_path / "some.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(f"PRAGMA page_size = {size}")
        connection.execute("CREATE TABLE some (number, text)")
        connection.executemany("INSERT INTO some VALUES (?, ?)", ((number, "x" * 50) for number in range(9000)))
        connection.commit()
    with file.open("r+b") as opened:
        opened.write(bytes(size))

    assert [record.values[0] for record in records_in(file)] == list(range(9000))


def test_what_is_only_in_the_journal_counts_as_far_as_its_transactions_are_whole(tmp_path: Path) -> None:
    file, copy = tmp_path / "some.db", tmp_path / "copy.db"
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE some (number, text)")
        for number in range(30):
            connection.execute("INSERT INTO some VALUES (?, ?)", (number, "x" * 3000))
            connection.commit()
        shutil.copy(file, copy)
        journal = tmp_path.joinpath("some.db-wal").read_bytes()
    tmp_path.joinpath("copy.db-wal").write_bytes(journal[: -len(journal) // 3])

    found = [record.values[0] for record in records_in(copy) if len(record.values) == 2]
    with closing(sqlite3.connect(copy)) as connection:
        assert found == [number for (number,) in connection.execute("SELECT number FROM some")]
    assert 10 < len(found) < 30


@given(content=st.binary(max_size=3000), seed=st.integers(0, 100))
def test_a_file_of_anything_is_read_without_a_fault(
    tmp_path_factory: pytest.TempPathFactory, content: bytes, seed: int
) -> None:
    file = tmp_path_factory.mktemp("any") / "any.db"
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret here
    page = chance.choice((b"", b"SQLite format 3\0\x10\0")) + chance.choice((b"\x0d", b"\x0a", b"\x02")) + content
    file.write_bytes(page.ljust(4096 * 2, chance.choice((b"\0", b"\xff", b"\x81", b"\x0d"))))

    assert len(list(records_in(file))) < 5000
