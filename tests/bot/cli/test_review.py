"""`quoth review` without a browser: what it says before it starts, and who gets in."""

from __future__ import annotations

import asyncio
import socket
import sqlite3
import sys
from contextlib import asynccontextmanager, closing
from typing import TYPE_CHECKING

import httpx
import pytest
from inline_snapshot import snapshot

from bot.cli.review.access import Guard
from bot.cli.review.queries import LISTS
from bot.cli.review.site import site
from bot.store.log_row import LoggedQuote
from bot.store.sqlite.log_maintenance import SqliteLogMaintenance
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.fakes import row

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.bot.cli.running import Quoth

AT, KEY = "127.0.0.1:8001", "key-of-the-test"


@pytest.fixture
async def log_file(tmp_path: Path) -> Path:
    """Make a log of two questions."""
    path = tmp_path / "data" / "quoth.db"
    log = await SqliteQueryLog.open(path)
    quote = LoggedQuote("a/b c.txt", "A & B", "ff", 0, 9, "Lit by <b>Ada</b>.", 1.0)
    await log.add(row("1/é", question="Who lit the <i>lamp</i>?", quotes=(quote,)))
    await log.add(row("2", quotes=(quote,)))
    await log.close()
    return path


@asynccontextmanager
async def visitor(log_file: Path, at: str = AT) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(Guard(site(log_file, SqliteLogMaintenance(log_file)), AT, KEY))
    async with httpx.AsyncClient(transport=transport, base_url=f"http://{at}") as client:
        yield client


async def test_who_has_the_key_once_gets_every_page(log_file: Path) -> None:
    async with visitor(log_file) as client:
        came = await client.get("/", params={"key": KEY})
        pages = {
            listed.name: await client.get(f"/log/{listed.name}.json", params={"source": "a/b c.txt", "_shape": "array"})
            for listed in LISTS
        }

    assert (came.status_code, came.headers["location"]) == (303, "/")
    assert "HttpOnly; SameSite=Strict" in came.headers["set-cookie"]
    assert {name: (page.status_code, len(page.json())) for name, page in pages.items()} == snapshot(
        {
            "unanswered": (200, 0),
            "thumbs_down": (200, 0),
            "tentative": (200, 0),
            "slowest": (200, 2),
            "by_day": (200, 1),
            "by_source": (200, 1),
            "of_source": (200, 2),
        }
    )


@pytest.mark.parametrize(
    ("at", "address", "cookie"),
    [
        (AT, "/", ""),
        (AT, "/log/questions.json", "quoth_review=wrong"),
        (AT, "/?key=wrong", ""),
        (AT, "/?key=%C3%A9", "quoth_review=é"),
        ("outside.example", f"/?key={KEY}", ""),
        ("outside.example:8001", "/", f"quoth_review={KEY}"),
    ],
)
async def test_nobody_else_gets_in_and_no_other_name_of_this_machine_counts(
    log_file: Path, at: str, address: str, cookie: str
) -> None:
    async with visitor(log_file, at) as client:
        answer = await client.get(address, headers=[(b"cookie", cookie.encode())])

    assert answer.status_code == 403
    assert "lamp" not in answer.text


async def test_a_question_is_shown_with_its_answer_and_runs_nothing(log_file: Path) -> None:
    async with visitor(log_file) as client:
        await client.get("/", params={"key": KEY})
        listed = await client.get("/log/slowest")
        link = listed.text.partition('<td class="col-id"><a href="')[2].partition('"')[0]
        page = await client.get(link)

    assert "<h1>Who lit the &lt;i&gt;lamp&lt;/i&gt;?</h1>" in page.text
    assert "Lit by &lt;b&gt;Ada&lt;/b&gt;." in page.text
    assert "A &amp; B" in page.text
    assert page.headers["content-security-policy"].startswith("default-src 'self'")
    assert page.headers["referrer-policy"] == "no-referrer"


def bytes_of(file: Path) -> bytes:
    return file.read_bytes()


async def test_nothing_can_be_changed(log_file: Path) -> None:
    before = bytes_of(log_file)
    async with visitor(log_file) as client:
        await client.get("/", params={"key": KEY})
        answers = [
            await client.get("/log.json", params={"sql": "DELETE FROM questions"}),
            await client.get("/log.json", params={"sql": "WITH a AS (SELECT 1) DELETE FROM questions"}),
            await client.get("/log.json", params={"sql": "SELECT 1; DELETE FROM questions"}),
            await client.post("/log/questions", data={"id": "3"}),
            await client.get("/log.db"),
        ]

    assert [answer.status_code >= 400 for answer in answers] == [True] * 5
    assert bytes_of(log_file) == before


async def test_a_log_that_goes_away_is_told_on_the_first_page(log_file: Path) -> None:
    async with visitor(log_file) as client:
        await client.get("/", params={"key": KEY})
        with closing(sqlite3.connect(log_file)) as connection:
            connection.execute("DROP TABLE questions")
        page = await client.get("/")

    assert "cannot be read: no such table: questions" in page.text


def test_what_stands_in_the_way_is_said_before_anything_starts(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    no_log = quoth("review")
    assert not (folder / "data").exists()
    asyncio.run(make(folder / "data" / "quoth.db"))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        taken = quoth("review", "--port", str(port))
    wrong = quoth("review", "--port", "70000")
    monkeypatch.setattr("bot.cli.review.review.find_spec", {}.get)
    missing = quoth("review")

    assert [ran.status for ran in (no_log, taken, wrong, missing)] == [2] * 4
    assert [
        ran.err.replace(str(port), "<port>").replace(sys.executable, "<python>")
        for ran in (no_log, taken, wrong, missing)
    ] == snapshot(
        [
            "There is no log data/quoth.db yet, so there is nothing to review; ask something first.\n",
            "Port <port> is taken by another program; give another with --port, or 0 for any that is free.\n",
            "--port is 70000; give a number from 0 to 65535, where 0 takes any that is free.\n",
            """\
quoth review needs Datasette, which is not installed; run `<python> -m pip install 'quoth[review]'` and try again.
""",
        ]
    )


async def make(path: Path) -> None:
    await (await SqliteQueryLog.open(path)).close()
