"""A folder with two small articles, and the real command run in it."""

from __future__ import annotations

import gc
import io
import logging
import sys
from typing import TYPE_CHECKING

import pytest

from bot.cli import main
from tests.bot.cli.running import Quoth, Ran

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LIGHTHOUSE = """\
---
name: The lighthouse of Norrholm
date: 2021-03-04
---

# The lighthouse

The lighthouse of Norrholm was built in 1874. Its lamp was lit by Ada Lindqvist, the first keeper.

Nobody has lived in the keeper’s house since the storm of 1953. The café beside it closed “for good” in 2009.
"""

TRAMS = """\
Trams come back to Veldhaven

The city council of Veldhaven voted for a new tram line in May. The line will cost 40 million euros.

Trams last ran in Veldhaven in 1961.
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the working folder, with articles in `seeds`."""
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "lighthouse.md").write_text(LIGHTHOUSE, encoding="utf-8")
    (seeds / "trams.txt").write_text(TRAMS, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def quoth(folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Quoth:
    """Run `quoth` in this process, in the working folder."""
    del folder

    def run(*arguments: str, stdin: str | bytes = "") -> Ran:
        data = stdin.encode() if isinstance(stdin, str) else stdin
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(data), encoding="utf-8"))
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        gc.unfreeze()  # one command freezes what its process keeps to the end; this process goes on to others
        captured = capsys.readouterr()
        return Ran(int(ended.value.code or 0), captured.out, captured.err)

    return run


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    """`--debug`, and how a bot tells what it does, are for one run."""
    loggers = [logging.getLogger(name) for name in ("", "bot", "retrieval")]
    before = [logger.level for logger in loggers]
    handlers = logging.root.handlers[:]
    yield
    logging.captureWarnings(capture=False)
    logging.root.handlers[:] = handlers
    for logger, level in zip(loggers, before, strict=True):
        logger.setLevel(level)
