"""Tells Discord of the commands when they have changed, and only then: it takes 200 new ones a day and server."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import discord

from bot.config.errors import LogError
from bot.discord.translator import payload_of
from bot.services.process_group import SYNCING, holds

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from discord import app_commands

    from bot.store.leases import Leases

logger = logging.getLogger(__name__)


class CommandSync:
    """Remembers in a file which commands Discord has. With `force`, it is told once whatever the file says.

    Of processes that have `leases` in common, one tells Discord, and what it told is remembered with them.
    """

    def __init__(self, file: Path, *, force: bool = False, leases: Leases | None = None) -> None:
        self.file = file
        self.force = force
        self.leases = leases

    async def sync(self, tree: app_commands.CommandTree[Any]) -> bool:
        """Tell Discord of the commands where that is needed; whether it was.

        Where Discord does not take them, the bot serves with those that Discord has, and tries at the next start.
        """
        if not await asyncio.to_thread(holds, self.leases, SYNCING):
            logger.info("Another process tells Discord of the commands.")
            return False
        try:
            return await self._sync(tree)
        except LogError as error:
            logger.warning("Discord may not know the commands of today: %s", error)
            return False
        finally:
            if self.leases:
                with suppress(LogError):
                    await asyncio.to_thread(self.leases.drop, SYNCING)

    async def _sync(self, tree: app_commands.CommandTree[Any]) -> bool:
        commands = await told_commands(tree)
        digest = digest_of(tree.client.application_id, commands)
        if not self.force and digest == await asyncio.to_thread(self._last):
            return False
        try:
            await tree.client.http.bulk_upsert_global_commands(tree.client.application_id or 0, payload=commands)
        except discord.HTTPException as error:
            logger.error("Discord did not take the commands (%s); it keeps those it has.", type(error).__name__)  # noqa: TRY400 - one line is enough
            return False
        self.force = False
        await asyncio.to_thread(self._remember, digest)
        logger.info("Told Discord of %d commands.", len(commands))
        return True

    def _last(self) -> str:
        if self.leases:
            return self.leases.recall(self.file.name)
        try:
            return self.file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _remember(self, digest: str) -> None:
        if self.leases:
            self.leases.remember(self.file.name, digest)
            return
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.file.write_text(digest + "\n", encoding="ascii")
        except OSError as error:
            logger.warning("Cannot note in %s that the commands are synced: %s.", self.file, error.strerror or error)


async def told_commands(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """All commands as Discord is told of them: their words in all languages, and where and by whom they can be used."""
    payloads = [await payload_of(command, tree) for command in tree.get_commands()]
    return sorted(payloads, key=lambda it: (it["type"], it["name"]))


def digest_of(application: int | None, commands: Sequence[Mapping[str, Any]]) -> str:
    """Make a digest of all commands as Discord is told of them, and of the application they are for."""
    told = json.dumps([application, commands], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()
