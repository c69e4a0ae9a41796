"""In a made-up language no word of the bot's own stays English: every line of every page goes through a catalogue.

The language writes each Latin letter of a line as a Greek one. What is quoted in these tests has no Latin letter, so
that one on a page was said without being translated. A line of a module that is not tried here is found by the other
tests as soon as it is a call; one that is no call at all is what this test is for.
"""

from __future__ import annotations

import datetime
import gettext
import inspect
import re
import string
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from bot import locales
from bot.desk import Place, Receipt, row_of
from bot.pages import log, notes, privacy, replies, settings, sources
from bot.pages.page import Page
from bot.store.persons import Trace
from bot.store.preferences import Server
from bot.store.rows import Surface
from retrieval.model import Answer, Article, Block, Copy, Kind, NoAnswer, Query, QueryTerm, Quote, Reason, Reply, Span

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOON = datetime.datetime(2025, 1, 31, 12, tzinfo=datetime.UTC)
ID = "0" * 16
GREEK = str.maketrans(string.ascii_letters, "αβψδεφγηιξκλμνοπθρστθωςχυζ" + "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΘΩΣΧΥΖ")
# What Discord itself reads: moments, and the commands of the surface, which tests of their own compare.
FOR_DISCORD = re.compile(r"<t:[0-9]+:[a-zA-Z]>|<#[0-9]+>")

TEXT = "Ο κόραξ είπε.\n\nΟυδείς είπε. Ο άναξ είπε."
ARTICLE = Article(
    "1",
    "Κόραξ",
    TEXT,
    "0" * 64,
    date=datetime.date(2020, 5, 1),
    author="Α",
    publisher="Β",
    licence="Γ",
    url="Δ",
    blocks=(Block(Kind.PARAGRAPH, Span(0, len(TEXT))),),
)
OTHER = replace(ARTICLE, file="2", name="Άναξ", date=None)
QUOTE = Quote(ARTICLE, Span(0, 13), (Span(0, 13),), 1.0, copies=(Copy(OTHER, Span(0, 13)),))
ELSEWHERE = Quote(OTHER, Span(0, 13), (Span(0, 13),), 1.0)
TERMS = tuple(
    QueryTerm(word, word, count, ("ψ", "ω")) for word, count in zip("αβγδεζ", (0, 0, 1, 2, 3, 4), strict=True)
)
QUERY = Query("Τι;", TERMS)


def greek(line: str) -> str:
    """Write a line in Greek letters, but for what is filled in and what Discord reads."""
    return "".join(part if part.startswith("{") else part.translate(GREEK) for part in re.split(r"(\{\w*\})", line))


class MadeUp(gettext.NullTranslations):
    """A catalogue that has every line."""

    def gettext(self, message: str) -> str:
        return greek(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return greek(msgid1 if n == 1 else msgid2)

    def pgettext(self, context: str, message: str) -> str:
        return greek(message) if context else message


@pytest.fixture(autouse=True)
def made_up(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(locales, "catalogue", lambda _: MadeUp())
    with locales.speaking("xx"):
        yield


def untranslated(page: Page) -> list[str]:
    """Give the words in Latin letters on a page."""
    labels = [button.label for button in page.buttons]
    said = "\n".join([page.title, page.body, page.footer, *labels])
    return re.findall(r"[A-Za-z]+", FOR_DISCORD.sub("", said))


def reply(of: Reply, *, logged: bool = True) -> Page:
    receipt = Receipt(ID, of, elapsed_ms=1.0, library="0", logged=logged)
    return replies.reply_page(receipt, sources=5)


ANSWERS = (
    Answer(QUERY, (QUOTE,), confidence=0.9, speaking=1),
    Answer(QUERY, (QUOTE, ELSEWHERE), confidence=0.9, speaking=2),
    Answer(QUERY, (QUOTE, replace(ELSEWHERE, speaks=False)), confidence=0.9, speaking=1),
    Answer(QUERY, (QUOTE, *[replace(ELSEWHERE, speaks=False)] * 2), confidence=0.9, speaking=1),
)
REFUSALS = (
    *(NoAnswer(QUERY, reason, searched=214, nearest=(QUOTE,)) for reason in Reason),
    *(NoAnswer(Query(question, ()), Reason.NO_WORDS, searched=9) for question in ("", "Hi", "Thanks", "Bye", "και")),
    NoAnswer(Query("what can you do?", ()), Reason.NO_WORDS, searched=9),
    NoAnswer(Query("και", ()), Reason.UNKNOWN_WORDS, searched=9),
)


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers(answer: Answer) -> None:
    assert untranslated(reply(answer)) == []


@pytest.mark.parametrize("logged", [True, False])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusals(refusal: NoAnswer, logged: bool) -> None:
    page = reply(refusal, logged=logged)

    assert untranslated(replace(page, title="")) == []


def test_the_closest_passages_and_the_log() -> None:
    row = row_of(REFUSALS[0], Place(Surface.COMMAND), asked_at=NOON, elapsed_ms=1.0, library="0")

    assert untranslated(replies.closest_page(replace(row, id=ID), [ARTICLE])) == []
    assert untranslated(log.log_page([])) == []


def test_sources() -> None:
    for page in (
        sources.sources_page([sources.Listed(ARTICLE, 3, 2)] * 10, number=2, of=30),
        sources.sources_page([sources.Listed(ARTICLE, 3)], number=1, of=1),
        sources.sources_page([], number=1, of=0),
        sources.source_page(sources.Listed(ARTICLE, 3, 1)),
        sources.text_page(ARTICLE),
    ):
        assert untranslated(page) == []


def test_settings() -> None:
    servers = (Server(), Server(channels=(1, 2, 3), quotes=1, logged=False, keep_days=1), Server(keep_days=40))
    for server in servers:
        for days in (0, 1, 30):
            assert untranslated(settings.settings_page(server, limit=3, keep_days=days)) == []


def test_privacy() -> None:
    for trace in (Trace(), Trace(2, 1, NOON, NOON), Trace(0, 3)):
        for is_out, logs in ((True, True), (False, True), (False, False)):
            assert untranslated(privacy.privacy_page(trace, days=30, is_out=is_out, logs=logs)) == []
        assert untranslated(privacy.confirm_page(trace)) == []


ARGUMENTS: dict[str, Any] = {
    "reference": "1", "name": "1", "channel": 1, "channels": (1, 2), "most": 3, "days": 3, "number": 3, "is_last": True,
    "on": True, "is_out": True, "everywhere": False,
}  # fmt: skip


def lines_of(*modules: Any) -> list[tuple[str, Callable[..., Page | str]]]:
    """Give every function that says one thing and needs no more than a number, a name or a choice."""
    return [
        (f"{module.__name__}.{name}", function)
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.signature(function).parameters.keys() <= ARGUMENTS.keys()
    ]


SAID = lines_of(notes, settings, privacy)


@pytest.mark.parametrize("function", [function for _, function in SAID], ids=[name for name, _ in SAID])
def test_each_thing_that_is_said_by_itself(function: Callable[..., Page | str]) -> None:
    names = inspect.signature(function).parameters
    choices: list[dict[str, Any]] = [
        {},
        {"is_last": False},
        {"on": False},
        {"is_out": False},
        {"number": None, "days": None},
    ]
    for choice in choices:
        given: dict[str, Any] = {name: {**ARGUMENTS, **choice}[name] for name in names}
        said = function(**given)
        assert untranslated(Page(said) if isinstance(said, str) else said) == []
