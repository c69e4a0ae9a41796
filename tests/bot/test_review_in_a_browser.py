"""`quoth review` as a person uses it: the real command, its real pages, in a real browser."""

from __future__ import annotations

import dataclasses
import datetime
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.store.ids import new_id
from bot.store.log_row import LoggedQuote, LogRow, Outcome
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.browser import chromium, opened_page
from tests.bot.fakes import NOON, row

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(chromium() is None, reason="no Chromium is installed (Debian: apt-get install chromium)"),
]

HOSTILE = '<img src="http://outside.example/?q=1"><script src="//outside.example/x.js"></script> & trams?'
TRAMS = LoggedQuote("trams.txt", "Trams come back", "ff", 0, 16, "Trams came back.", 9.5)


def asked(number: int, question: str, *, outcome: Outcome = Outcome.ANSWER, down: int = 0) -> LogRow:
    """Give a question of some hours after noon."""
    at = NOON + datetime.timedelta(hours=number * 9)
    made = row(new_id(at), question=question, guild=7, quotes=(TRAMS,) if outcome is Outcome.ANSWER else ())
    reason = "weak_match" if outcome is Outcome.NO_ANSWER else None
    return dataclasses.replace(made, asked_at=at, outcome=outcome, reason=reason, elapsed_ms=number + 0.5, down=down)


ROWS = (
    asked(0, "When did trams last run?"),
    asked(1, HOSTILE, outcome=Outcome.NO_ANSWER),
    asked(2, "Who rides the trams?", down=1),
    asked(3, "Why do zebras yodel?", outcome=Outcome.NO_ANSWER),
)


@contextmanager
def reviewed(folder: Path) -> Iterator[str]:
    """Start `quoth review` in a folder, and give the address that it prints."""
    command = "from bot.cli import main; main(['review', '--port', '0', '--no-open'])"
    with subprocess.Popen(
        [sys.executable, "-c", command],
        stdout=subprocess.PIPE,
        text=True,
        cwd=folder,
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    ) as started:
        try:
            assert started.stdout
            yield started.stdout.readline().split()[-1]
        finally:
            started.terminate()


async def test_the_log_is_read_in_a_browser_and_nothing_is_asked_of_anywhere_else(tmp_path: Path) -> None:
    log = await SqliteQueryLog.open(tmp_path / "data" / "quoth.db")
    for found in ROWS:
        await log.add(found)
    await log.close()

    with reviewed(tmp_path) as address:
        here = address.partition("?")[0]
        async with opened_page(tmp_path / "profile") as page:
            await page.go(address)
            first = await page.text(".content")
            charts = await page.script("[...document.querySelectorAll('svg[role=img]')].map(s => s.ariaLabel)")
            bars = await page.script("document.querySelectorAll('svg g rect').length")

            await page.click("Unanswered")
            unanswered = await page.text("td.col-question")
            await page.click(ROWS[1].id)
            whole = await page.text("td.col-question")

            await page.go(here)
            await page.click("All questions")
            every = await page.text("th")
            await page.click("no_answer")
            of_kind = await page.text("td.col-question")

            await page.go(here)
            await page.click("By source")
            await page.click("trams.txt")
            of_source = await page.text("td.col-question")

            for listed in ("By day", "Slowest", "Thumbs down", "Marked"):
                await page.go(here)
                await page.click(listed)

    assert first == snapshot("""\
What was asked

4 questions from 2025-01-31 to 2025-02-01, 50 % of them answered; 0 votes up, 1 down.

Questions a day

2025-01-31
2025-02-01

■ answered ■ not answered. The days are in UTC.

Lists
All questions: with filters, and how many of each kind there are.
Unanswered: The questions that no source answered, newest first.
Thumbs down: The answers that somebody voted down, newest first.
Not sure: Answers that were not sure, newest first.
Slowest: The questions that took longest.
By day: How many were asked and answered each day, in UTC.
By source: How often each source was quoted, and when last.
Marked: what a person who reviewed an answer found.
SQL and the tables: for a question of your own to the log.
Most quoted sources

Trams come back
2

Most asked subjects

trams
3

The log can be read here and not changed, on this machine alone. Each list can be had as CSV or JSON, too.\
""")
    assert charts == snapshot(["Questions a day, 2 at most", "Trams come back 2", "trams 3"])
    assert bars == snapshot(6)
    assert unanswered.splitlines() == ["Why do zebras yodel?", HOSTILE]
    assert whole == HOSTILE
    assert every.split() == snapshot(
        [
            "id",
            "▲",
            "asked_at",
            "surface",
            "question",
            "outcome",
            "confidence",
            "elapsed_ms",
            "guild",
            "reason",
            "up",
            "down",
            "private",
            "tentative",
        ]
    )
    assert of_kind.splitlines() == ["Why do zebras yodel?", HOSTILE]
    assert of_source.splitlines() == ["Who rides the trams?", "When did trams last run?"]
    assert len(page.requests) > 12
    assert [asked_for for asked_for in page.requests if not asked_for.startswith((here, "data:"))] == []


async def test_without_the_key_of_the_address_nobody_reads_the_log(tmp_path: Path) -> None:
    await (await SqliteQueryLog.open(tmp_path / "data" / "quoth.db")).close()

    with reviewed(tmp_path) as address:
        async with opened_page(tmp_path / "profile") as page:
            await page.go(address.partition("?")[0])
            refused = await page.text()
            await page.go(address)
            empty = await page.text(".content p")

    assert refused == (
        "Open the address that `quoth review` printed, whole: it has a key, and without it nobody reads the log."
    )
    assert empty.splitlines()[0] == "No question is in the log yet."
