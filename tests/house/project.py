"""The repository as the house tests see it: its files, without what tools leave in it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]

# The rules of .gitignore are simple enough to be read here, so that a copy without git is checked as well.
IGNORED = {
    line.strip("/")
    for line in (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}


def files(*folders: str, suffix: str = "") -> list[Path]:
    """Give every file of the project, or of some of its folders, sorted."""
    tops = [ROOT / folder for folder in folders] or [ROOT]
    return sorted(path for top in tops for path in _walk(top) if path.name.endswith(suffix))


def relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _walk(top: Path) -> Iterator[Path]:
    for folder, inside, names in os.walk(top):
        inside[:] = [name for name in inside if not _ignored(name) and name != ".git"]
        yield from (Path(folder, name) for name in names if not _ignored(name) and name != ".git")


def _ignored(name: str) -> bool:
    return any(Path(name).match(pattern) for pattern in IGNORED)
