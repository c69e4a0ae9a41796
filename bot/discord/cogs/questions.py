"""`/ask`: a question to all sources, or to one; `/compare`: what each of them says; `/verify`: a quotation checked."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.callers import presser
from bot.discord.components.listeners import on
from bot.pages.actions import Press
from bot.pages.draft import text_or_file
from bot.services.verification_service import LONGEST as CHECKED  # noqa: TC001 - discord.py evaluates annotations
from bot.store.log_row import Surface
from retrieval.query.question_analysis import LONGEST_QUESTION  # noqa: TC001 - discord.py evaluates annotations

if TYPE_CHECKING:
    from bot.discord.cogs import Services
    from bot.pages.page import Page
    from bot.services.caller import Caller


class QuestionsCog(commands.Cog):
    """Answers for all to see; the closest passages to a question without an answer are for whoever wants them."""

    def __init__(self, services: Services) -> None:
        self.reception = services.reception
        self.delivery = services.delivery

    @app_commands.command(description="Ask a question; the sources answer in their own words")
    @app_commands.describe(
        question="What do you want to know?",
        source="Only search this source",
        collection="Only search this collection of sources",
        before="Only search sources dated before this: 2019, March 2019 or 2019-03-05",
        after="Only search sources dated after this",
        private="Only you see the answer; people who manage the server can still read the question in the log",
    )
    async def ask(
        self,
        interaction: discord.Interaction[Any],
        question: app_commands.Range[str, 1, LONGEST_QUESTION],
        source: str | None = None,
        collection: str | None = None,
        before: app_commands.Range[str, 1, 40] | None = None,
        after: app_commands.Range[str, 1, 40] | None = None,
        private: bool = False,  # noqa: FBT001, FBT002 - Discord's own options are given by name
    ) -> None:
        page = self.reception.questions.ask(
            question,
            Surface.COMMAND,
            presser(interaction),
            source=source,
            collection=collection,
            before=before,
            after=after,
            private=private,
        )
        await self.delivery.respond(interaction, page, private=private)

    @ask.autocomplete("source")
    async def sources(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        private = bool(getattr(interaction.namespace, "private", False))
        found = await self.reception.sources.choices(typed, presser(interaction), private=private)
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @ask.autocomplete("collection")
    async def collections(self, interaction: discord.Interaction[Any], typed: str) -> list[app_commands.Choice[str]]:
        private = bool(getattr(interaction.namespace, "private", False))
        found = await self.reception.questions.collections(typed, presser(interaction), private=private)
        return [app_commands.Choice(name=name, value=value) for name, value in found]

    @app_commands.command(description="What each source says about a question, by date")
    @app_commands.describe(question="What do you want to compare?")
    async def compare(
        self, interaction: discord.Interaction[Any], question: app_commands.Range[str, 1, LONGEST_QUESTION]
    ) -> None:
        page = self.reception.questions.compare(question, presser(interaction))
        await self.delivery.respond(interaction, page, private=False)

    @app_commands.command(description="Check whether a text, or each quotation in a file, is word for word in a source")
    @app_commands.describe(text="The words that somebody quoted", file="A draft; each quotation in it is checked")
    async def verify(
        self,
        interaction: discord.Interaction[Any],
        text: app_commands.Range[str, 1, CHECKED] | None = None,
        file: discord.Attachment | None = None,
    ) -> None:
        page = self._verified(presser(interaction), text, file)
        await self.delivery.respond(interaction, page, private=True)

    async def _verified(self, caller: Caller, text: str | None, file: discord.Attachment | None) -> Page:
        if file and not text:
            return await self.reception.checks.draft(file.filename, file.size, file.read, caller)
        return text_or_file() if file or not text else await self.reception.checks.text(text, caller)

    @on(Press.CLOSEST)
    async def on_press_closest(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.respond(
            interaction, self.reception.questions.closest(row, presser(interaction)), private=True
        )
