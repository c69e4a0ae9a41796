"""`quoth ask` quotes the articles, says why it cannot, and tells wrong use in one sentence."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth

ABOUT_MAPUTO = "Which trams pass the opera, the harbour and the zoo of Maputo in Mozambique?"


def test_an_answer_is_a_quotation_with_its_source_below_it(quoth: Quoth) -> None:
    ran = quoth("ask", "--limit", "1", "Who lit the lamp of the lighthouse?")

    assert (ran.status, ran.err) == (0, "")
    assert ran.text == snapshot("""\
> The lighthouse of Norrholm was built in 1874. Its lamp was lit by Ada Lindqvist, the first keeper.
  The lighthouse of Norrholm · 4 March 2021

From 1 of 2 sources · <id>
""")


def test_a_question_needs_no_quotation_marks(quoth: Quoth) -> None:
    one = quoth("ask", "--no-log", "Who lit the lamp of the lighthouse?")
    many = quoth("ask", "Who", "lit", "the", "lamp", "of", "the", "lighthouse?", "--no-log")

    assert many == one


def test_a_refusal_says_why_and_shows_the_closest_passages(quoth: Quoth) -> None:
    ran = quoth("ask", ABOUT_MAPUTO)

    assert (ran.status, ran.err) == (1, "")
    assert ran.text == snapshot("""\
None of the sources answers this. No source mentions “pass”, “opera”, “harbour”, “zoo” or 2 more words.
Try other words, or see what there is with `quoth sources`.

The closest passages, which do not answer it:

> The city council of Veldhaven voted for a new tram line in May. The line will cost 40 million euros.
  Trams come back to Veldhaven

> Trams last ran in Veldhaven in 1961.
  Trams come back to Veldhaven

7 sentences searched · <id>
""")


def test_an_answer_that_may_be_none_is_shown_with_reserve_and_counts_as_an_answer(
    quoth: Quoth, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QUOTH_SURE", "1")

    ran = quoth("ask", "Who lit the lamp of the lighthouse?")
    as_json = quoth("ask", "--json", "Who lit the lamp of the lighthouse?")
    (logged, _) = quoth("log", "recent", "--json").objects

    assert (ran.status, ran.err) == (0, "")
    assert ran.text.startswith("Not sure, but this may be it:\n\n> The lighthouse of Norrholm was built in 1874.")
    assert (as_json.status, as_json.objects[0]["outcome"], as_json.objects[0]["tentative"]) == (0, "answer", True)
    assert (logged["outcome"], logged["tentative"]) == ("answer", 1)


def test_a_line_of_a_file_follows_up_what_it_says_was_asked_before(quoth: Quoth) -> None:
    asked = [
        {"id": "alone", "question": "What will it cost?"},
        {"id": "one", "question": "What will it cost?", "after": "When did trams last run?"},
        {"id": "two", "question": "and why?", "after": ["When did trams last run?", "What will it cost?"]},
        {"id": "none", "question": "When did trams last run?", "after": []},
        {"id": "whole", "question": "Who lit the lamp of the lighthouse?", "after": "When did trams last run?"},
        {"id": "itself", "question": "Who lit the lamp of the lighthouse?"},
    ]
    lines_of = "".join(f"{json.dumps(line)}\n" for line in asked)

    found = quoth("ask", "--json", "--explain", "--from", "-", stdin=lines_of).objects
    words = {record["id"]: {word["word"] for word in record["explanation"]["words"]} for record in found}
    wrong = quoth("ask", "--json", "--from", "-", stdin='{"id": "a", "question": "and why?", "after": 3}\n')

    assert "trams" in words["one"] - words["alone"]
    assert {"trams", "cost"} <= words["two"]
    assert words["whole"] == words["itself"]
    assert (wrong.status, wrong.out) == (2, "")
    assert wrong.err == "The question a has an “after” that is no question; give one in quotation marks, or a list.\n"


def test_several_sources_are_quoted_newest_first_and_a_copy_is_named_once(quoth: Quoth, folder: Path) -> None:
    def write(file: str, about: str, text: str) -> None:
        (folder / "seeds" / file).write_text(f"---\n{about}\n---\n{text}\n", encoding="utf-8")

    write("1.md", "name: The Crier\ndate: 2021-05-04", "The ferry to Aller carries 900 people on a summer day.")
    write("2.md", "name: The Echo", "The ferry to Aller carries 900 people on a summer day.")
    write("3.md", "name: The Globe\ndate: 2019-08-01", "In summer the ferry to Aller carries 600 people a day.")
    write("4.md", "name: The Wire\ndate: 2021-05-03", "The ferry to Aller carries 900 people on a warm summer day.")

    ran = quoth("ask", "How many people does the ferry to Aller carry on a summer day?")
    quotes = quoth("ask", "--json", "How many people does the ferry to Aller carry on a summer day?").objects[0][
        "quotes"
    ]

    assert ran.text == snapshot("""\
