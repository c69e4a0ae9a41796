"""Adding sources to a server and taking them away, for its editors."""

from __future__ import annotations

import asyncio
import datetime
import posixpath
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.editors_room import EditorsRoom, for_editors
from bot.pages import help_pages, source_changes
from bot.pages.markdown import plain
from bot.services.article_catalogue import fold_name
from bot.services.sources.pending import PendingSource
from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from bot.services.sources.source_places import file_name, place_of
from retrieval.ingestion.registry import LARGE
from retrieval.ingestion.source_folders import SourceAbout

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Mapping

    from bot.pages.page import Page, UploadForm
    from bot.services.caller import Caller
    from bot.services.sources.source_store import AddedSource
    from bot.store.source_history import SourceChange

WEB = ("https://", "http://")
CHOICES = 25
CHOICE = 100
NEW = "new"


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that somebody sent: its name, its size in bytes, and what reads it, which raises OSError."""

    name: str
    size: int
    read: Callable[[], Awaitable[bytes]]


class SourceChangesHandler(EditorsRoom):
    """Every request is checked: a server's admins can give a command to anyone, and buttons are pressed by others."""

    @for_editors
    async def form(self, caller: Caller) -> UploadForm:  # noqa: ARG002 - it is checked
        """Give the form for a new source."""
        return source_changes.add_form()

    @for_editors
    async def replace_form(self, caller: Caller, file: str) -> UploadForm:
        """Give the form for what is to take the place of a source."""
        source = await self._meant(caller, file)
        rows = await asyncio.to_thread(self.sources.store.history.rows, file=source.file, limit=1)
        return source_changes.replace_form(rows[0].number if rows else 0, source.name)

    @for_editors
    async def sent(self, caller: Caller, argument: str, sent: IncomingFile | None, lines: Mapping[str, str]) -> Page:
        """Take what was sent with a form: a new source, or what is to replace one."""
        if argument == NEW:
            return await self._offer(caller, sent, lines)
        number = _number(argument)
        row = await asyncio.to_thread(self.sources.store.history.row, number) if number else None
        if row is None or row.guild != caller.guild:
            return help_pages.outdated()
        return await self._offer_instead(caller, row.file, sent, lines)

    @for_editors
    async def offer(self, caller: Caller, sent: IncomingFile | None, lines: Mapping[str, str]) -> Page:
        """Take what came with the command itself."""
        return await self._offer(caller, sent, lines)

    @for_editors
    async def offer_instead(
        self, caller: Caller, file: str, sent: IncomingFile | None, lines: Mapping[str, str]
    ) -> Page:
        """Take what is to replace a source, where it came with the command itself."""
        source = await self._meant(caller, file)
        return await self._offer_instead(caller, source.file, sent, lines)

    async def _offer(self, caller: Caller, sent: IncomingFile | None, lines: Mapping[str, str]) -> Page:
        about = SourceAbout(
            name=" ".join(lines.get("name", "").split())[:200],
            date=lines.get("date", "").strip(),
            url=lines.get("address", "").strip(),
        )
        if about.date and not _is_day(about.date):
            return source_changes.no_date(about.date)
        if about.url and not about.url.startswith(WEB):
            return source_changes.no_link()
        got = await self._content(sent, about.url)
        if not isinstance(got, tuple):
            return got
        said, content, url = got
        guild = caller.guild or 0
        draft = await self.sources.draft(
            said, content, about._replace(url=url), guild=guild, collection=lines.get("collection", "")
        )
        if not draft.is_readable:
            return source_changes.unreadable(draft)
        pending = PendingSource(draft.place, draft.about.text, guild, caller.user)
        return source_changes.offered(draft, await self.sources.hold(draft, pending))

    async def _offer_instead(
        self, caller: Caller, file: str, sent: IncomingFile | None, lines: Mapping[str, str]
    ) -> Page:
        guild = caller.guild or 0
        source = await self._own(caller, file)
        got = await self._content(sent, lines.get("address", "").strip())
        if not isinstance(got, tuple):
            return got
        said, content, _ = got
        if posixpath.splitext(file_name(said, content))[1] != posixpath.splitext(source.file)[1]:
            return source_changes.another_kind()
        draft = await self.sources.draft_at(source.file, content, source.about)
        if not draft.is_readable:
            return source_changes.unreadable(draft)
        pending = PendingSource(source.file, source.about.text, guild, caller.user, replaces=True)
        return source_changes.offered(draft, await self.sources.hold(draft, pending), replaces=source.name)

    async def _content(self, sent: IncomingFile | None, url: str) -> tuple[str, bytes, str] | Page:
        """The name, the content and the address of what was sent, or else fetched; a page where there is nothing."""
        if sent is None:
            if not url:
                return source_changes.nothing_given()
            found = await self.sources.fetch(url)
            return found.name, found.content, found.url
        if sent.size > LARGE:
            return source_changes.too_large()
        try:
            return sent.name, await sent.read(), url
        except OSError:
            return source_changes.not_downloaded()

    @for_editors
    async def keep(self, caller: Caller, token: str) -> Page:
        """Make what waits a source."""
        row = await self.sources.keep(token, guild=caller.guild or 0, who=caller.user)
        return source_changes.kept(_name(row.about, row.file), row.deed)

    @for_editors
    async def discard(self, caller: Caller, token: str) -> Page:
        """Let go of what waits."""
        await self.sources.waiting(token, guild=caller.guild)
        await self.sources.drop(token)
        return source_changes.discarded()

    @for_editors
    async def would_change(self, caller: Caller, token: str) -> Page:
        """Ask the server's past questions again with what waits."""
        hidden = await self.rules.hidden(self.sources.desk.answerer, caller, private=True)
        found = await self.sources.would_change(token, guild=caller.guild or 0, hidden=hidden)
        return source_changes.would_change(found, reads_log=caller.manages)

    @for_editors
    async def remove(self, caller: Caller, file: str) -> Page:
        """Take a source out."""
        source = await self._meant(caller, file)
        row = await self.sources.remove(source.file, guild=caller.guild or 0, who=caller.user)
        return source_changes.removed(source.name, row.number)

    @for_editors
    async def rename(self, caller: Caller, file: str, name: str, collection: str) -> Page:
        """Give a source another name, and another collection where one is named."""
        source = await self._meant(caller, file)
        about = source.about._replace(name=" ".join(name.split())[:200])
        to = ""
        if collection.strip():
            to = place_of(source.file.rpartition("/")[2], guild=caller.guild, collection=collection)
        row = await self.sources.rename(source.file, guild=caller.guild or 0, who=caller.user, about=about, to=to)
        return source_changes.renamed(_name(row.about, row.file))

    @for_editors
    async def restore(self, caller: Caller, number: str) -> Page:
        """Bring back what was removed or replaced."""
        there = await asyncio.to_thread(self.sources.store.history.row, _number(number))
        if there and await self._unseen(caller, [there.file]):
            raise SourceStoreError(SourceProblem.NOT_KEPT, number)
        row = await self.sources.restore(_number(number), guild=caller.guild or 0, who=caller.user)
        return source_changes.restored(_name(row.about, row.file))

    @for_editors
    async def history(self, caller: Caller, before: str = "") -> Page:
        """Show what was done with the server's sources."""
        older = _number(before) or None
        limit = source_changes.PER_PAGE
        seen: list[tuple[SourceChange, bool]] = []
        while len(seen) <= limit:
            rows = await self.sources.history(caller.guild or 0, limit=limit + 1, before=older)
            unseen = await self._unseen(caller, [row.file for row, _ in rows])
            seen += [(row, can) for row, can in rows if row.file not in unseen]
            if len(rows) <= limit:
                break
            older = rows[-1][0].number
        return source_changes.history_page(seen[:limit], more=len(seen) > limit)

    @for_editors
    async def reload(self, caller: Caller) -> Page:  # noqa: ARG002 - it is checked
        """Look at the sources again."""
        await self.sources.look()
        return source_changes.reloaded()

    async def choices(self, caller: Caller, typed: str) -> list[tuple[str, str]]:
        """Name the sources of the server that have what was typed in their names; none to who is no editor."""
        if self.refusal(caller) or caller.guild is None:
            return []
        wanted = fold_name(typed)
        try:
            listed = await self._listed(caller)
        except LogError:
            return []
        found = [one for one in listed if wanted in fold_name(one.name) or wanted in one.file.casefold()]
        return [(plain(one.name, limit=CHOICE) or one.file[:CHOICE], _value(one)) for one in found[:CHOICES]]

    async def _meant(self, caller: Caller, typed: str) -> AddedSource:
        """The source of the server that was chosen from the list, or whose name was typed."""
        for one in await self._listed(caller):
            if typed == _value(one) or fold_name(typed) == fold_name(one.name):
                return one
        return await self._own(caller, typed)

    async def _listed(self, caller: Caller) -> list[AddedSource]:
        """The added sources of the server that the caller may see. Raises LogError."""
        listed = await self.sources.listed(caller.guild or 0)
        unseen = await self._unseen(caller, [one.file for one in listed])
        return [one for one in listed if one.file not in unseen]

    async def _own(self, caller: Caller, file: str) -> AddedSource:
        """The added source at a path. Raises SourceStoreError where the caller sees none there."""
        source = await self.sources.find(file, guild=caller.guild or 0)
        if await self._unseen(caller, [source.file]):
            raise SourceStoreError(SourceProblem.NOT_THERE, file)
        return source

    async def _unseen(self, caller: Caller, files: Collection[str]) -> frozenset[str]:
        return await self.rules.unseen(self.sources.desk.answerer, files, caller, private=True)


def _number(said: str) -> int:
    """The number of a row of the history; 0, which no row has, where somebody made it up."""
    return int(said) if said.isascii() and said.isdecimal() and len(said) < 16 else 0


def _value(source: AddedSource) -> str:
    """What stands for a source in a choice, which Discord gives 100 characters: its path, or its end."""
    return source.file if len(source.file) <= CHOICE else source.file[-CHOICE:]


def _name(about: str, file: str) -> str:
    return SourceAbout.of(about).name or file.rpartition("/")[2]


def _is_day(said: str) -> bool:
    try:
        datetime.date.fromisoformat(said)
    except ValueError:
        return False
    return True
