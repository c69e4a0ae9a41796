"""`quoth log replay` asks the log again and `quoth log mark` says what was right, as a person would see them."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.cli.log.time_options import moment
from bot.cli.terminal.exit_codes import InputError
from tests.bot.cli.conftest import LIGHTHOUSE, TRAMS
from tests.bot.fakes import NOON

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth

CONVERSATION = "When was the lighthouse of Norrholm built?\nand when was its lamp lit?\n/from trams\nHow much will the line cost?\n"
LAMP = "The lighthouse of Norrholm was built in 1874. Its lamp was lit by Ada Lindqvist, the first keeper."


def ask(quoth: Quoth, question: str, *options: str) -> str:
    """Give the id under which a question was logged."""
    id_: str = quoth("ask", "--json", *options, question).objects[0]["id"]
    return id_


@pytest.fixture
def other(folder: Path) -> Path:
    """Make a folder of other articles: the keeper is another, and there is one about zebras."""
    there = folder / "other"
    there.mkdir()
    (there / "lighthouse.md").write_text(
        LIGHTHOUSE.replace("Ada Lindqvist, the first", "Bo Ek, the only"), encoding="utf-8"
    )
    (there / "zebras.txt").write_text(
        "Zebras\n\nZebras yodel because they are happy in the morning.\n", encoding="utf-8"
    )
    return there


def test_on_the_same_articles_all_of_every_kind_is_the_same(quoth: Quoth) -> None:
    quoth("chat", stdin=CONVERSATION)
    for question in ("Who lit the lamp?", "Why do zebras yodel?", "", "lihgthouse", "tram " * 900):
        quoth("ask", question)
    quoth("ask", "--limit", "1", "lighthouse lamp tram council")
    quoth("ask", "--limit", "9", "lighthouse lamp tram council")
    quoth("ask", "--source", "trams", "Who lit the lamp?")

    ran = quoth("log", "replay")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot("""\
11 questions of the log asked again of 2 articles.

              Questions    Share
Same                 11  100.0 %
Other quotes          0    0.0 %
Now answered          0    0.0 %
Now refused           0    0.0 %
""")
    assert len(quoth("log", "recent", "-n", "100", "--json").objects) == 11


def test_another_folder_is_tried_before_it_goes_live(quoth: Quoth, other: Path) -> None:
    del other
    quoth("chat", stdin=CONVERSATION)
    quoth("log", "mark", ask(quoth, "Who lit the lamp?"), "right")
    quoth("ask", "Why do zebras yodel?")
    quoth("ask", "When did trams last run in Veldhaven?")

    ran = quoth("log", "replay", "--against", "other")

    assert (ran.status, ran.err) == (0, "")
    assert ran.text == snapshot("""\
5 questions of the log asked again of 2 articles in other.

              Questions   Share
Same                  1  20.0 %
Other quotes          2  40.0 %
Now answered          1  20.0 %
Now refused           1  20.0 %

Asked then of other articles: 5 questions.
Not asked, since the one source they were asked of is gone: 1 question.
Marked right: 0 of 1 question the same.

Now refused: 1 question

<id>  When did trams last run in Veldhaven?
  then  “Trams last ran in Veldhaven in 1961.” · Trams come back to Veldhaven
  now   refused: No source mentions “trams”, “last”, “run” or “Veldhaven”.

Other quotes: 2 questions

<id>  and when was its lamp lit?
  gone  “The lighthouse of Norrholm was built in 1874. Its lamp was lit by Ada Lindqvist, the first keeper.” · The lighthouse of Norrholm
  new   “The lighthouse of Norrholm was built in 1874. Its lamp was lit by Bo Ek, the only keeper.” · The lighthouse of Norrholm

<id>  Who lit the lamp? (marked right)
  gone  “The lighthouse of Norrholm was built in 1874. Its lamp was lit by Ada Lindqvist, the first keeper.” · The lighthouse of Norrholm
  new   “The lighthouse of Norrholm was built in 1874. Its lamp was lit by Bo Ek, the only keeper.” · The lighthouse of Norrholm

Now answered: 1 question

<id>  Why do zebras yodel?
  then  refused (unknown words)
  now   “Zebras yodel because they are happy in the morning.” · Zebras
