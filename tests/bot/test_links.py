"""Links to where a quotation stands on its source's page."""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from urllib.parse import unquote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.pages.links import address, link_to, text_fragment
from bot.pages.markdown import unescape, units
from bot.pages.quoting import quotation
from retrieval.core.model import Article, Quote, Span

TEXT = (
    "# The raven\n\nThe raven spoke. The king - a well-known one, they say & so on - slept.\n\n"
    "The raven spoke. Nobody *answered* [the bird](https://example.org/bird) in the tower that night, and so on.\n\n"
    "- One item of a list that is long enough to be named by its head.\n- Another.\n"
)
RAVEN = Article("raven.md", "The Raven & the King", TEXT, "0" * 64, date=datetime.date(2020, 5, 6))
PAGE = "https://example.org/raven"


def link(quoted: str, url: str = PAGE, *, last: bool = False) -> str:
    """Give the link to a stretch of the text."""
    start = TEXT.rindex(quoted) if last else TEXT.index(quoted)
    return link_to(replace(RAVEN, url=url), Span(start, start + len(quoted)))


@pytest.mark.parametrize(
    ("quoted", "directive"),
    [
        ("a well-known one, they say & so on", snapshot("a%20well%2Dknown%20one%2C%20they%20say%20%26%20so%20on")),
        (
            "Nobody *answered* [the bird](https://example.org/bird) in the tower that night, and so on.",
            snapshot("Nobody%20answered%20the%20bird%20in%20the%20tower%20that%20night%2C%20and%20so%20on."),
        ),
        (
            "they say & so on - slept.\n\nThe raven spoke. Nobody *answered*",
            snapshot("they%20say%20%26%20so%20on,The%20raven%20spoke.%20Nobody%20answered"),
        ),
        (
            "One item of a list that is long enough to be named by its head.\n- Another.",
            snapshot("One%20item%20of%20a%20list,Another."),
        ),
        ("The raven spoke.", snapshot("The%20raven%20spoke.,-Nobody%20answered%20the")),
    ],
)
def test_a_quotation_is_named_by_its_words_as_the_page_shows_them(quoted: str, directive: str) -> None:
    made = link(quoted, last=True)

    assert made.startswith(f"{PAGE}#:~:text=")
    assert made.removeprefix(f"{PAGE}#:~:text=") == directive


def test_what_the_page_s_address_has_stays_but_for_another_directive() -> None:
    assert link("slept.", f"{PAGE}?a=b#part") == f"{PAGE}?a=b#part:~:text=slept."
    assert link("slept.", f"{PAGE}#part:~:text=spoke") == f"{PAGE}#part:~:text=slept."
    assert link("slept.", f"{PAGE}#:~:text=spoke") == f"{PAGE}#:~:text=slept."


@pytest.mark.parametrize(
    "url",
    [
        None, "", "javascript:alert(1)", "data:text/html,x", "ftp://example.org", "//example.org", "example.org", "http://",
        "https://user:secret@example.org", "https://example.org/a b", "https://exa mple.org",
        "https://example.org/>", "https://example.org/<@1>", 'https://example.org/"x"', "https://example.org/\\",
        "https://example.org/\u202e", "https://exämple.org", "https://.org", "https://example.org:port", "https://[::1]/",
        "HTTPS://example.org", "https://example.org/" + "a" * 1000, "https://example.org/`", "discord://x", "steam://run/1",
    ],
)  # fmt: skip
def test_what_is_no_plain_address_of_the_web_is_no_link(url: str | None) -> None:
    article = replace(RAVEN, url=url)
    drawn = quotation(Quote(article, Span(0, len(TEXT)), (Span(0, len(TEXT)),), 1.0), limit=4000)

    assert address(url) == link_to(article, Span(0, 10)) == ""
    assert drawn.endswith("\n— **The Raven & the King**, 6 May 2020")


def test_the_source_of_a_quotation_is_a_link() -> None:
    start = TEXT.index("Nobody")
    article = replace(RAVEN, url="https://example.org/a_(raven)*")
    drawn = quotation(Quote(article, Span(start, start + 17), (), 1.0), limit=4000)

    assert drawn == snapshot("""\
> Nobody \\*answered\\*
— [**The Raven & the King**](https://example.org/a_%28raven%29%2A#:~:text=Nobody%20answered), 6 May 2020\
""")


@pytest.mark.parametrize("name", ["[The] Raven", "See https://example.com", "raven.com", "A](https://evil.example)"])
def test_a_name_that_would_break_a_link_stands_beside_it(name: str) -> None:
    article = replace(RAVEN, name=name, url=PAGE)
    drawn = quotation(Quote(article, Span(0, 11), (), 1.0), limit=4000).splitlines()[-1]

    assert re.findall(r"(?<!\\)\]\(([^)]*)\)", drawn) == [f"{PAGE}#:~:text=The%20raven"]
    assert " ([link](" in drawn
    assert unescape(drawn).startswith(f"— **{name}** ")


def test_where_the_link_is_too_long_it_is_to_the_page_or_left_out() -> None:
    quote = Quote(replace(RAVEN, url=PAGE + "x" * 60), Span(0, len(TEXT)), (), 1.0)

    assert "#:~:" in quotation(quote, limit=1200)
    assert f"]({PAGE}" in quotation(quote, limit=300)
    assert "#:~:" not in quotation(quote, limit=300)
    assert PAGE not in quotation(quote, limit=200)


@given(st.text(min_size=1), st.integers(0, 200), st.integers(1, 200))
@example("[" * 20_000, 0, 20_000)
@example("\n" * 20_000, 0, 200)
def test_any_text_makes_a_directive_of_plain_characters_that_is_not_too_long(
    text: str, start: int, length: int
) -> None:
    made = text_fragment(text, Span(start % len(text), min(start % len(text) + length, len(text))))

    assert re.fullmatch(
        r"(?:[A-Za-z0-9._~%]+-,)?(?:[A-Za-z0-9._~%]+(?:,[A-Za-z0-9._~%]+)?(?:,-[A-Za-z0-9._~%]+)?)?", made
    )
    assert units(made) <= 400
    assert not re.search(r"[\s]{2}", unquote(made))
