"""Text as PostgreSQL can hold it: without NUL, which Python has and its texts have not.

NUL is written as a sequence that begins with a character which means nothing (Unicode has 66 of these for a program's
own use), and that character and the two that tell the sequences apart are written so themselves. Nothing else has the
first of them, so what is within a text is within the escaped text too, and the other way round: searches stay right.
"""

from __future__ import annotations

import re
from typing import overload

from bot.store.text import storable

LEAD, LOW, HIGH = "\ufdd0", "\ufdd1", "\ufdd2"
CODES = {"\0": LEAD + LOW + LOW, LEAD: LEAD + LOW + HIGH, LOW: LEAD + HIGH + LOW, HIGH: LEAD + HIGH + HIGH}
PLAIN = {code: char for char, code in CODES.items()}
TO_ESCAPE = re.compile(f"[\0{LEAD}{LOW}{HIGH}]")
ESCAPED = re.compile(f"{LEAD}[{LOW}{HIGH}][{LOW}{HIGH}]")


def escaped(text: str) -> str:
    """`text` as it is written to the database, with U+FFFD for half characters."""
    return TO_ESCAPE.sub(lambda found: CODES[found[0]], storable(text))


@overload
def unescaped(text: str) -> str: ...
@overload
def unescaped(text: None) -> None: ...
def unescaped(text: str | None) -> str | None:
    """`text` as it was before it was escaped."""
    return text if text is None or LEAD not in text else ESCAPED.sub(lambda found: PLAIN[found[0]], text)
