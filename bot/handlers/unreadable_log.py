"""What is said where a request cannot be served."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from bot.pages import help_pages

if TYPE_CHECKING:
    from bot.config.errors import LogError
    from bot.pages.page import Page

logger = logging.getLogger(__name__)


def unreadable(error: LogError) -> Page:
    """Note that the log cannot be read, and say so to whoever asked."""
    logger.error("The log could not be read for someone on Discord: %s", error)
    return help_pages.log_is_unreadable()
