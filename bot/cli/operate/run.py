"""Starts the bot, or the chat in its place."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from bot import app
from bot.cli.ask.chat_run import chat_at_desk
from bot.cli.terminal.articles import answerer_for, settings_for
from bot.cli.terminal.exit_codes import ANSWERED
from bot.cli.terminal.terminal import Terminal
from bot.config.errors import SettingsError
from bot.config.settings import require_token
from bot.services.article_watcher import hangups_passed_over
from retrieval.core.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from bot.config.settings import Settings
    from retrieval.answer.answerer import Answerer


def serve(seeds: Path | None, options: Mapping[str, Any], *, sync: bool, chat_without_token: bool) -> int:
    """Serve on Discord until told to stop; without a token it is the chat, where that was asked for.

    `options` are settings of the command line; None is not given.
    """
    settings = settings_for(seeds=seeds, **options)
    if settings.discord_token is None and chat_without_token:
        Terminal(stderr=True).say(
            "DISCORD_TOKEN is not set, so this is the chat in the terminal; `quoth run --help` tells more."
        )
        return chat_at_desk(settings, answerer_for(settings))
    with hangups_passed_over():
        answerer = _ready(settings)
        asyncio.run(app.serve(settings, answerer, sync=sync))
    return ANSWERED


def _ready(settings: Settings) -> Answerer:
    """Check the token and read the articles, so that what is wrong with both is said at once."""
    problems: list[str] = []
    try:
        require_token(settings)
    except SettingsError as error:
        problems.append(str(error))
    try:
        answerer = answerer_for(settings, with_problems=False)  # the log has each
    except LibraryError as error:
        raise SettingsError("\n".join([*problems, str(error)])) from error
    if problems:
        raise SettingsError("\n".join(problems))
    return answerer
