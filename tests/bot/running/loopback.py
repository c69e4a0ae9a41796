"""A small Discord on this machine: its REST API and its gateway, as much of them as a bot needs to serve."""

from __future__ import annotations

import asyncio
import json
from collections import deque
from typing import TYPE_CHECKING, Any, Self

from aiohttp import WSMsgType, web

if TYPE_CHECKING:
    from collections.abc import Callable

BOT = {"id": "1000", "username": "quoth", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION: dict[str, Any] = {
    "id": "1000",
    "name": "quoth",
    "description": "",
    "icon": None,
    "summary": "",
    "verify_key": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "flags": 0,
    "owner": BOT,
}
ANN = {"id": "3000", "username": "ann", "discriminator": "0", "avatar": None}
CHANNEL = {"id": "2000", "type": 1, "recipients": [ANN]}
READY: dict[str, Any] = {
    "v": 10,
    "user": BOT,
    "guilds": [],
    "session_id": "session",
    "application": {"id": "1000", "flags": 0},
}


class Loopback:
    """Answers a bot on 127.0.0.1. What is put into `failures` is answered first: a status for each login.

    `identified` counts sessions, `sent` holds the bodies of messages; `gateway_refuses` is how many connections to the
    gateway are refused; each of `events` is sent once, after READY, to the session that comes next.
    """

    def __init__(self) -> None:
        self.failures: deque[int] = deque()
        self.gateway_refuses = 0
        self.events: deque[Any] = deque()
        self.close_code: int | None = None
        self.identified = 0
        self.logins = 0
        self.sent: list[Any] = []
        self.told: list[str] = []
        self.changed = asyncio.Event()
        self._runner = web.AppRunner(self._app(), shutdown_timeout=0.1)

    async def __aenter__(self) -> Self:
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.address = "{}:{}".format(*self._runner.addresses[0])
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait until something the bot did makes `condition` true."""
        async with asyncio.timeout(20):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._note])
        app.router.add_get("/api/users/@me", self._me)
        app.router.add_get("/api/oauth2/applications/@me", self._answer(APPLICATION))
        app.router.add_put("/api/applications/1000/commands", self._answer([]))
        app.router.add_get("/api/channels/2000", self._answer(CHANNEL))
        app.router.add_post("/api/channels/2000/messages", self._message)
        app.router.add_get("/gateway/", self._gateway)
        return app

    @web.middleware
    async def _note(self, request: web.Request, handler: Any) -> web.StreamResponse:
        self.told.append(f"{request.method} {request.path}")
        try:
            response: web.StreamResponse = await handler(request)
        finally:
            self.changed.set()
        return response

    async def _me(self, _: web.Request) -> web.Response:
        self.logins += 1
        if self.failures:
            return reply({"message": "Failed by the test", "code": 0}, status=self.failures.popleft())
        return reply(BOT)

    def _answer(self, body: Any) -> Any:
        async def answer(_: web.Request) -> web.Response:
            return reply(body)

        return answer

    async def _message(self, request: web.Request) -> web.Response:
        self.sent.append(await request.json())
        return reply(message(content="", id=str(5000 + len(self.sent)), author=BOT))

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.gateway_refuses:
            self.gateway_refuses -= 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": 10, "d": {"heartbeat_interval": 3_600_000}})
        async for received in socket:
            if received.type is WSMsgType.TEXT:
                await self._told(socket, json.loads(received.data))
                self.changed.set()
        return socket

    async def _told(self, socket: web.WebSocketResponse, payload: Any) -> None:
        match payload["op"]:
            case 1:
                await socket.send_json({"op": 11})
            case 2 if self.close_code:
                await socket.close(code=self.close_code)
            case 2:
                self.identified += 1
                ready = READY | {"resume_gateway_url": f"ws://{self.address}/gateway/"}
                await socket.send_json({"op": 0, "t": "READY", "s": 1, "d": ready})
                while self.events:
                    name, data = self.events.popleft()
                    await socket.send_json({"op": 0, "t": name, "s": 2, "d": data})


def reply(body: Any, *, status: int = 200) -> web.Response:
    """Answer with JSON; discord.py knows it by exactly this type."""
    return web.Response(body=json.dumps(body).encode(), status=status, headers={"Content-Type": "application/json"})


def message(content: str, **other: Any) -> dict[str, Any]:
    """Make a direct message to the bot, as Discord tells of it."""
    return {
        "id": "4000",
        "channel_id": "2000",
        "author": ANN,
        "content": content,
        "timestamp": "2025-01-31T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        **other,
    }
