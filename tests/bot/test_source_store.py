"""What is added is there as a whole or not at all, and what is removed comes back for thirty days."""

from __future__ import annotations

import datetime
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.services.sources.personal_sources import PersonalSources
from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from bot.services.sources.source_places import file_name, is_place, place_of
from bot.services.sources.source_store import SourceStore
from bot.store.source_history import SourceDeed
from bot.store.sqlite.source_history import SqliteSourceHistory
from retrieval.ingestion.left_aside import sort_of
from retrieval.ingestion.registry import is_read
from retrieval.ingestion.source_folders import SourceAbout

if TYPE_CHECKING:
    from collections.abc import Callable

NOW = datetime.datetime(2026, 5, 6, 12, tzinfo=datetime.UTC)
FERRY = "@7/guide/ferry.md"
SAID = SourceAbout(name="The ferry")


class Clock:
    """A time that goes on when it is told to."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime.datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def store(tmp_path: Path, clock: Clock) -> SourceStore:
    return SourceStore(tmp_path, SqliteSourceHistory(tmp_path), now=clock)


def add(store: SourceStore, file: str = FERRY, content: bytes = b"The ferry leaves at nine.") -> int:
    return store.add(file, store.stage(content), who="1", about=SAID).number


def problem(do: Callable[[], object]) -> SourceProblem:
    with pytest.raises(SourceStoreError) as raised:
        do()
    return raised.value.problem


def test_a_source_is_added_replaced_renamed_removed_and_restored_and_the_history_tells_by_whom(
    store: SourceStore,
) -> None:
    add(store)
    store.replace(FERRY, store.stage(b"The ferry leaves at ten."), who="2")
    store.rename(FERRY, who="3", about=SourceAbout(name="Ferries"), to="@7/rules/ferry.md")
    removed = store.remove("@7/rules/ferry.md", who="4")
    assert store.listed(7) == []
    store.restore(removed.number, who="5")

    (source,) = store.listed(7)
    assert (source.file, source.name) == ("@7/rules/ferry.md", "Ferries")
    assert store.content(source.file) == b"The ferry leaves at ten."
    assert [(row.deed, row.who, row.done) for row in store.history.rows(guild=7)] == [
        (SourceDeed.RESTORED, "5", True),
        (SourceDeed.REMOVED, "4", True),
        (SourceDeed.RENAMED, "3", True),
        (SourceDeed.REPLACED, "2", True),
        (SourceDeed.ADDED, "1", True),
    ]


def test_what_was_replaced_comes_back_and_what_took_its_place_does_too(store: SourceStore) -> None:
    add(store, content=b"first")
    replaced = store.replace(FERRY, store.stage(b"second"), who="1")

    back = store.restore(replaced.number, who="1")
    assert store.content(FERRY) == b"first"
    store.restore(back.number, who="1")

    assert store.content(FERRY) == b"second"


def test_after_thirty_days_what_was_removed_is_gone(store: SourceStore, clock: Clock) -> None:
    add(store)
    row = store.remove(FERRY, who="1")
    clock.now += datetime.timedelta(days=29)
    store.prune()
    assert store.is_kept(row)

    clock.now += datetime.timedelta(days=2)
    store.prune()

    assert not store.is_kept(row)
    assert [path.name for path in store.aside.iterdir()] == []
    assert problem(lambda: store.restore(row.number, who="1")) is SourceProblem.NOT_KEPT


def test_what_nobody_kept_or_discarded_is_gone_after_a_day(store: SourceStore, clock: Clock) -> None:
    waiting = store.stage(b"The ferry leaves at nine.")
    os.utime(store.aside / f"new-{waiting}", (NOW.timestamp(), NOW.timestamp()))
    store.prune()
    assert store.staged(waiting)

    clock.now += datetime.timedelta(days=2)
    store.prune()

    assert store.staged(waiting) is None
    assert problem(lambda: store.add(FERRY, waiting, who="1", about=SAID)) is SourceProblem.NOT_WAITING


def test_what_cannot_be_done_changes_nothing(store: SourceStore) -> None:
    add(store)

    assert problem(lambda: add(store)) is SourceProblem.IS_THERE
    assert problem(lambda: add(store, f"{FERRY}/inside.md")) is SourceProblem.NO_PLACE
    assert problem(lambda: store.remove("@7/guide/tram.md", who="1")) is SourceProblem.NOT_THERE
    assert problem(lambda: store.remove("../quoth.db", who="1")) is SourceProblem.NOT_THERE
    assert problem(lambda: add(store, "../outside.md")) is SourceProblem.NO_PLACE
    assert problem(lambda: store.restore(99, who="1")) is SourceProblem.NOT_KEPT
    assert len(store.history.rows()) == 1


def test_who_wishes_to_be_forgotten_leaves_nothing_that_they_wrote_nor_their_id(
    store: SourceStore, tmp_path: Path
) -> None:
    answer = "@7/members/lamp.member.md"
    secret = b"The lamp hums in b-flat-zanzibar."
    store.add(answer, store.stage(secret), who="8", about=SourceAbout(author="Zuleika"), authors=(424242,))
    store.replace(answer, store.stage(secret + b" Still."), who="8")
    add(store)
    store.rename(FERRY, who="424242", about=SAID)

    persons = PersonalSources(store)

    assert [one.file for one in persons.written_by(424242)] == [answer]
    assert persons.forget(424242) == [answer]

    assert [one.file for one in store.listed(7)] == [FERRY]
    assert not any(persons.kept_of(424242))
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert [word for word in (b"zanzibar", b"Zuleika", b"424242") if word in left] == []


@pytest.mark.parametrize(
    ("said", "content", "name"),
    [
        ("notes.md", b"# Notes", "notes.md"),
        ("C:\\docs\\notes.md", b"# Notes", "notes.md"),
        ("../../etc/passwd", b"root is here", "passwd.txt"),
        ("rules.md", b"%PDF-1.7 and more", "rules.pdf"),
        ("page", b"<!DOCTYPE html><p>Hello", "page.html"),
        ("page.txt", b"<html><p>Hello", "page.html"),
        ("letter.doc", b"PK\x03\x04 broken", "letter.zip"),
        ("names.txt", b"IS = Islamic State", "source-names.txt"),
        (".hidden.md", b"text", "hidden.md"),
        ("con.md", b"text", "con_.md"),
        ("x.member.md", b"text", "x.md"),
        ("x.member.member.md", b"text", "x.md"),
        ("a/b\x00c\n.md", b"text", "b c.md"),
    ],
)
def test_a_file_gets_a_name_that_harms_nothing_and_the_ending_of_what_it_is(
    said: str, content: bytes, name: str
) -> None:
    assert file_name(said, content) == name


@pytest.mark.parametrize("content", [b"\x7fELF\x02\x01", b"\x89PNG\r\n\x1a\n\0\0", b"MZ\x90\0\x03\0"])
def test_what_is_no_text_is_refused_whatever_it_is_called(content: bytes) -> None:
    assert problem(lambda: file_name("notes.md", content)) is SourceProblem.NOT_READ


@given(said=st.text(max_size=200), collection=st.text(max_size=80))
@settings(max_examples=300, deadline=None)
def test_whatever_somebody_calls_it_it_lies_in_a_collection_of_their_server(said: str, collection: str) -> None:
    name = file_name(said, b"Some words that are text.")
    try:
        place = place_of(name, guild=7, collection=collection)
    except SourceStoreError:
        assert collection.strip(), "only the name of a collection can be without a letter"
        return

    steps = place.split("/")
    assert len(steps) == 3
    assert steps[0] == "@7"
    assert is_place(place)
    assert is_read(place)
    assert not any(map(sort_of, steps[:2]))
    assert max(len(step.encode("utf-8", "surrogatepass")) for step in steps) < 240


# It lives in a process of its own, which starts a child for each moment and kills it there: before the line of that
# number of the store or its history is run.
NURSERY = """
import os, pathlib, signal, sys
from bot.services.sources import source_disk, source_store
from bot.services.sources.source_store import SourceStore
from bot.store.sqlite import source_history
from bot.store.sqlite.source_history import SqliteSourceHistory
from retrieval.ingestion.source_folders import SourceAbout

