"""`quoth doctor` says what would fail and what to do, and never shows the token."""
# ruff: noqa: E501 - what is said is held as it is said

from __future__ import annotations

import datetime
from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.store.sqlite.maintenance.backups import back_up_nightly
from retrieval.index.native import functions
from retrieval.search.reranking.calibration import CEILING
from tests.bot.cli.running import Screen, put_in_front_of

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture(autouse=True)
def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said must not depend on whether there was a C compiler where the tests run."""
    monkeypatch.setattr(functions, "available", lambda: False)


def test_a_folder_fresh_from_the_box_is_well(quoth: Quoth, folder: Path) -> None:
    ran = quoth("doctor")

    assert (ran.status, ran.err) == (0, "")
    assert ran.text == snapshot("""\
settings  ok    QUOTH_SEEDS is seeds, by default.
          ok    QUOTH_DATA is data, by default.
          ok    QUOTH_INDEX is not set.
          ok    QUOTH_BUILD_MEMORY is 2000, by default.
          ok    QUOTH_LOG is not set.
          ok    QUOTH_LIMIT is 3, by default.
          ok    QUOTH_ENOUGH is 0.25, by default.
          ok    QUOTH_SURE is 0.55, by default.
          ok    QUOTH_KEEP_DAYS is 0, by default.
          ok    QUOTH_BACKUPS is 7, by default.
          ok    QUOTH_WATCH is 30, by default.
          ok    QUOTH_MODEL is not set.
          ok    QUOTH_EDITORS is not set.
          ok    QUOTH_FETCH is https, by default.
          ok    QUOTH_MEMBER_ANSWERS is true, by default.
          ok    QUOTH_SHARDS is not set.
          ok    QUOTH_LOG_LEVEL is INFO, by default.
          ok    QUOTH_LOG_FORMAT is text, by default.
          ok    QUOTH_HEALTH_PORT is not set.
articles  ok    2 articles, 7 sentences in seeds.
search    ok    numpy alone searches the articles, as there was no C compiler at installing: no worse, only slower.
log       ok    data/quoth.db is not there yet; the first question makes it.
token     note  DISCORD_TOKEN is not set. The terminal does without; `quoth run` needs it for Discord.

All is well.
""")
    assert not (folder / "data").exists()


def test_an_answer_that_is_never_sure_enough_is_said_and_how_sure_the_surest_is(
    quoth: Quoth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_ENOUGH", "0.95")

    ran = quoth("doctor")

    assert ran.status == 2
    assert (
        f"QUOTH_ENOUGH is 0.95, and no answer has a confidence above {CEILING:g}: every question is refused."
        in " ".join(ran.text.split())
    )
    monkeypatch.setenv("QUOTH_ENOUGH", str(CEILING))
    assert quoth("doctor").status == 0


def test_settings_are_shown_with_where_they_are_from_but_not_the_token(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text(f"DISCORD_TOKEN={TOKEN}\nQUOTH_LIMIT=5\n", encoding="utf-8")
    monkeypatch.setenv("QUOTH_ENOUGH", "0.25")
    quoth("ask", "Who lit the lamp?")

    ran = quoth("doctor", "--seeds", "seeds")

    assert ran.status == 0
    assert ran.text == snapshot("""\
settings  ok  QUOTH_SEEDS is seeds, from --seeds.
          ok  QUOTH_DATA is data, by default.
          ok  QUOTH_INDEX is not set.
          ok  QUOTH_BUILD_MEMORY is 2000, by default.
          ok  QUOTH_LOG is not set.
          ok  QUOTH_LIMIT is 5, from .env.
          ok  QUOTH_ENOUGH is 0.25, from the environment.
          ok  QUOTH_SURE is 0.55, by default.
          ok  QUOTH_KEEP_DAYS is 0, by default.
          ok  QUOTH_BACKUPS is 7, by default.
          ok  QUOTH_WATCH is 30, by default.
          ok  QUOTH_MODEL is not set.
          ok  QUOTH_EDITORS is not set.
          ok  QUOTH_FETCH is https, by default.
          ok  QUOTH_MEMBER_ANSWERS is true, by default.
          ok  QUOTH_SHARDS is not set.
          ok  QUOTH_LOG_LEVEL is INFO, by default.
          ok  QUOTH_LOG_FORMAT is text, by default.
          ok  QUOTH_HEALTH_PORT is not set.
