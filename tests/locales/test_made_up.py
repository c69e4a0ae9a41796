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
from typing import TYPE_CHECKING, Any, TypeAlias

import pytest

from bot import i18n
from bot.pages import answer as replies
from bot.pages import (
    answer_details,
    export,
    filter_line,
    gaps,
    help_pages,
    log,
    notices,
    notifications,
    privacy,
    receipts,
    settings,
    sources,
    statistics,
    verification,
    why,
)
from bot.pages.page import Form, Page
from bot.services.receipts import Receipt, RequestOrigin, row_of
from bot.services.review.explanation import Unexplained
from bot.services.review.gaps import Gap
from bot.store.data_subject import Trace
from bot.store.filters import Filter, Thumbs
from bot.store.gaps import GapState, Unhelped, Wish
from bot.store.log_row import LogRow, Surface
from bot.store.log_statistics import Day, Quoted, Stats
from bot.store.preferences import Server
from retrieval.answer.answerer import Answerer
from retrieval.answer.verification import verify
from retrieval.core.model import Answer, Article, Block, Copy, FeatureScore, Kind, NoAnswer, Quote, Reason, Reply, Span
from retrieval.core.query_model import Query, QueryTerm, SmallTalk
from retrieval.ingestion import library

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from bot.pages.page import Button

NOON = datetime.datetime(2025, 1, 31, 12, tzinfo=datetime.UTC)
ID = "0" * 16
GREEK = str.maketrans(string.ascii_letters, "αβψδεφγηιξκλμνοπθρστθωςχυζ" + "ΑΒΨΔΕΦΓΗΙΞΚΛΜΝΟΠΘΡΣΤΘΩΣΧΥΖ")
# What Discord itself reads: moments, and the commands of the surface, which tests of their own compare.
FOR_DISCORD = re.compile(r"<t:[0-9]+:[a-zA-Z]>|<[#@][0-9]+>")

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
    monkeypatch.setattr(i18n, "catalogue", lambda _: MadeUp())
    with i18n.speaking("xx"):
        yield


def untranslated(page: Page) -> list[str]:
    """Give the words in Latin letters on a page."""
    labels = [button.label for button in page.buttons]
    if page.menu:
        labels += [words for choice in page.menu.choices for words in (choice.label, choice.description)]
    if page.picture:
        labels.append(page.picture.told)
    said = "\n".join([page.title, page.body, page.footer, *labels])
    return re.findall(r"[A-Za-z]+", FOR_DISCORD.sub("", said))


def reply(of: Reply, *, logged: bool = True, compared: bool = False) -> Page:
    receipt = Receipt(ID, of, elapsed_ms=1.0, library="0", logged=logged)
    return replies.reply_page(receipt, sources=5, compared=compared)


def logged_row(of: Reply, surface: Surface = Surface.COMMAND) -> LogRow:
    """Give the row of a reply, with nothing in it that has Latin letters but what is said."""
    row = row_of(of, RequestOrigin(surface, channel=1), asked_at=NOON, elapsed_ms=1.0, library="0")
    return replace(row, id=ID, version="0", up=1, down=2)


ANSWERS = (
    Answer(QUERY, (QUOTE,), confidence=0.9, speaking=1),
    Answer(QUERY, (QUOTE, ELSEWHERE), confidence=0.9, speaking=2),
    Answer(QUERY, (QUOTE, replace(ELSEWHERE, speaks=False)), confidence=0.9, speaking=1),
    Answer(QUERY, (QUOTE, *[replace(ELSEWHERE, speaks=False)] * 2), confidence=0.9, speaking=1),
)
REFUSALS = (
    *(NoAnswer(QUERY, reason, searched=214, nearest=(QUOTE,)) for reason in Reason),
    *(
        NoAnswer(Query(question, (), small_talk=small_talk), Reason.NO_WORDS, searched=9)
        for question in ("", "και")
        for small_talk in (None, *SmallTalk)
    ),
    NoAnswer(Query("και", ()), Reason.UNKNOWN_WORDS, searched=9),
)


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("compared", [True, False])
def test_answers(answer: Answer, compared: bool) -> None:
    assert untranslated(reply(answer, compared=compared)) == []


@pytest.mark.parametrize("logged", [True, False])
@pytest.mark.parametrize("refusal", REFUSALS)
def test_refusals(refusal: NoAnswer, logged: bool) -> None:
    page = reply(refusal, logged=logged)

    assert untranslated(replace(page, title="")) == []


