"""Lines that run in their own direction where the language runs from right to left."""

from __future__ import annotations

import dataclasses

import pytest
from hypothesis import given
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.i18n import END, FROM_THE_RIGHT, ISOLATE, isolated, speaking
from bot.pages.bidi import directed
from bot.pages.markdown import units
from bot.pages.page import BODY, TITLE, Page

SEEN = {ord(ISOLATE): "[", ord(FROM_THE_RIGHT): "<", ord(END): "]"}
UNSEEN = {ord(mark): None for mark in ISOLATE + FROM_THE_RIGHT + END}
PAGE = Page(
    title="Who *leads*?",
    body="**سطر**\n\n> It is so.\n> So it is.\n— **Source**\n1. **A**\n**/a** b **c.**\n-# small",
    footer="أ\nب · 0123456789abcdef",
)


def test_each_line_of_an_arabic_page_has_its_direction_and_keeps_its_head() -> None:
    with speaking("ar"):
        page = directed(PAGE)

    assert (page.title.translate(SEEN), page.body.translate(SEEN), page.footer.translate(SEEN)) == snapshot(
        (
            "[Who *leads*?]",
            """\
**<سطر]**

> [It is so.]
> [So it is.]
<— **Source]**
1. **<A]**
**</a** b **c.]**
-# <small]\
""",
            """\
<أ]
<ب · 0123456789abcdef]\
""",
        )
    )


def test_a_block_of_code_is_left_as_it_is_and_the_lines_around_it_are_not() -> None:
    with speaking("ar"):
        page = directed(Page("سطر\n```\n2020-05-01  ███ 3\n```\nسطر"))

    assert page.body.translate(SEEN) == snapshot("""\
<سطر]
```
2020-05-01  ███ 3
```
<سطر]\
""")


@pytest.mark.parametrize("locale", ["en-US", "de", "pl"])
def test_other_languages_are_left_as_they_are(locale: str) -> None:
    with speaking(locale):
        assert directed(PAGE) == PAGE
        assert isolated("A source") == "A source"


@given(
    title=st.text(max_size=TITLE).filter(lambda text: units(text) <= TITLE),
    body=st.text(alphabet="aאب \n>-1.#*`", max_size=80),
    times=st.integers(1, 60),
)
def test_a_page_stays_within_discords_limits_and_has_the_same_words(title: str, body: str, times: int) -> None:
    page = Page(title=title.translate(UNSEEN), body=(body * times)[:BODY], footer="1")

    with speaking("ar"):
        found = directed(page)

    assert units(found.title) <= TITLE
    assert units(found.body) <= BODY
    without = dataclasses.replace(
        found, **{name: getattr(found, name).translate(UNSEEN) for name in ("title", "body", "footer")}
    )
    assert without == page
