"""Two evaluations of the same questions, before a change and after it: what was won and what was lost."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from retrieval.evaluation.metrics import figures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.evaluation.metrics import Figures, Judgement


@dataclass(frozen=True, slots=True)
class QuestionChange:
    """One question before and now."""

    before: Judgement
    now: Judgement


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed on the questions that both evaluations have; `figures` are over those alone, None if there are none.

    `won` were wrong before and are right now (see Judgement.right), `lost` the other way round; `moved` are those of
    another rank or outcome that are as right as they were. `only_before` and `only_now` count the other questions.
    """

    figures: tuple[Figures, Figures] | None
    won: tuple[QuestionChange, ...]
    lost: tuple[QuestionChange, ...]
    moved: tuple[QuestionChange, ...]
    only_before: int
    only_now: int

    @property
    def chance(self) -> float:
        """How often a coin thrown for each question won or lost would differ as much or more, 0 to 1.

        The sign test, two-sided (Dixon and Mood, "The statistical sign test", JASA 41, 1946).
        """
        changed, fewer = len(self.won) + len(self.lost), min(len(self.won), len(self.lost))
        ways = sum(math.comb(changed, k) for k in range(fewer + 1))
        return min(1.0, float(Fraction(2 * ways, 2**changed)))


def compare(before: Sequence[Judgement], now: Sequence[Judgement]) -> Comparison:
    """What changed from `before` to `now`; a question is the same where its words are, whatever its id."""
    earlier, later = _by_words(before), _by_words(now)
    both = [QuestionChange(earlier[words], judgement) for words, judgement in later.items() if words in earlier]
    changed = [change for change in both if _seen(change.before) != _seen(change.now)]
    return Comparison(
        figures=(figures([c.before for c in both]), figures([c.now for c in both])) if both else None,
        won=tuple(change for change in changed if change.now.right and not change.before.right),
        lost=tuple(change for change in changed if change.before.right and not change.now.right),
        moved=tuple(change for change in changed if change.before.right == change.now.right),
        only_before=len(earlier) - len(both),
        only_now=len(later) - len(both),
    )


def _by_words(judgements: Sequence[Judgement]) -> dict[tuple[str, bool, int], Judgement]:
    """Each question by its words, whether it has an answer, and how often it came before in the same file."""
    found: dict[tuple[str, bool, int], Judgement] = {}
    seen: Counter[tuple[str, bool]] = Counter()
    for judgement in judgements:
        words = (judgement.question, judgement.answerable)
        found[*words, seen[words]] = judgement
        seen[words] += 1
    return found


def _seen(judgement: Judgement) -> tuple[int | None, bool]:
    return judgement.rank, judgement.answered
