"""How the bot comes to a server or to a person, and the permissions that it asks for there: these and no others."""

from __future__ import annotations

import discord

# In a channel it answers a message by a reply; commands and buttons need none of this.
PERMISSIONS = discord.Permissions(
    view_channel=True,  # see who mentions it
    read_message_history=True,  # reply to a message
    send_messages=True,
    send_messages_in_threads=True,
    embed_links=True,  # an answer is an embed
)
COMMANDS = "applications.commands"


def server_link(application: int) -> str:
    """The address where those who manage a server add the bot to it."""
    return discord.utils.oauth_url(application, permissions=PERMISSIONS, scopes=("bot", COMMANDS)) + _to("0")


def personal_link(application: int) -> str:
    """The address where a person takes the bot's commands along to every conversation."""
    return discord.utils.oauth_url(application, scopes=(COMMANDS,)) + _to("1")


def _to(integration: str) -> str:
    return f"&integration_type={integration}"
