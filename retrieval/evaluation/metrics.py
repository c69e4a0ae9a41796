"""Labelled questions -> recall, refusals, calibration: what became of each question, and figures over all of them.

Finding and refusing are judged apart. The ranking is that of the sentences found, quote by quote, and where a question
was refused that of the nearest passages.
"""

from __future__ import annotations

import math
import time
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from statistics import fmean
from typing import TYPE_CHECKING

from retrieval.core.model import Answer, NoAnswer, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from retrieval.answer.answerer import Answerer
    from retrieval.core.model import Reply
    from retrieval.evaluation.labelled_questions import Question

DEEPEST = 10  # sentences of a ranking that are looked at
BINS = 10
FALSE_ANSWERS = 0.05  # the share of unanswerable questions that "kept" lets through
DIGITS = 4  # of a confidence; less is the noise of adding floats, and would order what is equal


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one question.

    `rank`, from 1 to 10, is that of the first sentence found that answers it; None where there is none. `in_first` says
    whether the first quotation, with its context, has the answer. `reason` is why it was refused, None for an answer,
    and `tentative` whether that was given with reserve. `kind` is that of the question, "" where it has none.
    """

    id: str
    question: str
    answerable: bool
    reason: str | None
    confidence: float
    rank: int | None
    in_first: bool
    elapsed_ms: float
    tentative: bool = False
    kind: str = ""

    @property
    def answered(self) -> bool:
        return self.reason is None

    @property
    def right(self) -> bool:
        """Whether it is as it should be: answered with a right sentence first, or refused where there is no answer."""
        return self.answered and self.rank == 1 if self.answerable else not self.answered


def evaluate(
    answerer: Answerer,
    questions: Sequence[Question],
    *,
    limit: int = DEEPEST,
    progress: Callable[[int, int], None] | None = None,
) -> list[tuple[Judgement, Reply]]:
    """What became of each question, answered with at most `limit` quotes; `progress` is told (done, in all)."""
    judged = []
    for done, question in enumerate(questions, 1):
        started = time.perf_counter()
        reply = answerer.answer(question.text, limit=limit, weaker=True)
        judged.append((judge(question, reply, (time.perf_counter() - started) * 1000), reply))
        if progress:
            progress(done, len(questions))
    return judged


def judge(question: Question, reply: Reply, elapsed_ms: float) -> Judgement:
    """The judgement on a reply to `question`."""
    quotes = shown(reply)
    found = [(quote.article.file, span) for quote in quotes for span in quote.sentences][:DEEPEST]
    return Judgement(
        id=question.id,
        question=question.text,
        answerable=bool(question.gold),
        reason=reply.reason.value if isinstance(reply, NoAnswer) else None,
        confidence=round(reply.confidence, DIGITS),
        rank=next((rank for rank, place in enumerate(found, 1) if question.answered_at(*place)), None),
        in_first=bool(quotes) and question.answered_at(quotes[0].article.file, quotes[0].span),
        elapsed_ms=elapsed_ms,
        tentative=isinstance(reply, Answer) and reply.tentative,
        kind=question.kind,
    )


@dataclass(frozen=True, slots=True)
class Figures:
    """Figures over many questions. Shares are between 0 and 1; None where there is no question to take them from.

    `recall_at_k` is the share of the answerable questions with a right sentence among the first k, `mrr_at_10` the mean
    of 1 / rank (0 where it is not among the first 10). `auc` is the chance that an answerable question has a higher
    confidence than an unanswerable one (the area under the ROC curve; ties count half), and `kept_at_5_percent` the
    share of the answerable that a threshold keeps which lets 5 % of the others through. What was answered
    tentatively is neither refused nor `answered`.
    """

    answerable: int
    unanswerable: int
    recall_at_1: float | None
    recall_at_3: float | None
    recall_at_5: float | None
    recall_at_10: float | None
    mrr_at_10: float | None
    in_first: float | None
    answerable_refused: int
    unanswerable_answered: int
    answerable_tentative: int
    unanswerable_tentative: int
    auc: float | None
    kept_at_5_percent: float | None
    calibration_error: float
    ms_p50: float
    ms_p99: float


def figures(judgements: Sequence[Judgement]) -> Figures:
    """The figures over `judgements`, at least one."""
    yes = [judgement for judgement in judgements if judgement.answerable]
    no = [judgement for judgement in judgements if not judgement.answerable]
    ranks = [judgement.rank or math.inf for judgement in yes]
    sure = sorted(judgement.confidence for judgement in yes)
    unsure = sorted(judgement.confidence for judgement in no)
    times = sorted(judgement.elapsed_ms for judgement in judgements)
    return Figures(
        answerable=len(yes),
        unanswerable=len(no),
        recall_at_1=_mean(rank <= 1 for rank in ranks),
        recall_at_3=_mean(rank <= 3 for rank in ranks),
        recall_at_5=_mean(rank <= 5 for rank in ranks),
        recall_at_10=_mean(rank <= DEEPEST for rank in ranks),
        mrr_at_10=_mean(1 / rank for rank in ranks),
        in_first=_mean(judgement.in_first for judgement in yes),
        answerable_refused=sum(not judgement.answered for judgement in yes),
        unanswerable_answered=sum(judgement.answered and not judgement.tentative for judgement in no),
        answerable_tentative=sum(judgement.tentative for judgement in yes),
        unanswerable_tentative=sum(judgement.tentative for judgement in no),
        auc=_auc(sure, unsure),
        kept_at_5_percent=_kept(sure, unsure),
        calibration_error=calibration_error(calibration(judgements)),
        ms_p50=times[len(times) // 2],
        ms_p99=times[int(0.99 * len(times))],
    )


@dataclass(frozen=True, slots=True)
class KindFigures:
    """What became of the questions of one kind. Shares are of the answerable, None where there is none."""

    kind: str
    answerable: int
    unanswerable: int
    recall_at_1: float | None
    recall_at_3: float | None
    recall_at_10: float | None
    answerable_refused: int
    answerable_tentative: int
    unanswerable_answered: int
    unanswerable_tentative: int


def figures_by_kind(judgements: Sequence[Judgement]) -> list[KindFigures]:
    """The figures of each kind of question, those with most questions first; none where no question has a kind."""
    by_kind: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        if judgement.kind:
            by_kind.setdefault(judgement.kind, []).append(judgement)
    ordered = sorted(by_kind.items(), key=lambda item: (-len(item[1]), item[0]))
    return [_of_kind(kind, figures(inside)) for kind, inside in ordered]


def _of_kind(kind: str, found: Figures) -> KindFigures:
    return KindFigures(
        kind=kind,
        answerable=found.answerable,
        unanswerable=found.unanswerable,
        recall_at_1=found.recall_at_1,
        recall_at_3=found.recall_at_3,
        recall_at_10=found.recall_at_10,
        answerable_refused=found.answerable_refused,
        answerable_tentative=found.answerable_tentative,
        unanswerable_answered=found.unanswerable_answered,
        unanswerable_tentative=found.unanswerable_tentative,
    )


def _mean(values: Iterable[float]) -> float | None:
    given = list(values)
    return fmean(given) if given else None


def _auc(sure: Sequence[float], unsure: Sequence[float]) -> float | None:
    """The area under the ROC curve of two sorted lists, by the ranks of Mann and Whitney (1947)."""
    if not unsure:
        return None
    return _mean((bisect_left(unsure, value) + bisect_right(unsure, value)) / 2 / len(unsure) for value in sure)


def _kept(sure: Sequence[float], unsure: Sequence[float]) -> float | None:
    if not unsure:
        return None
    threshold = unsure[int((1 - FALSE_ANSWERS) * len(unsure))]
    return _mean(value > threshold for value in sure)


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions with a confidence from `low` up to `high`: their number, what it says, what is true, as shares."""

    low: float
    high: float
    questions: int
    said: float
    right: float


