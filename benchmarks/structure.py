"""How the project's house is built: its rooms, floors and arrows, and the names that stand for two things.

    python -m benchmarks.structure
    python -m benchmarks.structure ../base      another checkout, to compare with

A room is a module or a package right inside one of three packages. An arrow goes from one room to another that it
imports, for types too. A floor holds the rooms that need only those below it; an arrow runs back up where it closes a
circle, or goes against the layers that pyproject.toml draws.
"""

from __future__ import annotations

import argparse
import ast
import sys
import tomllib
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from pathlib import Path
from typing import TYPE_CHECKING

import grimp

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

HERE = Path(__file__).parents[1]
PACKAGES = ("retrieval", "bot")
# Each package whose rooms are counted, with the most that it may have.
MOST_ROOMS = {"retrieval": 9, "bot": 10, "bot.cli": 10}

Arrow = tuple[str, str]


@dataclass(frozen=True)
class Rooms:
    """The rooms right inside a package, and which of them imports which."""

    package: str
    names: frozenset[str]
    arrows: frozenset[Arrow]

    @cached_property
    def floors(self) -> Sequence[Sequence[str]]:
        """The rooms from the ground up; those that need each other in a circle stand on none."""
        below: dict[str, set[str]] = {name: set() for name in self.names}
        for upper, lower in self.arrows - self.in_circles:
            below[upper].add(lower)
        sorter = TopologicalSorter(below)
        sorter.prepare()
        floors = []
        while sorter.is_active():
            floors.append(sorted(ready := sorter.get_ready()))
            sorter.done(*ready)
        return floors

    @cached_property
    def in_circles(self) -> frozenset[Arrow]:
        """The arrows from whose end one comes back to their beginning."""
        return frozenset(arrow for arrow in self.arrows if arrow[0] in self._reachable(arrow[1]))

    def _reachable(self, start: str) -> set[str]:
        seen, todo = {start}, [start]
        while todo:
            at = todo.pop()
            new = {lower for upper, lower in self.arrows if upper == at} - seen
            seen |= new
            todo += new
        return seen

    def against(self, layers: Sequence[str]) -> frozenset[Arrow]:
        """The arrows that go up where `layers` names the floors from the top down."""
        height = {name: -number for number, name in enumerate(layers)}
        return frozenset(
            (start, end) for start, end in self.arrows if height.get(start, 0) < height.get(end, -len(layers))
        )


class House:
    """The two packages of a checkout, read without importing them."""

    def __init__(self, checkout: Path = HERE) -> None:
        self.checkout = checkout
        self.files = sorted(file for package in PACKAGES for file in (checkout / package).rglob("*.py"))

    def rooms(self, package: str) -> Rooms:
        """The rooms of a package."""
        depth = package.count(".") + 1
        inside = [module for module in self._graph.modules if module.startswith(f"{package}.")]
        arrows = {
            (module.split(".")[depth], imported.split(".")[depth])
            for module in inside
            for imported in self._graph.find_modules_directly_imported_by(module)
            if imported.startswith(f"{package}.")
        }
        return Rooms(
            package,
            frozenset(module.split(".")[depth] for module in inside),
            frozenset((start, end) for start, end in arrows if start != end),
        )

    def back_up(self, rooms: Rooms) -> Sequence[Arrow]:
        """The arrows that run back up."""
        return sorted(rooms.in_circles | rooms.against(self._layers.get(rooms.package, ())))

    @property
    def lines(self) -> int:
        """How many lines of Python the packages have."""
        return sum(len(file.read_bytes().splitlines()) for file in self.files)

    @property
    def repeated_classes(self) -> Mapping[str, Sequence[str]]:
        """The names that more than one class has, each with the modules of those classes."""
        return _repeated(
            (node.name, self._module(file))
            for file in self.files
            for node in ast.walk(ast.parse(file.read_bytes()))
            if isinstance(node, ast.ClassDef)
        )

    @property
    def repeated_modules(self) -> Mapping[str, Sequence[str]]:
        """The names that more than one module or package has, each with where those stand.

        A module that bears the name of its own room is that room's main one, and no second thing.
        """
        paths = (self._module(file).split(".") for file in self.files)
        return _repeated((path[-1], ".".join(path)) for path in paths if path[-2:-1] != path[-1:])

    def _module(self, file: Path) -> str:
        parts = file.relative_to(self.checkout).with_suffix("").parts
        return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)

    @cached_property
    def _graph(self) -> grimp.ImportGraph:
        sys.path.insert(0, str(self.checkout))
        try:
            return grimp.build_graph(*PACKAGES, cache_dir=None)
        finally:
            sys.path.remove(str(self.checkout))

    @cached_property
    def _layers(self) -> Mapping[str, Sequence[str]]:
        contracts = tomllib.loads((self.checkout / "pyproject.toml").read_text(encoding="utf-8"))["tool"][
            "importlinter"
        ]
        return {
            container: contract["layers"]
            for contract in contracts["contracts"]
            if contract["type"] == "layers"
            for container in contract.get("containers", ())
        }


def floor(module: str) -> str:
    """The floor on which a module stands: a room of its package; what keeps the log is a floor above its promises."""
    deep = 3 if module.startswith(("bot.store.sqlite", "bot.store.postgres")) else 2
    return ".".join(module.split(".")[:deep])


def _repeated(found: Iterator[tuple[str, str]]) -> Mapping[str, Sequence[str]]:
    places: dict[str, list[str]] = defaultdict(list)
    for name, module in found:
        places[name].append(module)
    return {name: modules for name, modules in sorted(places.items()) if len(modules) > 1}


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkout", nargs="?", type=Path, default=HERE)
    house = House(parser.parse_args().checkout.resolve())
    for package, most in MOST_ROOMS.items():
        rooms = house.rooms(package)
        print(
            f"{package}: {len(rooms.names)} rooms (at most {most}), {len(rooms.floors)} floors, "
            f"{len(rooms.arrows)} arrows, {len(house.back_up(rooms))} back up"
        )
        for number, names in reversed(list(enumerate(rooms.floors))):
            print(f"  {number}  {' '.join(names)}")
        for start, end in house.back_up(rooms):
            print(f"  back up: {start} -> {end}")
    print(f"lines of Python: {house.lines:,}")
    for what, repeated in (("class", house.repeated_classes), ("module", house.repeated_modules)):
        print(f"{what} names that stand twice or more: {len(repeated)}")
        for name, places in repeated.items():
            print(f"  {name}: {', '.join(places)}")


if __name__ == "__main__":
    main()
