"""Quoth's own ranking beside that of a sentence encoder, over the same units of labelled sets.

    python -m benchmarks.neural_peers --model FOLDER ../shared/data/communities/* ../shared/data/selqa_dev

Quoth's is that of its answers: `Answerer.candidates`, reranked. The encoder's is the cosine of the question with every
unit, each read as "title > headings (column heads). unit"; searched exactly, among embeddings of a byte a number. Both
look for a unit that covers a gold place (retrieval.evaluation.labelled_questions), on one thread. Quoth reads a
follow-up after the question before it, the encoder by itself. Its weights were learnt on some of these sets
(benchmarks/learn_weights.py), which flatters it there; the encoder learnt on none of them, as far as its makers say.
Printed are the shares of the questions with a right unit among the first 1, 3 and 10 and the mean of 1 / rank, by set
and by kind of question, the median milliseconds that a question takes from its words to its ten best units, and what
embedding the units costs, which is done anew in each run. Times are those of the processor.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path
from statistics import fmean, median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.encoders.encoder import Encoder
from benchmarks.encoders.model_folder import ModelError
from benchmarks.encoders.unit_embeddings import embed_units
from benchmarks.question_sets import answerer_of, questions_of
from retrieval.analysis.visible_text import visible
from retrieval.core.model import Kind
from retrieval.search.reranking.reranker import rerank

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from benchmarks.encoders.unit_embeddings import UnitEmbeddings
    from benchmarks.question_sets import Question
    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Article, Sentence, Span

DEEPEST = 10
NAMING = {Kind.TITLE, Kind.HEADING, Kind.TERM, Kind.NOTE}  # what names a unit below it


@dataclass(frozen=True, slots=True)
class Found:
    """How a ranking did on one question: the rank of the first right unit, from 1, None below DEEPEST."""

    kind: str
    rank: int | None
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Compared:
    """A set asked both ways, and what embedding its units took."""

    quoth: Sequence[Found]
    encoder: Sequence[Found]
    units: int
    seconds: float
    megabytes: float


WAYS = (attrgetter("quoth"), attrgetter("encoder"))


def unit_text(sentence: Sentence) -> str:
    """A unit with what names it, as an encoder reads it: "title > headings (column heads). unit"."""
    article = sentence.article
    names: list[str] = []
    heads = ""
    place = sentence.block.parent
    while place >= 0:
        block = article.blocks[place]
        if block.kind in NAMING:
            names.append(_seen(article, block.span))
        elif block.kind is Kind.TABLE_HEAD:
            heads = f" ({_seen(article, block.span)})"
        place = block.parent
    path = " > ".join(dict.fromkeys(name for name in (article.name, *reversed(names)) if name))
    return f"{path}{heads}. {_seen(article, sentence.span)}"


def _seen(article: Article, span: Span) -> str:
    """What a reader sees of a stretch, in one line, the cells of a row parted by commas."""
    line = " ".join(visible(article.text, article.hidden, span).text.split())
    return ", ".join(cell for each in line.split("|") if (cell := each.strip()))


def compare(folder: Path, encoder: Encoder) -> Compared:
    """Ask the questions of a set that have an answer, both ways."""
    answerer = answerer_of(folder)
    questions = [question for question in questions_of(folder) if question.gold]
    texts = [unit_text(sentence) for sentence in answerer.corpus.sentences]
    with TemporaryDirectory() as made:
        path = Path(made) / "units.embeddings"
        started = time.process_time()
        kept = embed_units(path, encoder, texts)
        seconds = time.process_time() - started
        return Compared(
            quoth=[by_quoth(answerer, question) for question in questions],
            encoder=[by_encoder(answerer, encoder, kept, question) for question in questions],
            units=len(texts),
            seconds=seconds,
            megabytes=path.stat().st_size / 1e6,
        )


def by_quoth(answerer: Answerer, question: Question) -> Found:
    """How the ranking that answers are made of does on a question."""
    previous = question.previous(answerer)
    started = time.process_time()
    analysis = answerer.analyze(question.text, after=previous)
    hits = rerank(answerer.features(analysis), answerer.candidates(analysis.query))
    milliseconds = (time.process_time() - started) * 1000
    return Found(question.kind, rank_of(question, (hit.sentence for hit in hits[:DEEPEST])), milliseconds)


def by_encoder(answerer: Answerer, encoder: Encoder, kept: UnitEmbeddings, question: Question) -> Found:
    """How the cosine ranks the units for a question."""
    started = time.process_time()
    near = kept.nearest(encoder.question(question.text), DEEPEST)
    milliseconds = (time.process_time() - started) * 1000
    return Found(question.kind, rank_of(question, (answerer.corpus.sentences[unit] for unit, _ in near)), milliseconds)


def rank_of(question: Question, ranked: Iterable[Sentence]) -> int | None:
    """The place, from 1, of the first unit that answers a question."""
    return next((rank for rank, unit in enumerate(ranked, 1) if question.answered_by(unit)), None)


def figures(found: Sequence[Found]) -> str:
    """R@1 / R@3 / R@10 / MRR@10 in per cent."""
    shares = [fmean(each.rank is not None and each.rank <= k for each in found) for k in (1, 3, DEEPEST)]
    mrr = fmean(1 / each.rank if each.rank else 0.0 for each in found)
    return " / ".join(f"{100 * value:.1f}" for value in (*shares, mrr))


def by_kind(compared: Iterable[Compared]) -> dict[str, tuple[list[Found], list[Found]]]:
    """What became of the questions of each kind, over all sets; those that have none are left out."""
    kinds: dict[str, tuple[list[Found], list[Found]]] = defaultdict(lambda: ([], []))
    for each in compared:
        for quoth, encoder in zip(each.quoth, each.encoder, strict=True):
            if quoth.kind:
                kinds[quoth.kind][0].append(quoth)
                kinds[quoth.kind][1].append(encoder)
    return kinds


def _row(label: str, quoth: Sequence[Found], encoder: Sequence[Found]) -> str:
    return f"| {label} | {len(quoth)} | {figures(quoth)} | {figures(encoder)} |"


def _costs(name: str, compared: Compared) -> str:
    both = (median(each.milliseconds for each in found) for found in (compared.quoth, compared.encoder))
    quoth, encoder = (f"{milliseconds:.1f}" for milliseconds in both)
    return f"| {name} | {quoth} | {encoder} | {compared.units:,} | {compared.seconds:.1f} | {compared.megabytes:.2f} |"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path, metavar="FOLDER_OF_SET")
    parser.add_argument("--model", type=Path, required=True, help="the folder of the encoder")
    asked = parser.parse_args()
    try:
        encoder = Encoder(asked.model)
    except ModelError as error:
        sys.exit(str(error))
    compared = {}
    for folder in asked.sets:
        print(f"{folder.name} …", file=sys.stderr)
        compared[folder.name] = compare(folder, encoder)
    head = f"questions | Quoth: R@1 / R@3 / R@10 / MRR@10 | {encoder.model.name}: the same |\n|---|---|---|---|"
    print(f"| set | {head}")
    for name, each in compared.items():
        print(_row(name, each.quoth, each.encoder))
    if len(compared) > 1:
        print(_row("all", *([found for each in compared.values() for found in way(each)] for way in WAYS)))
    print(f"\n| kind, all sets | {head}")
    for kind, found in sorted(by_kind(compared.values()).items()):
        print(_row(kind, *found))
    print(f"\n| set | Quoth, ms | {encoder.model.name}, ms | units | seconds to embed | MB |")
    print("|---|---|---|---|---|---|")
    for name, each in compared.items():
        print(_costs(name, each))


if __name__ == "__main__":
    main()