articles  ok  2 articles, 7 sentences in seeds.
search    ok  numpy alone searches the articles, as there was no C compiler at installing: no worse, only slower.
log       ok  1 question in data/quoth.db, <size>, and it can be written.
token     ok  DISCORD_TOKEN has the shape of a bot's token.

To add the bot to a server: https://discord.com/oauth2/authorize?client_id=123456789012345678&scope=bot+applications.commands&permissions=274877991936&integration_type=0

To take it along in your own account: https://discord.com/oauth2/authorize?client_id=123456789012345678&scope=applications.commands&integration_type=1

All is well.
""")
    assert not [part for part in TOKEN.split(".") if part in ran.out]


def test_links_stay_in_one_piece_on_a_narrow_terminal(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    screen = Screen()
    put_in_front_of(screen, monkeypatch, columns="40")

    quoth("doctor")

    links = [line for line in screen.getvalue().splitlines() if "https://" in line]
    assert [link.rpartition("=")[2] for link in links] == ["0", "1"]


def test_everything_that_would_fail_is_said_at_once(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", f"Bot {TOKEN}")
    monkeypatch.setenv("QUOTH_SEED", "elsewhere")
    (folder / "seeds" / "empty.txt").touch()
    (folder / "data" / "quoth.db").mkdir(parents=True)

    ran = quoth("doctor")
    structured = quoth("doctor", "--json")

    assert ran.status == structured.status == 2
    assert [
        (found["part"], found["state"]) for found in structured.objects[0]["findings"] if found["state"] != "ok"
    ] == [
        ("settings", "note"),
        ("articles", "fails"),
        ("log", "fails"),
        ("token", "fails"),
    ]
    assert ran.out.endswith("3 things to mend: see “fails” above.\n")
    assert TOKEN not in ran.out + structured.out


def test_settings_that_cannot_be_used_are_each_named(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_LIMIT", "many")
    monkeypatch.setenv("QUOTH_ENOUGH", "2")

    ran = quoth("doctor")

    assert ran.status == 2
    assert ran.text == snapshot("""\
settings  fails  QUOTH_LIMIT is 'many': give a whole number.
          fails  QUOTH_ENOUGH is '2': give 1 or less.
          note   The rest is looked at when these are mended.

2 things to mend: see “fails” above.
""")


def test_a_missing_folder_of_articles_would_fail(quoth: Quoth) -> None:
    ran = quoth("doctor", "--seeds", "nowhere")

    assert ran.status == 2
    assert "articles  fails  The folder of articles nowhere does not exist;" in ran.out


def test_backups_and_what_was_put_aside_are_told(quoth: Quoth, folder: Path) -> None:
    quoth("ask", "Who lit the lamp?")
    log = folder / "data" / "quoth.db"
    back_up_nightly(log, datetime.date(2026, 1, 30), keep=7)
    back_up_nightly(log, datetime.date(2026, 1, 31), keep=7)
    damaged = log.with_name("quoth.db.damaged-20260131T120000.000000Z")
    damaged.write_bytes(b"not a database" * 99)

    ran = quoth("doctor", "--json")

    assert ran.status == 0
    findings = [found for found in ran.objects[0]["findings"] if found["part"] in {"log", "backups"}][1:]
    assert findings == snapshot(
        [
            {
                "part": "backups",
                "state": "ok",
                "text": "The newest of 2 nightly ones is data/backups/nightly-2026-01-31.db.",
            },
            {
                "part": "log",
                "state": "note",
                "text": "data/quoth.db.damaged-20260131T120000.000000Z was damaged and put aside; what could be read of it is in the log.",
            },
        ]
    )


@pytest.mark.parametrize("free", [99_999_999, 100_000_000])
def test_a_disk_that_is_nearly_full_is_worth_a_note(quoth: Quoth, monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    quoth("ask", "Who lit the lamp?")
    monkeypatch.setattr("shutil.disk_usage", lambda _: SimpleNamespace(free=free))

    notes = [found["text"] for found in quoth("doctor", "--json").objects[0]["findings"] if found["part"] == "log"][1:]

    little = "The disk of data/quoth.db has only 100.0 MB left; free some space before it is full."
    assert notes == ([little] if free < 100_000_000 else [])
