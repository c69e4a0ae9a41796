"""How well a follow-up question is answered, for several weights of what it carries over from the one before.

    python -m benchmarks.follow_ups ../shared/data/new_wiki ../shared/data/selqa_dev

Each line of follow_ups.jsonl is a conversation over the articles in seeds/ and the words that its last question should
be answered with, null where it should be refused. Then, for each of the folders, how many of its questions, all of
which were asked by themselves, would be taken for a follow-up of the one before.
"""

from __future__ import annotations

import argparse
import json
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

from benchmarks.question_sets import answerer_of, questions_of
from retrieval.answer.answerer import Answerer
from retrieval.core.model import Answer, shown
from retrieval.ingestion.library import load
from retrieval.query import follow_up

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.query_model import Query

HERE = Path(__file__).parent
TRIED = (0.0, 0.3, 0.5, 0.7, 0.8, 1.0)
DEEP = 10


def figures(answerer: Answerer, talks: Sequence[dict[str, Any]]) -> str:
    """The figures of the conversations, with the weights that are in use."""
    first = answered = refused = 0
    ranks = 0.0
    answerable = sum(talk["quote"] is not None for talk in talks)
    for talk in talks:
        query: Query | None = None
        for question in talk["questions"][:-1]:
            query = answerer.analyze(question, after=query).query
        reply = answerer.answer(talk["questions"][-1], limit=DEEP, after=query, weaker=True)
        if talk["quote"] is None:
            refused += not isinstance(reply, Answer)
            continue
        rank = next((n for n, quote in enumerate(shown(reply), 1) if talk["quote"] in quote.text), 0)
        first += rank == 1
        ranks += 1 / rank if rank else 0
        answered += isinstance(reply, Answer)
    return (
        f"R@1 {100 * first / answerable:.1f}  MRR {100 * ranks / answerable:.1f}  "
        f"answered {answered} of {answerable}  refused {refused} of {len(talks) - answerable}"
    )


def taken_for_follow_ups(folder: Path) -> str:
    """How many of a set's questions would be read with words of the one before."""
    answerer = answerer_of(folder)
    queries = [answerer.analyze(question.text).query for question in questions_of(folder)]
    taken = sum(
        bool(answerer.analyze(later.question, after=earlier).query.carried) for earlier, later in pairwise(queries)
    )
    return f"{folder.name}: {taken} of {len(queries)} taken for a follow-up ({100 * taken / len(queries):.1f} %)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path, help="folders with articles/ and questions.jsonl")
    options = parser.parse_args()
    lines = (HERE / "follow_ups.jsonl").read_text(encoding="utf-8").splitlines()
    talks = [json.loads(line) for line in lines]
    answerer = Answerer(load(HERE.parent / "seeds"))
    print(f"as it is: {figures(answerer, talks)}")
    for weight in TRIED:
        with patch.dict(follow_up.WEIGHTS, dict.fromkeys(follow_up.WEIGHTS, (weight, weight))):
            print(f"{weight} for every term: {figures(answerer, talks)}")
    for folder in options.folders:
        print(taken_for_follow_ups(folder))


if __name__ == "__main__":
    main()
