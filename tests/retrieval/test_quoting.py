"""Quotations are fair: whole, with what they lean on, from several sources, each sentence once."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from retrieval.answer.near_duplicates import near_copies
from retrieval.core.model import QUOTABLE, Answer, Kind, NoAnswer, shown
from retrieval.ingestion.formats.plain_text import read_text
from tests.counting import calls
from tests.retrieval.libraries import answerer_of

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.core.model import Quote

PIECES = re.compile(r"""(?<=[.)”"]) (?=[A-Z“])|\n+- |\n\n""")


def first_quote(folder: Path, text: str, question: str) -> str:
    """Give the text of the best quote from a library of one article."""
    return shown(answerer_of(folder, {"a.md": text}).answer(question, limit=1))[0].text


@pytest.mark.parametrize(
    ("text", "quoted"),
    [
        ("The mayor spoke. She was calm. However, she kept the harbour. It rained.", slice(0, 3)),
        ("One was lit. It was two. It was three. But the harbour is closed.", slice(1, 4)),
        ("The mayor spoke.\n\nHe sold the harbour.", slice(0, 2)),
        ("The mayor spoke.\n\n## Later\n\nHe sold the harbour.", slice(2, 3)),
        ("The mayor spoke.\n\n![x](y.png)\n\nHe sold the harbour.", slice(2, 3)),
        ("The mayor spoke.\n\n* * *\n\nHe sold the harbour.", slice(2, 3)),
        ("He was late. The harbour, however, is closed.", slice(0, 2)),
        ("It rained. There is a harbour in Norrholm.", slice(1, 2)),
        ("It rained. Both the harbour and the zoo are open.", slice(1, 2)),
        ("It rained. This week the harbour opened.", slice(1, 2)),
        ("It rained. Lind said: “We waited. The harbour is ours,” and left.", slice(1, 3)),
        ("“The harbour is ours. We waited,” said Lind. All left.", slice(0, 2)),
        ('Lind said: "We waited. We wept. We lost. The harbour is ours." All left.', slice(3, 4)),
        ("Lind spoke (it rained. The harbour was wet). All left.", slice(0, 2)),
        ("Few know the plan:\n\n- a zoo.\n- a harbour.\n- a tram.", slice(0, 3)),
        ("There are two plans for the harbour:\n\n- to sell it.\n- to keep it.\n\nIt rained.", slice(0, 3)),
        ("The harbour asks for two things:\n\nTime and money. The rest is talk.", slice(0, 2)),
        ("Few know the plan:\n\n- " + "a zoo and " * 40 + "a park.\n- a harbour.", slice(2, 3)),
    ],
)
def test_a_quote_brings_along_what_it_cannot_stand_without(tmp_path: Path, text: str, quoted: slice) -> None:
    said = first_quote(tmp_path, f"# A title that is far from the answer\n\n{text}\n", "What of the harbour?")
    pieces = PIECES.split(text)

    assert PIECES.split(said) == pieces[quoted]


TRAMS = "The new tram line carries 12,000 passengers a day. The fare is two euros."


def quotes_of(folder: Path, files: dict[str, str | bytes], question: str) -> tuple[list[Quote], int]:
    reply = answerer_of(folder, files).answer(question)
    assert isinstance(reply, Answer)
    return list(reply.quotes), reply.speaking


def test_a_question_that_several_articles_speak_to_gets_quotes_from_several(tmp_path: Path) -> None:
    answerer = answerer_of(
        tmp_path,
        {
            "a.txt": "A\n\nThe tram carries 12,000 passengers.\n\nIt rained.\n\n"
            "At night the tram carries 40 passengers.\n\nIt rained again.",
            "b.txt": "B\n\nLast year the old tram, they say, carried 900 passengers on a good day.",
        },
    )
    answerer.sure_confidence = answerer.min_confidence  # so that b.txt speaks for itself
    best, other, second = shown(answerer.answer("How many passengers does the tram carry?", limit=3, weaker=True))
    two = answerer.answer("How many passengers does the tram carry?", limit=2)

    assert [quote.article.file for quote in (best, other, second)] == ["a.txt", "b.txt", "a.txt"]
    assert best.score > second.score > other.score
    assert shown(two) == (best, other)
    assert isinstance(two, Answer)
    assert two.speaking == 2


