"""Tells Discord of the commands when they have changed, and only then: it takes 200 new ones a day and server."""

from __future__ import annotations

import hashlib
import json
import logging
from typing import TYPE_CHECKING, Any

import discord

if TYPE_CHECKING:
    from pathlib import Path

    from discord import app_commands

logger = logging.getLogger(__name__)


class Syncing:
    """Remembers in a file which commands Discord has. With `force`, it is told once whatever the file says."""

    def __init__(self, file: Path, *, force: bool = False) -> None:
        self.file = file
        self.force = force

    async def sync(self, tree: app_commands.CommandTree[Any]) -> bool:
        """Tell Discord of the commands where that is needed; whether it was.

        Where Discord does not take them, the bot serves with those that Discord has, and tries at the next start.
        """
        digest = await digest_of(tree)
        if not self.force and digest == self._last():
            return False
        try:
            await tree.sync()
        except (discord.HTTPException, discord.app_commands.CommandSyncFailure) as error:
            logger.error("Discord did not take the commands (%s); it keeps those it has.", type(error).__name__)  # noqa: TRY400 - one line is enough
            return False
        self.force = False
        self._remember(digest)
        logger.info("Told Discord of %d commands.", len(tree.get_commands()))
        return True

    def _last(self) -> str:
        try:
            return self.file.read_text(encoding="ascii").strip()
        except (OSError, UnicodeDecodeError):
            return ""

    def _remember(self, digest: str) -> None:
        try:
            self.file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.file.write_text(digest + "\n", encoding="ascii")
        except OSError as error:
            logger.warning("Cannot note in %s that the commands are synced: %s.", self.file, error.strerror or error)


async def digest_of(tree: app_commands.CommandTree[Any]) -> str:
    """Make a digest of all commands as Discord is told of them, and of the application they are for."""
    commands = sorted(await payloads(tree), key=lambda it: (it["type"], it["name"]))
    told = json.dumps([tree.client.application_id, commands], sort_keys=True, default=str)
    return hashlib.sha256(told.encode()).hexdigest()


async def payloads(tree: app_commands.CommandTree[Any]) -> list[dict[str, Any]]:
    """Give what Discord is told of each command: its words in every language, and where and by whom it can be used."""
    translator = tree.translator
    if translator is None:
        return [command.to_dict(tree) for command in tree.get_commands()]
    return [await command.get_translated_payload(tree, translator) for command in tree.get_commands()]
