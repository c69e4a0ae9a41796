"""A page: what a message on Discord holds, as plain data within Discord's limits."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.pages.actions import Choose, Press, Send

TITLE = 256
BODY = 4096
FOOTER = 600  # Discord takes 2048; this keeps the whole under its 6000
LABEL = 80
CHOICE = 100
TOLD = 1024


class Tone(StrEnum):
    """What kind of news a page brings; surfaces colour it."""

    ANSWER = "answer"
    TENTATIVE = "tentative"
    REFUSAL = "refusal"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Button:
    """A button under a page: pressing it does `action` with `argument`."""

    label: str
    action: Press
    argument: str
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a menu, in plain text; `value` is what choosing it sends."""

    label: str
    value: str
    description: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Menu:
    """A list under a page to choose one line from, 25 at most: it does `action` with `argument` and what is chosen."""

    action: Choose
    argument: str
    choices: tuple[Choice, ...]


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
class Form:
    """A form of one field of at most `longest` characters, which may be left empty unless it `is_required`.

    Sending it does `action` with `argument` and what was written.
    """

    title: str
    label: str
    action: Send
    argument: str
    longest: int
    is_required: bool = False


@dataclass(frozen=True, slots=True)
class TextField:
    """A line to be filled in, which may be left empty; `key` is its name in what is sent."""

    key: str
    label: str
    longest: int
    hint: str = ""


@dataclass(frozen=True, slots=True)
class UploadForm:
    """A form that takes a file and some lines, all of which may be left out.

    Sending it does `action` with `argument`, the file and what was written.
    """

    title: str
    label: str
    action: Send
    argument: str
    fields: tuple[TextField, ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """One message. `title` and `body` are markdown, `footer` is plain text.

    `private` says that it is for whoever asked, even where the answer would have been for all. `row` is the id of
    the row in the log whose answer this is, where there is one: the message that shows it is noted there.
    """

    body: str
    title: str = ""
    footer: str = ""
    tone: Tone = Tone.NOTE
    buttons: tuple[Button, ...] = ()
    menu: Menu | None = None
    attachment: Attachment | None = None
    attachments: tuple[Attachment, ...] = ()
    picture: Picture | None = None
    private: bool = False
    row: str = ""
