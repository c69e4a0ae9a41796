"""The lines of a logger, for a test that waits for them."""

from __future__ import annotations

import asyncio
import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests.counting import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator


class Told(logging.Handler):
    """Keeps the lines of a logger for whoever waits for them."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: asyncio.Queue[str] = asyncio.Queue()

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.put_nowait(record.getMessage())

    async def next(self, number: int) -> list[str]:
        """Wait for so many lines."""
        return [await asyncio.wait_for(self.lines.get(), timeout=PATIENCE) for _ in range(number)]


@contextmanager
def told_by(name: str) -> Iterator[Told]:
    """Listen to a logger, from INFO on."""
    logger, told = logging.getLogger(name), Told()
    level = logger.level
    logger.addHandler(told)
    logger.setLevel(logging.INFO)
    try:
        yield told
    finally:
        logger.removeHandler(told)
        logger.setLevel(level)
