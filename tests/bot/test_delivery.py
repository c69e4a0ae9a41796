"""Pages get to where they were asked for, in time, and are waited for at the end."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import discord
import pytest

from bot.delivery import Delivery
from bot.pages import notes
from bot.pages.page import Page

AT_ONCE = 60.0
LATE = 0.0


class Interaction:
    """What `Delivery` needs of an interaction: it writes down what it is told."""

    def __init__(self) -> None:
        self.locale = self.guild_locale = discord.Locale.british_english
        self.guild_id = None
        self.told: list[tuple[str, str | None, bool]] = []
        self.deferred = asyncio.Event()
        self.response = self
        self.followup = self

    async def defer(self, *, ephemeral: bool, thinking: bool) -> None:
        assert thinking
        self.told.append(("defer", None, ephemeral))
        self.deferred.set()

    async def send_message(self, *, embed: discord.Embed, view: Any, ephemeral: bool) -> None:
        assert not view
        self.told.append(("send_message", embed.description, ephemeral))

    async def send(self, *, embed: discord.Embed, view: Any, ephemeral: bool) -> None:
        assert not view
        self.told.append(("followup", embed.description, ephemeral))


async def respond(delivery: Delivery, interaction: Interaction, page: Any, *, private: bool = False) -> None:
    await delivery.respond(cast("discord.Interaction[Any]", interaction), page, private=private)


async def quick() -> Page:
    return Page("An answer")


@pytest.mark.parametrize("private", [True, False])
async def test_what_is_ready_in_time_is_one_message(private: bool) -> None:
    interaction = Interaction()

    await respond(Delivery(patience=AT_ONCE), interaction, quick(), private=private)

    assert interaction.told == [("send_message", "An answer", private)]


@pytest.mark.parametrize("private", [True, False])
async def test_what_is_late_is_announced_before_discord_gives_up(private: bool) -> None:
    interaction = Interaction()

    async def slow() -> Page:
        await interaction.deferred.wait()
        return Page("An answer")

    await respond(Delivery(patience=LATE), interaction, slow(), private=private)

    assert interaction.told == [("defer", None, private), ("followup", "An answer", private)]


async def test_answers_on_their_way_are_waited_for() -> None:
    delivery, interaction, ready = Delivery(patience=AT_ONCE), Interaction(), asyncio.Event()

    async def waiting() -> Page:
        await ready.wait()
        return Page("An answer")

    answering = asyncio.create_task(respond(delivery, interaction, waiting()))
    await asyncio.sleep(0)
    landed = asyncio.create_task(delivery.all_landed())
    await asyncio.sleep(0)
    assert not landed.done()
    ready.set()
    await landed

    assert interaction.told == [("send_message", "An answer", False)]
    await answering


async def test_nothing_new_is_begun_at_the_end() -> None:
    delivery, interaction = Delivery(patience=AT_ONCE), Interaction()
    delivery.closing = True

    await respond(delivery, interaction, quick())

    assert interaction.told == [("send_message", notes.leaving().body, False)]


async def test_a_page_that_fails_is_no_longer_waited_for() -> None:
    delivery = Delivery(patience=AT_ONCE)

    async def failing() -> Page:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        await respond(delivery, Interaction(), failing())

    await delivery.all_landed()
