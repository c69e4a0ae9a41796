"""Which sources a question was asked of, as a row of the log keeps it, so that it can be asked of them again."""

from __future__ import annotations

import datetime
import json
from typing import TYPE_CHECKING, NamedTuple

from bot.store.log_row import Surface
from retrieval.ingestion.collection_names import server_of
from retrieval.search.article_filter import ArticleFilter

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from bot.store.log_row import LogRow
    from retrieval.answer.answerer import Answerer


class AskedSources(NamedTuple):
    """Collections whose articles its asker could not see, and what the question was narrowed to."""

    hidden: frozenset[str]
    asked_of: ArticleFilter

    def view_of(self, answerer: Answerer, row: LogRow) -> Answerer:
        """The answerer as the asker of the row saw it. In the terminal everything is seen."""
        names = answerer.corpus.collection_names
        others = frozenset() if row.surface is Surface.TERMINAL else elsewhere(names, row.guild)
        return answerer.without(self.hidden | others)


def elsewhere(collections: Iterable[str], guild: int | None) -> frozenset[str]:
    """The collections that belong to other servers than this one (None: to any server)."""
    return frozenset(name for name in collections if server_of(name) not in (None, guild))


def written(hidden: Collection[str], asked_of: ArticleFilter) -> str:
    """What a row keeps of it beside the one article, "" where everything was asked.

    Collections of other servers are left out: nobody sees those in any case, and the row is this server's.
    """
    said = {
        "hidden": sorted(hidden),
        "collections": None if asked_of.collections is None else sorted(asked_of.collections),
        "versions": sorted(asked_of.versions),
        "after": asked_of.after and asked_of.after.isoformat(),
        "before": asked_of.before and asked_of.before.isoformat(),
    }
    kept = {what: value for what, value in said.items() if value not in (None, [])}
    return json.dumps(kept, ensure_ascii=False) if kept else ""


def asked_sources(row: LogRow) -> AskedSources:
    """What `written` wrote of a row; what cannot be read narrows nothing."""
    try:
        said = json.loads(row.asked_of or "{}")
    except ValueError:
        said = {}
    collections = said.get("collections")
    return AskedSources(
        frozenset(said.get("hidden", ())),
        ArticleFilter(
            file=row.narrowed_to or None,
            collections=None if collections is None else frozenset(collections),
            versions=frozenset(said.get("versions", ())),
            after=_day(said.get("after")),
            before=_day(said.get("before")),
        ),
    )


def _day(written: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(written) if written else None
