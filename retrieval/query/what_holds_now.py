"""Questions about what holds now, and how a text says that something is over or that something else took its place."""

from __future__ import annotations

import re

ASKS_NOW = re.compile(
    r"\b(?:now|nowadays|currently|today|at (?:present|the moment)|these days|(?:the )?(?:current|present|new))\b",
    re.IGNORECASE,
)
FORMERLY = re.compile(
    r"\b(?:used to|former(?:ly)?|previous(?:ly)?|no longer|ex-\w+|until (?:then|recently))\b", re.IGNORECASE
)
IN_ITS_PLACE = re.compile(
    r"\b(?:(?:took|takes?|taken|taking) over|succe(?:eds?|eded|ssor)|replac(?:es?|ed|ing)|bec(?:a|o)mes?"
    r"|(?:is|are) now|(?:newly )?(?:appointed|elected)|(?:chosen|named) (?:as|to)|took the place|stepp?(?:s|ed)? in)\b",
    re.IGNORECASE,
)
