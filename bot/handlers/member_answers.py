"""Messages of members kept as sources: by editors, with the knowledge of who wrote them, for as long as they like."""

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import re
from typing import TYPE_CHECKING

from bot.config.errors import LogError
from bot.handlers.editors_room import EditorsRoom, for_editors
from bot.pages import help_pages, member_answers, source_changes
from bot.services.review.gaps import gap_with, is_closed, unhelped
from bot.services.sources.member_answers import (
    MOST_AUTHORS,
    answer_about,
    answer_content,
    answer_place,
    joined_answers,
    with_question,
)
from bot.services.sources.pending import PendingSource
from bot.services.sources.source_draft import SourceDraft
from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from bot.store.filters import fold
from bot.store.gaps import GapState
from retrieval.ingestion.reading_report import ReadingReport

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.config.settings import Settings
    from bot.handlers.server_rules import HouseRules
    from bot.pages.page import Form, Page
    from bot.services.caller import Caller
    from bot.services.sources.member_answers import MemberMessage
    from bot.services.sources.source_desk import SourceDesk
    from bot.store.preferences import Preferences

TWO = re.compile(r"(?P<first>[0-9a-f]{16})\.(?P<second>[0-9a-f]{16})")
MOST_REMEMBERED = 1_000
NOT_READ_YET = ReadingReport((), 0, (), ())


class MemberAnswersHandler(EditorsRoom):
    """Every request of an editor is checked. What somebody wrote they can have removed, wherever they ask for it."""

    def __init__(
        self,
        desk: SourceDesk | None,
        operator: Settings,
        rules: HouseRules,
        preferences: Preferences,
        *,
        asker: Callable[[int], str],
    ) -> None:
        super().__init__(desk, operator, rules)
        self.preferences = preferences
        self.asker = asker
        self._last: dict[tuple[int, int], str] = {}  # the newest draft of an editor in a server

    @for_editors
    async def offer(self, caller: Caller, message: MemberMessage, *, by_app: bool) -> Page:
        """Show what a message would be as a source."""
        if by_app:
            return member_answers.nobody_wrote_it()
        if not message.text.strip():
            return member_answers.nothing_in_it()
        author = self.asker(message.author)
        if author and await self.preferences.opted_out(author):
            return member_answers.opted_out()
        guild = caller.guild or 0
        place, about = answer_place(guild, message), answer_about(message)
        if (self.sources.store.folder / place).exists():
            raise SourceStoreError(SourceProblem.IS_THERE, place)
        pending = PendingSource(place, about.text, guild, caller.user, authors=(message.author,))
        before = self._last.get((guild, caller.user), "")
        return await self._held(answer_content(message), pending, before=before)

    @for_editors
    async def question_form(self, caller: Caller, token: str) -> Form:
        """Give the form for the question that a message answers."""
        await self.sources.waiting(token, guild=caller.guild)
        return member_answers.question_form(token)

    @for_editors
    async def question(self, caller: Caller, token: str, said: str) -> Page:
        """Note which question it answers: the words of it, or the id of one that was refused."""
        pending, draft = await self.sources.waiting(token, guild=caller.guild)
        if not said.strip():
            return member_answers.offered(pending.said, _body(draft.content), token)
        asked, refused = await self._refused(caller, said)
        content, about = with_question(draft.content, draft.about, asked)
        await self.sources.drop(token)
        return await self._held(content, dataclasses.replace(pending, about=about.text, answers=refused))

    @for_editors
    async def join(self, caller: Caller, argument: str) -> Page:
        """Join two messages to one source."""
        tokens = TWO.fullmatch(argument)
        if tokens is None:
            return help_pages.outdated()
        first, draft = await self.sources.waiting(tokens["first"], guild=caller.guild)
        second, more = await self.sources.waiting(tokens["second"], guild=caller.guild)
        authors = tuple(dict.fromkeys((*first.authors, *second.authors)))
        if not (first.authors and second.authors):
            return help_pages.outdated()
        if len(authors) > MOST_AUTHORS:
            return member_answers.too_many()
        content, about = joined_answers(draft.content, draft.about, more.content, more.about)
        for token in tokens.groups():
            await self.sources.drop(token)
        return await self._held(content, dataclasses.replace(first, about=about.text, authors=authors))

    @for_editors
    async def keep(
        self, caller: Caller, token: str, *, server: str, tell: Callable[[int, Page], Awaitable[bool]]
    ) -> Page:
        """Make it a source, and `tell` those who wrote it; a gap is closed that its question belongs to."""
        pending, _ = await self.sources.waiting(token, guild=caller.guild)
        row = await self.sources.keep(token, guild=caller.guild or 0, who=caller.user)
        self._last.pop((caller.guild or 0, caller.user), None)
        page = member_answers.told_author(server, pending.said, row.number)
        told = [await tell(author, page) for author in pending.authors]
        closed = bool(pending.answers) and await self._close(caller, pending)
        return member_answers.kept(pending.said, told=all(told), closed=closed)

    async def withdraw(self, caller: Caller, number: str) -> Page:
        """Delete for good what the caller wrote; who that is comes from Discord, wherever they press the button."""
        if self._desk is None:
            return source_changes.not_here()
        try:
            await self._desk.withdraw(int(number) if number.isdecimal() and len(number) < 16 else 0, caller.user)
        except SourceStoreError:
            return member_answers.already_gone()
        except (LogError, OSError):
            return source_changes.unusable()
        return member_answers.withdrawn()

    async def _held(self, content: bytes, pending: PendingSource, *, before: str = "") -> Page:
        draft = SourceDraft(pending.place, pending.said, content, NOT_READ_YET)
        token = await self.sources.hold(draft, pending)
        if before and await asyncio.to_thread(self.sources.pending.get, before, guild=pending.guild) is None:
            before = ""
        self._last[pending.guild, pending.who] = token
        if len(self._last) > MOST_REMEMBERED:
            del self._last[next(iter(self._last))]
        return member_answers.offered(pending.said, _body(content), token, before=before)

    async def _refused(self, caller: Caller, said: str) -> tuple[str, str]:
        """The words of the question that was meant, and the id of one that no answer helped, where it is one."""
        rows = await unhelped(self.sources.desk.log, guild=caller.guild, now=datetime.datetime.now(datetime.UTC))
        wanted = " ".join(fold(said).split())
        for row in rows:
            if not is_closed(row) and (
                row.id == said.strip().lower() or " ".join(fold(row.question).split()) == wanted
            ):
                return row.question, row.id
        return said, ""

    async def _close(self, caller: Caller, pending: PendingSource) -> bool:
        log = self.sources.desk.log
        rows = await unhelped(log, guild=caller.guild, now=datetime.datetime.now(datetime.UTC))
        answerer = await self.rules.view(self.sources.desk, caller, private=True)
        gap = await asyncio.to_thread(gap_with, pending.answers, rows, answerer)
        if gap is None:
            return False
        ids = [row.id for row in gap.questions]
        await log.gaps.set(ids, GapState.CLOSED, guild=caller.guild, source=pending.said.name)
        return True


def _body(content: bytes) -> str:
    return content.partition(b"\n")[2].decode("utf-8", "replace").strip()
