"""The buttons that leave the asker in charge of an answer: deleting it, and asking on where nobody can reply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord.ext import commands

from bot.discord.callers import answered_by, presser
from bot.discord.components.listeners import on
from bot.pages.actions import Press, Send

if TYPE_CHECKING:
    import discord

    from bot.discord.cogs import Services


class WithdrawalCog(commands.Cog):
    """Deletes answers, and takes the questions that follow them up."""

    def __init__(self, services: Services) -> None:
        self.withdrawal = services.reception.withdrawal
        self.questions = services.reception.questions
        self.delivery = services.delivery

    @on(Press.DELETE)
    async def on_press_delete(self, interaction: discord.Interaction[Any], row: str) -> None:
        message = interaction.message
        refusal = self.withdrawal.refusal(
            row, presser(interaction), message=message.id if message else None, answered=answered_by(message)
        )
        if await self.delivery.delete(interaction, refusal):
            await self.withdrawal.deleted(row)

    @on(Press.ASK_ON)
    async def on_press_askon(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.open(interaction, self.questions.follow_up_form(row, presser(interaction)))

    @on(Send.FOLLOW_UP)
    async def on_send_followup(self, interaction: discord.Interaction[Any], row: str, text: str) -> None:
        """Answer for the same people as the answer that is followed up."""
        private = interaction.message is None or interaction.message.flags.ephemeral
        page = self.questions.follow_up(row, presser(interaction), text, private=private)
        await self.delivery.respond(interaction, page, private=private)
