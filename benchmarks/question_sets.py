"""Labelled questions over a folder of articles: the form of the sets that weights are learnt from and judged on."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answering import Answerer
from retrieval.library import load
from retrieval.model import Span

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.model import Sentence

PARTS = 10


@dataclass(frozen=True, slots=True)
class Question:
    """A question and the places that answer it, by file; none where the articles do not answer it."""

    id: str
    text: str
    gold: tuple[tuple[str, Span], ...]

    @property
    def part(self) -> int:
        """0 to 9, the same for all questions of an article, so that a judged article was never learnt from."""
        home = self.gold[0][0] if self.gold else self.id
        return int(hashlib.sha256(home.encode()).hexdigest(), 16) % PARTS

    def answered_by(self, sentence: Sentence) -> bool:
        """Whether a sentence and a gold place cover each other by half of the shorter one."""
        return any(file == sentence.article.file and _covers(sentence.span, span) for file, span in self.gold)


def _covers(a: Span, b: Span) -> bool:
    both = min(a.end, b.end) - max(a.start, b.start)
    return both > 0 and both >= 0.5 * min(len(a), len(b))


def questions_of(folder: Path) -> list[Question]:
    """The questions in `folder`/questions.jsonl: {"id", "question", "gold": [{"file", "start", "end"}]} a line."""
    found = []
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            gold = tuple((place["file"], Span(place["start"], place["end"])) for place in row["gold"])
            found.append(Question(str(row["id"]), row["question"], gold))
    return found


def answerer_of(folder: Path) -> Answerer:
    """An answerer over `folder`/articles."""
    return Answerer(load(folder / "articles"))
