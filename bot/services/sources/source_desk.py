"""Where a server's editors bring sources: read first, kept when they say so, answered from at once."""

from __future__ import annotations

import asyncio
import time
from typing import TYPE_CHECKING

from bot.services.article_watcher import look_again
from bot.services.sources.pending import PendingSource, PendingSources
from bot.services.sources.personal_sources import PersonalSources
from bot.services.sources.source_draft import SourceDraft, draft_at, drafted
from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from bot.services.sources.would_change import LOOKED_AT, WouldChange, each_change, summed_up
from retrieval.ingestion.reading_report import ReadingReport

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from bot.services.article_watcher import Refresh
    from bot.services.question_service import Desk
    from bot.services.sources.address_fetch import AddressFetcher, FetchedFile
    from bot.services.sources.source_store import AddedSource, SourceStore
    from bot.store.source_history import SourceChange, SourceTrace
    from retrieval.ingestion.source_folders import SourceAbout

READ_AT_ONCE = 2  # files that are read at the same time
PATIENCE = 20.0  # seconds that past questions are asked again


class EndOfSteps:
    """Stands behind the last step."""


END = EndOfSteps()


class SourceDesk:
    """Takes sources in and out while the desk answers. `refresh` gives the answerer of the articles as they are now.

    Raises SourceStoreError, AddressError and LogError.
    """

    def __init__(self, desk: Desk, store: SourceStore, fetcher: AddressFetcher, refresh: Refresh) -> None:
        self.desk = desk
        self.store = store
        self.pending = PendingSources(store)
        self._persons = PersonalSources(store)
        self._fetcher = fetcher
        self._refresh = refresh
        self._reading = asyncio.Semaphore(READ_AT_ONCE)

    async def fetch(self, url: str) -> FetchedFile:
        """The file at an address."""
        return await self._fetcher.fetch(url)

    async def draft(self, said: str, content: bytes, about: SourceAbout, *, guild: int, collection: str) -> SourceDraft:
        """Read what is to be a new source of a server."""
        async with self._reading:
            return await asyncio.to_thread(drafted, said, content, about, guild=guild, collection=collection)

    async def draft_at(self, place: str, content: bytes, about: SourceAbout) -> SourceDraft:
        """Read what would lie at a path."""
        async with self._reading:
            return await asyncio.to_thread(draft_at, place, content, about)

    async def hold(self, draft: SourceDraft, pending: PendingSource) -> str:
        """Have a draft wait, and give the name by which it is known."""
        return await asyncio.to_thread(self.pending.hold, draft, pending)

    async def waiting(self, token: str, *, guild: int | None) -> tuple[PendingSource, SourceDraft]:
        """What waits under that name in a server, and the draft of it, which is not read again."""
        found = await asyncio.to_thread(self.pending.get, token, guild=guild)
        content = await asyncio.to_thread(self.store.staged, token)
        if found is None or content is None:
            raise SourceStoreError(SourceProblem.NOT_WAITING, token)
        return found, SourceDraft(found.place, found.said, content, ReadingReport((), 0, (), ()))

    async def keep(self, token: str, *, guild: int, who: int) -> SourceChange:
        """Make what waits a source."""
        found, _ = await self.waiting(token, guild=guild)
        if found.replaces:
            row = await asyncio.to_thread(self.store.replace, found.place, token, who=str(who), about=found.said)
        else:
            row = await asyncio.to_thread(
                self.store.add, found.place, token, who=str(who), about=found.said, authors=found.authors
            )
        await self.drop(token)
        await self.look()
        return row

    async def drop(self, token: str) -> None:
        """Let go of what waits."""
        await asyncio.to_thread(self.pending.drop, token)

    async def listed(self, guild: int) -> Sequence[AddedSource]:
        """The added sources of a server."""
        return await asyncio.to_thread(self.store.listed, guild)

    async def find(self, file: str, *, guild: int) -> AddedSource:
        """The added source of a server at a path. Raises SourceStoreError where it is none of theirs."""
        if not file.startswith(f"@{guild}/"):
            raise SourceStoreError(SourceProblem.NOT_THERE, file)
        return await asyncio.to_thread(self.store.find, file)

    async def remove(self, file: str, *, guild: int, who: int) -> SourceChange:
        """Take a source of a server out."""
        await self.find(file, guild=guild)
        row = await asyncio.to_thread(self.store.remove, file, who=str(who))
        await self.look()
        return row

    async def rename(self, file: str, *, guild: int, who: int, about: SourceAbout, to: str) -> SourceChange:
        """Say something else of a source of a server, or move it."""
        await self.find(file, guild=guild)
        row = await asyncio.to_thread(self.store.rename, file, who=str(who), about=about, to=to)
        await self.look()
        return row

    async def restore(self, number: int, *, guild: int, who: int) -> SourceChange:
        """Bring back what was removed or replaced in a server."""
        row = await asyncio.to_thread(self.store.history.row, number)
        if row is None or row.guild != guild:
            raise SourceStoreError(SourceProblem.NOT_KEPT, str(number))
        restored = await asyncio.to_thread(self.store.restore, number, who=str(who))
        await self.look()
        return restored

    async def history(self, guild: int, *, limit: int, before: int | None) -> Sequence[tuple[SourceChange, bool]]:
        """The rows of a server, newest first, each with whether what it took away can be restored."""

        def rows() -> list[tuple[SourceChange, bool]]:
            found = self.store.history.rows(guild=guild, limit=limit, before=before)
            return [(row, self.store.is_kept(row)) for row in found]

        return await asyncio.to_thread(rows)

    async def would_change(self, token: str, *, guild: int, hidden: Container[str]) -> WouldChange:
        """What the past questions of a server would be answered with what waits: as many as there is time for.

        What is in the `hidden` collections takes no part in it. Each is a piece of work for the desk by itself, so that
        others' questions get their turns between.
        """
        _, draft = await self.waiting(token, guild=guild)
        rows = await self.desk.log.recent(LOOKED_AT, guild=guild)
        steps = each_change(self.desk.answerer, draft, rows, hidden)
        found, until = [], time.monotonic() + PATIENCE
        while time.monotonic() < until:
            step = await self.desk.in_thread(next, steps, END)
            if isinstance(step, EndOfSteps):
                break
            found.append(step)
        return summed_up(found, draft.place)

    async def withdraw(self, number: int, person: int) -> str:
        """Delete for good the answer that a member wrote, for themselves; give its file.

        Raises SourceStoreError where the row of that number tells of no answer of theirs that is there.
        """
        row = await asyncio.to_thread(self.store.history.row, number)
        if row is None or person not in row.authors:
            raise SourceStoreError(SourceProblem.NOT_THERE, str(number))
        await asyncio.to_thread(self._persons.withdraw, row.file, person)
        await self.look()
        return row.file

    async def kept_of(self, person: int) -> SourceTrace:
        """What is kept of a person."""
        return await asyncio.to_thread(self._persons.kept_of, person)

    async def forget(self, person: int) -> None:
        """Delete what a person wrote, and their id."""
        await asyncio.to_thread(self.pending.forget, person)
        if any(await self.kept_of(person)):
            await asyncio.to_thread(self._persons.forget, person)
            await self.look()

    async def look(self) -> None:
        """Have questions answered from the articles as they are now."""
        await look_again(self.desk, self._refresh)
