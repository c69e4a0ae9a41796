"""What the program tells of what it does: a line for each event, and no secret in any."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.config.log_format import LogFormatter
from bot.config.setting_types import LogFormat

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.abcdefghijklmnopqrstuvwxyz0123456789AB"
INTERACTION = "aW50ZXJhY3Rpb246MTIzNDU2Nzg5MDEyMzQ1Njc4OnF3ZXJ0eXVpb3A"
SECRET = "the words of a question"


def record(message: str, *args: object, **fields: Any) -> logging.LogRecord:
    """Make a record as logging does, at noon of a day."""
    made = logging.LogRecord("bot.services.question_service", logging.INFO, "desk.py", 1, message, args, None)
    made.created = 1_738_324_800.25
    vars(made).update(fields)
    return made


def fail() -> None:
    raise ValueError(SECRET)


def failed() -> logging.LogRecord:
    made = record("It broke.")
    try:
        fail()
    except ValueError as error:
        made.exc_info = (type(error), error, error.__traceback__)
    return made


def test_text_has_the_fields_behind_the_message() -> None:
    line = LogFormatter(LogFormat.TEXT).format(record("Answered %s.", "all", id="0abc", elapsed_ms=3.1, logged=True))

    assert line == snapshot(
        "2025-01-31T12:00:00.250Z INFO bot.services.question_service: Answered all. id=0abc elapsed_ms=3.1 logged=True"
    )


def test_json_has_the_fields_beside_the_message() -> None:
    line = LogFormatter(LogFormat.JSON).format(record("Answered “%s”.", "all", id="0abc", elapsed_ms=3.1, logged=True))

    assert line == snapshot(
        '{"time": "2025-01-31T12:00:00.250Z", "level": "INFO", "logger": "bot.services.question_service", '
        '"message": "Answered “all”.", "id": "0abc", "elapsed_ms": 3.1, "logged": true}'
    )


@pytest.mark.parametrize("form", LogFormat)
def test_of_an_exception_its_kind_and_place_are_told_and_not_its_words(form: LogFormat) -> None:
    line = LogFormatter(form).format(failed())

    assert "ValueError < test_log_lines.py:" in line
    assert SECRET not in line


SAID = {
    f"Logging in with {TOKEN}": "Logging in with <token>",
    f"POST https://discord.com/api/v10/interactions/700/{INTERACTION}/callback failed": (
        "POST https://discord.com/api/v10/interactions/700/<token>/callback failed"
    ),
    "PATCH https://discord.com/api/v10/webhooks/1000/x.y-Z_1/messages/@original?wait=true": (
        "PATCH https://discord.com/api/v10/webhooks/1000/<token>/messages/@original?wait=true"
    ),
    f"Event: {{'type': 2, 'token': '{INTERACTION}', 'version': 1}}": (
        "Event: {'type': 2, 'token': '<token>', 'version': 1}"
    ),
    f'{{"op": 2, "d": {{"token": "{TOKEN}", "intents": 1}}}}': '{"op": 2, "d": {"token": "<token>", "intents": 1}}',
    f"{{'Authorization': 'Bot {TOKEN}'}}": "{'Authorization': 'Bot <token>'}",
    f"of an interaction: {INTERACTION}.": "of an interaction: <token>.",
    "DISCORD_TOKEN is not set.": "DISCORD_TOKEN is not set.",
    "GET https://discord.com/api/v10/channels/2000/messages has returned 200": (
        "GET https://discord.com/api/v10/channels/2000/messages has returned 200"
    ),
}


@pytest.mark.parametrize(("said", "written"), SAID.items(), ids=range(len(SAID)))
@pytest.mark.parametrize("form", LogFormat)
def test_a_token_is_never_written(said: str, written: str, form: LogFormat) -> None:
    for line in (LogFormatter(form).format(record("%s", said)), LogFormatter(form).format(record("", field=said))):
        assert (written if form is LogFormat.TEXT else json.dumps(written)[1:-1]) in line


@given(st.text(), st.text(), st.sampled_from(LogFormat))
def test_whatever_is_said_is_one_line_that_can_be_written_and_read(said: str, field: str, form: LogFormat) -> None:
    line = LogFormatter(form).format(record("%s", said, field=field))

    assert line.encode()
    assert len(line.splitlines()) == 1
    if form is LogFormat.JSON:
        assert json.loads(line)["logger"] == "bot.services.question_service"


@given(st.text(), st.text(), st.sampled_from(LogFormat))
def test_the_token_of_this_bot_is_not_written_whatever_stands_around_it(
    before: str, after: str, form: LogFormat
) -> None:
    secret = "a-secret-of-another-shape"

    assert secret not in LogFormatter(form, secret=secret).format(record("%s", before + secret + after))
