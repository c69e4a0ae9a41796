"""`quoth log` shows what was asked and what became of it."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

import asyncio
import csv
import dataclasses
import datetime
import json
import re
import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, TypeAlias

import pytest
from inline_snapshot import snapshot

from bot.cli import main
from bot.store.asker_hash import AskerHash
from bot.store.ids import new_id
from bot.store.log_row import LoggedQuote, LogRow, Outcome, Surface, Vote
from bot.store.sqlite.query_log import SqliteQueryLog
from tests.bot.cli.running import Screen, put_in_front_of
from tests.bot.fakes import NOON

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from tests.bot.cli.running import Quoth

Log: TypeAlias = "Callable[[Sequence[LogRow]], Sequence[LogRow]]"

ANNA = "a" * 32
TRAM = LoggedQuote("trams.txt", "The trams", "ff", 0, 16, "Trams came back.", 9.5)
LAMP = LoggedQuote("lamp.txt", "The lamp", "00", 0, 4, "Lit.", 1.0)


def example(number: int, *, asked_at: datetime.datetime | None = None) -> LogRow:
    """Give an answered question of the terminal, the `number`th minute after noon."""
    at = asked_at or NOON.replace(microsecond=0) + datetime.timedelta(minutes=number)
    return LogRow(
        id=new_id(at),
        asked_at=at,
        surface=Surface.TERMINAL,
        question=f"Question {number}?",
        outcome=Outcome.ANSWER,
        confidence=0.75,
        elapsed_ms=3.5,
        library="sha256:0123456789abcdef",
        version="0.1.0",
        quotes=(TRAM,),
    )


def asked_in_server(number: int, *, channel: int | None = None) -> LogRow:
    return dataclasses.replace(example(number), surface=Surface.COMMAND, guild=7, channel=channel)


def refused(row: LogRow) -> LogRow:
    return dataclasses.replace(row, outcome=Outcome.NO_ANSWER, reason="weak_match", quotes=())


EXAMPLES = (
    example(0),
    dataclasses.replace(example(1), asker=ANNA, up=2, quotes=(LAMP, TRAM)),
    asked_in_server(2, channel=9),
    refused(asked_in_server(3)),
    dataclasses.replace(asked_in_server(4, channel=8), down=1),
    dataclasses.replace(refused(asked_in_server(5, channel=8)), asker=ANNA),
)


@pytest.fixture
def logged(folder: Path) -> Log:
    """Put rows into the log of the working folder."""

    async def add(rows: Sequence[LogRow]) -> None:
        log = await SqliteQueryLog.open(folder / "data" / "quoth.db")
        for row in rows:
            await log.add(row)
        await log.close()

    def put(rows: Sequence[LogRow]) -> Sequence[LogRow]:
        asyncio.run(add(rows))
        return rows

    return put


def test_a_log_that_is_not_there_yet_is_empty_and_is_not_made(quoth: Quoth, folder: Path) -> None:
    ran = quoth("log", "recent")

    assert (ran.status, ran.out) == (0, "No question is in the log data/quoth.db yet.\n")
    assert quoth("log", "recent", "--json").out == ""
    assert not (folder / "data").exists()


def test_the_newest_questions_are_listed_first(quoth: Quoth) -> None:
    quoth("ask", "Who lit the lamp?")
    quoth("ask", "")
    quoth("ask", "\x1b[31mtram " + "and tram " * 30)

    ran = quoth("log", "recent", "-n", "2")

    assert (ran.status, ran.err) == (0, "")
    assert ran.text == snapshot("""\
