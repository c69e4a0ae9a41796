"""`quoth log unanswered` and `quoth log gap`: what the articles lack, grouped, decided on, and asked again."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

import asyncio
import dataclasses
import datetime
import re
from typing import TYPE_CHECKING

import pytest
from inline_snapshot import snapshot

from bot.store.gaps import Wish
from bot.store.ids import new_id
from bot.store.log_row import LogRow, Outcome, Surface, Vote
from bot.store.sqlite.query_log import SqliteQueryLog

if TYPE_CHECKING:
    from pathlib import Path

    from tests.bot.cli.running import Quoth

FERRY = ("When does the ferry leave?", "ferry timetable", "Does the ferry run on Sunday?")
MAYOR = "Who is the mayor of Veldhaven?"
LAMP = "Who lit the lamp?"


def dayless(text: str) -> str:
    """Write what changes from day to day the same."""
    return re.sub(r"\d{4}-\d\d-\d\d( to \d{4}-\d\d-\d\d)?", "<day>", text)


def asked(number: int, question: str, *, answered: bool = False, guild: int | None = 7) -> LogRow:
    at = datetime.datetime.now(datetime.UTC).replace(microsecond=0) - datetime.timedelta(hours=20 - number)
    return LogRow(
        id=new_id(at),
        asked_at=at,
        surface=Surface.COMMAND,
        question=question,
        outcome=Outcome.ANSWER if answered else Outcome.NO_ANSWER,
        reason=None if answered else "unknown_words",
        confidence=0.1,
        elapsed_ms=2.0,
        library="sha256:then",
        version="0.1.0",
        guild=guild,
        channel=8,
        asker=f"{number % 2:032x}",
    )


@pytest.fixture
def rows(folder: Path) -> list[LogRow]:
    """Log five questions that got no help, oldest first, and one that did."""
    found = [asked(number, question) for number, question in enumerate([*FERRY, MAYOR])]
    found += [asked(4, LAMP, answered=True), asked(5, "When was the lighthouse built?", answered=True)]
    small_talk = dataclasses.replace(asked(6, "Thanks!"), reason="no_words")

    async def write() -> None:
        log = await SqliteQueryLog.open(folder / "data" / "quoth.db")
        for row in (*found, small_talk):
            await log.add(row)
        await log.vote(found[4].id, Vote("zoe", helpful=False, voted_at=found[4].asked_at))
        await log.gaps.wish(found[0].id, 42, "f" * 32)
        await log.close()

    asyncio.run(write())
    return found


def due(folder: Path) -> list[Wish]:
    async def read() -> list[Wish]:
        log = await SqliteQueryLog.open(folder / "data" / "quoth.db")
        found = list(await log.gaps.due())
        await log.close()
        return found

    return asyncio.run(read())


def test_gaps_are_the_largest_first_with_the_words_that_no_source_has(quoth: Quoth, rows: list[LogRow]) -> None:
    del rows
    assert dayless(quoth("log", "unanswered").text) == snapshot("""\
ferry
  3 questions · 2 askers · <day> · open · <id>
  no source has ferry, leave, Sunday, timetable
  newest: Does the ferry run on Sunday?
lamp, lit
  1 question · 1 asker · <day> · open · <id>
  newest: Who lit the lamp?
mayor, Veldhaven
  1 question · 1 asker · <day> · open · <id>
  no source has mayor
  newest: Who is the mayor of Veldhaven?
""")


def test_as_json_a_gap_is_a_line_with_its_questions(quoth: Quoth, rows: list[LogRow]) -> None:
    ferry, *_ = quoth("log", "unanswered", "--json").objects

    assert ferry == {
        "id": rows[0].id,
        "words": ["ferry"],
        "missing": ["ferry", "leave", "Sunday", "timetable"],
        "count": 3,
        "askers": 2,
        "first": rows[0].asked_at.isoformat(),
        "last": rows[2].asked_at.isoformat(),
        "state": "open",
        "source": None,
        "questions": [{"id": row.id, "question": row.question, "answered": False} for row in rows[2::-1]],
    }


@pytest.mark.parametrize(
    ("options", "gaps"),
    [
        ([], 3),
        (["-n", "1"], 1),
        (["--server", "7"], 3),
        (["--server", "8"], 0),
        (["--since", "18h"], 2),
        (["--closed"], 0),
    ],
)
def test_gaps_can_be_chosen(quoth: Quoth, rows: list[LogRow], options: list[str], gaps: int) -> None:
    del rows
    assert len(quoth("log", "unanswered", "--json", *options).objects) == gaps


def test_what_is_done_about_a_gap_is_said_by_any_of_its_questions(quoth: Quoth, rows: list[LogRow]) -> None:
    assert dayless(quoth("log", "gap", rows[2].id.upper(), "--state", "planned").text) == snapshot("""\
