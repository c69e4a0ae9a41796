"""`/privacy`: everyone sees, deletes and stops what is kept of them, and of nobody else."""
# ruff: noqa: E501 - what people see is held as it is shown, a line a line

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from inline_snapshot import snapshot
from simcord.backend.serializers import message_payload

from bot.config.errors import LogError
from bot.store.gaps import GapState
from bot.store.log_row import Vote
from bot.store.preferences import Server
from bot.store.sqlite.maintenance import backups
from tests.bot.discord.scene import Scene, drawn, labels, one_embed, shown, text
from tests.bot.fakes import NOON

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pytest
    import simcord

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk

QUESTION = "When was Fallujah lost?"
SECRET = "Whiskerton"


def alone(result: simcord.InteractionResult) -> str:
    """Give the whole of what one person alone is shown, with every moment as 0."""
    assert result.ephemeral
    return re.sub(r"<t:\d+:", "<t:0:", drawn(one_embed(shown(result))))


async def test_who_never_asked_has_nothing(scene: Scene) -> None:
    assert alone(await scene.ann.slash(scene.channel, "privacy show")) == snapshot("""\
What is stored about you
**No questions or votes of yours are stored.**

With each question I keep: its time, its server and channel, how you asked it, what I answered, a code in place of your name. The code is made from your Discord id and a secret key. Anyone who reads the log can see which questions come from the same person, but not who that is. Only with the key, which the people who run this bot have, can a person’s code be worked out again.

With each vote I keep its time, your comment if you wrote one, and the same code.

People who may manage the server where you asked can read that server’s questions, and the people who run this bot can read all of them. Nothing is passed on to anyone else.

**Kept for:** until someone deletes them

With `/privacy opt-out` your questions are answered but not logged.

`/privacy delete` deletes everything stored about you, in every server.
Only you can see this\
""")
    assert alone(await scene.ann.slash(scene.channel, "privacy delete")) == snapshot("""\

There is nothing to delete: no question, vote or id of yours is in the log or its backups.
""")


