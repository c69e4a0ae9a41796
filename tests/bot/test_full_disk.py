"""A disk that is really full, and one that is really read-only: small ones, made for the test and gone after it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

# A disk of its own for a process and those that it starts; nobody else sees it.
ALONE = ("unshare", "--user", "--map-root-user", "--mount", "sh", "-c")
ROOM = "mount -t tmpfs -o size=2m none {folder} && cd {folder} && exec {command}"

# Logs, fills the disk, logs in vain, makes room and logs again; says what came each time.
CHILD = """
import asyncio, json, logging, pathlib, re, subprocess
from bot.config.errors import LogError
from bot.services.retention.log_maintenance import look_after
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.fakes import row

records = []
logging.getLogger("bot.services.retention.log_maintenance").addFilter(records.append)

async def told():
    said = []
    log = await SqliteQueryLog.open(pathlib.Path("data/quoth.db"))

    async def look(id):
        said.append(await log.health())
        try:
            await log.add(row(id, question="x" * 9000))
        except LogError as error:
            said.append(str(error))

    await look("1")
    filler = pathlib.Path("filler")
    try:
        filler.write_bytes(bytes(10_000_000))
    except OSError:
        await look("2")
        await look_after(SqliteLogMaintenance(log.path), days=0, backups=7)
        said.extend(re.sub("has .* MB, and", "has <size> MB, and", record.getMessage()) for record in records)
    filler.unlink()
    await look("3")
    said.append([row.id for row in await log.recent(9)])
    await log.close()
    return said

said = asyncio.run(told())
subprocess.run(["mount", "-o", "remount,ro", "."], check=True)

async def told_of_what_may_not_be_written():
    log = await SqliteQueryLog.open(pathlib.Path("data/quoth.db"), insist=False)
    said.append(await log.health())
    await log.close()

asyncio.run(told_of_what_may_not_be_written())
print(json.dumps(said))
"""


def can_make_a_disk() -> bool:
    """Tell whether this machine lets us make one."""
    if shutil.which("unshare") is None:
        return False
    made = subprocess.run([*ALONE, "mount -t tmpfs none /mnt"], check=False, capture_output=True)
    return made.returncode == 0


@pytest.mark.skipif(not can_make_a_disk(), reason="this machine lets no test make a small disk (unshare, tmpfs)")
def test_a_full_disk_and_a_read_only_one_are_told_and_cost_no_row_that_was_safe(tmp_path: Path) -> None:
    ran = subprocess.run(
        [*ALONE, ROOM.format(folder=tmp_path, command='"$@"'), "sh", sys.executable, "-c", CHILD],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stderr
    full = "the disk is full; free some space, and logging goes on by itself (database or disk is full)"
    no_room = "data/backups has 0 MB left; free some space, or keep fewer backups (QUOTH_BACKUPS)"
    read_only = "Read-only file system; check the folder and who may write there, or set QUOTH_DATA to another"
    log = "The query log data/quoth.db cannot be"
    assert json.loads(ran.stdout) == [
        None,
        f"{log} written: {full}.",
        f"{log} written: {full}.",
        f"There is no backup of today yet: {log} backed up: it has <size> MB, and {no_room}.",
        None,
        ["3", "1"],
        f"{log} opened: {read_only}.",
    ]
