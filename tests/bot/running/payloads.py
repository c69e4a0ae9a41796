"""What Discord tells a bot: of itself, of a server, of messages and of commands."""

from __future__ import annotations

from typing import Any

BOT = {"id": "1000", "username": "quoth", "discriminator": "0", "avatar": None, "bot": True}
APPLICATION: dict[str, Any] = {
    "id": "1000",
    "name": "quoth",
    "description": "",
    "icon": None,
    "summary": "",
    "verify_key": "",
    "bot_public": True,
    "bot_require_code_grant": False,
    "flags": 0,
    "owner": BOT,
}
ANN = {"id": "3000", "username": "ann", "discriminator": "0", "avatar": None}
BEN = {"id": "3001", "username": "ben", "discriminator": "0", "avatar": None}
INTERACTION = "a-token-of-one-interaction"
CHANNEL = {"id": "2000", "type": 1, "recipients": [ANN]}
SERVER = str(1 << 22)  # of two shards, the second has this server
IN_SERVER = "6000"
GUILD: dict[str, Any] = {
    "id": SERVER,
    "name": "The server",
    "owner_id": "3000",
    "unavailable": False,
    "roles": [{"id": SERVER, "name": "@everyone", "permissions": "0", "position": 0, "color": 0}],
    "channels": [{"id": IN_SERVER, "type": 0, "name": "general", "position": 0, "permission_overwrites": []}],
    "members": [],
    "threads": [],
    "emojis": [],
    "stickers": [],
    "features": [],
    "member_count": 2,
    "preferred_locale": "en-US",
    "verification_level": 0,
    "default_message_notifications": 0,
    "explicit_content_filter": 0,
    "mfa_level": 0,
    "nsfw_level": 0,
    "premium_tier": 0,
    "system_channel_flags": 0,
}


def message(content: str, **other: Any) -> dict[str, Any]:
    """Make a direct message to the bot; `id` where there are several."""
    return {
        "id": "4000",
        "channel_id": "2000",
        "author": ANN,
        "content": content,
        "timestamp": "2025-01-31T12:00:00+00:00",
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "embeds": [],
        "pinned": False,
        "type": 0,
        **other,
    }


def mention(content: str, **other: Any) -> dict[str, Any]:
    """Make a message in the server that begins with a mention of the bot."""
    member = {"roles": [], "joined_at": "2025-01-31T12:00:00+00:00", "deaf": False, "mute": False, "flags": 0}
    there = {"channel_id": IN_SERVER, "guild_id": SERVER, "member": member, "mentions": [BOT]}
    return message(f"<@1000> {content}", **there, **other)


def person(number: int) -> dict[str, Any]:
    """Make somebody; each number is somebody else."""
    return {"id": str(100_000 + number), "username": f"person{number}", "discriminator": "0", "avatar": None}


def asked(question: str, *, id: str = "7000", token: str = INTERACTION) -> dict[str, Any]:  # noqa: A002 - it is called that
    """Make a call of `/ask` in a direct conversation."""
    return {
        "id": id,
        "application_id": "1000",
        "type": 2,
        "token": token,
        "version": 1,
        "data": {
            "id": "8000",
            "name": "ask",
            "type": 1,
            "options": [{"name": "question", "type": 3, "value": question}],
        },
        "user": ANN,
        "channel_id": "2000",
        "channel": CHANNEL,
        "locale": "en-US",
        "entitlements": [],
        "authorizing_integration_owners": {"1": "3000"},
        "context": 1,
        "app_permissions": "0",
        "attachment_size_limit": 10_485_760,
    }


def pressed(custom_id: str, sent: dict[str, Any], *, who: int, id: str) -> dict[str, Any]:  # noqa: A002 - likewise
    """Make a press of a button below what was sent to the server, by one of many people."""
    kept = {name: sent[name] for name in ("embeds", "components")}
    below = message("", id="5001", channel_id=IN_SERVER, author=BOT, guild_id=SERVER) | kept
    member = {"user": person(who), "roles": [], "joined_at": "2025-01-31T12:00:00+00:00", "permissions": "0"}
    call = asked("", id=id, token=f"token-{id}") | {"type": 3, "data": {"custom_id": custom_id, "component_type": 2}}
    del call["user"]
    place = {"guild_id": SERVER, "channel_id": IN_SERVER, "channel": GUILD["channels"][0], "context": 0}
    return call | place | {"member": member | {"flags": 0, "deaf": False, "mute": False}, "message": below}


def brought_along(question: str) -> dict[str, Any]:
    """Make a call of `/ask` in a server that has not added the bot, by someone who has it in their own account."""
    member = {"user": ANN, "roles": [], "joined_at": "2025-01-31T12:00:00+00:00", "permissions": "0", "flags": 0}
    call = asked(question) | {"guild_id": SERVER, "channel_id": IN_SERVER, "context": 0, "member": member}
    del call["user"]
    return call | {"channel": GUILD["channels"][0]}
