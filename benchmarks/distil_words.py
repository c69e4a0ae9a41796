"""Makes the table of words, retrieval/search/meaning/words.npy, from a small sentence encoder.

    python -m benchmarks.distil_words --model FOLDER
    python -m benchmarks.distil_words --model FOLDER --show dog fee cancel

FOLDER holds all-MiniLM-L6-v2 (`quoth meaning install minilm` puts it there). Each word is put alone
through the encoder. The words are the commoner half of pyspellchecker's (MIT), the whole words that the encoder's own
tokenizer has, and those of benchmarks/words/everyday.txt. Words of one stem become one row, weighed by how common they
are; the mean of all rows is taken away, what is left is turned so that its first dimensions say most (PCA) and cut
there. Prints how far pairs of words are apart that should be near, and should not.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from spellchecker import SpellChecker

from retrieval.analysis.analyzer import stem
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import fold
from retrieval.search.meaning.encoder import Encoder
from retrieval.search.meaning.word_table import LONGEST_TERM, WordTable, row_type

if TYPE_CHECKING:
    from numpy.typing import NDArray

HERE = Path(__file__).parent
WORDS = HERE / "words"
TABLE = HERE.parent / "retrieval" / "search" / "meaning" / "words.npy"
DIMENSIONS = 128
RARE = 50  # pyspellchecker's count for all words that its corpus does not have
FORMS = 3  # of a stem that are encoded, the commonest first
COMMON = 20_000  # terms from which ordinary words are drawn, to tell names from them
ORDINARY = 6_000
RIDGE = 1e-4  # what keeps a regression's weights small
SURE = 0.7  # how like the words of `alone.txt` a word is that counts as one of them
NEAR = (
    "dog pet, cost fee, fee price, cost price, boss leader, cancel terminate, broken damaged, allowed permitted, "
    "allowed forbidden, buy purchase, car vehicle, begin start, quit leave, fix repair, error failure, delete remove, "
    "sick ill, holiday vacation, money cash, toilet restroom, wifi wireless, admin administrator, doctor physician, "
    "kid child, film movie, job work, lecturer professor, late deadline, refund reimburse, password login, big large, "
    "photo picture, meeting session, rubbish trash, smoke cigarette, forbid ban, deadline due, enemy monster, heal cure"
)
FAR = (
    "monday tuesday, march april, iraq syria, left right, london paris, john peter, red blue, two three, france spain, "
    "iron copper, north south, summer winter, english german, first second, mike steve, euro dollar, berlin munich"
)


def main() -> None:
    arguments = _arguments()
    encoder = Encoder(arguments.model, threads=2)
    counts = common_words(encoder.model.tokenizer)
    terms, vectors = terms_of(counts, encoder)
    vectors = turned(vectors, DIMENSIONS)
    alone = likeness(terms, vectors, words_in("alone.txt")) > SURE
    write(TABLE, terms, vectors, alone)
    table = WordTable.open(TABLE)
    print(f"{len(table)} terms, {alone.sum()} that match only themselves, {TABLE.stat().st_size / 1e6:.1f} MB")
    show(table, arguments.show)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="the folder of the encoder")
    parser.add_argument("--show", nargs="*", default=[], help="words whose nearest are printed")
    return parser.parse_args()


def words_in(name: str) -> set[str]:
    """The words of a file in benchmarks/words."""
    lines = (WORDS / name).read_text(encoding="utf-8").splitlines()
    return {fold(word)[0] for line in lines if not line.startswith("#") for word in line.split()}


def common_words(tokenizer: Path) -> dict[str, float]:
    """The words that get a place in the table, folded, with how often each is said."""
    counts: dict[str, float] = defaultdict(float)
    for word, count in SpellChecker().word_frequency.items():
        if count > RARE and re.fullmatch(r"[a-z][a-z']+", word):
            counts[fold(word)[0]] += count
    pieces = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    for word in pieces:
        if re.fullmatch(r"[a-z]{3,}", word):
            counts.setdefault(word, RARE)
    for word in words_in("everyday.txt"):
        counts[word] = max(counts.get(word, 0), 10 * RARE)
    return {word: count for word, count in counts.items() if len(word) > 1 and word not in STOP_WORDS}


def terms_of(counts: dict[str, float], encoder: Encoder) -> tuple[list[str], NDArray[np.float32]]:
    """The stems of these words, the commonest first, and a vector for each."""
    forms: dict[str, list[str]] = defaultdict(list)
    for word in sorted(counts, key=lambda word: (-counts[word], word)):
        if len(stem(word).encode()) <= LONGEST_TERM:
            forms[stem(word)].append(word)
    terms = sorted(forms, key=lambda term: (-sum(counts[word] for word in forms[term]), term))
    encoded = [word for term in terms for word in forms[term][:FORMS]]
    vectors = encoder.passages(encoded)
    weights = np.log1p([counts[word] for word in encoded]).astype(np.float32)
    starts = np.cumsum([0, *(len(forms[term][:FORMS]) for term in terms[:-1])])
    summed = np.add.reduceat(vectors * weights[:, None], starts)
    return terms, _normed(summed)


def turned(vectors: NDArray[np.float32], dimensions: int) -> NDArray[np.float32]:
    """The same without what they have in common, along the directions in which they differ most, of length 1."""
    spread = vectors - vectors.mean(axis=0)
    _, directions = np.linalg.eigh(spread[:COMMON].T.astype(np.float64) @ spread[:COMMON])
    return _normed(spread @ directions[:, ::-1][:, :dimensions].astype(np.float32))


def likeness(terms: list[str], vectors: NDArray[np.float32], examples: set[str]) -> NDArray[np.float64]:
    """How like the examples each term is and unlike other words, from 0 to 1: a logistic regression on the vectors."""
    places = {term: at for at, term in enumerate(terms)}
    chosen = np.array(sorted({places[stem(word)] for word in examples if stem(word) in places}))
    others = np.setdiff1d(np.arange(min(COMMON, len(terms))), chosen)
    others = np.random.default_rng(7).choice(others, min(ORDINARY, len(others)), replace=False)
    inputs = np.c_[vectors * 5, np.ones(len(vectors))].astype(np.float64)
    seen = inputs[np.r_[chosen, others]]
    is_one = np.r_[np.ones(len(chosen)), np.zeros(len(others))]
    shares = np.r_[np.full(len(chosen), 0.5 / len(chosen)), np.full(len(others), 0.5 / len(others))]
    weights = np.zeros(inputs.shape[1])
    for _ in range(30):  # Newton's steps
        chance = 1 / (1 + np.exp(-seen @ weights))
        slope = seen.T @ (shares * (chance - is_one)) + RIDGE * weights
        bend = (seen * (shares * chance * (1 - chance))[:, None]).T @ seen + RIDGE * np.eye(len(weights))
        weights -= np.linalg.solve(bend, slope)
    found: NDArray[np.float64] = 1 / (1 + np.exp(-inputs @ weights))
    found[chosen] = 1
    return found


def write(path: Path, terms: list[str], vectors: NDArray[np.float32], alone: NDArray[np.bool_]) -> None:
    """Put the table into its file, in the order of the terms' bytes."""
    rows = np.zeros(len(terms), row_type(vectors.shape[1]))
    rows["term"] = [term.encode() for term in terms]
    rows["vector"] = np.rint(vectors * (127 / np.abs(vectors).max(axis=1, keepdims=True)))
    rows["alone"] = alone
    np.save(path, rows[np.argsort(rows["term"])])


def show(table: WordTable, words: list[str]) -> None:
    """Print the pairs that should be near and those that should not, then what is nearest to each word."""
    for title, pairs in (("near", NEAR), ("far", FAR)):
        fits = {
            pair: table.fits([stem(word)], [stem(other)])[0, 0]
            for pair in pairs.split(", ")
            for word, other in [pair.split()]
        }
        met = sum(fit > 0 for fit in fits.values())
        print(f"{title}: {met} of {len(fits)} fit; " + ", ".join(f"{pair} {fit:.2f}" for pair, fit in fits.items()))
    for word in words:
        print(f"{word}: " + ", ".join(f"{term} {cosine:.2f}" for term, cosine in table.nearest(stem(word))))


def _normed(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    found: NDArray[np.float32] = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return found


if __name__ == "__main__":
    main()
