"""Gets pages to where they were asked for, in time, and knows which are still on their way."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar

import aiohttp
import discord
from discord.utils import MISSING

from bot.discord.callers import writer
from bot.discord.components import modal_of, upload_modal_of, view_of
from bot.discord.embeds import embed_of, files_of
from bot.discord.expiring_set import ExpiringSet
from bot.discord.forbidden_channels import ForbiddenChannels
from bot.discord.interaction_requests import retry_after
from bot.i18n import speaking
from bot.pages import help_pages, notices
from bot.pages.page import Form, UploadForm

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine, Iterator

    from bot.pages.page import Page

TOLD = 60.0  # seconds until somebody who asks too much by messages is told so again
PATIENCE = 1.5  # seconds; Discord forgets an interaction that nobody took up within 3
AGAIN = (1.0, 3.0, 5.0)  # seconds until a message is sent again that could not be
LONGEST = 60.0  # seconds that a limit may hold for an answer to wait for its end
# discord.py itself tries again at Discord's other errors, and at limits that are Discord's own and not a proxy's.
UNAVAILABLE, LIMITED = 503, 429


Made = TypeVar("Made")


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

    `patience` is how many seconds a page may take before Discord is told that it will come; `pause` sleeps for so
    many seconds. `language_of` gives the language that a server chose for what everybody in it reads, None where it
    chose none. `sent` is told of each answer that was sent: the id of its row, and that of the message.
    """

    def __init__(
        self,
        *,
        patience: float = PATIENCE,
        channels: ForbiddenChannels | None = None,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        language_of: Callable[[int], Awaitable[str | None]] | None = None,
    ) -> None:
        self.patience = patience
        self.channels = channels or ForbiddenChannels()
        self.pause = pause
        self.language_of = language_of
        self.sent: Callable[[str, int], Awaitable[None]] | None = None
        self.closing = False
        self.told = ExpiringSet(TOLD)
        self._on_their_way = 0
        self._landed = asyncio.Event()
        self._landed.set()

    async def respond(
        self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page], *, private: bool
    ) -> None:
        """Answer a command, a menu entry or a button with a new message, seen by one person alone where `private`."""
        with self._on_its_way():
            defer = partial(interaction.response.defer, ephemeral=private, thinking=True)
            # The language is looked up within the time that the page may take: that takes time, too.
            (locale, page), deferred = await self._in_time(self._said(interaction, work, private=private), defer)
            await self._answer(interaction, page, locale, deferred=deferred, private=private)

    async def _answer(
        self, interaction: discord.Interaction[Any], page: Page, locale: str, *, deferred: bool, private: bool
    ) -> None:
        with speaking(locale):
            files = files_of(page)
            if deferred:
                # Sent twice where Discord fails, this is still one message; a follow-up would be two.
                edit = interaction.edit_original_response
                message: Any = await edit(embed=embed_of(page), view=view_of(page), attachments=files)
            else:
                message = await interaction.response.send_message(
                    embed=embed_of(page), view=view_of(page) or MISSING, files=files, ephemeral=private or page.private
                )
        await self._note(page, message)

    async def _note(self, page: Page, sent: discord.InteractionCallbackResponse[Any] | discord.Message | None) -> None:
        """Have it noted which message shows an answer; its reader has it already."""
        message = sent.message_id if isinstance(sent, discord.InteractionCallbackResponse) else sent and sent.id
        if self.sent and page.row and message:
            await self.sent(page.row, message)

    async def open(
        self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page | Form | UploadForm]
    ) -> None:
        """Answer a button with a form to fill in, or with a page for one person alone that says why there is none."""
        with self._on_its_way(), speaking(interaction.locale.value):
            match await work:
                case Form() as form:
                    await interaction.response.send_modal(modal_of(form))
                case UploadForm() as form:
                    await interaction.response.send_modal(upload_modal_of(form))
                case page:
                    await interaction.response.send_message(
                        embed=embed_of(page), view=view_of(page) or MISSING, ephemeral=True
                    )

    async def delete(self, interaction: discord.Interaction[Any], refusal: Coroutine[Any, Any, Page | None]) -> bool:
        """Delete the message whose button was pressed; not where `refusal` gives a page that says why. If it is."""
        return await self._unless_refused(interaction, refusal, partial(_delete, interaction))

    async def replace_buttons(
        self, interaction: discord.Interaction[Any], refusal: Coroutine[Any, Any, Page | None], page: Callable[[], Page]
    ) -> bool:
        """Put the buttons of a page in the place of those that were there, unless that is refused. If it is."""

        async def edit() -> None:
            with speaking(await self._locale(interaction, private=False)):
                await interaction.response.edit_message(view=view_of(page()))

        return await self._unless_refused(interaction, refusal, edit)

    async def _unless_refused(
        self,
        interaction: discord.Interaction[Any],
        refusal: Coroutine[Any, Any, Page | None],
        act: Callable[[], Awaitable[object]],
    ) -> bool:
        with self._on_its_way(), speaking(interaction.locale.value):
            if page := await refusal:
                await interaction.response.send_message(embed=embed_of(page), ephemeral=True)
                return False
            try:
                await act()
            except (discord.NotFound, discord.Forbidden):
                await interaction.followup.send(embed=embed_of(notices.cannot_be_deleted()), ephemeral=True)
                return False
            return True

    async def turn(self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page]) -> None:
        """Put a page in the place of the one whose button was pressed, which only its reader sees."""
        with self._on_its_way(), speaking(interaction.locale.value):
            page, deferred = await self._in_time(work, interaction.response.defer)
            edit = interaction.edit_original_response if deferred else interaction.response.edit_message
            await edit(embed=embed_of(page), view=view_of(page), attachments=files_of(page))

    async def reply(self, message: discord.Message, work: Coroutine[Any, Any, Page | None]) -> None:
        """Answer a message, but not where the bot may not write; its author is not pinged by that.

        Where there is no page nothing is said. What is for one person alone everybody sees in a channel, so it is
        said there but now and then.
        """
        if self.channels.is_forbidden(message.channel.id):
            work.close()
            return
        caller = writer(message)
        with self._on_its_way(), speaking(await self._chosen(caller.guild) or caller.locale):
            page = await self._unless_closing(work)
            if page is None:
                return
            if page.private:
                if message.author.id in self.told:
                    return
                self.told.add(message.author.id)
            await self.send(message, page)

    async def send(self, message: discord.Message, page: Page) -> None:
        """Send a page as the one answer to a message, also where it is sent twice."""
        guild = message.guild.id if message.guild else None
        async with self.channels.turn(message.channel.id, guild) as is_allowed:
            for pause in (*AGAIN, None) if is_allowed else ():
                try:
                    await self._send(message, page)
                except (discord.HTTPException, aiohttp.ClientError) as error:
                    wait = _until_again(error)
                    if pause is None or wait is None:
                        raise
                    await self.pause(max(pause, wait))
                else:
                    return

    async def _send(self, message: discord.Message, page: Page) -> None:
        sent = await message.channel.send(
            embed=embed_of(page),
            view=view_of(page) or MISSING,
            reference=Reference.to(message),
            mention_author=False,
            nonce=message.id,  # by which Discord knows the same answer again
        )
        await self._note(page, sent)

    async def all_landed(self) -> None:
        """Wait until every page that was begun is delivered."""
        await self._landed.wait()

    async def _said(
        self, interaction: discord.Interaction[Any], work: Coroutine[Any, Any, Page], *, private: bool
    ) -> tuple[str, Page]:
        """The language in which a page is to be read, and the page in it."""
        locale = await self._locale(interaction, private=private)
        with speaking(locale):
            return locale, await self._unless_closing(work)

    async def _in_time(
        self, work: Coroutine[Any, Any, Made], defer: Callable[[], Awaitable[object]]
    ) -> tuple[Made, bool]:
        """What is made, and whether Discord had to be told that it will come."""
        task = asyncio.ensure_future(work)
        await asyncio.wait({task}, timeout=self.patience)
        is_late = not task.done()
        if is_late:
            await defer()
        return await task, is_late

    async def _locale(self, interaction: discord.Interaction[Any], *, private: bool) -> str:
        """What one person reads is in their language; what a server reads is in the server's."""
        if private:
            return interaction.locale.value
        return await self._chosen(interaction.guild_id) or (interaction.guild_locale or interaction.locale).value

    async def _chosen(self, guild: int | None) -> str | None:
        return await self.language_of(guild) if self.language_of and guild is not None else None

    async def _unless_closing(self, work: Coroutine[Any, Any, Made]) -> Made | Page:
        if self.closing:
            work.close()
            return help_pages.leaving()
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


async def _delete(interaction: discord.Interaction[Any]) -> None:
    await interaction.response.defer()
    await interaction.delete_original_response()


def _until_again(error: discord.HTTPException | aiohttp.ClientError) -> float | None:
    """For how many seconds at least it is of no use to send a message again; None where it is of no use at all."""
    match error:
        case discord.HTTPException(status=status) if status == LIMITED:
            wait = retry_after(error.response) or 0.0
            return wait if wait <= LONGEST else None
        case discord.HTTPException(status=status) if status != UNAVAILABLE:
            return None
        case _:
            return 0.0
