"""While the bot runs, what was removed long ago goes, and what was cut short is finished."""

from __future__ import annotations

import asyncio
import datetime
from typing import TYPE_CHECKING

from bot.services.sources.source_store import SourceStore
from bot.services.sources.source_upkeep import source_upkeep
from bot.store.source_history import SourceChange, SourceDeed
from bot.store.sqlite.source_history import SqliteSourceHistory
from retrieval.ingestion.source_folders import SourceAbout

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime.datetime(2026, 5, 6, 12, tzinfo=datetime.UTC)
FERRY = "@7/guide/ferry.md"


async def test_at_its_start_the_bot_finishes_what_was_cut_short_and_lets_go_of_what_is_too_old(tmp_path: Path) -> None:
    days = [0]
    history = SqliteSourceHistory(tmp_path)
    store = SourceStore(tmp_path, history, now=lambda: NOW + datetime.timedelta(days=days[0]))
    store.add(FERRY, store.stage(b"The ferry leaves at nine."), who="1", about=SourceAbout())
    removed = store.remove(FERRY, who="1")
    days[0] = 31
    staged = store.stage(b"The ferry leaves at ten.")
    # As it is where somebody was killed right after the row was written.
    history.add(SourceChange(NOW, SourceDeed.ADDED, FERRY, "0", "1", staged=staged))

    async with source_upkeep(store):
        while history.unfinished() or (store.aside / str(removed.number)).exists():
            await asyncio.to_thread(history.rows)

    assert store.content(FERRY) == b"The ferry leaves at ten."
    assert not store.is_kept(removed)