""")


def test_programs_get_a_line_for_each_change_and_one_with_the_shares(quoth: Quoth, other: Path) -> None:
    del other
    lamp = ask(quoth, "Who lit the lamp?")
    built = ask(quoth, "When was the lighthouse of Norrholm built?")
    trams = ask(quoth, "When did trams last run in Veldhaven?", "--source", "trams")
    quoth("log", "mark", lamp, "wrong")

    *questions, numbers = quoth("log", "replay", "--against", "other", "--json").objects

    assert [(one["id"], one["change"], one["mark"]) for one in questions] == [
        (lamp, "other_quotes", "wrong"),
        (trams, None, None),
    ]
    assert (questions[1]["not_asked"], questions[1]["source"]) == ("source_is_gone", "trams.txt")
    then, now = questions[0]["then"], questions[0]["now"]
    assert set(then) == set(now)
    assert "lit by Ada Lindqvist" in then["quotes"][0]["text"]
    assert "lit by Bo Ek" in now["quotes"][0]["text"]
    assert set(then["quotes"][0]) == set(now["quotes"][0])
    assert then["library"] != now["library"] == numbers["library"]
    assert built not in {one["id"] for one in questions}
    assert {
        name: numbers[name] for name in ("asked", "same", "other_quotes", "not_asked", "other_articles")
    } == snapshot(
        {
            "asked": 2,
            "same": {"questions": 1, "share": 0.5},
            "other_quotes": {"questions": 1, "share": 0.5},
            "not_asked": {"earlier_is_gone": 0, "source_is_gone": 1},
            "other_articles": 2,
        }
    )


def test_what_was_asked_to_steer_a_terminal_does_not(quoth: Quoth, other: Path) -> None:
    quoth("ask", "\x1b[31mWho lit\u202e the lamp?\n")
    text = (other / "lighthouse.md").read_text(encoding="utf-8")
    (other / "lighthouse.md").write_text(text.replace("Bo Ek", "Bo \x1b[2J Ek"), encoding="utf-8")

    ran = quoth("log", "replay", "--against", "other")

    assert r"<id>  \x1b[31mWho lit\u202e the lamp?" in ran.text
    assert r"Bo \x1b[2J Ek" in ran.text
    assert "\x1b" not in ran.out


def test_todays_settings_are_what_counts(quoth: Quoth, monkeypatch: pytest.MonkeyPatch) -> None:
    quoth("ask", "Who lit the lamp and what is a zebra?")
    monkeypatch.setenv("QUOTH_ENOUGH", "1")

    (question, numbers) = quoth("log", "replay", "--json").objects

    assert question["now"]["outcome"] == "no_answer"
    assert numbers["now_refused"] == {"questions": 1, "share": 1}
    assert numbers["other_articles"] == 0


def test_the_newest_alone_can_be_asked_and_those_since_a_moment(quoth: Quoth) -> None:
    quoth("chat", stdin=CONVERSATION)

    assert quoth("log", "replay", "-n", "2", "--json").objects[-1]["asked"] == 2
    assert quoth("log", "replay", "--since", "1h", "--json").objects[-1]["asked"] == 3
    ran = quoth("log", "replay", "--since", "2999-01-01")
    assert ran.out == "No question in the log data/quoth.db was asked since 2999-01-01 00:00.\n"


def test_a_log_of_before_says_what_it_does_not_know(quoth: Quoth, folder: Path) -> None:
    quoth("chat", stdin=CONVERSATION)
    with closing(sqlite3.connect(folder / "data" / "quoth.db", isolation_level=None)) as connection:
        connection.execute("UPDATE questions SET narrowed_to = NULL, at_most = NULL, version = '0.0.1'")
        connection.execute("DELETE FROM questions WHERE follows IS NULL AND question LIKE 'When%'")

    ran = quoth("log", "replay")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot("""\
1 question of the log asked again of 2 articles.

              Questions    Share
Same                  1  100.0 %
Other quotes          0    0.0 %
Now answered          0    0.0 %
Now refused           0    0.0 %

