"""Every line that the bot can say, as the code has it: what the catalogues must hold."""

from __future__ import annotations

import ast
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.discord.client import COGS, Quoth
from bot.discord.cogs import Services
from bot.discord.command_sync import CommandSync
from bot.discord.delivery import Delivery
from bot.handlers import Reception
from bot.i18n import NAME
from bot.services.question_service import Desk
from retrieval.answer.answerer import Answerer
from retrieval.ingestion import library
from tests.bot.fakes import MemoryQueryLog
from tests.house.project import ROOT, files, relative

if TYPE_CHECKING:
    from collections.abc import Iterator

TERMINAL = "bot/cli/"  # which speaks English
SAID = {"_": 1, "ngettext": 2, "pgettext": 2, "counted": 1}  # how many words of a call are lines


@dataclass(frozen=True, order=True)
class Line:
    """What is looked up in a catalogue: `many` where the number of things counts, `context` as in bot.i18n."""

    words: str
    many: str = ""
    context: str = ""


def lines_of(code: str, constants: dict[str, str]) -> dict[Line, int]:
    """Give each line that a module says, and where: the first place counts.

    A line that is not written where it is said cannot be found, and is a ValueError. `constants` are names for words.
    """
    found: dict[Line, int] = {}
    tree = ast.parse(code)
    own = [node for function in ast.walk(tree) if _is_counted(function) for node in ast.walk(function)]
    for node in ast.walk(tree):
        if node not in own and isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SAID:
            found.setdefault(_line(node, constants), node.lineno)
    return found


def _is_counted(node: ast.AST) -> bool:
    """Whether a function is the one that says a number of things: it makes its lines of what it is told."""
    return isinstance(node, ast.FunctionDef) and node.name == "counted"


def _line(call: ast.Call, constants: dict[str, str]) -> Line:
    assert isinstance(call.func, ast.Name)
    at = call.args[1:2] if call.func.id == "counted" else call.args[: SAID[call.func.id]]
    words = [
        constants.get(ast.unparse(node)) or (node.value if isinstance(node, ast.Constant) else None) for node in at
    ]
    if not words or not all(isinstance(word, str) for word in words):
        raise ValueError(f"line {call.lineno}: {ast.unparse(call)} says a line that is not written there.")
    match call.func.id, words:
        case "ngettext", [str(one), str(many)]:
            return Line(one, many)
        case "pgettext", [str(context), str(said)]:
            return Line(said, context=context)
        case "counted", [str(thing)]:
            return Line(f"{{count}} {thing}", f"{{count}} {thing}s")
        case _:
            return Line(str(words[0]))


def lines_in_code() -> dict[Line, str]:
    """Give every line that a module of the bot says, but for the terminal's, with its file and its line there."""
    from bot import i18n  # noqa: PLC0415 - its constants, by name

    constants = {name: value for name, value in vars(i18n).items() if name.isupper() and isinstance(value, str)}
    found: dict[Line, str] = {}
    for file in files("bot", suffix=".py"):
        place = relative(file)
        if not place.startswith((TERMINAL, "bot/discord/translator.py")):
            for line, number in lines_of(file.read_text(encoding="utf-8"), constants).items():
                found.setdefault(line, f"{place}:{number}")
    return found


async def lines_of_commands() -> dict[Line, str]:
    """Give the names, descriptions and choices of all commands, each with the command it belongs to."""
    desk = Desk(Answerer(library.load(ROOT / "seeds")), MemoryQueryLog())
    bot = Quoth(Reception(desk, asker=str), Delivery(), CommandSync(ROOT / "no such file"))
    for cog in COGS:
        await bot.add_cog(cog(Services(bot, bot.reception, bot.delivery)))
    found: dict[Line, str] = {}
    for command in bot.tree.get_commands():
        told: Any = command.to_dict(bot.tree)
        for line in _lines_of(told, is_name=told["type"] == 1):
            found.setdefault(line, f"/{told['name']}")
    for name in list(bot.cogs):
        await bot.remove_cog(name)  # closing is for a bot that was connected
    return found


def _lines_of(told: dict[str, Any], *, is_name: bool) -> Iterator[Line]:
    yield Line(told["name"], context=NAME if is_name else "")
    if told.get("description"):
        yield Line(told["description"])
    for option in told.get("options", ()):
        yield from _lines_of(option, is_name=True)
    for choice in told.get("choices", ()):
        yield Line(choice["name"])


async def all_lines() -> dict[Line, str]:
    """Give every line that the catalogues must hold, with the place where it is said first."""
    return {**await lines_of_commands(), **lines_in_code()}
