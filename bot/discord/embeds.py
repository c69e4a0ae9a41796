"""A page as Discord's own embed."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import discord

from bot.i18n import END
from bot.pages.bidi import directed
from bot.pages.page import TOLD, Tone

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.pages.page import Page

COLOURS = {
    Tone.ANSWER: discord.Colour(0x2E7D5B),
    Tone.TENTATIVE: discord.Colour(0x727B3D),
    Tone.REFUSAL: discord.Colour(0xB7791F),
    Tone.NOTE: discord.Colour(0x5B6C8F),
}
BUTTON = re.compile(r"quoth:(?:why|delete):([0-9a-z]{16})")
ID = re.compile(rf" · ([0-9a-z]{{16}}){END}?\Z")


class Upload(discord.File):
    """A file with its number as a string, as Discord describes it; discord.py writes a number."""

    def to_dict(self, index: int) -> dict[str, Any]:
        return {**super().to_dict(index), "id": str(index)}


def embed_of(page: Page) -> discord.Embed:
    """Draw a page, which is within Discord's limits already, in the language that is spoken."""
    page = directed(page)
    embed = discord.Embed(title=page.title or None, description=page.body, colour=COLOURS[page.tone])
    if page.footer:
        embed.set_footer(text=page.footer)
    if page.picture:
        embed.set_image(url=f"attachment://{page.picture.name}")
    return embed


def files_of(page: Page) -> list[discord.File]:
    """Give the files that go with a page: its text in UTF-8, its picture."""
    attached = filter(None, [page.attachment, *page.attachments])
    files: list[discord.File] = [
        Upload(io.BytesIO(attachment.text.encode(errors="replace")), attachment.name) for attachment in attached
    ]
    if picture := page.picture:
        files.append(Upload(io.BytesIO(picture.png), picture.name, description=picture.told[:TOLD]))
    return files


def _buttons_of(message: discord.Message) -> Iterator[discord.Button]:
    for row in message.components:
        if isinstance(row, discord.ActionRow):
            yield from (part for part in row.children if isinstance(part, discord.Button))


def id_on(message: discord.Message) -> str:
    """The id of the question that a message of the bot's own answers; "" where it has none.

    It stands in the ids of its buttons, and in the foot line of messages without any, or from before there were.
    """
    pressed = (BUTTON.fullmatch(button.custom_id or "") for button in _buttons_of(message))
    if button := next(filter(None, pressed), None):
        return button[1]
    feet = [embed.footer.text or "" for embed in message.embeds]
    found = ID.search(feet[0]) if feet else None
    return found[1] if found else ""
