"""What was typed to choose rows -> the filter that means them."""

from __future__ import annotations

import datetime
import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.cli.log.time_options import moment
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.source_lookup import find_source
from bot.store.asker_hash import KEY_FILE, AskerHash
from bot.store.filters import Filter, Thumbs

if TYPE_CHECKING:
    from pathlib import Path

    from bot.cli.log.filter_options import FilterOptions
    from bot.store.query_log import QueryLog

CODE = re.compile("[0-9a-f]{32}")
DISCORD_ID = re.compile(r"\d{15,20}")
LARGEST = 2**63


class FilterReader:
    """Reads what was typed and gathers what cannot be used: `problems`, a sentence each.

    `until` is the option for what was asked before then, as its command calls it.
    """

    def __init__(self, chosen: FilterOptions, *, words: str = "", until: str = "--until") -> None:
        self.problems: list[str] = []
        self.source = chosen.source
        self.wanted = Filter(
            guild=self._id("--server", chosen.server),
            channel=self._id("--channel", chosen.channel),
            asker=self._asker(chosen.asker),
            unanswered=chosen.unanswered,
            thumbs=self._thumbs(chosen.thumbs),
            since=self._moment("--since", chosen.since),
            until=self._moment(until, chosen.until),
            words=words,
        )

    async def filter_for(self, log: QueryLog, data: Path) -> Filter:
        """The filter, as the log and the key in the folder `data` know the source and the asker.

        Raises InputError where no answer quotes such a source, and LogError where the key cannot be read.
        """
        wanted = self.wanted
        if wanted.asker and DISCORD_ID.fullmatch(wanted.asker):
            wanted = replace(wanted, asker=code_of(int(wanted.asker), data))
        if self.source is not None:
            wanted = replace(wanted, source=await quoted_source(self.source, log, wanted.guild))
        return wanted

    def _id(self, option: str, given: int | None) -> int | None:
        if given is not None and not 0 < given < LARGEST:
            self.problems.append(f"{option} is {given}; give the id that Discord shows, a whole number.")
        return given

    def _thumbs(self, given: str | None) -> Thumbs | None:
        if given is None:
            return None
        with suppress(ValueError):
            return Thumbs(given.lower())
        self.problems.append(f"--thumbs is “{given}”; give up or down.")
        return None

    def _moment(self, option: str, given: str | None) -> datetime.datetime | None:
        if given is None:
            return None
        try:
            return moment(given, datetime.datetime.now(datetime.UTC), option=option)
        except InputError as error:
            self.problems.append(str(error))
            return None

    def _asker(self, given: str | None) -> str | None:
        if given is not None and not (CODE.fullmatch(given) or DISCORD_ID.fullmatch(given)):
            self.problems.append(
                f"--asker is “{given}”; give the code that `quoth log show` tells, or the id of a Discord user."
            )
        return given


def code_of(user: int, data: Path) -> str:
    """The code of a Discord user. Raises InputError where there is no key yet, so that nobody has one."""
    if not (data / KEY_FILE).exists():
        raise InputError(f"Nobody asked on Discord yet: there is no {data / KEY_FILE} that makes {user} a code.")
    return AskerHash.open(data).hash(user)


async def quoted_source(called: str, log: QueryLog, guild: int | None) -> str:
    """The file of the one source that is called so. Raises InputError where there is none, or more than one."""
    sources = await log.sources(guild=guild)
    if not sources:
        raise InputError("No answer in the log quotes a source yet; leave out --source.")
    try:
        return find_source(called, sources).file
    except InputError as error:
        raise InputError(
            str(error).replace("`quoth sources` lists them", "`quoth log stats` names the most quoted")
        ) from error
