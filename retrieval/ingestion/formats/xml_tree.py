"""XML -> a tree of elements by their local names: without entities of its own, and no larger than is good.

This is expat of the standard library with a guard of our own in place of defusedxml, whose parser is the slow one that
is written in Python, and which does not count elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol
from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers import expat

from retrieval.core.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_ELEMENTS = 400_000
DEEPEST = 150
PIECE = 64_000  # bytes that are parsed between two looks at what was found


class _Feed(Protocol):
    def __call__(self, piece: bytes, *, is_last: bool) -> None: ...


def tree_of(data: bytes) -> Element:
    """The root of the tree of some XML. Raises ArticleError, its sentence to follow the file's name."""
    builder = TreeBuilder()
    _parse(data, builder.start, builder.end, builder.data)
    return builder.close()


def elements_of(data: bytes, name: str) -> Iterator[Element]:
    """Each element with that name, one after the other, without what is around them."""
    collected = _Collected(name)
    feed = _parser(collected.start, collected.end, collected.text)
    for at in range(0, len(data) + 1, PIECE):
        feed(data[at : at + PIECE], is_last=at + PIECE > len(data))
        yield from collected.found
        collected.found.clear()


class _Collected:
    """Builds the elements with a name, and nothing else."""

    def __init__(self, name: str) -> None:
        self.found: list[Element] = []
        self._name = name
        self._builder: TreeBuilder | None = None
        self._inside = 0  # elements of the one that is being built

    def start(self, tag: str, given: dict[str, str]) -> None:
        if tag == self._name and self._builder is None:
            self._builder, self._inside = TreeBuilder(), 0
        if self._builder:
            self._inside += 1
            if self._inside > MOST_ELEMENTS:
                raise ArticleError(f"has more than {MOST_ELEMENTS:,} elements in one; split it")
            self._builder.start(tag, given)

    def end(self, tag: str) -> None:
        if self._builder:
            self._builder.end(tag)
            if tag == self._name:
                self.found.append(self._builder.close())
                self._builder = None

    def text(self, said: str) -> None:
        if self._builder:
            self._builder.data(said)


def _parse(
    data: bytes,
    start: Callable[[str, dict[str, str]], object],
    end: Callable[[str], object],
    text: Callable[[str], object],
) -> None:
    elements = depth = 0

    def count_start(tag: str, given: dict[str, str]) -> None:
        nonlocal elements, depth
        elements += 1
        depth += 1
        if elements > MOST_ELEMENTS:
            raise ArticleError(f"has more than {MOST_ELEMENTS:,} elements; split it into several files")
        if depth > DEEPEST:
            raise ArticleError(f"has elements more than {DEEPEST} deep; make it flatter")
        start(tag, given)

    def count_end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        end(tag)

    _parser(count_start, count_end, text)(data, is_last=True)


def _parser(
    start: Callable[[str, dict[str, str]], object], end: Callable[[str], object], text: Callable[[str], object]
) -> _Feed:
    """What takes XML piece by piece and calls these with local names."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    local: dict[str, str] = {}

    def name(whole: str) -> str:
        if whole not in local:
            local[whole] = whole.rpartition("}")[2]
        return local[whole]

    def on_start(tag: str, given: dict[str, str]) -> None:
        start(name(tag), {name(key): value for key, value in given.items()})

    def on_entity(*_: object) -> int:
        raise ArticleError("declares entities of its own, which are not read; save it anew without them")

    parser.StartElementHandler = on_start
    parser.EndElementHandler = lambda tag: end(name(tag))
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = on_entity
    parser.ExternalEntityRefHandler = on_entity

    def feed(piece: bytes, *, is_last: bool) -> None:
        try:
            parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise ArticleError(f"is broken XML in line {error.lineno}; save it anew") from error
        except ValueError as error:  # an encoding with several bytes a letter
            raise ArticleError("is in an encoding that is not read in XML; save it as UTF-8") from error

    return feed
