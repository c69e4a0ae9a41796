"""The options that choose rows of the query log, the same for every command that reads many."""

from __future__ import annotations

import functools
import inspect
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from collections.abc import Callable


def _option(name: str, metavar: str, text: str) -> Any:
    return typer.Option(name, metavar=metavar, help=text, show_default=False)


WHEN = "a day such as 2026-01-31, with a time if you like, or a while ago such as 12h, 7d or 4w"


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """What was given to choose rows by, as it was typed."""

    unanswered: Annotated[bool, typer.Option("--unanswered", help="Only questions without an answer.")] = False
    thumbs: Annotated[str | None, _option("--thumbs", "UP|DOWN", "Only answers that somebody voted up, or down.")] = (
        None
    )
    asker: Annotated[
        str | None, _option("--asker", "WHO", "Only this asker: a code that the log shows, or a Discord user's id.")
    ] = None
    channel: Annotated[int | None, _option("--channel", "ID", "Only this Discord channel.")] = None
    server: Annotated[int | None, _option("--server", "ID", "Only this Discord server.")] = None
    source: Annotated[
        str | None,
        _option("--source", "NAME", "Only answers that quote this source: its name, its file, or a part of either."),
    ] = None
    since: Annotated[str | None, _option("--since", "WHEN", f"Only what was asked since then: {WHEN}.")] = None
    until: Annotated[
        str | None, _option("--until", "WHEN", "Only what was asked before then, written in the same way.")
    ] = None


def choosing(command: Callable[..., None]) -> Callable[..., None]:
    """Give `command` the options of `FilterOptions`, after its own; it takes them as one, `chosen`."""
    hints = get_type_hints(FilterOptions, include_extras=True)
    options = [
        inspect.Parameter(
            field.name, inspect.Parameter.KEYWORD_ONLY, default=field.default, annotation=hints[field.name]
        )
        for field in fields(FilterOptions)
    ]

    @functools.wraps(command)
    def with_options(**given: Any) -> None:
        chosen = FilterOptions(**{option.name: given.pop(option.name) for option in options})
        command(chosen=chosen, **given)

    given_hints = get_type_hints(command, include_extras=True)
    own = [
        found.replace(annotation=given_hints[found.name])
        for found in inspect.signature(command).parameters.values()
        if found.name != "chosen"
    ]
    with_options.__signature__ = inspect.Signature(own + options)  # type: ignore[attr-defined]  # it is how typer looks
    with_options.__annotations__ = {found.name: found.annotation for found in own + options}
    return with_options
