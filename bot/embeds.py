"""A page as Discord's own embed."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import discord

from bot.pages.page import Tone

if TYPE_CHECKING:
    from bot.pages.page import Attachment, Page

COLOURS = {
    Tone.ANSWER: discord.Colour(0x2E7D5B),
    Tone.REFUSAL: discord.Colour(0xB7791F),
    Tone.NOTE: discord.Colour(0x5B6C8F),
}
ID = re.compile(r" · ([0-9a-z]{16})\Z")


def embed_of(page: Page) -> discord.Embed:
    """Draw a page, which is within Discord's limits already."""
    embed = discord.Embed(title=page.title or None, description=page.body, colour=COLOURS[page.tone])
    if page.footer:
        embed.set_footer(text=page.footer)
    return embed


class TextFile(discord.File):
    """A file whose id is a string, as Discord describes it; discord.py writes a number."""

    def to_dict(self, index: int) -> dict[str, Any]:
        return {**super().to_dict(index), "id": str(index)}


def file_of(attachment: Attachment) -> discord.File:
    """Draw a text as a file in UTF-8."""
    return TextFile(io.BytesIO(attachment.text.encode(errors="replace")), filename=attachment.name)


def id_on(message: discord.Message) -> str:
    """The id of the question that a message of the bot's own answers, from its foot line; "" where it has none."""
    feet = [embed.footer.text or "" for embed in message.embeds]
    found = ID.search(feet[0]) if feet else None
    return found[1] if found else ""
