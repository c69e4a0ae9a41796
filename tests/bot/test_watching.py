"""While the bot runs, its answers are those of the articles as they are."""

from __future__ import annotations

import asyncio
import logging
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.app import answering
from bot.config.settings import load_settings
from bot.services.article_watcher import article_watch, hangup_shield, look_again
from bot.services.receipts import RequestOrigin
from bot.store.log_row import Surface
from retrieval.core.model import Answer, shown
from tests.bot.listening import told_by
from tests.counting import PATIENCE
from tests.retrieval.model_weights import minilm_folder

if TYPE_CHECKING:
    from pathlib import Path

    from bot.config.settings import Settings
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Reply
    from retrieval.index.writer.update import LibraryChange

QUESTION = "What does the mill grind?"
TERMINAL = RequestOrigin(Surface.TERMINAL)


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    write(tmp_path / "seeds" / "mill.txt", "The mill grinds barley. It stands by the river.")
    monkeypatch.chdir(tmp_path)
    return load_settings(seeds=tmp_path / "seeds", data=tmp_path / "data")


def write(path: Path, text: str) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text(f"About {path.stem}\n\n{text}\n", encoding="utf-8")
    os.utime(path, (1e9 + len(text), 1e9 + len(text)))


async def test_what_came_changed_and_went_is_told_and_answered_from(
    settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, logger="bot.services.article_watcher")
    write(settings.seeds / "old.txt", "The old bridge was closed in May.")
    async with answering.open_desk(settings, answering.open_answerer(settings)) as desk:
        write(settings.seeds / "mill.txt", "The mill grinds rye. It stands by the river.")
        write(settings.seeds / "new.txt", "The new bridge was opened in June.")
        (settings.seeds / "old.txt").unlink()
        (settings.seeds / "empty.txt").write_text("", encoding="utf-8")
        await look_again(desk, partial(answering.refresh, settings))
        await look_again(desk, partial(answering.refresh, settings))
        receipt = await desk.ask(QUESTION, TERMINAL)

    assert isinstance(receipt.reply, Answer)
    assert receipt.reply.quotes[0].text.startswith("The mill grinds rye.")
    assert caplog.messages == snapshot(
        [
            "The articles have changed: 1 came, 1 changed, 1 went; 2 articles can be asked now.",
            "empty.txt is empty; write something in it or remove it.",
        ]
    )


async def test_a_folder_that_went_away_costs_no_answer(settings: Settings, caplog: pytest.LogCaptureFixture) -> None:
    async with answering.open_desk(settings, answering.open_answerer(settings)) as desk:
        (settings.seeds / "mill.txt").unlink()
        await look_again(desk, partial(answering.refresh, settings))
        receipt = await desk.ask(QUESTION, TERMINAL)

    assert isinstance(receipt.reply, Answer)
    assert caplog.messages == [
        (
            f"The articles are those of before: The folder of articles {settings.seeds} has no article that can be "
            "read; put .md, .txt, .html, .docx, .pdf or other documents in it."
        )
    ]


async def test_it_looks_again_and_again_until_the_bot_ends(settings: Settings) -> None:
    looks = 0
    looked = asyncio.Event()
    loop = asyncio.get_running_loop()

    def refresh(answerer: Answerer) -> tuple[Answerer, LibraryChange]:
        nonlocal looks
        looks += 1
        if looks == 2:
            loop.call_soon_threadsafe(looked.set)
        return answering.refresh(settings, answerer)

    async with answering.open_desk(settings, answering.open_answerer(settings)) as desk:
        async with article_watch(desk, 0.001, refresh):
            await asyncio.wait_for(looked.wait(), timeout=PATIENCE)
        assert not [task for task in asyncio.all_tasks() if task.get_name() == "articles"]


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no SIGHUP")
async def test_sighup_has_it_look_at_once_even_where_it_never_does_by_itself(settings: Settings) -> None:
    before = signal.getsignal(signal.SIGHUP)
    async with answering.open_desk(settings, answering.open_answerer(settings)) as desk:
        with told_by("bot.services.article_watcher") as told:
            async with article_watch(desk, 0, partial(answering.refresh, settings)):
                os.kill(os.getpid(), signal.SIGHUP)
                unchanged = await told.next(2)
                write(settings.seeds / "mill.txt", "The mill grinds rye. It stands by the river.")
                os.kill(os.getpid(), signal.SIGHUP)
                changed = await told.next(2)
        receipt = await desk.ask(QUESTION, TERMINAL)

    assert unchanged == snapshot(
        [
            "Looking at the articles at once, as SIGHUP asks.",
            "The articles have not changed: 1 article can be asked.",
        ]
    )
    assert changed == snapshot(
        [
            "Looking at the articles at once, as SIGHUP asks.",
            "The articles have changed: 0 came, 1 changed, 0 went; 1 article can be asked now.",
        ]
    )
    assert isinstance(receipt.reply, Answer)
    assert receipt.reply.quotes[0].text.startswith("The mill grinds rye.")
    assert signal.getsignal(signal.SIGHUP) is before


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no SIGHUP")
async def test_a_service_outlives_a_sighup_while_it_starts_and_ends(settings: Settings) -> None:
    before = signal.getsignal(signal.SIGHUP)
    with hangup_shield():
        os.kill(os.getpid(), signal.SIGHUP)
        async with (
            answering.open_desk(settings, answering.open_answerer(settings)) as desk,
            article_watch(desk, 0, partial(answering.refresh, settings)),
        ):
            pass
        os.kill(os.getpid(), signal.SIGHUP)

    assert signal.getsignal(signal.SIGHUP) is before


