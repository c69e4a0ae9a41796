"""The query log in a SQLite file."""

from __future__ import annotations

import asyncio
import dataclasses
import logging
import random
import shutil
import sqlite3
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config.errors import LogError
from bot.store.cancellation import Stop
from bot.store.filters import Filter, fold
from bot.store.log_row import LoggedQuote, LogRow
from bot.store.sqlite import statements as records
from bot.store.sqlite.connections import reading, writing
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.log_search import find, page_of
from bot.store.sqlite.maintenance.integrity_check import is_damaged
from bot.store.sqlite.open_file import prepare
from bot.store.sqlite.query_log import QUEUE_SIZE, SqliteQueryLog
from bot.store.text import storable
from tests.bot.fakes import MemoryQueryLog, means, row
from tests.contracts.gap_log import GapLogContract
from tests.contracts.log_maintenance import LogMaintenanceContract
from tests.contracts.query_log import QueryLogContract, numbered
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path

    import aiosqlite


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "quoth.db"


@pytest.fixture
async def log(path: Path) -> AsyncIterator[SqliteQueryLog]:
    log = await SqliteQueryLog.open(path)
    yield log
    await log.close()


class TestSqliteQueryLog(QueryLogContract):
    @pytest.fixture
    async def log(self, path: Path) -> AsyncIterator[SqliteQueryLog]:
        log = await SqliteQueryLog.open(path)
        yield log
        await log.close()


class TestSqliteGapLog(GapLogContract):
    """With the fixture `log` of this module."""


class TestSqliteLogMaintenance(LogMaintenanceContract):
    @pytest.fixture
    def maintenance(self, path: Path) -> SqliteLogMaintenance:
        return SqliteLogMaintenance(path)


class TestMemoryQueryLog(QueryLogContract):
    @pytest.fixture
    async def log(self) -> MemoryQueryLog:
        return MemoryQueryLog()


def writer_of(log: SqliteQueryLog) -> aiosqlite.Connection:
    assert log._file.writer
    return log._file.writer


def damage(path: Path, how: str) -> bytes:
    """Break the file, and give what is in it then."""
    sound = path.read_bytes()
    broken = b"not a database" * 1000 if how == "no database at all" else sound[:8192] + b"\xff" * 4096
    broken += sound[len(broken) :]
    path.write_bytes(broken)
    return broken


def zero_the_root_of(path: Path, name: str) -> None:
    """Put zeros in the place of the first page of a table or an index."""
    with reading(path) as connection:
        page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = ?", (name,)).fetchone()[0]
    with path.open("r+b") as file:
        file.seek((page - 1) * 4096)
        file.write(bytes(4096))


def put_a_file_in_the_place_of(folder: Path) -> None:
    folder.write_text("not a folder")


def aside(path: Path) -> Path:
    """Find the damaged file that was put aside."""
    [found] = path.parent.glob("quoth.db.damaged-*Z")
    return found


def rows_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [id_ for (id_,) in connection.execute("SELECT id FROM questions ORDER BY id")]


async def test_the_folder_and_the_files_are_made_for_the_owner_alone(path: Path, log: SqliteQueryLog) -> None:
    await log.add(row("1"))

    assert {file.name: oct(file.stat().st_mode & 0o777) for file in path.parent.iterdir()} == {
        "quoth.db": "0o600",
        "quoth.db-shm": "0o600",
        "quoth.db-wal": "0o600",
    }
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"


async def test_a_row_is_safe_even_from_a_power_cut_and_what_is_deleted_is_gone(log: SqliteQueryLog) -> None:
    pragmas = {}
    for pragma in ("journal_mode", "synchronous", "secure_delete", "foreign_keys", "busy_timeout"):
        found = await writer_of(log).execute_fetchall(f"PRAGMA {pragma}")
        pragmas[pragma] = next(iter(found))[0]

    assert pragmas == {
        "journal_mode": "wal",
        "synchronous": 2,  # FULL
        "secure_delete": 1,
        "foreign_keys": 1,
        "busy_timeout": 1000,
    }


async def test_rows_outlive_the_log(path: Path) -> None:
    log = await SqliteQueryLog.open(path)
    await log.add(row("1"))
    await log.close()

    log = await SqliteQueryLog.open(path)

    assert await log.recent(10) == [row("1")]
    await log.close()


