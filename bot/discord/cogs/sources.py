"""`/sources`: what the bot has read, and for editors what it is to read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.callers import presser
from bot.discord.components.listeners import on
from bot.discord.incoming_files import incoming
from bot.pages.actions import Press, Send

if TYPE_CHECKING:
    from bot.discord.cogs import Services
    from bot.discord.components import SentUpload

Name = app_commands.Range[str, 1, 100]
ShortName = app_commands.Range[str, 1, 40]
Address = app_commands.Range[str, 1, 1000]


class SourcesCog(commands.GroupCog, group_name="sources", group_description="The sources that answers are quoted from"):
    """Shows the sources to whoever asks, and to nobody else."""

    def __init__(self, services: Services) -> None:
        self.reception = services.reception
        self.delivery = services.delivery
        self.changes = services.reception.source_changes

    @app_commands.command(name="list", description="All sources by name")
    async def list_all(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.reception.sources.page(presser(interaction)), private=True)

    @app_commands.command(description="One source: its date, its author, its first lines")
    @app_commands.describe(name="The source's name")
    async def show(self, interaction: discord.Interaction[Any], name: str) -> None:
        await self.delivery.respond(interaction, self.reception.sources.one(name, presser(interaction)), private=True)

    @show.autocomplete("name")
    async def names(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        found = await self.reception.sources.choices(typed, presser(interaction))
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @app_commands.command(description="For editors: add a source, which I read at once and show you first")
    @app_commands.describe(
        file="A file; if you give neither this nor an address, a form opens",
        address="Where it is in the web; without a file, I fetch it from there",
        name="What it is called in answers",
        date="The day that it is of, such as 2026-03-31",
        collection="The collection that it belongs to",
    )
    async def add(
        self,
        interaction: discord.Interaction[Any],
        file: discord.Attachment | None = None,
        address: Address | None = None,
        name: Name | None = None,
        date: ShortName | None = None,
        collection: ShortName | None = None,
    ) -> None:
        caller = presser(interaction)
        if not file and not address:
            await self.delivery.open(interaction, self.changes.form(caller))
            return
        lines = {"address": address or "", "name": name or "", "date": date or "", "collection": collection or ""}
        page = self.changes.offer(caller, incoming(interaction, file), lines)
        await self.delivery.respond(interaction, page, private=True)

    @app_commands.command(description="For editors: put another file in the place of a source")
    @app_commands.describe(
        source="The source to replace",
        file="The new file; if you give neither this nor an address, a form opens",
        address="Where to fetch the new file from",
    )
    async def replace(
        self,
        interaction: discord.Interaction[Any],
        source: str,
        file: discord.Attachment | None = None,
        address: Address | None = None,
    ) -> None:
        caller = presser(interaction)
        if not file and not address:
            await self.delivery.open(interaction, self.changes.replace_form(caller, source))
            return
        page = self.changes.offer_instead(caller, source, incoming(interaction, file), {"address": address or ""})
        await self.delivery.respond(interaction, page, private=True)

    @app_commands.command(description="For editors: give a source another name, or move it to another collection")
    @app_commands.describe(source="The source", name="Its new name", collection="Its new collection")
    async def rename(
        self, interaction: discord.Interaction[Any], source: str, name: Name, collection: ShortName | None = None
    ) -> None:
        page = self.changes.rename(presser(interaction), source, name, collection or "")
        await self.delivery.respond(interaction, page, private=True)

    @app_commands.command(description="For editors: remove a source; for thirty days you can bring it back")
    @app_commands.describe(source="The source to remove")
    async def remove(self, interaction: discord.Interaction[Any], source: str) -> None:
        await self.delivery.respond(interaction, self.changes.remove(presser(interaction), source), private=True)

    @app_commands.command(description="For editors: what was added, changed and removed, by whom and when")
    async def history(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.changes.history(presser(interaction)), private=True)

    @app_commands.command(description="For editors: look at all sources again, now")
    async def reload(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.changes.reload(presser(interaction)), private=True)

    @replace.autocomplete("source")
    @rename.autocomplete("source")
    @remove.autocomplete("source")
    async def added(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        found = await self.changes.choices(presser(interaction), typed)
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @on(Send.SOURCE)
    async def on_send_source(self, interaction: discord.Interaction[Any], sent: SentUpload) -> None:
        file = incoming(interaction, sent.file)
        page = self.changes.sent(presser(interaction), sent.argument, file, sent.lines)
        await self.delivery.respond(interaction, page, private=True)

    @on(Press.KEEP)
    async def on_press_keep(self, interaction: discord.Interaction[Any], token: str) -> None:
        await self.delivery.turn(interaction, self.changes.keep(presser(interaction), token))

    @on(Press.DISCARD)
    async def on_press_discard(self, interaction: discord.Interaction[Any], token: str) -> None:
        await self.delivery.turn(interaction, self.changes.discard(presser(interaction), token))

    @on(Press.WOULD)
    async def on_press_would(self, interaction: discord.Interaction[Any], token: str) -> None:
        await self.delivery.respond(interaction, self.changes.would_change(presser(interaction), token), private=True)

    @on(Press.RESTORE)
    async def on_press_restore(self, interaction: discord.Interaction[Any], number: str) -> None:
        await self.delivery.turn(interaction, self.changes.restore(presser(interaction), number))

    @on(Press.CHANGES)
    async def on_press_changes(self, interaction: discord.Interaction[Any], before: str) -> None:
        await self.delivery.turn(interaction, self.changes.history(presser(interaction), before))

    @on(Press.SOURCES)
    async def on_press_sources(self, interaction: discord.Interaction[Any], number: str) -> None:
        await self.delivery.turn(interaction, self.reception.sources.turned(presser(interaction), number))

    @on(Press.TEXT)
    async def on_press_text(self, interaction: discord.Interaction[Any], sha256: str) -> None:
        await self.delivery.respond(
            interaction, self.reception.sources.text(presser(interaction), sha256), private=True
        )
