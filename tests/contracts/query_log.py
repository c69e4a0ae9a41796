"""What every query log promises, whatever it is kept in.

A test class for an implementation inherits `QueryLogContract` and has a fixture `log`, an empty log of its kind.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
from typing import TYPE_CHECKING

import pytest

from bot.errors import LogError
from bot.store.rows import LoggedQuote, LogRow, Outcome, Surface

if TYPE_CHECKING:
    from bot.store.log import QueryLog

FULL_ROW = LogRow(
    id="01jjxw00000000aa",
    asked_at=datetime.datetime(2025, 1, 31, 9, 0, 0, 123456, tzinfo=datetime.UTC),
    surface=Surface.MENU,
    question="Who leads\r\nthe \0 group \U0001f600 now?\u202e",
    outcome=Outcome.NO_ANSWER,
    confidence=0.123456789012345,
    elapsed_ms=3.25,
    library="sha256:abc",
    version="0.1.0",
    guild=2**63 - 1,
    channel=17,
    asker="0123456789abcdef0123456789abcdef",
    reason="weak_match",
    follows="01jjxw00000000a9",
    narrowed_to="b/late.txt",
    at_most=10,
    quotes=(
        LoggedQuote("b/late.txt", "Late", "ff", 10, 25, "It was, they say.", 9.125, near=True),
        LoggedQuote("a.txt", "Early \N{EM DASH} and odd", "00", 0, 4, "It\tis", 0.1),
    ),
)
PLAIN_ROW = LogRow(
    id="01jjxw00000000ab",
    asked_at=FULL_ROW.asked_at,
    surface=Surface.TERMINAL,
    question="",
    outcome=Outcome.ANSWER,
    confidence=0,
    elapsed_ms=0,
    library="",
    version="",
)


def numbered(number: int, guild: int | None = None) -> LogRow:
    return dataclasses.replace(PLAIN_ROW, id=f"{number:016}", guild=guild)


class QueryLogContract:
    """Held by every implementation of `QueryLog`."""

    @pytest.fixture
    async def log(self) -> QueryLog:
        raise NotImplementedError

    @pytest.mark.parametrize("row", [FULL_ROW, PLAIN_ROW], ids=["with everything", "with what it must have"])
    async def test_a_row_comes_back_as_it_was_added(self, log: QueryLog, row: LogRow) -> None:
        await log.add(row)

        assert await log.get(row.id) == row
        assert list(await log.recent(10)) == [row]

    async def test_half_a_character_does_not_cost_the_row(self, log: QueryLog) -> None:
        row = dataclasses.replace(FULL_ROW, question="half \ud83d of it")

        await log.add(row)

        assert await log.get(row.id) in (row, dataclasses.replace(row, question="half \ufffd of it"))

    async def test_an_empty_log_has_nothing(self, log: QueryLog) -> None:
        assert list(await log.recent(10)) == []
        assert await log.get("01jjxw00000000aa") is None

    async def test_the_newest_come_first_whatever_order_they_were_added_in(self, log: QueryLog) -> None:
        for number in (2, 5, 1, 4, 3):
            await log.add(numbered(number))

        assert list(await log.recent(3)) == [numbered(5), numbered(4), numbered(3)]
        assert list(await log.recent(0)) == []
        assert list(await log.recent(-1)) == []

    async def test_pages_follow_each_other_without_a_gap(self, log: QueryLog) -> None:
        for number in range(1, 6):
            await log.add(numbered(number))

        first = await log.recent(2)
        second = await log.recent(2, before=first[-1].id)
        third = await log.recent(2, before=second[-1].id)

        assert [*first, *second, *third] == [numbered(number) for number in (5, 4, 3, 2, 1)]
        assert list(await log.recent(2, before=third[-1].id)) == []

    async def test_a_guild_never_sees_the_rows_of_another_or_of_none(self, log: QueryLog) -> None:
        for number, guild in enumerate((1, 2, None, 1, 2, None), start=1):
            await log.add(numbered(number, guild))

        assert list(await log.recent(10, guild=1)) == [numbered(4, 1), numbered(1, 1)]
        assert list(await log.recent(10, guild=1, before=numbered(4).id)) == [numbered(1, 1)]
        assert list(await log.recent(10, guild=3)) == []
        assert await log.get(numbered(1).id, guild=1) == numbered(1, 1)
        assert await log.get(numbered(2).id, guild=1) is None
        assert await log.get(numbered(3).id, guild=1) is None
        assert len(await log.recent(10)) == 6

    async def test_an_id_is_taken_once_and_the_first_row_stays(self, log: QueryLog) -> None:
        await log.add(FULL_ROW)

        with pytest.raises(LogError):
            await log.add(dataclasses.replace(PLAIN_ROW, id=FULL_ROW.id))

        assert list(await log.recent(10)) == [FULL_ROW]

    async def test_a_bad_row_takes_none_of_those_beside_it_along(self, log: QueryLog) -> None:
        rows = [numbered(number) for number in (1, 2, 2, 3, 4)]

        results = await asyncio.gather(*(log.add(row) for row in rows), return_exceptions=True)

        assert [type(result) for result in results].count(LogError) == 1
        assert list(await log.recent(10)) == [numbered(number) for number in (4, 3, 2, 1)]

    async def test_many_may_add_and_read_at_once(self, log: QueryLog) -> None:
        async def caller(first: int) -> None:
            for number in range(first, first + 20):
                await log.add(numbered(number))
                assert await log.get(numbered(number).id) == numbered(number)

        await asyncio.gather(*(caller(1000 * number) for number in range(10)))

        assert len(await log.recent(1000)) == 200

    async def test_a_closed_log_takes_and_shows_nothing(self, log: QueryLog) -> None:
        await log.close()
        await log.close()

        with pytest.raises(LogError):
            await log.add(FULL_ROW)
        with pytest.raises(LogError):
            await log.recent(1)
        with pytest.raises(LogError):
            await log.get(FULL_ROW.id)