def test_the_closest_passages_and_the_log() -> None:
    rows = [
        *(replace(logged_row(said, surface), follows=ID) for said in (*ANSWERS, REFUSALS[0]) for surface in Surface),
        *(logged_row(NoAnswer(QUERY, reason, searched=9)) for reason in Reason),
        replace(logged_row(REFUSALS[0]), question=""),
    ]

    assert untranslated(replies.closest_page(logged_row(REFUSALS[0]), [ARTICLE])) == []
    assert untranslated(log.log_page([])) == []
    assert untranslated(log.log_page([], line="1")) == []
    for row in rows:
        assert untranslated(log.log_page([row], newer="1", older="2")) == []


PARTS = (
    FeatureScore("ω", 2.0),
    FeatureScore("title", 1.0, "title_match"),
    FeatureScore("length", -1.0, "length"),
    *(FeatureScore(key, 0.1, key) for key in why.in_plain_words()),
)
WHY_TERMS = (
    *TERMS,
    QueryTerm("α", "α", 3, read="β"),
    QueryTerm("β", "β", 1, carried=True),
    *(QueryTerm(word, word) for word in "ηθικλμ"),
)


@pytest.mark.parametrize("confidence", [0.9, 0.001])
@pytest.mark.parametrize("is_answer", [True, False])
def test_why(confidence: float, is_answer: bool) -> None:
    query, quote = Query("Τι;", WHY_TERMS), replace(QUOTE, parts=PARTS)
    said: Reply = Answer(query, (quote,), confidence=confidence, speaking=1)
    if not is_answer:
        said = NoAnswer(query, Reason.WEAK_MATCH, searched=9, nearest=(quote,), confidence=confidence)

    assert untranslated(why.why_page(logged_row(said), said)) == []


def test_a_receipt() -> None:
    """The words of a score's parts are the program's own names, as the terminal has them."""
    said = Answer(
        Query("Τι;", WHY_TERMS), (replace(QUOTE, parts=(FeatureScore("ω", 2.0),)),), confidence=0.9, speaking=1
    )
    rows = [
        logged_row(said),
        replace(logged_row(said), asker="0", follows=ID, narrowed_to="0", library="1"),
        logged_row(REFUSALS[0]),
    ]
    for row in rows:
        for reason in (said, *Unexplained):
            page = receipts.receipt_page(row, [ARTICLE], library="0", why=reason)
            assert sorted(set(untranslated(page))) == ["ms", "quoth"]


def test_more_passages() -> None:
    assert untranslated(answer_details.more_page(logged_row(ANSWERS[0]), [QUOTE] * 5, 0)) == []


@pytest.fixture
def answerer(tmp_path: Path) -> Answerer:
    (tmp_path / "1.md").write_text(f"---\nname: Κόραξ\n---\n{TEXT}\n", encoding="utf-8")
    (tmp_path / "2.md").write_text(f"---\nname: Άναξ\n---\n{'Ο άναξ είπε. Είπε πάλιν. ' * 8}\n", encoding="utf-8")
    return Answerer(library.load(tmp_path))


def test_the_sentences_around_a_quotation(answerer: Answerer) -> None:
    article = answerer.library.articles[0]
    start = article.text.index("Ο κόραξ")
    quote = replace(QUOTE, article=article, span=Span(start, start + 13))
    row = logged_row(Answer(QUERY, (quote, ELSEWHERE), confidence=0.9, speaking=2))

    assert untranslated(answer_details.context_page(row, 0, article, answerer.corpus)) == []


@pytest.mark.parametrize(
    "said",
    ["Ο κόραξ είπε.", "Ο άναξ εί", "Ο άναξ είπε.", "Ο  κόραξ είπε.", "Ουδείς ουν είπε.", "Ουδείς ην", "ψψψψ", ""],
)
def test_quotations_that_are_checked(answerer: Answerer, said: str) -> None:
    assert untranslated(verification.verdict_page(verify(said, answerer.library.articles), answerer.corpus)) == []


