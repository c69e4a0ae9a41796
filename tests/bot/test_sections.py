"""What several sources say is shown in the order of the answer, under a line that claims no quarrel."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.pages.phrases import also_in
from bot.pages.sections import sections
from retrieval.core.model import Answer, Article, Copy, Quote, Span
from retrieval.core.query_model import Query
from retrieval.query.answer_types import answer_type, counted_words


def quote(text: str, day: str | None = None, *, file: str | None = None, speaks: bool = True) -> Quote:
    date = datetime.date.fromisoformat(day) if day else None
    whole = Span(0, len(text))
    article = Article(file or text, f"Source of {text}", text, "0" * 64, date=date)
    return Quote(article, whole, (whole,), 1.0, speaks=speaks)


def read(question: str, *quotes: Quote) -> list[tuple[str, list[str]]]:
    """Give the lines of an answer and the texts under each."""
    query = Query(question, (), answer_type=answer_type(question), counted=counted_words(question))
    answer = Answer(query, quotes, confidence=0.9, speaking=2)
    return [(section.line, [quote.text for quote in section.quotes]) for section in sections(answer)]


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (
            ("2021-01-01", "2019-01-01", "2020-01-01"),
            snapshot([("These sources may say different things.", ["1", "2", "3"])]),
        ),
        (
            (None, "2021-01-01", "2019-01-01", None),
            snapshot([("These sources may say different things.", ["1", "2", "3", "4"])]),
        ),
        (
            ("2021-01-01", "2020-01-01"),
            snapshot([("These sources may say different things; the newest comes first.", ["1", "2"])]),
        ),
        ((None, "2021-01-01"), snapshot([("These sources may say different things.", ["1", "2"])])),
        (("2021-01-01", "2021-01-01"), snapshot([("These sources may say different things.", ["1", "2"])])),
        ((None, None), snapshot([("These sources may say different things.", ["1", "2"])])),
    ],
)
def test_sources_are_read_in_the_order_of_the_answer_and_newest_first_is_said_where_it_is_so(
    days: tuple[str | None, ...], found: list[tuple[str, list[str]]]
) -> None:
    assert read("Why?", *(quote(f"{rank}", day) for rank, day in enumerate(days, 1))) == found


def test_a_tentative_answer_says_that_it_is_one_and_nothing_else() -> None:
    query = Query("Why?", ())
    two = (quote("late", "2021-01-01"), quote("early", "2019-01-01"))

    def lines(*quotes: Quote) -> list[tuple[str, int]]:
        answer = Answer(query, quotes, confidence=0.3, speaking=2, tentative=True)
        return [(section.line, len(section.quotes)) for section in sections(answer)]

    assert lines(*two) == [("Not sure, but one of these may be it:", 2)]
    assert lines(two[0]) == [("Not sure, but this may be it:", 1)]


def test_where_one_source_speaks_nothing_is_said_and_the_best_comes_first() -> None:
    one = [quote("late", "2021-01-01", file="a.md"), quote("early", "2021-01-01", file="a.md")]
    other = quote("aside", "2019-01-01", speaks=False)

    assert read("Why?", *one) == [("", ["late", "early"])]
    assert read("Why?", *one, other) == [("", ["late", "early"]), ("This says less about it:", ["aside"])]
    assert read("Why?", one[0], other, quote("other", speaks=False)) == [
        ("", ["late"]),
        ("These say less about it:", ["aside", "other"]),
    ]


@pytest.mark.parametrize(
    ("question", "one", "other", "differ"),
    [
        ("How many people came?", "12,000 people came.", "Some 15 thousand people came.", True),
        ("How many people came?", "15,000 people came.", "Some 15 thousand people came.", False),
        ("How many people came?", "Three people came.", "In 2019, 3 people came.", False),
        ("How many people came?", "12 people came.", "They came in 9 cars.", False),
        ("How many people came?", "12 people came.", "Many people came.", False),
        ("How long is the bridge?", "It is 120 metres long.", "In 1999 it was 118 metres long.", True),
        ("When did it open?", "It opened in March.", "It opened in May 2020.", True),
        ("When did it open?", "It opened in May.", "It opened on 3 May 2020.", False),
        ("When did it open?", "It opened in 2019.", "It opened in May.", False),
        ("When did it open?", "It opened two years ago.", "It opened in May.", False),
        ("Where was it built?", "It was built in Norrholm.", "It was built in Aller.", True),
        ("Where was it built?", "It was built in Norrholm.", "It was built near Norrholm.", False),
        ("Where in Norrholm is it?", "It is in Norrholm.", "It is in Aller.", False),
        ("Who leads the group?", "Ada al-Lind leads it.", "Bo al-Strand leads it.", True),
        ("Who leads the group?", "Ada Lind leads it.", "Mayor Lind, Ada Lind, leads it.", False),
        ("Why did it close?", "It closed for 3 reasons.", "It closed for 4 reasons.", False),
    ],
)
def test_sources_are_said_to_differ_only_where_it_can_be_seen(
    question: str, one: str, other: str, differ: bool
) -> None:
    ((line, _),) = read(question, quote(one), quote(other))

    assert line == ("These sources say different things." if differ else "These sources may say different things.")


@given(question=st.text(), texts=st.lists(st.text(min_size=1), min_size=1, max_size=4, unique=True))
def test_any_answer_is_read_whole_and_nothing_is_said_to_contradict(question: str, texts: list[str]) -> None:
    found = read(question, *map(quote, texts))

    assert sorted(text for _, shown in found for text in shown) == sorted(texts)
    assert not any("contradict" in line for line, _ in found)


def test_the_sources_of_copies_are_named_once_oldest_first_and_not_without_end() -> None:
    first = quote("said")
    others = [quote("said", day, file=f"{n}.md") for n, day in enumerate((None, "2020-05-06", "2019-01-01", None))]
    copies = tuple(Copy(other.article, other.span) for other in [first, *others, others[0]])

    def also(*chosen: Copy) -> str:
        return also_in(Quote(first.article, first.span, first.sentences, 1.0, copies=chosen))

    assert also() == also(copies[0]) == ""
    assert also(*copies) == snapshot(
        "also in: Source of said (1 January 2019), Source of said (6 May 2020), Source of said and 1 more"
    )
