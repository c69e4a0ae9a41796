"""Labelled questions over a folder of articles: the form of the sets that weights are learnt from and judged on."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.answer.answerer import Answerer
from retrieval.core.model import Kind
from retrieval.evaluation import labelled_questions
from retrieval.index.corpus import read
from retrieval.ingestion.library import load

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.with_model import RememberingEncoder
    from retrieval.core.model import Article, Block
    from retrieval.core.query_model import Query
    from retrieval.ingestion.library import Library

PARTS = 10


@dataclass(frozen=True, slots=True)
class Question(labelled_questions.Question):
    """A labelled question that knows the part of its set that it belongs to, and the questions that came before it."""

    after: tuple[str, ...] = ()

    def previous(self, answerer: Answerer) -> Query | None:
        """How the question before it was read, where it is a follow-up."""
        query = None
        for text in self.after:
            query = answerer.analyze(text, after=query).query
        return query

    @property
    def part(self) -> int:
        """0 to 9, the same for all questions of an article, so that a judged article was never learnt from."""
        home = self.gold[0][0] if self.gold else self.id
        return int(hashlib.sha256(home.encode()).hexdigest(), 16) % PARTS


def questions_of(folder: Path) -> list[Question]:
    """The questions in `folder`/questions.jsonl on `folder`/articles; see retrieval.evaluation.labelled_questions."""
    articles = {article.file: article for article in load(folder / "articles").articles}
    found = []
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            where = f"line {number}"
            row = json.loads(line)
            read = labelled_questions.question_of(row, articles, where=where, id=where)
            after = row.get("after") or ()
            found.append(
                Question(read.id, read.text, read.gold, read.kind, (after,) if isinstance(after, str) else tuple(after))
            )
    return found


PIECE = "#"  # between the file of an article and the number of a piece of it


def in_pieces(articles: Sequence[Article], count: int) -> tuple[Article, ...]:
    """Each article as `count` articles without a title, each with a part of its blocks: a library on one subject."""
    if count == 1:
        return tuple(articles)
    made = []
    for article in articles:
        numbered = [(place, block) for place, block in enumerate(article.blocks) if block.kind is not Kind.TITLE]
        size = max(1, -(-len(numbered) // count))
        for piece, at in enumerate(range(0, len(numbered), size)):
            file = f"{article.file}{PIECE}{piece}"
            made.append(
                dataclasses.replace(article, file=file, name=f"{piece}", blocks=_apart(numbered[at : at + size]))
            )
    return tuple(made)


def _apart(numbered: Sequence[tuple[int, Block]]) -> tuple[Block, ...]:
    """Blocks of an article, each with its place there, as those of another; a parent that is not there is none."""
    places = {place: number for number, (place, _) in enumerate(numbered)}
    return tuple(dataclasses.replace(block, parent=places.get(block.parent, -1)) for _, block in numbered)


def whole(file: str) -> str:
    """The file of the article that a piece is of."""
    return file.partition(PIECE)[0]


def answerer_of(folder: Path, encoder: RememberingEncoder | None = None) -> Answerer:
    """An answerer over `folder`/articles, for which an encoder reads along where one is given."""
    return answerer_over(load(folder / "articles"), encoder)


def answerer_over(library: Library, encoder: RememberingEncoder | None = None) -> Answerer:
    """The same over a library."""
    corpus = read(library)
    return Answerer(library, corpus=corpus, meaning=encoder.index_of(corpus) if encoder else None)
