"""The embeddings of units: each text encoded once, kept, and searched exactly."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.encoders.unit_embeddings import BATCH, embed_units, open_embeddings
from retrieval.core.errors import IndexFileError

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray


class HashEncoder:
    """Makes a vector of the letters of a text, the same each time, and counts the texts that it was given."""

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
        found = np.random.default_rng(seed).standard_normal(48).astype(np.float32)
        return found / np.float32(np.linalg.norm(found))


def texts(count: int) -> list[str]:
    return [f"Rules > Parking. There are {number} spaces." for number in range(count)]


def test_the_nearest_units_are_those_of_the_exact_products(tmp_path: Path) -> None:
    encoder = HashEncoder()
    units = texts(3000)
    kept = embed_units(tmp_path / "units.embeddings", encoder, units)
    question = encoder.vector(units[7])

    found = kept.nearest(question, 5)

    exact = np.stack([encoder.vector(unit) for unit in units]) @ question
    assert [near.unit for near in found] == np.argsort(-exact)[:5].tolist()
    assert [near.cosine for near in found] == pytest.approx(np.sort(exact)[::-1][:5].tolist(), abs=0.01)
    some = np.array([7, 0, 2999], dtype=np.int32)
    assert kept.cosines(question, some) == pytest.approx(kept.all_cosines(question)[some])


def test_only_what_changed_is_encoded_again(tmp_path: Path) -> None:
    path = tmp_path / "units.embeddings"
    embed_units(path, HashEncoder(), texts(40))
    encoder = HashEncoder()

    kept = embed_units(path, encoder, ["A new one.", *reversed(texts(30))])

    assert encoder.encoded == ["A new one."]
    assert [near.unit for near in kept.nearest(encoder.vector(texts(30)[29]), 1)] == [1]
    assert len(open_embeddings(path)) == 31


def test_units_of_the_same_text_are_encoded_once(tmp_path: Path) -> None:
    encoder = HashEncoder()

    kept = embed_units(tmp_path / "units.embeddings", encoder, ["Closed.", "Open.", "Closed."])

    assert sorted(encoder.encoded) == ["Closed.", "Open."]
    assert [near.unit for near in kept.nearest(encoder.vector("Closed."), 2)] == [0, 2]


def test_another_model_encodes_everything_anew(tmp_path: Path) -> None:
    path = tmp_path / "units.embeddings"
    embed_units(path, HashEncoder(), texts(3))
    other = HashEncoder("two")

    embed_units(path, other, texts(3))

    assert other.encoded == texts(3)


def test_whoever_breaks_off_goes_on_from_there(tmp_path: Path) -> None:
    path = tmp_path / "units.embeddings"
    units = texts(3 * BATCH)
    with pytest.raises(KeyboardInterrupt):
        embed_units(path, HashEncoder(breaks_after=2 * BATCH), units)
    partial = path.with_suffix(".partial")
    partial.write_bytes(partial.read_bytes()[:-5])  # as a power cut leaves it
    encoder = HashEncoder()
    told: list[tuple[int, int]] = []

    kept = embed_units(path, encoder, units, progress=lambda done, of: told.append((done, of)))

    assert encoder.encoded == units[2 * BATCH - 1 :]
    assert told == [(BATCH, BATCH + 1), (BATCH + 1, BATCH + 1)]
    assert not partial.exists()
    assert all(kept.nearest(encoder.vector(units[at]), 1)[0].unit == at for at in (0, BATCH, 3 * BATCH - 1))


def test_a_damaged_file_is_made_again(tmp_path: Path) -> None:
    path = tmp_path / "units.embeddings"
    path.write_bytes(b"no such thing")
    with pytest.raises(IndexFileError):
        open_embeddings(path)

    assert len(embed_units(path, HashEncoder(), texts(3))) == 3


def test_a_library_without_units_has_no_embeddings(tmp_path: Path) -> None:
    kept = embed_units(tmp_path / "units.embeddings", HashEncoder(), [])

    assert kept.nearest(np.ones(48, dtype=np.float32), 3) == []


def test_more_are_asked_for_than_there_are(tmp_path: Path) -> None:
    encoder = HashEncoder()
    kept = embed_units(tmp_path / "units.embeddings", encoder, texts(3))

    assert kept.nearest(encoder.vector(texts(3)[1]), 10)[0].unit == 1
    assert len(kept.nearest(encoder.vector("x"), 10)) == 3
    assert kept.nearest(encoder.vector("x"), 0) == []
