"""Keeps the review in the browser to who started it, and what is in it on this machine."""

from __future__ import annotations

import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, MutableMapping

    Message: TypeAlias = MutableMapping[str, Any]
    Send: TypeAlias = Callable[[Message], Awaitable[None]]
    Application: TypeAlias = Callable[[Message, Callable[[], Awaitable[Message]], Send], Awaitable[None]]

COOKIE = "quoth_review"
# A page loads nothing from elsewhere and sends nothing there, whatever a question has in it; and where a person follows
# a link away, the address of the page, which may have words of a question, stays behind.
ONLY_HERE = (
    "default-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = (
    (b"content-security-policy", ONLY_HERE.encode()),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
WRONG_HOST = "This is served to this machine alone, under the address that `quoth review` printed."
NO_KEY = "Open the address that `quoth review` printed, whole: it has a key, and without it nobody reads the log."


class Guard:
    """An ASGI application in front of another, which only gets requests to `at` (host:port) that have the key.

    The key comes once in an address (?key=…) and from then on in a cookie. Another name for this machine is refused,
    since a page from elsewhere could give itself one (DNS rebinding).
    """

    def __init__(self, application: Application, at: str, key: str) -> None:
        self.application = application
        self.hosts = {at, f"localhost:{at.rpartition(':')[2]}"}
        self.key = key

    async def __call__(self, scope: Message, receive: Callable[[], Awaitable[Message]], send: Send) -> None:
        if scope["type"] != "http":
            await self.application(scope, receive, send)
            return
        headers = {name.lower(): value.decode("latin-1") for name, value in scope["headers"]}
        given = parse_qs(scope["query_string"].decode("latin-1")).get("key", [""])[0]
        if headers.get(b"host") not in self.hosts:
            await _say(send, 403, WRONG_HOST)
        elif self._fits(given):
            cookie = f"{COOKIE}={self.key}; Path=/; HttpOnly; SameSite=Strict"
            await _say(send, 303, "", (b"location", b"/"), (b"set-cookie", cookie.encode()))
        elif not self._fits(_cookie(headers.get(b"cookie", ""))):
            await _say(send, 403, NO_KEY)
        else:
            await self.application(scope, receive, _guarded(send))

    def _fits(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.key.encode())


def _cookie(header: str) -> str:
    try:
        found = SimpleCookie(header).get(COOKIE)
    except CookieError:
        return ""
    return found.value if found else ""


def _guarded(send: Send) -> Send:
    async def with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            own = [header for header in message.get("headers", ()) if header[0].lower() not in dict(HEADERS)]
            message = {**message, "headers": [*own, *HEADERS]}
        await send(message)

    return with_headers


async def _say(send: Send, status: int, text: str, *headers: tuple[bytes, bytes]) -> None:
    kind = (b"content-type", b"text/plain; charset=utf-8")
    await send({"type": "http.response.start", "status": status, "headers": [kind, *headers, *HEADERS]})
    await send({"type": "http.response.body", "body": text.encode()})
