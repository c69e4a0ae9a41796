"""A bot that runs, over the project's own articles, against a small Discord on this machine.

Every request that it makes is checked against Discord's own description of its API, where that file lies beside the
checkout.
"""

from __future__ import annotations

import asyncio
import signal
from typing import TYPE_CHECKING, Any

import discord
import pytest
from discord.gateway import DiscordWebSocket
from yarl import URL

from bot.services.question_service import Desk
from tests.bot.fakes import MemoryQueryLog
from tests.bot.openapi import DESCRIPTION, Description
from tests.bot.running.loopback import Loopback
from tests.bot.running.running import Running

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    from retrieval.answer.answerer import Answerer


@pytest.fixture(scope="session")
def description() -> Description | None:
    """Read Discord's own description of its API, once; None where it does not lie beside the checkout."""
    return Description(DESCRIPTION) if DESCRIPTION.is_file() else None


@pytest.fixture
async def loopback(monkeypatch: pytest.MonkeyPatch, description: Description | None) -> AsyncIterator[Loopback]:
    async with Loopback() as here:
        monkeypatch.setattr(discord.http.Route, "BASE", f"http://{here.address}/api")
        monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", URL(f"ws://{here.address}/gateway/"))
        yield here
    for method, path, params, body in here.requests if description else ():
        assert description
        description.check(method, path, params=params, body=body)


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    """Give the tests their own Ctrl-C back: a bot that was told to stop ends at the next one at once."""
    both = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in both.items():
        signal.signal(number, handler)


@pytest.fixture
def no_waiting(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Let pauses take no time, discord.py's own too; they are written down."""
    sleep, pauses = asyncio.sleep, list[float]()

    async def no_sleep(seconds: float, *rest: Any) -> None:
        pauses.append(seconds)
        await sleep(0, *rest)

    monkeypatch.setattr(asyncio, "sleep", no_sleep)
    return pauses


@pytest.fixture
def desk(answerer: Answerer) -> Desk:
    return Desk(answerer, MemoryQueryLog())


@pytest.fixture
async def run(desk: Desk, tmp_path: Path) -> AsyncIterator[Callable[..., Running]]:
    """Start a bot, which is stopped at the end at the latest."""
    started: list[Running] = []

    def start(**options: Any) -> Running:
        running = Running(options.pop("desk", desk), tmp_path, **options)
        started.append(running)
        return running

    yield start
    for running in started:
        await running.stopped()
