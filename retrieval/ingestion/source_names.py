"""Names of sources: a file's name made readable, and two articles with one name told apart by their paths."""

from __future__ import annotations

import posixpath
import re
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from retrieval.analysis.sentence_splitter import bounds

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FOLDER_PAGES = frozenset({"readme", "index", "_index"})  # files that speak for their folder
LONGEST = 200  # characters of a name

DAY_BEFORE = re.compile(r"\d{4}[-_.]\d\d(?:[-_.]\d\d)?(?:[-_. ]+|$)")
PLACE_BEFORE = re.compile(r"0\d*[-_. ]+(?=\D)")  # “03-costs”: its place in the folder
SEPARATORS = re.compile(r"[-_]+")
NOTION_ID = re.compile(r"(?<=.)[- _]?\b[0-9a-f]{32}(?=_all$|$)")  # “Costs 0a1b…”, as Notion exports its pages
ADDRESS = re.compile(r"(?:https?://|www\.)\S", re.IGNORECASE)
ENDED = re.compile(r"[.…:;,。！؟।][\"'”’»)\]*_]*$")
MAY_END = re.compile(r"[.…][\"'”’»)\]*_]*\s|[。！？؟।]\s*\S")


def may_be_a_name(said: str) -> bool:
    """Whether a title may name a source: an address, a sentence or a whole paragraph does not."""
    if not said or len(said) > LONGEST or ADDRESS.search(said) or ENDED.search(said):
        return False
    return not MAY_END.search(said) or not any(ENDED.search(said[start:end]) for start, end in bounds(said)[:-1])


def readable(file: str) -> str:
    """A name made of a file's path: “2024-12-27-hundred-days.md” is “Hundred days”; a README has its folder's name."""
    folder, base = posixpath.split(file)
    stem = NOTION_ID.sub("", posixpath.splitext(base)[0])
    if stem.lower() in FOLDER_PAGES and folder:
        stem = posixpath.basename(folder)
    bare = PLACE_BEFORE.sub("", DAY_BEFORE.sub("", stem, count=1), count=1).strip()
    if not bare:
        return _printable(stem)
    if " " not in bare and SEPARATORS.search(bare.strip("-_")):
        bare = SEPARATORS.sub(" ", bare).strip()
    if bare != stem and bare.islower():
        bare = bare[0].upper() + bare[1:]
    return _printable(bare)


def _printable(name: str) -> str:
    """A name without what no screen shows, such as bytes that are no letters."""
    return " ".join("".join(sign if sign.isprintable() else "\ufffd" for sign in name).split()) or "\ufffd"


def told_apart(names: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The files whose names others have too, each with one of its own; `names` are (file, its name).

    “Overview” of guide/index.md and of api/index.md become “Overview (guide)” and “Overview (api)”.
    """
    of_name: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for file, name in names:
        of_name[name.casefold()][file] = name
    found: dict[str, str] = {}
    for alike in of_name.values():
        if len(alike) > 1:
            found.update(_labelled(alike))
    return found


def _labelled(alike: Mapping[str, str]) -> dict[str, str]:
    labels = _differing({file: _steps(file) for file in alike})
    if max(Counter(label.casefold() for label in labels.values()).values()) > 1:
        labels = {file: file for file in alike}
    return {file: f"{name} ({_printable(labels[file])})" if labels[file] else name for file, name in alike.items()}


def _steps(file: str) -> tuple[str, ...]:
    """The folders of a file and its own name without its ending; a README is its folder."""
    steps = [NOTION_ID.sub("", step) for step in posixpath.splitext(file)[0].split("/")]
    return tuple(steps[:-1] if steps[-1].lower() in FOLDER_PAGES else steps)


def _differing(paths: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    """Of each path what it does not share with all the others at its beginning and at its end."""
    first = min(len(path) for path in paths.values())
    every = [*paths.values()]
    before = 0
    while before < first and len({path[before] for path in every}) == 1:
        before += 1
    behind = 0
    while behind < first - before and len({path[len(path) - 1 - behind] for path in every}) == 1:
        behind += 1
    return {file: "/".join(path[before : len(path) - behind]) for file, path in paths.items()}
