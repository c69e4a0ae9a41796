"""Tells people, once, that a source answers what they asked in vain."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

import discord
from discord.ext import commands, tasks

from bot.config.errors import LogError
from bot.discord.callers import presser
from bot.discord.components.listeners import on
from bot.discord.direct_messages import Recipient
from bot.discord.embeds import embed_of, id_on
from bot.pages.actions import Press
from bot.pages.notifications import told_page

if TYPE_CHECKING:
    from bot.discord.cogs import Services
    from bot.store.gaps import Wish

logger = logging.getLogger(__name__)

EVERY = 60.0  # seconds
LOOKED_AT = 50  # of the newest messages of a conversation


class NotificationsCog(commands.Cog):
    """Looks every minute whether the articles have changed, and whom to tell of it.

    Nobody is told twice, and nobody is forgotten where the program ends: that telling begins is on the disk before the
    message is sent, and where it was not noted to have ended, the conversation itself says whether it has.
    """

    def __init__(self, services: Services) -> None:
        self.bot = services.bot
        self.delivery = services.delivery
        self.telling = services.reception.telling
        self.log = services.reception.desk.log

    async def cog_load(self) -> None:
        self.looking.start()

    async def cog_unload(self) -> None:
        self.looking.cancel()

    @on(Press.TELL)
    async def on_press_tell(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.respond(interaction, self.telling.wish(presser(interaction), row), private=True)

    @on(Press.UNTELL)
    async def on_press_untell(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.turn(interaction, self.telling.unwish(presser(interaction), row))

    @tasks.loop(seconds=EVERY)
    async def looking(self) -> None:
        try:
            await self.look()
        except Exception as error:  # whatever it is, the next look is a minute away; its words may hold a question
            logger.error("Looking at open questions failed (%s).", type(error).__name__)  # noqa: TRY400 - likewise

    @looking.before_loop
    async def ready(self) -> None:
        await self.bot.wait_until_ready()

    async def look(self) -> None:
        """Ask open questions again where the articles have changed, and tell who is to be told."""
        try:
            for wish in await self.telling.due():
                await self._tell(wish)
        except LogError as error:
            logger.warning("Open questions are not looked at: %s", error)

    async def _tell(self, wish: Wish) -> None:
        """Tell one person; what cannot be sent now is tried again, what never can is let go. Raises LogError."""
        try:
            conversation = await self.bot.create_dm(Recipient(wish.user))
            if not (wish.claimed and await self._is_told(conversation, wish)):
                if not await self.log.gaps.claim(wish):
                    return
                await conversation.send(embed=embed_of(told_page(wish)))
        except (discord.Forbidden, discord.NotFound):
            logger.info("Somebody who wanted to be told of a source takes no direct messages.")
        except (discord.HTTPException, OSError) as error:
            logger.warning("Somebody could not be told of a source, and is told later (%s).", type(error).__name__)
            return
        await self.log.gaps.unwish(wish.question_id, wish.user)

    async def _is_told(self, conversation: discord.DMChannel, wish: Wish) -> bool:
        return any(
            [
                message.author == self.bot.user and id_on(message) == wish.question_id
                async for message in conversation.history(limit=LOOKED_AT)
            ]
        )
