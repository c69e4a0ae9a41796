"""The real bot over the project's own articles, in SimCord: discord.py itself, a Discord that is simulated.

Every request that the bot makes in these tests is checked against Discord's own description of its API, where that
file lies beside the checkout.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

import discord
import pytest

from bot.discord.client import Quoth
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.handlers import Reception
from bot.services.question_service import Desk
from bot.services.retention.data_subjects import DataSubjects
from bot.services.sources.address_fetch import AddressFetcher
from bot.services.sources.source_desk import SourceDesk
from bot.services.sources.source_store import SourceStore
from bot.store.preferences import Server
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.preferences import SqlitePreferences
from bot.store.sqlite.query_log import SqliteQueryLog
from bot.store.sqlite.source_history import SqliteSourceHistory
from retrieval.answer.answerer import Answerer
from retrieval.index.corpus import Corpus
from retrieval.index.writer.update import changed
from retrieval.ingestion.source_folders import AddedFolder, look_in
from tests.bot.discord.scene import Scene
from tests.bot.openapi import DESCRIPTION, Description

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator
    from pathlib import Path

    import simcord

    from retrieval.index.writer.update import LibraryChange


@pytest.fixture(scope="session")
def description() -> Description | None:
    """Read Discord's own description of its API, once; None where it does not lie beside the checkout."""
    return Description(DESCRIPTION) if DESCRIPTION.is_file() else None


@pytest.fixture
async def desk(answerer: Answerer, tmp_path: Path) -> AsyncIterator[Desk]:
    log = await SqliteQueryLog.open(tmp_path / "quoth.db")
    yield Desk(answerer, log)
    await log.close()


async def no_time(_: float) -> None:
    """Pass a pause at once."""


@pytest.fixture
def source_desk(desk: Desk, tmp_path: Path) -> SourceDesk:
    """Make where editors bring sources; what is added is read beside the project's own articles."""
    store = SourceStore(tmp_path, SqliteSourceHistory(tmp_path))

    def refresh(answerer: Answerer) -> tuple[Answerer, LibraryChange]:
        library = replace(answerer.library, added=AddedFolder(store.folder))
        old = answerer.corpus
        before = Corpus(library, old.analyzer, old.parts, old.vocabulary, old.release)
        corpus, change = changed(before, look_in(library.folders))
        return (Answerer(corpus.library, corpus=corpus), change) if any(change) else (answerer, change)

    return SourceDesk(desk, store, AddressFetcher(), refresh)


@pytest.fixture
def new_bot(desk: Desk, source_desk: SourceDesk, tmp_path: Path) -> Callable[[], Quoth]:
    """Make the bot as it is after a start of the program: nothing but the data folder remains."""

    def made() -> Quoth:
        preferences = SqlitePreferences(tmp_path / "quoth.db")
        reception = Reception(
            desk,
            asker=lambda user: f"asker-{user}",
            preferences=preferences,
            persons=DataSubjects(SqliteLogMaintenance(tmp_path / "quoth.db"), pause=no_time),
            added=source_desk,
        )
        delivery = Delivery(language_of=reception.questions.rules.language)
        return Quoth(reception, delivery, CommandSync(tmp_path / "commands.sha256"))

    return made


@pytest.fixture
async def simcord_bot(new_bot: Callable[[], Quoth]) -> Quoth:
    return new_bot()


@pytest.fixture(autouse=True)
def checked(simcord_env: simcord.Env, description: Description | None) -> Iterator[None]:
    """Check at the end all that the bot sent."""
    yield
    if description:
        for sent in simcord_env.http_requests:
            description.check(sent.method, sent.path, params=sent.params, body=sent.json)


@pytest.fixture
async def scene(simcord_env: simcord.Env) -> Scene:
    guild = simcord_env.create_guild()
    bot = cast("Quoth", simcord_env.bot)
    await bot.reception.settings.preferences.change(guild.id, lambda _: Server(told=True))  # as it is after one answer
    user = simcord_env.create_user("ann")
    return Scene(
        env=simcord_env,
        guild=guild,
        channel=guild.create_text_channel("general"),
        user=user,
        ann=guild.add_member(user),
        ben=guild.add_member(simcord_env.create_user("ben")),
    )


@pytest.fixture
def manager(scene: Scene) -> simcord.MemberActor:
    """Mia, who may manage the server."""
    role = scene.guild.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
    return scene.guild.add_member(scene.env.create_user("mia"), roles=[role])
