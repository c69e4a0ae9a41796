"""Pages get to where they were asked for, in time, and are waited for at the end."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import discord
import pytest

from bot.discord.delivery import Delivery
from bot.i18n import _
from bot.pages import help_pages
from bot.pages.page import Page

AT_ONCE = 60.0
LATE = 0.0


class Interaction:
    """What `Delivery` needs of an interaction: it writes down what it is told."""

    def __init__(self) -> None:
        self.guild_id: int | None = None
        self.told: list[tuple[str, str | None, bool]] = []
        self.deferred = asyncio.Event()
        self.response = self
        self.locale = discord.Locale.british_english
        self.guild_locale: discord.Locale | None = None

    async def defer(self, *, ephemeral: bool = False, thinking: bool = False) -> None:
        self.told.append(("defer, thinking" if thinking else "defer", None, ephemeral))
        self.deferred.set()

    async def send_message(self, *, embed: discord.Embed, view: Any, files: list[Any], ephemeral: bool) -> None:
        assert not view
        assert not files
        self.told.append(("send_message", embed.description, ephemeral))

    async def edit_message(self, *, embed: discord.Embed, view: Any, attachments: list[Any]) -> None:
        assert not view
        assert not attachments
        self.told.append(("edit_message", embed.description, False))

    async def edit_original_response(self, *, embed: discord.Embed, view: Any, attachments: list[Any]) -> None:
        assert not view
        assert not attachments
        _, _, ephemeral = self.told[-1]
        self.told.append(("edit", embed.description, ephemeral))


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

    assert interaction.told == [("defer, thinking", None, private), ("edit", "An answer", private)]


async def test_looking_up_the_language_of_a_server_does_not_put_the_announcement_off() -> None:
    interaction = Interaction()
    interaction.guild_id = 1

    async def slow(_: int) -> str:
        await interaction.deferred.wait()
        return "de"

    async def page() -> Page:
        return Page(_("That cannot be done here."))

    await respond(Delivery(patience=LATE, language_of=slow), interaction, page())

    assert interaction.told == [
        ("defer, thinking", None, False),
        ("edit", "Das geht hier nicht.", False),
    ]


async def test_a_page_is_turned_at_once_or_as_soon_as_it_is_there() -> None:
    async def turn(patience: float, page: Any) -> None:
        await Delivery(patience=patience).turn(cast("discord.Interaction[Any]", interaction), page)

    async def slow() -> Page:
        await interaction.deferred.wait()
        return Page("An answer")

    interaction = Interaction()
    await turn(AT_ONCE, quick())
    await turn(LATE, slow())

    assert interaction.told == [
        ("edit_message", "An answer", False),
        ("defer", None, False),
        ("edit", "An answer", False),
    ]


async def test_what_is_for_one_person_alone_is_never_shown_to_all() -> None:
    async def private() -> Page:
        return Page("Wait", private=True)

    interaction = Interaction()
    await respond(Delivery(patience=AT_ONCE), interaction, private())

    assert interaction.told == [("send_message", "Wait", True)]


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

    assert interaction.told == [("send_message", help_pages.leaving().body, False)]


async def test_a_page_that_fails_is_no_longer_waited_for() -> None:
    delivery = Delivery(patience=AT_ONCE)

    async def failing() -> Page:
        raise ValueError

    with pytest.raises(ValueError):  # noqa: PT011 - it has no words
        await respond(delivery, Interaction(), failing())

    await delivery.all_landed()
