"""Which code decides what is in an index, and a digest of it: an index that other code made is not used."""

from __future__ import annotations

import hashlib
import re
import sys
import unicodedata
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

# Reading and building begin here; what these import, and what that imports, decides what is in an index.
ROOTS = (
    "retrieval.index.index_file",
    "retrieval.index.writer.build_in_parts",
    "retrieval.index.writer.bulk_build",
    "retrieval.index.writer.update",
)
PACKAGES = (
    "charset-normalizer",
    "dateparser",
    "markdown-it-py",
    "mdit-py-plugins",
    "nltk",
    "pyyaml",
    "snowballstemmer",
)
HERE = Path(__file__).parents[2]
DATA = (".c", ".h", ".txt")  # beside a module that is used, these are read by it
ONLY_TYPES = re.compile(r"^if TYPE_CHECKING:\n(?:[ \t]+.*\n|\n)*", re.MULTILINE)
FROM = re.compile(r"^[ \t]*from (retrieval[\w.]*) import (\([^)]*\)|.*)$", re.MULTILINE)
NAME = re.compile(r"(\w+)(?: as \w+)?")
# In a table of modules that are imported when they are needed.
NAMED = re.compile(r"""["'](retrieval(?:\.\w+)+)["':]""")


@cache
def code_digest() -> str:
    """A digest of all that decides what is in an index but the articles: our modules and the packages they use."""
    whole = hashlib.sha256()
    for name, content in sorted(code_of_reading(HERE).items()):
        whole.update(name.encode() + b"\0" + content + b"\0")
    for package in PACKAGES:
        whole.update(f"{package} {_version(package)}\n".encode())
    whole.update(f"{sys.version_info[:2]} {unicodedata.unidata_version} {sys.byteorder}".encode())
    return whole.hexdigest()


def _version(package: str) -> str:
    """The version of a package, "" where it is not installed: what it reads is read once it is."""
    try:
        return version(package)
    except PackageNotFoundError:
        return ""


def code_of_reading(root: Path) -> dict[str, bytes]:
    """The files that reading and building use, by their paths below `root`, the folder that has `retrieval/`.

    An import within a function counts like any other; one for the type checker alone does not.
    """
    found: dict[str, bytes] = {}
    waiting = list(ROOTS)
    seen = set(waiting)
    while waiting:
        path = _file(root, waiting.pop())
        content = path.read_bytes()
        found[path.relative_to(root).as_posix()] = content
        for beside in path.parent.iterdir():
            if beside.suffix in DATA:
                found[beside.relative_to(root).as_posix()] = beside.read_bytes()
        for module in _imported(root, content.decode()):
            if module not in seen:
                seen.add(module)
                waiting.append(module)
    return found


def _imported(root: Path, code: str) -> set[str]:
    found = {name for name in NAMED.findall(code) if _is_module(root, name)}
    for origin, names in FROM.findall(ONLY_TYPES.sub("", code)):
        found.add(origin)
        found.update(f"{origin}.{name}" for name in NAME.findall(names) if _is_module(root, f"{origin}.{name}"))
    return found


def _is_module(root: Path, name: str) -> bool:
    path = root.joinpath(*name.split("."))
    return path.with_suffix(".py").is_file() or (path / "__init__.py").is_file()


def _file(root: Path, name: str) -> Path:
    path = root.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")
