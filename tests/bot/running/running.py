"""A runner whose pauses take no time, and an answerer that answers when it is let go."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Any

from bot.discord.client import Quoth
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.discord.runner import Runner
from bot.discord.session_limits import Sessions
from bot.handlers import Reception
from tests.counting import PATIENCE

if TYPE_CHECKING:
    from pathlib import Path

    from bot.services.question_service import Desk
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Reply

TOKEN = "MTAwMA.made-up.token-of-nobody"
QUESTION = "When was Fallujah lost?"


class Running:
    """Serves a desk from the start.

    `pauses` are those between two clients, `again` those before an answer is tried again. `patience` is how many
    seconds a page may take until it is announced; by default no test is so slow, however busy its machine is.
    """

    def __init__(
        self, desk: Desk, folder: Path, *, sessions: Sessions | None = None, patience: float = PATIENCE
    ) -> None:
        self.pauses: list[float] = []
        self.again: list[float] = []
        self.stop = asyncio.Event()
        self.clients: list[Quoth] = []
        sessions = sessions or Sessions()

        def client() -> Quoth:
            delivery = Delivery(patience=patience, pause=_noted(self.again))
            reception = Reception(desk, asker=str)
            syncing = CommandSync(folder / "commands")
            made = Quoth(reception, delivery, syncing, sessions=sessions, shards=None)
            made._connection.guild_ready_timeout = 0.0  # no waiting for servers that might still be told
            self.clients.append(made)
            return made

        self.runner = Runner(client, TOKEN, sessions, pause=_noted(self.pauses))
        self.task = asyncio.create_task(self.runner.run(self.stop))

    async def stopped(self) -> None:
        """Stop it; what ended it before is not said again."""
        self.stop.set()
        await asyncio.wait({self.task})


def _noted(pauses: list[float]) -> Any:
    async def pause(seconds: float) -> None:
        pauses.append(seconds)
        assert len(pauses) < 20

    return pause


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
        assert self.go.wait(PATIENCE)
        return self._answer(question, **how)

    async def begun(self) -> None:
        """Wait until a question has come."""
        assert await asyncio.to_thread(self.asked.wait, PATIENCE)
