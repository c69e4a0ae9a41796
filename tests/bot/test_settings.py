"""Settings: where they come from, and what is said when they cannot be used."""

from __future__ import annotations

import base64
import logging
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot
from pydantic import ValidationError

from bot.config.errors import SettingsError
from bot.config.setting_types import FetchPolicy, LogFormat, LogLevel
from bot.config.settings import load_settings, names, require_token, token_problem, unknown_settings

ID = base64.urlsafe_b64encode(b"123456789012345678").decode().rstrip("=")
TOKEN = f"{ID}.GhIjKl.abcdefghijklmnopqrstuvwxyz0123456789AB"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_without_any_setting_everything_has_a_default() -> None:
    settings = load_settings()

    assert settings.model_dump() == {
        "discord_token": None,
        "seeds": Path("seeds"),
        "data": Path("data"),
        "index": None,
        "build_memory": 2000,
        "log": None,
        "limit": 3,
        "enough": 0.25,
        "sure": 0.55,
        "keep_days": 0,
        "backups": 7,
        "watch": 30,
        "model": None,
        "editors": frozenset(),
        "fetch": FetchPolicy.HTTPS,
        "member_answers": True,
        "shards": None,
        "log_level": LogLevel.INFO,
        "log_format": LogFormat.TEXT,
        "health_port": None,
    }
    assert settings.log_file == Path("data/quoth.db")


def test_the_command_line_counts_before_the_environment_and_that_before_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("QUOTH_LIMIT=4\nQUOTH_ENOUGH=0.4\nQUOTH_LOG_LEVEL=debug\n")
    monkeypatch.setenv("QUOTH_LIMIT", "5")
    monkeypatch.setenv("QUOTH_ENOUGH", "0.6")

    settings = load_settings(limit=6, enough=None)

    assert (settings.limit, settings.enough, settings.log_level) == (6, 0.6, LogLevel.DEBUG)
    assert settings.log_level.number == logging.DEBUG


def test_the_environment_counts_before_the_file_however_both_are_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / ".env").write_text("QUOTH_LIMIT=4\nquoth_limit=7\n")
    monkeypatch.setenv("QUOTH_LIMIT", "5")

    assert load_settings().limit == 5


