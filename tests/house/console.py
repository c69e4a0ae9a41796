"""Shell examples in a document: what is typed after `$`, and what the terminal then shows."""

from __future__ import annotations

import re
from dataclasses import dataclass

REST = "…"
FENCE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
RUNS_QUOTH = re.compile(r"(^|\| )quoth ")


@dataclass(frozen=True, slots=True)
class Example:
    command: str
    shown: str


def examples(document: str) -> list[Example]:
    """Give the examples in ```console blocks that run `quoth`, alone or at the end of a pipe."""
    found = [
        Example(command.replace("\\\n", ""), "\n".join(line.rstrip() for line in shown.splitlines()).strip("\n"))
        for block in FENCE.findall(document)
        for command, shown in re.findall(r"^\$ ((?:.*\\\n)*.*)\n((?:(?!\$ ).*\n)*)", block, re.MULTILINE)
    ]
    return [example for example in found if RUNS_QUOTH.search(example.command)]


def matches(shown: str, real: str) -> bool:
    """Tell whether the output is what the document shows; a line `…` stands for any number of lines."""
    pattern = "".join(r"(?:.*\n)*" if line.strip() == REST else re.escape(f"{line}\n") for line in shown.splitlines())
    return re.fullmatch(pattern, "".join(f"{line.rstrip()}\n" for line in real.strip("\n").splitlines())) is not None