\\x1b[31mtram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram and tram …
  no answer (unknown words) · <time> · terminal · <id>
(an empty question)
  no answer (no words) · <time> · terminal · <id>
There are older ones: add --before <id> to see them.
""")
    assert quoth("log", "recent", "-n", "9").out.splitlines()[-2] == "Who lit the lamp?"


def test_older_ones_are_a_page_further(quoth: Quoth, logged: Log) -> None:
    newest, *older = reversed(logged([example(number) for number in range(3)]))

    first = quoth("log", "recent", "-n", "1").out
    second = quoth("log", "recent", "--before", newest.id).out

    assert first.endswith(f"There are older ones: add --before {newest.id} to see them.\n")
    assert [row.id in second for row in (newest, *older)] == [False, True, True]
    assert "There are older ones" not in second


@pytest.mark.parametrize(
    ("options", "questions"),
    [
        ([], "012345"),
        (["--unanswered"], "35"),
        (["--thumbs", "Down"], "4"),
        (["--thumbs", "up"], "1"),
        (["--server", "7"], "2345"),
        (["--channel", "8"], "45"),
        (["--asker", ANNA], "15"),
        (["--source", "tram"], "0124"),
        (["--source", "lamp.txt"], "1"),
        (["--since", "2025-01-31 12:03+00:00"], "345"),
        (["--until", "2025-01-31T12:03:00Z", "--server", "7"], "2"),
        (["--since", "9999w"], "012345"),
        (["--since", "1h"], ""),
    ],
)
def test_every_list_has_the_same_filters(quoth: Quoth, logged: Log, options: list[str], questions: str) -> None:
    logged(EXAMPLES)

    listed = [row["question"][-2] for row in quoth("log", "recent", "--json", *options).objects]
    searched = [row["question"][-2] for row in quoth("log", "search", "question", "--json", *options).objects]
    unanswered = [row["question"][-2] for row in quoth("log", "recent", "--unanswered", "--json", *options).objects]
    exported = [row["question"][-2] for row in quoth("log", "export", *options).objects]
    [counted] = quoth("log", "stats", "--json", *options).objects

    assert "".join(sorted(listed)) == questions
    assert listed == searched == exported
    assert unanswered == [number for number in listed if number in "35"]
    assert counted["asked"] == len(questions)


def test_an_asker_is_found_by_their_discord_id(quoth: Quoth, logged: Log, folder: Path) -> None:
    assert quoth("log", "recent", "--asker", "123456789012345678").text == snapshot(
        "No question in the log is like that; leave out a part, or see `quoth log recent`.\n"
    )
    logged([example(0)])
    nobody = quoth("log", "recent", "--asker", "123456789012345678")
    code = AskerHash.open(folder / "data").hash(123456789012345678)
    logged([dataclasses.replace(example(1), asker=code)])

    [row] = quoth("log", "recent", "--asker", "123456789012345678", "--json").objects

    assert (nobody.status, nobody.err) == (
        2,
        snapshot("Nobody asked on Discord yet: there is no data/asker.key that makes 123456789012345678 a code.\n"),
    )
    assert row["question"] == "Question 1?"


def test_options_that_cannot_be_used_are_told_together(quoth: Quoth) -> None:
    ran = quoth(
        "log", "stats", "--since", "soon", "--until", "2025-13-01", "--thumbs", "x", "--asker", "b", "--server", "0"
    )

    assert (ran.status, ran.err) == (
        2,
        snapshot("""\
--server is 0; give the id that Discord shows, a whole number.
--asker is “b”; give the code that `quoth log show` tells, or the id of a Discord user.
--thumbs is “x”; give up or down.
--since is “soon”; give a day such as 2026-03-31, a time such as 2026-03-31T14:00, or an age such as 90m, 36h, 7d or 2w.
--until is “2025-13-01”; give a day such as 2026-03-31, a time such as 2026-03-31T14:00, or an age such as 90m, 36h, 7d or 2w.
"""),
    )


def test_a_source_that_no_answer_quotes_is_told(quoth: Quoth, logged: Log) -> None:
    logged([refused(example(3))])
    empty = quoth("log", "recent", "--source", "tram")
    logged([example(0)])

    assert (empty.status, empty.err) == (2, snapshot("No answer in the log quotes a source yet; leave out --source.\n"))
    assert quoth("log", "recent", "--source", "trums").err == snapshot(
        "No source is called “trums”; did you mean “The trams”?\n"
    )


def test_nothing_found_is_said_in_words(quoth: Quoth, logged: Log) -> None:
    logged([example(0)])

    assert quoth("log", "search", "zebra").out == "No question in the log has “zebra”.\n"
    assert quoth("log", "recent", "--unanswered").out == snapshot(
        "No question in the log is like that; leave out a part, or see `quoth log recent`.\n"
    )
    assert quoth("log", "stats", "--server", "9").out == snapshot(
        "No question in the log is like that; leave out a part, or see `quoth log recent`.\n"
    )


def test_a_receipt_has_all_that_is_kept(quoth: Quoth, logged: Log) -> None:
    full = dataclasses.replace(EXAMPLES[4], follows="01jjxw00000000a9")
    logged([full])

    assert quoth("log", "show", full.id).text == snapshot("""\
Question 4?
answered from The trams · 1 vote down · <time> · command

> Trams came back.
  The trams
  trams.txt, characters 0 to 16, 9.50 points

Id          <id>
Follows     <id>, with whose words it was read
Confidence  75%, after 3.5 milliseconds
Server      7
Channel     8
Asker       not named
Articles    sha256:0123456789ab, changed since, also 1 article that it quotes
Version     quoth 0.1.0

It cannot be explained: the articles have changed since.
""")
    assert quoth("log", "show", full.id.upper(), "--json").objects == [
        {
            **dataclasses.asdict(full),
            "asked_at": full.asked_at.isoformat(),
            "quotes": [dataclasses.asdict(TRAM)],
            "mark": None,
            "explanation": None,
            "not_explained": "the articles have changed since",
            "comments": [],
        }
    ]


def test_a_receipt_has_what_people_said_of_the_answer(quoth: Quoth, logged: Log, folder: Path) -> None:
    row = dataclasses.replace(EXAMPLES[1], private=True, up=0)
    logged([row])

    async def commented() -> None:
        log = await SqliteQueryLog.open(folder / "data" / "quoth.db")
        for voter, helpful, comment in (("a", False, "Old \x1b[31mnews"), ("b", True, "Good"), ("c", True, "")):
            await log.vote(row.id, Vote(voter, helpful, NOON, comment))
        await log.close()

    asyncio.run(commented())

    assert quoth("log", "show", row.id).text.partition("Asker ")[2] == snapshot("""\
      aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa, who alone saw the answer
Articles    sha256:0123456789ab, changed since, also 2 articles that it quotes
Version     quoth 0.1.0

Comment with a vote down:
  Old \\x1b[31mnews

Comment with a vote up:
  Good

It cannot be explained: the articles have changed since.
""")
    assert quoth("log", "show", row.id, "--json").objects[0]["comments"] == [
        {"text": "Old \x1b[31mnews", "helpful": False, "voted_at": NOON.isoformat()},
        {"text": "Good", "helpful": True, "voted_at": NOON.isoformat()},
    ]


def test_the_receipt_of_an_answer_says_whether_the_articles_are_still_the_same(quoth: Quoth, folder: Path) -> None:
    asked = quoth("ask", "--json", "Who lit the lamp?").objects[0]["id"]

    def articles() -> str:
        return next(line for line in quoth("log", "show", asked).text.splitlines() if line.startswith("Articles"))

    same = articles()
    (folder / "seeds" / "more.txt").write_text("More of it\n\nThere is more of it.\n")
    more = articles()
    (folder / "seeds" / "lighthouse.md").write_text("Less\n\nThere is less of it.\n")
    changed = articles()
    shutil.rmtree(folder / "seeds")

    assert [line.split(", ")[1] for line in (same, more, changed, articles())] == snapshot(
        [
            "the same as today",
            "changed since",
            "changed since",
            "which are not there today",
        ]
    )


def test_a_refusal_shows_what_was_only_near(quoth: Quoth, logged: Log) -> None:
    row = dataclasses.replace(EXAMPLES[3], quotes=(dataclasses.replace(TRAM, near=True),))
    logged([row])

    assert (
        "The closest passages, which were offered but do not answer it:\n\n> Trams came back.\n"
        in quoth("log", "show", row.id).out
    )


def explained(quoth: Quoth, question: str, *options: str) -> list[str]:
    """Ask, and give how `log show` ends."""
    asked = quoth("ask", "--json", *options, question).objects[0]["id"]
    text = quoth("log", "show", asked).text
    return text.partition("Version")[2].splitlines()[1:]


def test_why_it_was_answered_so_is_computed_again(quoth: Quoth) -> None:
    assert explained(quoth, "Who lit the lamp of the zebra?", "--limit", "1") == snapshot(
        [
            "",
            "The words that count, and the number of sentences that have them:",
            "lit    1",
            "lamp   1",
            "zebra  0",
            "",
            "Passage 1, from The lighthouse of Norrholm: 8.65 points",
            "“lit”                                         +0.45",
            "“lamp”                                        +0.45",
            "runs of letters                               +0.18",
            "beginnings of words                           +0.77",
            "small words                                   +0.45",
            "article                                       +0.23",
            "like words                                    +0.56",
            "like words with what is above                 +1.31",
            "like words with the sentence it goes on from  +0.77",
            "all of these together                         +2.06",
            "says a person                                 +2.14",
            "length                                        -0.72",
            "",
            "An answer was given: the best passages answer the question with a confidence of 56%.",
        ]
    )


def test_a_refusal_and_a_follow_up_are_explained_too(quoth: Quoth) -> None:
    quoth(
        "chat", stdin="When was the lighthouse of Norrholm built?\nand when was its lamp lit?\nWhy do zebras yodel?\n"
    )
    rows = quoth("log", "recent", "--json").objects

    found = [quoth("log", "show", row["id"], "--json").objects[0] for row in rows]

    assert [
        (one["question"], [word["word"] for word in one["explanation"]["words"]], one["not_explained"]) for one in found
    ] == snapshot(
        [
            ("Why do zebras yodel?", ["zebras", "yodel"], None),
            ("and when was its lamp lit?", ["lamp", "lit", "lighthouse", "Norrholm", "built"], None),
            ("When was the lighthouse of Norrholm built?", ["lighthouse", "Norrholm", "built"], None),
        ]
    )


def test_what_cannot_be_explained_says_why(quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    quoth("chat", stdin="When was the lighthouse of Norrholm built?\nand when was its lamp lit?\n")
    lit, built = (row["id"] for row in quoth("log", "recent", "--json").objects)

    def why(id_: str) -> str:
        assert quoth("log", "show", id_, "--json").objects[0]["explanation"] is None
        return quoth("log", "show", id_).text.splitlines()[-1]

    with monkeypatch.context() as settings:
        settings.setenv("QUOTH_ENOUGH", "0.99")
        otherwise = why(built)
    with closing(sqlite3.connect(folder / "data" / "quoth.db")) as connection:
        connection.execute("DELETE FROM questions WHERE id = ?", (built,))
        connection.commit()
    gone = why(lit)
    shutil.rmtree(folder / "seeds")

    assert [otherwise, gone, why(lit)] == snapshot(
        [
            "It cannot be explained: from the same articles, today’s version and settings answer it otherwise.",
            "It cannot be explained: the question that it follows up is no longer in the log.",
            "It cannot be explained: the articles are not there today.",
        ]
    )


def test_a_review_is_shown_with_its_row(quoth: Quoth) -> None:
    asked = quoth("ask", "--json", "Who lit the lamp?").objects[0]["id"]
    quoth("log", "mark", asked, "wrong")

    assert quoth("log", "show", asked, "--json").objects[0]["mark"] == "wrong"
    assert "Reviewed    marked wrong on 20" in quoth("log", "show", asked).text


def test_an_id_that_is_not_there_is_told(quoth: Quoth) -> None:
    ran = quoth("log", "show", "nope")

    assert (ran.status, ran.err) == (
        2,
        snapshot("No question in the log has the id “nope”; `quoth log recent` shows the ids of the latest ones.\n"),
    )


def test_the_statistics_are_a_page_to_read(quoth: Quoth, logged: Log) -> None:
    logged(EXAMPLES)
    logged([example(number, asked_at=NOON + datetime.timedelta(days=number)) for number in range(1, 20)])

    assert quoth("log", "stats").out == snapshot("""\
25 questions from 2025-01-31 to 2025-02-19 (days in UTC)
answered  23 (92 %)
votes     2 up, 1 down
time      half within 3.5 ms, 99 % within 3.5 ms

Questions a day (█ answered, ░ not)
2025-02-06  1  ████████████████████████████████████████
2025-02-07  1  ████████████████████████████████████████
2025-02-08  1  ████████████████████████████████████████
2025-02-09  1  ████████████████████████████████████████
2025-02-10  1  ████████████████████████████████████████
2025-02-11  1  ████████████████████████████████████████
2025-02-12  1  ████████████████████████████████████████
2025-02-13  1  ████████████████████████████████████████
2025-02-14  1  ████████████████████████████████████████
2025-02-15  1  ████████████████████████████████████████
2025-02-16  1  ████████████████████████████████████████
2025-02-17  1  ████████████████████████████████████████
2025-02-18  1  ████████████████████████████████████████
2025-02-19  1  ████████████████████████████████████████
These are the last 14 of 20 days with a question.

Most quoted sources
23  The trams
 1  The lamp

Most asked subjects
25  Question
""")


def test_an_export_is_a_new_file_for_its_owner(quoth: Quoth, logged: Log, folder: Path) -> None:
    logged(EXAMPLES)

    ran = quoth("log", "export", "log.jsonl")
    again = quoth("log", "export", "log.jsonl")
    nowhere = quoth("log", "export", "nowhere/log.csv")

    assert (ran.status, ran.out) == (0, "6 questions written to log.jsonl.\n")
    assert [json.loads(line)["id"] for line in (folder / "log.jsonl").read_text().splitlines()] == [
        row.id for row in reversed(EXAMPLES)
    ]
    assert oct((folder / "log.jsonl").stat().st_mode & 0o777) == "0o600"
    assert (again.status, again.err) == (
        2,
        snapshot("log.jsonl is there already; give another name, or delete it first.\n"),
    )
    assert (nowhere.status, nowhere.err) == (
        2,
        snapshot("nowhere/log.csv cannot be made, since there is no folder nowhere; make it first.\n"),
    )


def test_csv_can_be_opened_in_a_spreadsheet_without_running_what_was_asked(
    quoth: Quoth, logged: Log, folder: Path
) -> None:
    logged(
        [
            dataclasses.replace(example(0), question=question, id=f"{number:016}")
            for number, question in enumerate(['=HYPERLINK("x")', 'say "a, b"\nand c', "x\0y", "@sum", "-1"])
        ]
    )

    quoth("log", "export", "log.CSV")

    with (folder / "log.CSV").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["question"] for row in reversed(rows)] == [
        '\'=HYPERLINK("x")', 'say "a, b"\nand c', "xy", "'@sum", "'-1",
    ]  # fmt: skip
    assert rows[0] == snapshot(
        {
            "id": "0000000000000004",
            "asked_at": "2025-01-31T12:00:00+00:00",
            "surface": "terminal",
            "guild": "",
            "channel": "",
            "asker": "",
            "question": "'-1",
            "outcome": "answer",
            "reason": "",
            "confidence": "0.75",
            "up": "0",
            "down": "0",
            "elapsed_ms": "3.5",
            "follows": "",
            "library": "sha256:0123456789abcdef",
            "version": "0.1.0",
            "narrowed_to": "",
            "at_most": "",
            "private": "False",
            "tentative": "False",
            "weaker": "False",
            "message": "",
            "withdrawn": "False",
            "corrected": "",
            "asked_of": "",
            "sources": "The trams",
            "quotes": "Trams came back.",
        }
    )


def test_answers_whose_source_has_changed_are_listed_with_the_words_then_and_now(quoth: Quoth, folder: Path) -> None:
    quoth("ask", "When did trams last run?")
    assert quoth("log", "corrections").out == "Every answer still shows what its source says.\n"
    trams = folder / "seeds" / "trams.txt"
    trams.write_text(trams.read_text(encoding="utf-8").replace("1961", "1962"), encoding="utf-8")

    ran = quoth("log", "corrections")
    (record,) = quoth("log", "corrections", "--json").objects

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.splitlines()[:3] == snapshot(
        [
            "Trams come back to Veldhaven, shown 1 time",
            "  then: Trams last ran in Veldhaven in 1961.",
            "  now:  Trams last ran in Veldhaven in 1962.",
        ]
    )
    assert (record["file"], record["shown"], record["answers"][0]["message"]) == ("trams.txt", 1, None)


def test_json_gives_whole_rows_and_no_more_than_asked_for(quoth: Quoth) -> None:
    quoth("ask", "Who lit the lamp?")
    asked = quoth("ask", "--json", "When did trams last run?").objects[0]

    (row,) = quoth("log", "recent", "-n", "1", "--json").objects

    assert row["id"] == asked["id"]
    assert (row["question"], row["surface"], row["outcome"]) == ("When did trams last run?", "terminal", "answer")
    assert [quote["text"] for quote in row["quotes"]] == [quote["text"] for quote in asked["quotes"]]
    assert row["asked_at"].endswith("+00:00")


def test_what_is_asked_with_no_log_is_not_there(quoth: Quoth, folder: Path) -> None:
    quoth("ask", "--no-log", "Who lit the lamp?")

    assert not (folder / "data").exists()


def test_a_senseless_number_is_told(quoth: Quoth) -> None:
    ran = quoth("log", "recent", "-n", "0")

    assert (ran.status, ran.err) == (2, "-n is 0; give 1 or more.\n")


def test_a_log_that_cannot_be_opened_is_broken(quoth: Quoth, folder: Path) -> None:
    (folder / "data" / "quoth.db").mkdir(parents=True)

    ran = quoth("log", "recent")

    assert ran.status == 3
    assert ran.err.startswith("The query log data/quoth.db cannot be opened: ")
    assert ran.err.count("\n") == 1


@pytest.mark.parametrize("width", ["40", "80"])
def test_a_terminal_gets_colours_and_lines_that_fit(quoth: Quoth, monkeypatch: pytest.MonkeyPatch, width: str) -> None:
    quoth("ask", "Who lit the lamp of the lighthouse of Norrholm, and when was that, and what became of it since?")
    put_in_front_of(screen := Screen(), monkeypatch, columns=width)

    with pytest.raises(SystemExit):
        main(["log", "recent"])

    shown = screen.getvalue()
    assert "\x1b[1mWho lit" in shown
    assert all(len(re.sub(r"\x1b\[\d*m", "", line)) <= int(width) for line in shown.splitlines())


def test_reading_a_large_log_does_not_wait_for_a_check_of_the_whole_file(
    quoth: Quoth, logged: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    logged([example(0)])
    checked: list[Path] = []
    monkeypatch.setattr("bot.store.sqlite.log_file.is_damaged", lambda path, _: checked.append(path))

    assert "Question 0?" in quoth("log", "recent").out

    assert checked == []


def test_a_backup_says_where_it_is_and_that_it_was_checked(quoth: Quoth, logged: Log, folder: Path) -> None:
    none = quoth("log", "backup")
    logged(EXAMPLES)

    ran = quoth("log", "backup", "copy.db")
    usual = quoth("log", "backup", "--json").objects[0]
    again = quoth("log", "backup", "copy.db")

    assert (none.status, none.err) == (
        2,
        snapshot("There is no log data/quoth.db yet, so there is nothing to back up.\n"),
    )
    assert (ran.status, ran.text) == (
        0,
        snapshot("6 questions backed up to copy.db (<size>), and the copy is sound.\n"),
    )
    assert (again.status, again.err) == (
        2,
        snapshot("copy.db is there already; give another name, or delete it first.\n"),
    )
    assert [str(file.relative_to(folder)) for file in folder.glob("data/backups/*")] == [usual["file"]]
    assert usual["questions"] == 6


def test_what_is_forgotten_is_gone_from_the_backups_too(quoth: Quoth, logged: Log, folder: Path) -> None:
    logged(EXAMPLES)
    quoth("log", "backup", "data/backups/one.db")
    (folder / "data" / "quoth.db.damaged-20250131T120000.000000Z").touch()

    ran = quoth("log", "forget", "--asker", ANNA, "--yes")

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == snapshot("""\
2 questions forgotten in data/quoth.db.
2 questions forgotten in data/backups/one.db.
data/quoth.db.damaged-20250131T120000.000000Z was damaged and put aside; what could be read of it is in the log, and it is deleted.
""")
    assert [row["asker"] for row in quoth("log", "recent", "--json").objects] == [""] * 4
    assert quoth("log", "forget", "--before", "2025-01-31T12:03:00Z", "--server", "7", "--yes", "--json").objects == [
        {
            "forgotten": {"data/quoth.db": 1, "data/backups/one.db": 1},
            "deleted": [],
            "not_looked_at": [],
        }
    ]


@pytest.mark.parametrize(
    "options", [[], ["--asker", ANNA], ["--before", "x"], ["--server", "-1", "--yes"]], ids=lambda options: options[:1]
)
def test_nothing_is_forgotten_by_mistake(quoth: Quoth, logged: Log, options: list[str]) -> None:
    logged(EXAMPLES)

    ran = quoth("log", "forget", *options)

    assert ran.status == 2
    assert ran.err in (
        "Nothing says what to forget; give --asker, --server or --before.\n",
        "There is nobody here to confirm it; add --yes to delete for good.\n",
        "--before is “x”; give a day such as 2026-03-31, a time such as 2026-03-31T14:00, or an age such as 90m, 36h, 7d or 2w.\n",
        "--server is -1; give the id that Discord shows, a whole number.\n",
    )
    assert len(quoth("log", "recent", "--json").objects) == len(EXAMPLES)


def test_a_log_that_is_not_there_has_nothing_to_forget(quoth: Quoth) -> None:
    assert quoth("log", "forget", "--server", "7", "--yes").out == "0 questions forgotten in data/quoth.db.\n"