def test_an_empty_value_is_no_value(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("DISCORD_TOKEN=\nQUOTH_LIMIT=\n")
    monkeypatch.setenv("QUOTH_SEEDS", "")

    settings = load_settings()

    assert (settings.discord_token, settings.limit, settings.seeds) == (None, 3, Path("seeds"))


def test_a_home_folder_may_be_written_as_a_tilde(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("HOME", str(folder))
    monkeypatch.setenv("QUOTH_SEEDS", "~/articles")

    assert load_settings().seeds == folder / "articles"


def test_settings_do_not_change() -> None:
    with pytest.raises(ValidationError):
        load_settings().limit = 5


def test_a_byte_order_mark_at_the_head_of_the_file_is_passed_over(folder: Path) -> None:
    (folder / ".env").write_text("QUOTH_LIMIT=4", encoding="utf-8-sig")

    assert load_settings().limit == 4
    assert unknown_settings() == ()


def test_all_problems_are_said_at_once_with_the_names_as_they_were_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "a-file").touch()
    (folder / ".env").write_text("quoth_limit=77\nQUOTH_LOG_LEVEL=loud\n")
    monkeypatch.setenv("QUOTH_ENOUGH", "nan")
    monkeypatch.setenv("QUOTH_DATA", "a-file")

    with pytest.raises(SettingsError) as caught:
        load_settings(seeds=Path("a-file"))

    assert str(caught.value) == snapshot("""\
--seeds is 'a-file': it is a file; give a folder.
QUOTH_DATA is 'a-file': it is a file; give a folder.
quoth_limit is '77': give 10 or less.
QUOTH_ENOUGH is 'nan': give a number.
QUOTH_LOG_LEVEL is 'loud': give 'DEBUG', 'INFO', 'WARNING' or 'ERROR'.\
""")


@pytest.mark.parametrize(
    ("variable", "value", "sentence"),
    [
        ("QUOTH_LIMIT", "0", "QUOTH_LIMIT is '0': give 1 or more."),
        ("QUOTH_LIMIT", "three", "QUOTH_LIMIT is 'three': give a whole number."),
        ("QUOTH_LIMIT", "2.5", "QUOTH_LIMIT is '2.5': give a whole number."),
        ("QUOTH_ENOUGH", "-0.1", "QUOTH_ENOUGH is '-0.1': give 0 or more."),
        ("QUOTH_ENOUGH", "1.01", "QUOTH_ENOUGH is '1.01': give 1 or less."),
        ("QUOTH_ENOUGH", "half", "QUOTH_ENOUGH is 'half': give a number."),
        ("QUOTH_SEEDS", "x" * 300, f"QUOTH_SEEDS is '{'x' * 300}': File name too long; give another folder."),
        (
            "QUOTH_DATA",
            "~no-one/x",
            "QUOTH_DATA is '~no-one/x': it begins with ~ and there is no such home; give the whole path.",
        ),
    ],
)
def test_a_value_that_cannot_be_used_is_said(
    variable: str, value: str, sentence: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert str(caught.value) == sentence


def test_a_file_that_is_not_utf_8_is_said(folder: Path) -> None:
    (folder / ".env").write_text("QUOTH_LIMIT=4", encoding="utf-16")
    sentence = f"{folder / '.env'} is not UTF-8 text: save it again with the encoding UTF-8."

    with pytest.raises(SettingsError) as caught:
        load_settings()

    assert str(caught.value) == sentence
    assert unknown_settings() == (sentence,)


def test_the_token_is_never_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    monkeypatch.setenv("QUOTH_LIMIT", "77")

    with pytest.raises(SettingsError) as caught:
        load_settings()
    monkeypatch.delenv("QUOTH_LIMIT")

    assert TOKEN not in str(caught.value)
    assert TOKEN not in repr(load_settings())
    with pytest.raises(SettingsError) as caught:
        load_settings(discord_token=1234567890)
    assert "1234567890" not in str(caught.value)


def test_a_setting_that_is_none_is_said_with_what_was_meant(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".env").write_text("DISCORD_TOKENS=x\nQUOTH_SEED=articles\nPATH_OF_ANOTHER_PROGRAM=y\nQUOTH_LIMIT=4\n")
    monkeypatch.setenv("QUOTH_loglevel", "DEBUG")
    monkeypatch.setenv("QUOTH_COLOUR", "")

    assert unknown_settings() == snapshot(
        (
            "DISCORD_TOKENS in .env is not a setting: did you mean DISCORD_TOKEN?",
            f"QUOTH_COLOUR in the environment is not a setting: the settings are {', '.join(names())}.",
            "QUOTH_SEED in .env is not a setting: did you mean QUOTH_SEEDS?",
            "QUOTH_loglevel in the environment is not a setting: did you mean QUOTH_LOG_LEVEL?",
        )
    )


def test_known_settings_are_not_wondered_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_LIMIT", "4")
    monkeypatch.setenv("quoth_data", "elsewhere")

    assert unknown_settings() == ()
    assert names() == (
        "DISCORD_TOKEN",
        "QUOTH_SEEDS",
        "QUOTH_DATA",
        "QUOTH_INDEX",
        "QUOTH_BUILD_MEMORY",
        "QUOTH_LOG",
        "QUOTH_LIMIT",
        "QUOTH_ENOUGH",
        "QUOTH_SURE",
        "QUOTH_KEEP_DAYS",
        "QUOTH_BACKUPS",
        "QUOTH_WATCH",
        "QUOTH_MODEL",
        "QUOTH_EDITORS",
        "QUOTH_FETCH",
        "QUOTH_MEMBER_ANSWERS",
        "QUOTH_SHARDS",
        "QUOTH_LOG_LEVEL",
        "QUOTH_LOG_FORMAT",
        "QUOTH_HEALTH_PORT",
    )


def test_a_token_of_the_right_shape_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)

    assert token_problem(TOKEN) is None
    assert require_token(load_settings()) == TOKEN


MISTAKES = {
    "": "is empty",
    "Bot " + TOKEN: "begins with the word Bot",
    f'"{TOKEN}"': "has quotation marks around it",
    TOKEN + "\n": "has a space or a line end in it",
    "123456789012345678": "is a number, such as the application's id",
    "aB3_-" * 6 + "xY": "looks like the application's client secret",
    "0123456789abcdef" * 4: "looks like the application's public key",
    "your-token-here": "does not have the shape of a bot's token",
    TOKEN.rpartition(".")[0]: "does not have the shape of a bot's token",
    TOKEN + ".x": "does not have the shape of a bot's token",
    TOKEN.replace("GhIjKl", ""): "does not have the shape of a bot's token",
    TOKEN.replace("GhIjKl", "GhI\u0455Kl"): "does not have the shape of a bot's token",
    TOKEN.replace(ID, "aGVsbG8"): "does not have the shape of a bot's token",
    TOKEN.replace(ID, "a"): "does not have the shape of a bot's token",
}


@pytest.mark.parametrize(("token", "problem"), MISTAKES.items(), ids=range(len(MISTAKES)))
def test_what_is_pasted_in_place_of_a_token_is_told_apart(token: str, problem: str) -> None:
    said = token_problem(token)

    assert said
    assert said.startswith(f"DISCORD_TOKEN {problem}")
    assert said.endswith("https://discord.com/developers/applications.")


def test_a_bot_cannot_run_without_a_token_or_with_a_malformed_one() -> None:
    with pytest.raises(SettingsError, match=r"^DISCORD_TOKEN is not set: copy the token from the page Bot"):
        require_token(load_settings())
    with pytest.raises(SettingsError, match=r"^DISCORD_TOKEN does not have the shape"):
        require_token(load_settings(discord_token="your-token-here"))


@given(st.text(min_size=12))
def test_no_text_breaks_the_check_of_tokens_or_is_repeated_by_it(text: str) -> None:
    assert text not in (token_problem(text) or "")


def test_editors_are_the_ids_of_roles_and_people(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_EDITORS", "123, 456 789")
    assert load_settings().editors == {123, 456, 789}

    monkeypatch.setenv("QUOTH_EDITORS", "@mia")
    with pytest.raises(SettingsError, match="QUOTH_EDITORS is '@mia': give the ids of roles or people"):
        load_settings()
