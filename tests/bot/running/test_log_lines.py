"""What a bot that serves writes to its log while all sorts of things happen."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import pytest
from inline_snapshot import snapshot

from bot.app.serving import serve
from bot.config.settings import load_settings
from tests.bot.running.loopback import Trouble
from tests.bot.running.payloads import INTERACTION, asked, message
from tests.bot.running.running import QUESTION, TOKEN

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from retrieval.answer.answerer import Answerer
    from tests.bot.running.loopback import Loopback

SECRETS = (TOKEN, *TOKEN.split("."), INTERACTION, "another-interactions")
CHANGING = re.compile(r"\d+\.\d\d seconds|session-\d+|(?<=of )\d+(?= commands)|(?<=\()\w+Error <.*(?=\)\.)")


@contextmanager
def logging_as_before() -> Iterator[None]:
    """Give the tests their own logging back."""
    root = logging.root
    before, handlers = root.level, root.handlers[:]
    try:
        yield
    finally:
        logging.captureWarnings(capture=False)
        root.handlers[:] = handlers
        root.setLevel(before)


async def served(loopback: Loopback, answerer: Answerer, folder: Path, **options: Any) -> None:
    """Serve, as `quoth run` does, through an answer, a limit, an error, a cut connection and what cannot be read."""
    loopback.troubles.extend([Trouble(429), Trouble(500)])
    loopback.events.append(("INTERACTION_CREATE", asked(QUESTION, id="7001")))
    loopback.events.append(("MESSAGE_CREATE", {"content": QUESTION, "not": "a message"}))
    settings = load_settings(data=folder, discord_token=TOKEN, log_format="json", backups=0, **options)
    with logging_as_before():
        serving = asyncio.create_task(serve(settings, answerer, sync=True))
        await troubled(loopback)
        os.kill(os.getpid(), signal.SIGTERM)
        await serving


async def troubled(loopback: Loopback) -> None:
    """Wait for the answer to a command, fail where nobody waits, cut the connection, and forbid to write."""
    await loopback.until(lambda: "7001" in loopback.responses)

    failure = {"message": "Task exception was never retrieved", "exception": RuntimeError(QUESTION)}
    asyncio.get_running_loop().call_exception_handler(failure)
    await loopback.cut()
    await loopback.tell("MESSAGE_CREATE", message(QUESTION, id="4001"))
    await loopback.until(lambda: len(loopback.sent) == 1)
    loopback.forbidden.add("2000")
    await loopback.tell("MESSAGE_CREATE", message(QUESTION, id="4002"))
    await loopback.until(lambda: loopback.told.count("POST /channels/2000/messages") == 2)


@pytest.mark.usefixtures("no_waiting")
async def test_each_line_is_an_event_without_a_token_or_a_word_of_a_question(
    loopback: Loopback, answerer: Answerer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await served(loopback, answerer, tmp_path)

    written = capsys.readouterr().err
    events = [json.loads(line) for line in written.splitlines()]
    told = [f"{event['level']} {event['logger']}: {CHANGING.sub('<…>', event['message'])}" for event in events]
    assert sorted(told) == snapshot(
        [
            "ERROR bot.discord.runner: Task exception was never retrieved (RuntimeError).",
            "ERROR bot.discord.shards: An event MESSAGE_CREATE cannot be read and is passed over (<…>).",
            "INFO bot.discord.command_sync: Told Discord of <…> commands.",
            "INFO bot.discord.runner: Stopped.",
            (
                "INFO bot.discord.runner: Stopping: answers on their way are delivered first. "
                "A second signal ends the bot at once."
            ),
            "INFO bot.services.question_service: A question was dealt with.",
            "INFO bot.services.question_service: A question was dealt with.",
            "INFO bot.services.question_service: A question was dealt with.",
            "INFO discord.client: logging in using static token",
            "INFO discord.gateway: Shard ID 0 has connected to Gateway (Session ID: <…>).",
            "INFO discord.gateway: Shard ID 0 has successfully RESUMED session <…>.",
            (
                "WARNING bot.discord.error_handler: Discord does not let me write in channel 2000 (50013); "
                "give me the rights to do so."
            ),
            (
                "WARNING bot.discord.interaction_requests: An answer was not taken "
                "(DiscordServerError (status 500, code 0)). Trying again."
            ),
            (
                "WARNING bot.discord.interaction_requests: An answer was not taken "
                "(HTTPException (status 429, code 0)). Trying again."
            ),
        ]
    )
    assert not [secret for secret in (*SECRETS, QUESTION, "Fallujah") if secret in written]
    answers = [event for event in events if event["logger"] == "bot.services.question_service"]
    assert [(event["surface"], event["outcome"], event["logged"]) for event in answers] == [
        ("command", "answer", True),
        ("direct", "answer", True),
        ("direct", "answer", True),
    ]
    assert {"id", "elapsed_ms", "confidence"} <= answers[0].keys()


@pytest.mark.usefixtures("no_waiting")
async def test_even_where_everything_is_told_no_token_is(
    loopback: Loopback, answerer: Answerer, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    await served(loopback, answerer, tmp_path, log_level="debug")

    written = capsys.readouterr().err
    assert "discord.gateway" in written
    assert "/interactions/7001/<token>/callback" in written
    assert not [secret for secret in SECRETS if secret in written]
