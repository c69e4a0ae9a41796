"""Times every engine on one corpus; started by benchmarks/peers.py in the peers' own environment.

    python -m benchmarks.peers_worker FOLDER QUESTIONS SEED

FOLDER has what benchmarks/peers.py writes there; the figures go to standard output as JSON.

Ours is the search that answers use: of the sentence, its paragraph and its article together, where the others search
sentences alone. So its ten are compared with those of three rank_bm25, one a level, and the others' with those of one.
"""

from __future__ import annotations

import gc
import json
import os
import sqlite3
import sys
import time
from abc import ABC, abstractmethod
from itertools import pairwise
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import tantivy
from bm25s.tokenization import Tokenized
from rank_bm25 import BM25Plus

from retrieval.core.arrays import RaggedArray, StringArray, offsets_of
from retrieval.index.encoding.inversion import signatures
from retrieval.index.encoding.inversion_arrays import Rows
from retrieval.index.native import functions
from retrieval.index.segments.parts import CorpusPart, Order
from retrieval.index.segments.postings import Postings
from retrieval.index.segments.segment import Segment, below
from retrieval.search.bm25_part import ARTICLE, LEVEL_WEIGHTS, PARAGRAPH, SENTENCE, PartSearcher
from retrieval.search.bm25_statistics import Frequencies, Idf, Statistics

K1, B, TEN = 1.2, 0.75, 10
TURN = 20  # questions that an engine answers before it is the next one's turn
SLOW = 100_000  # of more sentences, the slow engines get fewer questions


class Texts:
    """The corpus in the forms that engines take: its sentences, in paragraphs, in articles."""

    def __init__(self, folder: Path) -> None:
        self.terms = RaggedArray(np.load(folder / "terms.npy"), np.load(folder / "starts.npy"))
        self.paragraph_at = offsets_of(np.load(folder / "paragraph_sizes.npy"))
        self.article_paragraph_at = offsets_of(np.load(folder / "article_sizes.npy"))
        self.sentence_at = self.paragraph_at[self.article_paragraph_at]
        self.words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
        self.numbers = {word: number for number, word in enumerate(self.words)}
        self.ids = [row.tolist() for row in self.terms]
        self.tokens = [[self.words[number] for number in ids] for ids in self.ids]

    def joined(self, sentence_at: np.ndarray) -> list[list[str]]:
        """The tokens of each paragraph or article, whose sentences begin where `sentence_at` says."""
        tokens = [self.words[number] for number in self.terms.values.tolist()]
        starts = self.terms.offsets[sentence_at].tolist()
        return [tokens[start:end] for start, end in pairwise(starts)]

    def part(self) -> CorpusPart:
        """All of it as a part of a corpus, without titles, headings and texts."""
        sentences, paragraphs, articles = len(self.terms), len(self.paragraph_at) - 1, len(self.sentence_at) - 1
        none = np.zeros(0, dtype=np.int32)
        headings, titles = (RaggedArray(none, np.zeros(rows + 1, dtype=np.int64)) for rows in (paragraphs, articles))
        segment = Segment(
            files=StringArray.of([]),
            file_article=none,
            vocabulary=StringArray.of([]),
            terms=self.terms,
            headings=headings,
            titles=titles,
            start=np.zeros(sentences, dtype=np.int32),
            end=np.zeros(sentences, dtype=np.int32),
            paragraph_of=np.repeat(np.arange(paragraphs, dtype=np.int32), np.diff(self.paragraph_at)),
            article_of=np.repeat(np.arange(articles, dtype=np.int32), np.diff(self.sentence_at)),
            sentence_at=self.sentence_at,
            article_paragraph_at=self.article_paragraph_at,
            paragraph_at=self.paragraph_at,
            paragraph_in=np.zeros(paragraphs, dtype=np.int32),
            signatures=signatures(self.terms.offsets, self.terms.values),
            by_sentence=Postings.of(Rows(self.terms.offsets, self.terms.values), len(self.words)),
            by_paragraph=Postings.of(below(headings, self.terms, self.paragraph_at), len(self.words)),
            by_article=Postings.of(below(titles, self.terms, self.sentence_at), len(self.words)),
            writings=None,  # type: ignore[arg-type]  # how words are written tells the search nothing
        )
        return CorpusPart(segment, (), np.arange(articles, dtype=np.int32))


class Engine(ABC):
    """One engine; `slow` is true of one that gets few questions in a large corpus."""

    name: str
    slow = False

    @abstractmethod
    def __init__(self, texts: Texts) -> None: ...

    @abstractmethod
    def ten(self, question: list[str]) -> Any:
        """The ten best, in whatever form the engine gives them."""

    def numbers(self, found: Any) -> list[int]:
        """The numbers of the sentences in what `ten` gave."""
        return list(map(int, found[0]))


