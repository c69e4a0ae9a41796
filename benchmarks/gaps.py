"""How well questions that ask for the same are grouped, and how long that takes.

    python -m benchmarks.gaps [--questions 10000]

Groups the made-up questions of benchmarks/gap_questions.jsonl, of which each says what it asks for, over the articles
in seeds/: precision is the share of a question's group that asks for the same, recall the share of what asks for the
same that is in its group, both averaged over the questions (B-cubed; Bagga and Baldwin 1998). Then groups so many
questions of made-up words.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.answering import open_answerer
from bot.config.settings import load_settings
from retrieval.evaluation.clustering import group

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer

HERE = Path(__file__).parent


def grouped(answerer: Answerer, questions: list[str]) -> list[list[int]]:
    return group(questions, answerer.corpus.analyzer, answerer.searcher.frequencies, len(answerer.corpus.sentences))


def b_cubed(groups: list[list[int]], subjects: list[str]) -> tuple[float, float]:
    """Give precision and recall."""
    precision = recall = 0.0
    for numbers in groups:
        for number in numbers:
            same = sum(subjects[other] == subjects[number] for other in numbers)
            precision += same / len(numbers)
            recall += same / subjects.count(subjects[number])
    return precision / len(subjects), recall / len(subjects)


def made_questions(count: int) -> list[str]:
    """Give questions of made-up words, of which few are frequent."""
    dice = random.Random(5)
    words = ["".join(dice.choices("abcdefghijklmnopqrstuvwxyz", k=dice.randint(3, 9))) for _ in range(5000)]
    usual = [1 / rank for rank in range(1, len(words) + 1)]
    return [" ".join(dice.choices(words, usual, k=9)).capitalize() + "?" for _ in range(count)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--questions", type=int, default=10_000)
    options = parser.parse_args()
    answerer = open_answerer(load_settings(seeds=HERE.parent / "seeds"))
    lines = [json.loads(line) for line in (HERE / "gap_questions.jsonl").read_text(encoding="utf-8").splitlines()]
    print(f"{'set':12}{'questions':>10}{'subjects':>10}{'groups':>8}{'precision':>11}{'recall':>8}")
    for name in dict.fromkeys(line["set"] for line in lines):
        asked = [line for line in lines if line["set"] == name]
        subjects = [line["subject"] for line in asked]
        groups = grouped(answerer, [line["question"] for line in asked])
        precision, recall = b_cubed(groups, subjects)
        print(f"{name:12}{len(asked):10}{len(set(subjects)):10}{len(groups):8}{precision:11.1%}{recall:8.1%}")
    made = made_questions(options.questions)
    started = time.perf_counter()
    groups = grouped(answerer, made)
    print(
        f"\n{len(made):,} questions of made-up words: {len(groups):,} groups in {time.perf_counter() - started:.2f} s"
    )


if __name__ == "__main__":
    main()
