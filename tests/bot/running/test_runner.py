"""The runner keeps the bot on Discord, comes back by itself, and leaves nobody without the answer that was begun."""

from __future__ import annotations

import asyncio
import dataclasses
import errno
import logging
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import discord
import pytest

from bot.config.errors import SettingsError
from bot.config.settings import load_settings
from bot.discord import runner
from bot.discord.runner import checks, serve
from bot.discord.session_limits import SPARE, Sessions
from bot.handlers import Reception
from bot.pages import help_pages
from bot.services.question_service import Desk
from tests.bot.fakes import BrokenQueryLog, MemoryQueryLog, PatientAnswerer
from tests.bot.running.payloads import asked, message
from tests.bot.running.running import QUESTION, TOKEN, Gate, Running
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer
    from tests.bot.running.loopback import Loopback

GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES = 1 << 0, 1 << 9, 1 << 12  # none of them needs Discord's leave
START = Callable[..., Running]


async def test_it_logs_in_syncs_and_answers(loopback: Loopback, run: START) -> None:
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION)))
    running = run()

    await loopback.until(lambda: bool(loopback.sent))
    await running.stopped()

    assert loopback.sent[0]["embeds"][0]["title"] == QUESTION
    assert "PUT /applications/1000/commands" in loopback.told
    assert loopback.identities[0]["intents"] == GUILDS | GUILD_MESSAGES | DIRECT_MESSAGES
    assert running.pauses == []


@pytest.mark.parametrize("status", [500, 503])
@pytest.mark.usefixtures("no_waiting")
async def test_an_error_at_login_is_tried_again_with_one_line_in_the_log(
    loopback: Loopback, run: START, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.WARNING)
    loopback.failures.extend([status] * (5 if status == 500 else 1))  # discord.py itself tries 500 five times
    running = run()

    await loopback.until(lambda: loopback.identified == 1)
    await running.stopped()

    assert len(running.pauses) == 1
    (line,) = [record for record in caplog.records if record.name == "bot.discord.runner"]
    assert line.getMessage().startswith(f"No connection to Discord (DiscordServerError (status {status}, code 0)")
    assert line.exc_info is None


@pytest.mark.usefixtures("loopback")
async def test_without_a_way_to_discord_it_says_what_cannot_be_reached_and_why(
    run: START, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as nobody:
        port = nobody.getsockname()[1]
    monkeypatch.setattr(discord.http.Route, "BASE", f"http://127.0.0.1:{port}/api")
    running = run()

    while not running.pauses:  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0)

    first = next(record.getMessage() for record in caplog.records if record.name == "bot.discord.runner")
    reason = f"127.0.0.1 cannot be reached: {os.strerror(errno.ECONNREFUSED)}"
    assert first.startswith(f"No connection to Discord ({reason}). Trying again in ")


@pytest.mark.usefixtures("no_waiting")
async def test_a_gateway_that_is_away_at_the_start_is_tried_again_with_growing_pauses(
    loopback: Loopback, run: START, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.refusals.extend([True] * 4)
    running = run()

    await loopback.until(lambda: loopback.identified == 1)
    await running.stopped()

    assert len(running.pauses) == 4
    assert caplog.text.count("No connection to Discord (WSServerHandshakeError") == 4
    assert all(1 <= pause <= 2 ** (number + 1) for number, pause in enumerate(running.pauses))


async def test_a_session_that_begins_with_what_cannot_be_read_is_begun_anew(
    loopback: Loopback, run: START, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.unreadable = 1
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION)))
    running = run()

    await loopback.until(lambda: bool(loopback.sent))
    await running.stopped()

    assert (loopback.identified, len(running.pauses)) == (2, 1)
    assert "No connection to Discord (KeyError" in caplog.text


async def test_no_more_sessions_are_begun_than_discord_allows(loopback: Loopback, run: START) -> None:
    now = 0.0
    loopback.unreadable = 20
    running = run(sessions=Sessions(limit=2, clock=lambda: now))

    while not any(pause > 80_000 for pause in running.pauses):  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0)
    await running.stopped()

    assert loopback.identified == 2


async def test_what_discord_itself_counted_before_this_start_is_counted(loopback: Loopback, run: START) -> None:
    now = 0.0
    loopback.limit |= {"remaining": SPARE, "reset_after": 3_600_000}
    running = run(sessions=Sessions(clock=lambda: now))

    while not any(pause == 3600 for pause in running.pauses):  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0)
    await running.stopped()

    assert loopback.identified == 0