folder, deed = pathlib.Path(sys.argv[1]), sys.argv[2]
WATCHED = {source_disk.__file__, source_store.__file__, source_history.__file__}
OLD, NEW = b"The old text. " * 3000, b"The new text. " * 3000

def made(path):
    store = SourceStore(path, SqliteSourceHistory(path))
    if deed != "add":
        store.add("@7/guide/ferry.md", store.stage(OLD), who="1", about=SourceAbout(name="Old"))
    return store

def run(path, kill_at):
    count = 0
    def traced(frame, event, _):
        nonlocal count
        if event == "line":
            count += 1
            if count == kill_at:
                os.kill(os.getpid(), signal.SIGKILL)
        return traced
    store = made(path)
    sys.settrace(lambda frame, event, _: traced if frame.f_code.co_filename in WATCHED else None)
    if deed == "add":
        store.add("@7/guide/ferry.md", store.stage(NEW), who="2", about=SourceAbout(name="New"))
    elif deed == "replace":
        store.replace("@7/guide/ferry.md", store.stage(NEW), who="2", about=SourceAbout(name="New"))
    elif deed == "move":
        store.rename("@7/guide/ferry.md", who="2", about=SourceAbout(name="New"), to="@7/rules/ferry.md")
    else:
        store.remove("@7/guide/ferry.md", who="2")
    sys.settrace(None)

moment = 1
while True:
    child = os.fork()
    if not child:
        run(folder / str(moment), moment)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(moment, flush=True)
    if not os.WIFSIGNALED(status):
        break
    moment += 1
"""


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("deed", ["add", "replace", "move", "remove"])
def test_a_deed_that_is_killed_at_any_moment_is_done_as_a_whole_or_not_at_all(tmp_path: Path, deed: str) -> None:
    root = Path(__file__).parents[2]
    ran = subprocess.run(
        [sys.executable, "-c", NURSERY, str(tmp_path), deed], cwd=root, capture_output=True, text=True, check=True
    )
    moments = ran.stdout.split()
    assert len(moments) > 100

    found = {state_of(tmp_path / moment) for moment in moments}

    old, new = (
        ("@7/guide/ferry.md", b"The old text. " * 3000, "Old"),
        ("@7/guide/ferry.md", b"The new text. " * 3000, "New"),
    )
    assert (
        found
        == {
            "add": {((), "none"), ((new,), "added")},
            "replace": {((old,), "added"), ((new,), "replaced")},
            "move": {((old,), "added"), ((("@7/rules/ferry.md", old[1], "New"),), "renamed")},
            "remove": {((old,), "added"), ((), "removed")},
        }[deed]
    )


def state_of(folder: Path) -> tuple[tuple[tuple[str, bytes, str], ...], str]:
    """What there is after somebody came by, and what the history says last; beside the files there is nothing."""
    store = SourceStore(folder, SqliteSourceHistory(folder))
    store.recover()
    rows = store.history.rows()
    sources = tuple((one.file, store.content(one.file), one.about.name) for one in store.listed(7))
    beside = [json.loads(path.read_text()) for path in store.folder.rglob(".*.about.json")] if sources else []
    assert len(beside) == len(sources)
    assert all(row.done for row in rows)
    return sources, rows[0].deed.value if rows else "none"
