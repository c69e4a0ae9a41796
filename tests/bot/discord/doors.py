"""Every way into `/log`: interactions as Discord would send them, made by hand so that nobody's rights stop them.

They are read off the bot itself (its commands with their options, what it completes, the buttons it listens to), so
that what is added to `/log` is tried without a word here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from discord import AppCommandOptionType, InteractionType
from simcord import interactions
from simcord.backend import serializers

from bot.discord.cogs.log import LogCog
from bot.handlers.filter_arguments import FilterButton, FilterPosition

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import simcord

    from bot.discord.client import Quoth
    from tests.bot.discord.scene import Scene

COGS = (LogCog,)
AT_ONCE = 8
TYPED = ("", "nobel", "01")


@dataclass(frozen=True)
class Door:
    """An interaction and a name for it."""

    name: str
    type: InteractionType
    data: dict[str, Any]


def pressed(action: str, argument: str) -> Door:
    """A press of a button that does `action` with `argument`."""
    custom_id = f"quoth:{action}:{argument}"
    return Door(custom_id, InteractionType.component, {"custom_id": custom_id, "component_type": 2})


def sent(action: str, argument: str, text: str) -> Door:
    """A form that was sent, with `text` in its field."""
    field = {"type": 18, "id": 1, "component": {"type": 4, "id": 2, "custom_id": "text", "value": text}}
    data = {"custom_id": f"quoth.form:{action}:{argument}", "components": [field]}
    return Door(f"{data['custom_id']} “{text}”", InteractionType.modal_submit, data)


async def knock(
    scene: Scene, every: Sequence[Door], actor: Any, channel: simcord.ChannelHandle, message: dict[str, Any]
) -> dict[str, list[Any]]:
    """Send them all as this person, a handful at a time, buttons as those of `message`; give what the bot sent back."""
    backend, before = scene.env.backend, len(scene.env.http_requests)
    guild = actor.guild.id if hasattr(actor, "guild") else None
    tokens: dict[str, str] = {}
    for number, door in enumerate(every):
        record, payload = interactions.base_payload(
            backend, type=door.type.value, channel_id=channel.id, guild_id=guild, user_id=actor.id, data=door.data
        )
        if door.type is InteractionType.component or door.data.get("custom_id", "").startswith("quoth.form:"):
            # discord.py passes on no button that is not on the message, so it stands there; a form was opened by one.
            button = {"type": 2, "style": 2, "label": "Forged", "custom_id": door.data["custom_id"]}
            payload["message"] = {**message, "components": [{"type": 1, "components": [button]}]}
            record.source_message_id = int(message["id"])
        tokens[record.token] = door.name
        backend.emit("INTERACTION_CREATE", payload)
        if number % AT_ONCE == 0:
            await scene.env.settle()
    await scene.env.settle()
    answers: dict[str, list[Any]] = {door.name: [] for door in every}
    for sent in scene.env.http_requests[before:]:
        for token, name in tokens.items():
            if token in sent.path:
                answers[name].append(sent.json)
    return answers


def message_of(scene: Scene, message: Any) -> dict[str, Any]:
    """Give a message as Discord sends it along with a press of its buttons."""
    backend = scene.env.backend
    stored = backend.get_message(getattr(message, "channel_id", None) or message.channel.id, message.id)
    return dict(serializers.message_payload(backend, stored))


async def doors(scene: Scene, ids: Sequence[str], user: int, channel: int) -> list[Door]:
    """Give every door, tried with the ids of these rows, of that user and of that channel."""
    (command,) = [found for found in await scene.bot.tree.fetch_commands() if found.name == "log"]
    described: dict[str, Any] = dict(command.to_dict())
    leaves: list[dict[str, Any]] = described["options"]
    found: list[Door] = []
    for leaf in leaves:
        options: list[dict[str, Any]] = leaf.get("options", [])
        needed = [_filled(option, ids[0], user, channel) for option in options if option.get("required")]
        ways = [needed, *([*needed, _filled(option, ids[0], user, channel)] for option in options)]
        ways += [[*needed, _filled(option, row, user, channel)] for option in options for row in ids if _is_id(option)]
        for number, given in enumerate(ways):
            unique = list({option["name"]: option for option in given}.values())
            found.append(
                Door(
                    f"{leaf['name']} {number}",
                    InteractionType.application_command,
                    _data(command, leaf, unique, user, channel),
                )
            )
        for option in options:
            for typed in TYPED if option.get("autocomplete") else ():
                focused = {"name": option["name"], "type": option["type"], "value": typed, "focused": True}
                found.append(
                    Door(
                        f"{leaf['name']} {option['name']} “{typed}”",
                        InteractionType.autocomplete,
                        _data(command, leaf, [focused], user, channel),
                    )
                )
    return found + list(_buttons(scene.bot, ids, user))


def _buttons(bot: Quoth, ids: Sequence[str], user: int) -> Iterator[Door]:
    listeners = [name for cog in bot.cogs.values() if isinstance(cog, COGS) for name, _ in cog.get_listeners()]
    actions = [name.removeprefix("on_press_") for name in listeners if name.startswith("on_press_")]
    assert actions
    places = [
        str(FilterPosition(choice))
        for choice in (FilterButton(), FilterButton(person=user), FilterButton(words="nobel"))
    ]
    places += [str(FilterPosition(FilterButton(), before=ids[0])), str(FilterPosition(FilterButton(), after=ids[-1]))]
    files = [f"{form}.{places[0]}" for form in ("csv", "jsonl")]
    for action in actions:
        for argument in (*places, *files, *ids, "open.1", "closed.1", "x"):
            yield pressed(action, argument)


def _data(command: Any, leaf: Any, options: list[Any], user: int, channel: int) -> dict[str, Any]:
    person = {"id": str(user), "username": "someone", "discriminator": "0", "avatar": None, "global_name": None}
    place = {"id": str(channel), "name": "general", "type": 0, "permissions": "0"}
    return {
        "id": str(command.id),
        "name": command.name,
        "type": 1,
        "options": [{"name": leaf["name"], "type": 1, "options": options}],
        "resolved": {"users": {str(user): person}, "channels": {str(channel): place}},
    }


def _is_id(option: Any) -> bool:
    return bool(option["name"] == "id")


def _filled(option: Any, row: str, user: int, channel: int) -> dict[str, Any]:
    values: dict[str, object] = {
        "id": row,
        "words": "nobel",
        "since": "2026-01-01",
        "days": 90,
        "source": "isis-after-mosul",
    }
    by_type: dict[int, object] = {
        AppCommandOptionType.boolean.value: True,
        AppCommandOptionType.user.value: str(user),
        AppCommandOptionType.channel.value: str(channel),
    }
    given = [choice["value"] for choice in option.get("choices", ())]
    value = given[-1] if given else by_type.get(option["type"], values.get(option["name"]))
    assert value is not None, f"no value for the option {option['name']} of /log; give one here"
    return {"name": option["name"], "type": option["type"], "value": value}
