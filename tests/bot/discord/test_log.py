"""`/log`: what a manager of a server reads of its log, all of it seen by them alone."""

from __future__ import annotations

import csv
import datetime
import io
import json
import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import matplotlib.font_manager  # noqa: F401 - the first time it lists all fonts, for longer than a test may wait
import pytest
from inline_snapshot import snapshot

from bot.handlers import reports
from bot.pages import charts, log
from bot.services.receipts import RequestOrigin, row_of
from bot.services.review.export import EXPORT_FORMATS
from bot.store.log_row import LoggedQuote, LogRow, Surface, Vote
from bot.store.log_statistics import Day, Quoted, Stats
from tests.bot.discord.scene import Scene, drawn, labels, one_embed, shown, text

if TYPE_CHECKING:
    from collections.abc import Callable

    import simcord

    from bot.discord.client import Quoth
    from bot.services.question_service import Desk

FALLUJAH = "When was Fallujah lost?"
NOBEL = "Who won the Nobel prize in chemistry?"
LEADER = "Who leads the *group* now?"
NOON = datetime.datetime(2026, 5, 4, 12, tzinfo=datetime.UTC)
CHANGING = (
    (re.compile(r"\b[0-9a-z]{16}\b"), "<id>"),
    (re.compile(r"<t:\d+:f>"), "<time>"),
    (re.compile(r"\d+\.\d ms"), "<n> ms"),
    (re.compile(r"\d{4}-\d\d-\d\d"), "<day>"),
    (re.compile(r"asker-\d+"), "<code>"),
    (re.compile(r"<#\d+>"), "<channel>"),
    (re.compile(r"<@\d+>"), "<person>"),
    (re.compile(r"\d+\.\d\d points"), "<n> points"),
    (re.compile(r"most of it .*"), "most of it <parts>."),
    (re.compile(r"\d+% sure"), "<n>% sure"),
    (re.compile(r"(sha256\\?:?) ?[0-9a-f]{12}"), r"\1<digest>"),
)


def steady(body: str) -> str:
    """Write what changes from run to run the same."""
    for pattern, name in CHANGING:
        body = pattern.sub(name, body)
    return body


@pytest.fixture(scope="module", autouse=True)
def first_picture() -> None:
    """Draw one beforehand: it takes long, for matplotlib's import, and Discord is told of what takes long."""
    charts.draw_stats(Stats(1, 1, 0, 0, (Day(NOON.date(), 1, 1),), (), 1, (), 1.0, 1.0))


def found_ids(result: simcord.InteractionResult) -> list[str]:
    """Give the ids on a page, from its top to its end."""
    return re.findall(r"\b[0-9a-z]{16}\b", text(shown(result)).replace("<@", "<@_").replace("<#", "<#_"))


async def asked(desk: Desk, scene: Scene, question: str, at: datetime.datetime, **place: Any) -> LogRow:
    """Have a question answered and logged as if it was asked at that moment."""
    reply = desk.answerer.answer(question)
    where: dict[str, Any] = {
        "guild": scene.guild.id,
        "channel": scene.channel.id,
        "asker": f"asker-{scene.ann.id}",
    } | place
    row = row_of(
        reply,
        RequestOrigin(Surface.COMMAND, **where),
        asked_at=at,
        elapsed_ms=2.5,
        library=desk.answerer.library.fingerprint,
        narrowed_to="",
        at_most=3,
    )
    await desk.log.add(row)
    return row


@pytest.fixture
async def week(desk: Desk, scene: Scene) -> list[LogRow]:
    """Log seven questions, a day apart, newest first; the middle one is Ben's, of another channel."""
    other = {"channel": scene.guild.create_text_channel("help").id, "asker": f"asker-{scene.ben.id}"}
    questions = [FALLUJAH, NOBEL, FALLUJAH, LEADER, NOBEL, FALLUJAH, NOBEL]
    rows = [
        await asked(desk, scene, question, NOON + datetime.timedelta(days=day), **(other if day == 3 else {}))
        for day, question in enumerate(questions)
    ]
    await desk.log.vote(rows[0].id, Vote("zoe", False, NOON), guild=scene.guild.id)
    return rows[::-1]


