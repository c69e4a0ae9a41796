"""How well the confidence tells a topic that the articles have from one that they have not.

    python -m benchmarks.absent_topics ../shared/data/new_wiki ../shared/data/selqa_dev

Every second article of a set is taken away; a question whose article is gone should be refused. Prints the area under
the ROC curve, what share of the answerable questions is kept where 5 % of the others are answered, and both shares at
the threshold in use.
"""

from __future__ import annotations

import argparse
import dataclasses
import random
from pathlib import Path

import numpy as np

from benchmarks.question_sets import questions_of
from retrieval.answering import ENOUGH, Answerer
from retrieval.library import load


def figures(folder: Path, count: int) -> str:
    """The figures of one set, from `count` of its questions chosen by a fixed seed."""
    library = load(folder / "articles")
    half = dataclasses.replace(library, articles=library.articles[::2])
    answerer = Answerer(half)
    left = {article.file for article in half.articles}
    questions = questions_of(folder)
    questions = random.Random(1).sample(questions, min(count, len(questions)))
    here = np.array([any(file in left for file, _ in question.gold) for question in questions])
    sure = np.array([answerer.answer(question.text).confidence for question in questions])
    yes, no = sure[here], sure[~here]
    area = np.mean((yes[:, None] > no) + 0.5 * (yes[:, None] == no))
    return (
        f"{folder.name}: {len(yes)} with their article, {len(no)} without  AUC {area:.3f}  "
        f"kept at 5 % false answers {100 * np.mean(yes > np.quantile(no, 0.95)):.1f} %  "
        f"at {ENOUGH}: kept {100 * np.mean(yes >= ENOUGH):.1f} %, false answers {100 * np.mean(no >= ENOUGH):.1f} %"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with articles/ and questions.jsonl")
    parser.add_argument("--count", type=int, default=700, help="questions of each set")
    options = parser.parse_args()
    for folder in options.folders:
        print(figures(folder, options.count))


if __name__ == "__main__":
    main()
