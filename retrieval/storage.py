"""Arrays in one file: written whole or not at all, mapped into memory, and checked before a number of it is used.

The file begins with 64 bytes: MAGIC, then where its table is and how long, the table's checksum and the length of the
whole file. The arrays follow, each at a multiple of 64, and at the end the table, which is JSON: for each array its
place, its type, its shape and its checksum (CRC-32), and whatever else the file is to say.
"""

from __future__ import annotations

import json
import mmap
import os
import struct
import zlib
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, fields, is_dataclass
from typing import TYPE_CHECKING, Any, BinaryIO
from uuid import uuid4

import numpy as np

from retrieval.errors import IndexFileError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from numpy.typing import NDArray

MAGIC = b"Quoth index, 1\r\n"  # as in PNG, a changed line end shows what a careless copy did
HEAD = struct.Struct("<16sQQIQ")  # MAGIC, the table's place, its length, its checksum, the whole file's length
LINE = 64  # bytes


def write(path: Path, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> None:
    """Write `arrays`, and `about`, which is what JSON can say, to `path`. Until all of it is there, nothing is.

    Raises OSError.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_name(f"{path.name}.{uuid4().hex[:8]}.unfinished")
    try:
        with unfinished.open("wb") as file:
            _write(file, arrays, about)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        with suppress(OSError):
            unfinished.unlink(missing_ok=True)
    _settle(path.parent)


def _write(file: BinaryIO, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, Any]) -> None:
    file.write(bytes(LINE))
    rows = {}
    for name, array in arrays.items():
        flat = np.ascontiguousarray(array)
        file.write(bytes(-file.tell() % LINE))
        letters = flat.reshape(-1).view(np.uint8).data
        rows[name] = {
            "at": file.tell(),
            "type": flat.dtype.str,
            "shape": flat.shape,
            "bytes": len(letters),
            "crc32": zlib.crc32(letters),
        }
        file.write(letters)
    table = json.dumps({"arrays": rows, "about": about}).encode()
    at = file.tell()
    file.write(table)
    file.seek(0)
    file.write(HEAD.pack(MAGIC, at, len(table), zlib.crc32(table), at + len(table)))


def _settle(folder: Path) -> None:
    """Have the folder on the disk too, where the system can; a name in it is otherwise lost when the power fails."""
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class Stored:
    """What a file holds: its arrays by their names, mapped from it and not to be written to, and what else it says.

    They stay what they are when another file takes the place of theirs.
    """

    arrays: Mapping[str, NDArray[Any]]
    about: Mapping[str, Any]


def read(path: Path) -> Stored:
    """What `write` wrote to `path`; every byte of it is read once, to see that it is.

    Raises FileNotFoundError where there is none, IndexFileError where it cannot be read or is not what was written.
    """
    try:
        with path.open("rb") as file:
            table = _table(file)
            mapped = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
    except FileNotFoundError:
        raise
    except OSError as error:
        raise IndexFileError(f"it cannot be read ({error.strerror})") from error
    rows: dict[str, Any] = table["arrays"]
    _check(mapped, rows)
    return Stored({name: _array(mapped, row) for name, row in rows.items()}, table["about"])


def _array(mapped: mmap.mmap, row: Mapping[str, Any]) -> NDArray[Any]:
    kind = np.dtype(row["type"])
    return np.frombuffer(mapped, kind, row["bytes"] // kind.itemsize, row["at"]).reshape(row["shape"])


def _check(mapped: mmap.mmap, rows: Mapping[str, Any]) -> None:
    with memoryview(mapped) as letters, ThreadPoolExecutor() as threads:
        pieces = [letters[row["at"] : row["at"] + row["bytes"]] for row in rows.values()]
        for name, checksum in zip(rows, threads.map(zlib.crc32, pieces), strict=True):
            if checksum != rows[name]["crc32"]:
                raise IndexFileError(f"it is damaged ({name})")
        for piece in pieces:
            piece.release()
    if hasattr(mmap, "MADV_DONTNEED"):  # what was read to be checked need not stay in memory
        mapped.madvise(mmap.MADV_DONTNEED)


def _table(file: BinaryIO) -> dict[str, Any]:
    head = file.read(HEAD.size)
    if len(head) < HEAD.size or not head.startswith(MAGIC):
        raise IndexFileError("it is none that this version wrote")
    _, at, length, checksum, whole = HEAD.unpack(head)
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
