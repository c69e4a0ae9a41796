"""Text as the log can hold it."""

from __future__ import annotations

import re

_HALF_CHARACTERS = re.compile("[\ud800-\udfff]")


def storable(text: str) -> str:
    """`text` with U+FFFD in place of each lone surrogate: half a character, which no UTF-8 file can hold."""
    return text if text.isascii() else _HALF_CHARACTERS.sub("\ufffd", text)
