"""What everything promises that looks after a whole query log, whatever that is kept in.

A test class for an implementation inherits `LogMaintenanceContract` and has two fixtures: `log`, an empty log of its
kind, and `maintenance`, what looks after that log.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

import pytest

from bot.config.errors import LogError
from bot.store.data_subject import Trace
from bot.store.filters import Filter
from bot.store.gaps import GapState
from bot.store.ids import first_id
from bot.store.log_row import Comment, Outcome, Vote
from bot.store.reviews import Mark
from tests.bot.fakes import NOON, row
from tests.contracts.query_log import FULL_ROW

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.log_maintenance import LogMaintenance
    from bot.store.log_row import LogRow
    from bot.store.query_log import QueryLog

HOUR = datetime.timedelta(hours=1)


def hourly(number: int, *, asker: str = "ann", guild: int | None = 1) -> LogRow:
    """Give the question that somebody asked so many hours after noon."""
    asked_at = NOON + number * HOUR
    blank = row(first_id(asked_at), quotes=FULL_ROW.quotes, guild=guild)
    return dataclasses.replace(blank, asked_at=asked_at, asker=asker)


async def ids(log: QueryLog) -> list[str]:
    return [found.id for found in await log.recent(100)]


class LogMaintenanceContract:
    """The promises of `LogMaintenance` and of its `LogReader`, one a test."""

    async def test_the_whole_log_is_read_oldest_first_with_its_reviews(
        self, log: QueryLog, maintenance: LogMaintenance
    ) -> None:
        for number in (3, 1, 2):
            await log.add(hourly(number))
        assert maintenance.mark(hourly(2).id, Mark.WRONG)

        with maintenance.read() as reader:
            selection = reader.select()
            await log.add(hourly(4))
            read = list(selection)
            newest, marked = reader.select(newest=2), reader.select(reviewed=True)
            since = reader.select(Filter(since=NOON + 3 * HOUR))

            assert selection.count == 3
            assert [found for found, _ in read] == [hourly(1), hourly(2), hourly(3)]
            assert [review.mark if review else None for _, review in read] == [None, Mark.WRONG, None]
            assert [found.id for found, _ in newest] == [hourly(3).id, hourly(4).id]
            assert [found.id for found, _ in marked] == [hourly(2).id]
            assert (since.count, reader.select(Filter(guild=2)).count) == (2, 0)

    async def test_one_row_is_read_with_all_that_belongs_to_it(
        self, log: QueryLog, maintenance: LogMaintenance
    ) -> None:
        one = hourly(1)
        await log.add(one)
        await log.vote(one.id, Vote("ben", False, NOON, "It is old."))
        maintenance.mark(one.id, Mark.RIGHT)

        with maintenance.read() as reader:
            review = reader.review_of(one.id)

            assert reader.get(one.id) == dataclasses.replace(one, down=1)
            assert review
            assert review.mark is Mark.RIGHT
            assert list(reader.comments(one.id)) == [Comment("It is old.", False, NOON)]
            assert (reader.get("nowhere"), reader.review_of("nowhere")) == (None, None)
            assert reader.stats() == await log.stats()

    async def test_a_mark_takes_the_place_of_another_and_needs_a_row(
        self, log: QueryLog, maintenance: LogMaintenance
    ) -> None:
        await log.add(hourly(1))

        assert maintenance.mark(hourly(1).id, Mark.WRONG)
        assert maintenance.mark(hourly(1).id, Mark.REFUSE)
        assert not maintenance.mark("nowhere", Mark.RIGHT)
        with maintenance.read() as reader:
            review = reader.review_of(hourly(1).id)
            assert review
            assert review.mark is Mark.REFUSE

        assert maintenance.mark(hourly(1).id, None)
        with maintenance.read() as reader:
            assert reader.review_of(hourly(1).id) is None

    async def test_a_mark_goes_with_its_row(self, log: QueryLog, maintenance: LogMaintenance) -> None:
        await log.add(hourly(1))
        maintenance.mark(hourly(1).id, Mark.WRONG)

        maintenance.forget(Filter(asker="ann"))
        await log.add(hourly(1))

        with maintenance.read() as reader:
            assert reader.review_of(hourly(1).id) is None

    async def test_a_backup_replaces_no_file_and_has_every_question(
        self, log: QueryLog, maintenance: LogMaintenance, tmp_path: Path
    ) -> None:
        for number in range(3):
            await log.add(hourly(number))
        taken = tmp_path / "taken"
        taken.write_text("mine", encoding="utf-8")

        assert maintenance.back_up(tmp_path / "copy") == 3
        with pytest.raises(LogError, match="is there already"):
            maintenance.back_up(taken)
        assert taken.read_text(encoding="utf-8") == "mine"

    async def test_backups_of_the_last_nights_stay_and_those_made_by_hand_too(
        self, log: QueryLog, maintenance: LogMaintenance
    ) -> None:
        await log.add(hourly(1))
        maintenance.back_up(maintenance.backup_folder / "by-hand.db")
        days = [NOON.date() + datetime.timedelta(days=number) for number in range(4)]

        made = [maintenance.back_up_nightly(day, keep=2) for day in days]

        assert all(made)
        assert maintenance.back_up_nightly(days[-1], keep=2) is None
        assert list(maintenance.nightly_backups()) == made[-2:]
        assert (maintenance.backup_folder / "by-hand.db").exists()

    async def test_what_is_forgotten_is_counted_and_gone(self, log: QueryLog, maintenance: LogMaintenance) -> None:
        for number in range(6):
            await log.add(hourly(number, asker=("ann", "ben")[number % 2], guild=number % 3))

        assert maintenance.forget(Filter(guild=2)) == 2
        assert maintenance.forget_older(NOON + HOUR) == 1
        assert await ids(log) == [hourly(number).id for number in (4, 3, 1)]
        assert [number for _, number in maintenance.forget_for_good(Filter(asker="ben"))] == [2]
        assert await ids(log) == [hourly(4).id]

    async def test_of_somebody_who_is_deleted_for_good_nothing_is_left_in_backups_either(
        self, log: QueryLog, maintenance: LogMaintenance
    ) -> None:
        mine, other = hourly(1), dataclasses.replace(hourly(2, asker="ben"), outcome=Outcome.NO_ANSWER)
        for one in (mine, other):
            await log.add(one)
        await log.vote(other.id, Vote("ann", True, NOON))
        await log.gaps.wish(other.id, 42, "ann")
        maintenance.back_up(maintenance.backup_folder / "one.db")
        assert maintenance.trace("ann") == Trace(1, 1, mine.asked_at, mine.asked_at, 1)

        files = dict(maintenance.forget_for_good(Filter(asker="ann")))

        assert list(files.values()) == [1, 1]
        assert maintenance.trace("ann") == Trace()
        assert not maintenance.is_anywhere("ann")
        assert maintenance.trace("ben") == Trace(1, 0, other.asked_at, other.asked_at)
        assert [(left.id, left.up) for left in await log.recent(10)] == [(other.id, 0)]
        await log.gaps.set([other.id], GapState.CLOSED, guild=None, source="A")
        assert list(await log.gaps.due()) == []

    async def test_somebody_who_is_in_a_backup_alone_is_found_there(
        self, log: QueryLog, maintenance: LogMaintenance, tmp_path: Path
    ) -> None:
        await log.add(hourly(1))
        maintenance.back_up(tmp_path / "elsewhere.db")
        maintenance.forget(Filter(asker="ann"))
        assert not maintenance.is_anywhere("ann")

        maintenance.backup_folder.mkdir(exist_ok=True)
        (tmp_path / "elsewhere.db").rename(maintenance.backup_folder / "by-hand.db")

        assert not maintenance.trace("ann")
        assert maintenance.is_anywhere("ann")

    async def test_a_sound_log_has_no_damaged_files(self, log: QueryLog, maintenance: LogMaintenance) -> None:
        await log.add(hourly(1))

        assert list(maintenance.damaged_files()) == []
        assert list(maintenance.drop_damaged()) == []

    async def test_preparing_a_log_that_is_there_changes_nothing(
        self, log: QueryLog, maintenance: LogMaintenance
    ) -> None:
        await log.add(hourly(1))

        maintenance.prepare()

        assert await ids(log) == [hourly(1).id]