These sources say different things; the newest comes first.

> The ferry to Aller carries 900 people on a summer day.
  The Crier · 4 May 2021
  also in: The Wire (3 May 2021), The Echo

> In summer the ferry to Aller carries 600 people a day.
  The Globe · older: 1 August 2019

From 2 of 6 sources · <id>
""")
    assert [(quote["rank"], quote["file"], quote["copies"]) for quote in quotes] == snapshot(
        [
            (
                1,
                "1.md",
                [
                    {"file": "2.md", "name": "The Echo", "start": 23, "end": 77},
                    {"file": "4.md", "name": "The Wire", "start": 40, "end": 99},
                ],
            ),
            (2, "3.md", []),
        ]
    )


@pytest.mark.parametrize("question", ["", "  \n", "the of and", "😀😀", "@everyone", "\x00", "\x1b[\x07"])
def test_a_question_without_a_word_to_look_for_is_refused_kindly(quoth: Quoth, question: str) -> None:
    ran = quoth("ask", question)

    assert (ran.status, ran.err) == (1, "")
    assert ran.out.startswith("The question ")
    assert "Ask about a person, a place, a thing or a date." in ran.out


@pytest.mark.parametrize(
    "question", ["tram " * 2000, "מי הדליק את המנורה", "\u202etram", "tram \udcff", "[bold]tram[/bold]"]
)
def test_an_odd_question_gets_a_reply_and_harms_no_terminal(quoth: Quoth, question: str) -> None:
    ran = quoth("ask", question)

    assert ran.status in {0, 1}
    assert ran.err == ""
    assert not set(ran.out) & set("\x1b\x07\u202e\udcff")


def test_what_an_article_says_is_printed_literally_and_harmlessly(quoth: Quoth, folder: Path) -> None:
    (folder / "seeds" / "odd.txt").write_text(
        "Odd things\n\nThe [red]gondola[/red] of :smile: said \x1b[31mhello\x07 and \u202eolleh.\n", encoding="utf-8"
    )

    ran = quoth("ask", "--no-log", "Which gondola said hello?")

    assert "> The [red]gondola[/red] of :smile: said \\x1b[31mhello\\x07 and \\u202eolleh.\n" in ran.out


def test_json_has_the_promised_shape_and_its_quotes_are_slices(quoth: Quoth, folder: Path) -> None:
    ran = quoth("ask", "--json", "--limit", "1", "Who lit the lamp of the lighthouse?")
    (record,) = ran.objects
    (quote,) = record["quotes"]
    text = (folder / "seeds" / quote["file"]).read_bytes().decode()

    assert ran.status == 0
    assert list(record) == [
        "id",
        "question",
        "outcome",
        "tentative",
        "reason",
        "confidence",
        "elapsed_ms",
        "library",
        "quotes",
        "nearest",
    ]
    assert (record["outcome"], record["reason"], record["nearest"]) == ("answer", None, [])
    assert len(record["id"]) == 16
    assert record["library"].startswith("sha256:")
    assert 0 <= record["confidence"] <= 1
    assert record["elapsed_ms"] > 0
    assert text[quote["start"] : quote["end"]] == quote["text"]
    assert [text[found["start"] : found["end"]] for found in quote["sentences"]] == snapshot(
        ["Its lamp was lit by Ada Lindqvist, the first keeper.", "The lighthouse of Norrholm was built in 1874."]
    )
    assert {key: quote[key] for key in ("rank", "file", "name", "date", "url")} == snapshot(
        {"rank": 1, "file": "lighthouse.md", "name": "The lighthouse of Norrholm", "date": "2021-03-04", "url": None}
    )
    assert set(quote) == {
        *("rank", "file", "name", "date", "url", "start", "end", "text", "shown", "path", "sentences", "score"),
        *("sha256", "copies"),
    }
    assert (quote["shown"], quote["path"]) == snapshot(
        ("The lighthouse of Norrholm was built in 1874. Its lamp was lit by Ada Lindqvist, the first keeper.", [])
    )
    assert quote["copies"] == []


def test_json_of_a_refusal_has_the_reason_and_the_nearest(quoth: Quoth) -> None:
    (record,) = quoth("ask", "--json", "--no-log", ABOUT_MAPUTO).objects

    assert (record["id"], record["outcome"], record["quotes"]) == (None, "no_answer", [])
    assert record["reason"] in {"unknown_words", "weak_match"}
    assert record["nearest"][0]["file"] == "trams.txt"


def test_explain_says_which_words_counted(quoth: Quoth) -> None:
    ran = quoth(
        "ask",
        "--no-log",
        "--limit",
        "1",
        "--explain",
        ABOUT_MAPUTO,
    )
    (record,) = quoth(
        "ask",
        "--no-log",
        "--limit",
        "1",
        "--explain",
        "--json",
        ABOUT_MAPUTO,
    ).objects

    assert "The words that count, and the number of sentences that have them:\ntrams       2\n" in ran.text
    assert "Passage 1, from Trams come back to Veldhaven: " in ran.text
    assert record["explanation"]["words"][-1] == {"word": "Mozambique", "sentences": 0, "also": []}
    assert sum(record["explanation"]["parts"][0].values()) == pytest.approx(record["nearest"][0]["score"], abs=0.001)


def lines(*objects: object) -> str:
    return "".join(json.dumps(each) + "\n" for each in objects)


def test_a_file_of_questions_is_answered_in_order_and_not_logged(quoth: Quoth, folder: Path) -> None:
    asked = [{"id": "b", "question": "When did trams last run?", "kind": "when"}, {"id": 7, "question": "Mozambique?"}]
    (folder / "questions.jsonl").write_text("\ufeff" + lines(asked[0]) + "\n" + lines(asked[1]), encoding="utf-8")

    ran = quoth("ask", "--json", "--from", "questions.jsonl")
    piped = quoth("ask", "--json", "--from", "-", stdin=lines(*asked))

    assert ran.status == 0
    assert [(record["id"], record["outcome"]) for record in ran.objects] == [("b", "answer"), (7, "no_answer")]
    assert [record["id"] for record in piped.objects] == ["b", 7]
    assert not (folder / "data").exists()


def test_a_file_of_questions_can_be_read_by_people_too(quoth: Quoth) -> None:
    ran = quoth("ask", "--limit", "1", "--from", "-", stdin=lines({"id": "a", "question": "When did trams last run?"}))

    assert ran.text == snapshot("""\
