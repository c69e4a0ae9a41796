"""Labelled questions are asked, and what became of them is printed with the reasons."""
# ruff: noqa: E501 - what is printed is held as it is printed, a line a line

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from inline_snapshot import snapshot

from bot.cli.evaluate.evaluation_file import Evaluation, read_evaluation
from bot.cli.evaluate.figures import show_calibration
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.terminal import Terminal
from retrieval.evaluation.metrics import Judgement
from tests.bot.cli.conftest import LIGHTHOUSE

if TYPE_CHECKING:
    from tests.bot.cli.running import Quoth

SHARED = Path(__file__).parents[4] / "shared"

BUILT = {
    "id": "built",
    "question": "When was the lighthouse of Norrholm built?",
    "gold": [{"file": "lighthouse.md", "quote": "built in 1874"}],
}
COST = {
    "question": "How much will the new tram line in Veldhaven cost?",
    "gold": [{"file": "trams.txt", "start": 84, "end": 120}],
}
PYTHON = {"question": "How do I install Python on Windows?", "gold": []}
# Labelled wrongly on purpose: the one is refused and the other is answered, whatever the ranking.
REFUSED = {**PYTHON, "id": "refused", "gold": BUILT["gold"]}
ANSWERED = {**BUILT, "id": "answered", "gold": []}
ELSEWHERE = {**COST, "id": "elsewhere", "gold": [{"file": "trams.txt", "quote": "voted for a new tram line"}]}
HEADING = {**BUILT, "id": "heading", "gold": [{"file": "lighthouse.md", "quote": "# The lighthouse"}]}


def lines(*questions: object) -> str:
    return "".join(f"{json.dumps(question)}\n" for question in questions)


# What the weights and the machine decide.
CHANGING = (
    (r"^(Calibration error|ms p50 / p99) .*$", r"\1  <n>"),
    (r"[\d.]+ %(, and an answer needs) [\d.]+ %", r"<n>\1 <n>"),
    (r"(then and is) [\d.]+( now)", r"\1 <n>\2"),
    (r"^(What counted more for the \w+:) .*$", r"\1 <parts>"),
    (r"(\S) {2,}", r"\1  "),  # columns as wide as what is in them
    (r"Quoth was .*\n", ""),
)


def plain(printed: str) -> str:
    for pattern, written in CHANGING:
        printed = re.sub(pattern, written, printed, flags=re.MULTILINE)
    return printed


def test_the_figures_are_a_table_and_right_answers_are_no_misses(quoth: Quoth) -> None:
    ran = quoth("eval", "-", stdin=lines(BUILT, COST, PYTHON))
    table, _, rest = ran.out.partition("\n\nWhat the confidence says")

    assert (ran.status, ran.err) == (0, "")
    assert plain(table) == snapshot("""\
3 questions to 2 articles: 2 that they answer, 1 that they do not.

R@1  100.0 %  a right sentence is found first
R@3  100.0 %  … or is among the first 3
R@10  100.0 %  … or among the first 10
MRR@10  100.0 %  mean of 1 / rank of the first right one
In first quotation  100.0 %  as it is shown, with its context
Answerable refused  0 of 2
Answerable tentative  0 of 2  answered as not sure
Unanswerable answered  0 of 1  answered as sure
Unanswerable tentative  0 of 1  answered as not sure
AUC  1.000  confidence tells the two apart; chance is .5
Kept at 5 % false  100.0 %  answerable kept, 5 % of others answered
Calibration error  <n>
ms p50 / p99  <n>\
""")
    assert rest.endswith(" begin with a wrong sentence.\n\nNo misses.\n")


def test_misses_are_shown_with_what_came_first_and_why(quoth: Quoth) -> None:
    ran = quoth(
        "eval",
        "-",
        "--misses",
        "4",
        stdin=lines(BUILT, REFUSED, ANSWERED, ELSEWHERE, HEADING, {**HEADING, "id": "two"}),
    )

    assert plain(ran.out.partition("\nMiss 1")[2]) == snapshot("""\
 of 5, refused: How do I install Python on Windows?
It was refused although the articles answer it: the confidence is <n>, and an answer needs <n>. No source mentions “install”, “Python” or “Windows”.
The answer is not among the sentences that were ranked. It has no word of the question: “install”, “Python”, “Windows”.

First came:
> The city council of Veldhaven voted for a new tram line in May.
  Trams come back to Veldhaven

The answer is:
> The lighthouse of Norrholm was built in 1874.
  The lighthouse of Norrholm · 4 March 2021

Miss 2 of 5, answered: When was the lighthouse of Norrholm built?
It was answered although the articles do not answer it: the confidence is <n>, and an answer needs <n>.

First came:
> The lighthouse of Norrholm was built in 1874.
  The lighthouse of Norrholm · 4 March 2021

Miss 3 of 5, elsewhere: How much will the new tram line in Veldhaven cost?
The answer came 2nd. The first quotation shows it all the same. Of the question's words it has “new”, “tram”, “line”, “Veldhaven” and lacks “cost”.
What counted more for the first: <parts>
What counted more for the answer: <parts>

First came:
> The line will cost 40 million euros.
  Trams come back to Veldhaven

The answer is:
> The city council of Veldhaven voted for a new tram line in May.
  Trams come back to Veldhaven

Miss 4 of 5, heading: When was the lighthouse of Norrholm built?
The place that the file gives is in no sentence that can be quoted, but in a heading, a caption or the like; give another place.

First came:
> The lighthouse of Norrholm was built in 1874.
  The lighthouse of Norrholm · 4 March 2021

1 more miss; --misses 5 explains them all.
""")


