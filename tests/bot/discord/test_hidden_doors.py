"""A collection that is hidden is hidden behind every door: drafts, forum posts, citations, corrections and the rest."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from bot.config.settings import Settings
from bot.services import question_request
from bot.services.caller import Caller
from bot.services.sources.member_answers import MemberMessage
from bot.store.collection_rules import CollectionPlace
from bot.store.filters import EVERY_ROW
from bot.store.gaps import GapState
from bot.store.log_row import RowNote, Surface
from retrieval.ingestion.source_folders import SourceAbout
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.handlers import Reception
    from bot.services.question_service import Desk
    from bot.services.sources.source_desk import SourceDesk
    from tests.bot.discord.scene import Scene

BOARD = "# The board\n\nIngrid Zavertine signed the harbour plan in May."
RULES = "# The rules\n\nNobody swims in the basin after dark."
QUESTION = "Who signed the harbour plan?"
WORD = "Zavertine"
CHANNEL = 11


@pytest.fixture
def reception(scene: Scene, desk: Desk, tmp_path: Path) -> Reception:
    desk.answerer = answerer_of(tmp_path / "library", {"board/plan.md": BOARD, "rules/basin.md": RULES})
    return scene.bot.reception


@pytest.fixture
def member(scene: Scene) -> Caller:
    return Caller(1, scene.guild.id, CHANNEL)


async def hide(reception: Reception, scene: Scene, name: str = "board", channel: int | None = None) -> None:
    by = Caller(9, scene.guild.id, CHANNEL, manages=True)
    await reception.settings.hide_collection(by, name, CollectionPlace(channel))


async def test_a_draft_is_not_checked_against_it(reception: Reception, scene: Scene, member: Caller) -> None:
    async def fetch() -> bytes:
        return b'She wrote: "Ingrid Zavertine signed the harbour plan in June."'

    before = await reception.checks.draft("draft.txt", 80, fetch, member)
    await hide(reception, scene)
    after = await reception.checks.draft("draft.txt", 80, fetch, member)

    assert "The board" in repr(before)
    assert "The board" not in repr(after)
    assert "in May" not in repr(after)


async def test_a_forum_post_is_not_answered_from_it(
    reception: Reception, scene: Scene, member: Caller, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(question_request, "UNASKED", 0.0)
    before = await reception.forums.first_answer(QUESTION, member)
    await hide(reception, scene)
    manager = replace(member, user=2, manages=True)

    assert WORD in repr(before)
    assert WORD not in repr([await reception.forums.first_answer(QUESTION, one) for one in (member, manager)])


async def test_it_is_not_cited_though_the_log_has_its_words(
    reception: Reception, scene: Scene, member: Caller, desk: Desk, tmp_path: Path
) -> None:
    await reception.questions.ask(QUESTION, Surface.COMMAND, member)
    (row,) = await desk.log.find(EVERY_ROW, 5)
    before = await reception.answers.cite(row.id, member)
    await hide(reception, scene)
    after = [await reception.answers.cite(row.id, replace(member, manages=manages)) for manages in (False, True)]
    desk.answerer = answerer_of(tmp_path / "later", {"rules/basin.md": RULES, "plans/x.md": "# X\n\nIt rains."})
    after.append(await reception.answers.cite(row.id, member))

    assert WORD in repr(before)
    assert WORD not in repr(after)


@pytest.mark.parametrize("channel", [None, CHANNEL])
async def test_no_message_is_marked_with_what_it_says_now_nor_said_to_be_of_a_source_that_is_gone(
    reception: Reception, scene: Scene, member: Caller, desk: Desk, tmp_path: Path, channel: int | None
) -> None:
    await reception.questions.ask(QUESTION, Surface.COMMAND, member)
    (row,) = await desk.log.find(EVERY_ROW, 5)
    await desk.log.note(row.id, RowNote(message=5))
    manager = replace(member, manages=True)
    await hide(reception, scene, channel=channel)
    unchanged = await reception.corrections.listed(manager)
    changed: dict[str, str | bytes] = {"board/plan.md": BOARD.replace("May", "June"), "rules/basin.md": RULES}
    desk.answerer = answerer_of(tmp_path / "changed", changed)

    assert WORD not in repr([unchanged, await reception.corrections.listed(manager)])
    assert WORD not in repr(await reception.corrections.to_mark(manager, "all"))
    digest = await reception.digests.digest(scene.guild.id, CHANNEL)
    assert digest.corrections == 0
    await reception.settings.show_collection(manager, "board", CollectionPlace(channel))
    assert WORD in repr(await reception.corrections.listed(manager))
    assert WORD in repr(await reception.corrections.to_mark(manager, "all"))
    assert (await reception.digests.digest(scene.guild.id, CHANNEL)).corrections == 1


async def test_an_editor_who_may_not_see_it_neither_lists_nor_changes_what_is_in_it(
    reception: Reception, scene: Scene, source_desk: SourceDesk
) -> None:
    guild, room = scene.guild.id, reception.source_changes
    editor, manager = Caller(4, guild, CHANNEL), Caller(9, guild, CHANNEL, manages=True)
    room.operator = Settings.model_validate({"editors": "4,9"})
    place = f"@{guild}/secret/minutes.md"
    staged = source_desk.store.stage(BOARD.encode())
    source_desk.store.add(place, staged, who="9", about=SourceAbout(name="The board"))
    await source_desk.look()
    before = [await room.choices(editor, ""), await room.history(editor)]
    await hide(reception, scene, f"@{guild}/secret")
    after = [
        await room.choices(editor, ""),
        await room.history(editor),
        await room.replace_form(editor, place),
        await room.rename(editor, place, "Mine", ""),
        await room.remove(editor, place),
    ]

    assert all("minutes" in repr(one) or "board" in repr(one) for one in before)
    assert not any("The board" in repr(one) for one in after)
    assert [one.file for one in source_desk.store.listed(guild)] == [place]
    assert await room.choices(manager, "")
    await room.remove(manager, place)
    (removed, _), *_ = await source_desk.history(guild, limit=1, before=None)
    await room.restore(editor, str(removed.number))
    assert source_desk.store.listed(guild) == []


async def test_it_has_no_say_in_which_gap_a_members_answer_closes_nor_in_the_digest(
    reception: Reception, scene: Scene, desk: Desk, tmp_path: Path, member: Caller
) -> None:
    painted = " ".join(f"The ferry number {number} is painted." for number in range(40))
    desk.answerer = answerer_of(tmp_path / "ferries", {"board/ferries.md": f"# B\n\n{painted}", "rules/b.md": RULES})
    await hide(reception, scene)
    for question in ("Where is the anchor ferry?", "Where is the lantern ferry?"):  # alike where few say "ferry"
        await reception.questions.ask(question, Surface.COMMAND, member)
    row, other = await desk.log.find(EVERY_ROW, 5)
    assert (await reception.digests.digest(scene.guild.id, CHANNEL)).new_gaps == 1
    room, editor = reception.member_answers, Caller(4, scene.guild.id, CHANNEL)
    room.operator = Settings.model_validate({"editors": "4"})

    day, link = row.asked_at.date(), "https://discord.com/channels/1/2/3"
    message = MemberMessage(3, 5, "ann", day, link, "It lies at the quay.")

    async def told(*_: object) -> bool:
        return True

    await room.offer(editor, message, by_app=False)
    await room.question(editor, room._last[scene.guild.id, 4], row.id)
    await room.keep(editor, room._last[scene.guild.id, 4], server="Here", tell=told)

    left = await desk.log.gaps.unhelped(guild=scene.guild.id, since=row.asked_at.replace(year=2000), limit=9)
    assert {found.id: found.state for found in left} == dict.fromkeys([row.id, other.id], GapState.CLOSED)
