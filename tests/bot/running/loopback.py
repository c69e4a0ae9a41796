"""A small Discord on this machine: its REST API and its gateway, as much of them as a bot needs to serve.

It carries what goes wrong with a connection: sessions that are cut, sent away, come back to or are forgotten, a
gateway that is away, limits and errors of the API, events that nobody knows, and several shards.
"""

from __future__ import annotations

import asyncio
import itertools
import json
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Self

from aiohttp import WSMsgType, web

from tests.bot.running.payloads import APPLICATION, BOT, CHANNEL, message
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable

DISPATCH, HEARTBEAT, IDENTIFY, PRESENCE, RESUME, RECONNECT, INVALID_SESSION, HELLO, ACK = 0, 1, 2, 3, 6, 7, 9, 10, 11
ALREADY_ANSWERED = 40060
LIMIT: dict[str, Any] = {"total": 1000, "remaining": 1000, "reset_after": 86_400_000, "max_concurrency": 1}
Event = tuple[str, Any]


@dataclass(frozen=True, slots=True)
class Trouble:
    """A status that an answer meets. Where it was `taken`, only the reply to it failed.

    Without `via` it comes from a proxy before Discord; with `drops` there is none, and the connection is gone.
    """

    status: int
    taken: bool = False
    code: int = 0
    via: bool = True
    drops: bool = False


FORBIDDEN = Trouble(403, code=50013)


@dataclass(slots=True)
class Session:
    """What was told to one shard since it began; `socket` is None while it is away."""

    id: str
    shard: int
    told: list[Event] = field(default_factory=list)
    socket: web.WebSocketResponse | None = None

    async def tell(self, name: str, data: Any) -> None:
        self.told.append((name, data))
        if self.socket:
            await self._send(len(self.told))

    async def catch_up(self, seen: int) -> None:
        for sequence in range(seen + 1, len(self.told) + 1):
            await self._send(sequence)

    async def _send(self, sequence: int) -> None:
        assert self.socket
        name, data = self.told[sequence - 1]
        await self.socket.send_json({"op": DISPATCH, "t": name, "s": sequence, "d": data})