async def test_the_bot_and_a_terminal_may_have_it_open_at_once(path: Path, log: SqliteQueryLog) -> None:
    terminal = await SqliteQueryLog.open(path)

    await asyncio.gather(*(part.add(numbered(number)) for number, part in enumerate([log, terminal] * 50)))

    assert len(await log.recent(1000)) == 100
    assert await log.recent(1000) == await terminal.recent(1000)
    await terminal.close()


async def test_many_may_make_a_new_log_at_once(path: Path) -> None:
    logs = await asyncio.gather(*(SqliteQueryLog.open(path) for _ in range(8)))

    await asyncio.gather(*(log.add(numbered(number)) for number, log in enumerate(logs)))

    assert len(await logs[0].recent(100)) == 8
    await asyncio.gather(*(log.close() for log in logs))


def test_nobody_who_makes_a_new_log_at_the_same_moment_finds_it_locked(tmp_path: Path) -> None:
    start = threading.Barrier(8)

    def make(path: Path) -> None:
        start.wait(PATIENCE)
        prepare(path)

    with ThreadPoolExecutor(8) as pool:
        for number in range(40):  # the moment is short: one new log is seldom enough to meet it
            list(pool.map(make, [tmp_path / str(number) / "quoth.db"] * 8))

    assert len(list(tmp_path.glob("*/quoth.db"))) == 40


async def test_rows_that_wait_together_are_written_in_one_transaction(log: SqliteQueryLog) -> None:
    statements: list[str] = []
    await writer_of(log).set_trace_callback(statements.append)

    await asyncio.gather(*(log.add(numbered(number)) for number in range(10)))

    assert [statement for statement in statements if "INSERT" not in statement] == ["BEGIN IMMEDIATE", "COMMIT"]
    assert len(statements) == 12


async def test_what_was_accepted_is_written_before_it_closes(path: Path, log: SqliteQueryLog) -> None:
    adding = [asyncio.create_task(log.add(numbered(number))) for number in range(QUEUE_SIZE + 100)]
    await asyncio.sleep(0)  # they have all begun now

    await log.close()

    assert len(rows_in(path)) == QUEUE_SIZE + 100
    await asyncio.gather(*adding)


async def test_a_row_is_written_even_when_nobody_waits_for_it_any_more(path: Path, log: SqliteQueryLog) -> None:
    adding = asyncio.create_task(log.add(row("1")))
    await asyncio.sleep(0)
    adding.cancel()
    await asyncio.wait({adding})

    await asyncio.wait_for(log.add(row("2")), timeout=PATIENCE)

    assert rows_in(path) == ["1", "2"]


async def test_it_closes_when_those_who_found_no_room_have_left(path: Path, log: SqliteQueryLog) -> None:
    adding = [asyncio.create_task(log.add(numbered(number))) for number in range(QUEUE_SIZE + 100)]
    await asyncio.sleep(0)  # they have all begun now, and the last hundred found no room
    for task in adding:
        task.cancel()
    await asyncio.wait(adding)

    await asyncio.wait_for(log.close(), timeout=PATIENCE)

    assert len(rows_in(path)) == QUEUE_SIZE


async def test_it_closes_when_rows_still_wait_that_nobody_waits_for(path: Path, log: SqliteQueryLog) -> None:
    adding = [asyncio.create_task(log.add(numbered(1)))]
    await asyncio.sleep(0)  # it is in the queue
    await asyncio.sleep(0)  # the writer is at work on it, so that the others wait
    assert log._queue.empty()
    adding += [asyncio.create_task(log.add(numbered(number))) for number in (2, 3)]
    await asyncio.sleep(0)
    for task in adding:
        task.cancel()

    await asyncio.wait_for(log.close(), timeout=PATIENCE)

    assert len(rows_in(path)) == 3


async def test_two_may_close_it_at_once_and_nothing_is_lost(path: Path, log: SqliteQueryLog) -> None:
    await log.add(row("1"))

    await asyncio.wait_for(asyncio.gather(log.close(), log.close()), timeout=PATIENCE)

    assert len(rows_in(path)) == 1
    with pytest.raises(LogError):
        await log.add(row("2"))


@pytest.mark.parametrize(
    "bad",
    [row("2", guild=2**63), row("2", confidence=float("nan"))],
    ids=["a number that no column holds", "no number at all"],
)
async def test_a_row_that_cannot_be_stored_is_refused_alone(path: Path, log: SqliteQueryLog, bad: object) -> None:
    first, second, third = await asyncio.gather(
        log.add(row("1")),
        log.add(bad),  # type: ignore[arg-type]  # a parametrised row
        log.add(row("3")),
        return_exceptions=True,
    )

    assert (first, third) == (None, None)
    assert isinstance(second, LogError)
    assert rows_in(path) == ["1", "3"]


