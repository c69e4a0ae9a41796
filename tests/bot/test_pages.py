"""Everything people see on Discord, as whole pages."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.config.errors import MisquoteError
from bot.pages.actions import Press
from bot.pages.answer import closest_page, reply_page
from bot.pages.log import log_page
from bot.pages.markdown import seen, unescape, units
from bot.pages.page import Attachment, Button, Page, Tone
from bot.pages.phrases import foot, why_not
from bot.pages.quoting import quotation
from bot.pages.sources import ListedSource, on_page, source_page, sources_page, text_page
from bot.services.receipts import Receipt, RequestOrigin, row_of
from bot.store.log_row import Surface
from retrieval.core.model import Answer, Article, Block, Copy, Kind, NoAnswer, Quote, Reason, Reply, Span
from retrieval.core.query_model import Query, QueryTerm

NOON = datetime.datetime(2025, 1, 31, 12, tzinfo=datetime.UTC)
TEXT = "The raven spoke\nto the *king*.\n\nNobody answered. The king asked again."
RAVEN = Article("raven.md", "The Raven & the King", TEXT, "0" * 64, date=datetime.date(2020, 5, 6))
QUERY = Query(
    "What did the raven *say*?",
    (QueryTerm("raven", "raven", 12, ("Corbie",)), QueryTerm("say", "say", 3), QueryTerm("loch", "Lochness", 0)),
)
WHOLE = Quote(RAVEN, Span(0, len(TEXT)), (Span(0, 30),), 1.0, marks=(Span(4, 9), Span(10, 15), Span(19, 22)))
LAST = Quote(RAVEN, Span(32, len(TEXT)), (Span(49, 70),), 0.5)


def refused(query: Query, reason: Reason, searched: int) -> NoAnswer:
    """A refusal where the words that no sentence has are nowhere else in the sources either."""
    return NoAnswer(query, reason, searched, unmentioned=query.unknown)


def receipt(reply: Reply, *, logged: bool = True) -> Receipt:
    return Receipt("0123456789abcdef", reply, elapsed_ms=1.0, library="sha256:0", logged=logged)


def test_an_answer_quotes_its_sources_with_the_sentence_that_answers_in_bold() -> None:
    answer = Answer(QUERY, (WHOLE, LAST), confidence=0.9, speaking=1)

    assert reply_page(receipt(answer), sources=5) == snapshot(
        Page(
            body="""\
> **The raven spoke to the \\*king\\*.**
> Nobody answered. The king asked again.
— **The Raven & the King**, 6 May 2020

> Nobody answered. **The king asked again.**
— **The Raven & the King**, 6 May 2020\
""",
            title="What did the raven \\*say\\*?",
            footer="From 1 of 5 sources · also searched for: Corbie",
            tone=Tone.ANSWER,
            buttons=(
                Button(label="More", action=Press.MORE, argument="0123456789abcdef"),
                Button(label="Context", action=Press.CONTEXT, argument="0123456789abcdef"),
                Button(label="Why?", action=Press.WHY, argument="0123456789abcdef"),
                Button(label="👍", action=Press.UP, argument="0123456789abcdef"),
                Button(label="👎", action=Press.DOWN, argument="0123456789abcdef"),
                Button(label="Cite", action=Press.CITE, argument="0123456789abcdef"),
                Button(label="Delete", action=Press.DELETE, argument="0123456789abcdef"),
            ),
            row="0123456789abcdef",
        )
    )


def test_a_tentative_answer_is_shown_at_once_in_a_tone_of_its_own_with_the_buttons_of_an_answer() -> None:
    sure = Answer(QUERY, (LAST,), confidence=0.9, speaking=1)
    page = reply_page(receipt(replace(sure, confidence=0.3, tentative=True)), sources=5)

    assert page == replace(
        reply_page(receipt(sure), sources=5),
        body="**Not sure, but this may be it\\:**\n\n> Nobody answered. **The king asked again.**\n"
        "— **The Raven & the King**, 6 May 2020",
        tone=Tone.TENTATIVE,
    )


def test_the_words_that_answer_are_underlined_and_an_older_source_is_called_older() -> None:
    quote = replace(LAST, answers=(Span(49, 57),), older=True)

    assert quotation(quote, limit=4000) == (
        "> Nobody answered. **__The king__ asked again.**\n— **The Raven & the King**, older: 6 May 2020"
    )


def test_several_sources_are_quoted_under_a_line_that_says_so() -> None:
    older = replace(
        RAVEN, file="crow.md", name="The Crow", text="The crow said *more*.", date=datetime.date(2019, 1, 2)
    )
    crow = Quote(older, Span(0, 21), (Span(0, 21),), 0.7, copies=(Copy(RAVEN, Span(0, 30)), Copy(older, Span(0, 21))))
    aside = replace(LAST, speaks=False)

    assert reply_page(receipt(Answer(QUERY, (WHOLE, crow, aside), confidence=0.9, speaking=2)), sources=5) == snapshot(
        Page(
            body="""\
