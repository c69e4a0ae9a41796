"""What is said and what is logged when something goes wrong in Discord's part.

The log gets where it happened, never what was asked or any token: an exception's own words may hold either.
"""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING, Any

import discord
from discord import app_commands

from bot.config.log_format import outline
from bot.discord.callers import writer
from bot.discord.embeds import embed_of
from bot.i18n import speaking
from bot.pages import help_pages

if TYPE_CHECKING:
    from bot.discord.delivery import Delivery
    from bot.pages.page import Page

logger = logging.getLogger(__name__)

UNKNOWN_INTERACTION = 10062  # Discord gave it up before we answered
ALREADY_ANSWERED = 40060


async def apologise(interaction: discord.Interaction[Any], error: BaseException) -> None:
    """Log an error and tell the one person who met it, in one kind sentence."""
    with speaking(interaction.locale.value):
        page = told(error)
    if page is None or interaction.is_expired():
        return
    try:
        if interaction.type is discord.InteractionType.autocomplete:
            await interaction.response.autocomplete([])
        elif interaction.response.is_done():
            await interaction.followup.send(embed=embed_of(page), ephemeral=True)
        else:
            await interaction.response.send_message(embed=embed_of(page), ephemeral=True)
    except (discord.HTTPException, discord.InteractionResponded) as failure:
        logger.warning("The apology did not arrive either: %s", outline(failure))


async def apologise_to(delivery: Delivery, message: discord.Message, error: BaseException) -> None:
    """Log an error and tell whoever wrote the message, in one kind sentence, unless they have their answer."""
    if isinstance(error, discord.Forbidden):
        where, code = message.channel.id, error.code
        logger.warning("Discord does not let me write in channel %d (%d); give me the rights to do so.", where, code)
        return
    with speaking(writer(message).locale):
        page = told(error)
        if page is None:
            return
        try:
            await delivery.send(message, page)
        except discord.HTTPException as failure:
            logger.warning("The apology did not arrive either: %s", outline(failure))


def told(error: BaseException) -> Page | None:
    """Log an error in one line; the page that says so, None where nobody could be shown one."""
    error = getattr(error, "original", error)
    match error:
        case discord.HTTPException(code=code) if code in {UNKNOWN_INTERACTION, ALREADY_ANSWERED}:
            logger.warning("Discord takes no more answer to a command or button (%s): too late, or it has one.", code)
            return None
        case discord.Forbidden():
            logger.warning("Discord does not let me write there (%s); give me the right to send messages.", error.code)
            return None
        case app_commands.CommandNotFound() | app_commands.CommandSignatureMismatch():
            logger.warning("Discord still has an old version of a command; start with --sync if this goes on.")
            return help_pages.outdated()
        case app_commands.CheckFailure():
            return help_pages.forbidden()
        case _:
            reference = secrets.token_hex(4)
            logger.error("Error %s: %s", reference, outline(error))
            return help_pages.trouble(reference)
