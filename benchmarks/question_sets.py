"""Labelled questions over a folder of articles: the form of the sets that weights are learnt from and judged on."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

from retrieval import questions
from retrieval.answering import Answerer
from retrieval.library import load

if TYPE_CHECKING:
    from pathlib import Path

PARTS = 10


class Question(questions.Question):
    """A labelled question that knows the part of its set that it belongs to."""

    __slots__ = ()

    @property
    def part(self) -> int:
        """0 to 9, the same for all questions of an article, so that a judged article was never learnt from."""
        home = self.gold[0][0] if self.gold else self.id
        return int(hashlib.sha256(home.encode()).hexdigest(), 16) % PARTS


def questions_of(folder: Path) -> list[Question]:
    """The questions in `folder`/questions.jsonl, in the form of retrieval/questions.py, on `folder`/articles."""
    articles = {article.file: article for article in load(folder / "articles").articles}
    found = []
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            where = f"line {number}"
            read = questions.question_of(json.loads(line), articles, where=where, id=where)
            found.append(Question(read.id, read.text, read.gold))
    return found


def answerer_of(folder: Path) -> Answerer:
    """An answerer over `folder`/articles."""
    return Answerer(load(folder / "articles"))
