"""Nobody gets through a door of the sources' editors without the right, and nobody into another server's sources."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

import discord
import pytest

from tests.bot.discord.doors import Door, knock, message_of
from tests.bot.discord.scene import Scene, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    import simcord

    from bot.services.sources.source_desk import SourceDesk

EACH = 100  # forged interactions for each door
FERRY = b"# Ferry\n\nThe ferry to Sandvik leaves at nine.\n"
SECRETS = ("Sandvik", "ferry", "Ferry")
REFUSED = "Only this server’s editors can add, change and remove its sources."
COMMANDS = {
    "add": ("file", "name", "collection"),
    "replace": ("source", "file"),
    "rename": ("source", "name"),
    "remove": ("source",),
    "history": (),
    "reload": (),
}
PRESSES = ("keep", "discard", "would", "restore", "changes", "keepanswer", "asked", "join")
FORMS = ("quoth.upload:source", "quoth.form:question")


class Forger:
    """Makes interactions by hand: each kind with many values, those that are true among them."""

    def __init__(self, scene: Scene, commands: Any, guild: int, tokens: Sequence[str], message: dict[str, Any]) -> None:
        self.scene = scene
        self.commands = {command.name: command for command in commands}
        self.files = [f"@{guild}/sources/ferry.md", "ferry.md", "Ferry", "@1/x/y.md", "../quoth.db", "", "🜏" * 30]
        self.arguments = [*tokens, f"{tokens[0]}.{tokens[1]}", *map(str, range(1, 8)), "new", "x", "0", "9" * 15]
        self.message = message

    def doors(self) -> Iterator[Door]:
        for name, options in COMMANDS.items():
            for number in range(EACH):
                yield self._command(name, options, number)
        for name in ("replace", "rename", "remove"):
            for number in range(EACH):
                yield self._completion(name, number)
        for action in PRESSES:
            for number in range(EACH):
                custom_id = f"quoth:{action}:{self._argument(number)}"
                yield Door(
                    f"{custom_id} {number}",
                    discord.InteractionType.component,
                    {"custom_id": custom_id, "component_type": 2},
                )
        for form in FORMS:
            for number in range(EACH):
                yield self._form(form, number)
        for number in range(EACH):
            yield self._menu(number)

    def _argument(self, number: int) -> str:
        return self.arguments[number % len(self.arguments)]

    def _command(self, name: str, options: Sequence[str], number: int) -> Door:
        values: dict[str, Any] = {
            "source": self.files[number % len(self.files)] or "x",
            "name": f"Forged {number}",
            "collection": "Forged",
            "file": str(number + 1),
        }
        given = [{"name": one, "type": 11 if one == "file" else 3, "value": values[one]} for one in options]
        data = self._data("sources", [{"name": name, "type": 1, "options": given}])
        data["resolved"] = {"attachments": {str(number + 1): attachment(number + 1)}}
        return Door(f"/sources {name} {number}", discord.InteractionType.application_command, data)

    def _completion(self, name: str, number: int) -> Door:
        typed = ("", "f", "ferry", "@", "sources")[number % 5]
        focused = {"name": "source", "type": 3, "value": typed, "focused": True}
        data = self._data("sources", [{"name": name, "type": 1, "options": [focused]}])
        return Door(f"/sources {name} “{typed}” {number}", discord.InteractionType.autocomplete, data)

    def _form(self, form: str, number: int) -> Door:
        text = {"type": 4, "custom_id": "text", "value": "When?"}
        file = {"type": 19, "custom_id": "file", "values": [str(number + 1)]}
        data = {
            "custom_id": f"{form}:{self._argument(number)}",
            "components": [{"type": 18, "component": one} for one in (text, file)],
            "resolved": {"attachments": {str(number + 1): attachment(number + 1)}},
        }
        return Door(f"{data['custom_id']} {number}", discord.InteractionType.modal_submit, data)

    def _menu(self, number: int) -> Door:
        data = self._data("Keep as a source", [])
        data |= {"target_id": self.message["id"], "resolved": {"messages": {self.message["id"]: self.message}}}
        del data["options"]
        return Door(f"menu {number}", discord.InteractionType.application_command, data)

    def _data(self, name: str, options: list[Any]) -> dict[str, Any]:
        command = self.commands[name]
        return {"id": str(command.id), "name": name, "type": command.type.value, "options": options}


def attachment(number: int) -> dict[str, Any]:
    url = f"https://cdn.simcord.invalid/attachments/1/{number}/forged.md"
    return {"id": str(number), "filename": "forged.md", "size": 20, "url": url, "proxy_url": url}


def state(folder: Path) -> dict[str, str]:
    """Give every file beside the log, as a digest."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not path.name.startswith(("quoth.db", "sources.lock"))
    }


async def prepared(scene: Scene, manager: simcord.MemberActor) -> tuple[list[str], dict[str, Any], dict[str, Any]]:
    """Have a source kept, one removed, and two drafts waiting; give their names, a page and a message."""
    for name in ("ferry.md", "gone.md"):
        form = await manager.slash(scene.channel, "sources add")
        await manager.click(shown(await manager.submit_modal(form, {"file": (name, FERRY)})), label="Keep")
    await manager.slash(scene.channel, "sources remove", source="gone.md")
    written = await scene.ann.send(scene.channel, "The ferry waits for nobody.")
    first = await manager.context_menu(scene.channel, "Keep as a source", written)
    form = await manager.slash(scene.channel, "sources add")
    second = await manager.submit_modal(form, {"file": ("tram.md", FERRY)})
    tokens = [
        button["custom_id"].rpartition(":")[2]
        for offer in (first, second)
        for button in shown(offer).components[0]["components"][:1]
    ]
    return tokens, message_of(scene, shown(second)), message_of(scene, written)


def told(answers: list[Any]) -> str:
    return str([(answer.get("data") or answer) for answer in answers])


@pytest.mark.slow
@pytest.mark.parametrize("who", ["without the right", "an editor of another server"])
async def test_forged_interactions_tell_nothing_and_change_nothing(
    scene: Scene, manager: simcord.MemberActor, source_desk: SourceDesk, tmp_path: Path, who: str
) -> None:
    tokens, page, written = await prepared(scene, manager)
    forger = Forger(scene, await scene.bot.tree.fetch_commands(), scene.guild.id, tokens, written)
    every = [*forger.doors()]
    actor, channel = scene.ann, scene.channel
    if who != "without the right":
        elsewhere = scene.env.create_guild("Elsewhere")
        channel = elsewhere.create_text_channel("general")
        role = elsewhere.create_role("Managers", permissions=discord.Permissions(manage_guild=True))
        actor = elsewhere.add_member(scene.env.create_user("eve"), roles=[role])
        page = message_of(scene, shown(await actor.slash(channel, "sources history")))
        # What they may do in their own server is no forgery: adding there, and what is said of their own message.
        every = [
            door for door in every if not door.name.startswith(("/sources add", "menu", "quoth.upload:source:new"))
        ]
    before = state(tmp_path)
    listed = source_desk.store.listed()

    answers = await knock(scene, every, actor, channel, page)

    assert state(tmp_path) == before
    assert source_desk.store.listed() == listed
    assert len(every) >= EACH * (len(COMMANDS) + 3 + len(PRESSES) + len(FORMS) + 1) - (0 if actor is scene.ann else 250)
    for door in every:
        said = told(answers[door.name])
        assert not [secret for secret in SECRETS if secret in said.replace(door.name, "")], (door.name, said)
        if actor is scene.ann and door.type is not discord.InteractionType.autocomplete:
            assert REFUSED in said, (door.name, said)