async def test_people_see_what_is_kept_of_them_from_all_servers(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    await scene.user.send_dm(QUESTION)
    await scene.ben.slash(scene.channel, "ask", question=QUESTION)
    (of_ben, *_) = await desk.log.recent(1)
    await desk.log.vote(of_ben.id, Vote(f"asker-{scene.ann.id}", True, NOON))

    assert alone(await scene.ann.slash(scene.channel, "privacy show")) == snapshot("""\
What is stored about you
**2 questions** and **1 vote**, in all servers together. The first was on <t:0:D>, the last on <t:0:D>.

With each question I keep: its time, its server and channel, how you asked it, what I answered, a code in place of your name. The code is made from your Discord id and a secret key. Anyone who reads the log can see which questions come from the same person, but not who that is. Only with the key, which the people who run this bot have, can a person’s code be worked out again.

With each vote I keep its time, your comment if you wrote one, and the same code.

People who may manage the server where you asked can read that server’s questions, and the people who run this bot can read all of them. Nothing is passed on to anyone else.

**Kept for:** until someone deletes them

With `/privacy opt-out` your questions are answered but not logged.

`/privacy delete` deletes everything stored about you, in every server.
Only you can see this\
""")


async def test_comments_and_the_id_of_somebody_who_waits_to_be_told_are_shown_and_deleted(
    scene: Scene, desk: Desk, tmp_path: Path
) -> None:
    refusal = shown(await scene.ann.slash(scene.channel, "ask", question="Who won the Nobel prize in chemistry?"))
    await scene.ben.click(refusal, label="Tell me when a source answers this")
    (row,) = await desk.log.recent(1)
    await desk.log.vote(row.id, Vote(f"asker-{scene.ben.id}", False, NOON, f"It was {SECRET}."))

    state = alone(await scene.ben.slash(scene.channel, "privacy show"))
    asked = await scene.ben.slash(scene.channel, "privacy delete")
    confirm = alone(asked)
    await scene.ben.click(shown(asked), label="Delete for good")

    assert state.splitlines()[1:4] == snapshot(
        [
            "**1 vote** on answers, and no questions.",
            "",
            "I keep your Discord id with 1 question, to tell you once when a source answers it.",
        ]
    )
    assert confirm == snapshot("""\
Delete everything stored about you?
This deletes **0 questions** and **1 vote** of yours for good, along with your comments, in every server, from the log and its backups. My answers stay in the channels where you asked. Your Discord id with the questions you want to be told about is deleted too, so I will not write to you about them.
""")
    assert alone(asked) == snapshot("""\

Done: nothing you asked, voted on or wanted to be told about is left in the log or its backups.

What you ask from now on is logged again, unless you use `/privacy opt-out`.
""")
    assert SECRET.encode() not in read(tmp_path)
    assert list(await desk.log.comments(row.id)) == []
    assert alone(await scene.ben.slash(scene.channel, "privacy delete")) == snapshot("""\

There is nothing to delete: no question, vote or id of yours is in the log or its backups.
""")
    await desk.log.gaps.set([row.id], GapState.CLOSED, guild=None, source="Prizes")
    assert await desk.log.gaps.due() == []


async def test_how_long_and_whether_questions_are_kept_is_told_of_the_server_where_one_asks(scene: Scene) -> None:
    preferences = scene.bot.reception.settings.preferences
    await preferences.change(scene.guild.id, lambda _: Server(keep_days=30, logged=False))

    here = alone(await scene.ann.slash(scene.channel, "privacy show"))
    elsewhere = text(shown(await scene.user.slash("privacy show")))

    assert "**Kept for:** 30 days\n\nIn this server questions are not logged." in here
    assert "**Kept for:** until someone deletes them\n\nWith `/privacy opt-out`" in elsewhere


async def test_what_is_deleted_is_in_none_of_the_files_to_the_last_byte(
    scene: Scene, desk: Desk, tmp_path: Path
) -> None:
    scene.bot.reception.queue.cooldowns.burst = 100.0
    for number in range(40):
        whose = scene.ann if number % 2 else scene.ben
        name = SECRET if number % 2 else "Somebody"
        await whose.slash(scene.channel, "ask", question=f"Where was {name} {number} {'seen ' * number}last?")
    (of_ben, *_) = [row for row in await desk.log.recent(50) if SECRET not in row.question]
    await desk.log.vote(of_ben.id, Vote(f"asker-{scene.ann.id}", True, NOON))
    backups.back_up(tmp_path / "quoth.db", backups.folder_of(tmp_path / "quoth.db") / "one.db")
    assert {file.name for file in files(tmp_path)} >= {"quoth.db", "quoth.db-wal", "quoth.db-shm", "one.db"}
    assert SECRET.encode() in read(tmp_path)

    asked = await scene.ann.slash(scene.channel, "privacy delete")
    assert alone(asked) == snapshot("""\
Delete everything stored about you?
This deletes **20 questions** and **1 vote** of yours for good, along with your comments, in every server, from the log and its backups. My answers stay in the channels where you asked.
""")
    await scene.ann.click(shown(asked), label="Delete for good")

    assert alone(asked) == snapshot("""\

Done: nothing you asked, voted on or wanted to be told about is left in the log or its backups.

What you ask from now on is logged again, unless you use `/privacy opt-out`.
""")
    assert shown(asked).components == []
    left = read(tmp_path).lower()
    assert SECRET.lower().encode() not in left
    assert f"asker-{scene.ann.id}".encode() not in left
    rows = await desk.log.recent(50)
    assert len(rows) == 20
    assert {(row.asker, row.up) for row in rows} == {(f"asker-{scene.ben.id}", 0)}


def files(folder: Path) -> list[Path]:
    return [file for file in sorted(folder.rglob("*")) if file.is_file()]


def read(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in files(folder))


async def test_whoever_presses_deletes_their_own_and_no_other(
    scene: Scene, desk: Desk, new_bot: Callable[[], Quoth]
) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    await scene.ben.slash(scene.channel, "ask", question=QUESTION)
    asked = await scene.ben.slash(scene.channel, "privacy delete")
    await scene.env.restart_bot(new_bot())
    forged = {"custom_id": f"quoth:forget:{scene.ann.id}", "component_type": 2}
    button = {"type": 2, "style": 2, "label": "Delete for good", "custom_id": forged["custom_id"]}
    message = message_of(scene, asked) | {"components": [{"type": 1, "components": [button]}]}

    await scene.ben._dispatch_interaction(
        3, scene.channel, forged, extra={"message": message}, source_message_id=shown(asked).id
    )

    (left,) = await desk.log.recent(10)
    assert left.asker == f"asker-{scene.ann.id}"


def message_of(scene: Scene, result: simcord.InteractionResult) -> dict[str, Any]:
    """Give the payload of a message as Discord sends it along with a button of it."""
    stored = scene.env.backend.get_message(scene.channel.id, shown(result).id)
    return dict(message_payload(scene.env.backend, stored))


async def test_a_question_that_was_deleted_is_not_followed_up(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    asked = await scene.ann.slash(scene.channel, "privacy delete")
    await scene.ann.click(shown(asked), label="Delete for good")

    answer = await scene.ann.slash(scene.channel, "ask", question="How many were killed there?")

    assert "read with" not in (one_embed(shown(answer)).footer.text or "")


async def test_who_opts_out_is_answered_and_not_logged_anywhere_until_they_opt_in(
    scene: Scene, desk: Desk, new_bot: Callable[[], Quoth]
) -> None:
    out = alone(await scene.ann.slash(scene.channel, "privacy opt-out"))
    await scene.env.restart_bot(new_bot())
    answer = await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    await scene.ann.send(scene.channel, f"{scene.me} {QUESTION}")
    await scene.user.send_dm(QUESTION)
    refusal = await scene.ann.slash(scene.channel, "ask", question="Who won the Nobel prize in chemistry?")
    state = alone(await scene.ann.slash(scene.channel, "privacy show"))
    await scene.ben.slash(scene.channel, "ask", question=QUESTION)

    assert out == snapshot("""\

From now on your questions are answered but not logged, in every server: nobody can vote on those answers, and only you can follow them up. What was logged before stays until you use `/privacy delete`.
""")
    assert "> " in text(shown(answer))
    assert labels(shown(refusal)) == ["Delete"]
    assert "You opted out: your questions are answered but not logged. `/privacy opt-in` changes that." in state
    assert [row.asker for row in await desk.log.recent(10)] == [f"asker-{scene.ben.id}"]

    back = alone(await scene.ann.slash(scene.channel, "privacy opt-in"))
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    assert back == snapshot("""\

From now on your questions are logged, with a code in place of your name.
""")
    assert len(await desk.log.recent(10)) == 2


async def test_who_opted_out_stays_so_when_all_else_of_them_is_deleted(scene: Scene, desk: Desk) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    await scene.ann.slash(scene.channel, "privacy opt-out")
    asked = await scene.ann.slash(scene.channel, "privacy delete")
    await scene.ann.click(shown(asked), label="Delete for good")
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)

    assert alone(asked) == snapshot("""\

Done: nothing you asked, voted on or wanted to be told about is left in the log or its backups.

You stay opted out: what you ask from now on is not logged.
""")
    assert list(await desk.log.recent(10)) == []


async def test_where_nobody_can_be_told_apart_that_is_said_and_nobody_is_logged_against_their_wish(
    scene: Scene, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    await scene.ben.slash(scene.channel, "privacy opt-out")
    for room in (scene.bot.reception.questions, scene.bot.reception.privacy):
        monkeypatch.setattr(room, "asker", lambda _: "")

    told = {
        alone(await scene.ann.slash(scene.channel, f"privacy {name}"))
        for name in ("show", "delete", "opt-out", "opt-in")
    }
    answer = await scene.ann.slash(scene.channel, "ask", question=QUESTION)

    assert told == snapshot(
        {
            """\

Questions are logged without any trace of who asked, because the secret key is missing. So I cannot find yours or remember your choice. The people who run this bot can fix that.
"""
        }
    )
    assert "> " in text(shown(answer))
    assert list(await desk.log.recent(10)) == []


async def test_what_cannot_be_done_is_said_so(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: Any, **__: Any) -> Any:
        raise LogError("The disk is gone.")

    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    asked = await scene.ann.slash(scene.channel, "privacy delete")
    privacy = scene.bot.reception.privacy
    for what, name in ((privacy.persons, "trace"), (privacy.persons, "forget"), (privacy.preferences, "opt")):
        monkeypatch.setattr(what, name, broken)

    await scene.ann.click(shown(asked), label="Delete for good")
    told = {alone(await scene.ann.slash(scene.channel, f"privacy {name}")) for name in ("show", "delete", "opt-out")}

    assert alone(asked) == snapshot("""\

Not everything could be deleted: the log is in use, or cannot be changed. Press the button again in a few minutes.
""")
    assert told == snapshot(
        {
            """\

The log cannot be read or changed right now, so nothing was done. Try again later.
"""
        }
    )


async def test_a_deletion_that_takes_long_is_told_when_it_is_done(scene: Scene) -> None:
    await scene.ann.slash(scene.channel, "ask", question=QUESTION)
    asked = await scene.ann.slash(scene.channel, "privacy delete")
    scene.bot.delivery.patience = 0.0

    await scene.ann.click(shown(asked), label="Delete for good")

    assert text(shown(asked)).startswith("Done: nothing you asked, voted on or wanted to be told about is left")
