"""What many rows of one server's log say: statistics, and files to take away."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.handlers.filter_arguments import FilterPosition
from bot.handlers.permissions import for_managers
from bot.pages import charts, help_pages
from bot.pages.export import export_page
from bot.pages.page import Page
from bot.pages.statistics import stats_page
from bot.services.review.export import EXPORT_FORMATS

if TYPE_CHECKING:
    from bot.handlers.filter_arguments import FilterArguments
    from bot.handlers.filters import FilterParser
    from bot.services.caller import Caller
    from bot.services.question_service import Desk
    from bot.store.filters import Filter

LARGEST = 8 * 2**20  # bytes of a file: it is in memory until it is sent, and Discord takes 10 MB from anybody
AT_ONCE = 500  # rows read at a time


class ReportsHandler:
    """Counts and writes out the rows that were chosen."""

    def __init__(self, desk: Desk, choosing: FilterParser) -> None:
        self.desk = desk
        self.choosing = choosing

    @for_managers
    async def stats(self, caller: Caller, typed: FilterArguments) -> Page:
        """Show what the chosen rows say together, with a picture where one can be drawn."""
        choice = await self.choosing.choice(caller, typed)
        if isinstance(choice, Page):
            return choice
        chosen = await self.choosing.chosen(caller, choice)
        stats = await self.desk.log.stats(chosen.wanted)
        draws = stats.asked and charts.can_draw()
        picture = await asyncio.to_thread(charts.draw_stats, stats) if draws else None
        return stats_page(stats, line=chosen.line, picture=picture)

    @for_managers
    async def export(self, caller: Caller, typed: FilterArguments, form: str, *, room: int) -> Page:
        """Give the chosen rows as a file of that form, newest first, as many as fit into `room` bytes."""
        if form not in EXPORT_FORMATS:  # Discord offers only those, but sends what somebody else's program made up
            return help_pages.outdated()
        choice = await self.choosing.choice(caller, typed)
        return choice if isinstance(choice, Page) else await self._file(caller, FilterPosition(choice), form, room)

    @for_managers
    async def exported(self, caller: Caller, argument: str, *, room: int) -> Page:
        """Give the file with the rows after those of another, as it stands in the id of a button."""
        form, _, rest = argument.partition(".")
        place = FilterPosition.read(rest)
        return (
            await self._file(caller, place, form, room)
            if place and form in EXPORT_FORMATS
            else help_pages.page_is_gone()
        )

    async def _file(self, caller: Caller, place: FilterPosition, form: str, room: int) -> Page:
        chosen = await self.choosing.chosen(caller, place.choice)
        content, rows, last = await self._written(chosen.wanted, place.before, form, min(room, LARGEST))
        older = f"{form}.{FilterPosition(place.choice, before=last)}" if last else None
        return export_page(content, EXPORT_FORMATS[form].suffix, rows=rows, line=chosen.line, older=older)

    async def _written(self, wanted: Filter, before: str | None, form: str, room: int) -> tuple[str, int, str | None]:
        """A file of rows, their number, and the last one's id where there are more than fit."""
        lines = EXPORT_FORMATS[form]
        content, size, number = [lines.head], len(lines.head.encode()), 0
        while rows := await self.desk.log.find(wanted, AT_ONCE, before=before):
            for row in rows:
                line = lines.line(row)
                size += len(line.encode(errors="replace"))
                if size > room:
                    return "".join(content), number, before or row.id
                content.append(line)
                number, before = number + 1, row.id
        return "".join(content), number, None