def calibration(judgements: Sequence[Judgement]) -> list[Bin]:
    """The confidence against how often the first sentence found was right, in ten bins of one width; none is empty.

    For a question that the articles do not answer no sentence is right.
    """
    filled: dict[int, list[Judgement]] = {}
    for judgement in judgements:
        filled.setdefault(min(int(judgement.confidence * BINS), BINS - 1), []).append(judgement)
    return [
        Bin(
            low=number / BINS,
            high=(number + 1) / BINS,
            questions=len(inside),
            said=fmean(judgement.confidence for judgement in inside),
            right=fmean(judgement.rank == 1 for judgement in inside),
        )
        for number, inside in sorted(filled.items())
    ]


def calibration_error(bins: Sequence[Bin]) -> float:
    """The expected calibration error: the mean of |said - right| over the questions, bin by bin.

    Guo et al., "On calibration of modern neural networks", ICML 2017, equation 3.
    """
    return sum(found.questions * abs(found.said - found.right) for found in bins) / sum(b.questions for b in bins)


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold on the confidence does: the share of all questions answered, and how many of those wrongly."""

    threshold: float
    coverage: float
    risk: float


def risk_coverage(judgements: Sequence[Judgement]) -> list[Point]:
    """The risk–coverage curve: a point for each confidence that occurs, from the highest down.

    El-Yaniv and Wiener, "On the foundations of noise-free selective classification", JMLR 11, 2010. An answer is wrong
    where its first sentence is, and always where the articles do not answer the question.
    """
    ordered = sorted(judgements, key=lambda judgement: -judgement.confidence)
    points = []
    wrong = 0
    for count, judgement in enumerate(ordered, 1):
        wrong += judgement.rank != 1
        if count == len(ordered) or ordered[count].confidence < judgement.confidence:
            points.append(Point(judgement.confidence, count / len(ordered), wrong / count))
    return points


def in_use(judgements: Sequence[Judgement], threshold: float) -> Point | None:
    """Where the program itself is on that curve, by what it answered; None where it answered nothing."""
    answered = [judgement for judgement in judgements if judgement.answered]
    if not answered:
        return None
    wrong = sum(judgement.rank != 1 for judgement in answered)
    return Point(threshold, len(answered) / len(judgements), wrong / len(answered))
