"""What every keeper of wishes promises, whatever it keeps them in.

A test class for an implementation inherits `PreferencesContract` and has a fixture `preferences`, empty of its kind.
"""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
from typing import TYPE_CHECKING

import pytest

from bot.store.collection_rules import CollectionRules
from bot.store.preferences import UNTOUCHED, Server

if TYPE_CHECKING:
    from bot.store.preferences import Preferences

RULES = CollectionRules(
    hidden=frozenset({(0, "board"), (3, "")}),
    channels=frozenset({(2**63 - 1, "board")}),
    roles=frozenset({(5, "@7/Ärger & “Zeug”")}),
    versions=frozenset({"v1"}),
)
ALL = Server(
    channels=(3, 2**63 - 1),
    quotes=10,
    logged=False,
    keep_days=36_500,
    language="ar",
    told=True,
    collections=RULES,
    stale_days=365,
    forums=(5, 2**63 - 2),
    digest_channel=9,
    digest_at=datetime.datetime(2025, 1, 6, 9, tzinfo=datetime.UTC),
)


class PreferencesContract:
    """Held by every implementation of `Preferences`."""

    @pytest.fixture
    def preferences(self) -> Preferences:
        raise NotImplementedError

    async def test_a_server_that_never_wished_anything_is_as_the_operator_has_it(
        self, preferences: Preferences
    ) -> None:
        assert await preferences.server(7) == UNTOUCHED == Server()
        assert dict(await preferences.servers()) == {}

    @pytest.mark.parametrize("wished", [ALL, Server()], ids=["everything", "nothing"])
    async def test_what_a_server_wishes_is_kept_and_of_no_other(self, preferences: Preferences, wished: Server) -> None:
        assert await preferences.change(7, lambda _: wished) == wished

        assert await preferences.server(7) == wished
        assert await preferences.server(8) == UNTOUCHED
        assert dict(await preferences.servers()) == {7: wished}

    async def test_changes_at_the_same_time_all_happen(self, preferences: Preferences) -> None:
        await asyncio.gather(
            preferences.change(7, lambda server: dataclasses.replace(server, told=True)),
            preferences.change(7, lambda server: dataclasses.replace(server, quotes=2)),
            preferences.change(7, lambda server: dataclasses.replace(server, keep_days=30)),
        )

        assert await preferences.server(7) == Server(quotes=2, keep_days=30, told=True)

    async def test_a_person_opts_out_and_in_again_and_nobody_else_does(self, preferences: Preferences) -> None:
        assert not await preferences.opted_out("anna")
        assert not await preferences.anybody_opted_out()

        await preferences.opt("anna", out=True)
        await preferences.opt("anna", out=True)
        assert await preferences.opted_out("anna")
        assert not await preferences.opted_out("ben")
        assert await preferences.anybody_opted_out()

        await preferences.opt("ben", out=False)
        await preferences.opt("anna", out=False)
        assert not await preferences.opted_out("anna")
        assert not await preferences.anybody_opted_out()

    async def test_nobody_opts_out_for_all_whom_nobody_can_tell_apart(self, preferences: Preferences) -> None:
        await preferences.opt("", out=True)

        assert not await preferences.opted_out("")
        assert not await preferences.anybody_opted_out()
