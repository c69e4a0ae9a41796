"""A disk that notes what SQLite writes and syncs, and can be cut off from power at any moment of it.

SQLite reaches its files through a table of functions, its VFS (https://www.sqlite.org/vfs.html). While `noted` runs,
those that write, cut, sync and delete files are ours, which note what is done and have SQLite's own do it.
"""

from __future__ import annotations

import _sqlite3
import ctypes as c
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

SECTOR = 512  # bytes that a disk writes whole, or not at all

# Paths are pointers and not bytes: SQLite keeps the one that it gave, and not a copy that Python made of it.
OPEN = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_void_p, c.c_int, c.c_void_p)
DELETE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_int)
WRITE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_void_p, c.c_int, c.c_int64)
TRUNCATE = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int64)
SYNC = c.CFUNCTYPE(c.c_int, c.c_void_p, c.c_int)


class Vfs(c.Structure):
    """The beginning of `sqlite3_vfs`."""

    _fields_ = (
        ("version", c.c_int),
        ("file_size", c.c_int),
        ("longest_path", c.c_int),
        ("next", c.c_void_p),
        ("name", c.c_char_p),
        ("app_data", c.c_void_p),
        ("open", OPEN),
        ("delete", DELETE),
    )


class Methods(c.Structure):
    """`sqlite3_io_methods`, of version 3."""

    _fields_ = (
        ("version", c.c_int),
        ("close", c.c_void_p),
        ("read", c.c_void_p),
        ("write", WRITE),
        ("truncate", TRUNCATE),
        ("sync", SYNC),
        ("others", c.c_void_p * 13),
    )


class File(c.Structure):
    """The beginning of `sqlite3_file`."""

    _fields_ = (("methods", c.POINTER(Methods)),)


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that was done to a file: `data` written at `at`, cut at `at`, synced or deleted."""

    what: str
    file: str
    at: int = 0
    data: bytes = b""


@dataclass(slots=True)
class Disk:
    """What was done, in order; a test may put what it was told in between, as steps of its own."""

    steps: list[Step] = field(default_factory=list)

    def after_a_cut(self, at: int, chance: random.Random) -> dict[str, bytes]:
        """The files as they may be when the power went after so many steps.

        What was synced is there; of what was not, each sector may be there or not.
        """
        last_sync = {step.file: number for number, step in enumerate(self.steps[:at]) if step.what == "sync"}
        files: dict[str, bytearray] = {}
        for number, step in enumerate(self.steps[:at]):
            safe = number < last_sync.get(step.file, -1)
            if step.what == "write":
                _write(files.setdefault(step.file, bytearray()), step, None if safe else chance)
            elif step.what == "truncate" and (safe or chance.random() < 1 / 2):
                del files.setdefault(step.file, bytearray())[step.at :]
            elif step.what == "delete":
                files.pop(step.file, None)
        return {name: bytes(content) for name, content in files.items()}


def _write(content: bytearray, step: Step, chance: random.Random | None) -> None:
    fate = chance.choice(("all", "none", "some")) if chance else "all"
    if fate == "none":
        return
    end = step.at + len(step.data)
    content.extend(bytes(max(0, end - len(content))))
    at = step.at
    while at < end:
        border = min(end, (at // SECTOR + 1) * SECTOR)
        if fate == "all" or (chance and chance.random() < 1 / 2):
            content[at:border] = step.data[at - step.at : border - step.at]
        at = border


def can_note() -> bool:
    """Tell whether this Python's SQLite can be reached."""
    try:
        return bool(_vfs())
    except (AttributeError, OSError):
        return False


def _vfs() -> Vfs:
    find = c.CDLL(_sqlite3.__file__).sqlite3_vfs_find
    find.restype, find.argtypes = c.POINTER(Vfs), [c.c_char_p]
    found: Vfs = find(None).contents
    return found


@contextmanager
def noted() -> Iterator[Disk]:
    """Notes what SQLite does to the files that are opened in the block, by their names."""
    disk, vfs = Disk(), _vfs()
    # ctypes gives a new view of a pointer each time: SQLite's own functions are kept by their addresses.
    own_open, own_delete = _address(vfs.open, OPEN), _address(vfs.delete, DELETE)
    names: dict[int, str] = {}
    methods: dict[int, Methods] = {}

    def open_(table: int, path: int | None, file: int, flags: int, flags_out: int) -> int:
        result: int = own_open(table, path, file, flags, flags_out)
        opened = File.from_address(file)
        if result == 0 and path and opened.methods:
            names[file] = _name(path)
            own = c.addressof(opened.methods.contents)
            methods.setdefault(own, _noting(disk, opened.methods.contents, names))
            opened.methods = c.pointer(methods[own])
        return result

    def delete(table: int, path: int, sync: int) -> int:
        disk.steps.append(Step("delete", _name(path)))
        result: int = own_delete(table, path, sync)
        return result

    vfs.open, vfs.delete = OPEN(open_), DELETE(delete)
    try:
        yield disk
    finally:
        vfs.open, vfs.delete = own_open, own_delete


def _noting(disk: Disk, own: Methods, names: dict[int, str]) -> Methods:
    """SQLite's functions for a file, with ours in front of three of them."""
    copy = Methods.from_buffer_copy(own)
    own_write, own_truncate = _address(own.write, WRITE), _address(own.truncate, TRUNCATE)
    own_sync = _address(own.sync, SYNC)

    def write(file: int, data: int, count: int, at: int) -> int:
        disk.steps.append(Step("write", names[file], at, c.string_at(data, count)))
        result: int = own_write(file, data, count, at)
        return result

    def truncate(file: int, size: int) -> int:
        disk.steps.append(Step("truncate", names[file], size))
        result: int = own_truncate(file, size)
        return result

    def sync(file: int, flags: int) -> int:
        result: int = own_sync(file, flags)
        disk.steps.append(Step("sync", names[file]))
        return result

    copy.write, copy.truncate, copy.sync = WRITE(write), TRUNCATE(truncate), SYNC(sync)
    return copy


def _name(path: int) -> str:
    return Path(c.string_at(path).decode()).name


def _address(function: Any, kind: Any) -> Any:
    return kind(c.cast(function, c.c_void_p).value)
