"""Arrays in one file: written whole or not at all, mapped into memory, and checked before a number of it is used.

The file begins with 64 bytes: MAGIC, then where its table is and how long, the table's checksum and the length of the
whole file. The arrays follow, each at a multiple of 64, and at the end the table, which is JSON: for each array its
place, its type, its shape and the checksum (CRC-32) of it and of the gap before it, and whatever else is to be said.
"""

from __future__ import annotations

import json
import math
import mmap
import os
import struct
import time
import zlib
from contextlib import suppress
from dataclasses import fields, is_dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any, BinaryIO, TypeAlias
from uuid import uuid4

import numpy as np

from retrieval.core.errors import IndexFileError
from retrieval.index.array_stream import ArrayStream

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

    Column: TypeAlias = NDArray[Any] | ArrayStream  # its bytes, or how to make them

MAGIC = b"Quoth index, 1\r\n"  # as in PNG, a changed line end shows what a careless copy did
HEAD = struct.Struct("<16sQQIQ")  # MAGIC, the table's place, its length, its checksum, the whole file's length
LINE = 64  # bytes
CHECKED_FOR = 7 * 86_400  # seconds
PIECE = 1 << 24  # bytes
FORGOTTEN = 6 * 3_600  # seconds
WORTH_THREADS = 50_000_000  # bytes to be written
THREADS = 2  # that write at once


def write(path: Path, arrays: Mapping[str, Column], about: Mapping[str, Any], *, lasting: bool = True) -> None:
    """Write `arrays`, and `about`, which is what JSON can say, to `path`. Until all of it is there, nothing is.

    What is `lasting` is on the disk when this returns; else a power cut may take it, or leave what is found damaged.
    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    _clear(path)
    unfinished = path.with_name(f"{path.name}.{uuid4().hex[:8]}.unfinished")
    try:
        with unfinished.open("wb") as file:
            _write(file, unfinished, arrays, about)
            file.flush()
            if lasting:
                os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    if lasting:
        settle(path.parent)


def _write(file: BinaryIO, path: Path, arrays: Mapping[str, Column], about: Mapping[str, Any]) -> None:
    """Write to `file`, which is open for it and lies at `path`."""
    rows: dict[str, dict[str, Any]] = {}
    streams = []
    end = LINE
    for name, array in arrays.items():
        streams.append(stream := ArrayStream.of(array))
        at = end + -end % LINE
        rows[name] = {"from": end, "at": at, "type": stream.dtype.str, "shape": stream.shape}
        end = rows[name]["end"] = at + stream.bytes

    def put(number: int, into: BinaryIO) -> None:
        row = places[number]
        checksum = 0
        into.seek(row["from"])
        for letters in chain((bytes(row["at"] - row["from"]),), streams[number].letters()):
            checksum = zlib.crc32(letters, checksum)
            into.write(letters)
        row["crc32"] = checksum

    def put_by_itself(number: int) -> None:
        with path.open("r+b") as into:
            put(number, into)

    places = list(rows.values())
    if end < WORTH_THREADS:
        for number in range(len(places)):
            put(number, file)
    else:
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - little is written by one thread

        largest_first = sorted(range(len(places)), key=lambda number: -streams[number].bytes)
        with ThreadPoolExecutor(THREADS) as threads:
            list(threads.map(put_by_itself, largest_first))
    table = json.dumps({"arrays": rows, "about": about}).encode()
    file.seek(end)
    file.write(table)
    file.seek(0)
    file.write(HEAD.pack(MAGIC, end, len(table), zlib.crc32(table), end + len(table)).ljust(LINE, b"\0"))


def _clear(path: Path) -> None:
    """Remove what writers left behind that were killed hours ago."""
    for other in path.parent.iterdir():
        if other.name.startswith(f"{path.name}.") and other.name.endswith(".unfinished"):
            with suppress(OSError):
                if time.time() - other.stat().st_mtime > FORGOTTEN:
                    other.unlink()


def settle(folder: Path) -> None:
    """Have the folder on the disk too, where the system can; a name in it is otherwise lost when the power fails."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


