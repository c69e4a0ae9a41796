"""The buttons under an answer: more of it, what stands around it, why it is so, and whether it helped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord.ext import commands

from bot.discord.callers import presser
from bot.discord.components.listeners import on
from bot.pages.actions import Choose, Press, Send

if TYPE_CHECKING:
    import discord

    from bot.discord.cogs import Services


class AnswersCog(commands.Cog):
    """Shows what belongs to an answer to whoever pressed its button, and to nobody else."""

    def __init__(self, services: Services) -> None:
        self.answers = services.reception.answers
        self.votes = services.reception.votes
        self.delivery = services.delivery

    @on(Press.MORE)
    async def on_press_more(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.respond(interaction, self.answers.more(row, presser(interaction)), private=True)

    @on(Press.NEXT)
    async def on_press_next(self, interaction: discord.Interaction[Any], place: str) -> None:
        await self.delivery.turn(interaction, self.answers.turned(place, presser(interaction)))

    @on(Press.CONTEXT)
    async def on_press_context(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.respond(interaction, self.answers.context(row, presser(interaction)), private=True)

    @on(Choose.CONTEXT)
    async def on_choose_context(self, interaction: discord.Interaction[Any], row: str, number: str) -> None:
        await self.delivery.turn(interaction, self.answers.chosen(row, number, presser(interaction)))

    @on(Press.CITE)
    async def on_press_cite(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.respond(interaction, self.answers.cite(row, presser(interaction)), private=True)

    @on(Choose.CITE)
    async def on_choose_cite(self, interaction: discord.Interaction[Any], row: str, number: str) -> None:
        await self.delivery.turn(interaction, self.answers.chosen_to_cite(row, number, presser(interaction)))

    @on(Press.WHY)
    async def on_press_why(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.respond(interaction, self.answers.why(row, presser(interaction)), private=True)

    @on(Press.NUMBERS)
    async def on_press_numbers(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.turn(interaction, self.answers.numbers(row, presser(interaction)))

    @on(Press.UP)
    async def on_press_up(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.respond(interaction, self.votes.up(row, presser(interaction)), private=True)

    @on(Press.DOWN)
    async def on_press_down(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.open(interaction, self.votes.down(row, presser(interaction)))

    @on(Press.UNVOTE)
    async def on_press_unvote(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.turn(interaction, self.votes.take_back(row, presser(interaction)))

    @on(Send.COMMENT)
    async def on_send_comment(self, interaction: discord.Interaction[Any], row: str, text: str) -> None:
        page = self.votes.comment(row, presser(interaction), text)
        await self.delivery.respond(interaction, page, private=True)
