"""Which collections somebody may not see where they are: the one rule that all doors go by."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.services.asked_sources import elsewhere
from bot.store.collection_rules import EVERYWHERE
from bot.store.preferences import UNTOUCHED

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from bot.services.caller import Caller
    from bot.store.preferences import Server


def hidden_from(
    caller: Caller, collections: Collection[str], servers: Mapping[int, Server], *, private: bool
) -> frozenset[str]:
    """The collections that are hidden from what the caller is shown; `servers` are the wishes of all servers.

    What belongs to a server is seen nowhere else. What a caller's roles show them, and all that those see who may
    manage the server, counts where they alone see what is shown (`private`): others read along in a channel. In a
    direct conversation nobody's roles are known, so what any server hides is hidden there.
    """
    hidden = elsewhere(collections, caller.guild)
    ours = frozenset(collections) - hidden
    if caller.guild is None:
        return hidden | {name for name in ours if _is_hidden_anywhere(name, servers)}
    if private and caller.manages:
        return hidden
    rules = servers.get(caller.guild, UNTOUCHED).collections
    roles = caller.roles if private else ()
    return hidden | {name for name in ours if not rules.sees(name, (caller.channel, caller.parent), roles)}


def _is_hidden_anywhere(collection: str, servers: Mapping[int, Server]) -> bool:
    return any((EVERYWHERE, collection) in server.collections.hidden for server in servers.values())