def test_misses_may_be_left_out(quoth: Quoth) -> None:
    assert quoth("eval", "-", "--misses", "0", stdin=lines(REFUSED)).out.endswith("\n1 miss; --misses 1 explains it.\n")


def test_json_has_everything_and_can_be_read_again(quoth: Quoth, folder: Path) -> None:
    ran = quoth("eval", "-", "--json", stdin=lines(BUILT, REFUSED, PYTHON))
    (record,) = ran.objects
    (folder / "before.json").write_text(ran.out, encoding="utf-8")
    read = read_evaluation(folder / "before.json")

    assert (ran.status, ran.err) == (0, "")
    assert list(record) == snapshot(
        ["library", "version", "articles", "limit", "enough", "judgements", "figures", "kinds", "calibration", "misses"]
    )
    assert [(judged.id, judged.right) for judged in read.judgements] == [
        ("built", True),
        ("refused", False),
        ("line 3", True),
    ]
    assert record["figures"]["recall_at_1"] == 0.5
    (miss,) = record["misses"]
    assert (miss["id"], miss["answer"]["file"], miss["has"]) == ("refused", "lighthouse.md", [])
    assert LIGHTHOUSE[miss["answer"]["start"] : miss["answer"]["end"]] == miss["answer"]["text"]


def judgement(question: str, *, rank: int | None, reason: str | None = None, confidence: float = 1.0) -> dict[str, Any]:
    return {
        "id": "any",
        "question": question,
        "answerable": True,
        "reason": reason,
        "confidence": confidence,
        "rank": rank,
        "in_first": rank == 1,
        "elapsed_ms": 1.0,
    }


def evaluation(*judgements: dict[str, Any], **others: object) -> dict[str, Any]:
    about = {"library": "sha256:0", "version": "0.0.1", "articles": 2, "limit": 10, "enough": 0.9}
    return {**about, "judgements": list(judgements), **others}


def test_figures_are_printed_by_kind_where_questions_have_one(quoth: Quoth) -> None:
    asked = lines({**BUILT, "kind": "when"}, {**COST, "kind": "number"}, {**PYTHON, "kind": "number"}, HEADING)

    ran = quoth("eval", "-", "--misses", "0", stdin=asked)
    (record,) = quoth("eval", "-", "--json", stdin=asked).objects

    assert "\nBy kind of question:\n\nKind" in ran.text
    assert [kind["kind"] for kind in record["kinds"]] == ["number", "when"]
    assert [(kind["answerable"], kind["unanswerable"], kind["recall_at_1"]) for kind in record["kinds"]] == [
        (1, 1, 1.0),
        (1, 0, 1.0),
    ]
    assert "By kind" not in quoth("eval", "-", "--misses", "0", stdin=lines(BUILT)).text


def test_before_and_after_are_shown_side_by_side(quoth: Quoth, folder: Path) -> None:
    before = evaluation(
        judgement(str(BUILT["question"]), rank=2),
        judgement(str(COST["question"]), rank=1, reason="weak_match"),
        judgement(str(REFUSED["question"]), rank=1),
        judgement("What else?", rank=1),
    )
    (folder / "before.json").write_text(json.dumps(before), encoding="utf-8")
    ran = quoth("eval", "-", "--compare", "before.json", stdin=lines(BUILT, COST, REFUSED, HEADING))
    compared = ran.out.partition("\nCompared")[2]

    assert (ran.status, ran.err) == (0, "")
    assert plain(compared) == snapshot("""\
 with before.json:
The articles have changed since.
The threshold was 0.90 then and is <n> now.
Left out is what is not in both: 1 question of then and 1 question of now.

                           Before  Now
R@1  66.7 %  66.7 %
R@3  100.0 %  66.7 %
R@10  100.0 %  66.7 %
MRR@10  83.3 %  66.7 %
In first quotation  66.7 %  66.7 %
Answerable refused  1 of 3  1 of 3
Answerable tentative  0 of 3  0 of 3
Unanswerable answered  –  –
Unanswerable tentative  –  –
AUC  –  –
Kept at 5 % false  –  –
Calibration error  <n>
ms p50 / p99  <n>

Won: 2 questions
built  2nd → 1st  When was the lighthouse of Norrholm built?
line 2  refused (1st) → 1st  How much will the new tram line in Veldhaven cost?

Lost: 1 question
refused  1st → refused (not found)  How do I install Python on Windows?

2 won, 1 lost, 0 as right or wrong as before but with another rank. Chance alone would make such a difference, or a greater one, in 100 % of such comparisons.
""")