async def test_a_full_disk_is_said_and_the_log_goes_on_when_there_is_room(path: Path, log: SqliteQueryLog) -> None:
    await log.add(row("1"))
    await writer_of(log).execute_fetchall("PRAGMA max_page_count = 1")

    with pytest.raises(LogError, match=r"^The query log .*quoth\.db cannot be written: the disk is full; free some"):
        await log.add(row("2", question="x" * 100_000))
    await writer_of(log).execute_fetchall("PRAGMA max_page_count = 1000000")
    await log.add(row("3"))

    assert rows_in(path) == ["1", "3"]


async def test_a_read_only_file_is_said_and_the_log_goes_on_when_it_may_be_written(
    path: Path, log: SqliteQueryLog
) -> None:
    await writer_of(log).execute_fetchall("PRAGMA query_only = ON")

    with pytest.raises(LogError, match="cannot be written: it is read-only; let the user who runs quoth write"):
        await log.add(row("1"))
    await writer_of(log).execute_fetchall("PRAGMA query_only = OFF")
    await log.add(row("2"))

    assert rows_in(path) == ["2"]


async def test_a_locked_file_is_said_and_the_log_goes_on_when_it_is_let_go(path: Path, log: SqliteQueryLog) -> None:
    await writer_of(log).execute_fetchall("PRAGMA busy_timeout = 1")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")

        with pytest.raises(LogError, match="cannot be written: another program holds it locked; close that program"):
            await log.add(row("1"))
    await log.add(row("2"))

    assert rows_in(path) == ["2"]


async def test_a_log_that_was_deleted_under_it_is_begun_anew(path: Path, log: SqliteQueryLog) -> None:
    await log.add(row("1"))
    shutil.rmtree(path.parent)

    await log.add(row("2"))

    assert rows_in(path) == ["2"]
    assert await log.recent(10) == [row("2")]


async def test_a_folder_that_cannot_be_made_is_said(path: Path) -> None:
    put_a_file_in_the_place_of(path.parent)

    with pytest.raises(LogError, match=r"data/quoth\.db cannot be opened: .*set QUOTH_DATA to another"):
        await SqliteQueryLog.open(path)


async def test_a_folder_in_its_place_is_said(tmp_path: Path) -> None:
    with pytest.raises(LogError, match=r"^The query log .* cannot be opened: Is a directory"):
        await SqliteQueryLog.open(tmp_path)


async def test_a_log_that_cannot_be_opened_at_start_is_there_when_the_disk_is_mended(path: Path) -> None:
    put_a_file_in_the_place_of(path.parent)
    log = await SqliteQueryLog.open(path, insist=False)

    assert (await log.health() or "").startswith(f"The query log {path} cannot be ")
    with pytest.raises(LogError):
        await log.add(row("1"))
    with pytest.raises(LogError):
        await log.recent(1)
    path.parent.unlink()
    await log.add(row("2"))

    assert await log.recent(10) == [row("2")]
    await log.close()


@pytest.mark.parametrize("how", ["no database at all", "a torn page"])
async def test_a_damaged_file_is_put_aside_and_a_new_one_begun(
    path: Path, how: str, caplog: pytest.LogCaptureFixture
) -> None:
    log = await SqliteQueryLog.open(path)
    await asyncio.gather(*(log.add(row(f"{number:03}", question="x" * 1000)) for number in range(50)))
    await log.close()
    damaged = damage(path, how)

    with caplog.at_level(logging.WARNING):
        log = await SqliteQueryLog.open(path)
    await log.add(row("1"))
    await log.examined()
    await log.close()

    assert ("1" in rows_in(path), len(rows_in(path)) > 20) == (True, True)
    assert aside(path).read_bytes() == damaged
    assert f"was damaged: it is kept as {aside(path).name}, and a new one was begun" in caplog.text
    assert (
        f"{len(rows_in(path)) - 1} questions of the damaged query log {aside(path).name} were salvaged" in caplog.text
    )


