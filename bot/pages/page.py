"""A page: what a message on Discord holds, as plain data within Discord's limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TITLE = 256
BODY = 4096
FOOTER = 600  # Discord takes 2048; this keeps the whole under its 6000
LABEL = 80


class Tone(StrEnum):
    """What kind of news a page brings; surfaces colour it."""

    ANSWER = "answer"
    REFUSAL = "refusal"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a page: pressing it does `action` with `argument`."""

    label: str
    action: str
    argument: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Page:
    """One message. `title` and `body` are markdown, `footer` is plain text.

    A `private` page is for one person alone, even where others see what they asked for.
    """

    body: str
    title: str = ""
    footer: str = ""
    tone: Tone = Tone.NOTE
    buttons: tuple[Button, ...] = ()
    private: bool = False
