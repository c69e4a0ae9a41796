"""Lines that read right where the language runs from right to left and the quotations do not.

Whether a client lays a line out from the left or from the right is its own business. Between Unicode's isolates (UAX 9)
a line runs as it is told, and its full stop, its numbers and its commands stand where they belong either way.
"""

from __future__ import annotations

import dataclasses
import re
from typing import TYPE_CHECKING

from bot.i18n import END, FROM_THE_RIGHT, ISOLATE, runs_from_the_right
from bot.pages.markdown import units
from bot.pages.page import BODY, TITLE

if TYPE_CHECKING:
    from bot.pages.page import Page

FENCE = "```"
CODE = re.compile(r"(^```\n.*?\n```$)", re.DOTALL | re.MULTILINE)
# What must stay at the ends of a line for it to be drawn as a quotation, a list, small print or bold, and the rest.
LINE = re.compile(r"(?P<head>(?:> |-# |[0-9]+\. |- )?(?:\*\*)?)(?P<rest>.*?)(?P<tail>(?:\*\*)?)", re.DOTALL)


def directed(page: Page) -> Page:
    """The page with the direction of each line, where the language that is spoken runs from right to left.

    The bot's own lines run from the right. A quotation runs as its own first letter does, and so does a title, which
    may be somebody's question. A block of code is left as it is, and so is a text that has no room for that.
    """
    if not runs_from_the_right():
        return page
    title = _between(ISOLATE, page.title)
    body = "".join(part if part.startswith(FENCE) else _lines(part) for part in CODE.split(page.body))
    return dataclasses.replace(
        page,
        title=title if units(title) <= TITLE else page.title,
        body=body if units(body) <= BODY else page.body,
        footer="\n".join(_between(FROM_THE_RIGHT, line) for line in page.footer.split("\n")),
    )


def _lines(text: str) -> str:
    return "\n".join(map(_line, text.split("\n")))


def _line(line: str) -> str:
    found = LINE.fullmatch(line)
    assert found  # noqa: S101 - every line is a rest between two ends, which may be empty
    direction = ISOLATE if found["head"].startswith("> ") else FROM_THE_RIGHT
    return found["head"] + _between(direction, found["rest"]) + found["tail"]


def _between(direction: str, text: str) -> str:
    return f"{direction}{text}{END}" if text.strip() else text