a: When did trams last run?

> Trams last ran in Veldhaven in 1961.
  Trams come back to Veldhaven

From 1 of 2 sources
""")


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (
            b"{oops",
            snapshot(
                'standard input, line 3 is not JSON ({oops); write it as {"id": "q1", "question": "Who leads the group now?"} and run it again from that line.\n'
            ),
        ),
        (
            b"[1]",
            snapshot(
                'standard input, line 3 is [1], not an object; write it as {"id": "q1", "question": "Who leads the group now?"} and run it again from that line.\n'
            ),
        ),
        (
            b'{"question": "x"}',
            snapshot(
                'standard input, line 3 has no “id”; write it as {"id": "q1", "question": "Who leads the group now?"} and run it again from that line.\n'
            ),
        ),
        (
            b'{"id": null, "question": "x"}',
            snapshot(
                'standard input, line 3 says null for “id”; write it as {"id": "q1", "question": "Who leads the group now?"} and run it again from that line.\n'
            ),
        ),
        (
            b'{"id": "a"}',
            snapshot(
                'standard input, line 3 has no “question”; write it as {"id": "q1", "question": "Who leads the group now?"} and run it again from that line.\n'
            ),
        ),
        (
            b'{"id": "a", "question": ["x"]}',
            snapshot(
                'standard input, line 3 says ["x"] for “question”; write it as {"id": "q1", "question": "Who leads the group now?"} and run it again from that line.\n'
            ),
        ),
        (
            b'{"id": "a", "question": "\xff"}',
            snapshot("standard input, line 3 is not UTF-8; save the file as UTF-8 and run it again from that line.\n"),
        ),
        (
            b"[" * 100_000,
            snapshot(
                'standard input, line 3 is not JSON ([[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[…); write it as {"id": "q1", "question": "Who leads the group now?"} and run it again from that line.\n'
            ),
        ),
    ],
    ids=["no JSON", "a list", "no id", "id null", "no question", "question a list", "no UTF-8", "too deep"],
)
def test_a_broken_line_is_named_after_those_before_it_are_answered(quoth: Quoth, line: bytes, told: str) -> None:
    ran = quoth("ask", "--json", "--from", "-", stdin=b'{"id": "a", "question": "trams"}\n\n' + line + b"\n")

    assert ran.status == 2
    assert [record["id"] for record in ran.objects] == ["a"]
    assert ran.err == told


def test_one_source_can_be_asked_alone_by_a_part_of_its_name(quoth: Quoth) -> None:
    ran = quoth("ask", "--no-log", "--json", "--source", "trams come", "What happened in 1961?")

    assert {quote["file"] for quote in ran.objects[0]["quotes"] + ran.objects[0]["nearest"]} == {"trams.txt"}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["ask"],
            snapshot("There is no question; write one after `quoth ask`, or name a file of questions with --from.\n"),
        ),
        (["ask", "x", "--from", "-"], snapshot("There is both a question and --from -; give only one of them.\n")),
        (
            ["ask", "--from", "none.jsonl"],
            snapshot(
                "none.jsonl cannot be read (No such file or directory); check the name, or use - to read a pipe.\n"
            ),
        ),
        (
            ["ask", "--seeds", "nowhere", "x"],
            snapshot(
                "The folder of articles nowhere does not exist; name one with --seeds or QUOTH_SEEDS and put articles in it.\n"
            ),
        ),
        (
            ["ask", "--seeds", "seeds/trams.txt", "x"],
            snapshot("--seeds is 'seeds/trams.txt': it is a file; give a folder.\n"),
        ),
        (
            ["ask", "--limit", "0", "--seeds", "nowhere", "x", "--from", "-"],
            snapshot("""\
