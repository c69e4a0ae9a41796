"""Commands that are imported when they are run or explained, and until then only have a name and a sentence."""

from __future__ import annotations

from collections import UserDict
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_group

from bot.cli.terminal.startup import no_garbage

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True, slots=True)
class Entry:
    """A command in a list of commands: what it does, in a sentence, and the function that does it.

    `function` is written "module:name", or the commands below it where there are some; `alone` is then what is done
    where none of them is named, if anything. `heading` is that of the help under which it stands.
    """

    sentence: str
    function: str | Mapping[str, Entry]
    heading: str = "Commands"
    alone: str = ""


class LoadedCommands(UserDict[str, Any]):
    """The commands of a list by their names, each imported when it is first looked at."""

    def __init__(self, entries: Mapping[str, Entry]) -> None:
        super().__init__(dict.fromkeys(entries))
        self.entries = entries

    def __getitem__(self, name: str) -> Any:
        command = super().__getitem__(name)
        if command is None:
            command = self[name] = _load(name, self.entries[name])
        return command


def _load(name: str, entry: Entry) -> Any:
    """Make the command, with all of its options."""
    if isinstance(entry.function, str):
        return _command(name, entry.function)
    if not entry.alone:
        return LazyGroup(name=name, entries=entry.function, help=entry.sentence, no_args_is_help=True)
    return GroupWithDefault(name, entry.function, _command(name, entry.alone))


def _command(name: str, function: str) -> Any:
    module, _, attribute = function.partition(":")
    with no_garbage():
        command = getattr(import_module(module), attribute)
    alone = typer.Typer(rich_markup_mode="rich", pretty_exceptions_enable=False, add_completion=False)
    alone.command(name)(command)
    alone.callback()(lambda: None)
    return get_group(alone).commands[name]


class LazyGroup(TyperGroup):
    """Commands whose list, and completing whose names, imports none of them."""

    def __init__(self, *, entries: Mapping[str, Entry], **settings: Any) -> None:
        super().__init__(**{"rich_markup_mode": "rich", **settings})
        self.entries = entries
        self.commands = LoadedCommands(entries)

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002 - it is called so
        return list(self.entries)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002 - likewise
        """A command for a list of them: its name, its sentence, its heading."""
        entry = self.entries.get(cmd_name)
        if entry is None:
            return None
        return TyperCommand(cmd_name, help=entry.sentence, rich_help_panel=entry.heading)

    def resolve_command(self, ctx: Any, args: Sequence[str]) -> Any:
        """A command to be run, explained or completed: the whole of it."""
        name, _, rest = super().resolve_command(ctx, list(args))
        return name, self.commands[name] if name else None, rest


class GroupWithDefault(LazyGroup):
    """Commands below one that does something by itself where none of them is named."""

    def __init__(self, name: str, entries: Mapping[str, Entry], default: Any) -> None:
        super().__init__(
            name=name, entries=entries, help=default.help, params=default.params, invoke_without_command=True
        )
        self.default = default

    def invoke(self, ctx: Any) -> Any:
        """Run the command that is named, or the one of the group."""

        def alone(**given: Any) -> Any:
            return None if ctx.invoked_subcommand else self.default.callback(**given)

        self.callback = alone
        return super().invoke(ctx)