def test_what_changed_is_in_the_json_too(quoth: Quoth, folder: Path) -> None:
    (folder / "before.json").write_text(
        json.dumps(evaluation(judgement(str(BUILT["question"]), rank=None))), encoding="utf-8"
    )
    (record,) = quoth("eval", "-", "--json", "--compare", "before.json", stdin=lines(BUILT)).objects

    assert record["comparison"]["won"] == [
        {
            "id": "built",
            "question": BUILT["question"],
            "before": {"rank": None, "reason": None},
            "now": {"rank": 1, "reason": None},
        }
    ]


def test_nothing_in_common_is_said(quoth: Quoth, folder: Path) -> None:
    (folder / "before.json").write_text(json.dumps(evaluation(judgement("What?", rank=1))), encoding="utf-8")

    ran = quoth("eval", "-", "--compare", "before.json", stdin=lines(BUILT))

    assert ran.out.endswith("\nNothing to compare: before.json has none of these questions.\n")


def test_calibration_is_shown_bin_by_bin(capsys: pytest.CaptureFixture[str]) -> None:
    judged = [
        Judgement("a", "a", True, None, 0.97, 1, True, 1.0),
        Judgement("b", "b", True, None, 0.91, 2, True, 1.0),
        Judgement("c", "c", False, "weak_match", 0.12, None, False, 1.0),
    ]
    show_calibration(Terminal(), Evaluation("sha256:0", "0.1.0", articles=2, limit=10, enough=0.5, judgements=judged))

    assert capsys.readouterr().out == snapshot("""\

What the confidence says, and how often the first sentence was right:

Confidence  Questions    Said   Right
0.1 to 0.2          1  12.0 %   0.0 %
0.9 to 1.0          2  94.0 %  50.0 %

With the threshold in use, 0.50, 66.7 % of the questions are answered, and 50.0 % of those answers begin with a wrong sentence.
""")


def test_every_bad_line_is_told_at_once(quoth: Quoth, folder: Path) -> None:
    (folder / "q.jsonl").write_text(
        "oops\n\n" + lines(BUILT, {**COST, "id": "built"}, {"question": "Who?"}, {"question": "Who?", "gold": ["x"]}),
        encoding="utf-8",
    )
    ran = quoth("eval", "q.jsonl")

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == snapshot("""\
q.jsonl, line 1 is not JSON (oops); write it as {"question": "Who leads now?", "gold": [{"file": "article.md", "quote": "is led by Ann"}]}, or with "gold": [] where the articles do not answer it.
q.jsonl, line 4 has the id “built” of line 3; give it one of its own, or none.
q.jsonl, line 5 has no “gold”; write it as {"question": "Who leads now?", "gold": [{"file": "article.md", "quote": "is led by Ann"}]}, or with "gold": [] where the articles do not answer it.
q.jsonl, line 6 has "x" in “gold”; write {"file": "article.md", "quote": "its words"} or {"file": "article.md", "start": 0, "end": 42}.
""")


def test_many_bad_lines_are_counted(quoth: Quoth) -> None:
    ran = quoth("eval", "-", stdin="oops\n" * 12)

    assert len(ran.err.splitlines()) == 11
    assert ran.err.endswith("\nThere are 2 more lines like that; fix these first.\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("no.jsonl",),
            "no.jsonl cannot be read (No such file or directory); check the name, or use - to read a pipe.",
        ),
        (("seeds",), "seeds cannot be read (Is a directory); check the name, or use - to read a pipe."),
        (
            ("-",),
            'There is no question in standard input; write one a line, as {"question": "Who leads now?", "gold": [{"file": "article.md", "quote": "is led by Ann"}]}, or with "gold": [] where the articles do not answer it.',
        ),
        (("-", "--misses", "-1"), "--misses is -1; give 0 or more."),
        (("-", "--limit", "11"), "--limit is '11': give 10 or less."),
        (("-", "--plot", "a.gif"), "--plot is a.gif, and a picture can be .png, .svg or .pdf; give such an ending."),
        (("-", "--plot", "x/a.png"), "--plot is x/a.png, and there is no folder x; make it first."),
        (
            ("-", "--compare", "no.json"),
            "no.json cannot be read (No such file or directory); check the name behind --compare.",
        ),
        (
            ("-", "--compare", "seeds/trams.txt"),
            "seeds/trams.txt is not what `quoth eval --json` prints; write that into a file before a change (`quoth eval QUESTIONS --json > before.json`), and name the file behind --compare after it.",
        ),
    ],
)
def test_what_cannot_be_used_is_said_with_what_to_do(quoth: Quoth, arguments: tuple[str, ...], said: str) -> None:
    ran = quoth("eval", *arguments)

    assert (ran.status, ran.out, ran.err) == (2, "", f"{said}\n")


