"""A logged question is asked again as it was, and what changed is what a reader would see."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.services.question_service import Desk
from bot.services.receipts import RequestOrigin
from bot.services.review.replay import READINGS, Obstacle, Replay, ReplayChange, Replayed, Tally, compare
from bot.store.log_row import LoggedQuote, LogRow, Outcome, Surface
from bot.store.reviews import Mark, Review
from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, Article, NoAnswer, Quote, Reason, Span
from retrieval.core.query_model import Query
from retrieval.ingestion.library import load
from tests.bot.cli.conftest import LIGHTHOUSE, TRAMS
from tests.bot.fakes import NOON, MemoryQueryLog, row

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.core.model import Reply

HERE = RequestOrigin(Surface.COMMAND, guild=7, channel=8, asker="abc")


def answerer_of(folder: Path, **articles: str) -> Answerer:
    folder.mkdir()
    for name, text in articles.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    return Answerer(load(folder))


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    return answerer_of(tmp_path / "seeds", lighthouse=LIGHTHOUSE.rpartition("---\n")[2], trams=TRAMS)


async def asked(answerer: Answerer) -> list[LogRow]:
    """Give what the log has of questions of every kind, put on every surface."""
    log = MemoryQueryLog()
    desk = Desk(answerer, log)
    turn = None
    for question in ("When was the lighthouse of Norrholm built?", "and when was its lamp lit?", "by whom?", "Why?"):
        receipt = await desk.ask(question, HERE, follows=turn)
        turn = receipt.turn or turn
    for surface in Surface:
        await desk.ask("When did trams last run in Veldhaven?", RequestOrigin(surface))
    for question in (
        "",
        "   ",
        "the of and",
        "Why do zebras yodel?",
        "lihgthouse",
        "half \ud83d of a tram",
        "tram " * 900,
    ):
        await desk.ask(question, HERE)
    await desk.ask("lighthouse lamp tram council", HERE, limit=1)
    await desk.ask("lighthouse lamp tram council", HERE, limit=10)
    await desk.ask("Who lit the lamp?", HERE, file="lighthouse.txt")
    await desk.ask("Who lit the lamp?", HERE, file="trams.txt")
    await log.close()
    return [log.rows[id_] for id_ in sorted(log.rows)]


def replayed(answerer: Answerer, rows: list[LogRow]) -> list[Replayed | Obstacle]:
    replay = Replay(answerer, {row.id: row for row in rows}.get)
    return [replay.ask(row) for row in rows]


def outcomes(found: list[Replayed | Obstacle]) -> set[ReplayChange | Obstacle]:
    return {one if isinstance(one, Obstacle) else one.change for one in found}


async def test_on_the_same_articles_every_kind_of_question_is_the_same(answerer: Answerer) -> None:
    rows = await asked(answerer)
    assert [bool(row.follows) for row in rows[:3]] == [False, True, True]
    assert {row.reason for row in rows} >= {None, "no_words", "unknown_words"}

    found = replayed(answerer, rows)

    assert [one.change for one in found if isinstance(one, Replayed)] == [ReplayChange.SAME] * len(rows)
    assert [(one.gone, one.new) for one in found if isinstance(one, Replayed)] == [((), ())] * len(rows)


async def test_what_came_before_is_read_again_even_where_it_is_not_asked_again(answerer: Answerer) -> None:
    rows = await asked(answerer)

    found = Replay(answerer, {row.id: row for row in rows}.get).ask(rows[2])

    assert isinstance(found, Replayed)
    assert found.change is ReplayChange.SAME
    assert found.reply.query.carried


async def test_a_follow_up_of_what_is_no_longer_in_the_log_is_not_asked(answerer: Answerer) -> None:
    rows = await asked(answerer)

    assert replayed(answerer, rows[1:3]) == [Obstacle.EARLIER_IS_GONE] * 2


async def test_a_question_that_follows_itself_is_not_asked(answerer: Answerer) -> None:
    circle = [dataclasses.replace(row(id_), follows=other) for id_, other in (("1", "2"), ("2", "1"))]

    assert replayed(answerer, circle) == [Obstacle.EARLIER_IS_GONE] * 2


async def test_a_long_conversation_is_replayed_to_its_end(answerer: Answerer) -> None:
    log = MemoryQueryLog()
    desk = Desk(answerer, log)
    turn = (await desk.ask("Who was Ada Lindqvist of Norrholm?", HERE)).turn
    for _ in range(30):
        turn = (await desk.ask("and the lamp?", HERE, follows=turn)).turn
    rows = [log.rows[id_] for id_ in sorted(log.rows)]
    assert all(row.follows for row in rows[1:])

    assert outcomes(replayed(answerer, rows)) == {ReplayChange.SAME}
    assert outcomes([Replay(answerer, log.rows.get).ask(rows[-1])]) == {ReplayChange.SAME}


def test_what_is_kept_of_earlier_questions_does_not_grow_with_the_log(answerer: Answerer) -> None:
    replay = Replay(answerer, lambda _: None)

    for number in range(READINGS + 5):
        replay.ask(row(f"{number:05}", question=""))

    assert len(replay._read) == READINGS


async def test_a_question_to_one_source_that_is_gone_is_not_asked_of_the_others(
    answerer: Answerer, tmp_path: Path
) -> None:
    rows = await asked(answerer)
    without = answerer_of(tmp_path / "other", trams=TRAMS)

    found = replayed(without, rows)

    narrowed = [one for one, row in zip(found, rows, strict=True) if row.narrowed_to]
    assert [one if isinstance(one, Obstacle) else one.change for one in narrowed] == [
        Obstacle.SOURCE_IS_GONE,
        ReplayChange.SAME,
    ]
    assert ReplayChange.NOW_REFUSED in outcomes(found)
    assert ReplayChange.NOW_ANSWERED in outcomes(replayed(answerer, list(await asked(without))))


# What a reader saw and sees, without an answerer.

TEXT = "Ann leads. Ben led before. Cato will lead."
SPANS = {"ann": Span(0, 10), "ben": Span(11, 26), "cato": Span(27, 42)}


def article(file: str = "a.md", name: str = "A") -> Article:
    return Article(file=file, name=name, text=TEXT, sha256="0")


def reply(*quotes: str, home: Article | None = None, refused: bool = False) -> Reply:
    shown = tuple(Quote(home or article(), SPANS[name], (SPANS[name],), 1.0) for name in quotes)
    query = Query("Who leads?", ())
    return NoAnswer(query, Reason.WEAK_MATCH, 3, shown, 0.1) if refused else Answer(query, shown, 0.9, speaking=1)


def logged(*texts: str, file: str = "a.md", name: str = "A", refused: bool = False) -> LogRow:
    quotes = tuple(LoggedQuote(file, name, "0", 0, 9, text, 1.0, near=refused) for text in texts)
    outcome = Outcome.NO_ANSWER if refused else Outcome.ANSWER
    return dataclasses.replace(row("1", quotes=quotes), outcome=outcome)


ANN, BEN = "Ann leads.", "Ben led before."


@pytest.mark.parametrize(
    ("then", "now", "change", "gone", "new"),
    [
        (logged(ANN, BEN), reply("ann", "ben"), ReplayChange.SAME, 0, 0),
        (logged("Ann\n  leads.", BEN), reply("ann", "ben"), ReplayChange.SAME, 0, 0),
        (logged(ANN, file="old.md"), reply("ann"), ReplayChange.SAME, 0, 0),
        (logged(ANN, name="Once B"), reply("ann"), ReplayChange.SAME, 0, 0),
        (logged(ANN, file="old.md", name="Once B"), reply("ann"), ReplayChange.OTHER_QUOTES, 1, 1),
        (logged(ANN, BEN), reply("ben", "ann"), ReplayChange.OTHER_QUOTES, 0, 0),
        (logged(ANN), reply("ann", "cato"), ReplayChange.OTHER_QUOTES, 0, 1),
        (logged(ANN, BEN), reply("ann"), ReplayChange.OTHER_QUOTES, 1, 0),
        (logged(ANN), reply("ann", refused=True), ReplayChange.NOW_REFUSED, 0, 0),
        (logged(ANN, refused=True), reply("ann"), ReplayChange.NOW_ANSWERED, 0, 0),
        (logged(ANN, refused=True), reply("cato", refused=True), ReplayChange.SAME, 1, 1),
        (logged(refused=True), reply(refused=True), ReplayChange.SAME, 0, 0),
    ],
    ids=[
        "word for word",
        "with other white space",
        "its file has another name",
        "its source is called otherwise",
        "of another source",
        "in another order",
        "one more",
        "one less",
        "refused now",
        "answered now",
        "other closest passages",
        "nothing near",
    ],
)
def test_what_changed_is_what_a_reader_would_see(
    then: LogRow, now: Reply, change: ReplayChange, gone: int, new: int
) -> None:
    found = compare(then, now)

    assert (found.change, len(found.gone), len(found.new)) == (change, gone, new)


def test_the_tally_has_a_share_for_each_change_and_keeps_a_few_of_each() -> None:
    tally = Tally("sha256:1", "0.1.0", keep=1)
    review = Review(Mark.RIGHT, NOON)
    assert tally.share(ReplayChange.SAME) is None

    for then, now in (
        (logged(ANN), reply("ann")),
        (logged(ANN), reply("ben")),
        (logged(BEN), reply("ann")),
        (logged(ANN, refused=True), reply(refused=True)),
    ):
        tally.add(compare(then, now), review)
    tally.add(Obstacle.SOURCE_IS_GONE, None)

    assert [tally.share(change) for change in ReplayChange] == [0.5, 0.5, 0, 0]
    assert (tally.asked, tally.other_articles, tally.other_versions) == (4, 4, 0)
    assert (tally.nearest, tally.unsure, dict(tally.obstacles)) == (1, 4, {Obstacle.SOURCE_IS_GONE: 1})
    assert dict(tally.marked) == {(Mark.RIGHT, True): 2, (Mark.RIGHT, False): 2}
    assert [one.new[0].text for one, _ in tally.kept[ReplayChange.OTHER_QUOTES]] == [BEN]


names = st.lists(st.sampled_from(sorted(SPANS)), max_size=4)


@given(names, names, st.booleans(), st.booleans())
def test_what_is_gone_and_what_is_new_explain_the_difference(
    then: list[str], now: list[str], was_refused: bool, is_refused: bool
) -> None:
    before = logged(*(TEXT[SPANS[name].start : SPANS[name].end] for name in then), refused=was_refused)

    found = compare(before, reply(*now, refused=is_refused))

    assert {quote.text for quote in found.gone} == {TEXT[SPANS[n].start : SPANS[n].end] for n in set(then) - set(now)}
    assert {quote.text for quote in found.new} == {TEXT[SPANS[n].start : SPANS[n].end] for n in set(now) - set(then)}
    assert (found.change is ReplayChange.SAME) == (was_refused is is_refused and (was_refused or then == now))
