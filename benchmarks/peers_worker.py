"""Times every engine on one corpus; started by benchmarks/peers.py in the peers' own environment.

    python -m benchmarks.peers_worker FOLDER QUESTIONS SEED

FOLDER has starts.npy, terms.npy and words.txt; the figures go to standard output as JSON.
"""

from __future__ import annotations

import gc
import json
import os
import sqlite3
import sys
import time
from abc import ABC, abstractmethod
from pathlib import Path
from typing import Any

import bm25s
import numpy as np
import tantivy
from bm25s.tokenization import Tokenized
from rank_bm25 import BM25Plus

from retrieval.index.native import functions
from retrieval.index.segments.postings import Documents, Postings, Sentences
from retrieval.search import bm25_numpy
from retrieval.search.bm25 import PostingsBM25
from retrieval.search.bm25_scorer import Frequencies, Idf

K1, B, TEN = 1.2, 0.75, 10
TURN = 20  # questions that an engine answers before it is the next one's turn
SLOW = 100_000  # of more sentences, the slow engines get fewer questions


class Texts:
    """The corpus in the forms that engines take."""

    def __init__(self, folder: Path) -> None:
        self.documents = Documents(np.load(folder / "starts.npy"), np.load(folder / "terms.npy"))
        self.words = (folder / "words.txt").read_text(encoding="utf-8").split("\n")
        self.numbers = {word: number for number, word in enumerate(self.words)}
        self.ids = [self.documents[n].tolist() for n in range(len(self.documents))]
        self.tokens = [[self.words[number] for number in ids] for ids in self.ids]


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

    def __init__(self, texts: Texts) -> None:
        postings = Postings.of(texts.documents, len(texts.words))
        idf = Idf(Frequencies(texts.numbers, np.diff(postings.offsets).astype(np.int32)), len(texts.documents))
        average = len(texts.documents.terms) / len(texts.documents)
        self.index = PostingsBM25(postings, idf, k1=K1, b=B, avgdl=average, sentences=Sentences.of(texts.documents))

    def ten(self, question: list[str]) -> Any:
        return self.index.top(question, TEN)


class QuothNumpy(Quoth):
    name = "quoth, numpy alone"

    def ten(self, question: list[str]) -> Any:
        numbers = self.index.numbers
        return bm25_numpy.top(self.index, self.index.known((numbers.get(word, -1), 1.0) for word in question), TEN)


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


def check(engines: list[Engine], questions: list[list[str]]) -> dict[str, float]:
    """The share of the oracle's ten that each engine finds; ends the program where one that must be right is not."""
    oracle = engines[-1]
    shares: dict[str, list[float]] = {engine.name: [] for engine in engines}
    for question in questions:
        best, scores = oracle.ten(question)
        known = dict(zip(best.tolist(), scores.tolist(), strict=True))
        for engine in engines:
            found = engine.ten(question)
            numbers = engine.numbers(found)
            if isinstance(engine, Quoth) and (numbers != best.tolist() or found[1].tolist() != scores.tolist()):
                sys.exit(f"{engine.name} gives {found} for {question}, where rank_bm25 gives {best}, {scores}")
            if isinstance(engine, Bm25s) and not np.allclose(found.scores[0][: len(scores)], scores, rtol=1e-4):
                sys.exit(f"{engine.name} gives {found} for {question}, where rank_bm25 gives {best}, {scores}")
            shares[engine.name].append(len(known.keys() & set(numbers)) / len(known))
    return {name: float(np.mean(share)) for name, share in shares.items()}


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
        if make is Quoth and functions.load() is None:
            continue
        started = time.perf_counter()
        engines.append(make(texts))
        built[make.name] = time.perf_counter() - started
    size = len(texts.documents)
    checked = questions[: 1000 if size <= 10_000 else 200 if size <= SLOW else 10]
    agree = check(engines, checked)
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
