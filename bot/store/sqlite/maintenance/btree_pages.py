"""The records of a damaged SQLite file, read from each of its pages by itself: no tree is needed to find them.

The format is that of https://www.sqlite.org/fileformat2.html; what is in the journal beside the file counts before
what is in the file, as far as its transactions are whole.
"""

from __future__ import annotations

import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    Record: TypeAlias = list[int | float | str | bytes | None]

MAGIC = b"SQLite format 3\0"
SIZES = (512, 1024, 2048, 4096, 8192, 16384, 32768, 65536)
SAMPLE = 400  # pages by which the size of a page is guessed where the first one is gone
TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR, TABLE_INTERIOR = TREES = (13, 10, 2, 5)  # how pages of trees begin
INTEGERS = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}  # serial type -> bytes
FRAME = struct.Struct(">6I")  # of the journal: page, pages after a commit, two salts, two checksums
HEADER = struct.Struct(">8I")


@dataclass(frozen=True, slots=True)
class RecoveredRecord:
    """A record: a row of a table, or an entry of an index, which a table without row numbers is too."""

    in_table: bool
    values: Record


def records_in(file: Path, *, of_tables_only: bool = False) -> Iterator[RecoveredRecord]:
    """Every record that is whole, in the order of the pages. Raises OSError where the file cannot be read."""
    kinds = {TABLE_LEAF} if of_tables_only else {TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR}
    with file.open("rb") as opened:
        pages = _Pages(opened, Path(f"{file}-wal"))
        free = pages.free()
        for number in range(1, pages.count + 1):
            if number not in free:
                yield from pages.records(number, kinds)


