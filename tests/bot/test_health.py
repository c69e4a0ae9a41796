"""Whether all is well is told at a port of this machine, in words and by the status."""

from __future__ import annotations

import asyncio
import errno
import os

import aiohttp
import pytest

from bot.config.errors import SettingsError
from bot.discord.health import HOST, health_told


async def fine() -> None:
    return None


async def full() -> str:
    return "The disk is full."


async def broken() -> str:
    raise RuntimeError("with words that are nobody's business")


async def stuck() -> None:
    await asyncio.Event().wait()


async def get(port: int, path: str = "/healthz", *, method: str = "GET") -> tuple[int, object]:
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, f"http://{HOST}:{port}{path}") as response,
    ):
        return response.status, await response.json() if response.content_type == "application/json" else None


async def test_where_all_is_well_the_status_is_200() -> None:
    async with health_told({"gateway": fine, "log": fine}, 0) as port:
        assert await get(port) == (200, {"healthy": True, "gateway": "fine", "log": "fine"})


async def test_what_is_the_matter_is_said_and_the_status_is_503(caplog: pytest.LogCaptureFixture) -> None:
    checks = {"gateway": fine, "log": full, "index": broken, "sun": stuck}
    async with health_told(checks, 0, patience=0.01) as port:
        assert await get(port) == (
            503,
            {
                "healthy": False,
                "gateway": "fine",
                "log": "The disk is full.",
                "index": "It could not be looked at; the bot's log has the error.",
                "sun": "It did not answer within 0.01 seconds.",
            },
        )
    assert "The health of the index cannot be told (RuntimeError" in caplog.text
    assert "nobody's business" not in caplog.text


async def test_nothing_else_is_told_there() -> None:
    async with health_told({"log": fine}, 0) as port:
        assert await get(port, "/") == (404, None)
        assert await get(port, method="POST") == (405, None)


async def test_it_is_told_only_while_it_should() -> None:
    async with health_told({"log": fine}, 0) as port:
        assert (await get(port))[0] == 200

    with pytest.raises(aiohttp.ClientConnectorError):
        await get(port)


async def test_without_a_port_nothing_is_opened() -> None:
    async with health_told({"log": fine}, None) as port:
        assert port == 0


async def test_a_port_that_is_taken_is_said_in_a_sentence() -> None:
    async with health_told({"log": fine}, 0) as port:
        with pytest.raises(SettingsError) as error:
            async with health_told({"log": fine}, port):
                pass

    assert str(error.value) == (
        f"QUOTH_HEALTH_PORT is {port}, which cannot be opened ({os.strerror(errno.EADDRINUSE)}): "
        "give another, or stop what uses it."
    )
