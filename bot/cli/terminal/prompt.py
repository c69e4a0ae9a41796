"""A line typed by a person: history with the arrow keys, completion by Tab, a way out that does no harm."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Self

try:
    import readline
except ImportError:  # Windows has none, and its terminal brings its own arrow keys
    readline = None  # type: ignore[assignment]

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

LONGEST_HISTORY = 1000


class Prompt:
    """Asks for lines. Earlier ones are kept in the file `history`, or lost without a word where it is not writable.

    `names` gives the sources' names as they are when Tab is pressed.
    """

    def __init__(self, history: Path, commands: Sequence[str], names: Callable[[], Sequence[str]]) -> None:
        self.history = history
        self.commands = [command.partition(" ")[0] for command in commands]
        self.names = names

    def __enter__(self) -> Self:
        if readline is not None:
            with suppress(OSError):
                readline.read_history_file(self.history)
            readline.set_history_length(LONGEST_HISTORY)
            readline.set_completer_delims("")
            readline.set_completer(lambda line, number: [*completions(line, self.commands, self.names()), None][number])
            readline.parse_and_bind("bind ^I rl_complete" if "libedit" in (readline.__doc__ or "") else "tab: complete")
        return self

    def __exit__(self, *error: object) -> None:
        if readline is not None:
            readline.set_completer(None)
            with suppress(OSError):
                self.history.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                self.history.touch(mode=0o600)
                readline.write_history_file(self.history)

    def ask(self, prompt: str) -> str | None:
        """Give the next line; None where there are no more. Ctrl-C drops the line that was begun, as in a shell."""
        while True:
            try:
                return input(prompt)
            except KeyboardInterrupt:
                print()  # noqa: T201 - the end of the dropped line
            except EOFError:
                print()  # noqa: T201 - the end of the prompt's line
                return None


def completions(line: str, commands: Sequence[str], names: Sequence[str]) -> list[str]:
    """List what a line can go on to: a command, a source behind /from, a source for its last word."""
    if line.startswith("/from "):
        begun = line.removeprefix("/from ").casefold()
        begin = [f"/from {name}" for name in names if name.casefold().startswith(begun)]
        have = [f"/from {name}" for name in names if begun in name.casefold()]
        return begin or (have if len(have) == 1 else [])  # Tab puts what all have in common in the line's place
    if line.startswith("/"):
        return [command for command in commands if command.startswith(line)]
    start = line.rfind(" ") + 1
    word = line[start:].casefold()
    return [line[:start] + name for name in names if word and name.casefold().startswith(word)]
