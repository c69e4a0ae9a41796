"""The question desk: the reply always comes, and the log row says what was given."""

from __future__ import annotations

import asyncio
import sys
from typing import TYPE_CHECKING, Any

import pytest

from bot.config.errors import LogError
from bot.services.question_service import Desk
from bot.services.receipts import VERSION, RequestOrigin, row_of
from bot.store.asker_hash import AskerHash
from bot.store.log_row import LoggedQuote, LogRow, Outcome, Surface
from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer
from retrieval.ingestion.library import load
from tests.bot.fakes import NOON, BrokenQueryLog, MemoryQueryLog, PatientAnswerer
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from bot.store.query_log import QueryLog
    from retrieval.core.model import Reply

HERE = RequestOrigin(Surface.COMMAND, guild=7, channel=8, asker="abc")

ARTICLE = """The Harbour

The harbour of Aldham was built by Greta Lund in 1931. Its lighthouse is painted red and white every second spring.

Boats from the islands bring mackerel on Fridays. The market opens at six and closes when the fish is gone.
"""


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "harbour.txt").write_text(ARTICLE, encoding="utf-8")
    return Answerer(load(seeds))


@pytest.fixture
def slow(tmp_path: Path) -> PatientAnswerer:
    return PatientAnswerer(tmp_path, "The first says so.", fingerprint="sha256:1")


class CountingAnswerer(Answerer):
    """Notes how many questions it works on at the same time, at most."""

    inside = most = 0

    def answer(self, *args: Any, **options: Any) -> Reply:
        self.inside += 1
        self.most = max(self.most, self.inside)
        reply = super().answer(*args, **options)
        self.inside -= 1
        return reply


class HangingQueryLog(MemoryQueryLog):
    """A query log on a disk that never comes back."""

    async def add(self, row: LogRow) -> None:  # noqa: ARG002 - it never looks
        await asyncio.Event().wait()

    async def get(self, id: str, *, guild: int | None = None) -> LogRow | None:  # noqa: A002, ARG002 - likewise
        await asyncio.Event().wait()
        return None


async def test_questions_are_worked_out_one_after_the_other(
    answerer: Answerer,
) -> None:
    counting = CountingAnswerer(answerer.library)
    desk = Desk(counting, MemoryQueryLog(), slow=60)
    interval = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)  # threads would meet in the middle of an answer

    receipts = await asyncio.gather(*(desk.ask("Who built the harbour?", HERE) for _ in range(30)))

    sys.setswitchinterval(interval)
    assert len({receipt.id for receipt in receipts}) == 30
    assert counting.most == 1


async def test_an_answer_is_logged_with_the_words_that_were_quoted(answerer: Answerer) -> None:
    log = MemoryQueryLog()

    receipt = await Desk(answerer, log).ask("Who built the harbour of Aldham?", HERE)

    assert isinstance(receipt.reply, Answer)
    row = await log.get(receipt.id)
    assert row
    quote = receipt.reply.quotes[0]
    assert row.quotes[0] == LoggedQuote(
        file="harbour.txt",
        name=quote.article.name,
        sha256=quote.article.sha256,
        start=quote.span.start,
        end=quote.span.end,
        text=ARTICLE[quote.span.start : quote.span.end],
        score=quote.score,
        near=False,
    )
    assert "Greta Lund" in row.quotes[0].text
    assert (row.question, row.outcome, row.reason) == ("Who built the harbour of Aldham?", Outcome.ANSWER, None)
    assert (row.surface, row.guild, row.channel, row.asker) == (Surface.COMMAND, 7, 8, "abc")
    assert (row.library, row.version) == (answerer.library.fingerprint, VERSION)
    assert (receipt.library, receipt.elapsed_ms, receipt.logged) == (row.library, row.elapsed_ms, True)
    assert 0 < row.elapsed_ms < 60_000


async def test_a_refusal_is_logged_with_its_reason(answerer: Answerer) -> None:
    log = MemoryQueryLog()

    receipt = await Desk(answerer, log).ask("Why do zebras yodel?", HERE)

    assert isinstance(receipt.reply, NoAnswer)
    row = await log.get(receipt.id)
    assert row
    assert (row.outcome, row.reason) == (Outcome.NO_ANSWER, receipt.reply.reason.value)
    assert all(quote.near for quote in row.quotes)


