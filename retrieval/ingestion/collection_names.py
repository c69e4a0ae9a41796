"""Collections: the folders that articles lie in, which decide who sees them, and which of several versions is asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

SERVER = re.compile(r"@(\d+)")
# "v2", "2.0", "1.x", "api-v1": a number alone is no version, it may be a year.
VERSION = re.compile(
    r"(?P<of>.*?)[-_ ]?(?:v(?P<short>\d+)(?:\.x)?|v?(?P<long>\d+(?:\.\d+)+)(?:\.x)?|(?P<line>\d+)\.x)", re.IGNORECASE
)


def collection_of(file: str) -> str:
    """The collection of the article in `file`: the first folder of its path, "" where it lies in none.

    What belongs to one server alone lies in "@<server id>/<collection>/", and both folders together are its collection.
    """
    folder, _, rest = file.partition("/")
    if not rest:
        return ""
    if server_of(folder) is None:
        return folder
    inner, _, below = rest.partition("/")
    return f"{folder}/{inner}" if below else folder


def server_of(collection: str) -> int | None:
    """The id of the one server that a collection belongs to, None where it belongs to none."""
    match = SERVER.fullmatch(collection.partition("/")[0])
    return int(match[1]) if match else None


def short_name(collection: str) -> str:
    """What a collection is called: the name of its folder, "" for the articles that lie in none."""
    return collection if server_of(collection) is None else collection.partition("/")[2]


def version_of(collection: str) -> tuple[str, tuple[int, ...]] | None:
    """What a collection is a version of ("" for a bare "v2"), and which; None where it is no version."""
    match = VERSION.fullmatch(short_name(collection))
    if match is None:
        return None
    home = collection[: len(collection) - len(short_name(collection))]
    number = match["short"] or match["long"] or match["line"]
    return f"{home}{(match['of'] or '').casefold()}", tuple(int(part) for part in number.split("."))


def other_versions(collections: Iterable[str], chosen: Collection[str] = ()) -> frozenset[str]:
    """The collections that are asked only where somebody names them: all versions of a thing but one.

    That one is the version among `chosen`, else the newest.
    """
    versions: dict[str, list[tuple[bool, tuple[int, ...], str]]] = {}
    for collection in collections:
        if version := version_of(collection):
            versions.setdefault(version[0], []).append((collection in chosen, version[1], collection))
    return frozenset(name for found in versions.values() for _, _, name in sorted(found)[:-1])
