"""How long a whole answer takes, from the question to the Reply, and what takes it.

    python -m benchmarks.answer_time seeds --questions ../shared/data/new_wiki/questions.jsonl

For each folder of articles: the median and the 99th percentile in milliseconds over the questions, asked once before so
that what is kept between questions is there, and the share of each stage and of each ranking feature in all that time.
Run it with one core, such as under `taskset -c 0`.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from retrieval.answer.answerer import Answerer
from retrieval.ingestion.library import load
from retrieval.search.reranking.calibration import ConfidenceModel
from retrieval.search.reranking.reranker import FEATURES, rerank

if TYPE_CHECKING:
    from collections.abc import Callable

    from retrieval.search.reranking.passage_features import Passage
    from retrieval.search.reranking.question_features import QuestionFeatures


def milliseconds(what: Callable[[], object]) -> float:
    """The time that a call takes."""
    started = time.perf_counter()
    what()
    return (time.perf_counter() - started) * 1000


def stages(answerer: Answerer, questions: list[str]) -> dict[str, float]:
    """The milliseconds of each stage, over all questions, each measured by itself; quoting is what is left."""
    found = dict.fromkeys(("whole", "analysis", "question features", "candidates", "reranking", "confidence"), 0.0)
    for question in questions:
        found["whole"] += milliseconds(lambda: answerer.answer(question))  # noqa: B023 - called at once
        found["analysis"] += milliseconds(lambda: answerer.analyze(question))  # noqa: B023
        analysis = answerer.analyze(question)
        query = analysis.query
        found["question features"] += milliseconds(lambda: answerer.features(analysis))  # noqa: B023
        found["candidates"] += milliseconds(lambda: answerer.candidates(query))  # noqa: B023
        hits = answerer.candidates(query)
        features = answerer.features(analysis)
        found["reranking"] += milliseconds(lambda: rerank(features, hits))  # noqa: B023
        if hits:
            ranked = rerank(features, hits)
            found["confidence"] += milliseconds(lambda: ConfidenceModel(features, ranked).confidence(ranked[0]))  # noqa: B023
    return found


def features_of(answerer: Answerer, questions: list[str]) -> dict[str, float]:
    """The milliseconds of each ranking feature, over all questions and candidates."""
    found = dict.fromkeys((feature.key for feature in FEATURES), 0.0)
    for question in questions:
        analysis = answerer.analyze(question)
        features = answerer.features(analysis)
        asked = features.question
        passages = features.of([hit.sentence for hit in answerer.candidates(analysis.query)])
        for feature in filter(lambda feature: feature.counts_for(asked), FEATURES):
            found[feature.key] += milliseconds(lambda: _each(feature.measure, asked, passages))  # noqa: B023
    return found


def _each(
    measure: Callable[[QuestionFeatures, Passage], float], asked: QuestionFeatures, passages: list[Passage]
) -> None:
    for passage in passages:
        measure(asked, passage)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of articles")
    parser.add_argument("--questions", type=Path, required=True, help="JSON Lines with `question`")
    parser.add_argument("--count", type=int, default=300, help="questions, chosen by a fixed seed")
    options = parser.parse_args()
    with options.questions.open(encoding="utf-8") as lines:
        asked = [json.loads(line)["question"] for line in lines]
    questions = random.Random(1).sample(asked, min(options.count, len(asked)))
    for folder in options.folders:
        answerer = Answerer(load(folder))
        for question in questions:
            answerer.answer(question)
        times = [milliseconds(lambda: answerer.answer(question)) for question in questions]  # noqa: B023
        print(f"{folder}: {len(answerer.corpus.sentences):,} sentences, {len(questions)} questions")
        print(f"  p50 {np.median(times):.2f} ms  p99 {np.quantile(times, 0.99):.2f} ms")
        took = stages(answerer, questions)
        whole = took.pop("whole")
        took["speaking and quoting"] = max(0.0, whole - sum(took.values()))
        for name, value in took.items():
            print(f"    {name:24}{100 * value / whole:5.1f} %")
        for name, value in sorted(features_of(answerer, questions).items(), key=lambda item: -item[1])[:5]:
            print(f"      feature {name:22}{100 * value / whole:5.1f} %")


if __name__ == "__main__":
    main()
