"""What the gaps of every query log promise, whatever they are kept in.

A test class for an implementation inherits `GapLogContract` and has a fixture `log`, an empty log of its kind.
"""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

from bot.store.gaps import GapState, Wish
from bot.store.ids import new_id
from bot.store.log_row import Outcome, Vote
from tests.bot.fakes import NOON, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.gaps import Unhelped
    from bot.store.log_row import LogRow
    from bot.store.query_log import QueryLog

HOUR = datetime.timedelta(hours=1)


def refused(hour: int, *, guild: int | None = 1, reason: str | None = "unknown_words") -> LogRow:
    """Give a question of that hour after noon that was not answered."""
    asked_at = NOON + hour * HOUR
    blank = row(new_id(asked_at), question=f"When does ferry {hour} leave?", guild=guild)
    return dataclasses.replace(blank, asked_at=asked_at, outcome=Outcome.NO_ANSWER, reason=reason, asker="ann")


async def found(log: QueryLog, guild: int | None = None, limit: int = 100) -> Sequence[Unhelped]:
    return await log.gaps.unhelped(guild=guild, since=NOON, limit=limit)


class GapLogContract:
    """The promises of the `gaps` of a `QueryLog`, one a test."""

    async def test_a_guild_sees_its_own_questions_without_help_newest_first(self, log: QueryLog) -> None:
        early, first, last = refused(-1), refused(1), refused(2)
        elsewhere, thanks = refused(3, guild=2), refused(4, reason="no_words")
        down = dataclasses.replace(refused(5), outcome=Outcome.ANSWER, reason=None)
        liked = dataclasses.replace(refused(6), outcome=Outcome.ANSWER, reason=None)
        for one in (early, first, last, elsewhere, thanks, down, liked):
            await log.add(one)
        await log.vote(down.id, Vote("zoe", helpful=False, voted_at=NOON))
        await log.vote(liked.id, Vote("zoe", helpful=True, voted_at=NOON))

        assert [one.id for one in await found(log, 1)] == [down.id, last.id, first.id]
        assert [one.id for one in await found(log)] == [down.id, elsewhere.id, last.id, first.id]
        assert [one.id for one in await found(log, limit=2)] == [down.id, elsewhere.id]
        assert [one.answered for one in await found(log, 1)] == [True, False, False]

    async def test_a_guild_decides_on_its_own_questions_alone(self, log: QueryLog) -> None:
        mine, theirs = refused(1), refused(2, guild=2)
        for one in (mine, theirs):
            await log.add(one)

        await log.gaps.set([mine.id, theirs.id], GapState.CLOSED, guild=1, source="A")
        assert [(one.state, one.source) for one in await found(log)] == [(GapState.OPEN, None), (GapState.CLOSED, "A")]

        await log.gaps.set([mine.id, theirs.id], GapState.OPEN, guild=2)
        assert [one.state for one in await found(log, 1)] == [GapState.CLOSED]

        await log.gaps.set([mine.id, theirs.id], GapState.PLANNED, guild=None)
        assert {one.state for one in await found(log)} == {GapState.PLANNED}

    async def test_a_wish_is_kept_once_and_can_be_claimed_while_it_is_there(self, log: QueryLog) -> None:
        one = refused(1)
        await log.add(one)
        await log.gaps.wish(one.id, 42, "ben")
        await log.gaps.wish(one.id, 42, "ben")
        await log.gaps.wish("nowhere", 42, "ben")
        assert list(await log.gaps.due()) == []
        await log.gaps.set([one.id], GapState.CLOSED, guild=1, source="A")

        (wish,) = await log.gaps.due()
        assert wish == Wish(one.id, 42, one.question, "A", claimed=False)
        assert await log.gaps.claim(wish)
        assert [again.claimed for again in await log.gaps.due()] == [True]
        await log.gaps.unwish(one.id, 42)
        assert not await log.gaps.claim(wish)
        assert list(await log.gaps.due()) == []

    async def test_it_is_kept_which_articles_the_open_questions_were_last_asked_of(self, log: QueryLog) -> None:
        assert await log.gaps.last_read() is None

        await log.gaps.note_read("sha256:1")
        await log.gaps.note_read("sha256:2")

        assert await log.gaps.last_read() == "sha256:2"