ferry
  3 questions · 2 askers · <day> · planned · <id>
  no source has ferry, leave, Sunday, timetable
  newest: Does the ferry run on Sunday?
Does the ferry run on Sunday?
  <time> · <id>
ferry timetable
  <time> · <id>
When does the ferry leave?
  <time> · <id>
""")
    assert [gap["state"] for gap in quoth("log", "unanswered", "--json").objects] == ["planned", "open", "open"]

    assert quoth("log", "gap", rows[0].id, "--state", "closed", "--json").objects[0]["state"] == "closed"
    assert len(quoth("log", "unanswered", "--json").objects) == 2
    assert quoth("log", "gap", rows[0].id, "--state", "open", "--json").objects[0]["state"] == "open"


def test_a_gap_that_a_source_closes_makes_those_who_wait_be_told(
    quoth: Quoth, rows: list[LogRow], folder: Path
) -> None:
    assert due(folder) == []

    quoth("log", "gap", rows[1].id, "--by", "trams")

    assert due(folder) == [Wish(rows[0].id, 42, FERRY[0], "Trams come back to Veldhaven", claimed=False)]


def test_new_articles_close_what_they_answer(quoth: Quoth, rows: list[LogRow], folder: Path) -> None:
    del rows
    (folder / "seeds" / "ferry.txt").write_text(
        "The ferry of Norrholm\n\nThe ferry leaves at nine. On Sunday the ferry does not run.\n", encoding="utf-8"
    )

    assert dayless(quoth("log", "unanswered", "--again").text) == snapshot("""\
5 questions answered now:
  When does the ferry leave?
    by The ferry of Norrholm · <id>
  ferry timetable
    by The ferry of Norrholm · <id>
  Does the ferry run on Sunday?
    by The ferry of Norrholm · <id>
  Who is the mayor of Veldhaven?
    by Trams come back to Veldhaven · <id>
  Who lit the lamp?
    by The lighthouse of Norrholm · <id>

Every question of that time got an answer that nobody voted down, or its gap is closed.
""")
    assert dayless(quoth("log", "unanswered", "--closed").text) == snapshot("""\
ferry, timetable, leave
  2 questions · 2 askers · <day> · closed by The ferry of Norrholm · <id>
  no source has timetable
  newest: ferry timetable
lamp, lit
  1 question · 1 asker · <day> · closed by The lighthouse of Norrholm · <id>
  newest: Who lit the lamp?
mayor, Veldhaven
  1 question · 1 asker · <day> · closed by Trams come back to Veldhaven · <id>
  no source has mayor
  newest: Who is the mayor of Veldhaven?
Sunday, ferry, run
  1 question · 1 asker · <day> · closed by The ferry of Norrholm · <id>
  newest: Does the ferry run on Sunday?
""")
    assert [wish.user for wish in due(folder)] == [42]
    assert quoth("log", "unanswered", "--again").out.startswith("No open question is answered now.\n")


def test_a_log_that_is_not_there_has_no_gaps(quoth: Quoth) -> None:
    assert quoth("log", "unanswered").out == snapshot(
        "Every question of that time got an answer that nobody voted down, or its gap is closed.\n"
    )
    assert quoth("log", "unanswered", "--closed").out == snapshot("No gap was closed in that time.\n")


def test_what_cannot_be_used_is_said_at_once(quoth: Quoth, rows: list[LogRow]) -> None:
    number = quoth("log", "unanswered", "-n", "0", "--since", "soon")
    state = quoth("log", "gap", rows[0].id, "--state", "done")
    both = quoth("log", "gap", rows[0].id, "--state", "planned", "--by", "trams")
    nothing = quoth("log", "gap", "nothing")

    assert [ran.status for ran in (number, state, both, nothing)] == [2, 2, 2, 2]
    assert "".join(ran.err for ran in (number, state, both, nothing)) == snapshot("""\
--since is “soon”; give a day such as 2026-03-31, a time such as 2026-03-31T14:00, or an age such as 90m, 36h, 7d or 2w.
-n is 0; give 1 or more.
--state is “done”; give open, planned or closed.
--by is the source that closes a gap, and --state is “planned”; leave one of them out.
No question of the last 90 days with the id “nothing” is without an answer or voted down; `quoth log unanswered` shows those that are.
""")
