"""Two processes that share the servers, their log and their leases are one bot to those who ask."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bot.app.log_engine import log_maintenance, open_log, open_shared_state
from bot.config.settings import load_settings
from bot.store.asker_hash import AskerHash
from bot.store.filters import Filter
from bot.store.gaps import GapState
from tests.bot.conftest import SEEDS
from tests.bot.fakes import row
from tests.bot.running.payloads import GUILD, SERVER, mention, message, person, pressed
from tests.bot.running.running import QUESTION, TOKEN
from tests.counting import PATIENCE
from tests.house.project import ROOT

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence
    from pathlib import Path

    from bot.config.settings import Settings
    from bot.store.log_row import LogRow
    from bot.store.query_log import QueryLog
    from tests.bot.running.loopback import Loopback

VOTES = 1_000
FIRST, SECOND = "0/2", "1/2"


class Processes:
    """Starts bots of one log and one folder; each is killed at the end at the latest."""

    def __init__(self, settings: dict[str, str], folder: Path, address: str) -> None:
        self.folder = folder
        self._settings = settings
        self._address = address
        self.started: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, shards: str) -> subprocess.Popen[bytes]:
        program = [sys.executable, "-m", "tests.bot.running.process", self._address, "--shards", shards]
        with (self.folder / f"{shards.replace('/', ' of ')}.log").open("ab") as output:
            self.started[shards] = subprocess.Popen(
                program, cwd=ROOT, env=os.environ | self._settings, stdout=output, stderr=output
            )
        return self.started[shards]

    def told(self, shards: str) -> str:
        return (self.folder / f"{shards.replace('/', ' of ')}.log").read_text()


@pytest.fixture(params=["a file", "a database"])
def log_setting(request: pytest.FixtureRequest) -> dict[str, str]:
    """Give the settings of a log that two processes share."""
    return {} if request.param == "a file" else {"QUOTH_LOG": request.getfixturevalue("postgres")}


@pytest.fixture
def settings(log_setting: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    variables = {"DISCORD_TOKEN": TOKEN, "QUOTH_SEEDS": str(SEEDS), "QUOTH_DATA": str(tmp_path / "data"), **log_setting}
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    return load_settings(shards=FIRST)


@pytest.fixture
async def processes(loopback: Loopback, settings: Settings, tmp_path: Path) -> AsyncIterator[Processes]:
    del settings
    loopback.shards = 2
    loopback.limit |= {"max_concurrency": 2}  # so that neither has to wait for the other's session
    processes = Processes({}, tmp_path, loopback.address)
    yield processes
    for process in processes.started.values():
        process.kill()
        process.wait()


@asynccontextmanager
async def both(processes: Processes, loopback: Loopback) -> AsyncIterator[None]:
    for shards in (FIRST, SECOND):
        processes.start(shards)
    await loopback.until(lambda: set(loopback.sessions) == {0, 1})
    await loopback.tell("GUILD_CREATE", GUILD, shard=1)
    yield


async def logged(number: int, log: QueryLog) -> Sequence[LogRow]:
    """Give the rows once there are so many: an answer does not wait for a slow log."""
    async with asyncio.timeout(PATIENCE):
        while len(rows := await log.recent(2 * number)) < number:
            pass
    return rows


@pytest.mark.slow
async def test_every_question_is_answered_and_logged_once_and_commands_are_told_once(
    loopback: Loopback, processes: Processes, settings: Settings
) -> None:
    async with both(processes, loopback):
        for number in range(10):
            direct = message(QUESTION, id=str(10_000 + number), author=person(number))
            await loopback.tell("MESSAGE_CREATE", direct, shard=0)
            in_server = mention(QUESTION, id=str(20_000 + number)) | {"author": person(100 + number)}
            await loopback.tell("MESSAGE_CREATE", in_server, shard=1)
        await loopback.until(lambda: len(loopback.sent) >= 20)
        async with open_log(settings, insist=True) as log:
            rows = await logged(20, log)

    assert len(loopback.sent) == len(rows) == 20
    assert {row.guild for row in rows} == {None, int(SERVER)}
    assert {tuple(identity["shard"]) for identity in loopback.identities} == {(0, 2), (1, 2)}
    assert loopback.told.count("PUT /applications/1000/commands") == 1


@pytest.mark.slow
async def test_a_thousand_votes_at_once_through_both_are_counted_right(
    loopback: Loopback, processes: Processes, settings: Settings
) -> None:
    async with both(processes, loopback), open_log(settings, insist=True) as log:
        await loopback.tell("GUILD_CREATE", GUILD, shard=0)  # as if it had the server too, so that both count at once
        await loopback.tell("MESSAGE_CREATE", mention(QUESTION), shard=1)
        await loopback.until(lambda: bool(loopback.sent))
        (answered,) = await logged(1, log)
        buttons = [button for line in loopback.sent[0]["components"] for button in line["components"]]
        up, down = (next(b["custom_id"] for b in buttons if f"{way}:" in b["custom_id"]) for way in ("up", "down"))

        for number in range(VOTES):
            press = pressed(up if number % 4 else down, loopback.sent[0], who=number, id=str(30_000 + number))
            await loopback.tell("INTERACTION_CREATE", press, shard=number % 2)
        await loopback.until(lambda: len(loopback.responses) == VOTES)
        async with asyncio.timeout(PATIENCE):  # a button is answered before a slow log has written its vote
            while answered.up + answered.down < VOTES:
                (answered,) = await log.recent(10)

    assert (answered.up, answered.down) == (VOTES * 3 // 4, VOTES // 4)


async def nobody_waits(log: QueryLog) -> None:
    """Returns when everybody who wished to be told was told."""
    async with asyncio.timeout(PATIENCE):
        while await log.gaps.due():
            pass


@pytest.mark.slow
async def test_whoever_waits_is_told_once_also_where_the_process_that_tells_is_killed(
    loopback: Loopback, processes: Processes, settings: Settings
) -> None:
    async with open_log(settings, insist=True) as log:
        waiting = [row(f"{number:016}", question=f"Question {number}?") for number in range(6)]
        for one in waiting:
            await log.add(one)
            await log.gaps.wish(one.id, 3000, "ann")
        async with both(processes, loopback):
            await log.gaps.set([one.id for one in waiting[:5]], GapState.CLOSED, guild=None, source="A")
            await loopback.until(lambda: len(loopback.sent) >= 5)
            await nobody_waits(log)  # what was sent is noted too
            with open_shared_state(settings) as shared:
                holder = await asyncio.to_thread(shared.leases.take, "telling askers") or ""
            teller = next(one for one in processes.started.values() if f"process {one.pid} " in holder)
            teller.kill()
            await log.gaps.set([waiting[5].id], GapState.CLOSED, guild=None, source="A")
            await loopback.until(lambda: len(loopback.sent) >= 6)
            await nobody_waits(log)

    assert len(loopback.sent) == 6


@pytest.mark.slow
async def test_whoever_wishes_not_to_be_logged_or_to_be_forgotten_is_so_in_both(
    loopback: Loopback, processes: Processes, settings: Settings
) -> None:
    async with both(processes, loopback), open_log(settings, insist=True) as log:
        with open_shared_state(settings) as shared:
            ann = AskerHash.open(settings.data).hash(3000)
            await loopback.tell("MESSAGE_CREATE", message(QUESTION), shard=0)
            await loopback.until(lambda: len(loopback.sent) == 1)
            assert [found.asker for found in await logged(1, log)] == [ann]

            await shared.preferences.opt(ann, out=True)
            maintenance = log_maintenance(settings)
            await asyncio.to_thread(lambda: list(maintenance.forget_for_good(Filter(asker=ann))))
            await asyncio.sleep(1)  # the second within which it holds everywhere
            await loopback.tell("MESSAGE_CREATE", message(QUESTION, id="4001"), shard=0)
            await loopback.tell("MESSAGE_CREATE", mention(QUESTION, id="4002"), shard=1)
            await loopback.until(lambda: len(loopback.sent) == 3)

            assert list(await log.recent(10)) == []
            assert not maintenance.is_anywhere(ann)


@pytest.mark.slow
async def test_a_third_process_is_refused_with_a_sentence_that_names_the_first(
    loopback: Loopback, processes: Processes
) -> None:
    async with both(processes, loopback):
        first = processes.started[FIRST].pid
        third = processes.start("0-1/2")
        assert await asyncio.to_thread(third.wait, PATIENCE) == 2

    assert f"Another bot is running with this log (process {first} on " in processes.told("0-1/2")