async def test_the_newest_questions_are_listed_with_what_became_of_them(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    result = await manager.slash(scene.channel, "log recent")

    assert result.ephemeral
    assert steady(drawn(one_embed(shown(result)))) == snapshot("""\
Questions
**Who won the Nobel prize in chemistry?**
<time> · no answer (unknown words) · by command · <id>

**When was Fallujah lost?**
<time> · 2 quotes, <n>% sure · by command · <id>

**Who won the Nobel prize in chemistry?**
<time> · no answer (unknown words) · by command · <id>

**Who leads the \\*group\\* now?**
<time> · 2 quotes, <n>% sure, tentative · by command · <id>

**When was Fallujah lost?**
<time> · 2 quotes, <n>% sure · by command · <id>

**Who won the Nobel prize in chemistry?**
<time> · no answer (unknown words) · by command · <id>

**When was Fallujah lost?**
<time> · 2 quotes, <n>% sure · 👎 1 · by command · <id>
Only this server’s questions; only you can see this\
""")
    assert found_ids(result) == [row.id for row in week]


async def test_an_empty_log_says_so(scene: Scene, manager: simcord.MemberActor) -> None:
    result = await manager.slash(scene.channel, "log recent")

    assert text(shown(result)) == snapshot("Nothing has been asked here yet.")


async def ids(manager: simcord.MemberActor, scene: Scene, **filters: Any) -> list[str]:
    result = await manager.slash(scene.channel, "log recent", **filters)
    return found_ids(result)


async def test_each_filter_leaves_the_questions_that_it_names(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    of_ben = [week[3].id]
    source = week[-1].quotes[0]
    quoting = [row.id for row in week if source.file in {quote.file for quote in row.quotes if not quote.near}]

    assert await ids(manager, scene, unanswered=True) == [row.id for row in week if row.question == NOBEL]
    assert await ids(manager, scene, thumbs_down=True) == [week[-1].id]
    assert await ids(manager, scene, person=scene.ben) == of_ben
    assert await ids(manager, scene, person=scene.ann) == [row.id for row in week if row.id not in of_ben]
    assert await ids(manager, scene, channel=scene.channel) == [row.id for row in week if row.id not in of_ben]
    assert await ids(manager, scene, since="2026-05-07") == [row.id for row in week[:4]]
    assert await ids(manager, scene, source=source.name.upper()) == quoting
    assert await ids(manager, scene, person=scene.ann, unanswered=True, since="2026-05-07T13:00") == [
        row.id for row in week[:3] if row.question == NOBEL
    ]


async def test_all_filters_are_said_above_the_list(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    source = week[-1].quotes[0].name
    result = await manager.slash(
        scene.channel,
        "log recent",
        unanswered=True,
        thumbs_down=True,
        person=scene.ann,
        channel=scene.channel,
        since="7d",
        source=source,
    )

    assert steady(text(shown(result))) == snapshot("""\
Only questions without an answer, voted down, asked by <person>, in <channel>, since <time>, quoting “Islamic State loses ground at home and strikes abroad”.

There are none here. Leave out part of the filter, or see `/log recent`.\
""")  # noqa: E501


async def test_what_cannot_be_used_is_said_with_the_next_step(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    del week
    since = await manager.slash(scene.channel, "log recent", since="*yesterday*")
    source = await manager.slash(scene.channel, "log export", source="The *Daily* Planet")
    show = await manager.slash(scene.channel, "log show", id="`nothing`")

    assert [text(shown(result)) for result in (since, source, show)] == snapshot(
        [
            "I do not understand the time “\\*yesterday\\*”. Give a day such as 2026-03-31, or how long ago, such as 12h, 7d or 4w.",  # noqa: E501
            "No answer here quotes a source called “The \\*Daily\\* Planet”. See `/sources list` for the names.",
            "No question in this server has the id “\\`nothing\\`”. You find ids at the foot of *Why?* and *Context*, and in `/log recent`.",  # noqa: E501
        ]
    )


async def test_a_source_that_is_gone_can_still_be_asked_for(
    scene: Scene, manager: simcord.MemberActor, desk: Desk
) -> None:
    reply = desk.answerer.answer(FALLUJAH)
    row = row_of(reply, RequestOrigin(Surface.COMMAND, guild=scene.guild.id), asked_at=NOON, elapsed_ms=1.0, library="")
    await desk.log.add(replace(row, quotes=(LoggedQuote("gone.md", "The Gone", "0" * 64, 0, 4, "Gone", 1.0),)))

    assert await ids(manager, scene, source="the gone") == [row.id]


async def test_a_search_finds_words_in_any_spelling_and_says_what_was_searched_for(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    result = await manager.slash(scene.channel, "log search", words="  NÓBEL chem ")

    assert found_ids(result) == [row.id for row in week if row.question == NOBEL]
    assert text(shown(result)).splitlines()[0] == snapshot("Only questions with “NÓBEL chem”.")


async def test_a_search_for_nothing_that_was_asked_says_so(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    del week
    result = await manager.slash(scene.channel, "log search", words="@everyone * % NEAR(")

    assert text(shown(result)) == snapshot("""\
Only questions with “\\@everyone \\* % NEAR(”.

There are none here. Leave out part of the filter, or see `/log recent`.\
""")


async def test_pages_turn_both_ways_with_their_filter_also_after_a_restart(
    scene: Scene,
    manager: simcord.MemberActor,
    week: list[LogRow],
    new_bot: Callable[[], Quoth],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(log, "PER_PAGE", 2)
    of_ann = [row.id for row in week if row.asker == week[0].asker]
    listed = await manager.slash(scene.channel, "log recent", person=scene.ann, channel=scene.channel)
    pages = []

    async def turn(label: str) -> None:
        await manager.click(shown(listed), label=label)
        pages.append((found_ids(listed), labels(shown(listed))))

    await turn("Older")
    await scene.env.restart_bot(new_bot())
    await turn("Older")
    await turn("Newer")
    await turn("Newer")

    both, only_newer, only_older = ["Newer", "Older"], ["Newer"], ["Older"]
    assert pages == [(of_ann[2:4], both), (of_ann[4:], only_newer), (of_ann[2:4], both), (of_ann[:2], only_older)]
    assert "Only questions asked by" in text(shown(listed))


async def test_a_search_is_turned_by_buttons_too(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "PER_PAGE", 1)
    words = "won the nobel prize in chemistry? won the nobel prize in che"
    assert len(words) == 60
    listed = await manager.slash(scene.channel, "log search", words=words)

    await manager.click(shown(listed), label="Older")

    assert [row.id for row in week if row.question == NOBEL][1] in text(shown(listed))


async def test_a_receipt_has_all_that_is_kept_and_why(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    result = await manager.slash(scene.channel, "log show", id=f" {week[-1].id.upper()} ")

    assert result.ephemeral
    assert steady(drawn(one_embed(shown(result)))) == snapshot("""\
When was Fallujah lost?
2 quotes, <n>% sure · <n> ms · 👎 1
<time> · by command <channel>
asked by <code>
articles sha256\\:<digest>, the same as today
quoth 0.1.0

> In Iraq, IS has just lost Fallujah, a city of strategic value.
— **Islamic State loses ground at home and strikes abroad** › Losses on two fronts, 6 July 2016
2016-islamic-state-terror-abroad.md, characters 691 to 753, <n> points, sha256<digest>

> Fallujah fell to the Iraqi government's forces, who fought together with Shiite militias.
— **Islamic State loses ground at home and strikes abroad** › The rise before the fall, 6 July 2016
2016-islamic-state-terror-abroad.md, characters 1790 to 1879, <n> points, sha256<digest>

**Why these**
Sentences with its words\\: “Fallujah” 3, “lost” 14.
Passage 1\\: <n> points, most of it <parts>.
Passage 2\\: <n> points, most of it <parts>.
Only this server’s questions; only you can see this\
""")


async def test_a_receipt_of_a_refusal_has_the_closest_passages(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    result = await manager.slash(scene.channel, "log show", id=week[0].id)

    body = steady(text(shown(result)))
    assert body.splitlines()[0] == snapshot("no answer (unknown words) · <n> ms")
    assert "The closest passages, which were only suggested:" in body
    assert "None of the sources mentions any of “Nobel”, “prize”, “chemistry”." in body


async def test_a_receipt_says_where_why_cannot_be_told_any_more(
    scene: Scene, manager: simcord.MemberActor, desk: Desk
) -> None:
    place = RequestOrigin(Surface.COMMAND, guild=scene.guild.id, channel=scene.channel.id)
    library = desk.answerer.library.fingerprint
    reply, other = desk.answerer.answer(FALLUJAH), desk.answerer.answer(LEADER)
    changed = row_of(reply, place, asked_at=NOON, elapsed_ms=1.0, library="sha256:then")
    lost = row_of(reply, place, asked_at=NOON, elapsed_ms=1.0, library=library, follows="0" * 16)
    otherwise = row_of(other, place, asked_at=NOON, elapsed_ms=1.0, library=library, at_most=1)
    said = []
    for row in (changed, lost, otherwise):
        await desk.log.add(row)
        result = await manager.slash(scene.channel, "log show", id=row.id)
        said.append(text(shown(result)).split("\n\n")[-1])

    assert said == snapshot(
        [
            "I can no longer say why these are shown: the articles have changed.",
            "I can no longer say why these are shown: the question that it follows is no longer in the log.",
            "I can no longer say why these are shown: today the same articles give a different answer.",
        ]
    )


async def test_ids_are_offered_by_the_words_of_their_questions(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    newest = await manager.autocomplete(scene.channel, "log show", "id", "")
    found = await manager.autocomplete(scene.channel, "log show", "id", "group")
    named = await manager.autocomplete(scene.channel, "log show", "id", week[4].id)

    assert [choice["value"] for choice in newest] == [row.id for row in week]
    assert found == [{"name": LEADER, "value": week[3].id}]
    assert [choice["value"] for choice in named] == [week[4].id]


@pytest.mark.parametrize("command", ["log recent", "log stats", "log export"])
async def test_sources_and_moments_are_offered(scene: Scene, manager: simcord.MemberActor, command: str) -> None:
    (source,) = await manager.autocomplete(scene.channel, command, "source", "MOSÚL")
    moments = await manager.autocomplete(scene.channel, command, "since", "days")
    (day,) = await manager.autocomplete(scene.channel, command, "since", "2026-05-04")

    assert source["name"] == "After Mosul, ISIS prepares for life without a caliphate"
    assert moments == snapshot(
        [
            {"name": "the last 7 days", "value": "7d"},
            {"name": "the last 30 days", "value": "30d"},
            {"name": "the last 90 days", "value": "90d"},
        ]
    )
    assert day == snapshot({"name": "2026-05-04 00:00 UTC", "value": "2026-05-04"})


async def test_statistics_are_numbers_with_a_picture(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    del week
    result = await manager.slash(scene.channel, "log stats", since="2026-05-05")

    assert result.ephemeral
    assert steady(drawn(one_embed(shown(result)))) == snapshot("""\
What is asked
Only questions since <time>.

**6 questions from <day> to <day>, 50% answered.**
33% of the answers tentative · 👍 0 · 👎 0 · half within <n> ms, 99% within <n> ms

**Most quoted sources**
4 × Islamic State loses ground at home and strikes abroad
1 × How ISIS fills the gaps in Syria and Iraq
1 × Isis regains strength as the pressure on it fades

**Most asked subjects**
3 × chemistry
3 × Nobel
3 × prize
3 × won
2 × Fallujah
Only this server’s questions; only you can see this\
""")
    (picture,) = shown(result).attachments
    assert one_embed(shown(result)).image.url == "attachment://questions.png"
    assert (await picture.read()).startswith(b"\x89PNG")


async def test_statistics_are_bars_of_blocks_where_no_picture_can_be_drawn(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow], monkeypatch: pytest.MonkeyPatch
) -> None:
    del week
    monkeypatch.setattr(charts, "can_draw", lambda: False)

    result = await manager.slash(scene.channel, "log stats", person=scene.ann)

    assert steady(drawn(one_embed(shown(result)))) == snapshot("""\
What is asked
Only questions asked by <person>.

**6 questions from <day> to <day>, 50% answered.**
👍 0 · 👎 1 · half within <n> ms, 99% within <n> ms

**Questions per day** (█ answered, ░ not)
```
<day>  ████████████████████████ 1
<day>  ░░░░░░░░░░░░░░░░░░░░░░░░ 1
<day>  ████████████████████████ 1
<day>   0
<day>  ░░░░░░░░░░░░░░░░░░░░░░░░ 1
<day>  ████████████████████████ 1
<day>  ░░░░░░░░░░░░░░░░░░░░░░░░ 1
```

**Most quoted sources**
6 × Islamic State loses ground at home and strikes abroad

**Most asked subjects**
3 × chemistry
3 × Fallujah
3 × lost
3 × Nobel
3 × prize
Only this server’s questions; only you can see this\
""")
    assert shown(result).attachments == []


async def test_statistics_of_nothing_say_so(scene: Scene, manager: simcord.MemberActor) -> None:
    result = await manager.slash(scene.channel, "log stats")

    assert drawn(one_embed(shown(result))) == snapshot("""\
What is asked
Nothing has been asked here yet.
Only this server’s questions; only you can see this\
""")


def test_the_same_numbers_draw_the_same_picture_whatever_the_names_are() -> None:
    names = ["$x^2$ _{", "أخبار", "新聞", "a\nb" + "c" * 200, ""]
    stats = Stats(
        asked=9,
        answered=4,
        up=1,
        down=0,
        days=(Day(NOON.date(), 9, 4),),
        sources=tuple(Quoted(f"{number}.md", name, 5 - number) for number, name in enumerate(names)),
        newest=9,
        subjects=tuple((name, 7) for name in names),
        p50_ms=1.0,
        p99_ms=2.0,
    )

    assert charts.draw_stats(stats) == charts.draw_stats(stats)
    assert [charts.drawable(name, 3) for name in names] == snapshot(
        [
            "$x^2$ _{",
            "no. 3 on the list",
            "no. 3 on the list",
            "a bcccccccccccccccccccccccccccccccccccc…",
            "no. 3 on the list",
        ]
    )


async def test_an_export_is_a_file_for_one_person_with_the_filter(
    scene: Scene, manager: simcord.MemberActor, week: list[LogRow]
) -> None:
    table = await manager.slash(scene.channel, "log export", unanswered=True)
    lines = await manager.slash(scene.channel, "log export", form="jsonl", person=scene.ben)

    assert table.ephemeral
    assert lines.ephemeral
    assert steady(drawn(one_embed(shown(table)))) == snapshot("""\
Export
Only questions without an answer.

3 questions are in the file, newest first.
Only this server’s questions; only you can see this\
""")
    (file,) = shown(table).attachments
    rows = list(csv.DictReader(io.StringIO((await file.read()).decode(), newline="")))
    assert file.filename == "questions.csv"
    assert [row["id"] for row in rows] == [row.id for row in week if row.question == NOBEL]
    (file,) = shown(lines).attachments
    (record,) = map(json.loads, (await file.read()).decode().splitlines())
    assert file.filename == "questions.jsonl"
    assert (record["id"], record["question"]) == (week[3].id, LEADER)


async def test_an_export_that_is_too_large_comes_in_parts_also_after_a_restart(
    scene: Scene,
    manager: simcord.MemberActor,
    week: list[LogRow],
    new_bot: Callable[[], Quoth],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    sizes = [len(json.dumps(record(row))) for row in week]
    monkeypatch.setattr(reports, "LARGEST", sum(sizes[:4]) + 500)
    monkeypatch.setattr(reports, "AT_ONCE", 2)

    part = await manager.slash(scene.channel, "log export", form="jsonl")
    await scene.env.restart_bot(new_bot())
    parts = [part]
    while labels(shown(parts[-1])):
        parts.append(await manager.click(shown(parts[-1]), label="Older questions"))

    found = []
    for part in parts:
        (file,) = shown(part).attachments
        content = await file.read()
        assert len(content) <= reports.LARGEST
        found += [json.loads(line)["id"] for line in content.decode().splitlines()]
    assert len(parts) > 1
    assert found == [row.id for row in week]


def record(row: LogRow) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(EXPORT_FORMATS["jsonl"].line(row))
    return found


async def test_nothing_to_export_says_so(scene: Scene, manager: simcord.MemberActor) -> None:
    result = await manager.slash(scene.channel, "log export", thumbs_down=True)

    assert text(shown(result)) == snapshot("""\
Only questions voted down.

There is nothing to export.\
""")
    assert shown(result).attachments == []
