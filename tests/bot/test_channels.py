"""Where the bot may not write is remembered for a while."""

from __future__ import annotations

import asyncio

import discord
import pytest

from bot.discord.forbidden_channels import LASTING, ForbiddenChannels

HERE, THERE, SERVER = 1, 2, 9


class Refusal:
    """What discord.py reads of the reply with which Discord forbids something."""

    status = 403
    reason = "Forbidden"


async def refused(channels: ForbiddenChannels, channel: int, guild: int | None = SERVER) -> None:
    with pytest.raises(discord.Forbidden):
        async with channels.turn(channel, guild):
            raise discord.Forbidden(Refusal(), None)


async def allowed(channels: ForbiddenChannels, channel: int) -> bool:
    async with channels.turn(channel, SERVER) as is_allowed:
        return is_allowed


async def test_a_channel_is_tried_again_when_its_time_is_over() -> None:
    now = 0.0
    channels = ForbiddenChannels(clock=lambda: now)
    await refused(channels, HERE)

    assert (await allowed(channels, HERE), await allowed(channels, THERE)) == (False, True)
    now = LASTING - 1
    assert channels.is_forbidden(HERE)
    now = LASTING
    assert await allowed(channels, HERE)


async def test_what_changes_in_a_server_lifts_what_was_forbidden_there_and_nowhere_else() -> None:
    channels = ForbiddenChannels(clock=lambda: 0.0)
    await refused(channels, HERE)
    await refused(channels, THERE, guild=None)

    channels.lift(SERVER)

    assert (await allowed(channels, HERE), await allowed(channels, THERE)) == (True, False)


async def test_those_who_waited_for_their_turn_learn_that_it_is_forbidden() -> None:
    channels = ForbiddenChannels(clock=lambda: 0.0)
    begun, may_end = asyncio.Event(), asyncio.Event()

    async def first() -> None:
        async with channels.turn(HERE, SERVER):
            begun.set()
            await may_end.wait()
            raise discord.Forbidden(Refusal(), None)

    trying = asyncio.create_task(first())
    await begun.wait()
    waiting = [asyncio.create_task(allowed(channels, HERE)) for _ in range(3)]
    elsewhere = await allowed(channels, THERE)
    may_end.set()

    assert elsewhere
    assert await asyncio.gather(*waiting) == [False, False, False]
    with pytest.raises(discord.Forbidden):
        await trying


async def test_another_error_forbids_nothing() -> None:
    channels = ForbiddenChannels(clock=lambda: 0.0)

    with pytest.raises(ValueError, match="something else"):
        async with channels.turn(HERE, SERVER):
            raise ValueError("something else")

    assert not channels.is_forbidden(HERE)