@pytest.mark.parametrize(("status", "code"), [(401, None), (None, 4004), (None, 4014)])
async def test_what_only_a_setting_can_mend_is_said_in_one_sentence(
    loopback: Loopback, run: START, status: int | None, code: int | None
) -> None:
    loopback.failures.extend([status] if status else [])
    loopback.close_code = code
    running = run()

    with pytest.raises(SettingsError, match=r"^DISCORD_TOKEN .*\.$") as error:
        await running.task

    assert TOKEN not in str(error.value)
    assert loopback.logins == 1


async def test_sigterm_delivers_the_answer_in_flight_and_ends(
    loopback: Loopback,
    answerer: Answerer,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    gate: Any = Gate(answerer)
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION)))
    serving = asyncio.create_task(
        serve(load_settings(data=tmp_path), Reception(Desk(gate, MemoryQueryLog()), asker=str))
    )
    await gate.begun()

    caplog.set_level(logging.INFO)
    os.kill(os.getpid(), signal.SIGTERM)
    while "Stopping" not in caplog.text:  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0)
    for _ in range(20):  # time enough for a runner that does not wait to be gone
        await asyncio.sleep(0)
    assert loopback.sent == []
    gate.go.set()
    await serving

    assert loopback.sent[0]["embeds"][0]["title"] == QUESTION


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_a_second_signal_ends_it_at_once_whatever_answer_is_being_looked_for(
    loopback: Loopback, tmp_path: Path, number: signal.Signals
) -> None:
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION)))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.bot.running.stuck", loopback.address, tmp_path),
        cwd=Path(__file__).parents[3],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout
    assert process.stderr
    try:
        async with asyncio.timeout(PATIENCE):
            assert await process.stdout.readline() == f"{QUESTION}\n".encode()
            process.send_signal(number)
            while b"Stopping" not in (line := await process.stderr.readline()):
                assert line, "it ended before it said so"
            process.send_signal(number)
            assert await process.wait() == -number
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_command_in_flight_at_the_end_gets_its_answer_once_and_what_comes_later_a_line(
    loopback: Loopback, run: START, answerer: Answerer
) -> None:
    gate: Any = Gate(answerer)
    loopback.events.append(("INTERACTION_CREATE", asked(QUESTION, id="7001")))
    running = run(desk=Desk(gate, MemoryQueryLog()))
    await gate.begun()

    running.stop.set()
    while not running.clients[0].delivery.closing:  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0)
    await loopback.tell("INTERACTION_CREATE", asked(QUESTION, id="7002", token="another-token"))
    await loopback.until(lambda: "7002" in loopback.responses)
    gate.go.set()
    await running.task

    assert loopback.responses["7001"]["data"]["embeds"][0]["title"] == QUESTION
    assert loopback.responses["7002"]["data"]["embeds"][0]["description"] == help_pages.leaving().body
    assert len(loopback.responses) == 2


async def test_whether_all_is_well_follows_the_connection_the_articles_and_the_log(
    loopback: Loopback, run: START, answerer: Answerer, tmp_path: Path, no_waiting: list[float]
) -> None:
    desk = Desk(answerer, MemoryQueryLog())
    loopback.refusals.append(True)
    running = run(desk=desk)
    check = checks(running.runner, desk)
    assert await check["gateway"]() == "The connection to Discord is not open; the bot tries again by itself."

    await loopback.until(lambda: loopback.identified == 1)
    await running.clients[-1].wait_until_ready()
    assert [await each() for each in check.values()] == [None, None, None]

    empty = PatientAnswerer(tmp_path, "", fingerprint="sha256:0")
    empty.library = dataclasses.replace(empty.library, articles=())
    desk.answerer, desk.log = empty.as_answerer(), BrokenQueryLog()
    await running.stopped()
    assert {name: await check() for name, check in checks(running.runner, desk).items()} == {
        "gateway": "The connection to Discord is not open; the bot tries again by itself.",
        "index": "There is no article to quote from.",
        "log": "The query log cannot be written: its disk is gone.",
    }
    assert no_waiting


async def test_an_answer_that_takes_too_long_does_not_keep_the_bot_from_ending(
    loopback: Loopback, run: START, answerer: Answerer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "DELIVERY", 0.0)
    gate: Any = Gate(answerer)
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION)))
    running = run(desk=Desk(gate, MemoryQueryLog()))
    await gate.begun()

    await running.stopped()

    assert loopback.sent == []
    gate.go.set()
