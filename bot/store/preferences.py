"""What servers and people wish: where the bot answers, with how many quotations, and what it may log of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from bot.store.collection_rules import EVERYTHING, CollectionRules
from bot.store.text import storable

if TYPE_CHECKING:
    import datetime
    from collections.abc import Callable, Mapping


@dataclass(frozen=True, slots=True)
class Server:
    """How the bot is to behave in one server; None is as the operator of the bot set it.

    `channels` are the ids of those where it answers, empty for all; `quotes` is the number of quotations in an answer,
    at most. `logged` says whether questions are logged, `keep_days` for how long, and `told` whether the server has
    been told of it. `language` is that of what everybody in it reads, such as "de"; None is Discord's own setting.
    `collections` says which collections are seen where; sources that are older than `stale_days` are marked as that.
    `forums` are the ids of those where new posts get a first answer. `digest_channel` is the id of the channel that
    gets the weekly digest, None for none, and `digest_at` is when it got the last.
    """

    channels: tuple[int, ...] = ()
    quotes: int | None = None
    logged: bool = True
    keep_days: int | None = None
    language: str | None = None
    told: bool = False
    collections: CollectionRules = EVERYTHING
    stale_days: int | None = None
    forums: tuple[int, ...] = ()
    digest_channel: int | None = None
    digest_at: datetime.datetime | None = None

    def answers_in(self, channel: int | None, parent: int | None = None) -> bool:
        """Whether the bot answers in a channel; a thread goes by its own id or by that of the channel it belongs to."""
        return not self.channels or channel in self.channels or parent in self.channels

    def days(self, operator_days: int) -> int:
        """For how many days questions are kept where the operator keeps them for so many; 0 is for ever."""
        return min(filter(None, (operator_days, self.keep_days)), default=0)


UNTOUCHED = Server()


class Preferences(Protocol):
    """Keeps the wishes of servers and people.

    Promises, held for every implementation by tests/contracts/preferences.py: a wish is kept when the call returns;
    a server that never wished anything is `UNTOUCHED`; changes of one server at the same time all happen; nobody is
    opted out without a wish, nor is the empty name, which stands for those whom nobody can tell apart; whatever goes
    wrong is a `LogError`.
    """

    async def server(self, guild: int) -> Server: ...

    async def servers(self) -> Mapping[int, Server]:
        """Every server that ever wished something, by its id."""
        ...

    async def change(self, guild: int, change: Callable[[Server], Server]) -> Server:
        """Replace a server's wishes by what `change` makes of them, and return that."""
        ...

    async def opted_out(self, asker: str) -> bool:
        """Whether that asker, a keyed hash, wishes not to be logged."""
        ...

    async def anybody_opted_out(self) -> bool: ...

    async def opt(self, asker: str, *, out: bool) -> None:
        """Note that an asker does not wish to be logged, or does again."""
        ...


class MemoryPreferences:
    """Keeps wishes for as long as the process lives."""

    def __init__(self) -> None:
        self._servers: dict[int, Server] = {}
        self._out: set[str] = set()

    async def server(self, guild: int) -> Server:
        return self._servers.get(guild, UNTOUCHED)

    async def servers(self) -> Mapping[int, Server]:
        return dict(self._servers)

    async def change(self, guild: int, change: Callable[[Server], Server]) -> Server:
        self._servers[guild] = change(await self.server(guild))
        return self._servers[guild]

    async def opted_out(self, asker: str) -> bool:
        return storable(asker) in self._out

    async def anybody_opted_out(self) -> bool:
        return bool(self._out)

    async def opt(self, asker: str, *, out: bool) -> None:
        if out and asker:
            self._out.add(storable(asker))
        else:
            self._out.discard(storable(asker))
