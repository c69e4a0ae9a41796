"""A text is found word for word, found but for typography, or not found, and the place is exact."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from retrieval.answer.folding import fold
from retrieval.answer.verification import Status, Verdict, verify
from retrieval.core.model import Article

LIGHTHOUSE = (
    "The keeper’s house – built in 1874 – stands “alone”\nand empty … Nobody has lived there since the café closed. "
    "It rained for 10² days."
)


def article(text: str, name: str = "The lighthouse") -> Article:
    return Article(file=f"{name}.txt", name=name, text=text, sha256="0" * 64)


def check(text: str, *texts: str) -> Verdict:
    return verify(text, [article(text, f"Article {number}") for number, text in enumerate(texts or (LIGHTHOUSE,))])


def test_words_copied_from_an_article_are_found_with_their_place() -> None:
    verdict = check("Nobody has lived there")

    assert verdict.status is Status.EXACT
    assert [place.text for place in verdict.places] == ["Nobody has lived there"]
    assert verdict.places[0].span.start == LIGHTHOUSE.index("Nobody")


def test_every_place_in_every_article_is_given() -> None:
    verdict = check("no news", "no news is no news", "good news", "no news")

    assert [(place.article.name, place.span.start) for place in verdict.places] == [
        ("Article 0", 0),
        ("Article 0", 11),
        ("Article 2", 0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "The keeper's house",
        "house - built in 1874 - stands",
        "house—built in 1874—stands",
        'stands "alone" and',
        "stands 'alone' and",
        "stands «alone» and",
        "“alone”    and  empty",
        "alone”\r\n\r\nand empty",
        "and\u00a0empty",
        "and empty... Nobody",
        "and empty…Nobody",
        "and empty . . . Nobody",
        "the cafe\u0301 closed",
        "the ca\ufb01e\u0301 closed".replace("\ufb01", "f"),
        "the ca\u00adfé",
        "No\u200bbody",
        "Ｎｏｂｏｄｙ has",
        "“Nobody has lived there”",
        "'Nobody has lived there'",
        ' "Nobody has lived there since the café closed." ',
    ],
)
def test_typography_alone_does_not_hide_the_words(text: str) -> None:
    verdict = check(text)

    assert verdict.status is Status.TYPOGRAPHY
    assert fold(verdict.places[0].text).text.strip("' ") == fold(text).text.strip("' ")


@pytest.mark.parametrize(
    "text",
    [
        "nobody has lived there",  # a capital
        "Nobody has lived here",  # a word
        "the cafe closed",  # an accent
        "there since the cafe",  # an accent at the end
        "rained for 102 days",  # a raised digit
        "Nobody has there lived",  # the order
        "Nobody lived there",  # an omission
        "built in 1784",  # a number
    ],
)
def test_other_words_are_not_found_and_the_nearest_are_shown(text: str) -> None:
    verdict = check(text)

    assert verdict.status is Status.NOT_FOUND
    assert not verdict.places
    assert verdict.nearest is not None
    assert 0.7 < verdict.nearest.similarity < 1


def test_the_nearest_passage_is_whole_words_of_the_right_article() -> None:
    verdict = check("Nobody has dwelt there since the cafe shut", "Trams run every ten minutes.", LIGHTHOUSE)

    assert verdict.nearest is not None
    assert verdict.nearest.article.name == "Article 1"
    assert verdict.nearest.text == "Nobody has lived there since the café closed"


def test_a_text_in_capitals_still_finds_its_nearest() -> None:
    verdict = check("NOBODY HAS LIVED THERE")

    assert verdict.nearest is not None
    assert verdict.nearest.text == "Nobody has lived there"
    assert verdict.nearest.similarity < 0.5


def test_words_cut_out_of_longer_words_are_told_from_whole_ones() -> None:
    verdict = check("he left", "She left. Then he left. So it is.")

    assert [(place.span.start, place.whole_words) for place in verdict.places] == [(15, True), (1, False)]


@pytest.mark.parametrize("text", ["", " \n\t", "\u00ad", "''", "\x00", "😀", "\u202eabc", "x" * 10_000])
def test_a_text_that_says_nothing_or_something_odd_is_simply_not_found(text: str) -> None:
    assert check(text).status is Status.NOT_FOUND


def test_an_article_that_is_empty_is_passed_over() -> None:
    assert check("Nobody", "", LIGHTHOUSE).status is Status.EXACT
    assert check("Nobody else", "").nearest is None


ARTICLES = st.text(
    st.one_of(
        st.sampled_from("abc ABC é fi \n\r\t .,…--–—\"“”'’«»\u00a0\u00ad\u200b\u0301ﬁ²½Ω😀אب한"),
        st.characters(exclude_categories=["Cs"]),
    ),
    max_size=80,
)


@given(text=ARTICLES, data=st.data())
def test_any_slice_of_an_article_is_exact(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    piece = text[start : data.draw(st.integers(start, len(text)))]
    assume(piece.strip())

    verdict = check(piece, text)

    assert verdict.status is Status.EXACT
    assert {place.text for place in verdict.places} == {piece.strip()}


PROSE = st.lists(
    st.one_of(
        st.sampled_from(["“", "”", "’", " – ", "—", "-", "…", " ", "\n", ". ", ", "]),
        st.text("abcdefgàéöñ한", min_size=1, max_size=6),
    ),
    min_size=1,
    max_size=30,
).map("".join)
CHANGES = {
    "curly quotes made straight": str.maketrans("“”’", '""\''),
    "double quotes made single": str.maketrans("“”", "‘’"),
    "dashes made long": str.maketrans("–-", "——"),
    "dots of omission spelt out": str.maketrans({"…": "..."}),
    "blanks that do not break": str.maketrans(" \n", "\u00a0\u00a0"),
    "lines broken at every blank": str.maketrans({" ": "\r\n"}),
    "soft hyphens after every a": str.maketrans({"a": "a\u00ad"}),
}


@example(text="a….  – ", change="blanks that do not break", form="NFKC")
@example(text="a. …b", change="dots of omission spelt out", form="NFC")
@example(text="a… … – ", change="blanks that do not break", form="NFKC")
@given(text=PROSE, change=st.sampled_from(sorted(CHANGES)), form=st.sampled_from(["NFC", "NFD", "NFKC", "NFKD"]))
def test_a_text_whose_typography_was_changed_is_still_found(text: str, change: str, form: str) -> None:
    assume(any(char.isalpha() for char in text))
    changed = unicodedata.normalize(form, text.translate(CHANGES[change]))  # type: ignore[arg-type]

    verdict = check(changed, f"Before. {text} After.")

    assert verdict.status in {Status.EXACT, Status.TYPOGRAPHY}


@given(text=ARTICLES)
def test_every_folded_character_knows_where_it_was_read_from(text: str) -> None:
    page = fold(text)

    assert len(page.text) == len(page.starts) == len(page.ends)
    assert all(0 <= start < end <= len(text) for start, end in zip(page.starts, page.ends, strict=True))
    assert list(page.starts) == sorted(page.starts)


@given(text=st.text(max_size=60), texts=st.lists(ARTICLES, max_size=3))
def test_no_text_breaks_it_and_what_it_shows_is_cut_from_the_article(text: str, texts: list[str]) -> None:
    verdict = verify(text, [article(each) for each in texts])

    for place in verdict.places:
        assert place.text == place.article.text[place.span.start : place.span.end] != ""
    if verdict.nearest:
        assert verdict.nearest.text
        assert 0 <= verdict.nearest.similarity <= 1