@pytest.mark.skipif(not hasattr(signal, "SIGHUP"), reason="Windows has no SIGHUP")
async def test_in_a_terminal_that_is_closed_the_bot_ends_as_any_program(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    before = signal.getsignal(signal.SIGHUP)

    with hangup_shield():
        async with (
            answering.open_desk(settings, answering.open_answerer(settings)) as desk,
            article_watch(desk, 0, partial(answering.refresh, settings)),
        ):
            assert signal.getsignal(signal.SIGHUP) is before


async def test_what_is_published_is_taken_up_between_two_questions_without_the_articles(
    settings: Settings, tmp_path: Path
) -> None:
    shared = tmp_path / "shared"
    answering.publish(settings, shared)
    reader = load_settings(index=str(shared), data=tmp_path / "elsewhere")
    async with answering.open_desk(reader, answering.open_answerer(reader)) as desk:
        write(tmp_path / "seeds" / "mill.txt", "The mill grinds rye. It stands by the river.")
        answering.publish(settings, shared)
        (tmp_path / "seeds" / "mill.txt").unlink()
        before = await desk.ask(QUESTION, TERMINAL)

        await look_again(desk, partial(answering.refresh, reader))
        after = await desk.ask(QUESTION, TERMINAL)

    assert "The mill grinds barley." in quoted(before.reply)
    assert "The mill grinds rye." in quoted(after.reply)


async def test_what_is_published_and_cannot_be_used_leaves_the_articles_of_before(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    shared = tmp_path / "shared"
    answering.publish(settings, shared)
    reader = load_settings(index=str(shared), data=tmp_path / "elsewhere")
    async with answering.open_desk(reader, answering.open_answerer(reader)) as desk:
        (shared / "current.json").write_bytes(b"")

        await look_again(desk, partial(answering.refresh, reader))
        receipt = await desk.ask(QUESTION, TERMINAL)

    assert "The mill grinds barley." in quoted(receipt.reply)
    assert "its current.json cannot be read" in caplog.text


def quoted(reply: Reply) -> str:
    """What the first quote of an answer says."""
    assert isinstance(reply, Answer)
    return reply.quotes[0].text


async def test_embeddings_are_made_between_looks_and_then_the_model_reads_along(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.INFO, logger="bot.services.article_watcher")
    monkeypatch.setattr(answering, "SOON_MADE", 0)
    settings = settings.model_copy(update={"model": minilm_folder(tmp_path / "minilm")})
    read_along = asyncio.Event()
    async with answering.open_desk(settings, answering.open_answerer(settings)) as desk:
        waiting = desk.answerer
        desk.replaced = read_along.set
        go_on = partial(answering.with_meaning, settings, seconds=0)
        async with article_watch(desk, 0, partial(answering.refresh, settings), go_on=go_on):
            async with asyncio.timeout(PATIENCE):
                await read_along.wait()
        reply = (await desk.ask("what is ground there", TERMINAL, log=False)).reply

    assert (waiting.meaning, waiting.meaning_status.missing) == (None, 2)
    assert desk.answerer.meaning is not None
    assert "barley" in shown(reply)[0].text
    assert caplog.messages == snapshot(["The embeddings of all articles are made: minilm reads along now."])


async def test_a_model_that_goes_away_while_articles_change_is_told(
    settings: Settings, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    settings = settings.model_copy(update={"model": tmp_path / "gone"})
    async with answering.open_desk(settings, answering.open_answerer(load_settings(seeds=settings.seeds))) as desk:
        write(settings.seeds / "mill.txt", "The mill grinds rye. It stands by the river.")
        await look_again(desk, partial(answering.refresh, settings))

    assert caplog.messages[-1] == (
        f"The model in {tmp_path / 'gone'} is not used, since there is no such folder. "
        "Answers are found by words alone."
    )