class Quoth(Engine):
    name = "quoth, compiled"
    native = True

    def __init__(self, texts: Texts) -> None:
        part = texts.part()
        statistics = Statistics.of([part], len(texts.words))
        idf = Idf(Frequencies(texts.numbers, statistics.frequencies), statistics.documents[0])
        self.part = PartSearcher(part, Order.of([part]), idf, statistics, native=self.native)
        self.of_words = texts.numbers

    def ten(self, question: list[str]) -> Any:
        return self.part.best([(self.of_words.get(word, -1), 1.0) for word in question], TEN)


class QuothNumpy(Quoth):
    name = "quoth, numpy alone"
    native = False


class Tantivy(Engine):
    name = "tantivy-py"

    def __init__(self, texts: Texts) -> None:
        schema = tantivy.SchemaBuilder()
        schema.add_text_field("text", stored=False, tokenizer_name="whitespace", index_option="freq")
        schema.add_integer_field("number", stored=True, fast=True)
        self.index = tantivy.Index(schema.build())
        writer = self.index.writer(500_000_000, 1)
        for number, tokens in enumerate(texts.tokens):
            writer.add_document(tantivy.Document(text=" ".join(tokens), number=number))
        writer.commit()
        writer.wait_merging_threads()
        self.index.reload()
        self.searcher = self.index.searcher()

    def ten(self, question: list[str]) -> Any:
        term = tantivy.Query.term_query
        words = [(tantivy.Occur.Should, term(self.index.schema, "text", word, "freq")) for word in question]
        return self.searcher.search(tantivy.Query.boolean_query(words), TEN, count=False).hits

    def numbers(self, found: Any) -> list[int]:
        return [self.searcher.doc(address)["number"][0] for _, address in found]


class Bm25s(Engine):
    name = "bm25s, numba"
    backend = "numba"

    def __init__(self, texts: Texts) -> None:
        self.index = bm25s.BM25(k1=K1, b=B, delta=0, method="bm25+", backend=self.backend)
        self.index.index(Tokenized(texts.ids, texts.numbers), show_progress=False)

    def ten(self, question: list[str]) -> Any:
        return self.index.retrieve([question], k=TEN, show_progress=False, n_threads=0)

    def numbers(self, found: Any) -> list[int]:
        return list(map(int, found.documents[0][found.scores[0] > 0]))


class Bm25sNumpy(Bm25s):
    name = "bm25s, numpy"
    slow = True
    backend = "numpy"


class Fts5(Engine):
    name = "SQLite FTS5"
    slow = True

    def __init__(self, texts: Texts) -> None:
        self.database = sqlite3.connect(":memory:")
        self.database.execute("CREATE VIRTUAL TABLE sentences USING fts5(text, content='', tokenize='unicode61')")
        rows = ((number, " ".join(tokens)) for number, tokens in enumerate(texts.tokens))
        self.database.executemany("INSERT INTO sentences(rowid, text) VALUES (?, ?)", rows)
        self.database.execute("INSERT INTO sentences(sentences) VALUES ('optimize')")

    def ten(self, question: list[str]) -> Any:
        wanted = " OR ".join(f'"{word}"' for word in question)
        return self.database.execute(
            "SELECT rowid FROM sentences WHERE sentences MATCH ? ORDER BY rank LIMIT ?", (wanted, TEN)
        ).fetchall()

    def numbers(self, found: Any) -> list[int]:
        return [number for (number,) in found]


class RankBm25(Engine):
    name = "rank_bm25"
    slow = True

    def __init__(self, texts: Texts) -> None:
        self.index = BM25Plus(texts.tokens, k1=K1, b=B, delta=0)

    def ten(self, question: list[str]) -> Any:
        scores = self.index.get_scores(question)
        best = np.lexsort((np.arange(len(scores)), -scores))[:TEN] if len(scores) < SLOW else _best(scores)
        best = best[scores[best] > 0]
        return best, scores[best]


ENGINES = (Quoth, QuothNumpy, Tantivy, Bm25s, Bm25sNumpy, Fts5, RankBm25)


def _best(scores: np.ndarray) -> np.ndarray:
    """The ten best of many, of equal ones the first: all that reach the tenth, put in order."""
    close = np.flatnonzero(scores >= np.partition(scores, len(scores) - TEN)[len(scores) - TEN])
    return close[np.lexsort((close, -scores[close]))][:TEN]


def questions_of(texts: Texts, many: int, seed: int) -> list[list[str]]:
    """Questions of three to six different words of one sentence each, in any order."""
    rng = np.random.default_rng(seed)
    found: list[list[str]] = []
    while len(found) < many:
        tokens = list(dict.fromkeys(texts.tokens[int(rng.integers(len(texts.tokens)))]))
        if len(tokens) >= 3:
            found.append(rng.permutation(tokens)[: rng.integers(3, 7)].tolist())
    return found


