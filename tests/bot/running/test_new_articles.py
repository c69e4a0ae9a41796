"""A bot that serves answers from the articles that somebody put there and told it of."""

from __future__ import annotations

import asyncio
import os
import re
import signal
from typing import TYPE_CHECKING

import pytest

from bot.app import answering
from bot.app.serving import serve
from bot.config.settings import load_settings
from tests.bot.listening import told_by
from tests.bot.running.payloads import asked, message
from tests.bot.running.running import TOKEN
from tests.bot.running.test_log_lines import logging_as_before

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.running.loopback import Loopback

QUESTION = "When was the new bridge opened?"


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no SIGHUP")
async def test_after_sighup_the_bot_answers_from_new_articles(loopback: Loopback, tmp_path: Path) -> None:
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "mill.txt").write_text("The mill\n\nThe mill grinds barley. It stands by the river.\n", encoding="utf-8")
    settings = load_settings(seeds=seeds, data=tmp_path, discord_token=TOKEN, watch=0, backups=0)
    loopback.events.append(("MESSAGE_CREATE", message(QUESTION, id="4001")))
    answerer = answering.open_answerer(settings)
    with logging_as_before(), told_by("bot.services.article_watcher") as told:
        serving = asyncio.create_task(serve(settings, answerer, sync=False))
        await loopback.until(lambda: len(loopback.sent) == 1)
        (seeds / "bridge.txt").write_text("The bridge\n\nThe new bridge was opened in June.\n", encoding="utf-8")
        os.kill(os.getpid(), signal.SIGHUP)
        await told.next(2)
        await loopback.tell("INTERACTION_CREATE", asked(QUESTION, id="7001"))
        await loopback.until(lambda: "7001" in loopback.responses)
        os.kill(os.getpid(), signal.SIGTERM)
        await serving

    assert "June" not in str(loopback.sent)
    assert "The new bridge was opened in June." in re.sub(r"[*_]", "", str(loopback.responses["7001"]))
