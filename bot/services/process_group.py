"""Several processes as one bot: which of them serves what, and that nobody serves what another does."""

from __future__ import annotations

import asyncio
import datetime
import logging
import os
import secrets
import socket
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from bot.config.errors import LogError, SettingsError
from bot.config.shard_group import ShardGroup

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from bot.store.leases import Leases

logger = logging.getLogger(__name__)

JOINING = "joining"
PROCESS = "process "
EVERYTHING = "everything"
JOIN_TRIES, JOIN_PAUSE = 200, 0.05  # how often, and how many seconds apart, one waits for another that joins
RENEWAL = 5.0  # seconds; a server that was away has forgotten the leases
ASKER_KEY = "asker key"

# What one process of them alone does.
UPKEEP, TELLING, SYNCING = "upkeep of the log", "telling askers", "telling Discord of the commands"


def join(leases: Leases, shards: ShardGroup | None) -> str:
    """Take the place of a process that serves `shards`, or with None everything; returns the name of its lease.

    Raises SettingsError where another serves some of that already; it names that one.
    """
    for _ in range(JOIN_TRIES):
        if leases.take(JOINING, name_of_process()) is None:
            break
        time.sleep(JOIN_PAUSE)
    try:
        for name, note in leases.held(PROCESS).items():
            if not _fits(shards, name.removeprefix(PROCESS).partition(" ")[0]):
                raise SettingsError(_refusal(shards, note))
        place = f"{PROCESS}{shards or EVERYTHING} {secrets.token_hex(4)}"
        leases.take(place, name_of_process(shards))
    finally:
        leases.drop(JOINING)
    return place


def name_of_process(shards: ShardGroup | None = None) -> str:
    """What others are told of this process: its number, its machine, since when, and what it serves."""
    since = datetime.datetime.now(datetime.UTC).strftime("%Y-%m-%d %H:%M UTC")
    serving = f", with shards {shards}" if shards else ""
    return f"process {os.getpid()} on {socket.gethostname()}, since {since}{serving}"


def check_asker_key(leases: Leases, fingerprint: str) -> None:
    """Raise a SettingsError where people had other codes before than this process would give them.

    The first process that has a key remembers its `fingerprint`, which is empty where there is no key.
    """
    known = leases.recall(ASKER_KEY)
    if not known and fingerprint:
        leases.remember(ASKER_KEY, fingerprint)
    elif known != fingerprint:
        raise SettingsError(
            "The key asker.key in QUOTH_DATA is not the one of the bots that share this log, so nobody could be told "
            "apart or deleted here as there: copy asker.key from the machine of the first one."
        )


def holds(leases: Leases | None, name: str) -> bool:
    """Whether this process is the one to do something now; so it is where it shares nothing. Call it in a thread."""
    if leases is None:
        return True
    try:
        return leases.take(name, name_of_process()) is None
    except LogError as error:
        logger.warning("Left to another process, or to later: %s", error)
        return False


@asynccontextmanager
async def lease_renewal(leases: Leases, place: str, shards: ShardGroup | None) -> AsyncIterator[None]:
    """Keeps this process's place, also where the server of the log goes and comes back, as long as the block runs."""
    renewing = asyncio.create_task(_renew(leases, place, shards), name="leases")
    try:
        yield
    finally:
        renewing.cancel()
        with suppress(asyncio.CancelledError):
            await renewing


async def _renew(leases: Leases, place: str, shards: ShardGroup | None) -> None:
    while True:
        await asyncio.sleep(RENEWAL)
        try:
            await asyncio.to_thread(leases.take, place, name_of_process(shards))
        except LogError as error:
            logger.warning("The place of this process among others is not sure: %s", error)


def _fits(shards: ShardGroup | None, other: str) -> bool:
    if shards is None or other == EVERYTHING:
        return False
    return shards.fits_beside(ShardGroup.parse(other))


def _refusal(shards: ShardGroup | None, note: str) -> str:
    serving = f"the shards {shards}" if shards else "every server"
    return (
        f"Another bot is running with this log ({note}), and with {serving} here, some would be answered twice: stop "
        "that one first, give each its own shards (--shards 0-3/16), or give this one a token (DISCORD_TOKEN) and a "
        "log (QUOTH_DATA, QUOTH_LOG) of its own."
    )
