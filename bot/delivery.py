"""Gets pages to where they were asked for, in time, and knows which are still on their way."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Self

import discord
from discord.utils import MISSING

from bot.arrivals import writer
from bot.embeds import embed_of
from bot.locales import speaking
from bot.pages import notes
from bot.views import view_of

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

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

    `patience` is how many seconds a page may take before Discord is told that it will come. `language_of` gives the
    language that a server chose for what everybody in it reads, None where it chose none.
    """

    def __init__(
        self, *, patience: float = PATIENCE, language_of: Callable[[int], Awaitable[str | None]] | None = None
    ) -> None:
        self.patience = patience
        self.language_of = language_of
        self.closing = False
        self._on_their_way = 0
        self._landed = asyncio.Event()
        self._landed.set()

    async def respond(
        self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page], *, private: bool
    ) -> None:
        """Answer a command, a menu entry or a button with a new message, seen by one person alone where `private`."""
        locale = interaction.locale.value
        if not private:  # what a server reads is in the server's language
            locale = await self._chosen(interaction.guild_id) or (interaction.guild_locale or interaction.locale).value
        with self._on_its_way(), speaking(locale):
            defer = partial(interaction.response.defer, ephemeral=private, thinking=True)
            page, deferred = await self._in_time(self._unless_closing(work), defer)
            view = view_of(page) or MISSING
            private = private or page.private
            if deferred:
                await interaction.followup.send(embed=embed_of(page), view=view, ephemeral=private)
            else:
                await interaction.response.send_message(embed=embed_of(page), view=view, ephemeral=private)

    async def turn(self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page]) -> None:
        """Put a page in the place of the one whose button was pressed, which only its reader sees."""
        with self._on_its_way(), speaking(interaction.locale.value):
            page, deferred = await self._in_time(work, interaction.response.defer)
            if deferred:
                await interaction.edit_original_response(embed=embed_of(page), view=view_of(page))
            else:
                await interaction.response.edit_message(embed=embed_of(page), view=view_of(page))

    async def reply(self, message: discord.Message, work: Coroutine[Any, Any, Page]) -> None:
        """Answer a message; its author is not pinged by that."""
        caller = writer(message)
        locale = await self._chosen(caller.guild) or caller.locale
        with self._on_its_way(), speaking(locale):
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
        self, work: Coroutine[Any, Any, Page], defer: Callable[[], Awaitable[object]]
    ) -> tuple[Page, bool]:
        """The page, and whether Discord had to be told that it will come."""
        task = asyncio.ensure_future(work)
        await asyncio.wait({task}, timeout=self.patience)
        is_late = not task.done()
        if is_late:
            await defer()
        return await task, is_late

    async def _chosen(self, guild: int | None) -> str | None:
        return await self.language_of(guild) if self.language_of and guild is not None else None

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
