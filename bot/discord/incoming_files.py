"""A file that somebody sent along, which is read only once it is known who may send one, and how large it is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import aiohttp
import discord

from bot.handlers.source_changes import IncomingFile

if TYPE_CHECKING:
    from collections.abc import Mapping


def incoming(
    interaction: discord.Interaction[Any], file: discord.Attachment | Mapping[str, Any] | None
) -> IncomingFile | None:
    """The file of a command's option, or of a form as Discord describes it; None where there is none."""
    match file:
        case None:
            return None
        case discord.Attachment(filename=name, size=size, url=url):
            pass
        case _:
            name, size, url = str(file["filename"]), int(file["size"]), str(file["url"])

    async def read() -> bytes:
        try:
            return await interaction.client.http.get_from_cdn(url)  # type: ignore[no-any-return]
        except (discord.HTTPException, aiohttp.ClientError) as error:
            raise OSError(str(error)) from error

    return IncomingFile(name, size, read)
