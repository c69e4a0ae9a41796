"""Whatever several editors do to the sources, in whatever order, the library is what a plain model of it is."""

from __future__ import annotations

import asyncio
import dataclasses
import random
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.services.question_service import Desk
from bot.services.receipts import RequestOrigin
from bot.services.sources.address_fetch import AddressFetcher
from bot.services.sources.pending import PendingSource
from bot.services.sources.source_desk import SourceDesk
from bot.services.sources.source_errors import SourceStoreError
from bot.services.sources.source_store import SourceStore
from bot.store.log_row import Surface
from bot.store.sqlite.source_history import SqliteSourceHistory
from retrieval.answer.answerer import Answerer
from retrieval.core.model import shown
from retrieval.index.open_index import open_corpus
from retrieval.index.writer.update import changed
from retrieval.ingestion.library import load
from retrieval.ingestion.source_folders import AddedFolder, SourceAbout, look_in
from tests.bot import fakes

if TYPE_CHECKING:
    from retrieval.index.writer.update import LibraryChange

PLACES = ("@7/guide/ferry.md", "@7/guide/tram.md", "@7/rules/ferry.md", "@8/guide/ferry.md")
NAMES = ("Ferry", "Tram", "Late")
EDITORS = ("1", "2", "3")
STEPS = st.lists(
    st.tuples(
        st.sampled_from(["add", "replace", "rename", "move", "remove", "restore"]),
        st.sampled_from(PLACES),
        st.sampled_from(PLACES),
        st.sampled_from(NAMES),
        st.integers(0, 9),
        st.sampled_from(EDITORS),
    ),
    max_size=8,
)


@dataclasses.dataclass
class Model:
    """What there is, and what the deeds took away, by their numbers."""

    there: dict[str, tuple[str, str]] = dataclasses.field(default_factory=dict)
    aside: dict[int, tuple[str, tuple[str, str]]] = dataclasses.field(default_factory=dict)
    deeds: int = 0

    def do(self, what: str, place: str, other: str, name: str, number: int) -> bool:
        """Do a step as anybody would in their head, and say whether it can be done."""
        before = self.there.get(place)
        number_of_restored = number + 1
        match what:
            case "add" if before is None:
                self.there[place] = (text(number), name)
            case "replace" if before:
                self.there[place] = (text(number), before[1])
                self.aside[self.deeds + 1] = (place, before)
            case "rename" if before:
                self.there[place] = (before[0], name)
            case "move" if before and (other == place or other not in self.there):
                del self.there[place]
                self.there[other] = (before[0], name)
            case "remove" if before:
                del self.there[place]
                self.aside[self.deeds + 1] = (place, before)
            case "restore" if number_of_restored in self.aside:
                where, kept = self.aside[number_of_restored]
                if where in self.there:
                    self.aside[self.deeds + 1] = (where, self.there[where])
                self.there[where] = kept
            case _:
                return False
        self.deeds += 1
        return True


def text(number: int) -> str:
    return f"The boat number {number} leaves at {number + 1} in the morning."


def do(store: SourceStore, step: tuple[str, str, str, str, int, str]) -> bool:
    """Do a step with the store, and say whether it could be done."""
    what, place, other, name, number, who = step
    try:
        match what:
            case "add":
                store.add(place, store.stage(text(number).encode()), who=who, about=SourceAbout(name))
            case "replace":
                store.replace(place, store.stage(text(number).encode()), who=who)
            case "rename":
                store.rename(place, who=who, about=SourceAbout(name))
            case "move":
                store.rename(place, who=who, about=SourceAbout(name), to=other)
            case "remove":
                store.remove(place, who=who)
            case _:
                store.restore(number + 1, who=who)
    except SourceStoreError:
        return False
    return True


@pytest.mark.slow
@given(steps=STEPS)
@settings(max_examples=1_000, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_a_thousand_sequences_leave_what_a_plain_model_of_them_leaves(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, str, str, int, str]]
) -> None:
    with tempfile.TemporaryDirectory(dir=tmp_path_factory.getbasetemp()) as folder:
        root = Path(folder)
        (root / "seeds").mkdir()
        (root / "seeds" / "lamp.md").write_text("The lamp was lit by Ada Lindqvist.")
        store, model = SourceStore(root, SqliteSourceHistory(root)), Model()

        for step in steps:
            assert do(store, step) == model.do(*step[:5])

        articles = load(root / "seeds", added=AddedFolder(store.folder)).articles
        assert {
            one.file: (one.text, one.own_name or one.name) for one in articles if one.file != "lamp.md"
        } == model.there
        assert len(store.history.rows()) == model.deeds
        assert [row.who for row in store.history.rows(limit=1)] in ([], *[[who] for who in EDITORS])


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3))
async def test_while_editors_work_each_answer_is_true_to_one_whole_state(tmp_path: Path, seed: int) -> None:
    choose = random.Random(seed)  # noqa: S311 - nothing secret is chosen
    seeds = tmp_path / "seeds"
    seeds.mkdir()
    (seeds / "lamp.md").write_text("The lamp was lit by Ada Lindqvist.")
    corpus, _ = open_corpus(seeds, added=AddedFolder(tmp_path / "sources"))
    desk = Desk(Answerer(corpus.library, corpus=corpus), fakes.MemoryQueryLog())
    store = SourceStore(tmp_path, SqliteSourceHistory(tmp_path))

    def refresh(answerer: Answerer) -> tuple[Answerer, LibraryChange]:
        now, change = changed(answerer.corpus, look_in(answerer.library.folders))
        return (Answerer(now.library, corpus=now), change) if any(change) else (answerer, change)

    sources = SourceDesk(desk, store, AddressFetcher(), refresh)
    states: set[frozenset[tuple[str, str]]] = set()

    def whole_state() -> frozenset[tuple[str, str]]:
        return frozenset((one.file, one.text) for one in desk.answerer.library.articles)

    async def edit(place: str) -> None:
        for _ in range(5):
            content = f"The boat number {choose.randrange(1_000)} leaves the harbour of Sandvik."
            draft = await sources.draft_at(place, content.encode(), SourceAbout())
            is_there = (store.folder / place).exists()
            pending = PendingSource(place, "{}", 7, 1, replaces=is_there)
            await sources.keep(await sources.hold(draft, pending), guild=7, who=1)
            if choose.random() < 0.3:
                await sources.remove(place, guild=7, who=1)

    async def ask() -> None:
        while not done.is_set():
            states.add(whole_state())
            receipt = await desk.ask("Which boat leaves the harbour of Sandvik?", RequestOrigin(Surface.COMMAND))
            states.add(whole_state())
            said = {(quote.article.file, quote.article.text) for quote in shown(receipt.reply)}
            assert any(said <= state for state in states)

    done = asyncio.Event()
    asking = asyncio.create_task(ask())
    await asyncio.gather(edit(PLACES[0]), edit(PLACES[1]))
    done.set()
    await asking

    at_last = {one.file for one in desk.answerer.library.articles if one.file.startswith("@")}
    assert at_last == {one.file for one in store.listed()}
