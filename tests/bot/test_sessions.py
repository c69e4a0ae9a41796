"""How often the bot comes back to Discord."""

from __future__ import annotations

import pytest

from bot.discord.session_limits import DAY, LASTING, Pauses, Sessions, TooManySessionsError


def test_pauses_double_up_to_five_minutes() -> None:
    pauses = Pauses(chance=lambda: 1.0)

    assert [pauses.after(0.0) for _ in range(10)] == [2, 4, 8, 16, 32, 64, 128, 256, 300, 300]


def test_pauses_differ_by_chance_but_never_vanish() -> None:
    assert Pauses(chance=lambda: 0.0).after(0.0) == 1.0


def test_a_connection_that_lasted_begins_anew() -> None:
    pauses = Pauses(chance=lambda: 1.0)
    for _ in range(5):
        pauses.after(0.0)

    assert pauses.after(LASTING) == 2
    assert pauses.after(LASTING - 1) == 4


async def test_sessions_are_counted_over_a_day() -> None:
    now = 0.0
    sessions = Sessions(limit=2, clock=lambda: now)
    await sessions.begin()
    now = 100.0
    await sessions.begin()

    with pytest.raises(TooManySessionsError):
        await sessions.begin()
    assert sessions.until_next() == DAY - 100

    now = DAY
    assert sessions.until_next() == 0
    await sessions.begin()