class Stored:
    """What `write` wrote to `path`: its arrays by their names, mapped from the file, and what else it says.

    They stay what they are when another file takes the place of theirs. Raises FileNotFoundError where there is none,
    IndexFileError where it cannot be read or has another shape than a file of ours.
    """

    def __init__(self, path: Path) -> None:
        try:
            with path.open("rb") as file:
                state = os.fstat(file.fileno())
                table = _table(file)
                self._mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise IndexFileError(f"it cannot be read ({error.strerror})") from error
        self._stamp = [state.st_ino, state.st_size, state.st_mtime_ns, state.st_ctime_ns]
        self._checked = path.with_suffix(".checked")
        self.about: Mapping[str, Any] = table["about"]
        self._rows: Mapping[str, Any] = table["arrays"]

    def arrays(self) -> dict[str, NDArray[Any]]:
        """Every array by its name; they are not to be written to."""
        return {
            name: np.frombuffer(self._mapped, row["type"], math.prod(row["shape"]), row["at"]).reshape(row["shape"])
            for name, row in self._rows.items()
        }

    def release(self) -> None:
        """Give back the memory that the file takes, where the system can; what is read again is mapped again.

        Python lets no other thread run meanwhile, so it is done piece by piece.
        """
        if hasattr(mmap, "MADV_DONTNEED"):
            for start in range(0, len(self._mapped), PIECE):
                self._mapped.madvise(mmap.MADV_DONTNEED, start, min(PIECE, len(self._mapped) - start))

    def check(self) -> None:
        """See that every byte is what was written. Raises IndexFileError where one is not.

        To read them all takes half a second for a million sentences, so a file beside this one says when it was done,
        and to which state of the file: whoever writes to a file changes its times. After a week it is done again.
        """
        if self._was_checked():
            return
        self.check_now()
        with suppress(OSError):
            self._checked.write_text(json.dumps({"state": self._stamp, "at": int(time.time())}), encoding="ascii")

    def check_now(self) -> None:
        """The same, whatever is known of it, and nothing is noted."""
        from concurrent.futures import ThreadPoolExecutor  # noqa: PLC0415 - mostly there is nothing to read

        with memoryview(self._mapped) as letters, ThreadPoolExecutor() as threads:
            pieces = [letters[row["from"] : row["end"]] for row in self._rows.values()]
            checksums = list(threads.map(zlib.crc32, pieces))
            for piece in pieces:
                piece.release()
        self.release()
        for (name, row), checksum in zip(self._rows.items(), checksums, strict=True):
            if checksum != row["crc32"]:
                raise IndexFileError(f"it is damaged (in {name})")

    def _was_checked(self) -> bool:
        try:
            said = json.loads(self._checked.read_bytes())
            return bool(said["state"] == self._stamp and 0 <= time.time() - said["at"] < CHECKED_FOR)
        except (OSError, ValueError, TypeError, KeyError):
            return False


def mapped() -> int:
    """How many bytes of files this process has in memory, which the system may take back; 0 where it does not tell."""
    try:
        with open("/proc/self/statm", "rb") as told:  # noqa: PTH123 - for each question, and half as quick by a Path
            return int(told.read().split()[2]) * mmap.PAGESIZE
    except OSError:
        return 0


def _table(file: BinaryIO) -> dict[str, Any]:
    head = file.read(LINE)
    if len(head) < LINE or not head.startswith(MAGIC) or any(head[HEAD.size :]):
        raise IndexFileError("it is none that this version wrote")
    _, at, length, checksum, whole = HEAD.unpack(head[: HEAD.size])
    if os.fstat(file.fileno()).st_size != whole or at + length != whole:
        raise IndexFileError("it is cut off")
    file.seek(at)
    table = file.read(length)
    if zlib.crc32(table) != checksum:
        raise IndexFileError("it is damaged (its table)")
    read: dict[str, Any] = json.loads(table)
    return read


def packed(thing: Any, name: str = "") -> Iterator[tuple[str, NDArray[Any]]]:
    """Each array of a dataclass of arrays and of those in it, and what it is called: `writings.forms.letters`."""
    for field in fields(thing):
        value = getattr(thing, field.name)
        called = f"{name}{field.name}"
        if is_dataclass(value):
            yield from packed(value, f"{called}.")
        else:
            yield called, value


def unpacked(
    kind: type[Any], arrays: Mapping[str, NDArray[Any]], inner: Mapping[str, type[Any]], name: str = ""
) -> Any:
    """The dataclass of that kind whose arrays `packed` gave; `inner` are the kinds that are in others, by their names.

    Raises IndexFileError where an array is missing.
    """
    values = {}
    for field in fields(kind):
        called = f"{name}{field.name}"
        if field.type in inner:
            values[field.name] = unpacked(inner[str(field.type)], arrays, inner, f"{called}.")
        elif called in arrays:
            values[field.name] = arrays[called]
        else:
            raise IndexFileError(f"it lacks {called}")
    return kind(**values)
