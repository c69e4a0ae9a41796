"""What is packed in a zip, gzip or bzip2 file, given out one after the other; nothing is ever written."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from retrieval.core.errors import ArticleError
from retrieval.ingestion.registry import LARGE, READERS, SMALL

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import IO

MOST_FILES = 20_000
MOST_UNPACKED = 2 * LARGE  # bytes, of all files in an archive together
MOST_RATIO = 300  # times that a file of more than a megabyte may grow; text grows tenfold at most
NOT_READ = "is packed in a way that cannot be read; unpack it and put the files themselves there"
BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    NotImplementedError,
)


@dataclass(frozen=True, slots=True)
class ArchiveMember:
    """A file in an archive: its path there, and what gives its bytes or raises ArticleError."""

    name: str
    read: Callable[[], bytes]


def files_in_zip(data: bytes) -> Iterator[ArchiveMember]:
    """The files in a zip. Raises ArticleError where it is none."""
    archive = opened(data)
    entries = archive.infolist()
    if len(entries) > MOST_FILES:
        raise ArticleError(f"has {len(entries):,} files, more than the {MOST_FILES:,} that are read of one archive")
    return _members(archive, entries)


def opened(data: bytes) -> zipfile.ZipFile:
    """A zip, also one that is a document of text. Raises ArticleError where it is none."""
    try:
        return zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise ArticleError("is broken: it cannot be unpacked; download or save it anew") from error


def unpacked(archive: zipfile.ZipFile, name: str, most: int = SMALL) -> bytes:
    """A file of an archive, of `most` bytes at most. Raises ArticleError where it cannot be read, KeyError for none."""
    entry = archive.getinfo(name)
    if entry.flag_bits & 1:
        raise ArticleError("is locked with a password; unpack it")
    if entry.file_size > 1_000_000 and entry.file_size > MOST_RATIO * max(entry.compress_size, 1):
        raise ArticleError(
            f"grows to {entry.file_size / max(entry.compress_size, 1):,.0f} times its size; it is not unpacked"
        )
    try:
        with archive.open(entry) as file:
            return _limited(file, most)
    except BROKEN as error:
        raise ArticleError(NOT_READ) from error


def _members(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> Iterator[ArchiveMember]:
    room = MOST_UNPACKED

    def read(entry: zipfile.ZipInfo) -> bytes:
        nonlocal room
        suffix = entry.filename[entry.filename.rfind(".") :].lower()
        if entry.external_attr >> 28 == 0o12:
            raise ArticleError("is a link, which is not followed in an archive")
        if room <= 0:
            raise ArticleError(f"comes after {MOST_UNPACKED / 1e6:.0f} MB of the archive, which is as much as is read")
        content = unpacked(archive, entry.filename, READERS[suffix].largest if suffix in READERS else SMALL)
        room -= len(content)
        return content

    for entry in entries:
        if entry.filename and not entry.filename.endswith("/"):
            name = entry.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or ":" in name.split("/")[0]:
                yield ArchiveMember(name, _leads_out)
            else:
                yield ArchiveMember(name, lambda entry=entry: read(entry))  # type: ignore[misc]


def _leads_out() -> bytes:
    raise ArticleError("has a path that leads out of its archive")


def file_in_gzip(data: bytes) -> list[ArchiveMember]:
    """The file in a gzip file."""
    return [ArchiveMember("", lambda: _whole(gzip.GzipFile(fileobj=io.BytesIO(data)), len(data)))]


def file_in_bzip2(data: bytes) -> list[ArchiveMember]:
    """The file in a bzip2 file."""
    return [ArchiveMember("", lambda: _whole(bz2.BZ2File(io.BytesIO(data)), len(data)))]


def _whole(file: gzip.GzipFile | bz2.BZ2File, packed: int) -> bytes:
    try:
        with file:
            return _limited(file, max(min(LARGE, MOST_RATIO * packed), SMALL // 10))
    except BROKEN as error:
        raise ArticleError(NOT_READ) from error


def _limited(file: IO[bytes] | gzip.GzipFile | bz2.BZ2File, most: int) -> bytes:
    content = file.read(most + 1)
    if len(content) > most:
        raise ArticleError(f"unpacks to more than {most / 1e6:.0f} MB; unpack it and split it")
    return content