Asked then of another version of Quoth: 1 question.
Asked of all sources, since the log does not know of which: 1 question.
Not asked, since what they follow up is no longer in the log: 1 question.
""")


def test_an_empty_log_is_said_to_be_empty(quoth: Quoth, folder: Path) -> None:
    ran = quoth("log", "replay")

    assert (ran.status, ran.out) == (0, "No question is in the log data/quoth.db yet.\n")
    assert quoth("log", "replay", "--json").out == ""
    assert not (folder / "data").exists()


def test_every_problem_is_told_at_once(quoth: Quoth, folder: Path) -> None:
    (folder / "questions.jsonl").write_text("mine", encoding="utf-8")

    ran = quoth(
        *("log", "replay", "-n", "0", "--since", "yesterday", "--against", "nowhere", "--json"),
        *("--as-questions", "questions.jsonl"),
    )

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == snapshot("""\
-n is 0; give 1 or more.
--against is nowhere, which is not a folder; give a folder of articles.
There is --json and --as-questions, whose file is JSON by itself; give one of them.
questions.jsonl is there already; name another file, or move that one away.
--since is “yesterday”; give a day such as 2026-03-31, a time such as 2026-03-31T14:00, or an age such as 90m, 36h, 7d or 2w.
""")
    assert (folder / "questions.jsonl").read_text(encoding="utf-8") == "mine"


@given(st.text(max_size=20) | st.from_regex(r"\A\d+[mhdw]\Z") | st.datetimes().map(str))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_moment_is_understood_or_explained(typed: str) -> None:
    try:
        said = str(moment(typed, NOON).utcoffset())
    except InputError as error:
        said = str(error)

    assert said == "0:00:00" or said.startswith(f"--since is “{typed}”; give a day such as 2026-03-31")


def test_moments_are_days_times_and_ages() -> None:
    assert moment("2025-01-31T13:00+01:00", NOON) == NOON.replace(microsecond=0)
    assert [str(NOON - moment(age, NOON)) for age in ("90m", " 36 H ", "7d", "2w")] == [
        "1:30:00",
        "1 day, 12:00:00",
        "7 days, 0:00:00",
        "14 days, 0:00:00",
    ]


def test_a_mark_is_set_changed_and_taken_away(quoth: Quoth) -> None:
    lamp = ask(quoth, "Who lit the lamp?")

    said = [
        quoth("log", "mark", *of).out
        for of in ((lamp, "right"), (lamp, "WRONG"), (lamp.upper(), "refuse"), (lamp, "none"))
    ]

    assert said == [
        f"{lamp} is marked as right.\n",
        f"{lamp} is marked as wrong.\n",
        f"{lamp} is marked as one to be refused.\n",
        f"{lamp} has no mark any more.\n",
    ]
    ran = quoth("log", "replay", "--as-questions", "-")
    assert (ran.status, ran.out) == (0, "")
    assert ran.err == "No question in the log data/quoth.db was marked as right, wrong or to be refused yet.\n"


def test_a_mark_is_told_to_programs(quoth: Quoth) -> None:
    lamp = ask(quoth, "Who lit the lamp?")

    assert [quoth("log", "mark", lamp, what, "--json").objects for what in ("right", "none")] == [
        [{"id": lamp, "mark": "right"}],
        [{"id": lamp, "mark": None}],
    ]


def test_only_what_the_filters_mean_is_asked_again(quoth: Quoth, other: Path) -> None:
    ask(quoth, "Who lit the lamp?")
    ask(quoth, "Why do zebras yodel?")
    against = ("log", "replay", "--against", str(other), "--json")

    changed = {
        filters: [(one["question"], one["change"]) for one in quoth(*against, *filters).objects[:-1]]
        for filters in ((), ("--unanswered",), ("--source", "lighthouse"), ("--until", "2020-01-01"))
    }
    none = quoth("log", "replay", "--channel", "7")

    lamp, zebras = ("Who lit the lamp?", "other_quotes"), ("Why do zebras yodel?", "now_answered")
    assert changed == {
        (): [lamp, zebras],
        ("--unanswered",): [zebras],
        ("--source", "lighthouse"): [lamp],
        ("--until", "2020-01-01"): [],
    }
    assert (none.status, none.out) == (
        0,
        "No question like that in the log data/quoth.db was asked; leave out a part.\n",
    )


@pytest.mark.parametrize("id_", ["0123456789abcdef", "", "x" * 50, "\x1b[31m", "'; --"])
def test_a_mark_for_no_question_says_where_ids_are(quoth: Quoth, folder: Path, id_: str) -> None:
    before = quoth("log", "mark", id_, "right")
    assert not (folder / "data").exists()
    quoth("ask", "Who lit the lamp?")

    ran = quoth("log", "mark", id_, "right")

    assert ran == before
    assert (ran.status, ran.out) == (2, "")
    assert ran.err.startswith("No question in the log data/quoth.db has the id “")
    assert ran.err.endswith(
        "the id stands below each answer, and `quoth log recent` shows those of the last questions.\n"
    )


def test_a_mark_that_is_none_is_told(quoth: Quoth) -> None:
    ran = quoth("log", "mark", "0123456789abcdef", "good")

    assert (ran.status, ran.err) == (2, "“good” is no mark; give right, wrong, refuse or none.\n")


def reviewed(quoth: Quoth) -> dict[str, str]:
    """Ask, review, and give the ids by what they are."""
    ids = {
        "right": ask(quoth, "Who lit the lamp?"),
        "rightly refused": ask(quoth, "Why do zebras yodel?"),
        "to be refused": ask(quoth, "How many lighthouses did the council of Veldhaven vote for?"),
        "wrong": ask(quoth, "What is a tram?"),
        "narrowed": ask(quoth, "When did trams last run in Veldhaven?", "--source", "trams"),
        "not reviewed": ask(quoth, "How much will the line cost?"),
    }
    for what, mark in {
        "right": "right",
        "rightly refused": "right",
        "to be refused": "refuse",
        "wrong": "wrong",
        "narrowed": "right",
    }.items():
        quoth("log", "mark", ids[what], mark)
    quoth("chat", stdin=CONVERSATION)
    for row in quoth("log", "recent", "-n", "3", "--json").objects:
        if row["follows"]:
            quoth("log", "mark", row["id"], "right")
    return ids


def gold(line: str) -> tuple[str, list[dict[str, Any]]]:
    value = json.loads(line)
    return value["id"], value["gold"]


def test_reviewed_questions_become_a_file_that_eval_asks(quoth: Quoth, folder: Path) -> None:
    ids = reviewed(quoth)

    ran = quoth("log", "replay", "--as-questions", "questions.jsonl")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot("""\
