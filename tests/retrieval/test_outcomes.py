"""A question is answered, answered as not sure, or refused; further quotes have to earn their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, NoAnswer, Quote, Reply
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from pathlib import Path

LIBRARY: dict[str, str | bytes] = {
    "fees.md": "---\ndate: 2019-03-01\n---\n# Letter\n\nThe workshop fee is 12 euros a month.\n\nIt rains in April.\n",
    "news.md": "---\ndate: 2023-05-01\n---\n# News\n\nThe workshop fee is 15 euros a month.\n\nThe yard is closed.\n",
    "tools.md": "# Tools\n\n## Keys\n\n| Tool | Keeper | Since |\n| --- | --- | --- |\n"
    "| band saw | Ada Lindqvist | 4 March 2021 |\n| lathe | Bo Strand | 9 May 2022 |\n\n"
    "The lathe was bought for 900 euros from a school.\n",
}
FEE = "How much is the workshop fee a month?"


def reply_of(folder: Path, question: str, files: dict[str, str | bytes] = LIBRARY, **thresholds: float) -> Reply:
    return Answerer(library_of(folder, files), **thresholds).answer(question)  # type: ignore[arg-type]


def quotes_of(reply: Reply) -> tuple[Quote, ...]:
    assert isinstance(reply, Answer)
    return reply.quotes


def test_the_two_thresholds_part_answers_from_tentative_ones_and_those_from_refusals(tmp_path: Path) -> None:
    sure = reply_of(tmp_path, FEE, min_confidence=0, sure_confidence=0)
    assert isinstance(sure, Answer)
    at = sure.confidence
    unsure = reply_of(tmp_path, FEE, min_confidence=at, sure_confidence=at + 0.01)
    refused = reply_of(tmp_path, FEE, min_confidence=at + 0.01, sure_confidence=at + 0.02)
    at_once = reply_of(tmp_path, FEE, min_confidence=at, sure_confidence=at)

    assert isinstance(unsure, Answer)
    assert (sure.tentative, unsure.tentative) == (False, True)
    assert isinstance(refused, NoAnswer)
    assert refused.confidence == unsure.confidence == at
    assert isinstance(at_once, Answer)
    assert not at_once.tentative


def test_a_tentative_answer_has_two_quotes_at_most_unless_more_are_asked_for(tmp_path: Path) -> None:
    many = {f"{n}.md": f"# Hall {n}\n\nThe tram hall number {n} has {n} doors.\n" for n in range(11, 17)}
    answerer = Answerer(library_of(tmp_path, {**many}), min_confidence=0, sure_confidence=1, limit=5)
    question = "How many doors does the tram hall have?"

    assert len(quotes_of(answerer.answer(question))) == 2
    assert len(quotes_of(answerer.answer(question, limit=5, weaker=True))) == 5


def test_a_sentence_that_goes_on_from_the_best_one_is_quoted_with_it(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "kit.md": "# Trips\n\nEach group can borrow one sampling kit. It waits in Harbour Hall, at the desk. "
        "The river is cold in May.\n\nThe boat leaves at ten.\n"
    }
    first = quotes_of(reply_of(tmp_path, "Where can I find the sampling kit?", files, min_confidence=0))[0]

    assert first.text == "Each group can borrow one sampling kit. It waits in Harbour Hall, at the desk."


def test_the_newest_of_those_that_answer_alike_comes_first_and_the_other_is_older(tmp_path: Path) -> None:
    newer, older = quotes_of(reply_of(tmp_path, FEE, sure_confidence=0.2))

    assert (newer.text, newer.older) == ("The workshop fee is 15 euros a month.", False)
    assert (older.text, older.older) == ("The workshop fee is 12 euros a month.", True)


def test_a_source_without_a_date_is_not_put_behind_a_dated_one(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "# Fees\n\nThe workshop fee is 12 euros a month.\n",
        "b.md": "---\ndate: 2023-05-01\n---\n# Notes\n\nThe fee of the workshop, they say, is 15 euros a month now.\n",
    }
    first, *others = quotes_of(reply_of(tmp_path, FEE, files, sure_confidence=0.2))

    assert first.article.file == "a.md"
    assert not any(quote.older for quote in (first, *others))


def test_who_took_over_comes_before_who_used_to_be_where_a_question_asks_about_now(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "club.md": "# Club\n\nMara Lind, who used to lead the choir, moved away in May.\n\nThe choir has 40 singers.\n",
        "news.md": "# News\n\nThe hall is cold.\n\nTomas Brandt took over as leader of the choir.\n",
    }

    now = quotes_of(reply_of(tmp_path, "Who leads the choir now?", files, min_confidence=0))
    then = quotes_of(reply_of(tmp_path, "Who used to lead the choir?", files, min_confidence=0))

    assert now[0].text == "Tomas Brandt took over as leader of the choir."
    assert then[0].text == "Mara Lind, who used to lead the choir, moved away in May."


def test_a_question_about_the_past_is_not_answered_with_what_holds_today(tmp_path: Path) -> None:
    assert not any(quote.older for quote in quotes_of(reply_of(tmp_path, "How much was the workshop fee a month?")))


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        (FEE, ["15 euros"]),
        ("Who is the keeper of the band saw?", ["Ada Lindqvist"]),
        ("Since when is the band saw with its keeper?", ["4 March 2021"]),
        ("For how much was the lathe bought from a school?", ["900 euros"]),
        ("Why is the yard closed?", []),
    ],
)
def test_the_words_that_answer_are_told_where_they_can_be(tmp_path: Path, question: str, answers: list[str]) -> None:
    best, *_ = quotes_of(reply_of(tmp_path, question, min_confidence=0))

    assert [best.article.text[span.start : span.end] for span in best.answers] == answers


@pytest.mark.parametrize(
    ("question", "answers"),
    [("How long is the exam?", ["three hours"]), ("How much is the exam worth?", ["40 points"])],
)
def test_an_amount_of_another_kind_than_is_asked_for_is_not_marked(
    tmp_path: Path, question: str, answers: list[str]
) -> None:
    files: dict[str, str | bytes] = {"exam.md": "# Exam\n\nThe exam takes three hours and is worth 40 points.\n"}
    (best,) = quotes_of(reply_of(tmp_path, question, files, min_confidence=0))

    assert [best.article.text[span.start : span.end] for span in best.answers] == answers


def test_what_no_source_mentions_is_what_no_reader_can_see_anywhere(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "rules.md": "# Rules\n\n## Lathe\n\n| Colour | Place |\n| --- | --- |\n| red | yard |\n"
    }
    reply = reply_of(tmp_path, "Does the lathe rule give a colour for Mozambique?", files, min_confidence=1)

    assert isinstance(reply, NoAnswer)
    assert [term.word for term in reply.unmentioned] == ["Mozambique"]


def test_a_further_quote_is_no_heading_alone_and_no_piece_of_a_sentence(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "a.md": "# Sheds\n\nThe bicycle shed opens at seven.\n",
        "b.md": "# Plan\n\n## The bicycle shed opens\n",
        "c.md": "# List\n\nbicycle shed opens\n",
        "d.md": "# More\n\nIn summer the bicycle shed opens at six.\n",
    }
    found = quotes_of(
        reply_of(tmp_path, "When does the bicycle shed open?", files, min_confidence=0, sure_confidence=0)
    )

    assert sorted(quote.article.file for quote in found) == ["a.md", "d.md"]