async def test_a_damaged_file_is_put_aside_while_the_bot_has_it_open(path: Path, log: SqliteQueryLog) -> None:
    """Someone at the terminal finds the damage first; the bot goes on in the new file."""
    await log.add(row("1"))
    damage(path, "no database at all")
    terminal = await SqliteQueryLog.open(path)

    await log.add(row("2"))

    assert await terminal.recent(10) == [row("2")]
    await terminal.close()


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Have nobody look for damage until this is set, as if the file were so large."""
    look = threading.Event()

    def patiently(path: Path, stop: Stop) -> bool:
        while not (look.wait(0.01) or stop.stopped):
            pass
        return is_damaged(path, stop)

    monkeypatch.setattr("bot.store.sqlite.log_file.is_damaged", patiently)
    yield look
    look.set()


async def test_a_log_is_in_use_before_it_is_looked_through_and_what_it_gets_meanwhile_is_kept(
    path: Path, look: threading.Event
) -> None:
    log = await SqliteQueryLog.open(path)
    await asyncio.gather(*(log.add(row(f"{number:03}", question="x" * 1000)) for number in range(50)))
    await log.close()
    damage(path, "a torn page")

    log = await SqliteQueryLog.open(path)
    await log.add(row("999"))
    before = [found.id for found in await log.recent(1)]
    look.set()
    await log.examined()
    after = await log.recent(100)
    await log.close()

    assert (before, after[0].id, len(after) > 20) == (["999"], "999", True)
    assert aside(path).exists()


async def test_a_write_that_meets_damage_first_begins_a_new_file_and_is_in_it(
    path: Path, look: threading.Event
) -> None:
    log = await SqliteQueryLog.open(path)
    await asyncio.gather(*(log.add(row(f"{number:03}", question="x" * 1000)) for number in range(50)))
    await log.close()
    zero_the_root_of(path, "questions_by_time")
    log = await SqliteQueryLog.open(path)

    await log.add(row("999"))

    assert await log.recent(10) == [row("999")]
    look.set()
    await log.examined()
    assert len(await log.recent(100)) == 51
    await log.close()


async def test_a_read_that_meets_damage_is_told_and_has_the_file_put_aside(path: Path, log: SqliteQueryLog) -> None:
    await asyncio.gather(*(log.add(row(f"{number:03}", question="x" * 1000)) for number in range(50)))
    await log.examined()
    with writing(path) as connection:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    zero_the_root_of(path, "questions_unanswered")

    with pytest.raises(LogError, match="it is damaged; the bot, where it runs, or `quoth doctor` begins a new one"):
        await log.find(Filter(unanswered=True), 10)
    await log.examined()

    assert len(await log.recent(100)) == 50
    assert aside(path).exists()


async def test_closing_waits_for_nobody_who_looks_for_damage(path: Path, look: threading.Event) -> None:
    log = await SqliteQueryLog.open(path)
    await log.add(row("1"))

    await asyncio.wait_for(log.close(), timeout=PATIENCE)

    assert not look.is_set()
    assert rows_in(path) == ["1"]


def test_looking_for_damage_that_was_stopped_finds_none(path: Path) -> None:
    prepare(path)
    damage(path, "no database at all")
    stop = Stop()
    assert is_damaged(path, stop)

    stop.stop()

    assert not is_damaged(path, stop)


async def test_quotes_leave_with_their_question(path: Path, log: SqliteQueryLog) -> None:
    await log.add(row("1", quotes=(LoggedQuote("a.txt", "A", "0", 0, 4, "It is", 1.0),)))

    await writer_of(log).execute("DELETE FROM questions")

    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM quotes").fetchone() == (0,)


async def test_readers_cannot_write(log: SqliteQueryLog) -> None:
    assert log._file.reader

    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        await log._file.reader.execute("DELETE FROM questions")


@given(text=st.text(st.characters(codec=None)))
def test_any_text_can_be_logged(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    original = row("1", question=text, quotes=(LoggedQuote(text, text, "0", 0, 4, text, 1.0),))

    async def there_and_back() -> object:
        log = await SqliteQueryLog.open(tmp_path_factory.mktemp("any") / "quoth.db")
        await log.add(original)
        found = await log.get("1")
        await log.close()
        return found

    quotes = (LoggedQuote(storable(text), storable(text), "0", 0, 4, storable(text), 1.0),)
    assert asyncio.run(there_and_back()) == dataclasses.replace(original, question=storable(text), quotes=quotes)


@given(text=st.text())
def test_only_half_characters_are_replaced(text: str) -> None:
    assert storable(text) == text
    assert storable(f"{text}\udc80{text}\ud800") == f"{text}\ufffd{text}\ufffd"


LETTERS = st.sampled_from("aAäßéİ1 \t\x00\u0301%_*\"':;^\\()-\ud800\ufffd") | st.characters(codec=None)
SEARCHES = st.text(LETTERS, max_size=8) | st.sampled_from(
    ["NEAR", "a OR", "NOT a", "a AND ä", "question:a", "--", "/*"]
)


@pytest.fixture(scope="module")
def searched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[sqlite3.Connection, list[LogRow]]]:
    """Open a log with hostile questions, and give its rows, newest first."""
    path = tmp_path_factory.mktemp("searched") / "quoth.db"
    rows = [row(f"{number:016}", question=question, guild=1) for number, question in enumerate(hostile(120, seed=1))]
    prepare(path)
    with writing(path) as connection:
        connection.executemany(records.ADD_QUESTION, map(records.question_values, rows))
    with reading(path) as connection:
        yield connection, rows[::-1]


def hostile(count: int, seed: int) -> list[str]:
    """Give so many texts of what is special to SQL, LIKE, FTS and Unicode, a few of them of 10,000 characters."""
    chance = random.Random(seed)  # noqa: S311 - nothing is kept secret here
    pieces = [
        "a",
        "A",
        "ä",
        "a\u0308",
        "ß",
        "SS",
        "İ",
        "ﬁ",
        "NEAR",
        "NOT",
        "OR",
        "NEAR(a b)",
        "a*",
        "a:",
        "%",
        "_",
        "a_",
    ]
    pieces += [
        '"',
        "'",
        "''",
        '"a',
        "--",
        ";",
        "/*",
        "\\",
        "^",
        "(",
        ")",
        "\0",
        "a\0b",
        "\ud800",
        "\ufffd",
        "\u0301",
        "1",
    ]
    texts = [
        "".join(chance.choice(pieces) + chance.choice(("", " ", "\t\n")) for _ in range(chance.randint(0, 6)))
        for _ in range(count)
    ]
    return [text * (10_000 // len(text)) if text and number % 40 == 7 else text for number, text in enumerate(texts)]


@given(words=SEARCHES)
def test_any_search_finds_what_a_plain_filter_finds(
    searched: tuple[sqlite3.Connection, list[LogRow]], words: str
) -> None:
    connection, rows = searched
    wanted = Filter(guild=1, words=words)

    assert [found.id for found in find(connection, wanted, 1000)] == [row.id for row in rows if means(wanted, row)]


@pytest.mark.slow
def test_ten_thousand_hostile_searches_find_what_a_plain_filter_finds(
    searched: tuple[sqlite3.Connection, list[LogRow]],
) -> None:
    connection, rows = searched
    texts = [(row.id, fold(row.question)) for row in rows]

    for words in hostile(10_000, seed=2):
        statement, values = page_of(Filter(guild=1, words=words))
        found = connection.execute(statement, values | {"before": "z", "limit": 1000})
        wanted = fold(words).split()
        plainly = [id_ for id_, text in texts if all(word in text for word in wanted)]
        assert [id_ for (id_,) in found] == plainly, repr(words[:80])


async def test_rows_are_written_and_read_while_statistics_are_counted(log: SqliteQueryLog) -> None:
    with reading(log.path) as connection:
        assert connection.execute("SELECT count(*) FROM questions").fetchone()[0] == 0
        await log.add(row("1"))
        assert connection.execute("SELECT count(*) FROM questions").fetchone()[0] == 0, "what is read is of one moment"

    assert (await log.stats()).asked == 1


def test_a_log_that_nobody_closes_does_not_keep_the_program_from_ending(path: Path) -> None:
    program = (
        "import asyncio, pathlib, sys\n"
        "from bot.store.sqlite.query_log import QUEUE_SIZE, SqliteQueryLog\n"
        "kept = asyncio.run(SqliteQueryLog.open(pathlib.Path(sys.argv[1])))\n"
    )

    ended = subprocess.run([sys.executable, "-c", program, str(path)], timeout=PATIENCE, check=False)

    assert ended.returncode == 0


async def test_rows_are_kept_while_another_process_comes_and_goes_after_the_log_was_made_ready_again(
    path: Path, log: SqliteQueryLog
) -> None:
    """A file that is opened and closed in any other way loses this process the locks that SQLite has on it."""
    await log.add(row("1"))
    prepare(path)  # as whatever needs today's schema does, while the log is in use

    visit = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('SELECT * FROM questions'); c.close()"
    await asyncio.to_thread(subprocess.run, [sys.executable, "-c", visit, str(path)], check=True)
    await log.add(row("2"))

    assert rows_in(path) == ["1", "2"]
    assert [found.id for found in await log.recent(10)] == ["2", "1"]
