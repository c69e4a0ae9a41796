"""A disk that is really full, and one that is really read-only: small ones, made for the test and gone after it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

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

# Logs, ends, and fills the disk; what is read then, and what a question is told, each by a process of its own.
FULL_CHILD = """
import asyncio, json, pathlib, subprocess, sys
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.fakes import row

async def logged():
    log = await SqliteQueryLog.open(pathlib.Path("data/quoth.db"))
    await log.add(row("1", question="Who lit the lamp?"))
    await log.close()

pathlib.Path("seeds").mkdir()
pathlib.Path("seeds/a.txt").write_text("The lamp\\n\\nAnn lit the lamp.")
asyncio.run(logged())
try:
    pathlib.Path("filler").write_bytes(bytes(10_000_000))
except OSError:
    pass
quoth = [sys.executable, "-c", "from bot.cli import main; main()"]
said = []
for command in ("log recent", "log export", "log show 1", "log stats", "ask Who lit the lamp?"):
    ran = subprocess.run([*quoth, *command.split()], capture_output=True, text=True)
    said.append([ran.returncode, "Ann lit the lamp." in ran.stdout or "Who lit the lamp?" in ran.stdout, ran.stderr])
print(json.dumps(said))
"""


def can_make_a_disk() -> bool:
    """Tell whether this machine lets us make one."""
    if shutil.which("unshare") is None:
        return False
    made = subprocess.run([*ALONE, "mount -t tmpfs none /mnt"], check=False, capture_output=True)
    return made.returncode == 0


def on_a_small_disk(code: str, folder: Path) -> Any:
    """Run a program in a folder with room for two megabytes, and give the JSON that it prints."""
    ran = subprocess.run(
        [*ALONE, ROOM.format(folder=folder, command='"$@"'), "sh", sys.executable, "-c", code],
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    return json.loads(ran.stdout)


SMALL_DISK = pytest.mark.skipif(
    not can_make_a_disk(), reason="this machine lets no test make a small disk (unshare, tmpfs)"
)


@SMALL_DISK
def test_a_log_on_a_full_disk_can_be_read_and_a_question_is_told_once_why_it_is_not_logged(tmp_path: Path) -> None:
    *read, asked = on_a_small_disk(FULL_CHILD, tmp_path)

    assert read[:3] == [[0, True, ""]] * 3
    assert read[3] == [0, False, ""]
    status, is_answered, told = asked
    assert (status, is_answered) == (0, True)
    assert re.fullmatch(
        r"The answer \w+ was given but not logged: The query log data/quoth\.db cannot be opened: "
        r"the disk is full; free some space, and logging goes on by itself \(.*\)\.\n",
        told,
    )


@SMALL_DISK
def test_a_full_disk_and_a_read_only_one_are_told_and_cost_no_row_that_was_safe(tmp_path: Path) -> None:
    said = on_a_small_disk(CHILD, tmp_path)

    full = "the disk is full; free some space, and logging goes on by itself (database or disk is full)"
    no_room = "data/backups has 0 MB left; free some space, or keep fewer backups (QUOTH_BACKUPS)"
    read_only = "Read-only file system; check the folder and who may write there, or set QUOTH_DATA to another"
    log = "The query log data/quoth.db cannot be"
    assert said == [
        None,
        f"{log} written: {full}.",
        f"{log} written: {full}.",
        f"There is no backup of today yet: {log} backed up: it has <size> MB, and {no_room}.",
        None,
        ["3", "1"],
        f"{log} opened: {read_only}.",
    ]
