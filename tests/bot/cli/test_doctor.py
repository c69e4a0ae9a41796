"""`quoth doctor` says what would fail and what to do, and never shows the token."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from retrieval import kernel

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture(autouse=True)
def without_kernel(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is said must not depend on whether there was a C compiler where the tests run."""
    monkeypatch.setattr(kernel, "available", lambda: False)


def test_a_folder_fresh_from_the_box_is_well(quoth: Quoth, folder: Path) -> None:
    ran = quoth("doctor")

    assert (ran.status, ran.err) == (0, "")
    assert ran.text == snapshot("""\
settings  ok    QUOTH_SEEDS is seeds, by default.
          ok    QUOTH_DATA is data, by default.
          ok    QUOTH_LIMIT is 3, by default.
          ok    QUOTH_ENOUGH is 0.2, by default.
          ok    QUOTH_KEEP_DAYS is 0, by default.
          ok    QUOTH_WATCH is 30, by default.
          ok    QUOTH_LOG_LEVEL is INFO, by default.
articles  ok    2 articles, 7 sentences in seeds.
search    ok    numpy alone searches the articles, as there was no C compiler at installing: no worse, only slower.
log       ok    data/quoth.db is not there yet; the first question makes it.
token     note  DISCORD_TOKEN is not set. The terminal does without; `quoth run` needs it for Discord.

All is well.
""")
    assert not (folder / "data").exists()


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
          ok  QUOTH_LIMIT is 5, from .env.
          ok  QUOTH_ENOUGH is 0.25, from the environment.
          ok  QUOTH_KEEP_DAYS is 0, by default.
          ok  QUOTH_WATCH is 30, by default.
          ok  QUOTH_LOG_LEVEL is INFO, by default.
articles  ok  2 articles, 7 sentences in seeds.
search    ok  numpy alone searches the articles, as there was no C compiler at installing: no worse, only slower.
log       ok  1 question in data/quoth.db, <size>, and it can be written.
token     ok  DISCORD_TOKEN has the shape of a bot's token.

All is well.
""")
    assert not [part for part in TOKEN.split(".") if part in ran.out]


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