async def test_the_limit_and_the_article_are_passed_on(answerer: Answerer) -> None:
    desk = Desk(answerer, MemoryQueryLog())

    receipt = await desk.ask("harbour lighthouse boats market", HERE, limit=1, file="harbour.txt")

    shown = receipt.reply.quotes if isinstance(receipt.reply, Answer) else receipt.reply.nearest
    assert len(shown) == 1


async def test_the_row_says_of_how_many_sources_and_for_how_many_quotes_it_was_asked(answerer: Answerer) -> None:
    log = MemoryQueryLog()
    desk = Desk(answerer, log)

    narrowed = await desk.ask("Who built the harbour of Aldham?", HERE, limit=1, file="harbour.txt")
    of_all = await desk.ask("Who built the harbour of Aldham?", HERE)

    rows = [log.rows[receipt.id] for receipt in (narrowed, of_all)]
    assert [(row.narrowed_to, row.at_most) for row in rows] == [("harbour.txt", 1), ("", 3)]


async def test_a_log_that_cannot_be_written_does_not_cost_the_answer(
    answerer: Answerer, caplog: pytest.LogCaptureFixture
) -> None:
    receipt = await Desk(answerer, BrokenQueryLog()).ask("Who built the harbour of Aldham?", HERE)

    assert isinstance(receipt.reply, Answer)
    assert not receipt.logged
    assert f"The answer {receipt.id} was given but not logged: The query log cannot be written" in caplog.text


async def test_a_log_that_hangs_does_not_cost_the_answer(answerer: Answerer, caplog: pytest.LogCaptureFixture) -> None:
    desk = Desk(answerer, HangingQueryLog(), patience=0.001)

    receipt = await asyncio.wait_for(desk.ask("Who built the harbour of Aldham?", HERE), timeout=PATIENCE)

    assert isinstance(receipt.reply, Answer)
    assert not receipt.logged
    assert f"The answer {receipt.id} was given before it was logged" in caplog.text


async def test_nothing_is_logged_where_nothing_is_to_be(answerer: Answerer) -> None:
    log = MemoryQueryLog()

    receipt = await Desk(answerer, log).ask("Who built the harbour of Aldham?", HERE, log=False)

    assert not receipt.logged
    assert log.rows == {}


async def test_a_question_keeps_the_answerer_it_started_with(slow: PatientAnswerer, tmp_path: Path) -> None:
    later = PatientAnswerer(tmp_path, "The second says so.", fingerprint="sha256:2")
    later.may_answer.set()
    log = MemoryQueryLog()
    desk = Desk(slow.as_answerer(), log)
    asking = asyncio.create_task(desk.ask("Who says so?", HERE))
    assert await asyncio.to_thread(slow.asked.wait, 10)

    desk.answerer = later.as_answerer()
    second = await desk.ask("Who says so?", HERE)
    slow.may_answer.set()
    first = await asking

    assert [(receipt.library, row_text(log, receipt.id)) for receipt in (first, second)] == [
        ("sha256:1", "The first says so."),
        ("sha256:2", "The second says so."),
    ]


def row_text(log: MemoryQueryLog, id_: str) -> str:
    return log.rows[id_].quotes[0].text


async def test_many_questions_are_answered_while_one_is_slow(slow: PatientAnswerer) -> None:
    desk = Desk(slow.as_answerer(), MemoryQueryLog())
    asking = [asyncio.create_task(desk.ask("Who says so?", HERE)) for _ in range(3)]
    assert await asyncio.to_thread(slow.asked.wait, 10)  # the event loop is free: this line is reached

    slow.may_answer.set()
    receipts = await asyncio.gather(*asking)

    assert len({receipt.id for receipt in receipts}) == 3


