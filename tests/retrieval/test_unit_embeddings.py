"""The embeddings of units: each text encoded once, kept, and searched exactly."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from retrieval.index import corpus as corpora
from retrieval.search.meaning.embedder import BATCH, Embedder
from retrieval.search.meaning.semantic_index import QuestionNearness
from retrieval.search.meaning.unit_embeddings import open_embeddings
from retrieval.search.meaning.unit_text import unit_text
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from retrieval.index.corpus import Corpus
    from retrieval.search.meaning.unit_embeddings import UnitEmbeddings

CLUB = """# The chess club

## What it costs

| Member | Per year |
|---|---|
| Adult | 40 euros |

## Evenings

We play on **Fridays**. Dogs may come along.
"""


class HashEncoder:
    """Makes a vector of the letters of a text, the same each time, and counts the texts that it was given."""

    dimensions = 48

    def __init__(self, digest: str = "one", *, breaks_after: int | None = None) -> None:
        self.digest = digest
        self.encoded: list[str] = []
        self._breaks_after = breaks_after

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        if self._breaks_after is not None and len(self.encoded) >= self._breaks_after:
            raise KeyboardInterrupt
        self.encoded += texts
        return np.stack([self.vector(text) for text in texts])

    def vector(self, text: str) -> NDArray[np.float32]:
        seed = int.from_bytes(hashlib.sha256(f"{self.digest}{text}".encode()).digest()[:8], "little")
        found = np.random.default_rng(seed).standard_normal(self.dimensions).astype(np.float32)
        return found / np.float32(np.linalg.norm(found))


def corpus_of(folder: Path, *counts: int) -> Corpus:
    """A corpus of articles with so many sentences each."""
    files: dict[str, str | bytes] = {
        f"{place}.txt": f"Place {place}\n\n" + " ".join(f"There are {n} spaces at place {place}." for n in range(count))
        for place, count in enumerate(counts)
    }
    return corpora.read(library_of(folder, files))


def embedded(path: Path, encoder: HashEncoder, corpus: Corpus) -> UnitEmbeddings:
    made = Embedder(path, encoder, corpus).make()
    assert made is not None
    return made


def test_an_encoder_reads_a_unit_below_what_names_it(tmp_path: Path) -> None:
    texts = [unit_text(sentence) for sentence in corpora.read(library_of(tmp_path, {"club.md": CLUB})).sentences]

    assert "The chess club > What it costs (Member, Per year). Adult, 40 euros" in texts
    assert "The chess club > Evenings. We play on Fridays." in texts
    assert "The chess club. Evenings" in texts


def test_the_nearest_units_are_those_of_the_exact_products(tmp_path: Path) -> None:
    encoder, corpus = HashEncoder(), corpus_of(tmp_path / "a", 1500, 3)
    kept = embedded(tmp_path / "units.embeddings", encoder, corpus)
    texts = [unit_text(sentence) for sentence in corpus.sentences]
    question = encoder.vector(texts[7])

    found = QuestionNearness(kept.cosines(question), corpus.paragraph_of)

    exact = np.stack([encoder.vector(text) for text in texts]) @ question
    assert found.nearest(5).tolist() == np.argsort(-exact)[:5].tolist()
    assert kept.cosines(question) == pytest.approx(exact, abs=0.01)
    assert found.of(7).closeness == 1
    assert set(found.nearest(10, np.arange(1500, 1503, dtype=np.int32)).tolist()) == {1500, 1501, 1502}


def test_nothing_is_encoded_or_written_where_nothing_changed(tmp_path: Path) -> None:
    path, corpus = tmp_path / "units.embeddings", corpus_of(tmp_path / "a", 3, 4)
    embedded(path, HashEncoder(), corpus)
    before, encoder = path.stat(), HashEncoder()

    embedder = Embedder(path, encoder, corpora.read(corpus.library))

    assert (embedder.is_complete, embedder.missing) == (True, 0)
    assert embedder.make() is not None
    assert encoder.encoded == []
    assert path.stat().st_mtime_ns == before.st_mtime_ns


def test_only_what_changed_is_encoded_again(tmp_path: Path) -> None:
    path = tmp_path / "units.embeddings"
    embedded(path, HashEncoder(), corpus_of(tmp_path / "a", 3, 4))
    encoder, corpus = HashEncoder(), corpus_of(tmp_path / "a", 4, 4, 2)

    kept = embedded(path, encoder, corpus)

    texts = [unit_text(sentence) for sentence in corpus.sentences]
    assert encoder.encoded == [texts[3], *texts[8:]]
    for number, text in enumerate(texts):
        assert int(np.argmax(kept.cosines(encoder.vector(text)))) == number


def test_units_of_the_same_text_are_encoded_once(tmp_path: Path) -> None:
    encoder = HashEncoder()
    corpus = corpora.read(library_of(tmp_path / "a", {"a.txt": "Title\n\nClosed. Open. Closed."}))

    kept = embedded(tmp_path / "units.embeddings", encoder, corpus)

    assert len(kept) == 3
    assert len(encoder.encoded) == 2


def test_another_model_encodes_everything_anew(tmp_path: Path) -> None:
    path, corpus = tmp_path / "units.embeddings", corpus_of(tmp_path / "a", 3)
    embedded(path, HashEncoder(), corpus)
    other = HashEncoder("two")

    embedded(path, other, corpus)

    assert len(other.encoded) == 3


def test_whoever_breaks_off_goes_on_from_there(tmp_path: Path) -> None:
    path, corpus = tmp_path / "units.embeddings", corpus_of(tmp_path / "a", 3 * BATCH)
    with pytest.raises(KeyboardInterrupt):
        embedded(path, HashEncoder(breaks_after=2 * BATCH), corpus)
    (partial,) = tmp_path.glob("*.partial")
    partial.write_bytes(partial.read_bytes()[:-5])  # as a power cut leaves it
    encoder, told = HashEncoder(), list[tuple[int, int]]()

    kept = Embedder(path, encoder, corpus).make(progress=lambda done, of: told.append((done, of)))

    texts = [unit_text(sentence) for sentence in corpus.sentences]
    assert encoder.encoded == texts[2 * BATCH - 1 :]
    assert told == [(BATCH, BATCH + 1), (BATCH + 1, BATCH + 1)]
    assert [*tmp_path.glob("*.partial")] == []
    assert kept is not None
    assert all(int(np.argmax(kept.cosines(encoder.vector(texts[at])))) == at for at in (0, BATCH, 3 * BATCH - 1))


def test_what_there_was_no_time_for_is_made_at_the_next_call(tmp_path: Path) -> None:
    path, encoder, corpus = tmp_path / "units.embeddings", HashEncoder(), corpus_of(tmp_path / "a", BATCH + 5)
    embedder = Embedder(path, encoder, corpus)

    first = embedder.make(seconds=0)

    assert (first, embedder.missing) == (None, 5)
    embedder.close()
    assert len(embedder.make() or ()) == BATCH + 5
    assert len(encoder.encoded) == BATCH + 5


def test_two_programs_may_make_them_at_once(tmp_path: Path) -> None:
    path, corpus = tmp_path / "units.embeddings", corpus_of(tmp_path / "a", BATCH + 5)
    slow, quick = Embedder(path, HashEncoder(), corpus), HashEncoder()
    slow.make(seconds=0)

    kept = embedded(path, quick, corpus)

    assert len(quick.encoded) == 5  # what the other had made was taken over, and its file is gone
    later = slow.make()
    assert later is not None
    assert np.array_equal(later.vectors, kept.vectors)


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    path, corpus = tmp_path / "units.embeddings", corpus_of(tmp_path / "a", 3)
    path.write_bytes(b"no such thing")

    assert open_embeddings(path, "one") is None
    assert len(embedded(path, HashEncoder(), corpus)) == 3
