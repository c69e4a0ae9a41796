"""Whatever a source, a name, a question or a comment says: no link of its own, no other word, nothing forged."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

import pytest
from discord.ui import View

from bot.discord.components import view_of
from bot.pages.links import text_fragment
from bot.pages.markdown import seen, units, unstyled
from bot.pages.page import Page
from bot.pages.quoting import first_that_fits, quotation
from bot.services.caller import Caller
from bot.store.log_row import Surface
from retrieval.answer.presentation import shown_of
from retrieval.core.model import Article, Quote, Span
from tests.bot.hostile import TEXTS, hostile_reception, in_a_file, links, live, unseen
from tests.counting import calls

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from bot.handlers import Reception
    from bot.pages.page import Form

ANN = Caller(1, guild=2, channel=3)
SHORTER = 300
PAGE = "https://operator.example/page"
ASKED = "What did the raven say to the king?"


def test_there_are_many_hostile_texts() -> None:
    assert len(TEXTS) >= 40


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("@everyone", ["@everyone"]),
        ("<@1> [a](b)", ["<@", "]("]),
        ("# One", ["# "]),
        ("> - a", ["> - "]),
        ("https://x", ["https:/"]),
        (r"\@everyone \<\@1\> \[a\](b) https\:\/\/x **bold** `+1.0`", []),
        ("— [**Name**](https://operator.example/page), 6 May", []),
    ],
)
def test_what_is_live_is_seen(markdown: str, found: list[str]) -> None:
    assert live(markdown) == found


@pytest.fixture(scope="module")
def reception(tmp_path_factory: pytest.TempPathFactory) -> Reception:
    return hostile_reception(tmp_path_factory.mktemp("articles"), url=PAGE)


def faults(page: Page | Form) -> Iterator[str]:
    """Say what is live or unseen in a page, and what its size breaks."""
    assert isinstance(page, Page)
    for name, part in {"title": page.title, "body": page.body}.items():
        yield from (f"{name}: {found!r} is live" for found in live(part))
        yield from (f"{name}: {link} is a link" for link in links(part) if not link.startswith(PAGE))
    labels = [child for child in (view_of(page) or View()).to_components() for child in child["components"]]
    lines = [line for label in labels for line in (label, *label.get("options", []))]
    said = [page.title, page.body, page.footer, *(f"{line.get('label')} {line.get('description')}" for line in lines)]
    yield from (f"{found!r} is not seen" for part in said for found in unseen(part))
    if units(page.title) > 256 or units(page.body) > 4096 or units(page.title + page.body + page.footer) > 6000:
        yield "it is too long"


@pytest.mark.parametrize("number", range(len(TEXTS)), ids=TEXTS)
async def test_a_source_may_say_and_be_called_anything(reception: Reception, number: int) -> None:
    said = in_a_file(list(TEXTS.values())[number])
    ask, source = reception.questions.ask, f"{number}.md"
    answer = await ask(ASKED, Surface.COMMAND, ANN, source=source)
    id_ = answer.row
    pages = {
        "answer": answer,
        "source": await reception.sources.one(source, ANN),
        "more": await reception.answers.more(id_, ANN),
        "context": await reception.answers.context(id_, ANN),
        "why": await reception.answers.why(id_, ANN),
        "check": await reception.checks.text(f"The raven said {said[:900]}", ANN),
        "comparison": await reception.questions.compare(f"{ASKED} {number}", ANN),
    }

    assert [f"{name}: {fault}" for name, page in pages.items() for fault in faults(page)] == []
    *lines, last = answer.body.splitlines()
    assert all(line.startswith("> ") for line in lines if not line.startswith("— **")) or "\n\n" in answer.body
    (row,) = [row for row in await reception.desk.log.recent(1000) if row.id == id_]
    assert answer.body.count("\n— ") == len(row.quotes)
    quoted = [line.removeprefix("> ") for line in [*lines, last] if line.startswith("> ")]
    words = "".join(unstyled(line) if line[:3] != "```" else "" for line in quoted)
    articles = {article.file: article for article in reception.desk.answerer.library.articles}
    whole = "".join(shown_of(articles[quote.file], Span(quote.start, quote.end)).text for quote in row.quotes)
    assert "".join(words.split()) == "".join(seen(whole).split()) or "…" in answer.body


@pytest.mark.parametrize("name", TEXTS)
async def test_a_question_and_a_comment_may_say_anything(reception: Reception, name: str) -> None:
    said = TEXTS[name]
    pages = {}
    for surface in (Surface.COMMAND, Surface.MENTION):
        asked = await reception.questions.ask(f"Who is {said} of the king?", surface, ANN)
        id_ = asked.row
        pages[surface.value] = asked
        pages[f"why of {surface.value}"] = await reception.answers.why(id_, ANN)
        pages[f"more of {surface.value}"] = await reception.answers.more(id_, ANN)
    pages["unknown source"] = await reception.questions.ask("Who?", Surface.COMMAND, ANN, source=said)
    pages["comment"] = await reception.votes.comment(id_, ANN, said)

    assert [f"{name}: {fault}" for name, page in pages.items() for fault in faults(page)] == []
    kept = [comment.text for comment in await reception.desk.log.comments(id_)]
    assert kept == ([said.strip()[:500]] if said.strip() else [])


async def test_the_lists_of_hostile_sources_are_harmless(reception: Reception) -> None:
    pages = [await reception.sources.page(ANN, number + 1) for number in range(len(TEXTS) // 10 + 1)]
    numbered = [replace(page, body=re.sub(r"(?m)^[0-9]+\. \*\*", "**", page.body)) for page in pages]
    listed = [fault for page in numbered for fault in faults(page)]
    named = [name for said in TEXTS.values() for name, _ in await reception.sources.choices(said[:100], ANN)]

    assert listed == []
    assert [found for name in named for found in unseen(name)] == []


def draw_quotation(text: str) -> object:
    article = Article("a.md", text, text, "0" * 64, url=PAGE)
    return quotation(Quote(article, Span(0, len(text)), (Span(0, len(text)),), 1.0), limit=4000)


def draw_context(text: str) -> object:
    article = Article("a.md", "A", text, "0" * 64, url=PAGE)
    return first_that_fits(article, [Span(0, len(text))], bold=[Span(0, len(text))], limit=4000)


PIECES = ["[", "](", "<@", "*", "_a", "\\", "`", "a\n", "\n", " ", "\u200b", "- a\n", "[a](b", "e\u0301"]
DRAW: dict[str, Callable[[str], object]] = {
    "text_fragment": lambda text: text_fragment(text, Span(0, len(text))),
    "quotation": draw_quotation,
    "context": draw_context,
}


@pytest.mark.parametrize("draw", DRAW)
def test_the_work_to_draw_a_text_grows_as_the_text_does(draw: str) -> None:
    for piece in PIECES:
        shorter, longer = (calls(partial(DRAW[draw], piece * length)) for length in (SHORTER, 16 * SHORTER))
        # Where the work is quadratic, sixteen times the text is 256 times the work. A text that is too long is drawn a
        # second time, with its length counted.
        assert longer < 64 * shorter, piece
