"""Gets pages to where they were asked for, in time, and knows which are still on their way."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.utils import MISSING

from bot.arrivals import writer
from bot.embeds import embed_of, files_of
from bot.locales import speaking
from bot.pages import notes
from bot.views import view_of

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from bot.pages.page import Page

PATIENCE = 1.5  # seconds; Discord forgets an interaction that nobody took up within 3


class Reference(discord.MessageReference):
    """A reply's reference with ids as strings, as Discord describes it; discord.py writes numbers."""

    @classmethod
    def to(cls, message: discord.Message) -> Self:
        # The answer is given even if the question was deleted since.
        return cls(message_id=message.id, channel_id=message.channel.id, fail_if_not_exists=False)

    def to_dict(self) -> Any:
        return {key: str(value) if key.endswith("_id") else value for key, value in super().to_dict().items()}

    to_message_reference_dict = to_dict


class Delivery:
    """Answers interactions and messages with pages. Once `closing`, nothing new is begun.

    `patience` is how many seconds a page may take before Discord is told that it will come.
    """

    def __init__(self, *, patience: float = PATIENCE) -> None:
        self.patience = patience
        self.closing = False
        self._on_their_way = 0
        self._landed = asyncio.Event()
        self._landed.set()

    async def respond(
        self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page], *, private: bool
    ) -> None:
        """Answer a command, a menu entry or a button with a new message, seen by one person alone where `private`."""
        with self._on_its_way(), speaking(_language(interaction, private=private)):
            page, deferred = await self._in_time(interaction, self._unless_closing(work), private=private)
            view, files = view_of(page) or MISSING, files_of(page)
            if deferred:
                await interaction.followup.send(embed=embed_of(page), view=view, files=files, ephemeral=private)
            else:
                await interaction.response.send_message(embed=embed_of(page), view=view, files=files, ephemeral=private)

    async def turn(self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page]) -> None:
        """Put a page in the place of the one whose button was pressed, which only its reader sees."""
        with self._on_its_way(), speaking(_language(interaction, private=True)):
            page, deferred = await self._in_time(interaction, work, private=True, instead=True)
            edit = interaction.edit_original_response if deferred else interaction.response.edit_message
            await edit(embed=embed_of(page), view=view_of(page), attachments=files_of(page))

    async def reply(self, message: discord.Message, work: Coroutine[Any, Any, Page]) -> None:
        """Answer a message; its author is not pinged by that."""
        with self._on_its_way(), speaking(writer(message).locale):
            page = await self._unless_closing(work)
            await message.channel.send(
                embed=embed_of(page),
                view=view_of(page) or MISSING,
                reference=Reference.to(message),
                mention_author=False,
            )

    async def all_landed(self) -> None:
        """Wait until every page that was begun is delivered."""
        await self._landed.wait()

    async def _in_time(
        self,
        interaction: discord.Interaction[Any],
        work: Coroutine[Any, Any, Page],
        *,
        private: bool,
        instead: bool = False,
    ) -> tuple[Page, bool]:
        """Wait for a page; once that takes long, tell Discord that it will come, `instead` of the one that is there."""
        task = asyncio.ensure_future(work)
        await asyncio.wait({task}, timeout=self.patience)
        is_late = not task.done()
        if is_late:
            await interaction.response.defer(ephemeral=private, thinking=not instead)
        return await task, is_late

    async def _unless_closing(self, work: Coroutine[Any, Any, Page]) -> Page:
        if self.closing:
            work.close()
            return notes.leaving()
        return await work

    @contextmanager
    def _on_its_way(self) -> Iterator[None]:
        self._on_their_way += 1
        self._landed.clear()
        try:
            yield
        finally:
            self._on_their_way -= 1
            if not self._on_their_way:
                self._landed.set()


def _language(interaction: discord.Interaction[Any], *, private: bool) -> str:
    """What one person reads is in their language; what a server reads is in the server's."""
    locale = interaction.locale if private else interaction.guild_locale or interaction.locale
    return locale.value