@pytest.mark.parametrize(
    "copy",
    [
        TRAMS,
        TRAMS.replace("The fare", "Its fare"),
        TRAMS.replace(" a day", "  a  day").upper().capitalize(),
        TRAMS.replace("The new tram", "The new city tram"),
        TRAMS.replace("12,000", "12000").replace("line", "“line”"),
    ],
)
def test_a_copy_is_named_under_the_quote_and_counts_as_no_source(tmp_path: Path, copy: str) -> None:
    quotes, speaking = quotes_of(
        tmp_path, {"a.txt": f"A\n\n{TRAMS}", "b.txt": f"B\n\n{copy}"}, "How many passengers does the tram line carry?"
    )
    told = [quote for quote in quotes if "passengers" in quote.text]

    assert speaking == 1
    assert [{told[0].article.file, *(other.article.file for other in told[0].copies)}] == [{"a.txt", "b.txt"}]
    assert len(told) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("carries 12,000 passengers", "carries 15,000 passengers"),
        ("carries 12,000 passengers", "carries fewer than 12,000 passengers"),
        ("carries 12,000 passengers", "never carries 12,000 passengers"),
        ("carries 12,000 passengers", "reportedly carries 12,000 passengers"),
        ("carries 12,000 passengers", "loses 12,000 passengers"),
    ],
)
def test_sentences_that_say_different_things_in_like_words_are_both_quoted(
    tmp_path: Path, one: str, other: str
) -> None:
    text = "According to the city the new tram line from the harbour to the zoo {} on every working day of the year."
    quotes, speaking = quotes_of(
        tmp_path,
        {"a.txt": f"A\n\n{text.format(one)}", "b.txt": f"B\n\n{text.format(other)}"},
        "How many passengers does the new tram line from the harbour to the zoo have?",
    )

    assert ({quote.article.file for quote in quotes}, speaking) == ({"a.txt", "b.txt"}, 2)
    assert not any(quote.copies for quote in quotes)


def test_a_sentence_printed_twice_in_one_article_is_quoted_once(tmp_path: Path) -> None:
    quotes, speaking = quotes_of(
        tmp_path,
        {"a.txt": f"A\n\n{TRAMS}\n\nIt rained in Norrholm.\n\n{TRAMS}"},
        "How many passengers does the tram line carry?",
    )

    assert sum("passengers" in quote.text for quote in quotes) == 1
    assert speaking == 1