def test_everything_wrong_with_the_options_is_said_together(quoth: Quoth) -> None:
    ran = quoth("eval", "-", "--plot", "a.gif", "--misses", "-1", "--limit", "0", "--seeds", "nowhere")

    assert (ran.status, len(ran.err.splitlines())) == (2, 4)


VALUES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.lists(st.none(), max_size=2)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    key=st.sampled_from([*evaluation(), *judgement("", rank=1)]),
    value=VALUES,
)
def test_any_other_file_is_refused_or_compared(folder: Path, key: str, value: object) -> None:
    inner = {**judgement("Who?", rank=1), key: value} if key in judgement("", rank=1) else judgement("Who?", rank=1)
    record = evaluation(inner, **({key: value} if key in evaluation() else {}))
    (folder / "before.json").write_text(json.dumps(record), encoding="utf-8")
    try:
        read = read_evaluation(folder / "before.json").judgements
    except InputError:
        return

    assert all(0 <= judged.confidence <= 1 for judged in read)


def test_the_curve_is_drawn_into_a_picture(quoth: Quoth, folder: Path) -> None:
    before = evaluation(judgement("Who?", rank=1), judgement("Where?", rank=None, confidence=0.4))
    (folder / "before.json").write_text(json.dumps(before), encoding="utf-8")
    ran = quoth("eval", "-", "--plot", "curve.svg", "--compare", "before.json", stdin=lines(BUILT, COST, PYTHON))

    assert (ran.status, ran.err) == (0, "")
    assert ran.out.endswith("\nThe risk–coverage curve is in curve.svg.\n")
    drawn = (folder / "curve.svg").read_text(encoding="utf-8")
    assert drawn.count("threshold in use") == 2
    assert "Risk and coverage over 3 questions" in drawn


def test_a_picture_without_matplotlib_is_said_before_anything_is_asked(
    quoth: Quoth, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    ran = quoth("eval", "-", "--plot", "curve.png", stdin=lines(BUILT))

    assert (ran.status, ran.out) == (2, "")
    assert ran.err == (
        f"--plot needs matplotlib, which is not installed; run `{shlex.quote(sys.executable)} -m pip install "
        "'quoth[plot]'` and try again.\n"
    )
    assert not (folder / "curve.png").exists()


def test_the_figures_are_those_of_the_scorer(quoth: Quoth, folder: Path) -> None:
    scorer, questions = SHARED / "eval" / "score.py", SHARED / "gold" / "seed_questions.jsonl"
    if not (scorer.exists() and questions.exists()):
        pytest.skip("the scorer and its labelled questions are not beside the checkout")
    seeds = ("--seeds", str(SHARED / "seeds"))
    answers = folder / "answers.jsonl"
    answers.write_text(quoth("ask", "--json", "--limit", "10", "--from", str(questions), *seeds).out, encoding="utf-8")
    command = [sys.executable, str(scorer), str(questions), str(answers), "--articles", str(SHARED / "seeds")]
    scored = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    (record,) = quoth("eval", str(questions), "--json", *seeds).objects
    found = record["figures"]

    shares = {
        "R@1": "recall_at_1",
        "R@3": "recall_at_3",
        "R@5": "recall_at_5",
        "R@10": "recall_at_10",
        "MRR@10": "mrr_at_10",
        "gold in first shown excerpt": "in_first",
        "answerable kept at 5% false answers": "kept_at_5_percent",
    }
    assert {name: round(100 * found[ours], 1) for name, ours in shares.items()} == {
        name: scored[name] for name in shares
    }
    assert found["auc"] == pytest.approx(scored["confidence AUC"])
    assert (found["answerable"], found["answerable_refused"]) == (scored["questions"], scored["answerable refused"])
    assert (found["unanswerable"], found["unanswerable_answered"]) == (
        scored["unanswerable"],
        scored["unanswerable answered"],
    )
    assert (found["answerable_tentative"], found["unanswerable_tentative"]) == (
        scored["answerable tentative"],
        scored["unanswerable tentative"],
    )
