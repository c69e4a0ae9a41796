"""`/log`: what was asked in a server, for those who manage it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands
from discord.ext import commands

from bot.discord.callers import presser
from bot.discord.cogs import for_managers
from bot.discord.components.listeners import on
from bot.discord.message_marks import MessageMarks
from bot.handlers.filter_arguments import WORDS, FilterArguments
from bot.pages import corrections
from bot.pages.actions import Choose, Press
from bot.pages.page import Page
from bot.store.gaps import GapState

if TYPE_CHECKING:
    from bot.discord.cogs import Services
    from bot.services.caller import Caller

Choices = list[app_commands.Choice[str]]
THREADS = (
    discord.ChannelType.public_thread,
    discord.ChannelType.private_thread,
    discord.ChannelType.news_thread,
)
STATES = [app_commands.Choice(name=state.value, value=state.value) for state in GapState]
FORMS = [app_commands.Choice(name="CSV", value="csv"), app_commands.Choice(name="JSON Lines", value="jsonl")]
FILTERS = {
    "unanswered": "Only questions without an answer",
    "thumbs_down": "Only answers that someone voted down",
    "person": "Only what this person asked",
    "channel": "Only what was asked in this channel",
    "since": "Only questions since then: a day such as 2026-03-31, or how long ago, such as 7d",
    "source": "Only answers that quote this source",
}


class ChannelId(app_commands.Transformer):
    """Takes a channel or a thread where people write, by its id alone: the bot need not know it."""

    @property
    def type(self) -> discord.AppCommandOptionType:
        return discord.AppCommandOptionType.channel

    @property
    def channel_types(self) -> list[discord.ChannelType]:
        kinds = discord.ChannelType
        return [kinds.text, kinds.news, kinds.voice, kinds.stage_voice, kinds.forum, *THREADS]

    async def transform(self, _: discord.Interaction[Any], channel: Any, /) -> int:
        return int(channel.id)


Channel = app_commands.Transform[int, ChannelId]


@for_managers
class LogCog(commands.GroupCog, group_name="log", group_description="What was asked in this server"):
    """Shows a server's own rows. A server's admins can give a command to anyone, so every call checks for itself."""

    def __init__(self, services: Services) -> None:
        self.choosing = services.reception.choosing
        self.review = services.reception.review
        self.reports = services.reception.reports
        self.gaps = services.reception.gaps
        self.delivery = services.delivery
        self.to_correct = services.reception.corrections
        self.marks = MessageMarks(services.bot, self.to_correct, self.delivery)

    @app_commands.command(description="The latest questions")
    @app_commands.describe(**FILTERS)
    async def recent(
        self,
        interaction: discord.Interaction[Any],
        *,
        unanswered: bool = False,
        thumbs_down: bool = False,
        person: discord.User | None = None,
        channel: Channel | None = None,
        since: str | None = None,
        source: str | None = None,
    ) -> None:
        typed = FilterArguments(unanswered, thumbs_down, _id(person), channel, since, source)
        await self.delivery.respond(interaction, self.review.recent(presser(interaction), typed), private=True)

    @app_commands.command(description="Questions that contain certain words")
    @app_commands.describe(words="Words that the questions must all contain; they also match inside longer words")
    async def search(self, interaction: discord.Interaction[Any], words: app_commands.Range[str, 1, WORDS]) -> None:
        typed = FilterArguments(words=words)
        await self.delivery.respond(interaction, self.review.recent(presser(interaction), typed), private=True)

    @app_commands.command(description="One question, its answer as it was given, and everything stored with it")
    @app_commands.describe(id="The id at the foot of Why? or Context, or words from the question to find it by")
    async def show(self, interaction: discord.Interaction[Any], id: str) -> None:  # noqa: A002 - it is called that
        await self.delivery.respond(interaction, self.review.show(presser(interaction), id), private=True)

    @app_commands.command(
        description="Questions per day, the share answered, the most quoted sources and most asked subjects"
    )
    @app_commands.describe(**{name: FILTERS[name] for name in ("person", "channel", "since", "source")})
    async def stats(
        self,
        interaction: discord.Interaction[Any],
        *,
        person: discord.User | None = None,
        channel: Channel | None = None,
        since: str | None = None,
        source: str | None = None,
    ) -> None:
        typed = FilterArguments(person=_id(person), channel=channel, since=since, source=source)
        await self.delivery.respond(interaction, self.reports.stats(presser(interaction), typed), private=True)

    @app_commands.command(description="Questions and answers as a file, only for you")
    @app_commands.describe(form="A table for a spreadsheet, or everything that is stored, as JSON Lines", **FILTERS)
    @app_commands.choices(form=FORMS)
    async def export(
        self,
        interaction: discord.Interaction[Any],
        *,
        form: str = "csv",
        unanswered: bool = False,
        thumbs_down: bool = False,
        person: discord.User | None = None,
        channel: Channel | None = None,
        since: str | None = None,
        source: str | None = None,
    ) -> None:
        typed = FilterArguments(unanswered, thumbs_down, _id(person), channel, since, source)
        file = self.reports.export(presser(interaction), typed, form, room=interaction.filesize_limit)
        await self.delivery.respond(interaction, file, private=True)

    @app_commands.command(description="Old sources that answers here still quote, the most quoted first")
    @app_commands.describe(days="How old a source is at least; leave it out for the age set in /settings age")
    async def stale(
        self, interaction: discord.Interaction[Any], days: app_commands.Range[int, 1, 36_500] | None = None
    ) -> None:
        await self.delivery.respond(interaction, self.review.stale(presser(interaction), days), private=True)

    @app_commands.command(
        description="What the sources lack: questions that got no help, grouped by what they have in common"
    )
    @app_commands.describe(closed="Closed gaps, each with the source that closed it")
    async def unanswered(self, interaction: discord.Interaction[Any], *, closed: bool = False) -> None:
        await self.delivery.respond(interaction, self.gaps.listed(presser(interaction), closed=closed), private=True)

    @app_commands.command(description="One gap with its questions; set here what is being done about it")
    @app_commands.describe(
        id="The id of one of its questions, or words to find it by",
        state="What is being done about it",
        source="The source that closes it",
    )
    @app_commands.choices(state=STATES)
    async def gap(
        self,
        interaction: discord.Interaction[Any],
        *,
        id: str,  # noqa: A002 - it is called that
        state: str | None = None,
        source: str | None = None,
    ) -> None:
        page = self.gaps.say(presser(interaction), id, state, source)
        await self.delivery.respond(interaction, page, private=True)

    @app_commands.command(description="Answers whose source says something else by now, with the words then and now")
    async def corrections(self, interaction: discord.Interaction[Any]) -> None:
        await self.delivery.respond(interaction, self.to_correct.listed(presser(interaction)), private=True)

    @on(Press.CORRECTIONS)
    async def on_press_corrections(self, interaction: discord.Interaction[Any], place: str) -> None:
        await self.delivery.turn(interaction, self.to_correct.turned(presser(interaction), place))

    @on(Choose.CORRECTION)
    async def on_choose_correction(self, interaction: discord.Interaction[Any], _: str, code: str) -> None:
        await self.delivery.turn(interaction, self.to_correct.one(presser(interaction), code))

    @on(Press.MARK)
    async def on_press_mark(self, interaction: discord.Interaction[Any], which: str) -> None:
        await self.delivery.respond(interaction, self._marking(presser(interaction), which), private=True)

    async def _marking(self, caller: Caller, which: str) -> Page:
        marks = await self.to_correct.to_mark(caller, which)
        if isinstance(marks, Page):
            return marks
        is_begun = self.marks.begin(caller.guild or 0, marks)
        return corrections.marking(len(marks)) if is_begun else corrections.marking_already()

    @on(Press.GAPS)
    async def on_press_gaps(self, interaction: discord.Interaction[Any], place: str) -> None:
        await self.delivery.turn(interaction, self.gaps.turned(presser(interaction), place))

    @on(Press.GAP)
    async def on_press_gap(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.turn(interaction, self.gaps.one(presser(interaction), row))

    @on(Press.PLANNED)
    async def on_press_planned(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.turn(interaction, self.gaps.put(presser(interaction), row, GapState.PLANNED))

    @on(Press.CLOSED)
    async def on_press_closed(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.turn(interaction, self.gaps.put(presser(interaction), row, GapState.CLOSED))

    @on(Press.REOPENED)
    async def on_press_reopened(self, interaction: discord.Interaction[Any], row: str) -> None:
        await self.delivery.turn(interaction, self.gaps.put(presser(interaction), row, GapState.OPEN))

    @on(Press.EXPORT)
    async def on_press_export(self, interaction: discord.Interaction[Any], argument: str) -> None:
        file = self.reports.exported(presser(interaction), argument, room=interaction.filesize_limit)
        await self.delivery.respond(interaction, file, private=True)

    @on(Press.RECENT)
    async def on_press_recent(self, interaction: discord.Interaction[Any], place: str) -> None:
        await self.delivery.turn(interaction, self.review.turned(presser(interaction), place))

    @export.autocomplete("since")
    @stats.autocomplete("since")
    @recent.autocomplete("since")
    async def moments(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        return _choices(self.choosing.moments(presser(interaction), typed))

    @gap.autocomplete("source")
    @export.autocomplete("source")
    @stats.autocomplete("source")
    @recent.autocomplete("source")
    async def sources(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        return _choices(await self.choosing.sources(presser(interaction), typed))

    @gap.autocomplete("id")
    async def open_ids(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        return _choices(await self.gaps.ids(presser(interaction), typed))

    @show.autocomplete("id")
    async def ids(self, interaction: discord.Interaction[Any], typed: str) -> Choices:
        return _choices(await self.review.ids(presser(interaction), typed))


def _id(found: discord.abc.Snowflake | None) -> int | None:
    return None if found is None else found.id


def _choices(named: list[tuple[str, str]]) -> Choices:
    return [app_commands.Choice(name=name, value=value) for name, value in named]