class Loopback:
    """Answers a bot on 127.0.0.1.

    What is put into `failures` is answered first, a status for each login; likewise `troubles`, one for each answer. In
    the channels of `forbidden` the bot may not write.
    `refusals` says of each of the next connections to the gateway whether it is refused, `unreadable` how many sessions
    begin with what no bot can read. Each of `events` is sent once, after READY,
    to the session that comes next; `tell` sends one to a session that is there or away. `requests` holds what was
    asked of the API, `sent` the messages, `responses` the answers to interactions, and `edited` those that came later.
    """

    def __init__(self, *, shards: int = 1) -> None:
        self.shards = shards
        self.limit = dict(LIMIT)
        self.limit_lasts = 1.0
        self.failures: deque[int] = deque()
        self.troubles: deque[Trouble] = deque()
        self.forbidden: set[str] = set()
        self.refusals: deque[bool] = deque()
        self.unreadable = 0
        self.events: deque[Event] = deque()
        self.close_code: int | None = None
        self.identified = self.resumed = self.refused = self.logins = 0
        self.sessions: dict[int, Session] = {}
        self.identities: list[Any] = []
        self.presences: list[Any] = []
        self.sent: list[Any] = []
        self.responses: dict[str, Any] = {}
        self.edited: list[Any] = []
        self.requests: list[tuple[str, str, dict[str, str], Any]] = []
        self.changed = asyncio.Event()
        self._numbers = itertools.count(1)
        self._runner = web.AppRunner(self._app(), access_log=None, shutdown_timeout=0.1)

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
        async with asyncio.timeout(PATIENCE):
            while not condition():
                self.changed.clear()
                await self.changed.wait()

    @property
    def told(self) -> list[str]:
        """The requests, each as its method and path."""
        return [f"{method} {path}" for method, path, _, _ in self.requests]

    # What a test does to the connection

    async def tell(self, name: str, data: Any, *, shard: int = 0) -> None:
        """Send an event to a shard; where it is away, it is sent when the shard comes back to its session."""
        await self.sessions[shard].tell(name, data)

    async def send_raw(self, frame: str, *, shard: int = 0) -> None:
        """Send a shard a frame as it is."""
        socket = self.sessions[shard].socket
        assert socket
        await socket.send_str(frame)

    async def cut(self, *, shard: int = 0) -> None:
        """Drop a shard's connection without a word."""
        request = self._away(shard)._req
        assert request
        assert request.transport
        request.transport.abort()

    async def send_away(self, *, shard: int = 0) -> None:
        """Ask a shard to connect anew and come back to its session."""
        await self._away(shard).send_json({"op": RECONNECT, "d": None})

    async def invalidate(self, *, resumable: bool, shard: int = 0) -> None:
        """Tell a shard that its session is over, or may be come back to."""
        socket = self._away(shard)
        if not resumable:
            del self.sessions[shard]
        await socket.send_json({"op": INVALID_SESSION, "d": resumable})

    def _away(self, shard: int) -> web.WebSocketResponse:
        """Take the socket from a shard's session, so that what is told from now on waits for its return."""
        session = self.sessions[shard]
        socket, session.socket = session.socket, None
        assert socket
        return socket

    # REST

    def _app(self) -> web.Application:
        app = web.Application(middlewares=[self._note])
        app.router.add_get("/api/users/@me", self._me)
        app.router.add_get("/api/gateway/bot", self._gateway_address)
        app.router.add_get("/api/oauth2/applications/@me", self._answer(APPLICATION))
        app.router.add_put("/api/applications/1000/commands", self._answer([]))
        app.router.add_post("/api/users/@me/channels", self._answer(CHANNEL))
        app.router.add_get("/api/channels/2000", self._answer(CHANNEL))
        app.router.add_post("/api/channels/{channel}/messages", self._message)
        app.router.add_post("/api/interactions/{id}/{token}/callback", self._response)
        app.router.add_patch("/api/webhooks/1000/{token}/messages/@original", self._edit)
        app.router.add_get("/gateway/", self._gateway)
        return app

    @web.middleware
    async def _note(self, request: web.Request, handler: Any) -> web.StreamResponse:
        if request.path.startswith("/api/"):
            body = json.loads(await request.text()) if request.can_read_body else None
            self.requests.append((request.method, request.path.removeprefix("/api"), dict(request.query), body))
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

    async def _gateway_address(self, _: web.Request) -> web.Response:
        return reply({"url": f"ws://{self.address}/gateway/", "shards": self.shards, "session_start_limit": self.limit})

    def _answer(self, body: Any) -> Any:
        async def answer(_: web.Request) -> web.Response:
            return reply(body)

        return answer

    async def _message(self, request: web.Request) -> web.Response:
        channel = request.match_info["channel"]
        body, trouble = await request.json(), FORBIDDEN if channel in self.forbidden else self._trouble()
        known = [sent["nonce"] for sent in self.sent if sent.get("enforce_nonce")]
        if (trouble is None or trouble.taken) and body.get("nonce") not in known:
            self.sent.append(body)
        stored = message(content="", id=str(5000 + len(self.sent)), channel_id=channel, author=BOT)
        return failed(trouble, request, lasts=self.limit_lasts) if trouble else reply(stored)

    async def _response(self, request: web.Request) -> web.Response:
        body, trouble, id_ = await request.json(), self._trouble(), request.match_info["id"]
        if id_ in self.responses:
            return reply({"message": "Already acknowledged", "code": ALREADY_ANSWERED}, status=400)
        if trouble is None or trouble.taken:
            self.responses[id_] = body
        about = {"interaction": {"id": id_, "type": 2}, "resource": {"type": body["type"], "message": None}}
        return failed(trouble, request, lasts=self.limit_lasts) if trouble else reply(about)

    async def _edit(self, request: web.Request) -> web.Response:
        body, trouble = await request.json(), self._trouble()
        if trouble is None or trouble.taken:
            self.edited.append(body)
        return (
            failed(trouble, request, lasts=self.limit_lasts)
            if trouble
            else reply(message(content="", id="5999", author=BOT))
        )

    def _trouble(self) -> Trouble | None:
        return self.troubles.popleft() if self.troubles else None

    # Gateway

    async def _gateway(self, request: web.Request) -> web.StreamResponse:
        if self.refusals and self.refusals.popleft():
            self.refused += 1
            return web.Response(status=503)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"op": HELLO, "d": {"heartbeat_interval": 3_600_000}})
        async for received in socket:
            if received.type is WSMsgType.TEXT:
                await self._hear(socket, json.loads(received.data))
                self.changed.set()
        return socket

    async def _hear(self, socket: web.WebSocketResponse, payload: Any) -> None:
        match payload["op"]:
            case 1:
                await socket.send_json({"op": ACK})
            case 2 if self.close_code:
                await socket.close(code=self.close_code)
            case 2:
                self.identities.append(payload["d"])
                await self._begin(socket, *payload["d"]["shard"])
            case 3:
                self.presences.append(payload["d"])
            case 6:
                await self._resume(socket, payload["d"])

    async def _begin(self, socket: web.WebSocketResponse, shard: int, shards: int) -> None:
        self.identified += 1
        session = Session(f"session-{next(self._numbers)}", shard, socket=socket)
        ready = {
            "v": 10,
            "user": BOT,
            "guilds": [],
            "session_id": session.id,
            "application": {"id": "1000", "flags": 0},
            "shard": [shard, shards],
            "resume_gateway_url": f"ws://{self.address}/gateway/",
        }
        if self.unreadable:
            self.unreadable -= 1
            await session.tell("READY", {"session_id": session.id, "resume_gateway_url": ready["resume_gateway_url"]})
            return
        await session.tell("READY", ready)
        self.sessions[shard] = session
        while self.events:
            await session.tell(*self.events.popleft())

    async def _resume(self, socket: web.WebSocketResponse, wanted: Any) -> None:
        session = next((each for each in self.sessions.values() if each.id == wanted["session_id"]), None)
        if session is None:
            await socket.send_json({"op": INVALID_SESSION, "d": False})
            return
        self.resumed += 1
        session.socket = socket
        await session.catch_up(wanted["seq"])
        await session.tell("RESUMED", {})


def failed(trouble: Trouble, request: web.Request, *, lasts: float) -> web.Response:
    """Answer as Discord does when something is wrong; a limit is over after so many seconds."""
    if trouble.drops:
        assert request.transport
        request.transport.abort()
    if trouble.status == 429 and not trouble.via:
        return web.Response(text="error code: 1015", status=429, headers={"Retry-After": str(lasts)})
    if trouble.status == 429:
        return reply({"message": "Too many requests", "retry_after": lasts, "global": False}, status=429)
    return reply({"message": "Failed by the test", "code": trouble.code}, status=trouble.status)


def reply(body: Any, *, status: int = 200) -> web.Response:
    """Answer with JSON; discord.py knows it by exactly this type, and a limit as Discord's by who it came through."""
    headers = {"Content-Type": "application/json", "Via": "1.1 loopback"}
    return web.Response(body=json.dumps(body).encode(), status=status, headers=headers)
