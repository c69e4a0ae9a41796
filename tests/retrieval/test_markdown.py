"""Markdown as people write it: what each construct is, what is seen of it, and that nothing is lost in silence."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from retrieval.analysis.sentence_splitter import sentences_of
from retrieval.analysis.visible_text import seen, visible
from retrieval.answer.presentation import path_of, shown_of
from retrieval.core.model import Article, Kind, Span
from retrieval.ingestion.formats.markdown import read_markdown
from retrieval.ingestion.reader import article_of


def read(text: str) -> Article:
    return article_of("file.md", text.encode())


def quoted(text: str) -> list[str]:
    """What can be quoted of a Markdown text, as it is in the file."""
    return [sentence.text for sentence in sentences_of(read(text))]


def shown(text: str) -> list[str]:
    """The same as a reader sees it."""
    article = read(text)
    return [shown_of(article, sentence.span).text for sentence in sentences_of(article)]


@pytest.mark.parametrize(
    "text",
    [
        "The mill was built by the\ntown of Elm in 1820 and\nburnt down twice.",
        f"The mill was built by the town of Elm in 1820, {'and burnt down again ' * 5}\nand then\ntwice.",
        "> The mill, which\n> stands by the river,\n> grinds barley.",
        "> The mill, which\nstands by the river,\ngrinds barley.",
        "- The mill, which\n  stands by the river,\n  grinds barley.",
        "The mill,  \nthe old one,\\\nis shut.",
    ],
    ids=["narrow", "ragged", "a quotation", "a lazy quotation", "an item", "hard ends of lines"],
)
def test_a_line_end_within_a_paragraph_ends_no_sentence(text: str) -> None:
    assert len(quoted(f"# The mill\n\n{text}\n")) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Press **Go** ![arrow](a.png) to start. It hums.", ["Press Go to start.", "It hums."]),
        ("Press ![[arrow.svg|20]] and wait. It hums.", ["Press and wait.", "It hums."]),
        ("The state is [![ok](b.svg)](https://ci.example). It hums.", ["The state is.", "It hums."]),
        ("Press <img src='a.png' alt='!'> twice. It hums.", ["Press twice.", "It hums."]),
        ("**Shut the door!** It is cold. *Really.* Yes.", ["Shut the door!", "It is cold.", "Really.", "Yes."]),
        ("~~Gone.~~ ***Both.*** __Bold.__ _Leaning._", ["Gone.", "Both.", "Bold.", "Leaning."]),
        ("It is old.[^1] It is red.[^note] It hums.", ["It is old.", "It is red.", "It hums."]),
        ("It is old.¹ It is red.[2] It hums.<sup>3</sup> Yes.", ["It is old.¹", "It is red.[2]", "It hums.", "Yes."]),
        ("It has 10<sup>3</sup> parts. CO<sub>2</sub> rises.", ["It has 103 parts.", "CO2 rises."]),
    ],
)
def test_pictures_and_emphasis_never_cut_a_sentence_and_closing_marks_stay_with_it(
    text: str, expected: list[str]
) -> None:
    assert shown(text + "\n\nMore.") == [*expected, "More."]
    assert all(not re.match(r"[*_~!]*\s|\[\^", one) for one in quoted(text))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('See [the plan](https://x.example/a "b") now.', "See the plan now."),
        ("See [the plan][1] now.\n\n[1]: https://x.example/hidden", "See the plan now."),
        ("See [[Plans#What is hidden?|the plan]] now.", "See the plan now."),
        ("See [[Plans]] now.", "See Plans now."),
        ("Mark the ==yellow== one ^a-block-id", "Mark the yellow one"),
        ("Use {ref}`the plan <hidden-target>` now.", "Use the plan now."),
        ("Fish &amp; chips &lt;hot&gt; cost 5&nbsp;euros.", "Fish & chips <hot> cost 5 euros."),
        ("A star \\* is no `star *`.", "A star * is no star *."),
        ("A {{< badge hidden >}} here. %% hidden %%", "A here."),
        ("A {% hidden %}word{% end %} <!-- hidden --> here.", "A word here."),
        ("un**believ**able", "unbelievable"),
        ("Press ++ctrl+s++ now.", "Press ctrl+s now."),
        ("It is $x^2$ and costs $5 to $10.", "It is x^2 and costs $5 to $10."),
        ("One line.<br>Another <b>bold</b> <Badge text={'hidden'} /> one.", "One line.\nAnother bold one."),
    ],
)
def test_what_a_reader_does_not_see_is_neither_shown_nor_searched(text: str, expected: str) -> None:
    article = read(f"{text}\n\nMore.")

    assert shown_of(article, article.blocks[0].span).text == expected
    assert "hidden" not in visible(article.text, article.hidden).text


@pytest.mark.parametrize(
    "lines",
    [
        "!!! note\n\n    The lamp is lit.\n\n    It burns oil.",
        '!!! warning "Mind the step"\n    The lamp is lit.\n\n    It burns oil.',
        '??? tip "More"\n    The lamp is lit.\n    It burns oil.',
        '=== "Linux"\n\n    The lamp is lit.\n\n    It burns oil.\n\n=== "Windows"\n\n    Nothing.',
        "```{note}\nThe lamp is lit.\nIt burns oil.\n```",
        '```admonish info title="Lamp"\nThe lamp is lit.\nIt burns oil.\n```',
        ":::tip[Lamp]\nThe lamp is lit.\n\nIt burns oil.\n:::",
        "::: {.callout-note}\nThe lamp is lit.\n\nIt burns oil.\n:::",
        "/// note | Lamp\nThe lamp is lit.\n\nIt burns oil.\n///",
        "> [!NOTE]\n> The lamp is lit.\n> It burns oil.",
        "> [!tip]- A title\n> The lamp is lit.\n> It burns oil.",
        "<details>\n<summary>More</summary>\nThe lamp is lit.\nIt burns oil.\n</details>",
        "<details><summary>More</summary>\n\nThe lamp is lit.\n\nIt burns oil.\n\n</details>",
        "1. Do this:\n\n    !!! note\n        The lamp is lit.\n        It burns oil.",
    ],
)
def test_what_stands_in_a_note_a_tab_or_something_folded_is_quoted_and_its_marks_are_not(lines: str) -> None:
    found = quoted(f"# House\n\n{lines}\n\nThe end is near.\n")

    assert "The lamp is lit." in found
    assert "It burns oil." in found
    assert found[-1] == "The end is near."
    assert not [one for one in found if re.search(r"!!!|\?\?\?|===|:::|///|```|\[!|<|admonish", one)]


@pytest.mark.parametrize("nested", ["- ", "> ", "1. ", "* - "])
def test_however_deep_something_is_the_rest_of_the_text_is_read(nested: str) -> None:
    deep = nested * 300 + "deep down.\n\n# After\n\nThe bridge is shut.\n"
    stairs = "".join(f"{'  ' * level}- Step {level} is made.\n" for level in range(40))

    assert "The bridge is shut." in quoted(deep)
    assert len(quoted(stairs)) == 40


TABLE = """# Mills

