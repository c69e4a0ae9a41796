"""What the log keeps of gaps, and which of them other articles close."""

from __future__ import annotations

import dataclasses
import datetime
from typing import TYPE_CHECKING

import pytest

from bot.services.receipts import RequestOrigin, row_of
from bot.services.review.gaps import (
    NEWEST,
    PERIOD,
    Closed,
    ask_again,
    ask_again_where_changed,
    gap_of,
    groups_of,
    unhelped,
)
from bot.store.filters import Filter
from bot.store.gaps import GapState, Unhelped
from bot.store.ids import new_id
from bot.store.log_row import LogRow, Outcome, Surface, Vote
from bot.store.sqlite.maintenance import deletion
from bot.store.sqlite.maintenance.recovery import salvage
from bot.store.sqlite.query_log import SqliteQueryLog
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NOW = datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC)
FERRY = "When does the ferry leave?"


@pytest.fixture
async def log(tmp_path: Path) -> AsyncIterator[SqliteQueryLog]:
    log = await SqliteQueryLog.open(tmp_path / "quoth.db")
    yield log
    await log.close()


def asked(question: str = FERRY, *, ago: datetime.timedelta = datetime.timedelta(0), **fields: object) -> LogRow:
    at = NOW - ago
    row = LogRow(
        id=new_id(at),
        asked_at=at,
        surface=Surface.COMMAND,
        question=question,
        outcome=Outcome.NO_ANSWER,
        reason="unknown_words",
        confidence=0.0,
        elapsed_ms=1.0,
        library="sha256:then",
        version="0.1.0",
        guild=1,
        asker="ann",
    )
    return dataclasses.replace(row, **fields)  # type: ignore[arg-type]  # named by each test


async def of_guild(log: SqliteQueryLog, guild: int | None = 1) -> list[Unhelped]:
    return list(await unhelped(log, guild=guild, now=NOW + datetime.timedelta(seconds=1)))


async def test_a_guild_has_its_own_gaps_of_the_last_90_days_newest_first(log: SqliteQueryLog) -> None:
    old, first, last = asked(ago=PERIOD + datetime.timedelta(days=1)), asked(ago=PERIOD / 2), asked()
    down, liked = asked(outcome=Outcome.ANSWER, reason=None, down=1), asked(outcome=Outcome.ANSWER, reason=None, up=1)
    elsewhere, thanks, alone = asked(guild=2), asked(reason="no_words"), asked(guild=None)
    for row in (old, first, last, down, liked, elsewhere, thanks, alone):
        await log.add(row)

    assert [row.id for row in await of_guild(log)] == [down.id, last.id, first.id]
    assert [row.id for row in await of_guild(log, None)] == [alone.id, elsewhere.id, down.id, last.id, first.id]
    assert [row.answered for row in await of_guild(log)] == [True, False, False]


async def test_only_the_newest_are_read_however_many_there_are(
    log: SqliteQueryLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.services.review.gaps.NEWEST", 2)
    rows = [asked(outcome=outcome, down=down) for outcome, down in [(Outcome.NO_ANSWER, 0), (Outcome.ANSWER, 1)] * 2]
    for row in rows:
        await log.add(row)

    assert NEWEST == 10_000
    assert [row.id for row in await of_guild(log)] == [rows[3].id, rows[2].id]


async def test_who_asks_later_asks_for_what_is_planned_already(log: SqliteQueryLog, answerer: Answerer) -> None:
    first, later = asked("ferry timetable", asker=""), asked(asker="")
    await log.add(first)
    await log.gaps.set([first.id], GapState.PLANNED, guild=1)
    await log.add(later)

    (group,) = groups_of(await of_guild(log), answerer)
    gap = gap_of(group, answerer)

    assert (gap.id, gap.state, gap.askers, gap.words, gap.missing) == (
        first.id,
        GapState.PLANNED,
        1,
        ("ferry", "timetable", "leave"),
        ("ferry", "timetable"),
    )


@pytest.fixture
def ferries(tmp_path: Path) -> Answerer:
    """Answer from an article about a ferry."""
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "ferry.txt").write_text("The ferry\n\nThe ferry leaves the harbour at nine.\n", encoding="utf-8")
    return Answerer(library.load(folder))