class ThreeLevels:
    """The oracle of our own search: rank_bm25 over sentences, paragraphs and articles, with the idf of sentences."""

    def __init__(self, texts: Texts) -> None:
        documents = (texts.tokens, texts.joined(texts.paragraph_at), texts.joined(texts.sentence_at))
        self.levels = [
            BM25Plus(own, **parameters, delta=0)
            for own, parameters in zip(documents, (SENTENCE, PARAGRAPH, ARTICLE), strict=True)
        ]
        for level in self.levels[1:]:
            level.idf = self.levels[0].idf
        paragraphs = np.repeat(np.arange(len(texts.paragraph_at) - 1), np.diff(texts.paragraph_at))
        articles = np.repeat(np.arange(len(texts.sentence_at) - 1), np.diff(texts.sentence_at))
        self.document_of = (np.arange(len(texts.tokens)), paragraphs, articles)

    def ten(self, question: list[str]) -> tuple[list[int], list[float]]:
        own, around, above = (level.get_scores(question) for level in self.levels)
        total = LEVEL_WEIGHTS[0] * own + LEVEL_WEIGHTS[1] * around[self.document_of[1]]
        total = np.where(own > 0, total + LEVEL_WEIGHTS[2] * above[self.document_of[2]], 0.0)
        best = _best(total) if len(total) >= TEN else np.lexsort((np.arange(len(total)), -total))
        best = best[total[best] > 0]
        return best.tolist(), total[best].tolist()


def check_ours(engines: list[Engine], questions: list[list[str]], texts: Texts) -> None:
    """Ends the program where our search gives other floats than three rank_bm25."""
    oracle = ThreeLevels(texts)
    for question in questions:
        best, scores = oracle.ten(question)
        for engine in engines:
            if isinstance(engine, Quoth):
                found = engine.ten(question)
                if (found[0].tolist(), found[1].tolist()) != (best, scores):
                    sys.exit(f"{engine.name} gives {found} for {question}, where rank_bm25 gives {best}, {scores}")


def check(engines: list[Engine], questions: list[list[str]]) -> dict[str, float | None]:
    """The share of the oracle's ten that each engine finds; ends the program where one that must be right is not."""
    oracle = engines[-1]
    peers = [engine for engine in engines if not isinstance(engine, Quoth)]
    shares: dict[str, list[float]] = {engine.name: [] for engine in peers}
    for question in questions:
        best, scores = oracle.ten(question)
        known = dict(zip(best.tolist(), scores.tolist(), strict=True))
        for engine in peers:
            found = engine.ten(question)
            numbers = engine.numbers(found)
            if isinstance(engine, Bm25s) and not np.allclose(found.scores[0][: len(scores)], scores, rtol=1e-4):
                sys.exit(f"{engine.name} gives {found} for {question}, where rank_bm25 gives {best}, {scores}")
            shares[engine.name].append(len(known.keys() & set(numbers)) / len(known))
    agree: dict[str, float | None] = dict.fromkeys(engine.name for engine in engines)
    return agree | {name: float(np.mean(share)) for name, share in shares.items()}


def times(engines: list[Engine], questions: list[list[str]], few: int) -> dict[str, list[float]]:
    """The microseconds of each question and engine, the engines taking turns; slow ones get `few` questions.

    It is the time of the processor, of all threads together, so that waiting for other processes counts for nothing.
    """
    taken: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for engine in engines:
        engine.ten(questions[0])  # compiled, opened
    gc.disable()
    for at in range(0, len(questions), TURN):
        for engine in engines:
            if engine.slow and at >= few:
                continue
            for question in questions[at : at + min(TURN, few if engine.slow else TURN)]:
                started = time.process_time_ns()
                engine.ten(question)
                taken[engine.name].append((time.process_time_ns() - started) / 1000)
    gc.enable()
    return taken


def main() -> None:
    folder, many, seed = sys.argv[1:]
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    texts = Texts(Path(folder))
    questions = questions_of(texts, int(many), int(seed))
    built: dict[str, float] = {}
    engines: list[Engine] = []
    for make in ENGINES:
        if make is Quoth and not functions.available():
            continue
        started = time.perf_counter()
        engines.append(make(texts))
        built[make.name] = time.perf_counter() - started
    size = len(texts.tokens)
    checked = questions[: 1000 if size <= 10_000 else 200 if size <= SLOW else 10]
    agree = check(engines, checked)
    if size <= SLOW:  # three rank_bm25 of more sentences do not fit into the memory of many machines
        check_ours(engines, checked, texts)
    taken = times(engines, questions, few=200 if size <= SLOW else 10)
    figures = {
        name: {
            "p50": float(np.median(each)),
            "p99": float(np.quantile(each, 0.99)),
            "agree": agree[name],
            "built": built[name],
        }
        for name, each in taken.items()
    }
    said = f"{len(questions):,} questions, {len(checked):,} of them checked"
    print(json.dumps({"sentences": size, "words": len(texts.words), "checked": said, "engines": figures}))


if __name__ == "__main__":
    main()
