"""The commands as Discord is told of them: with their names and descriptions in every language that there is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from discord import app_commands
from discord.app_commands import TranslationContextLocation as Location

from bot.i18n import LANGUAGES, NAME, _, pgettext, speaking

if TYPE_CHECKING:
    import discord

NAMES = frozenset({Location.command_name, Location.group_name, Location.parameter_name})
# Discord's names for the languages that there are catalogues of; discord.py does not know of Arabic.
LOCALES = ("ar", "de", "es-419", "es-ES", "fr")


class Translator(app_commands.Translator):
    """Finds names, descriptions and choices in the catalogues; what has no catalogue is left in English."""

    async def translate(
        self, string: app_commands.locale_str, locale: discord.Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        is_name = context.location in NAMES and not isinstance(context.data, app_commands.ContextMenu)
        return said(string.message, locale.value, is_name=is_name)


def said(words: str, locale: str, *, is_name: bool) -> str | None:
    """What a name or a description is in the language of a locale; None where that is English or has no catalogue."""
    if locale.partition("-")[0] not in LANGUAGES:
        return None
    with speaking(locale):
        return pgettext(NAME, words) if is_name else _(words)


async def payload_of(command: Any, tree: app_commands.CommandTree[Any]) -> dict[str, Any]:
    """A command, a group or a menu entry as Discord takes it, in all languages.

    discord.py leaves out the languages that it does not know of, and the names of options: those are added here.
    """
    payload: dict[str, Any] = await command.get_translated_payload(tree, tree.translator or Translator())
    _complete(payload, is_name=not isinstance(command, app_commands.ContextMenu))
    return payload


def _complete(payload: dict[str, Any], *, is_name: bool) -> None:
    """Add what is missing to a payload and to those inside of it; `is_name` says that its name is that of a command."""
    for key in {"name", "description"} & payload.keys():
        if payload[key]:
            words = {locale: said(payload[key], locale, is_name=is_name and key == "name") for locale in LOCALES}
            payload[f"{key}_localizations"] = {locale: word for locale, word in words.items() if word is not None}
    for option in payload.get("options", ()):
        _complete(option, is_name=True)
    for choice in payload.get("choices", ()):
        _complete(choice, is_name=False)