async def test_a_follow_up_is_logged_with_the_question_that_it_was_read_with(answerer: Answerer) -> None:
    log = MemoryQueryLog()
    desk = Desk(answerer, log)

    first = await desk.ask("Who built the harbour of Aldham?", HERE)
    second = await desk.ask("When was it built?", HERE, follows=first.turn)
    whole = await desk.ask("When does the market open?", HERE, follows=second.turn)

    assert [term.word for term in second.reply.query.carried] == ["harbour", "Aldham"]
    assert [log.rows[receipt.id].follows for receipt in (first, second, whole)] == [None, first.id, None]


async def test_a_question_without_a_word_to_look_for_is_not_followed_up(answerer: Answerer) -> None:
    assert (await Desk(answerer, MemoryQueryLog()).ask("Is it?", HERE)).turn is None


async def test_a_question_in_the_log_is_read_again_as_it_was(answerer: Answerer) -> None:
    desk = Desk(answerer, MemoryQueryLog())
    turn = (await desk.ask("Who built the harbour of Aldham?", HERE)).turn
    for question in ("When was it built?", "why?", "how?"):
        assert turn
        turn = (await desk.ask(question, HERE, follows=turn)).turn

    assert turn
    assert await desk.turn(turn.id, HERE) == turn


@pytest.mark.parametrize(
    "place", [RequestOrigin(Surface.COMMAND, 7, 9), RequestOrigin(Surface.COMMAND, 6, 8), RequestOrigin(Surface.DIRECT)]
)
async def test_a_question_of_another_place_is_not_followed_up(answerer: Answerer, place: RequestOrigin) -> None:
    desk = Desk(answerer, MemoryQueryLog())
    receipt = await desk.ask("Who built the harbour of Aldham?", HERE)

    assert await desk.turn(receipt.id, place) is None
    assert await desk.turn(receipt.id, HERE) == receipt.turn


@pytest.mark.parametrize(
    ("log", "why"),
    [(BrokenQueryLog(), "The query log cannot be read"), (HangingQueryLog(), "the query log is slow.")],
)
async def test_a_log_that_cannot_be_read_has_nothing_to_follow_up(
    answerer: Answerer, log: QueryLog, why: str, caplog: pytest.LogCaptureFixture
) -> None:
    desk = Desk(answerer, log, patience=0.001)

    assert await desk.turn("01jjxw00000000a9", HERE) is None
    assert f"The question 01jjxw00000000a9 cannot be followed up: {why}" in caplog.text


def test_a_row_can_be_made_of_a_reply_alone(slow: PatientAnswerer) -> None:
    slow.may_answer.set()

    row = row_of(
        slow.answer("Who?"), RequestOrigin(Surface.TERMINAL), asked_at=NOON, elapsed_ms=2.0, library="sha256:1"
    )

    assert (row.asked_at, row.surface, row.guild, row.asker) == (NOON, Surface.TERMINAL, None, "")


def test_an_asker_is_a_hash_that_another_key_would_not_give(tmp_path: Path) -> None:
    askers = AskerHash.open(tmp_path / "one")
    again = AskerHash.open(tmp_path / "one")
    other = AskerHash.open(tmp_path / "other")

    assert len(askers.hash(42)) == 32
    assert askers.hash(42) == again.hash(42)
    assert len({askers.hash(42), askers.hash(43), other.hash(42)}) == 3
    assert oct((tmp_path / "one" / "asker.key").stat().st_mode & 0o777) == "0o600"
    assert [file.name for file in (tmp_path / "one").iterdir()] == ["asker.key"]


@pytest.mark.parametrize("hindrance", ["a file for the folder", "a folder for the key", "a key cut short"])
def test_without_a_key_nobody_is_named(tmp_path: Path, hindrance: str, caplog: pytest.LogCaptureFixture) -> None:
    folder = tmp_path / "data"
    match hindrance:
        case "a file for the folder":
            folder.touch()
        case "a folder for the key":
            (folder / "asker.key").mkdir(parents=True)
        case _:
            folder.mkdir()
            (folder / "asker.key").write_bytes(b"short")

    with pytest.raises(LogError, match=r"^The key .*asker\.key "):
        AskerHash.open(folder)

    assert AskerHash.open(folder, insist=False).hash(42) == ""
    assert "Questions are logged without their askers: The key" in caplog.text
