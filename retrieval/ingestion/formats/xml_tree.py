"""XML -> a tree of elements by their local names: without entities of its own, and no larger than is good.

This is expat of the standard library with a guard of our own in place of defusedxml, which parses with the slower parser
that is written in Python, and which does not count elements.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, TreeBuilder  # noqa: S405 - only to hold what the guarded parser gives
from xml.parsers import expat  # noqa: S407 - guarded below

from retrieval.core.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_ELEMENTS = 400_000
DEEPEST = 150
PIECE = 64_000  # bytes that are parsed between two looks at what was found


def tree_of(data: bytes) -> Element:
    """The root of the tree of some XML. Raises ArticleError, its sentence to follow the file's name."""
    builder = TreeBuilder()
    _parse(data, builder.start, builder.end, builder.data)
    return builder.close()


def elements_of(data: bytes, name: str) -> Iterator[Element]:
    """Each element with that name, one after the other, and the root first, without what is in it."""
    found: list[Element] = []
    builder: TreeBuilder | None = None
    inside = 0
    total = 0

    def start(tag: str, given: dict[str, str]) -> None:
        nonlocal builder, inside, total
        total += 1
        if total == 1:
            found.append(Element(tag, given))
        if tag == name and builder is None:
            builder, inside = TreeBuilder(), 0
        if builder:
            inside += 1
            if inside > MOST_ELEMENTS:
                raise ArticleError(f"has more than {MOST_ELEMENTS:,} elements in one; split it")
            builder.start(tag, given)

    def end(tag: str) -> None:
        nonlocal builder
        if builder:
            builder.end(tag)
            inside_ended = tag == name
            if inside_ended:
                found.append(builder.close())
                builder = None

    def text(said: str) -> None:
        if builder:
            builder.data(said)

    feed = _parser(start, end, text)
    for at in range(0, len(data) + 1, PIECE):
        feed(data[at : at + PIECE], at + PIECE > len(data))
        yield from found
        found.clear()


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

    _parser(count_start, count_end, text)(data, True)


def _parser(
    start: Callable[[str, dict[str, str]], object], end: Callable[[str], object], text: Callable[[str], object]
) -> Callable[[bytes, bool], None]:
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

    def on_entity(*_: object) -> None:
        raise ArticleError("declares entities of its own, which are not read; save it anew without them")

    parser.StartElementHandler = on_start
    parser.EndElementHandler = lambda tag: end(name(tag))
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = on_entity
    parser.ExternalEntityRefHandler = on_entity

    def feed(piece: bytes, is_last: bool) -> None:  # noqa: FBT001 - as expat has it
        try:
            parser.Parse(piece, is_last)
        except expat.ExpatError as error:
            raise ArticleError(f"is broken XML in line {error.lineno}; save it anew") from error
        except ValueError as error:  # an encoding with several bytes a letter
            raise ArticleError("is in an encoding that is not read in XML; save it as UTF-8") from error

    return feed