**These sources may say different things; the newest comes first.**

> **The raven spoke to the \\*king\\*.**
> Nobody answered. The king asked again.
— **The Raven & the King**, 6 May 2020

> The crow said \\*more\\*.
— **The Crow**, 2 January 2019
also in\\: The Raven & the King (6 May 2020)

**This says less about it\\:**

> Nobody answered. **The king asked again.**
— **The Raven & the King**, 6 May 2020\
""",
            title="What did the raven \\*say\\*?",
            footer="From 2 of 5 sources · also searched for: Corbie",
            tone=Tone.ANSWER,
            buttons=(
                Button(label="More", action=Press.MORE, argument="0123456789abcdef"),
                Button(label="Context", action=Press.CONTEXT, argument="0123456789abcdef"),
                Button(label="Why?", action=Press.WHY, argument="0123456789abcdef"),
                Button(label="👍", action=Press.UP, argument="0123456789abcdef"),
                Button(label="👎", action=Press.DOWN, argument="0123456789abcdef"),
                Button(label="Cite", action=Press.CITE, argument="0123456789abcdef"),
                Button(label="Delete", action=Press.DELETE, argument="0123456789abcdef"),
            ),
            row="0123456789abcdef",
        )
    )


def test_a_quotation_that_is_not_what_its_source_says_is_never_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.pages.quoting.styled", lambda text, _, **__: text.replace("asked again", "left"))

    with pytest.raises(MisquoteError, match=r"not have been word for word: 'Nobody answered. The king left.'"):
        quotation(LAST, limit=4000)


def test_a_misspelt_word_is_named_with_the_one_that_it_was_read_as() -> None:
    query = Query("asdf?", (QueryTerm("sdf", "asdf", 3, read="SDF"), QueryTerm("king", "King", 4, read="king")))
    refusal = NoAnswer(query, Reason.WEAK_MATCH, searched=214)

    assert why_not(refusal) == (
        "The sources mention “asdf” (read as “SDF”) and “King”, but no passage says enough to answer it."
    )


def test_a_refusal_says_why_and_offers_the_closest_passages() -> None:
    refusal = NoAnswer(QUERY, Reason.UNKNOWN_WORDS, searched=214, nearest=(LAST,))

    assert reply_page(receipt(refusal), sources=5) == snapshot(
        Page(
            body="""\
**None of the sources answers this.** The sources mention “say” and “raven”, but no passage says enough to answer it.

Try other words, see what there is with `/sources list`, or have me tell you when a source answers it.\
""",
            title="What did the raven \\*say\\*?",
            footer="214 sentences searched · also searched for: Corbie",
            tone=Tone.REFUSAL,
            buttons=(
                Button(label="Closest passages", action=Press.CLOSEST, argument="0123456789abcdef"),
                Button(label="Tell me when a source answers this", action=Press.TELL, argument="0123456789abcdef"),
                Button(label="Delete", action=Press.DELETE, argument="0123456789abcdef"),
            ),
            row="0123456789abcdef",
        )
    )


def test_a_refusal_that_was_not_logged_shows_the_closest_passages_at_once() -> None:
    refusal = NoAnswer(QUERY, Reason.WEAK_MATCH, searched=214, nearest=(LAST,))

    assert reply_page(receipt(refusal, logged=False), sources=5) == snapshot(
        Page(
            body="""\
**None of the sources answers this.** The sources mention “say” and “raven”, but no passage says enough to answer it.

Try other words, or see what there is with `/sources list`.

The closest passages, though they do not answer it:

> Nobody answered. **The king asked again.**
— **The Raven & the King**, 6 May 2020\
""",
            title="What did the raven \\*say\\*?",
            footer="214 sentences searched · also searched for: Corbie",
            tone=Tone.REFUSAL,
            buttons=(Button(label="Delete", action=Press.DELETE, argument="0123456789abcdef"),),
        )
    )


def test_a_refusal_with_nothing_near_offers_no_passages() -> None:
    page = reply_page(receipt(NoAnswer(QUERY, Reason.NO_MATCH, searched=214)), sources=5)

    assert [button.label for button in page.buttons] == ["Why?", "Tell me when a source answers this", "Delete"]


@pytest.mark.parametrize("known", [True, False])
def test_the_closest_passages_have_the_day_of_a_source_that_is_still_the_same(known: bool) -> None:
    refusal = NoAnswer(QUERY, Reason.UNKNOWN_WORDS, searched=214, nearest=(LAST,))
    row = row_of(refusal, RequestOrigin(Surface.COMMAND), asked_at=NOON, elapsed_ms=1.0, library="sha256:0")
    now = RAVEN if known else replace(RAVEN, sha256="1" * 64)

    page = closest_page(row, [now])

    assert ("6 May 2020" in page.body) is known
    assert (page.title, page.body.replace(", 6 May 2020", "")) == snapshot(
        (
            "What did the raven \\*say\\*?",
            """\
None of these answers the question; they only come closest.

