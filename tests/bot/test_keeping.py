"""What is kept of a log: backups are sound, and what is forgotten is gone, down to the bytes."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import logging
import sqlite3
import threading
from contextlib import closing
from typing import TYPE_CHECKING

import pytest

from bot.config.errors import LogError
from bot.services.retention.log_maintenance import log_upkeep, look_after
from bot.store.filters import Filter, Thumbs
from bot.store.ids import new_id
from bot.store.log_row import LoggedQuote, LogRow, Vote
from bot.store.sqlite.connections import reading
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.maintenance import deletion
from bot.store.sqlite.maintenance.backups import back_up, back_up_nightly, folder_of
from bot.store.sqlite.open_file import lay_aside, prepare, put_aside
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.fakes import NOON, row
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from bot.store.cancellation import Stop

SECRET = "Whiskerton"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "quoth.db"


@pytest.fixture
async def log(path: Path) -> AsyncIterator[SqliteQueryLog]:
    log = await SqliteQueryLog.open(path)
    yield log
    await log.close()


def asked(number: int, *, asker: str, guild: int | None = None) -> LogRow:
    """Give a question of some length, which says who asked it where that is Anna."""
    at = NOON + datetime.timedelta(days=number)
    words = f"{SECRET if asker == 'anna' else 'Somebody'} {number} " * (number * 37 % 400)
    quote = LoggedQuote("a.txt", "A", "ff", 0, 9, words, 1.0)
    made = row(new_id(at), question=words, guild=guild, quotes=(quote, quote))
    return dataclasses.replace(made, asked_at=at, asker=asker)


async def fill(log: SqliteQueryLog) -> list[LogRow]:
    """Log 1,200 questions of Anna and Ben in two guilds, in no order; give them newest first."""
    rows = [asked(number, asker=("anna", "ben")[number % 2], guild=number % 3 or None) for number in range(1200)]
    await asyncio.gather(*(log.add(rows[number * 7 % 1200]) for number in range(1200)))
    return rows[::-1]


def files_in(folder: Path) -> list[str]:
    return [file.name for file in folder.iterdir() if file.is_file()]


def rows_in(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return [id_ for (id_,) in connection.execute("SELECT id FROM questions ORDER BY id")]


def backed_up(path: Path) -> list[Path]:
    return sorted(folder_of(path).glob("*.db"))


def cut_short(path: Path) -> None:
    """Leave half a backup behind."""
    draft = folder_of(path) / "nightly-2026-12-30.db.part"
    draft.parent.mkdir()
    draft.write_bytes(path.read_bytes()[:50_000])


def bytes_beside(path: Path) -> bytes:
    return b"".join(file.read_bytes() for file in sorted(path.parent.rglob("*")) if file.is_file())


async def test_a_backup_is_a_whole_log_of_one_file(path: Path, log: SqliteQueryLog, tmp_path: Path) -> None:
    rows = await fill(log)
    target = tmp_path / "elsewhere" / "copy.db"

    assert back_up(path, target) == 1200
    await log.add(row("1"))

    assert [file.name for file in target.parent.iterdir()] == ["copy.db"]
    assert oct(target.stat().st_mode & 0o777) == "0o600"
    copy = await SqliteQueryLog.open(target)
    assert list(await copy.recent(2000)) == rows
    await copy.close()


async def test_a_backup_takes_the_place_of_nothing_and_leaves_nothing_half_done(
    path: Path, log: SqliteQueryLog, tmp_path: Path
) -> None:
    await log.add(row("1"))
    taken = tmp_path / "taken.db"
    taken.write_text("mine")

    with pytest.raises(LogError, match=r"cannot be backed up: .*taken\.db is there already"):
        back_up(path, taken)
    with pytest.raises(LogError, match="cannot be backed up"):
        back_up(tmp_path / "nowhere.db", tmp_path / "copy.db")

    assert taken.read_text() == "mine"
    assert files_in(tmp_path) == ["taken.db"]


async def test_a_copy_that_is_not_sound_is_no_backup(path: Path, log: SqliteQueryLog, tmp_path: Path) -> None:
    await fill(log)
    await log.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA writable_schema = ON")
        connection.execute("UPDATE sqlite_schema SET sql = replace(sql, 'asker      TEXT', 'asker   INTEGER')")
        connection.commit()

    with pytest.raises(LogError, match="cannot be backed up: "):
        back_up(path, tmp_path / "copy.db")

    assert files_in(tmp_path) == []


async def test_a_forgotten_asker_is_gone_from_the_log_and_its_backups_to_the_last_byte(
    path: Path, log: SqliteQueryLog
) -> None:
    rows = await fill(log)
    back_up(path, folder_of(path) / "one.db")
    of_ben = [found for found in rows if found.asker == "ben"]
    for voter, helpful in (("anna", False), ("carl", True)):
        await log.vote(of_ben[0].id, Vote(voter, helpful, NOON))
    assert SECRET.encode() in bytes_beside(path)

    gone = await asyncio.to_thread(lambda: list(deletion.forget_everywhere(path, Filter(asker="anna"))))

    assert gone == [(path, 600), (folder_of(path) / "one.db", 600)]
    assert SECRET.casefold().encode() not in bytes_beside(path).lower()
    assert list(await log.recent(2000)) == [dataclasses.replace(of_ben[0], up=1), *of_ben[1:]]
    assert list(await log.find(Filter(thumbs=Thumbs.DOWN), 10)) == []


async def test_a_forgotten_server_takes_no_other_along(path: Path, log: SqliteQueryLog) -> None:
    rows = await fill(log)

    assert deletion.forget(path, Filter(guild=1)) == 400
    assert deletion.forget(path, Filter(guild=1)) == 0

    assert list(await log.recent(2000)) == [found for found in rows if found.guild != 1]


async def test_an_asker_who_is_forgotten_in_one_server_keeps_the_votes_in_others(
    path: Path, log: SqliteQueryLog
) -> None:
    elsewhere = asked(1, asker="ben", guild=2)
    await log.add(elsewhere)
    await log.vote(elsewhere.id, Vote("anna", False, NOON))

    deletion.forget(path, Filter(asker="anna", guild=1))
    kept = await log.recent(1)
    deletion.forget(path, Filter(asker="anna"))

    assert (kept[0].down, (await log.recent(1))[0].down) == (1, 0)


async def test_rows_are_logged_while_others_are_forgotten(path: Path, log: SqliteQueryLog) -> None:
    await fill(log)

    forgetting = asyncio.create_task(asyncio.to_thread(deletion.forget, path, Filter(asker="anna")))
    added = 0
    while not forgetting.done():
        await log.add(row(f"zz{added}"))
        added += 1

    assert forgetting.result() == 600
    assert added > 1
    assert len(await log.recent(5000)) == 600 + added


async def test_what_cannot_be_wiped_because_somebody_reads_is_told(
    path: Path, log: SqliteQueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.store.sqlite.maintenance.deletion.EMPTYING_TRIES", 2)
    monkeypatch.setattr("bot.store.sqlite.connections.BUSY_TIMEOUT", 0.01)
    await fill(log)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM questions").fetchone()
        deletion.forget(path, Filter(asker="anna"))

        with pytest.raises(LogError, match="is in use all the time, so what was forgotten may still be read"):
            await asyncio.to_thread(deletion.wipe, path)


async def test_what_is_older_than_it_may_be_is_deleted_and_what_is_not_stays(
    path: Path, log: SqliteQueryLog, caplog: pytest.LogCaptureFixture
) -> None:
    now = datetime.datetime.now(datetime.UTC)
    rows = [
        row(new_id(at), question=str(days)) for days in (29, 31, 400) for at in [now - datetime.timedelta(days=days)]
    ]
    for found in rows:
        await log.add(found)

    back_up(path, old := folder_of(path) / "quoth-of-somebody.db")
    for days in (29, 31):
        at = now - datetime.timedelta(days=days)
        path.with_name(f"quoth.db.damaged-{at:%Y%m%dT%H%M%S.%fZ}").write_bytes(b"not a database")

    with caplog.at_level(logging.INFO):
        await look_after(SqliteLogMaintenance(path), days=0, backups=0)
        assert len(await log.recent(10)) == 3
        await look_after(SqliteLogMaintenance(path), days=30, backups=0)

    assert list(await log.recent(10)) == rows[:1]
    assert rows_in(old) == [rows[0].id]
    assert len(put_aside(path)) == 1, "what was put aside before then is gone as well"
    assert "2 questions older than 30 days were deleted from the query log." in caplog.text


async def test_the_log_is_looked_after_as_long_as_the_bot_runs(path: Path, log: SqliteQueryLog) -> None:
    await log.add(asked(1, asker="anna"))

    async with asyncio.timeout(PATIENCE), log_upkeep(SqliteLogMaintenance(path), days=1, backups=1):
        while await log.recent(1) or not backed_up(path):
            pass

    assert [task.get_name() for task in asyncio.all_tasks() if "keeper" in task.get_name()] == []
    assert rows_in(backed_up(path)[0]) == [], "what was too old went before the backup was made"


async def test_what_cannot_be_done_is_told_and_costs_nothing(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    await look_after(SqliteLogMaintenance(path), days=1, backups=1)

    assert "Old questions are still in the log: The query log" in caplog.text
    assert "There is no backup of today yet: The query log" in caplog.text


async def test_one_backup_a_day_is_made_and_of_these_alone_the_oldest_goes(path: Path, log: SqliteQueryLog) -> None:
    by_hand = folder_of(path) / "quoth-20200101T000000.000000Z.db"
    days = [datetime.date(2026, 12, 30) + datetime.timedelta(days=number) for number in range(4)]
    await log.add(row("1"))
    back_up(path, by_hand)

    made = [back_up_nightly(path, day, keep=3) for day in days for _ in range(2)]

    assert [file and file.name for file in made] == [name for day in days for name in (f"nightly-{day}.db", None)], (
        "the second look of a day makes none"
    )
    assert sorted(file.name for file in folder_of(path).iterdir()) == [
        "nightly-2026-12-31.db",
        "nightly-2027-01-01.db",
        "nightly-2027-01-02.db",
        by_hand.name,
    ]
    assert rows_in(folder_of(path) / "nightly-2027-01-02.db") == ["1"]


async def test_a_day_that_could_not_be_backed_up_costs_no_earlier_backup(path: Path, log: SqliteQueryLog) -> None:
    await log.add(row("1"))
    back_up_nightly(path, datetime.date(2026, 12, 30), keep=1)
    await log.close()
    lay_aside(path)

    with pytest.raises(LogError):
        back_up_nightly(path, datetime.date(2026, 12, 31), keep=1)

    assert [file.name for file in folder_of(path).iterdir()] == ["nightly-2026-12-30.db"]


async def test_what_was_forgotten_is_in_no_damaged_file_and_in_no_half_made_backup(
    path: Path, log: SqliteQueryLog
) -> None:
    rows = await fill(log)
    await log.close()
    cut_short(path)
    lay_aside(path)
    prepare(path)
    assert SECRET.encode() in bytes_beside(path)

    dropped = deletion.drop_damaged(path)
    list(deletion.forget_everywhere(path, Filter(asker="anna")))

    assert len(dropped) == 1
    assert put_aside(path) == []
    assert SECRET.casefold().encode() not in bytes_beside(path).lower()
    assert rows_in(path) == [found.id for found in rows[::-1] if found.asker == "ben"]


async def test_a_stop_waits_for_no_backup_and_leaves_nothing_half_done(
    path: Path, log: SqliteQueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    await log.add(row("1"))
    begun = threading.Event()
    endless = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"

    def check_without_end(copy: Path, stop: Stop) -> int:
        with reading(copy, any_thread=True) as connection, stop.may_interrupt(connection):
            begun.set()
            return len(connection.execute(endless).fetchall())

    monkeypatch.setattr("bot.store.sqlite.maintenance.backups._check", check_without_end)

    async with asyncio.timeout(PATIENCE), log_upkeep(SqliteLogMaintenance(path), days=0, backups=7):
        await asyncio.to_thread(begun.wait)

    assert [file.name for file in folder_of(path).iterdir()] == []