## In the north

| Mill | Built | Wheels |
|:-----|------:|:------:|
| **Elm** | 1820 | 2 |
| Ash \\| Oak | | `3` |
"""


def test_a_row_is_shown_with_its_columns_and_searched_with_them() -> None:
    article = read(TABLE)
    rows = [sentence for sentence in sentences_of(article) if sentence.block.kind is Kind.ROW]

    assert [shown_of(article, row.span).text for row in rows] == [
        "Mill: Elm · Built: 1820 · Wheels: 2",
        "Mill: Ash | Oak · Wheels: 3",
    ]
    assert [path_of(article, row.span) for row in rows] == [("In the north",), ("In the north",)]
    assert rows[0].text == "| **Elm** | 1820 | 2 |"
    parent = article.blocks[rows[0].block.parent]
    assert (parent.kind, article.blocks[parent.parent].kind) == (Kind.TABLE_HEAD, Kind.HEADING)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("| a | b |\n|---|---|\n| 1 | 2 |", "a: 1 · b: 2"),
        ("a | b\n--|--\n1 | 2", "a: 1 · b: 2"),
        ("> | a | b |\n> |---|---|\n> | 1 | 2 |", "a: 1 · b: 2"),
        ("<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td><b>2</b></td></tr></table>", "a: 1 · b: 2"),
        ("<table>\n<tr><th>a</th>\n<th>b</th></tr>\n<tr><td>1</td>\n<td>2</td></tr>\n</table>", "a: 1 · b: 2"),
        ("| a | b |\n|---|---|\n| 1 | [[x\\|2]] |", "a: 1 · b: 2"),
    ],
)
def test_tables_of_all_forms_have_rows(text: str, expected: str) -> None:
    assert expected in shown(f"# T\n\n{text}\n")


def test_items_belong_to_their_list_and_what_introduces_it() -> None:
    article = read("Bring:\n\n- boots\n  1. black ones\n- [x] a lamp\n\nMore.")
    items = [block for block in article.blocks if block.kind is Kind.ITEM]

    assert [(seen(article, item.span), item.level, item.label) for item in items] == [
        ("boots", 1, "•"),
        ("black ones", 2, "1."),
        ("a lamp", 1, "☑"),
    ]
    assert [seen(article, article.blocks[item.parent].span) for item in items] == ["Bring:", "boots", "Bring:"]
    assert shown_of(article, Span(0, items[-1].span.end)).text == "Bring:\n• boots\n  1. black ones\n☑ a lamp"


def test_definitions_have_their_terms_and_code_its_lines() -> None:
    assert shown("Mill\n: A house that *grinds*.\n: A coin.\n\nMore.") == [
        "Mill: A house that grinds.",
        "Mill: A coin.",
        "More.",
    ]
    code = "# Use\n\n```sh\nmake all \\\n  --fast\n\nmake test\n```\n"
    assert shown(code) == ["make all \\\n  --fast", "make test"]
    assert [block.label for block in read(code).blocks if block.kind is Kind.CODE] == ["sh"]


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("**Q: May I swim?**\n\nYou may.", "May I swim?"),
        ("Q: May I swim?\nA: You may.", "May I swim?"),
        ("## May I swim?\n\nYou may.", "May I swim?"),
        ("**May I swim?**\n\nYou may.", "May I swim?"),
        ("<details><summary>May I swim?</summary>\n\nYou may.\n\n</details>", "May I swim?"),
        ('??? question "May I swim?"\n    You may.', "May I swim?"),
    ],
)
def test_a_question_is_found_and_its_answer_belongs_to_it(text: str, question: str) -> None:
    article = read(f"# Lake\n\n{text}\n")
    answer = next(sentence for sentence in sentences_of(article) if "You may." in sentence.text)

    assert question in seen(article, article.blocks[answer.block.parent].span)
    assert any(question in sentence.text for sentence in sentences_of(article))


@pytest.mark.parametrize(
    "line",
    [
        "{{#template ../old.md}}",
        '{% embed youtube id="a1" %}',
        "import Tabs from '@theme/Tabs';",
        "^a-block-id",
        "<!-- a comment -->",
        "{: .wide }",
        "![Only a picture](b.png)",
        "[ref]: https://x.example 'Title'",
        "%% a remark %%",
        "***",
    ],
)
def test_a_line_that_is_no_text_is_not_quoted(line: str) -> None:
    assert quoted(f"# T\n\nOne is here.\n\n{line}\n\nTwo is here.\n") == ["One is here.", "Two is here."]


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The mill\n\nIt grinds.", "The mill"),
        ("[![ok](a.svg)](https://x)\n\n# The *mill* {#top}\n\nIt grinds.", "The mill"),
        ("## Rooms\n\nIt grinds.", None),
        ("It grinds barley.\n\n# The mill\n\nMore.", "The mill"),
        ("It grinds barley. It is old.\n\nMore.", None),
    ],
)
def test_the_title_is_the_first_top_heading_and_never_a_subheading_or_a_sentence(text: str, title: str | None) -> None:
    assert read_markdown(text.encode()).title == title


PIECES = st.sampled_from(
    [
        "**",
        "*",
        "_",
        "`",
        "~~",
        "[",
        "](x)",
        "![",
        "[[",
        "]]",
        "|",
        "\n",
        "\n\n",
        "> ",
        "- ",
        "1. ",
        "# ",
        "    ",
        "```\n",
        "<b>",
        "</b>",
        "<br>",
        "<td>",
        "<details>",
        "</details>",
        "&amp;",
        "\\",
        "{{",
        "}}",
        "{%",
        "%}",
        "%%",
        "==",
        "^x",
        "!!! note\n",
        '=== "T"\n',
        ":::x\n",
        ":::\n",
        "Term\n: ",
        "[^1]",
        "[^1]: ",
        "$",
        "|---|---|\n",
        "\r\n",
        "\t",
        "word",
        "Two words.",
        "é",
        "。",
        " ",
        "<!--",
        "-->",
        "Q: ",
        "A: ",
        "\u2028",
        "<summary>",
        "\\|",
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=80)


@settings(max_examples=300)
@given(text=TEXTS)
def test_spans_are_within_the_text_and_every_letter_is_in_a_block_or_hidden(text: str) -> None:
    data = b"\n" + text.replace("\0", " ").encode("utf-8", "replace")
    draft = read_markdown(data)

    ends = 0
    for span in draft.hidden:
        assert ends <= span.start < span.end <= len(draft.text)
        ends = span.end
    covered = bytearray(len(draft.text))
    ends = 0
    for place, block in enumerate(draft.blocks):
        assert ends <= block.span.start < block.span.end <= len(draft.text)
        assert -1 <= block.parent < place
        ends = block.span.end
        covered[block.span.start : block.span.end] = b"x" * len(block.span)
    for span in draft.hidden:
        covered[span.start : span.end] = b"x" * len(span)
    if not draft.about:
        assert not [
            char for char, is_covered in zip(draft.text, covered, strict=True) if char.isalnum() and not is_covered
        ]


@settings(max_examples=200)
@given(text=TEXTS, start=st.integers(0, 60), length=st.integers(0, 60))
def test_what_is_seen_of_a_stretch_knows_where_it_stands(text: str, start: int, length: int) -> None:
    draft = read_markdown(b"\n" + text.replace("\0", " ").encode("utf-8", "replace"))
    span = Span(min(start, len(draft.text)), min(start + length, len(draft.text)))

    found = visible(draft.text, draft.hidden, span)

    for place, char in enumerate(found.text):
        first, last = found.start(place), found.end(place + 1)
        assert span.start <= first <= last <= span.end
        assert char in draft.text[first:last] or any(one.overlaps(Span(first, last)) for one in draft.hidden)
    for sentence in sentences_of(article_of("a.md", b"x\n\n" + draft.text.encode("utf-8", "replace"))):
        assert sentence.block.span.start <= sentence.span.start < sentence.span.end <= sentence.block.span.end


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('## 4.1 of May { id="4.1" }\n\nIt hums.', ["4.1 of May", "It hums."]),
        ("Put it in the [`out` folder][site.out] or [there][].", ["Put it in the out folder or there."]),
        ("Take a[i][jj] and [1][2] of it.", ["Take a[i][jj] and [1][2] of it."]),
        ("Look in the `.git` folder, [.env][] too.", ["Look in the .git folder, .env too."]),
        (":material-check: Done :smile: at 10:30-11:00.", ["Done :smile: at 10:30-11:00."]),
        ("Open **[[Settings]]** or **{kbd}`F2`**, then ==**wait**==.", ["Open Settings or F2, then wait."]),
        ("<!-- since 2.0 --> The bell\nrings twice. It is loud.", ["The bell rings twice.", "It is loud."]),
        ("[^1]:\n    The note says so.\n\nIt hums.", ["The note says so.", "It hums."]),
        ("<!-- option -->\n\n:   The lamp is lit\n    at dusk.\n\nIt hums.", ["The lamp is lit at dusk.", "It hums."]),
        (":   !!! tip\n\n        Mind the step.", ["Mind the step."]),
        ('{{< img\n  src="a.png"\n  alt="A mill"\n>}}\n\nIt hums.', ["It hums."]),
    ],
    ids=[
        "attributes", "a reference elsewhere", "indexes", "a name with a dot", "an icon", "emphasis around other marks",
        "a comment before text", "a footnote below its mark", "a definition without a term", "a note in one",
        "a template over several lines",
    ],
)  # fmt: skip
def test_marks_of_site_generators_are_not_shown(text: str, expected: list[str]) -> None:
    assert shown(f"# The mill\n\n{text}\n") == expected


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("{{< code-toggle file=x >}}\n# a\nb = 1\n{{< /code-toggle >}}\n\nIt hums.", [Kind.CODE, Kind.PARAGRAPH]),
        ("{% highlight ruby %}\n- puts 1\n{% endhighlight %}\n\nIt hums.", [Kind.CODE, Kind.PARAGRAPH]),
        ("{{< code-toggle a=1 />}}\n\n- It hums.\n\n{{< code-toggle >}}\nb = 1\n{{< /code-toggle >}}",
         [Kind.ITEM, Kind.CODE]),
        ("{{% note %}}\nIt hums.\n{{% /note %}}", [Kind.PARAGRAPH]),
    ],
    ids=["Hugo's", "Liquid's", "a tag that ends itself", "a note"],
)  # fmt: skip
def test_what_a_template_shows_as_code_is_code_and_nothing_else_is(text: str, kinds: list[Kind]) -> None:
    assert [block.kind for block in read(f"# The mill\n\n{text}\n").blocks[1:]] == kinds


def test_emphasis_around_a_wikilink_is_shown_as_emphasis() -> None:
    article = read("Open **[[Settings]]** now.")
    shown_block = shown_of(article, article.blocks[0].span).blocks[0]
    assert [(style.style, shown_block.text[style.start : style.end]) for style in shown_block.styles] == [
        ("strong", "Settings")
    ]
