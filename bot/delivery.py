"""Gets pages to where they were asked for, in time, and knows which are still on their way."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, Self
from weakref import WeakValueDictionary

import discord
from discord.utils import MISSING

from bot.arrivals import writer
from bot.embeds import embed_of, file_of
from bot.locales import speaking
from bot.pages import notes
from bot.pages.page import Form
from bot.silences import Silences
from bot.views import modal_of, view_of

if TYPE_CHECKING:
    from collections.abc import Coroutine, Iterator

    from bot.pages.page import Page

TOLD = 60.0  # seconds until somebody who asks too much by messages is told so again
FORBIDDEN = 300.0  # seconds until the bot tries again to write where it may not
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
        self.told = Silences(TOLD)
        self.forbidden = Silences(FORBIDDEN)
        self._writing: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._on_their_way = 0
        self._landed = asyncio.Event()
        self._landed.set()

    async def respond(
        self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page], *, private: bool
    ) -> None:
        """Answer a command, a menu entry or a button with a new message, seen by one person alone where `private`."""
        with self._on_its_way(), speaking(_language(interaction, private=private)):
            page, deferred = await self._in_time(interaction, self._unless_closing(work), private=private)
            parts: dict[str, Any] = {"embed": embed_of(page), "view": view_of(page) or MISSING}
            if page.attachment:
                parts["file"] = file_of(page.attachment)
            if deferred:
                await interaction.followup.send(**parts, ephemeral=private)
            else:
                await interaction.response.send_message(**parts, ephemeral=private or page.private)

    async def open(self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page | Form]) -> None:
        """Answer a button with a form to fill in, or with a page for one person alone that says why there is none."""
        with self._on_its_way(), speaking(_language(interaction, private=True)):
            match await work:
                case Form() as form:
                    await interaction.response.send_modal(modal_of(form))
                case page:
                    await interaction.response.send_message(
                        embed=embed_of(page), view=view_of(page) or MISSING, ephemeral=True
                    )

    async def turn(self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page]) -> None:
        """Put a page in the place of the one whose button was pressed, which only its reader sees."""
        with self._on_its_way(), speaking(_language(interaction, private=True)):
            task = asyncio.ensure_future(work)
            await asyncio.wait({task}, timeout=self.patience)
            if task.done():
                page = await task
                await interaction.response.edit_message(embed=embed_of(page), view=view_of(page))
                return
            await interaction.response.defer()
            page = await task
            await interaction.edit_original_response(embed=embed_of(page), view=view_of(page))

    async def reply(self, message: discord.Message, work: Coroutine[Any, Any, Page]) -> None:
        """Answer a message; its author is not pinged by that.

        Where the bot may not write, it tries again after a while, not with each message. What is for one person alone
        everybody sees in a channel, so it is said there but now and then.
        """
        if message.channel.id in self.forbidden:
            work.close()
            return
        with self._on_its_way(), speaking(writer(message).locale):
            page = await self._unless_closing(work)
            if page.private:
                if message.author.id in self.told:
                    return
                self.told.add(message.author.id)
            await self._send(message, page)

    async def _send(self, message: discord.Message, page: Page) -> None:
        # One after the other: so the first that is forbidden keeps the others from trying.
        async with self._writing.setdefault(message.channel.id, asyncio.Lock()):
            if message.channel.id in self.forbidden:
                return
            try:
                await message.channel.send(
                    embed=embed_of(page),
                    view=view_of(page) or MISSING,
                    reference=Reference.to(message),
                    mention_author=False,
                )
            except discord.Forbidden:
                self.forbidden.add(message.channel.id)
                raise

    async def all_landed(self) -> None:
        """Wait until every page that was begun is delivered."""
        await self._landed.wait()

    async def _in_time(
        self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page], *, private: bool
    ) -> tuple[Page, bool]:
        task = asyncio.ensure_future(work)
        await asyncio.wait({task}, timeout=self.patience)
        is_late = not task.done()
        if is_late:
            await interaction.response.defer(ephemeral=private, thinking=True)
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
