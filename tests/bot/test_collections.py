"""Who may not see a collection learns nothing of it by any door, whatever is hidden and shown in whatever order."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest

from bot.config.errors import LogError
from bot.handlers import Reception
from bot.handlers.server_rules import HouseRules
from bot.pages.collection_pages import collection_choices, meant_collection
from bot.services.caller import Caller
from bot.services.question_service import Desk
from bot.services.review.replay import Obstacle, Replay
from bot.store.collection_rules import EVERYTHING, CollectionPlace
from bot.store.filters import EVERY_ROW
from bot.store.log_row import Surface
from bot.store.preferences import MemoryPreferences
from tests.bot.fakes import MemoryQueryLog
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    from bot.pages.page import Page
    from retrieval.answer.answerer import Answerer

GUILD, OTHER = 77, 88
OPEN, STAFF, THREAD = 11, 12, 13  # channels; the thread is one of the staff's
CREW, BOARD = 21, 22  # roles
# A word that only the articles of a collection have: where it is said, something of the collection is.
WORDS = {
    "": "quellim",
    "rules": "brandock",
    "board": "zavertine",
    "@77/notes": "mirovale",
    "@88/diary": "tolkuntra",
    "v1": "haspelow",
    "v2": "jurrigan",
}
MISSPELT = {name: word[:-1] + word[-1] * 2 for name, word in WORDS.items()}
QUESTIONS = (
    "What does the harbour plan say about the pier?",
    "Who signed the harbour plan?",
    "When is the pier closed?",
    *(f"What is {word}?" for word in MISSPELT.values()),
)
SEQUENCES = 1000


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Answerer:
    return answerer_of(
        tmp_path_factory.mktemp("library"),
        {
            f"{name + '/' if name else ''}{word}.md": (
                f"# The {word} paper\n\nThe harbour plan says that the pier is closed in {word}. "
                f"Lena {word.title()} signed the harbour plan.\n\n"
                f"The {word.title()} Harbour Board ({word[:3].upper()}) meets at the pier when the harbour is closed."
            )
            for name, word in WORDS.items()
        },
    )


@dataclass
class Model:
    """What each collection of the server is hidden in and shown to, written down as it is said."""

    everywhere: set[str] = field(default_factory=set)
    hidden: set[tuple[int, str]] = field(default_factory=set)
    shown: set[tuple[int, str]] = field(default_factory=set)

    def hide(self, name: str, place: CollectionPlace) -> None:
        ids = [id_ for id_ in place if id_]
        if not ids:
            self.show(name, place)
            self.everywhere.add(name)
        self.shown -= {(id_, name) for id_ in ids}
        if place.channel:
            self.hidden.add((place.channel, name))

    def show(self, name: str, place: CollectionPlace) -> None:
        ids = [id_ for id_ in place if id_]
        if not ids:
            self.everywhere.discard(name)
            self.hidden = {rule for rule in self.hidden if rule[1] != name}
            self.shown = {rule for rule in self.shown if rule[1] != name}
        self.hidden -= {(id_, name) for id_ in ids}
        self.shown |= {(id_, name) for id_ in ids}

    def sees(self, name: str, caller: Caller, *, private: bool) -> bool:
        if name.startswith("@") and name.split("/", maxsplit=1)[0] != f"@{caller.guild}":
            return False
        if caller.guild is None:
            return name not in self.everywhere
        if caller.guild != GUILD or (private and caller.manages):
            return True
        if private and any((role, name) in self.shown for role in caller.roles):
            return True
        places = [place for place in (caller.channel, caller.parent) if place]
        if any((place, name) in self.hidden for place in places):
            return False
        return name not in self.everywhere or any((place, name) in self.shown for place in places)


def callers(rng: random.Random) -> Caller:
    guild = rng.choice([GUILD, GUILD, GUILD, GUILD, OTHER, None])
    if guild is None:
        return Caller(user=rng.randrange(1, 6), channel=99)
    channel, parent = rng.choice([(OPEN, None), (STAFF, None), (THREAD, STAFF)])
    roles = tuple(role for role in (CREW, BOARD) if rng.random() < 0.4)
    return Caller(rng.randrange(1, 6), guild, channel, parent, manages=rng.random() < 0.15, roles=roles)


def reception_of(library: Answerer) -> tuple[Reception, MemoryPreferences]:
    preferences = MemoryPreferences()
    desk = Desk(library, MemoryQueryLog())
    return Reception(desk, asker=lambda user: f"asker-{user}", preferences=preferences), preferences


async def door(  # noqa: C901, PLR0911 - there are so many doors
    reception: Reception, caller: Caller, rng: random.Random, *, private: bool
) -> tuple[bool, object]:
    """What somebody is shown by one of the doors, chosen at random, and whether they alone see it."""
    question = rng.choice(QUESTIONS)
    name, word = rng.choice([*WORDS.items()])
    rows = [row.id for row in await reception.desk.log.find(EVERY_ROW, 50)] or ["0" * 16]
    ask = reception.questions
    match rng.randrange(14):
        case 0 | 1 | 2:
            return private, await ask.ask(question, Surface.COMMAND, caller, private=private)
        case 3:
            page = await ask.ask(
                question, Surface.COMMAND, caller, private=private, source=f"The {MISSPELT[name]} paper"
            )
            return private, page
        case 4:
            return private, await ask.ask(question, Surface.COMMAND, caller, private=private, collection=name or "/")
        case 5:
            return private, await ask.collections("", caller, private=private)
        case 6:
            return private, await reception.sources.choices(rng.choice(["", word[:4]]), caller, private=private)
        case 7:
            return False, await ask.compare(question, caller)
        case 8:
            return True, [await reception.sources.page(caller), await reception.sources.one(MISSPELT[name], caller)][
                not private
            ]
        case 9:
            surface = Surface.MENU if private else Surface.MENTION
            return private, await ask.ask(question, surface, caller, private=private)
        case 10:
            article = next(found for found in reception.desk.answerer.library.articles if word in found.name)
            return True, await reception.sources.text(caller, article.sha256)
        case 11:
            return True, await reception.checks.text("signed the harbour plan", caller)
        case _:
            return True, await press(reception, rng.choice(rows), caller, rng)


async def press(reception: Reception, row: str, caller: Caller, rng: random.Random) -> Page:
    answers = reception.answers
    match rng.randrange(4):
        case 0:
            return await answers.more(row, caller)
        case 1:
            return await answers.context(row, caller, number=rng.randrange(2))
        case 2:
            return await answers.why(row, caller)
        case _:
            return await reception.questions.closest(row, caller)


def told(shown: object) -> set[str]:
    """The collections of which something is said; what was typed is none of it."""
    said = repr(shown).casefold()
    for typed in MISSPELT.values():
        said = said.replace(typed, "")
    return {name for name, word in WORDS.items() if word in said}


@pytest.mark.parametrize("seed", range(5))
async def test_whatever_is_hidden_and_shown_each_door_tells_only_of_what_its_user_may_see(
    library: Answerer, seed: int
) -> None:
    rng = random.Random(seed)  # noqa: S311 - no secret is made of it
    told_of_something = 0
    for _ in range(SEQUENCES // 5):
        reception, preferences = reception_of(library)
        model = Model()
        touched = rng.sample([name for name in WORDS if not name.startswith("@88")], 2)
        for _ in range(rng.randrange(4, 10)):
            if rng.random() < 0.45:
                what = rng.choice(touched)
                place = CollectionPlace(rng.choice([None, None, OPEN, STAFF]), rng.choice([None, None, CREW, BOARD]))
                say = reception.settings.hide_collection if rng.random() < 0.7 else reception.settings.show_collection
                await say(Caller(9, GUILD, OPEN, manages=True), what or "/", place)
                (model.hide if say == reception.settings.hide_collection else model.show)(what, place)
                continue
            caller, private = callers(rng), rng.random() < 0.5
            alone, shown = await door(reception, caller, rng, private=private)
            may_see = {name for name in WORDS if model.sees(name, caller, private=alone)}
            assert told(shown) <= may_see, (caller, alone, shown, model)
            told_of_something += bool(told(shown))
        assert (await preferences.server(GUILD)).collections.sees("board", (OPEN,), ()) == model.sees(
            "board", Caller(1, GUILD, OPEN), private=False
        )
    assert told_of_something > 20


async def test_what_all_can_read_shows_nothing_that_only_a_role_sees(library: Answerer) -> None:
    reception, _ = reception_of(library)
    manager, member = Caller(9, GUILD, OPEN, manages=True), Caller(1, GUILD, OPEN, roles=(BOARD,))
    await reception.settings.hide_collection(manager, "board", CollectionPlace())
    await reception.settings.show_collection(manager, "board", CollectionPlace(role=BOARD))

    publicly = await reception.questions.ask("Who signed the harbour plan?", Surface.COMMAND, member, source="board")
    privately = await reception.questions.ask(
        "Who signed the harbour plan?", Surface.COMMAND, member, collection="board", private=True
    )
    by_manager = await reception.questions.ask("Who signed the harbour plan?", Surface.COMMAND, manager)

    assert "zavertine" in repr(privately).casefold()
    assert "zavertine" not in repr(publicly).casefold()
    assert "zavertine" not in repr(by_manager).casefold()
    assert ("board", "board") in await reception.questions.collections("", member, private=True)
    assert ("board", "board") not in await reception.questions.collections("", member, private=False)


async def test_what_is_hidden_later_is_gone_from_the_buttons_of_earlier_answers(library: Answerer) -> None:
    reception, _ = reception_of(library)
    manager, member = Caller(9, GUILD, OPEN, manages=True), Caller(1, GUILD, OPEN)
    await reception.questions.ask("Who signed the harbour plan?", Surface.COMMAND, member, collection="board")
    (row,) = await reception.desk.log.find(EVERY_ROW, 5)
    before = await reception.answers.context(row.id, member)
    await reception.settings.hide_collection(manager, "board", CollectionPlace())

    after = [await reception.answers.context(row.id, member), await reception.answers.more(row.id, member)]

    assert "zavertine" in repr(before).casefold()
    assert "harbour plan" not in "".join(page.body for page in after)


async def test_a_question_is_asked_again_of_what_its_asker_saw(library: Answerer) -> None:
    reception, _ = reception_of(library)
    manager, member = Caller(9, GUILD, OPEN, manages=True), Caller(1, GUILD, OPEN)
    await reception.settings.hide_collection(manager, "board", CollectionPlace())
    for collection in (None, "v1", "rules"):
        await reception.questions.ask("Who signed the harbour plan?", Surface.COMMAND, member, collection=collection)
    rows = await reception.desk.log.find(EVERY_ROW, 5)

    again = [Replay(library, lambda _: None).ask(row) for row in rows]

    assert len(rows) == 3
    assert not any(isinstance(one, Obstacle) or one.change != "same" for one in again)


async def test_where_nobody_knows_who_may_see_what_nothing_is_answered(library: Answerer) -> None:
    class Unreadable(MemoryPreferences):
        async def servers(self) -> Any:
            raise LogError("The disk is gone.")

    reception = Reception(Desk(library, MemoryQueryLog()), asker=str, preferences=Unreadable())
    page = await reception.questions.ask("Who signed the harbour plan?", Surface.COMMAND, Caller(1, GUILD, OPEN))

    assert told(page) == set()
    assert "cannot be read" in page.body
    assert await reception.sources.choices("", Caller(1, GUILD, OPEN)) == []
    with pytest.raises(LogError, match="who may see which sources"):
        await HouseRules(Unreadable()).hidden(library, Caller(1, GUILD, OPEN), private=True)


def test_collections_are_called_by_their_folders() -> None:
    names = ("", "rules", "@77/rules", "@77/notes")

    assert collection_choices(names, "") == [
        ("General", "/"),
        ("notes", "@77/notes"),
        ("rules", "rules"),
        ("rules (this server’s own)", "@77/rules"),
    ]
    assert meant_collection(names, "Notes") == "@77/notes"
    assert meant_collection(names, "/") == ""
    assert meant_collection(names, "General") == ""
    assert meant_collection(names, "rules") == "rules"
    assert meant_collection(names, "plans") is None


async def test_who_may_not_manage_the_server_changes_and_learns_nothing(library: Answerer) -> None:
    reception, preferences = reception_of(library)
    settings, place = reception.settings, CollectionPlace(OPEN, CREW)
    for number in range(100):
        stranger = Caller(number + 1, GUILD if number % 3 else None, OPEN, roles=(BOARD,))
        pages = [
            await settings.collections(stranger),
            await settings.hide_collection(stranger, "rules", place),
            await settings.show_collection(stranger, "board", place),
            await settings.version(stranger, "v1"),
        ]
        assert [told(page) | {name for name in WORDS if name and name in repr(page)} for page in pages] == [set()] * 4
        assert await settings.collection_names(stranger, "") == []

    assert (await preferences.server(GUILD)).collections == EVERYTHING


@pytest.fixture(autouse=True)
def no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here reads the folder that the tests are started in."""
    monkeypatch.chdir(tmp_path)
