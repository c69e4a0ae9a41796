"""What `quoth ask` is narrowed to: a source, a collection, or sources of some time, as a person names them."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.source_lookup import find_source
from retrieval.ingestion.collection_names import short_name
from retrieval.query.time_expressions import after, before, days_named
from retrieval.search.article_filter import ArticleFilter

if TYPE_CHECKING:
    from collections.abc import Collection

    from retrieval.answer.answerer import Answerer
    from retrieval.ingestion.date_ranges import Days

TOP = "/"  # what the articles are called that lie in no folder
CollectionOption = Annotated[
    list[str] | None,
    typer.Option(
        "--collection",
        metavar="NAME",
        help="Ask only the articles in this folder of the library; / is those in no folder. It may be given again.",
        show_default=False,
    ),
]
BeforeOption = Annotated[
    str | None,
    typer.Option(
        "--before",
        metavar="WHEN",
        help="Ask only sources dated before it, such as 2019, 2019-03 or “March 2019”.",
        show_default=False,
    ),
]
AfterOption = Annotated[
    str | None,
    typer.Option("--after", metavar="WHEN", help="Ask only sources dated after it.", show_default=False),
]


def asked_of(
    answerer: Answerer,
    *,
    source: str | None = None,
    collections: Collection[str] | None = None,
    before_: str | None = None,
    after_: str | None = None,
) -> ArticleFilter:
    """The filter that is meant. Raises InputError where something is not there, or is no time."""
    if source is not None:
        return ArticleFilter(find_source(source, answerer.library.articles).file)
    names = answerer.corpus.collection_names
    until, since = _days("--before", before_), _days("--after", after_)
    return ArticleFilter(
        collections=frozenset(_collection(name, names) for name in collections) if collections else None,
        before=before(until) if until else None,
        after=after(since) if since else None,
    )


def _collection(called: str, names: Collection[str]) -> str:
    wanted = called.strip().rstrip("/").casefold()
    found = [name for name in names if wanted in {name.casefold(), short_name(name).casefold()}]
    if len(found) == 1:
        return found[0]
    there = ", ".join(sorted(name or TOP for name in names))
    raise InputError(f"There is no collection “{called}”; the collections are: {there}.")


def _days(option: str, written: str | None) -> Days | None:
    if written is None:
        return None
    days = days_named(written, datetime.datetime.now().astimezone().date())
    if days is None:
        raise InputError(f"{option} {written} is not a date; write 2019, 2019-03, 2019-03-05 or “March 2019”.")
    return days
