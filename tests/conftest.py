"""What every test has: no token and no settings of whoever runs it, Ctrl-C that works, and time enough."""

from __future__ import annotations

import os
import signal

import pytest
from hypothesis import settings

# How fast the machine is says nothing about the code; the examples are the same in every run.
settings.register_profile("quoth", deadline=None, derandomize=True)
settings.load_profile("quoth")

# A shell that runs the tests in the background has them ignore Ctrl-C, and so would every process that they start.
signal.signal(signal.SIGINT, signal.default_int_handler)


@pytest.fixture(autouse=True)
def no_settings_of_your_own(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("QUOTH_") or name == "DISCORD_TOKEN"]:
        monkeypatch.delenv(name)