> Nobody answered. The king asked again.
— **The Raven & the King**\
""",
        )
    )


def terms(**sentences: int) -> Query:
    return Query("…", tuple(QueryTerm(word, word, count) for word, count in sentences.items()))


@pytest.mark.parametrize(
    ("reply", "why"),
    [
        (
            NoAnswer(Query(" \n", ()), Reason.NO_WORDS, 214),
            snapshot("The question is empty. Ask about a person, a place, a thing or a date."),
        ),
        (
            NoAnswer(Query("the of", ()), Reason.NO_WORDS, 214),
            snapshot("The question has no words to search for. Ask about a person, a place, a thing or a date."),
        ),
        (
            refused(terms(Mozambique=0), Reason.UNKNOWN_WORDS, 214),
            snapshot("No source mentions “Mozambique”."),
        ),
        (
            refused(terms(Mozambique=0, group=80, Maputo=0), Reason.UNKNOWN_WORDS, 1),
            snapshot("No source mentions “Mozambique” or “Maputo”."),
        ),
        (
            refused(terms(a1=0, b2=0, c3=0, d4=0, e5=0, f6=0), Reason.UNKNOWN_WORDS, 1214),
            snapshot("No source mentions “a1”, “b2”, “c3”, “d4” or 2 more words."),
        ),
        (
            refused(terms(king=12, queen=3), Reason.NO_MATCH, 214),
            snapshot("No passage matches the question."),
        ),
        (
            refused(terms(king=12, queen=3, x=0), Reason.WEAK_MATCH, 214),
            snapshot("No source mentions “x”."),
        ),
        (
            refused(terms(**{"w" * 100: 0}), Reason.UNKNOWN_WORDS, 214),
            snapshot("No source mentions “wwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwwww…”."),
        ),
    ],
)
def test_why_there_is_no_answer_is_said_in_words_that_a_reader_would_use(reply: NoAnswer, why: str) -> None:
    assert why_not(reply) == why


@pytest.mark.parametrize(
    ("reply", "sources", "line"),
    [
        (Answer(terms(king=1), (), 0.9, speaking=3), 5, "From 3 of 5 sources"),
        (Answer(terms(king=1), (), 0.9, speaking=1), 5, "From 1 of 5 sources"),
        (Answer(terms(king=1), (), 0.9, speaking=1), 1, "From 1 of 1 source"),
        (Answer(terms(king=1), (), 0.9, speaking=2), None, "From 2 sources"),
        (Answer(QUERY, (), 0.9, speaking=2), None, "From 2 sources · also searched for: Corbie"),
        (refused(terms(king=1), Reason.WEAK_MATCH, 1), 5, "1 sentence searched"),
    ],
)
def test_the_foot_says_how_many_sources_speak_and_what_else_was_looked_for(
    reply: Reply, sources: int | None, line: str
) -> None:
    assert foot(reply, sources=sources) == line
    assert foot(reply, sources=sources, id="0123") == f"{line} · 0123"


def test_other_names_are_said_once_and_not_without_end() -> None:
    also = ("IS", "Isis", "ISIS", *(f"name {number}" for number in range(10)))
    query = Query("…", (QueryTerm("=is", "IS", 3, also),))

    assert foot(Answer(query, (), 0.9, speaking=2)) == snapshot(
        "From 2 sources · also searched for: Isis, name 0, name 1, name 2, name 3, name 4 and 5 more"
    )


def test_a_long_quote_starts_at_its_best_sentence_and_is_cut_between_words() -> None:
    text = "Context. " * 200 + "The answer is here. " + "More context. " * 200
    best = text.index("The answer")
    article = replace(RAVEN, text=text)
    quote = Quote(article, Span(0, len(text)), (Span(best, best + 19),), 1.0, marks=(Span(best + 4, best + 10),))

    drawn = quotation(quote, limit=420)

    assert drawn.startswith("> … **The answer is here.** More context.")
    assert drawn.splitlines()[0].endswith(("context.…", "More…"))
    assert units(drawn) <= 420


def test_paragraphs_and_items_keep_their_lines_in_a_quotation() -> None:
    text = "One line\r\nof a paragraph.\r\n\r\nAnother.\n- an item\n- another\n"
    blocks = (
        Block(Kind.PARAGRAPH, Span(0, 25)),
        Block(Kind.PARAGRAPH, Span(29, 37)),
        Block(Kind.ITEM, Span(40, 47), level=1, label="-"),
        Block(Kind.ITEM, Span(50, 57), level=1, label="-"),
    )
    quote = Quote(replace(RAVEN, text=text, blocks=blocks), Span(0, len(text)), (), 1.0, marks=(Span(10, 12),))

    assert quotation(quote, limit=4000).splitlines()[:-1] == [
        "> One line **of** a paragraph.",
        "> Another.",
        r"> \- an item",
        r"> \- another",
    ]


@given(
    texts=st.lists(st.text(min_size=1), min_size=1, max_size=10),
    repeat=st.sampled_from([1, 50, 5000]),
    question=st.text(),
    name=st.text(min_size=1),
)
def test_any_reply_is_within_discords_limits(texts: list[str], repeat: int, question: str, name: str) -> None:
    articles = [replace(RAVEN, file=text, text=text * repeat, name=name * repeat) for text in texts]
    copies = tuple(Copy(replace(article, file=f"{n}.md"), Span(0, 1)) for n, article in enumerate(articles))
    quotes = tuple(
        Quote(article, Span(0, len(article.text)), (Span(0, len(article.text)),), 1.0, (Span(0, 1),), (), n < 3, copies)
        for n, article in enumerate(articles)
    )
    query = Query(question * repeat, (QueryTerm("x", name * repeat, 0, (name * repeat,)),))
    refusal = NoAnswer(query, Reason.UNKNOWN_WORDS, 3, nearest=quotes)
    row = row_of(refusal, RequestOrigin(Surface.COMMAND), asked_at=NOON, elapsed_ms=1.0, library="sha256:0")

    for page in (
        reply_page(receipt(Answer(query, quotes, 0.9, 1)), sources=5),
        reply_page(receipt(refusal, logged=False), sources=5),
        closest_page(row, articles),
        log_page([row] * 10, line="Only questions with “x”.", newer="+x", older="-x"),
        sources_page([ListedSource(article, 3, 10**9) for article in articles], number=1, of=10**9),
        source_page(ListedSource(articles[0], sentences=3, quoted=10**9)),
        text_page(articles[0]),
    ):
        check_limits(page)


def check_limits(page: Page) -> None:
    assert units(page.title) <= 256
    assert 1 <= units(page.body) <= 4096
    assert units(page.footer) <= 2048
    assert units(page.title) + units(page.body) + units(page.footer) <= 6000


@given(st.text(min_size=1))
def test_the_words_of_a_quotation_are_the_sources_own(text: str) -> None:
    quote = Quote(replace(RAVEN, text=text), Span(0, len(text)), (), 1.0)
    lines = quotation(quote, limit=4000).splitlines()[:-1]

    shown = " ".join(unescape(line.removeprefix("> ")) for line in lines)
    assert shown.split() == seen(text).split()


def article(number: int) -> Article:
    return replace(RAVEN, name=f"Article {number}", file=f"{number}.md", author="A. Poe" if number % 2 else None)


def test_the_list_of_sources_has_ten_to_a_page() -> None:
    articles = [article(number) for number in range(1, 13)]
    number, shown = on_page(articles, 2)
    page = sources_page([ListedSource(each, 1, at) for at, each in enumerate(shown)], number=number, of=len(articles))

    assert page == snapshot(
        Page(
            body="""\
