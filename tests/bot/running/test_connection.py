"""Whatever becomes of the connection, every question gets its answer, and none gets two."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from bot.discord import delivery
from bot.discord.session_limits import Sessions
from bot.services.question_service import Desk
from tests.bot.fakes import MemoryQueryLog, PatientAnswerer
from tests.bot.running.loopback import ALREADY_ANSWERED, Trouble
from tests.bot.running.payloads import GUILD, asked, mention, message
from tests.bot.running.running import QUESTION, Gate, Running

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.answer.answerer import Answerer
    from tests.bot.running.loopback import Loopback

START = Callable[..., Running]
TOKEN_DIES = 3.0  # seconds until an interaction can no longer be answered
QUESTIONS = (QUESTION, "Who became the prime minister of Iraq?", "Which attacks took place in Mozambique?")


def answered(loopback: Loopback) -> list[str]:
    """Give the messages that were answered, in order."""
    return [sent["message_reference"]["message_id"] for sent in loopback.sent]


async def serving(loopback: Loopback, run: START, *, sessions: int = 1) -> Running:
    """Start a bot and wait until it has answered its first question."""
    loopback.events.append(("MESSAGE_CREATE", message(QUESTIONS[0], id="4001")))
    running = run()
    await loopback.until(lambda: len(loopback.sent) == 1 and loopback.identified == sessions)
    return running


async def test_a_cut_connection_is_taken_up_again_with_what_was_written_meanwhile(
    loopback: Loopback, run: START
) -> None:
    running = await serving(loopback, run)

    await loopback.cut()
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4002"))
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[2], id="4003"))
    await loopback.until(lambda: len(loopback.sent) == 3)

    assert sorted(answered(loopback)) == ["4001", "4002", "4003"]
    assert (loopback.identified, loopback.resumed, running.pauses) == (1, 1, [])


async def test_where_the_gateway_is_away_after_a_cut_the_session_is_still_taken_up(
    loopback: Loopback, run: START, no_waiting: list[float]
) -> None:
    running = await serving(loopback, run)

    loopback.refusals.extend([True] * 3)
    await loopback.cut()
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4002"))
    await loopback.until(lambda: len(loopback.sent) == 2)

    assert answered(loopback) == ["4001", "4002"]
    assert (loopback.identified, loopback.resumed, loopback.refused) == (1, 1, 3)
    assert running.pauses == []
    assert len(no_waiting) >= 3


async def test_told_to_connect_anew_it_comes_back_to_its_session(loopback: Loopback, run: START) -> None:
    await serving(loopback, run)

    await loopback.send_away()
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4002"))
    await loopback.until(lambda: len(loopback.sent) == 2)
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[2], id="4003"))
    await loopback.until(lambda: len(loopback.sent) == 3)

    assert answered(loopback) == ["4001", "4002", "4003"]
    assert (loopback.identified, loopback.resumed) == (1, 1)


async def test_an_invalid_session_that_can_be_resumed_is_resumed(loopback: Loopback, run: START) -> None:
    await serving(loopback, run)

    await loopback.invalidate(resumable=True)
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4002"))
    await loopback.until(lambda: len(loopback.sent) == 2)

    assert answered(loopback) == ["4001", "4002"]
    assert (loopback.identified, loopback.resumed) == (1, 1)


@pytest.mark.usefixtures("no_waiting")
async def test_an_invalid_session_that_is_lost_is_followed_by_another(loopback: Loopback, run: START) -> None:
    running = await serving(loopback, run)

    await loopback.invalidate(resumable=False)
    loopback.events.append(("MESSAGE_CREATE", message(QUESTIONS[1], id="4002")))
    await loopback.until(lambda: len(loopback.sent) == 2)

    assert answered(loopback) == ["4001", "4002"]
    assert (loopback.identified, loopback.resumed, running.pauses) == (2, 0, [])


@pytest.mark.usefixtures("no_waiting")
async def test_a_session_that_discord_forgot_while_it_was_cut_is_followed_by_another(
    loopback: Loopback, run: START
) -> None:
    await serving(loopback, run)

    await loopback.cut()
    loopback.sessions.clear()
    loopback.events.append(("MESSAGE_CREATE", message(QUESTIONS[1], id="4002")))
    await loopback.until(lambda: len(loopback.sent) == 2)

    assert answered(loopback) == ["4001", "4002"]
    assert (loopback.identified, loopback.resumed) == (2, 0)


async def test_events_that_nobody_knows_or_can_read_cost_no_question(
    loopback: Loopback, run: START, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.events.append(("SOMETHING_NEW", {"of": "next year"}))
    loopback.events.append(("MESSAGE_CREATE", {"not": "a message"}))
    running = await serving(loopback, run)

    assert answered(loopback) == ["4001"]
    assert (loopback.identified, running.pauses) == (1, [])
    assert "An event MESSAGE_CREATE cannot be read and is passed over (KeyError" in caplog.text


UNREADABLE = {
    "no JSON": "Service Unavailable",
    "a list": "[]",
    "nothing": "null",
    "a session that begins in mid-session": '{"op": 0, "t": "READY", "s": 90, "d": {}}',
    "another session": '{"op": 0, "t": "READY", "s": 90, "d": {"session_id": "x", "resume_gateway_url": "ws://x"}}',
    "a return to nothing": '{"op": 0, "t": "RESUMED", "s": 90, "d": null}',
    "an order without its data": '{"op": 10, "d": null}',
}


@pytest.mark.parametrize("frame", UNREADABLE.values(), ids=UNREADABLE)
async def test_a_frame_that_cannot_be_read_costs_neither_the_session_nor_a_question(
    loopback: Loopback, run: START, caplog: pytest.LogCaptureFixture, frame: str
) -> None:
    running = await serving(loopback, run)

    await loopback.send_raw(frame)
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4002"))
    await loopback.until(lambda: len(loopback.sent) == 2)
    await loopback.cut()
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[2], id="4003"))
    await loopback.until(lambda: len(loopback.sent) == 3)

    assert answered(loopback) == ["4001", "4002", "4003"]
    assert (loopback.identified, loopback.resumed, running.pauses) == (1, 1, [])
    lines = [record.getMessage() for record in caplog.records if record.levelname == "ERROR"]
    assert len(lines) == 1
    assert "cannot be read and is passed over" in lines[0]


TROUBLES = {
    "a limit": [Trouble(429)],
    "a limit of a proxy's": [Trouble(429, via=False)],
    "an error": [Trouble(500)],
    "two errors": [Trouble(500), Trouble(502)],
    "an error after the answer was taken": [Trouble(500, taken=True)],
    "several errors": [Trouble(502), Trouble(500), Trouble(504)],
    "no service": [Trouble(503), Trouble(503)],
    "no service after the answer was taken": [Trouble(503, taken=True)],
    "a connection that breaks": [Trouble(500, drops=True)],
    "all of them": [Trouble(503), Trouble(429), Trouble(500, taken=True)],
}


@pytest.mark.parametrize("troubles", TROUBLES.values(), ids=TROUBLES)
@pytest.mark.usefixtures("no_waiting")
async def test_an_answer_that_meets_trouble_arrives_once(
    loopback: Loopback, run: START, troubles: list[Trouble]
) -> None:
    loopback.troubles.extend(troubles)
    loopback.events.append(("MESSAGE_CREATE", message(QUESTIONS[0], id="4001")))
    run()
    await loopback.until(lambda: loopback.told.count("POST /channels/2000/messages") == len(troubles) + 1)
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4002"))
    await loopback.until(lambda: len(loopback.sent) == 2)

    assert answered(loopback) == ["4001", "4002"]
    assert loopback.sent[0]["embeds"][0]["title"] == QUESTIONS[0]


@pytest.mark.parametrize("troubles", TROUBLES.values(), ids=TROUBLES)
@pytest.mark.usefixtures("no_waiting")
async def test_a_command_whose_answer_meets_trouble_is_answered_once(
    loopback: Loopback, run: START, troubles: list[Trouble]
) -> None:
    loopback.troubles.extend(troubles)
    loopback.events.append(("INTERACTION_CREATE", asked(QUESTIONS[0], id="7001")))
    run()
    await loopback.until(lambda: "7001" in loopback.responses)
    await loopback.tell("INTERACTION_CREATE", asked(QUESTIONS[1], id="7002", token="another-token"))
    await loopback.until(lambda: "7002" in loopback.responses)

    titles = [response["data"]["embeds"][0]["title"] for response in loopback.responses.values()]
    assert titles == list(QUESTIONS[:2])
    assert (loopback.sent, loopback.edited) == ([], [])


async def test_an_announcement_is_tried_three_times_before_discord_gives_the_command_up(
    loopback: Loopback, run: START, answerer: Answerer, no_waiting: list[float]
) -> None:
    gate: Any = Gate(answerer)
    loopback.troubles.extend([Trouble(500), Trouble(503)])
    running = run(desk=Desk(gate, MemoryQueryLog()), patience=0.0)
    await loopback.until(lambda: loopback.identified == 1)
    no_waiting.clear()
    await loopback.tell("INTERACTION_CREATE", asked(QUESTIONS[0], id="7001"))
    await loopback.until(lambda: "7001" in loopback.responses)
    waited = sum(no_waiting)
    gate.go.set()
    await loopback.until(lambda: len(loopback.edited) == 1)

    assert loopback.responses["7001"]["type"] == 5
    assert delivery.PATIENCE + waited < TOKEN_DIES
    assert running.pauses == []


async def test_a_limit_that_outlasts_a_command_is_not_waited_for(
    loopback: Loopback, run: START, no_waiting: list[float]
) -> None:
    loopback.limit_lasts = 600.0
    loopback.troubles.append(Trouble(429, via=False))
    loopback.events.append(("INTERACTION_CREATE", asked(QUESTIONS[0], id="7001")))
    run()
    await loopback.until(lambda: not loopback.troubles)
    await loopback.tell("INTERACTION_CREATE", asked(QUESTIONS[1], id="7002", token="another-token"))
    await loopback.until(lambda: "7002" in loopback.responses)

    assert list(loopback.responses) == ["7002"]
    assert 600.0 not in no_waiting


@pytest.mark.usefixtures("no_waiting")
async def test_a_late_answer_that_meets_trouble_takes_the_place_of_its_announcement_once(
    loopback: Loopback, run: START, answerer: Answerer
) -> None:
    gate: Any = Gate(answerer)
    loopback.events.append(("INTERACTION_CREATE", asked(QUESTIONS[0], id="7001")))
    run(desk=Desk(gate, MemoryQueryLog()), patience=0.0)
    await loopback.until(lambda: "7001" in loopback.responses)

    loopback.troubles.append(Trouble(500, taken=True))
    gate.go.set()
    await loopback.until(lambda: len(loopback.edited) == 2)

    assert loopback.responses["7001"]["type"] == 5
    assert loopback.edited[0] == loopback.edited[1]
    assert loopback.edited[0]["embeds"][0]["title"] == QUESTIONS[0]


async def test_an_answer_that_discord_has_already_is_no_trouble_for_anybody(
    loopback: Loopback, run: START, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.responses["7001"] = {"taken": "by another process with the same token"}
    loopback.events.append(("INTERACTION_CREATE", asked(QUESTIONS[0], id="7001")))
    run()
    await loopback.until(lambda: "POST /interactions/7001/a-token-of-one-interaction/callback" in loopback.told)
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4002"))
    await loopback.until(lambda: bool(loopback.sent))

    assert answered(loopback) == ["4002"]
    assert f"({ALREADY_ANSWERED}): too late, or it has one." in caplog.text


async def test_a_message_that_discord_cannot_take_for_long_is_given_up_with_one_line(
    loopback: Loopback, run: START, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.troubles.extend([Trouble(503)] * 8)  # the answer and the apology, four times each
    loopback.events.append(("MESSAGE_CREATE", message(QUESTIONS[0], id="4001")))
    running = run()
    await loopback.until(lambda: not loopback.troubles)
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4002"))
    await loopback.until(lambda: bool(loopback.sent))

    assert answered(loopback) == ["4002"]
    assert running.again == [1.0, 3.0, 5.0] * 2
    assert [record.levelname for record in caplog.records if record.name == "bot.discord.error_handler"] == [
        "ERROR",
        "WARNING",
    ]


@pytest.mark.usefixtures("no_waiting")
async def test_two_shards_are_served_and_each_comes_back_to_its_own_session(
    loopback: Loopback, run: START, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    loopback.shards = 2
    running = await serving(loopback, run, sessions=2)
    await loopback.tell("GUILD_CREATE", GUILD, shard=1)
    await loopback.tell("MESSAGE_CREATE", mention(QUESTIONS[1], id="4002"), shard=1)
    await loopback.until(lambda: len(loopback.sent) == 2)

    await loopback.cut(shard=1)
    await loopback.tell("MESSAGE_CREATE", message(QUESTIONS[1], id="4003"), shard=0)
    await loopback.tell("MESSAGE_CREATE", mention(QUESTIONS[2], id="4004"), shard=1)
    await loopback.until(lambda: len(loopback.sent) == 4)

    assert sorted(answered(loopback)) == ["4001", "4002", "4003", "4004"]
    assert (loopback.identified, loopback.resumed, running.pauses) == (2, 1, [])
    assert loopback.told.count("PUT /applications/1000/commands") == 1


@pytest.mark.usefixtures("no_waiting")
async def test_the_sessions_of_all_shards_are_counted_together(loopback: Loopback, run: START) -> None:
    now = 0.0
    loopback.shards = 2
    running = run(sessions=Sessions(limit=3, clock=lambda: now))
    await loopback.until(lambda: loopback.identified == 2)

    for shard in (0, 1):
        await loopback.invalidate(resumable=False, shard=shard)
    while not any(pause > 80_000 for pause in running.pauses):  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0)

    assert loopback.identified == 3


@pytest.mark.usefixtures("no_waiting")
async def test_a_shard_that_cannot_be_begun_is_begun_anew_with_the_others(loopback: Loopback, run: START) -> None:
    loopback.shards = 2
    loopback.refusals.extend([False, True, True])
    running = run()

    await loopback.until(lambda: loopback.identified == 3)

    assert len(running.pauses) == 2


@pytest.mark.usefixtures("no_waiting")
async def test_the_number_of_sources_is_shown_and_follows_the_articles(
    loopback: Loopback, run: START, desk: Desk, tmp_path: Path
) -> None:
    await serving(loopback, run)
    one = PatientAnswerer(tmp_path, "One sentence.", fingerprint="sha256:0")

    desk.answerer = one.as_answerer()
    await loopback.until(lambda: len(loopback.presences) == 1)
    await loopback.cut()
    loopback.sessions.clear()
    await loopback.until(lambda: loopback.identified == 2)

    shown = [loopback.identities[0]["presence"]["game"], *loopback.presences[0]["activities"]]
    shown.append(loopback.identities[1]["presence"]["game"])
    assert [activity["state"] for activity in shown] == ["Quoting 5 sources", "Quoting 1 source", "Quoting 1 source"]