There is both a question and --from -; give only one of them.
--limit is '0': give 1 or more.
The folder of articles nowhere does not exist; name one with --seeds or QUOTH_SEEDS and put articles in it.
"""),
        ),
        (
            ["ask", "--source", "The lighthouse of Nordholm", "x"],
            snapshot("No source is called “The lighthouse of Nordholm”; did you mean “The lighthouse of Norrholm”?\n"),
        ),
        (
            ["ask", "--source", "e", "x"],
            snapshot(
                "“e” is in the names of 2 sources (The lighthouse of Norrholm; Trams come back to Veldhaven); give more of the one you mean.\n"
            ),
        ),
        (["ask", "--source", "zebra", "x"], snapshot("No source is called “zebra”; `quoth sources` lists them.\n")),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_wrong_use_is_told_in_sentences_with_the_next_step(quoth: Quoth, arguments: list[str], told: str) -> None:
    ran = quoth(*arguments)

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == told


def test_an_empty_folder_of_articles_is_named(quoth: Quoth, folder: Path) -> None:
    (folder / "empty").mkdir()

    ran = quoth("ask", "--seeds", "empty", "x")

    assert ran.status == 2
    assert ran.err == snapshot(
        "The folder of articles empty has no article that can be read; put .md, .txt, .html, .docx, .pdf or other documents in it.\n"
    )


def test_an_article_that_cannot_be_read_costs_no_answer(quoth: Quoth, folder: Path) -> None:
    for number in range(5):
        (folder / "seeds" / f"empty{number}.txt").touch()

    ran = quoth("ask", "--no-log", "--limit", "1", "When did trams last run?")

    assert ran.status == 0
    assert "> Trams last ran in Veldhaven in 1961." in ran.out
    assert ran.err == snapshot("There are 5 problems with the articles; `quoth index` lists them.\n")


def test_a_log_that_cannot_be_written_costs_no_answer(quoth: Quoth, folder: Path) -> None:
    (folder / "data").mkdir()
    (folder / "data" / "quoth.db").mkdir()

    ran = quoth("ask", "--json", "When did trams last run?")

    assert ran.status == 0
    assert (ran.objects[0]["outcome"], ran.objects[0]["id"]) == ("answer", None)


def test_a_setting_that_is_misspelt_is_mentioned(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QUOTH_SEED", "elsewhere")

    assert "did you mean QUOTH_SEEDS?" in quoth("ask", "--no-log", "When did trams last run?").err
