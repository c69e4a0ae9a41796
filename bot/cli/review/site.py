"""The site of the review: Datasette over the log, read-only, with a first page of charts and lists in our words."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.app import Datasette
from datasette.database import Database
from datasette.plugins import pm
from datasette.utils import tilde_decode, tilde_encode
from markupsafe import Markup

from bot.cli.log.row_text import became, votes
from bot.cli.review.queries import DATABASE, HIDDEN, LISTS, metadata
from bot.cli.review.svg_charts import bars, day_chart
from bot.cli.terminal.tables import percent
from bot.config.errors import LogError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.cli.review.access import Application
    from bot.store.log_maintenance import LogMaintenance
    from bot.store.log_row import LogRow
    from bot.store.log_statistics import Stats

    Variables: TypeAlias = Callable[[], Awaitable[dict[str, Any]]]

TEMPLATES = Path(__file__).parent / "templates"
PLUGIN = "quoth review"
SETTINGS = {
    "sql_time_limit_ms": 10_000,  # a million rows are read in less
    "facet_time_limit_ms": 2_000,
    "suggest_facets": False,
    "default_page_size": 50,
    "default_cache_ttl": 0,  # the log goes on
    "allow_download": False,
}


def site(log_file: Path, maintenance: LogMaintenance) -> Application:
    """The application that shows the log, which is the SQLite file `log_file`: that is what Datasette reads."""
    datasette = Datasette(metadata=metadata(), template_dir=str(TEMPLATES), settings=SETTINGS)
    # Not by its path: what is not immutable is opened read-only as long as nobody writes, and nothing here does.
    datasette.add_database(Database(datasette, path=str(log_file), is_mutable=True), name=DATABASE)
    if pm.has_plugin(PLUGIN):
        pm.unregister(name=PLUGIN)
    pm.register(Plugin(maintenance), name=PLUGIN)
    application: Application = datasette.app()
    return application


class Plugin:
    """What Datasette asks us: what is on the first page, and how a value is shown."""

    __name__ = "quoth_review"  # Datasette lists its plugins by their names

    def __init__(self, maintenance: LogMaintenance) -> None:
        self._maintenance = maintenance

    @hookimpl  # type: ignore[untyped-decorator]  # Datasette ships without types
    def extra_template_vars(self, view_name: str, table: str | None, request: Any) -> Variables | None:
        """Give what the first page shows, and the page of a question."""
        if view_name == "index":
            return self._first_page
        if view_name == "row" and table == "questions":
            return lambda: self._page_of(tilde_decode(request.url_vars["pks"]))
        return None

    @hookimpl  # type: ignore[untyped-decorator]  # likewise
    def render_cell(self, value: object, column: str, database: str) -> Markup | str | None:
        """Link ids, days and sources to what they stand for, and cut times and numbers to what people read."""
        if database != DATABASE:
            return None
        if isinstance(value, float):
            return f"{value:.3g}" if abs(value) < 1000 else f"{value:.0f}"
        return _cell(value, column) if isinstance(value, str) else None

    async def _page_of(self, id: str) -> dict[str, Any]:  # noqa: A002 - it is called that
        row = await asyncio.to_thread(self._row, id)
        return {"asked": row, "became": became(row), "votes": votes(row)} if row else {}

    def _row(self, id: str) -> LogRow | None:  # noqa: A002 - likewise
        with self._maintenance.read() as reader:
            return reader.get(id)

    async def _first_page(self) -> dict[str, Any]:
        try:
            stats = await asyncio.to_thread(self._counted)
        except LogError as error:
            return {"problem": str(error), "lists": LISTS, "database": DATABASE}
        return {
            "stats": stats,
            "answered": percent(stats.answered / stats.asked, 0) if stats.asked else "",
            "days": day_chart(stats.days),
            "sources": bars([(source.name, source.times) for source in stats.sources]),
            "subjects": bars([found for found in stats.subjects if found[1] > 1]),
            "lists": [listed for listed in LISTS if ":" not in listed.sql],
            "database": DATABASE,
            "shown": urlencode(_shown(), doseq=True),
        }

    def _counted(self) -> Stats:
        with self._maintenance.read() as reader:
            return reader.stats()


def _cell(value: str, column: str) -> Markup | str | None:
    match column:
        case "id" | "question_id" | "follows":
            return _link(f"/{DATABASE}/questions/{tilde_encode(value)}", value)
        case "day":
            wanted = urlencode({"asked_at__startswith": value, **_shown()}, doseq=True)
            return _link(f"/{DATABASE}/questions?{wanted}", value)
        case "source":
            return _link(f"/{DATABASE}/of_source?{urlencode({'source': value})}", value)
        case "asked_at" | "marked_at" | "voted_at":
            return value[:16].replace("T", " ")
        case _:
            return None


def _shown() -> dict[str, Any]:
    return {"_nocol": HIDDEN}


def _link(address: str, text: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(address, text)
