"""The index that others published -> its corpus: from a folder that machines share, or fetched from an address."""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Protocol
from urllib.error import HTTPError
from urllib.parse import urldefrag
from urllib.request import urlopen
from uuid import uuid4

from retrieval.core.errors import IndexFileError, LibraryError
from retrieval.index import generations, index_file
from retrieval.index.generations import CURRENT, LONGEST, PIECE, Generation
from retrieval.index.status import IndexState, IndexStatus

if TYPE_CHECKING:
    from http.client import HTTPResponse

    from retrieval.index.corpus import Corpus

WEB = ("https://", "http://")
PATIENCE = 30  # seconds for which a server may be silent
TRIES = 3  # a generation may be dropped between the moment it is named and that in which it is opened
FETCHED = "published-"


class PublishedFolder(Protocol):
    """Where generations are published."""

    def current(self) -> Generation:
        """The one to be used. Raises OSError, IndexFileError."""

    def file(self, generation: Generation) -> Path:
        """The file of one, on a disk of this machine. Raises OSError, IndexFileError."""


@dataclass(frozen=True, slots=True)
class _SharedFolder:
    folder: Path

    def current(self) -> Generation:
        return generations.current(self.folder)

    def file(self, generation: Generation) -> Path:
        path = self.folder / generation.file
        path.stat()
        return path


@dataclass(frozen=True, slots=True)
class _WebFolder:
    """A folder of generations behind a web address; what is fetched is kept in the folder `kept`.

    Where the address is followed by “#sha256=…”, that generation alone is used.
    """

    address: str
    kept: Path

    def current(self) -> Generation:
        folder, wanted = urldefrag(self.address)
        with _asked_for(folder, CURRENT) as reply:
            found = Generation.read(reply.read(LONGEST))
        if wanted and wanted.removeprefix("sha256=").lower() != found.sha256:
            raise IndexFileError(f"another one is published there now, {found.sha256}")
        return found

    def file(self, generation: Generation) -> Path:
        path = self.kept / f"{FETCHED}{generation.file}"
        if not path.exists():
            self._fetch(generation, path)
        return path

    def _fetch(self, generation: Generation, path: Path) -> None:
        """Fetch a generation, whole or not at all, and drop those before it."""
        self.kept.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{uuid4().hex[:8]}.unfinished")
        whole, size = hashlib.sha256(), 0
        try:
            with _asked_for(urldefrag(self.address).url, generation.file) as reply, unfinished.open("wb") as file:
                while (piece := reply.read(PIECE)) and size <= generation.size:
                    size += len(piece)
                    whole.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            if (size, whole.hexdigest()) != (generation.size, generation.sha256):
                raise IndexFileError("what came is not what was published")
            before = [*self.kept.glob(f"{FETCHED}*.index")]
            unfinished.replace(path)
        finally:
            unfinished.unlink(missing_ok=True)
        for old in before:
            with suppress(OSError):
                old.unlink()
                old.with_suffix(".checked").unlink(missing_ok=True)


def _asked_for(folder: str, file: str) -> HTTPResponse:
    """What a server sends of a file in a folder. Raises OSError, and FileNotFoundError where it has none."""
    try:
        reply: HTTPResponse = urlopen(f"{folder.rstrip('/')}/{file}", timeout=PATIENCE)  # noqa: S310 - see WEB
    except HTTPError as error:
        if error.code in {HTTPStatus.NOT_FOUND, HTTPStatus.GONE}:
            raise FileNotFoundError(file) from error
        raise
    return reply


def open_published(place: str, kept: Path) -> tuple[Corpus, IndexStatus]:
    """The corpus that is published at `place`, a folder or the address of one; what is fetched is kept in `kept`.

    Raises LibraryError, which says why it cannot be used.
    """
    path = _file(place, kept)
    try:
        return index_file.load(path, None), IndexStatus(IndexState.PUBLISHED, path)
    except (OSError, IndexFileError) as error:
        raise LibraryError(_not_usable(place, error)) from error


def newer(place: str, kept: Path, than: IndexStatus) -> tuple[Corpus, IndexStatus] | None:
    """What is published now, None where that is still the same; raises as `open_published`."""
    return None if _file(place, kept) == than.path else open_published(place, kept)


def _file(place: str, kept: Path) -> Path:
    """The file of the generation to be used, which is there. Raises LibraryError."""
    source: PublishedFolder = _WebFolder(place, kept) if place.startswith(WEB) else _SharedFolder(Path(place))
    for left in reversed(range(TRIES)):
        try:
            return source.file(source.current())
        except (OSError, HTTPException, IndexFileError) as error:
            if not (left and isinstance(error, FileNotFoundError)):
                raise LibraryError(_not_usable(place, error)) from error
    raise AssertionError


def _not_usable(place: str, error: Exception) -> str:
    if isinstance(error, FileNotFoundError):
        where = "FOLDER" if place.startswith(WEB) else place
        return f"No index is published in {place}; `quoth publish {where}` puts one there."
    if isinstance(error, IndexFileError):
        return (
            f"The index published in {place} cannot be used, since {error}; publish it again with `quoth publish`, "
            "run by the same version of Quoth and of Python as here."
        )
    reason = (error.strerror if isinstance(error, OSError) else None) or error
    return f"The index published in {place} cannot be had ({reason}); check the address and that this user may read it."