def test_the_nearest_passages_of_a_refusal_say_nothing_twice_either(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {name: f"{name}\n\n{TRAMS}" for name in ("a.txt", "b.txt", "c.txt")}
    reply = answerer_of(tmp_path, files).answer("Which trams pass the opera, the castle and the theatre of Maputo?")

    assert isinstance(reply, NoAnswer)
    assert len({quote.text for quote in reply.nearest}) == len(reply.nearest) == 1
    assert [copy.article.file for copy in reply.nearest[0].copies] == ["b.txt", "c.txt"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_being_a_copy_works_both_ways_and_a_text_is_a_copy_of_itself(one: str, other: str) -> None:
    assert near_copies(one, other) == near_copies(other, one)
    assert near_copies(one, one)


SENTENCES = st.sampled_from(
    [
        "The tram line opened.",
        "However, it carries 12,000 passengers.",
        "He said: “The tram is ours.",
        "We waited,” and left.",
        "This is the tram (the old one.",
        "It is gone) now.",
        "The plan for the tram:",
        "But the tram stopped.",
    ]
)
BLOCKS = st.one_of(
    st.lists(SENTENCES, min_size=1, max_size=5).map(" ".join),
    SENTENCES.map("- {}".format),
    st.sampled_from(
        [
            "Tram news",
            "The tram in the rain (AFP)",
            "Photo: the tram/Reuters",
            "* * *",
            "Read more: the tram line",
            "By Ada Tram",
            "Check also",
        ]
    ),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(
    texts=st.lists(st.lists(BLOCKS, min_size=1, max_size=9).map("\n\n".join), min_size=1, max_size=3),
    limit=st.sampled_from([1, 3, 10]),
)
def test_no_quote_overlaps_another_repeats_one_or_holds_what_is_no_sentence(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], limit: int
) -> None:
    files: dict[str, str | bytes] = {f"{n}.txt": f"Title {n}\n\n{text}\n" for n, text in enumerate(texts)}
    reply = answerer_of(tmp_path_factory.mktemp("odd"), files).answer("Is the tram line for passengers?", limit=limit)
    quotes = shown(reply)

    found = [quote.article.text[span.start : span.end] for quote in quotes for span in quote.sentences]
    assert len(quotes) <= limit
    assert len(set(found)) == len(found)
    for n, quote in enumerate(quotes):
        assert not any(o.article is quote.article and o.span.overlaps(quote.span) for o in quotes[n + 1 :])
        assert not any(block.span.overlaps(quote.span) for block in quote.article.blocks if block.kind not in QUOTABLE)
        assert all(quote.span.start <= span.start and span.end <= quote.span.end for span in quote.sentences)
    if isinstance(reply, Answer):
        assert reply.speaking >= len({quote.article.file for quote in quotes if quote.speaks})


@pytest.mark.parametrize(
    "line",
    [
        "By Jane Doe",
        "By Jane Doe and John Roe, The Courier, 3 May 2020",
        "3 May 2020",
        "Updated on 4 May 2020 at 10:15",
        "5 min read",
        "A woman at the harbour of Norrholm. Photo: Jane Doe/AFP",
        "The harbour on Sunday (AFP via Getty Images)",
        "Image courtesy of the harbour",
        "Source: Ministry of the Harbour",
        "Read more: How the harbour was built",
        "© 2020 The Courier. All rights reserved.",
        "Copyright 2020 The Courier",
    ],
)
def test_a_credit_a_byline_or_a_link_is_never_a_sentence(line: str) -> None:
    text = f"The harbour\n\n{line}\n\nThe harbour of Norrholm was sold on Sunday.\n\n{line}\n\nIt rained.\n"
    draft = read_text(text.encode())

    assert [draft.text[b.span.start : b.span.end] for b in draft.blocks if b.kind is Kind.BOILERPLATE] == [line, line]


@pytest.mark.parametrize(
    "sentence",
    [
        "Copyright law in the United States was changed in 1976.",
        "Published in 1859, the book was sold out in a day.",
        "Photographs by Ansel Adams hang in the harbour museum.",
        "By Monday the harbour was closed.",
        "Sources say that the harbour was sold.",
    ],
)
def test_a_sentence_that_begins_like_a_credit_is_one(sentence: str) -> None:
    draft = read_text(f"The harbour\n\n{sentence}\n\nIt rained.\n".encode())

    assert draft.blocks[1].kind is Kind.PARAGRAPH


def test_a_text_without_full_stops_is_a_copy_only_where_its_words_are_the_same() -> None:
    text = "the harbour opened again and the boats came in " * 50

    assert near_copies(text, text.replace(" ", "\n"))
    assert not near_copies(text, text.replace("again ", "", 1))


def test_comparing_long_texts_without_full_stops_is_no_more_work_than_comparing_longer_ones() -> None:
    def work(boats: int) -> int:
        text = " ".join(f"boat {n} left the harbour" for n in range(boats))
        return calls(lambda: near_copies(text, f"{text} at noon"))

    assert work(500) == work(5000) < 20


@pytest.mark.parametrize(
    ("sentence", "brings"),
    [
        ("Nine people were hurt in those fires on the quay.", True),
        ("Nine people helped those who had lost a boat on the quay.", False),
        ("Nine people saw smoke like that of those days on the quay.", False),
    ],
)
def test_a_pointing_word_inside_a_sentence_brings_what_it_points_to(
    tmp_path: Path, sentence: str, *, brings: bool
) -> None:
    answerer = answerer_of(tmp_path, {"a.txt": f"News\n\nTwo warehouses burnt down in May. {sentence}"})

    quote = shown(answerer.answer("How many people were on the quay?"))[0]

    assert quote.text.startswith("Two warehouses") is brings
