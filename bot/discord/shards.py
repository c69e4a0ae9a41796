"""The connection to Discord, over one shard or many: what discord.py's own lacks to lose nothing."""

from __future__ import annotations

import asyncio
import logging
import sys
from typing import TYPE_CHECKING, Any

from discord.errors import ConnectionClosed
from discord.ext import commands
from discord.gateway import ReconnectWebSocket, WebSocketClosure

from bot.config.log_format import outline
from bot.discord.session_limits import TooManySessionsError

if TYPE_CHECKING:
    from collections.abc import Callable

    import yarl
    from discord.gateway import DiscordWebSocket
    from discord.shard import Shard

    from bot.discord.session_limits import Sessions

logger = logging.getLogger(__name__)

MEANT = (ReconnectWebSocket, WebSocketClosure, ConnectionClosed, OSError)  # how discord.py says what is to be done next
NO_SENSE = (ValueError, TypeError, LookupError, AttributeError)  # what reading a frame raises that is no event
BEGINNINGS = {"READY", "RESUMED"}  # without them a session has not begun, and another must


class Sharded(commands.AutoShardedBot):
    """As many shards as Discord asks for, or `shard_count`, each of which comes back to its own session.

    `sessions` counts those that are begun. discord.py's own bot of many shards tries a start that fails again and
    again, each try within the last; it leaves a session, and all that was written meanwhile, after one failure to
    come back; and it ends at an event, or a frame, that it cannot read. This one ends at a start that fails, so that
    its runner starts it again; comes back to a session for as long as Discord keeps it; and passes over what it cannot
    read.
    """

    def __init__(self, *args: Any, sessions: Sessions, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sessions = sessions
        self.buckets = 1  # in which sessions may begin at the same time
        self._launching: set[int] = set()
        parsers = self._connection.parsers
        for event, parse in parsers.items():
            if event not in BEGINNINGS:
                parsers[event] = _passing_over(event, parse)

    @property
    def is_connected(self) -> bool:
        """Whether every shard has a session that is open."""
        shards = self.shards.values()
        return self.is_ready() and not self.is_closed() and not any(shard.is_closed() for shard in shards)

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        await self.sessions.begin()
        if self.sessions.ledger:  # others begin sessions too, so that the first of this process may have to wait
            await asyncio.sleep(await self.sessions.turn((shard_id or 0) % self.buckets))
        else:
            await super().before_identify_hook(shard_id, initial=initial)  # which waits between two shards

    async def launch_shards(self) -> None:
        limits = await self.fetch_session_start_limits()
        self.buckets = max(limits.max_concurrency, 1)
        self.sessions.allow(limits.remaining, limits.reset_after / 1000)
        await self.sessions.catch_up()
        if self.sessions.until_next() > 0:
            raise TooManySessionsError
        await super().launch_shards()

    async def launch_shard(self, gateway: yarl.URL, shard_id: int, *, initial: bool = False) -> None:
        failure = sys.exc_info()[1]
        if failure and shard_id in self._launching:  # discord.py's second try, within the first
            raise failure
        self._launching.add(shard_id)
        try:
            await super().launch_shard(gateway, shard_id, initial=initial)
        finally:
            self._launching.discard(shard_id)
        _keep_session(self.shards[shard_id]._parent)  # noqa: SLF001 - there is no other door to it


def _keep_session(shard: Shard) -> None:
    """Have a shard come back to its session where discord.py would begin another, and pass over unreadable frames.

    Its worker, which reads the frames, was made just before and has not run yet; each later one is made by `launch`.
    """

    async def come_back() -> None:
        await shard.reidentify(ReconnectWebSocket(shard.id, resume=shard.ws.session_id is not None))

    def launch() -> None:
        _pass_over_frames(shard.ws)
        begin()

    begin = shard.launch
    shard.reconnect, shard.launch = come_back, launch  # type: ignore[method-assign]
    _pass_over_frames(shard.ws)


def _pass_over_frames(socket: DiscordWebSocket) -> None:
    """Have a connection pass over a frame that cannot be read, once it has a session, which it then keeps."""
    receive = socket.received_message

    async def receive_or_pass_over(frame: Any, /) -> None:
        session = socket.session_id, socket.gateway
        try:
            await receive(frame)
        except MEANT:
            raise
        except Exception as error:
            if session[0] is None:  # it was to begin one
                raise
            socket.session_id, socket.gateway = session
            logger.error("A frame cannot be read and is passed over (%s).", outline(error))  # noqa: TRY400 - one line is enough
            if not isinstance(error, NO_SENSE):  # the stream itself is broken, and all that would come after
                await socket.close()
                raise ReconnectWebSocket(socket.shard_id) from error

    socket.received_message = receive_or_pass_over  # type: ignore[method-assign]


def _passing_over(event: str, parse: Callable[[Any], None]) -> Callable[[Any], None]:
    def parse_or_pass_over(data: Any) -> None:
        try:
            parse(data)
        except Exception as error:
            logger.error("An event %s cannot be read and is passed over (%s).", event, outline(error))  # noqa: TRY400 - one line is enough

    return parse_or_pass_over
