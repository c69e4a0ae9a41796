"""Arrays in a file: what comes out is what went in, or nothing does."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from retrieval.core.errors import IndexFileError
from retrieval.index import array_file
from retrieval.index.array_file import Stored, write

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

ARRAYS: Mapping[str, NDArray[Any]] = {
    "a": np.arange(100, dtype=np.int32),
    "b.c": np.zeros((0,), dtype=np.int64),
    "d": np.array([[True, False], [False, True]]),
    "e": np.frombuffer(b"five!", dtype=np.uint8),
}


def opened(path: Path) -> Stored:
    stored = Stored(path)
    stored.check()
    return stored


@given(
    st.dictionaries(
        st.text(max_size=5),
        arrays.arrays(st.sampled_from([np.int32, np.int64, np.uint8, np.bool_]), arrays.array_shapes(min_side=0)),
        max_size=4,
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25)
def test_what_was_written_is_read_again(tmp_path: Path, given_arrays: dict[str, NDArray[Any]]) -> None:
    write(tmp_path / "file", given_arrays, {"says": ["anything", 1]})
    stored = opened(tmp_path / "file")

    assert stored.about == {"says": ["anything", 1]}
    assert stored.arrays().keys() == given_arrays.keys()
    for name, array in stored.arrays().items():
        assert array.dtype == given_arrays[name].dtype
        np.testing.assert_array_equal(array, given_arrays[name])


def test_what_is_written_by_two_threads_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "one", ARRAYS, {"says": "anything"})
    monkeypatch.setattr(array_file, "WORTH_THREADS", 1)
    write(tmp_path / "two", ARRAYS, {"says": "anything"})

    assert (tmp_path / "two").read_bytes() == (tmp_path / "one").read_bytes()


def test_any_byte_that_changes_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, ARRAYS, {})
    whole = path.read_bytes()
    opened(path)

    for at in range(0, len(whole), 3):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x10]) + whole[at + 1 :])
        with pytest.raises(IndexFileError):
            opened(path)


def test_a_file_that_is_cut_off_or_has_more_behind_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write(path, ARRAYS, {})
    whole = path.read_bytes()

    for content in [*(whole[:length] for length in range(0, len(whole), 7)), whole + b"\0"]:
        path.write_bytes(content)
        with pytest.raises(IndexFileError):
            opened(path)


def test_a_write_that_fails_half_way_leaves_what_was_there(tmp_path: Path) -> None:
    class Breaks(dict[str, Any]):
        def items(self) -> Iterator[tuple[str, Any]]:  # type: ignore[override]
            yield "first", np.arange(5)
            raise OSError(28, "No space left on device")

    write(tmp_path / "file", ARRAYS, {"is": "whole"})
    with pytest.raises(OSError, match="No space left"):
        write(tmp_path / "file", Breaks(), {})

    assert [path.name for path in tmp_path.iterdir()] == ["file"]
    assert opened(tmp_path / "file").about == {"is": "whole"}


def test_what_a_killed_writer_left_is_removed_and_that_of_a_busy_one_is_not(tmp_path: Path) -> None:
    old, new = tmp_path / "file.0a.unfinished", tmp_path / "file.0b.unfinished"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (1e9, 1e9))
    write(tmp_path / "file", ARRAYS, {})

    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", new.name]


def test_what_is_in_use_stays_when_another_takes_its_place(tmp_path: Path) -> None:
    write(tmp_path / "file", {"a": np.arange(5)}, {})
    before = opened(tmp_path / "file").arrays()["a"]
    write(tmp_path / "file", {"a": np.arange(9)}, {})

    assert before.tolist() == [0, 1, 2, 3, 4]
    assert opened(tmp_path / "file").arrays()["a"].tolist() == list(range(9))
