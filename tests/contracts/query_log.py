"""What every query log promises, whatever it is kept in.

A test class for an implementation inherits `QueryLogContract` and has a fixture `log`, an empty log of its kind.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
from typing import TYPE_CHECKING

import pytest

from bot.config.errors import LogError
from bot.store.filters import Filter, Thumbs
from bot.store.ids import new_id
from bot.store.log_row import Comment, LoggedQuote, LoggedSource, LogRow, Outcome, RowNote, ShownQuote, Surface, Vote
from bot.store.log_statistics import Day, Quoted, Stats
from bot.store.text import storable
from tests.bot.fakes import MemoryQueryLog, means

if TYPE_CHECKING:
    from bot.store.query_log import QueryLog

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
    private=True,
    up=2,
    down=1,
    message=2**63 - 2,
    withdrawn=True,
    corrected="0123abcd",
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


MONDAY = datetime.datetime(2025, 1, 6, 12, tzinfo=datetime.UTC)
HOSTILE = (
    "trams", "TRAMS", "Straße", "STRASSE", "cafe\u0301", "trams last", "last trams", "ram as", "100 %", "%", "_", "a_b",
    "*", "tram*", '"', "'", '"trams', "NEAR", "NEAR(trams last)", "trams OR lamp", "NOT trams", "question:trams", ":",
    "^", "-", "--", ";", "\\", "[a-z]", "\0", "trams\0", "x\0y", "\ud800", "\ufffd", "\u202e", "\u0301", " \t\n",
    "x" * 10_000, " ".join(f"{number}" for number in range(2500)), "'); DROP TABLE questions; --",
)  # fmt: skip
QUESTIONS = (
    "When did trams last run?", "Is the café on the Straße open?", "100 % of a_b*", "NEAR the lamp: who?", "x\0y",
    "half \ud800 of it", "\u202eturned", "xxx " + "x" * 10_000, '"quoted" \\ [a-z] ^',
    " ".join(map(str, range(2500))), "",
)  # fmt: skip
FILTERS = {
    "no filter": Filter(),
    "unanswered": Filter(unanswered=True),
    "thumbs up": Filter(thumbs=Thumbs.UP),
    "thumbs down": Filter(thumbs=Thumbs.DOWN),
    "an asker": Filter(asker="anna"),
    "an asker whom nobody knows": Filter(asker="nobody"),
    "a channel": Filter(channel=1),
    "since a moment": Filter(since=MONDAY + datetime.timedelta(days=3)),
    "until a moment": Filter(until=MONDAY + datetime.timedelta(days=3)),
    "between two moments": Filter(since=MONDAY, until=MONDAY + datetime.timedelta(days=1)),
    "before there was time": Filter(until=datetime.datetime(1, 1, 2, tzinfo=datetime.UTC)),
    "a source": Filter(source="b.txt"),
    "a source that was only near": Filter(source="near.txt"),
    "a word": Filter(words="LAMP"),
    "all at once": Filter(
        channel=1, asker="anna", unanswered=False, thumbs=Thumbs.DOWN, since=MONDAY, source="a.txt", words="trams"
    ),
    "unanswered of an asker in a channel": Filter(channel=1, asker="anna", unanswered=True),
    "unanswered with a word": Filter(unanswered=True, words="trams"),
}


def week() -> list[LogRow]:
    """Give a week of questions in two guilds and in none, of all kinds in all ways, newest first."""
    rows = []
    for number in range(168):
        asked_at = MONDAY + datetime.timedelta(hours=number)
        answered = number % 3 > 0
        cited = (
            [("a.txt", "A"), ("b.txt", "B"), ("b.txt", "B")][number % 4 % 3 :] if answered else [("near.txt", "Near")]
        )
        rows.append(
            LogRow(
                id=new_id(asked_at),
                asked_at=asked_at,
                surface=Surface.COMMAND,
                question=f"{QUESTIONS[number % len(QUESTIONS)]} {('trams', 'Lamp')[number % 2]}",
                outcome=Outcome.ANSWER if answered else Outcome.NO_ANSWER,
                confidence=0.5,
                elapsed_ms=float(number * 7 % 100),
                library="sha256:0",
                version="0.1.0",
                guild=(None, 1, 2)[number // 5 % 3],
                channel=(None, 1, 2)[number // 7 % 3],
                asker=("", "anna", "ben")[number // 11 % 3],
                up=int(number % 10 == 0),
                down=int(number % 9 == 0),
                quotes=tuple(LoggedQuote(*source, "ff", 0, 4, "It is", 1.0, near=not answered) for source in cited),
            )
        )
    return rows[::-1]


def stored(row: LogRow) -> LogRow:
    """Give the row with U+FFFD for half characters, as a log may keep it."""
    return dataclasses.replace(row, question=storable(row.question))


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

    @pytest.mark.parametrize("guild", [None, 1, 3], ids=["everywhere", "in a guild", "in a guild that never asked"])
    @pytest.mark.parametrize("wanted", FILTERS.values(), ids=FILTERS.keys())
    async def test_a_filter_means_the_rows_that_it_says_page_by_page(
        self, log: QueryLog, wanted: Filter, guild: int | None
    ) -> None:
        rows = week()
        await asyncio.gather(*map(log.add, rows))
        wanted = dataclasses.replace(wanted, guild=guild)
        expected = [stored(row) for row in rows if means(wanted, row)]

        found: list[LogRow] = []
        while page := await log.find(wanted, 9, before=found[-1].id if found else None):
            assert len(page) == min(9, len(expected) - len(found))
            found += page

        assert list(map(stored, found)) == expected
        assert list(await log.find(wanted, 0)) == []

        back: list[LogRow] = []
        while page := await log.find(wanted, 9, after=back[0].id if back else ""):
            back = [*page, *back]
        assert list(map(stored, back)) == expected

    async def test_a_search_finds_the_same_as_reading_every_question_whatever_is_searched_for(
        self, log: QueryLog
    ) -> None:
        rows = week()
        await asyncio.gather(*map(log.add, rows))

        for words in HOSTILE:
            wanted = Filter(guild=1, words=words)
            expected = [stored(row) for row in rows if means(wanted, row)]
            assert list(map(stored, await log.find(wanted, 1000))) == expected, repr(words[:40])

    @pytest.mark.parametrize("wanted", FILTERS.values(), ids=FILTERS.keys())
    async def test_statistics_count_the_rows_that_a_filter_means(self, log: QueryLog, wanted: Filter) -> None:
        rows = [stored(row) for row in week()]
        plainly = MemoryQueryLog()
        await asyncio.gather(*map(log.add, rows))
        for row in rows:
            await plainly.add(row)

        for guild in (None, 1, 3):
            chosen = dataclasses.replace(wanted, guild=guild)
            assert await log.stats(chosen) == await plainly.stats(chosen)

    async def test_the_statistics_of_a_few_rows(self, log: QueryLog) -> None:
        first, second, third = (
            dataclasses.replace(row, guild=guild, question=question)
            for row, guild, question in zip(
                week()[-3:][::-1],
                (1, 1, 2),
                ("Which trams run in Iraq?", "Is the tram of Iraq's north late?", "Elsewhere"),
                strict=True,
            )
        )
        for row in (first, second, third):
            await log.add(row)

        assert await log.stats(Filter(guild=1)) == Stats(
            asked=2,
            answered=1,
            up=1,
            down=1,
            days=(Day(MONDAY.date(), 2, 1),),
            sources=(Quoted("b.txt", "B", 2),),
            newest=2,
            subjects=(("Iraq", 2), ("tram", 2), ("late", 1), ("north", 1), ("run", 1)),
            p50_ms=0.0,
            p99_ms=7.0,
        )
        assert await log.stats(Filter(guild=3)) == Stats(0, 0, 0, 0, (), (), 0, (), None, None)

    async def test_the_sources_are_those_that_answers_quoted_by_their_last_names(self, log: QueryLog) -> None:
        def quoting(number: int, guild: int, *quotes: LoggedQuote) -> LogRow:
            return dataclasses.replace(numbered(number, guild), quotes=quotes)

        early, late = (LoggedQuote("a.txt", name, "ff", 0, 5, "It is", 1.0) for name in ("Early", "Late"))
        near = LoggedQuote("b.txt", "Near", "ff", 0, 5, "It is", 1.0, near=True)
        for row in (
            quoting(1, 1, early, near),
            quoting(2, 1, late),
            quoting(3, 2, dataclasses.replace(late, file="c")),
        ):
            await log.add(row)

        assert list(await log.sources()) == [LoggedSource("a.txt", "Late"), LoggedSource("c", "Late")]
        assert list(await log.sources(guild=1)) == [LoggedSource("a.txt", "Late")]
        assert list(await log.sources(guild=3)) == []

    async def test_a_person_has_one_vote_on_an_answer(self, log: QueryLog) -> None:
        async def votes(voter: str, *, helpful: bool | None) -> tuple[int, int]:
            assert await log.vote(PLAIN_ROW.id, Vote(voter, helpful, MONDAY))
            row = await log.get(PLAIN_ROW.id)
            assert row
            return row.up, row.down

        await log.add(PLAIN_ROW)

        assert await votes("anna", helpful=True) == (1, 0)
        assert await votes("anna", helpful=True) == (1, 0)
        assert await votes("ben", helpful=False) == (1, 1)
        assert await votes("anna", helpful=False) == (0, 2)
        assert await votes("anna", helpful=None) == (0, 1)
        assert [row.id for row in await log.find(Filter(thumbs=Thumbs.DOWN), 10)] == [PLAIN_ROW.id]
        assert list(await log.find(Filter(thumbs=Thumbs.UP), 10)) == []

    async def test_votes_at_the_same_time_are_all_counted(self, log: QueryLog) -> None:
        rows = [numbered(number) for number in range(5)]
        await asyncio.gather(*map(log.add, rows))

        votes = [(row.id, Vote(f"voter {number}", number % 3 > 0, MONDAY)) for number in range(30) for row in rows]
        assert all(await asyncio.gather(*(log.vote(*vote) for vote in votes)))

        assert [(row.up, row.down) for row in await log.recent(10)] == [(20, 10)] * 5

    async def test_a_comment_stays_with_a_vote_until_that_changes(self, log: QueryLog) -> None:
        async def comments(helpful: bool | None, text: str = "", *, voter: str = "anna") -> list[str]:
            assert await log.vote(PLAIN_ROW.id, Vote(voter, helpful, MONDAY, text))
            return [comment.text for comment in await log.comments(PLAIN_ROW.id)]

        await log.add(PLAIN_ROW)

        assert await comments(False) == []
        assert await comments(False, "It is \0 old\n@everyone") == ["It is \0 old\n@everyone"]
        assert await comments(False) == ["It is \0 old\n@everyone"]
        assert await comments(False, "It is wrong") == ["It is wrong"]
        assert await comments(False, "Nor mine", voter="ben") == ["It is wrong", "Nor mine"]
        assert await log.comments(PLAIN_ROW.id) == [
            Comment("It is wrong", False, MONDAY),
            Comment("Nor mine", False, MONDAY),
        ]
        assert await comments(True) == ["Nor mine"]
        assert await comments(None, voter="ben") == []

    async def test_a_guild_sees_the_comments_on_its_own_answers_alone(self, log: QueryLog) -> None:
        await log.add(numbered(1, guild=1))
        await log.vote(numbered(1).id, Vote("anna", False, MONDAY, "Wrong"), guild=1)

        assert len(await log.comments(numbered(1).id, guild=1)) == 1
        assert len(await log.comments(numbered(1).id)) == 1
        assert list(await log.comments(numbered(1).id, guild=2)) == []
        assert list(await log.comments(numbered(2).id)) == []

    async def test_how_often_a_source_was_quoted_is_counted_for_a_guild_or_for_all(self, log: QueryLog) -> None:
        quote = LoggedQuote("a.txt", "A", "ff", 0, 5, "It is", 1.5)
        near = dataclasses.replace(quote, near=True)
        for number, guild in enumerate((1, 1, 2, None)):
            await log.add(dataclasses.replace(numbered(number, guild), quotes=(quote, near, quote)))

        files = ["a.txt", "never.txt", "a.txt' --"]
        assert dict(await log.quote_counts(files, guild=1)) == {"a.txt": 4}
        assert dict(await log.quote_counts(files)) == {"a.txt": 8}
        assert dict(await log.quote_counts(files, guild=3)) == dict(await log.quote_counts([])) == {}

    async def test_what_became_of_an_answer_is_noted_and_the_rest_stays(self, log: QueryLog) -> None:
        for row in (PLAIN_ROW, numbered(1)):
            await log.add(row)

        await log.note(PLAIN_ROW.id, RowNote(message=7))
        await log.note(PLAIN_ROW.id, RowNote(withdrawn=True))
        await log.note(PLAIN_ROW.id, RowNote(corrected="abc"))
        await log.note("none has this id", RowNote(message=8))

        noted = dataclasses.replace(PLAIN_ROW, message=7, withdrawn=True, corrected="abc")
        assert list(await log.recent(10)) == [noted, numbered(1)]

    async def test_the_quotations_from_articles_that_are_no_more_come_newest_first(self, log: QueryLog) -> None:
        old, kept = (LoggedQuote(f"{name}.txt", name, name, 0, 5, "It is", 1.5) for name in ("old", "kept"))
        rows = [
            dataclasses.replace(numbered(number, guild), quotes=(kept, old)) for number, guild in enumerate((1, 1, 2))
        ]
        for row in rows:
            await log.add(row)
        await log.add(dataclasses.replace(numbered(3, 1), quotes=(dataclasses.replace(old, near=True),)))
        await log.add(dataclasses.replace(numbered(4, 1), quotes=(old,), withdrawn=True))

        def shown(row: LogRow, quote: LoggedQuote) -> ShownQuote:
            return ShownQuote(row.id, row.asked_at, row.guild, None, None, False, "", quote)

        assert list(await log.quoted_from_others(["kept"], 9, guild=1)) == [shown(rows[1], old), shown(rows[0], old)]
        assert list(await log.quoted_from_others({"kept", "' --"}, 1)) == [shown(rows[2], old)]
        assert list(await log.quoted_from_others([], 2, guild=1)) == [shown(rows[1], kept), shown(rows[1], old)]
        assert list(await log.quoted_from_others(["kept", "old"], 9)) == []

    async def test_nobody_votes_on_what_is_not_there_or_is_of_another_guild(self, log: QueryLog) -> None:
        await log.add(numbered(1, guild=1))

        assert not await log.vote(numbered(1).id, Vote("anna", True, MONDAY), guild=2)
        assert not await log.vote(numbered(2).id, Vote("anna", True, MONDAY), guild=1)
        assert await log.vote(numbered(1).id, Vote("anna", True, MONDAY), guild=1)
        assert [row.up for row in await log.recent(10)] == [1]

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

    async def test_a_log_that_can_be_written_is_well_and_asking_so_adds_nothing(self, log: QueryLog) -> None:
        assert await log.health() is None

        await log.add(FULL_ROW)

        assert await log.health() is None
        assert list(await log.recent(10)) == [FULL_ROW]

    async def test_a_closed_log_says_that_it_is_closed(self, log: QueryLog) -> None:
        await log.close()

        assert str(await log.health()).endswith(" is closed.")

    async def test_a_closed_log_takes_and_shows_nothing(self, log: QueryLog) -> None:
        await log.close()
        await log.close()

        with pytest.raises(LogError):
            await log.add(FULL_ROW)
        with pytest.raises(LogError):
            await log.recent(1)
        with pytest.raises(LogError):
            await log.get(FULL_ROW.id)
        with pytest.raises(LogError):
            await log.find(Filter(), 1)
        with pytest.raises(LogError):
            await log.stats()
        with pytest.raises(LogError):
            await log.vote(FULL_ROW.id, Vote("anna", True, MONDAY))
        with pytest.raises(LogError):
            await log.comments(FULL_ROW.id)
        with pytest.raises(LogError):
            await log.quote_counts(["a.txt"])
        with pytest.raises(LogError):
            await log.note(FULL_ROW.id, RowNote(message=1))
        with pytest.raises(LogError):
            await log.quoted_from_others(["a"], 1)
