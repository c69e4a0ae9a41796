"""A page: what a message on Discord holds, as plain data within Discord's limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

TITLE = 256
BODY = 4096
FOOTER = 600  # Discord takes 2048; this keeps the whole under its 6000
LABEL = 80
TOLD = 1024


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
class Attachment:
    """A file that goes with a page."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that is drawn in a page: the bytes of a PNG, and what it shows for those who do not see it."""

    name: str
    png: bytes
    told: str


@dataclass(frozen=True, slots=True)
class Page:
    """One message. `title` and `body` are markdown, `footer` is plain text."""

    body: str
    title: str = ""
    footer: str = ""
    tone: Tone = Tone.NOTE
    buttons: tuple[Button, ...] = ()
    attachment: Attachment | None = None
    picture: Picture | None = None