1 question with an answer and 2 to be refused written to questions.jsonl; `quoth eval questions.jsonl` asks them.
Left out: 1 follow-up which cannot be asked by itself.
Left out: 1 question asked of one source alone.
Left out: 1 question of which only a wrong answer is known.
""")
    lines = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert [gold(line) for line in lines] == [
        (
            ids["right"],
            [{"file": "lighthouse.md", "quote": LAMP}],
        ),
        (ids["rightly refused"], []),
        (ids["to be refused"], []),
    ]
    (evaluation,) = quoth("eval", "questions.jsonl", "--json").objects
    assert evaluation["figures"]["recall_at_1"] == 1


def test_the_file_goes_to_standard_output_for_a_pipe(quoth: Quoth) -> None:
    reviewed(quoth)

    ran = quoth("log", "replay", "--as-questions", "-", "-n", "1")

    assert ran.out == ""
    assert ran.err == snapshot("""\
No question is left to be written to standard output.
Left out: 1 follow-up which cannot be asked by itself.
""")


def test_what_was_right_once_is_looked_for_in_the_articles_of_today(quoth: Quoth, folder: Path, other: Path) -> None:
    built, lamp = ask(quoth, "When was the lighthouse of Norrholm built?"), ask(quoth, "Who lit the lamp?")
    for id_ in (built, lamp):
        quoth("log", "mark", id_, "right")
    (other / "lighthouse.md").rename(other / "norrholm.md")

    ran = quoth("log", "replay", "--as-questions", "questions.jsonl", "--against", "other")

    assert ran.out == snapshot("""\
1 question with an answer and 0 to be refused written to questions.jsonl; `quoth eval questions.jsonl` asks them.
Left out: 1 question marked right, whose words the articles no longer have.
""")
    (line,) = (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    assert gold(line)[0] == built
    assert {place["file"] for place in gold(line)[1]} == {"norrholm.md"}


@pytest.mark.parametrize(
    ("marks", "places"),
    [
        (("right", "refuse"), 0),
        (("refuse", "right"), 1),
        (("wrong", "right"), 1),
        (("right", "wrong"), 1),
        (("refuse", "wrong"), 0),
    ],
)
def test_of_two_reviews_of_the_same_words_the_later_says_what_is_right(
    quoth: Quoth, marks: tuple[str, str], places: int
) -> None:
    first, second = ask(quoth, "Who lit the lamp?"), ask(quoth, "who  lit the LAMP?")
    quoth("log", "mark", second, marks[0])
    quoth("log", "mark", first, marks[1])

    (line,) = quoth("log", "replay", "--as-questions", "-").out.splitlines()

    id_, found = gold(line)
    assert (id_, len(found)) == (first, places)


def test_a_file_that_cannot_be_written_is_told(quoth: Quoth) -> None:
    quoth("log", "mark", ask(quoth, "Who lit the lamp?"), "right")

    ran = quoth("log", "replay", "--as-questions", "nowhere/questions.jsonl")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        "nowhere/questions.jsonl cannot be written (No such file or directory); name a file in another folder.\n"
    )


def test_articles_that_changed_since_are_noticed(quoth: Quoth, folder: Path, other: Path) -> None:
    quoth("ask", "Who lit the lamp?")
    shutil.rmtree(folder / "seeds")
    other.rename(folder / "seeds")
    (folder / "seeds" / "trams.txt").write_text(TRAMS, encoding="utf-8")

    ran = quoth("log", "replay")

    assert ran.text == snapshot("""\
1 question of the log asked again of 3 articles.

              Questions    Share
Same                  0    0.0 %
Other quotes          1  100.0 %
Now answered          0    0.0 %
Now refused           0    0.0 %

Asked then of other articles: 1 question.

Other quotes: 1 question

<id>  Who lit the lamp?
  gone  “The lighthouse of Norrholm was built in 1874. Its lamp was lit by Ada Lindqvist, the first keeper.” · The lighthouse of Norrholm
  new   “The lighthouse of Norrholm was built in 1874. Its lamp was lit by Bo Ek, the only keeper.” · The lighthouse of Norrholm
""")