11. **Article 11**
6 May 2020 · 1 sentence
12. **Article 12**
6 May 2020 · 1 sentence · quoted 1 time here\
""",
            title="12 sources",
            footer="Page 2 of 2",
            buttons=(
                Button(label="Previous", action=Press.SOURCES, argument="1"),
                Button(label="Next", action=Press.SOURCES, argument="3", enabled=False),
            ),
        )
    )


@pytest.mark.parametrize("number", [-1, 0, 3, 99])
def test_a_page_that_does_not_exist_is_the_next_that_does(number: int) -> None:
    meant, shown = on_page([article(number) for number in range(12)], number)

    assert (meant, len(shown)) in {(1, 10), (2, 2)}
    assert on_page([], number) == (1, [])


def test_a_source_is_shown_with_everything_that_is_known_of_it() -> None:
    text = "A title\n\nFirst *words*.\n\nSecond words."
    blocks = (
        Block(Kind.TITLE, Span(0, 7)),
        Block(Kind.PARAGRAPH, Span(9, 23)),
        Block(Kind.PARAGRAPH, Span(25, len(text))),
    )
    source = replace(
        RAVEN,
        text=text,
        blocks=blocks,
        author="A. Poe",
        publisher="The Tower",
        url="https://tower.example/a_b?c=1",
        licence="MIT",
    )

    assert source_page(ListedSource(source, sentences=1234, quoted=1)) == snapshot(
        Page(
            body="""\
**Date** 6 May 2020
**Author** A. Poe
**Publisher** The Tower
**Link** <https://tower.example/a_b?c=1>
**Licence** MIT
**Sentences** 1,234
**Quoted here** 1 time

> First \\*words\\*.
> Second words.\
""",
            title="The Raven & the King",
            footer="raven.md",
            buttons=(
                Button(
                    label="The whole text",
                    action=Press.TEXT,
                    argument="0000000000000000000000000000000000000000000000000000000000000000",
                ),
            ),
        )
    )


@pytest.mark.parametrize("url", ["https://a.example/>[x](y)", "https://a b", "data:x", "https://a.example/ @everyone"])
def test_what_is_not_an_address_is_not_made_a_link(url: str) -> None:
    assert "<" not in re.sub(r"\\.", "", source_page(ListedSource(replace(RAVEN, url=url), sentences=1)).body)


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("raven.md", "raven.md"),
        ("old/The Raven é.TXT", "The-Raven-.TXT"),
        ("raven.pdf", "raven.pdf.txt"),
        ("../../..", "...txt"),
        ("a" * 300 + ".md", "a" * 77 + ".md"),
    ],
)
def test_the_whole_text_of_a_source_is_a_file_with_a_plain_name(file: str, name: str) -> None:
    page = text_page(replace(RAVEN, file=file))

    assert page == Page(
        "The text of **The Raven & the King**, exactly as I quote from it:", attachment=Attachment(name, TEXT)
    )


def test_a_text_that_is_too_large_for_discord_is_said_so() -> None:
    page = text_page(replace(RAVEN, text="é" * 4_000_001))

    assert page == Page("The text of **The Raven & the King** is too large to send here as a file.")


def test_the_log_shows_what_was_asked_and_what_became_of_it() -> None:
    answered = row_of(
        Answer(QUERY, (LAST,), 0.87, 1),
        RequestOrigin(Surface.COMMAND),
        asked_at=NOON,
        elapsed_ms=1.0,
        library="sha256:0",
    )
    refused = row_of(
        NoAnswer(Query("", ()), Reason.NO_WORDS, 3),
        RequestOrigin(Surface.MENTION),
        asked_at=NOON,
        elapsed_ms=1.0,
        library="",
    )
    rows = [replace(answered, id="0123456789abcdef"), replace(refused, id="0123456789abcdee")]

    assert log_page(rows, older="-0123456789abcdee......") == snapshot(
        Page(
            body="""\
**What did the raven \\*say\\*?**
<t:1738324800:f> · 1 quote, 87% sure · by command · 0123456789abcdef

**(an empty question)**
<t:1738324800:f> · no answer (no words) · by mention · 0123456789abcdee\
""",
            title="Questions",
            footer="Only this server’s questions; only you can see this",
            buttons=(
                Button(label="Newer", action=Press.RECENT, argument="newest", enabled=False),
                Button(label="Older", action=Press.RECENT, argument="-0123456789abcdee......"),
            ),
        )
    )
