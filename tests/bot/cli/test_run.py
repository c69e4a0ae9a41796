"""`quoth run` starts the bot, or says in a sentence why it cannot; or it is the chat, where that was asked for."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

import os
import re
import socket
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.config.setting_types import LogFormat
from bot.config.shard_group import ShardGroup
from bot.discord import runner
from bot.services.process_group import join
from bot.store.sqlite.leases import SqliteLeases

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config.settings import Settings
    from bot.handlers import Reception
    from tests.bot.cli.running import Quoth

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"


class Served:
    """Stands in for the runner, and keeps what it was told to serve."""

    def __init__(self) -> None:
        self.calls: list[tuple[str, int, bool]] = []
        self.settings: list[Settings] = []

    async def serve(self, settings: Settings, reception: Reception, *, sync: bool = False, **_: object) -> None:
        token = settings.discord_token.get_secret_value() if settings.discord_token else ""
        self.settings.append(settings)
        self.calls.append((token, len(reception.desk.answerer.library.articles), sync))


@pytest.fixture
def served(monkeypatch: pytest.MonkeyPatch) -> Served:
    served = Served()
    monkeypatch.setattr(runner, "serve", served.serve)
    return served


def test_with_a_token_the_desk_is_served_on_discord(
    quoth: Quoth, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)

    assert quoth("run").status == 0
    assert quoth("run", "--sync", "--chat-without-token").status == 0
    assert served.calls == [(TOKEN, 2, False), (TOKEN, 2, True)]


def test_a_second_bot_with_the_same_data_folder_does_not_start_and_says_what_to_do(
    quoth: Quoth, served: Served, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)

    with closing(SqliteLeases(folder / "data")) as other:
        join(other, None)
        ran = quoth("run")
        asked = quoth("ask", "Who lit the lamp?")

    assert (ran.status, ran.out, served.calls) == (2, "", [])
    assert re.sub(r"\(process .*?\)", "(process …)", ran.err) == snapshot(
        "Another bot is running with this log (process …), and with every server here, some would be answered twice: stop that one first, give each its own shards (--shards 0-3/16), or give this one a token (DISCORD_TOKEN) and a log (QUOTH_DATA, QUOTH_LOG) of its own.\n"
    )
    assert f"(process {os.getpid()} on {socket.gethostname()}, since 20" in ran.err
    assert asked.status == 0  # the terminal may use the folder meanwhile
    assert quoth("run").status == 0


@pytest.mark.parametrize(
    ("shards", "starts"), [("2-3/4", True), ("1-2/4", False), ("0/2", False), ("1/4", False), (None, False)]
)
def test_beside_another_with_shards_only_one_with_others_of_the_same_number_starts(
    quoth: Quoth,
    served: Served,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    shards: str | None,
    starts: bool,
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)

    with closing(SqliteLeases(folder / "data")) as other:
        join(other, ShardGroup(0, 1, 4))
        ran = quoth("run", *(["--shards", shards] if shards else []))

    assert (ran.status, len(served.calls)) == ((0, 1) if starts else (2, 0))
    assert starts or "with shards 0-1/4), and with" in ran.err


@pytest.mark.parametrize("shards", ["4", "3-1/4", "0-4/4", "0-1/0", "-1/2"])
def test_what_is_no_part_of_the_shards_is_said_with_the_next_step(
    quoth: Quoth, served: Served, monkeypatch: pytest.MonkeyPatch, shards: str
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)

    ran = quoth("run", f"--shards={shards}")

    assert (ran.status, served.calls) == (2, [])
    assert ran.err.startswith(f"--shards is '{shards}': ")


def test_where_the_data_folder_cannot_be_written_the_bot_runs_all_the_same(
    quoth: Quoth, served: Served, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    (folder / "data").mkdir()
    (folder / "data" / "leases").write_text("no folder")

    assert quoth("run").status == 0
    assert len(served.calls) == 1


def test_without_a_token_it_says_so(quoth: Quoth, served: Served) -> None:
    ran = quoth("run")

    assert (ran.status, ran.out, served.calls) == (2, "", [])
    assert ran.err == snapshot(
        "DISCORD_TOKEN is not set: copy the token from the page Bot of your application at https://discord.com/developers/applications.\n"
    )


def test_a_malformed_token_and_a_missing_folder_are_told_at_once(
    quoth: Quoth, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "123")

    ran = quoth("run", "--seeds", "nowhere")

    assert (ran.status, ran.out, served.calls) == (2, "", [])
    assert ran.err == snapshot("""\
DISCORD_TOKEN is a number, such as the application's id, and not the token: copy the token from the page Bot of your application at https://discord.com/developers/applications.
The folder of articles nowhere does not exist; name one with --seeds or QUOTH_SEEDS and put articles in it.
""")


def test_how_it_tells_what_it_does_and_whether_it_is_well_can_be_said_on_the_command_line(
    quoth: Quoth, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("QUOTH_LOG_FORMAT", "text")

    assert quoth("run", "--log-format", "JSON", "--health-port", "8080").status == 0
    assert [(settings.log_format, settings.health_port) for settings in served.settings] == [(LogFormat.JSON, 8080)]


def test_what_cannot_be_meant_by_them_is_told(quoth: Quoth, served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)

    ran = quoth("run", "--log-format", "xml", "--health-port", "70000")

    assert (ran.status, ran.out, served.calls) == (2, "", [])
    assert ran.err == snapshot("""\
--log-format is 'xml': give 'text' or 'json'.
--health-port is '70000': give 65535 or less.
""")


def test_a_health_port_that_is_taken_is_told(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ran = quoth("run", "--health-port", str(taken.getsockname()[1]))

    assert ran.status == 2
    assert ran.err.splitlines()[-1].endswith("give another, or stop what uses it.")


def test_without_a_token_it_is_the_chat_where_that_was_asked_for(quoth: Quoth, served: Served) -> None:
    ran = quoth("run", "--chat-without-token", stdin="Who lit the lamp?\n")

    assert (ran.status, served.calls) == (0, [])
    assert ran.err == snapshot(
        "DISCORD_TOKEN is not set, so this is the chat in the terminal; see `quoth run --help`.\n"
    )
    assert "Its lamp was lit by Ada Lindqvist" in ran.out


def test_a_malformed_token_is_not_passed_over_for_the_chat(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "123")

    assert quoth("run", "--chat-without-token").status == 2
