"""What Discord is told of the commands, and when it must be told anew."""

from __future__ import annotations

from typing import Any

import discord
import pytest
from discord import app_commands

from bot.discord import command_sync
from bot.discord.client import INTENTS


async def greet(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.pong()


async def digest_of(tree: app_commands.CommandTree[Any]) -> str:
    return command_sync.digest_of(tree.client.application_id, await command_sync.told_commands(tree))


def tree_of(**options: Any) -> app_commands.CommandTree[Any]:
    tree = app_commands.CommandTree(discord.Client(intents=INTENTS))
    told = {"name": "greet", "description": "Say hello", **options}
    tree.add_command(app_commands.Command(callback=greet, **told))
    return tree


async def test_the_same_commands_have_the_same_digest() -> None:
    assert await digest_of(tree_of()) == await digest_of(tree_of())


CHANGES: dict[str, dict[str, Any]] = {
    "another description": {"description": "Say goodbye"},
    "other places": {"allowed_contexts": app_commands.AppCommandContext(guild=True)},
    "other ways to add it": {"allowed_installs": app_commands.AppInstallationType(user=True)},
    "for adults": {"nsfw": True},
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
async def test_what_discord_would_be_told_otherwise_has_another_digest(change: dict[str, Any]) -> None:
    assert await digest_of(tree_of()) != await digest_of(tree_of(**change))


async def test_the_places_that_the_tree_allows_count() -> None:
    elsewhere = tree_of()
    elsewhere.allowed_contexts = app_commands.AppCommandContext(guild=True, dm_channel=True)

    assert await digest_of(tree_of()) != await digest_of(elsewhere)


async def test_the_words_in_every_language_count(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = [await digest_of(tree_of())]
    for german in ("gruss", "servus"):
        words = {"Say hello": german}
        monkeypatch.setattr("bot.discord.translator.said", lambda said, _, words=words, **__: words.get(said))
        digests.append(await digest_of(tree_of()))

    assert len(set(digests)) == 3
