"""The runner keeps the bot on Discord, comes back by itself, and leaves nobody without the answer that was begun."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import threading
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot import runner
from bot.client import Quoth
from bot.delivery import Delivery
from bot.desk import Desk
from bot.errors import SettingsError
from bot.reception import Reception
from bot.runner import Runner, serve
from bot.sessions import Sessions
from bot.settings import load_settings
from bot.syncing import Syncing
from tests.bot.fakes import MemoryQueryLog
from tests.bot.running.loopback import Loopback, message

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from retrieval.answering import Answerer
    from retrieval.model import Reply

TOKEN = "MTAwMA.made-up.token-of-nobody"
QUESTION = "When was Fallujah lost?"


@pytest.fixture
async def loopback(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Loopback]:
    async with Loopback() as here:
        monkeypatch.setattr(discord.http.Route, "BASE", f"http://{here.address}/api")
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(f"ws://{here.address}/gateway/"))
        yield here


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let discord.py's own pauses between its tries take no time."""
    sleep = asyncio.sleep

    async def no_sleep(_: float, *rest: Any) -> None:
        await sleep(0, *rest)

    monkeypatch.setattr(asyncio, "sleep", no_sleep)


class Running:
    """A runner whose pauses take no time and are written down."""

    def __init__(self, desk: Desk, tmp_path: Path, sessions: Sessions | None = None) -> None:
        self.pauses: list[float] = []
        self.stop = asyncio.Event()
        sessions = sessions or Sessions()

        def client() -> Quoth:
            reception = Reception(desk, asker=str)
            return Quoth(reception, Delivery(), Syncing(tmp_path / "commands"), beginning=sessions.begin)

        self.task = asyncio.create_task(Runner(client, TOKEN, sessions, pause=self.pause).run(self.stop))

    async def pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
        assert len(self.pauses) < 20

    async def stopped(self) -> None:
        self.stop.set()
        await self.task


@pytest.fixture
def desk(answerer: Answerer) -> Desk:
    return Desk(answerer, MemoryQueryLog())


async def test_it_logs_in_syncs_and_answers(loopback: Loopback, desk: Desk, tmp_path: Path) -> None:
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION)))
    running = Running(desk, tmp_path)

    await loopback.until(lambda: bool(loopback.sent))
    await running.stopped()

    assert loopback.sent[0]["embeds"][0]["title"] == QUESTION
    assert "PUT /api/applications/1000/commands" in loopback.told
    assert running.pauses == []


@pytest.mark.parametrize("status", [500, 503])
@pytest.mark.usefixtures("no_waiting")
async def test_an_error_at_login_is_tried_again_with_one_line_in_the_log(
    loopback: Loopback, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture, status: int
) -> None:
    caplog.set_level(logging.WARNING)
    loopback.failures.extend([status] * (5 if status == 500 else 1))  # discord.py itself tries 500 five times
    running = Running(desk, tmp_path)

    await loopback.until(lambda: loopback.identified == 1)
    await running.stopped()

    assert len(running.pauses) == 1
    (line,) = [record for record in caplog.records if record.name == "bot.runner"]
    assert line.getMessage().startswith(f"No connection to Discord (DiscordServerError (status {status}, code 0)")
    assert line.exc_info is None


@pytest.mark.usefixtures("no_waiting")
async def test_a_gateway_that_is_away_at_the_start_is_tried_again_with_growing_pauses(
    loopback: Loopback, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.gateway_refuses = 4
    running = Running(desk, tmp_path)

    await loopback.until(lambda: loopback.identified == 1)
    await running.stopped()

    assert len(running.pauses) == 4
    assert caplog.text.count("No connection to Discord (WSServerHandshakeError") == 4
    assert all(1 <= pause <= 2 ** (number + 1) for number, pause in enumerate(running.pauses))


async def test_an_event_that_cannot_be_read_does_not_end_the_program(
    loopback: Loopback, desk: Desk, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    loopback.events.append(("MESSAGE_CREATE", {"not": "a message"}))
    running = Running(desk, tmp_path)
    await loopback.until(lambda: loopback.identified == 1)
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION)))

    await loopback.until(lambda: bool(loopback.sent))
    await running.stopped()

    assert loopback.identified == 2
    assert "No connection to Discord (KeyError" in caplog.text


async def test_no_more_sessions_are_begun_than_discord_allows(loopback: Loopback, desk: Desk, tmp_path: Path) -> None:
    now = 0.0
    sessions = Sessions(limit=2, clock=lambda: now)
    loopback.events.append(("MESSAGE_CREATE", {"not": "a message"}))
    running = Running(desk, tmp_path, sessions)
    await loopback.until(lambda: loopback.identified == 1)
    loopback.events.append(("MESSAGE_CREATE", {"not": "a message"}))
    await loopback.until(lambda: loopback.identified == 2)

    while not any(pause > 80_000 for pause in running.pauses):  # noqa: ASYNC110 - a few turns of the loop
        await asyncio.sleep(0)
    await running.stopped()

    assert loopback.identified == 2


@pytest.mark.parametrize(("status", "code"), [(401, None), (None, 4004), (None, 4014)])
async def test_what_only_a_setting_can_mend_is_said_in_one_sentence(
    loopback: Loopback, desk: Desk, tmp_path: Path, status: int | None, code: int | None
) -> None:
    loopback.failures.extend([status] if status else [])
    loopback.close_code = code
    running = Running(desk, tmp_path)

    with pytest.raises(SettingsError, match=r"^DISCORD_TOKEN .*\.$") as error:
        await running.task

    assert TOKEN not in str(error.value)
    assert loopback.logins == 1


class Gate:
    """An answerer that waits in its thread until it is let go."""

    def __init__(self, answerer: Answerer) -> None:
        self.library = answerer.library
        self.corpus = answerer.corpus
        self.limit = answerer.limit
        self.asked = threading.Event()
        self.go = threading.Event()
        self._answer = answerer.answer

    def answer(self, question: str, **how: Any) -> Reply:
        self.asked.set()
        assert self.go.wait(20)
        return self._answer(question, **how)


async def begun(gate: Gate) -> None:
    assert await asyncio.to_thread(gate.asked.wait, 20)


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
    serving = asyncio.create_task(serve(load_settings(data=tmp_path), Desk(gate, MemoryQueryLog())))
    await begun(gate)

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


async def test_an_answer_that_takes_too_long_does_not_keep_the_bot_from_ending(
    loopback: Loopback, answerer: Answerer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(runner, "DELIVERY", 0.0)
    gate: Any = Gate(answerer)
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION)))
    running = Running(Desk(gate, MemoryQueryLog()), tmp_path)
    await begun(gate)

    await running.stopped()

    assert loopback.sent == []
    gate.go.set()
