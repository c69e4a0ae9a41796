"""A real Chromium without a window, driven over its DevTools protocol (https://chromedevtools.github.io)."""

from __future__ import annotations

import base64
import itertools
import json
import shutil
import subprocess
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

import aiohttp

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")
FLAGS = (
    "--headless=new",
    "--no-sandbox",  # as root, which tests in a container often are, it does not start otherwise
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--window-size=1100,1000",
    "--remote-debugging-port=0",
)
LISTENING = "DevTools listening on ws://"


def chromium() -> str | None:
    """Find Chromium on this machine."""
    return next(filter(None, map(shutil.which, NAMES)), None)


class Page:
    """One page; `requests` are the addresses of all that it asked for."""

    def __init__(self, socket: aiohttp.ClientWebSocketResponse) -> None:
        self.requests: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)

    async def go(self, address: str) -> None:
        """Open an address, and return when all of it is there."""
        await self._ask("Page.navigate", url=address)
        await self._until("Page.loadEventFired")

    async def click(self, text: str) -> None:
        """Click the first link that has this text, and return when the page behind it is there."""
        link = f"[...document.links].find(link => link.innerText.trim() == {json.dumps(text)})"
        clicked = await self.script(f"(link => (link?.click(), !!link))({link})")
        assert clicked, f"there is no link “{text}” in:\n{await self.text()}"
        await self._until("Page.loadEventFired")

    async def text(self, selector: str = "body") -> str:
        """What a person reads in a part of the page."""
        parts = f"[...document.querySelectorAll({json.dumps(selector)})]"
        found = await self.script(f"{parts}.map(part => part.innerText).join('\\n')")
        return str(found)

    async def script(self, source: str) -> Any:
        """What a script gives in the page."""
        answer = await self._ask("Runtime.evaluate", expression=source, returnByValue=True)
        return answer["result"].get("value")

    async def picture(self) -> bytes:
        """What a person sees, as PNG."""
        answer = await self._ask("Page.captureScreenshot", format="png")
        return base64.b64decode(answer["data"])

    async def ready(self) -> Page:
        for domain in ("Page", "Network", "Runtime"):
            await self._ask(f"{domain}.enable")
        return self

    async def _ask(self, method: str, **parameters: object) -> dict[str, Any]:
        number = next(self._numbers)
        await self._socket.send_json({"id": number, "method": method, "params": parameters})
        while (message := await self._next()).get("id") != number:
            pass
        assert "error" not in message, message
        result: dict[str, Any] = message["result"]
        return result

    async def _until(self, event: str) -> None:
        while (await self._next()).get("method") != event:
            pass

    async def _next(self) -> dict[str, Any]:
        message: dict[str, Any] = await self._socket.receive_json(timeout=30)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        return message


@asynccontextmanager
async def opened_page(profile: Path) -> AsyncIterator[Page]:
    """Open Chromium with an empty page; what it keeps goes to the folder `profile`."""
    command = [str(chromium()), *FLAGS, f"--user-data-dir={profile}", "about:blank"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as browser:  # noqa: ASYNC220 - it is there at once
        try:
            assert browser.stderr
            line = next(line for line in browser.stderr if line.startswith(LISTENING))
            host = line.removeprefix(LISTENING).partition("/")[0]
            async with aiohttp.ClientSession() as session:
                async with session.get(f"http://{host}/json/list") as answer:
                    pages = [found for found in await answer.json() if found["type"] == "page"]
                async with session.ws_connect(pages[0]["webSocketDebuggerUrl"], max_msg_size=0) as socket:
                    yield await Page(socket).ready()
        finally:
            browser.kill()
