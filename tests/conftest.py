"""What every test has: no token and no settings of whoever runs it, Ctrl-C that works, and time enough."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from hypothesis import settings

# How fast the machine is says nothing about the code; the examples are the same in every run.
settings.register_profile("quoth", deadline=None, derandomize=True)
settings.load_profile("quoth")

# A shell that runs the tests in the background has them ignore Ctrl-C, and so would every process that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


MEMORY = Path("/dev/shm")  # noqa: S108 - pytest makes a folder of its own there, for this user alone
ROOM = 2 * 2**30  # bytes; a run takes less than a tenth of that
TEMPORARY = "PYTEST_DEBUG_TEMPROOT"  # where pytest makes its folders


def pytest_configure() -> None:
    """Write in memory where there is room: logs are synced thousands of times, which a busy disk takes minutes for."""
    if TEMPORARY not in os.environ and MEMORY.is_dir() and os.access(MEMORY, os.W_OK) and _takes_programs(MEMORY):
        os.environ[TEMPORARY] = str(MEMORY)


def _takes_programs(folder: Path) -> bool:
    """Whether there is room for what a run writes, and what it builds there may be run."""
    found = os.statvfs(folder)
    return found.f_bavail * found.f_frsize > ROOM and not found.f_flag & os.ST_NOEXEC


@pytest.fixture(autouse=True)
def no_settings_of_your_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("QUOTH_") or name == "DISCORD_TOKEN"]:
        monkeypatch.delenv(name)