class _Pages:
    def __init__(self, file: BinaryIO, journal: Path) -> None:
        self._file = file
        head = file.read(100)
        length = file.seek(0, 2)
        frames = journal.read_bytes() if journal.is_file() else b""
        self._size, self._usable = _page_size(head, frames, file)
        self._newer = dict(_committed(frames, self._size))
        self.count = max([length // self._size, *self._newer])

    def page(self, number: int) -> bytes:
        """The content of a page, counted from 1; empty where there is none."""
        if number in self._newer:
            return self._newer[number]
        if not 0 < number <= self.count:
            return b""
        self._file.seek((number - 1) * self._size)
        return self._file.read(self._size)

    def free(self) -> set[int]:
        """The pages that hold nothing any more, as far as the list of them can be read."""
        head, free = self.page(1), set[int]()
        trunk = _number(head, 32) if head.startswith(MAGIC) else 0
        while trunk and trunk not in free and (page := self.page(trunk)):
            leaves = min(_number(page, 4), len(page) // 4 - 2)
            free |= {trunk, *struct.unpack_from(f">{leaves}I", page, 8)}
            trunk = _number(page, 0)
        return free

    def records(self, number: int, kinds: set[int]) -> Iterator[RecoveredRecord]:
        page = self.page(number)
        start = 100 if number == 1 else 0
        if len(page) < self._size or page[start] not in kinds:
            return
        in_table, inner = page[start] == TABLE_LEAF, page[start] == INDEX_INTERIOR
        cells = int.from_bytes(page[start + 3 : start + 5])
        first = start + (12 if inner else 8)
        for at in range(first, min(first + 2 * cells, len(page) - 1), 2):
            cell = int.from_bytes(page[at : at + 2]) + (4 if inner else 0)
            try:
                yield RecoveredRecord(in_table, _values(self._payload(page, cell, in_table=in_table)))
            except (ValueError, IndexError, struct.error):  # what is broken is no record
                continue

    def _payload(self, page: bytes, at: int, *, in_table: bool) -> bytes:
        length, at = _varint(page, at)
        if in_table:
            _, at = _varint(page, at)
        most = self._usable - 35 if in_table else (self._usable - 12) * 64 // 255 - 23
        if length <= most:
            return _whole(page[at : at + length], length)
        least = (self._usable - 12) * 32 // 255 - 23
        here = least + (length - least) % (self._usable - 4)
        here = here if here <= most else least
        payload, following = bytearray(page[at : at + here]), _number(page, at + here)
        while following and len(payload) < length:
            page = self.page(following)
            if not any(page):  # a chain of pages may end with zeros for a next one, but holds something
                break
            payload += page[4 : self._usable]
            following = _number(page, 0)
        return _whole(bytes(payload[:length]), length)


def _page_size(head: bytes, frames: bytes, file: BinaryIO) -> tuple[int, int]:
    """The bytes of a page, and those of them that are used."""
    if head.startswith(MAGIC):
        size = int.from_bytes(head[16:18])
        size = 65536 if size == 1 else size
        if size in SIZES:
            return size, size - head[20]
    if len(frames) >= HEADER.size and (size := _number(frames, 8)) in SIZES:
        return size, size
    likely = {size: _likely(file, size) for size in SIZES}
    # Each page of twice the size begins where a page does, too: so the least size that fits.
    size = next(size for size in SIZES if likely[size] >= max(likely.values()) * 3 / 4)
    return size, size


def _likely(file: BinaryIO, size: int) -> float:
    """The share of a sample of pages, were they of this size, that begin as pages of a tree do."""
    begin = []
    for number in range(1, SAMPLE):
        file.seek(number * size)
        if not (first := file.read(1)):
            break
        begin.append(first[0] in TREES)
    return sum(begin) / max(len(begin), 1)


def _committed(frames: bytes, size: int) -> Iterator[tuple[int, bytes]]:
    """The pages in a journal, as far as its transactions are whole; of one page the last counts."""
    if len(frames) < HEADER.size:
        return
    magic, _, _, _, *salts, one, two = HEADER.unpack_from(frames)
    order = ">" if magic & 1 else "<"
    sums, waiting = _checksum(frames[:24], (0, 0), order), []
    at = HEADER.size if sums == (one, two) else len(frames)
    while at + FRAME.size + size <= len(frames):
        number, commit, *frame_salts, one, two = FRAME.unpack_from(frames, at)
        content = frames[at + FRAME.size : at + FRAME.size + size]
        sums = _checksum(content, _checksum(frames[at : at + 8], sums, order), order)
        if frame_salts != salts or sums != (one, two):
            return
        waiting.append((number, content))
        if commit:
            yield from waiting
            waiting = []
        at += FRAME.size + size


def _checksum(data: bytes, sums: tuple[int, int], order: str) -> tuple[int, int]:
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for number in range(0, len(words), 2):
        one = (one + words[number] + two) & 0xFFFFFFFF
        two = (two + words[number + 1] + one) & 0xFFFFFFFF
    return one, two


def _values(payload: bytes) -> Record:
    """The columns of a record."""
    end, at = _varint(payload, 0)
    kinds = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: Record = []
    for kind in kinds:
        value, at = _value(payload, kind, at)
        values.append(value)
    if at != len(payload):
        raise ValueError("a record that is longer than its columns")
    return values


def _value(payload: bytes, kind: int, at: int) -> tuple[int | float | str | bytes | None, int]:
    if kind in CONSTANTS:
        return CONSTANTS[kind], at
    if kind in INTEGERS:
        size = INTEGERS[kind]
        return int.from_bytes(_whole(payload[at : at + size], size), signed=True), at + size
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    size = (kind - 12) // 2
    if kind < 12:
        raise ValueError("a kind of value that there is not")
    content = _whole(payload[at : at + size], size)
    return (content.decode() if kind % 2 else content), at + size


CONSTANTS: Mapping[int, int | None] = {0: None, 8: 0, 9: 1}


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and where it ends."""
    value = 0
    for number in range(8):
        byte = data[at + number]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + number + 1
    return value << 8 | data[at + 8], at + 9


def _number(data: bytes, at: int) -> int:
    return int.from_bytes(_whole(data[at : at + 4], 4))


def _whole(data: bytes, length: int) -> bytes:
    if len(data) != length:
        raise ValueError("what is cut short")
    return data
