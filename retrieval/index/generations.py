"""An index that is made in one place and read in many: each time a new file, published whole, and never changed.

A folder of generations has one file for each, named after its digest, and a small one, CURRENT, that says which is to
be used. The folder may lie on a disk that machines share, or be served by any web server. Readers need no articles.
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any
from uuid import uuid4

import numpy as np

from retrieval.core.errors import IndexFileError
from retrieval.index import index_file
from retrieval.index.array_file import settle
from retrieval.index.corpus import Corpus

if TYPE_CHECKING:
    from pathlib import Path

CURRENT = "current.json"
LONGEST = 10_000  # bytes of CURRENT
KEPT = 3  # generations: who reads an older one opens the next within seconds
PIECE = 1 << 22  # bytes
ABANDONED = 6 * 3_600  # seconds after which nobody goes on with an unfinished file


@dataclass(frozen=True, slots=True)
class Generation:
    """One index that was published: the digest of its file, its size in bytes, and what it is of."""

    sha256: str
    size: int
    library: str
    published: str

    @property
    def file(self) -> str:
        """The name of its file in the folder of generations."""
        return f"{self.sha256}.index"

    @classmethod
    def read(cls, content: bytes) -> Generation:
        """The one that CURRENT names. Raises IndexFileError where it names none."""
        try:
            said: dict[str, Any] = json.loads(content)
            known = {name: said[name] for name in cls.__slots__}
            found = cls(**known)
            whole = len(bytes.fromhex(found.sha256)) == hashlib.sha256().digest_size and found.size > 0
        except (ValueError, TypeError, KeyError) as error:
            raise IndexFileError(f"its {CURRENT} cannot be read") from error
        if not whole:
            raise IndexFileError(f"its {CURRENT} names no index")
        return found


def publish(corpus: Corpus, folder: Path) -> tuple[Generation, bool]:
    """Put a corpus of one part into the folder of generations, and have it used from now on; whether it is a new one.

    Whenever this ends before it is done, readers find what was published before. Raises OSError.
    """
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder)
    unfinished = folder / f"{uuid4().hex}.unfinished"
    try:
        index_file.save(_timeless(corpus), unfinished)
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        made = Generation(digest_of(unfinished), unfinished.stat().st_size, corpus.library.fingerprint, now)
        with suppress(OSError, IndexFileError):
            if current(folder).sha256 == made.sha256 and (folder / made.file).stat().st_size == made.size:
                return current(folder), False
        unfinished.replace(folder / made.file)
    finally:
        unfinished.unlink(missing_ok=True)
    _write(folder / CURRENT, json.dumps(asdict(made), indent=1).encode())
    _drop_old(folder, made)
    return made, True


def _timeless(corpus: Corpus) -> Corpus:
    """The same without the times of its files, which say nothing elsewhere: so the same articles are the same index."""
    sources = corpus.library.sources
    library = replace(corpus.library, sources=replace(sources, changed=np.zeros_like(sources.changed)))
    return Corpus(library, corpus.analyzer, corpus.parts, corpus.vocabulary)


def current(folder: Path) -> Generation:
    """The generation to be used. Raises FileNotFoundError where none is published, OSError, IndexFileError."""
    with (folder / CURRENT).open("rb") as file:
        return Generation.read(file.read(LONGEST))


def digest_of(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal digits."""
    whole = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.update(piece)
    return whole.hexdigest()


def _write(path: Path, content: bytes) -> None:
    """Have `content` in the place of what the file has, whole or not at all."""
    unfinished = path.with_name(f"{uuid4().hex}.unfinished")
    with unfinished.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    unfinished.replace(path)
    settle(path.parent)


def _drop_old(folder: Path, made: Generation) -> None:
    """Remove all but the newest generations; whoever has mapped one keeps it."""
    with suppress(OSError):
        files = sorted(folder.glob("*.index"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in [one for one in files if one.name != made.file][KEPT - 1 :]:
            path.unlink(missing_ok=True)
            path.with_suffix(".checked").unlink(missing_ok=True)


def _clear(folder: Path) -> None:
    """Remove what was left behind by publishing that was cut short hours ago."""
    for path in folder.glob("*.unfinished"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > ABANDONED:
                path.unlink()