def test_gaps() -> None:
    states = [(GapState.OPEN, None), (GapState.PLANNED, None), (GapState.CLOSED, None), (GapState.CLOSED, "Α")]
    for state, source in states:
        asked = Unhelped(ID, "Τι;", "0", NOON, "0", answered=True, state=state, source=source)
        gap = Gap((asked,) * 14, ("α", "β"), ("γ", "δ"))
        assert untranslated(gaps.gap_page(gap, note=gaps.put(gap))) == []
        for closed in (True, False):
            page = gaps.gaps_page([gap], total=1, first=1, closed=closed, before="1", after="2")
            assert untranslated(page) == []
    for closed in (True, False):
        page = gaps.gaps_page([], total=0, first=1, closed=closed, before=None, after=None)
        assert untranslated(page) == []


def test_statistics() -> None:
    days = (Day(datetime.date(2020, 5, 1), 3, 2), Day(datetime.date(2020, 5, 3), 1, 0))
    stats = Stats(4, 2, 1, 1, days, (Quoted("1", "Α", 2),), 4, (("α", 2),), 1.0, 2.0)
    for shown in (stats, replace(stats, days=days[:1])):
        for picture in (None, b""):
            assert untranslated(statistics.stats_page(shown, picture=picture)) == []
    nothing = replace(stats, asked=0, days=())
    for line in ("", "1"):
        assert untranslated(statistics.stats_page(nothing, line=line)) == []


def test_exports_and_choices() -> None:
    wanted = Filter(unanswered=True, thumbs=Thumbs.DOWN, channel=1, since=NOON, source="1", words="α")
    line = filter_line.chosen_line(wanted, person=1)
    for rows, older in ((0, None), (0, "1"), (1, None), (2, "1")):
        assert untranslated(export.export_page("", ".csv", rows=rows, line=line, older=older)) == []


def test_telling() -> None:
    assert untranslated(notifications.told_page(Wish(ID, 1, "Τι;", "Α", claimed=False))) == []


def test_sources() -> None:
    for page in (
        sources.sources_page([sources.ListedSource(ARTICLE, 3, 2)] * 10, number=2, of=30),
        sources.sources_page([sources.ListedSource(ARTICLE, 3)], number=1, of=1),
        sources.sources_page([], number=1, of=0),
        sources.source_page(sources.ListedSource(ARTICLE, 3, 1)),
        sources.text_page(ARTICLE),
    ):
        assert untranslated(page) == []


def test_settings() -> None:
    servers = (Server(), Server(channels=(1, 2, 3), quotes=1, logged=False, keep_days=1), Server(keep_days=40))
    for server in servers:
        for days in (0, 1, 30):
            assert untranslated(settings.settings_page(server, limit=3, keep_days=days)) == []


def test_privacy() -> None:
    for trace in (Trace(), Trace(2, 1, NOON, NOON), Trace(0, 3), Trace(wishes=2)):
        for is_out, logs in ((True, True), (False, True), (False, False)):
            assert untranslated(privacy.privacy_page(trace, days=30, is_out=is_out, logs=logs)) == []
        assert untranslated(privacy.confirm_page(trace)) == []


Said: TypeAlias = "Page | Form | Button | str"

ARGUMENTS: dict[str, Any] = {
    "reference": "1", "name": "1", "channel": 1, "channels": (1, 2), "most": 3, "days": 3, "number": 3, "is_last": True,
    "on": True, "is_out": True, "everywhere": False, "seconds": 2, "id": ID, "helpful": True, "source": "1",
    "typed": "1",
}  # fmt: skip


def lines_of(*modules: Any) -> list[tuple[str, Callable[..., Said]]]:
    """Give every function that says one thing and needs no more than a number, a name or a choice."""
    return [
        (f"{module.__name__}.{name}", function)
        for module in modules
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and inspect.signature(function).parameters.keys() <= ARGUMENTS.keys()
    ]


SAID = lines_of(help_pages, settings, privacy, notices, notifications, log)


@pytest.mark.parametrize("function", [function for _, function in SAID], ids=[name for name, _ in SAID])
def test_each_thing_that_is_said_by_itself(function: Callable[..., Said]) -> None:
    names = inspect.signature(function).parameters
    choices: list[dict[str, Any]] = [
        {},
        {"is_last": False},
        {"helpful": False},
        {"on": False},
        {"is_out": False},
        {"number": None, "days": None},
    ]
    for choice in choices:
        given: dict[str, Any] = {name: {**ARGUMENTS, **choice}[name] for name in names}
        said = function(**given)
        assert untranslated(page_of(said)) == []


def page_of(said: Said) -> Page:
    match said:
        case Page():
            return said
        case Form():
            return Page(said.label, said.title)
        case str():
            return Page(said)
        case _:
            return Page("", buttons=(said,))
