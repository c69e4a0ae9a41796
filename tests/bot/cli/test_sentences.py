"""`quoth sentences` shows how an article, or each text of a file, is split."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from tests.bot.cli.conftest import TRAMS

if TYPE_CHECKING:
    from tests.bot.cli.running import Quoth


def test_the_sentences_of_an_article_are_numbered(quoth: Quoth) -> None:
    ran = quoth("sentences", "seeds/trams.txt")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot("""\
1  The city council of Veldhaven voted for a new tram line in May.
2  The line will cost 40 million euros.
3  Trams last ran in Veldhaven in 1961.
""")


def test_json_gives_the_places_in_the_article(quoth: Quoth) -> None:
    (record,) = quoth("sentences", "--json", "seeds/trams.txt").objects

    assert [TRAMS[start:end] for start, end in record["sentences"]][-1] == "Trams last ran in Veldhaven in 1961."


def test_each_line_of_a_file_is_split_in_order(quoth: Quoth) -> None:
    texts = ["One. Two.", "", "Three at 3 p.m. on Monday."]
    stdin = "".join(json.dumps({"text": text, "sentence_ends": []}) + "\n" for text in texts)

    ran = quoth("sentences", "--json", "--from", "-", stdin=stdin)

    assert ran.status == 0
    assert [record["sentences"] for record in ran.objects] == [[[0, 4], [5, 9]], [], [[0, 26]]]
    assert quoth("sentences", "--from", "-", stdin=stdin).out == snapshot("""\
1  One.
2  Two.


1  Three at 3 p.m. on Monday.
""")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["sentences"], snapshot("There is no text; name an article, or a file of JSON Lines with --from.\n")),
        (
            ["sentences", "a.md", "--from", "b.jsonl"],
            snapshot("There is both an article, a.md, and --from b.jsonl; give only one of them.\n"),
        ),
        (
            ["sentences", "a.pages"],
            snapshot(
                "a.pages is none of the kinds of file that are read; save it as one of .md, .txt, .html, .docx, .pdf first.\n"
            ),
        ),
        (
            ["sentences", "a.md"],
            snapshot("a.md cannot be read (No such file or directory); check that it may be read by this user.\n"),
        ),
        (
            ["sentences", "--json", "--from", "none.jsonl"],
            snapshot(
                "none.jsonl cannot be read (No such file or directory); check the name, or use - to read a pipe.\n"
            ),
        ),
        (
            ["sentences", "--json", "--from", "seeds/trams.txt"],
            snapshot(
                'seeds/trams.txt, line 1 is not JSON (Trams come back to Veldhaven); write it as {"text": "One sentence. Another one."} and run it again from that line.\n'
            ),
        ),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_told_in_a_sentence(quoth: Quoth, arguments: list[str], told: str) -> None:
    ran = quoth(*arguments)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == told
