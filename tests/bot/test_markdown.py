"""What is drawn is the writer's own words: nothing pings, links, hides or breaks out."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.pages.markdown import CUT, escape, plain, seen, unescape, units
from retrieval.core.model import Span
from tests.counting import calls

NASTY = st.sampled_from(
    [*"\\`*_~|<>[]()#@:/-+.1 \n\r\t\u200b\u202e\u2028\x00…😀", "**", "```", "\r\n", "http://", "<@1>"]
)
TEXTS = st.one_of(st.text(), st.lists(NASTY).map("".join))
LIVE = re.compile(r"(?<!\\)(?:\\\\)*(<|>|@|\*|_|~|\||`|\[|\]|#|://|/)")


@pytest.mark.parametrize(
    ("text", "markdown"),
    [
        ("A plain sentence, with (brackets).", "A plain sentence, with (brackets)."),
        ("@everyone <@1> <@&2> <#3>", r"\@everyone \<\@1\> \<\@&2\> \<\#3\>"),
        ("</ask:1> <t:0:R> <id:guide> <:a:1>", r"\<\/ask\:1\> \<t\:0\:R\> \<id\:guide\> \<\:a\:1\>"),
        ("https://a.example discord.gg/x", r"https\:\/\/a.example discord.gg\/x"),
        ("[a]\n(https://a.example)", "\\[a\\]\n(https\\:\\/\\/a.example)"),
        ("- a\n+ b\n12. c\n -# d", "\\- a\n\\+ b\n12\\. c\n \\-\\# d"),
        ("\u200b- a", r"\- a"),
        ("left-wing, 1.5 and 2020.", "left-wing, 1.5 and 2020."),
        ("a\\*b", r"a\\\*b"),
        ("a\u202eb\x00c\u2028d\ud800", "abc\nd"),
    ],
)
def test_what_would_be_markdown_is_escaped_and_nothing_else(text: str, markdown: str) -> None:
    assert escape(text) == markdown


@given(TEXTS)
def test_unescaped_it_is_what_can_be_seen_of_the_text(text: str) -> None:
    assert unescape(escape(text)) == seen(text)


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_a_text_without_unseen_characters_comes_back_as_it_was(text: str) -> None:
    assert unescape(escape(text)).replace("\u034f", "") == seen(text)


@pytest.mark.parametrize("sign", ["x", "\N{GRINNING FACE}", "x\N{GRINNING FACE}"])
def test_what_is_cut_is_as_long_as_it_may_be(sign: str) -> None:
    for cut in (escape(sign * 300, limit=256), plain(sign * 300, limit=256)):
        assert cut.endswith(CUT)
        assert 255 <= units(cut) <= 256


@given(TEXTS)
def test_nothing_in_it_is_live(text: str) -> None:
    assert not LIVE.search(escape(text))


@given(TEXTS, st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40))), st.integers(8, 60))
def test_cut_it_is_the_beginning_of_the_text_and_no_escape_is_split(
    text: str, spans: list[tuple[int, int]], limit: int
) -> None:
    bold = [Span(min(span), max(span)) for span in spans]
    cut = escape(text, bold=bold, limit=limit)
    bare = re.sub(r"(?<!\\)((?:\\\\)*)\*\*", r"\1", cut)

    assert units(cut) <= limit
    assert len(re.findall(r"(?<!\\)(?:\\\\)*\*\*", cut)) % 2 == 0
    if bare != escape(text):
        assert bare.endswith(CUT)
        assert seen(text).startswith(unescape(bare.removesuffix(CUT)))


@pytest.mark.parametrize(
    ("spans", "markdown"),
    [
        ([Span(4, 9)], "the **group** leads"),
        ([Span(10, 15), Span(4, 9)], "the **group leads**"),
        ([Span(0, 3), Span(10, 15)], "**the** group **leads**"),
        ([Span(3, 4)], "the group leads"),
        ([Span(4, 12), Span(6, 9)], "the **group le**ads"),
        ([Span(10, 99)], "the group **leads**"),
    ],
)
def test_marked_words_are_bold(spans: list[Span], markdown: str) -> None:
    assert escape("the group leads", bold=spans) == markdown


@given(TEXTS, st.integers(2, 60))
def test_plain_text_is_one_line_within_its_limit(text: str, limit: int) -> None:
    line = plain(text, limit=limit)

    assert units(line) <= limit
    assert "\n" not in line


@pytest.mark.parametrize("text", ["[", "\n", " ", "9", "*", "\u200b", "<@1>", "- "])
def test_the_work_grows_with_the_text_and_with_a_limit_no_further_than_that(text: str) -> None:
    def work(times: int, limit: int | None = None) -> int:
        return calls(lambda: escape(text * times, limit=limit))

    assert work(20_000) < 12 * work(2000)
    assert work(200_000, limit=4096) < 1.1 * work(20_000, limit=4096)