async def test_open_questions_that_a_source_answers_now_are_closed_by_it(
    log: SqliteQueryLog, ferries: Answerer
) -> None:
    rows = {
        "open": asked(),
        "planned": asked(guild=None),
        "answered otherwise": asked("Who won the Nobel prize?"),
        "closed": asked(),
        "asked of these articles": asked(library=ferries.library.fingerprint),
        "of a source that is gone": asked(narrowed_to="gone.txt"),
        "following one that is gone": asked("And on Sunday?", follows="0" * 16),
    }
    for row in rows.values():
        await log.add(row)
    await log.gaps.set([rows["planned"].id], GapState.PLANNED, guild=None)
    await log.gaps.set([rows["closed"].id], GapState.CLOSED, guild=1)

    closed = await ask_again(log, ferries, now=NOW + datetime.timedelta(seconds=1))

    assert closed == [Closed(rows[name].id, FERRY, "The ferry") for name in ("open", "planned")]
    assert {row.id: row.source for row in await of_guild(log, None) if row.state is GapState.CLOSED} == {
        rows["open"].id: "The ferry",
        rows["planned"].id: "The ferry",
        rows["closed"].id: None,
    }


async def test_one_that_was_voted_down_is_closed_by_another_passage_alone(
    log: SqliteQueryLog, ferries: Answerer, answerer: Answerer
) -> None:
    def answered(by: Answerer, question: str) -> LogRow:
        place = RequestOrigin(Surface.COMMAND, guild=1)
        row = row_of(by.answer(question), place, asked_at=NOW, elapsed_ms=1.0, library="sha256:then")
        assert row.outcome is Outcome.ANSWER
        return row

    same, other = (
        answered(ferries, FERRY),
        dataclasses.replace(answered(answerer, "When was Fallujah lost?"), question=FERRY),
    )
    for row in (same, other):
        await log.add(row)
        await log.vote(row.id, Vote("zoe", helpful=False, voted_at=NOW))

    closed = await ask_again(log, ferries, now=NOW + datetime.timedelta(seconds=1))

    assert [found.id for found in closed] == [other.id]


async def test_questions_are_asked_again_once_for_each_state_of_the_articles(
    log: SqliteQueryLog, ferries: Answerer, answerer: Answerer
) -> None:
    await log.add(asked())
    later = NOW + datetime.timedelta(seconds=1)

    assert await ask_again_where_changed(log, answerer, now=later) == []
    assert len(await ask_again_where_changed(log, ferries, now=later)) == 1
    await log.gaps.set([(await of_guild(log))[0].id], GapState.OPEN, guild=1)
    assert await ask_again_where_changed(log, ferries, now=later) == ()


async def test_what_an_asker_waits_for_is_forgotten_with_them(log: SqliteQueryLog) -> None:
    here, there = asked(), asked(guild=2)
    for row in (here, there):
        await log.add(row)
        await log.gaps.set([row.id], GapState.CLOSED, guild=row.guild, source="A")
        await log.gaps.wish(row.id, 42, "ben")
        await log.gaps.wish(row.id, 43, "zoe")

    async def waiting() -> list[tuple[str, int]]:
        return sorted((wish.question_id, wish.user) for wish in await log.gaps.due())

    deletion.forget(log.path, Filter(asker="ben", guild=1))
    assert await waiting() == [(here.id, 43), (there.id, 42), (there.id, 43)]
    deletion.forget(log.path, Filter(asker="ben"))
    assert await waiting() == [(here.id, 43), (there.id, 43)]
    deletion.forget(log.path, Filter(asker="ann", guild=2))
    assert await waiting() == [(here.id, 43)]


async def test_decisions_and_wishes_are_salvaged_from_a_damaged_log(log: SqliteQueryLog, tmp_path: Path) -> None:
    row = asked()
    await log.add(row)
    await log.gaps.set([row.id], GapState.CLOSED, guild=1, source="A")
    await log.gaps.wish(row.id, 42, "ben")
    (wish,) = await log.gaps.due()
    new = await SqliteQueryLog.open(tmp_path / "new.db")

    salvage(log.path, new.path)

    assert list(await new.gaps.due()) == [wish]
    await new.close()
