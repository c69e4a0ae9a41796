"""Where an added source lies: its collection, and the name of its file, told by what is in it."""

from __future__ import annotations

import io
import posixpath
import unicodedata
import zipfile

from bot.services.sources.source_errors import SourceProblem, SourceStoreError
from retrieval.ingestion.left_aside import HIDDEN, PACKAGES
from retrieval.ingestion.registry import READERS, is_read, largest_size
from retrieval.ingestion.scanner import OWN
from retrieval.ingestion.source_folders import MEMBER_ANSWER

LONGEST_NAME = 50  # characters, of up to four bytes; file systems take 255 of these
LONGEST_PLACE = 300
DEFAULT_COLLECTION = "sources"
FORBIDDEN = frozenset('<>:"/\\|?*')  # in names on some systems
RESERVED = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10))}
)

# How the content of a kind of file begins that cannot be taken for text.
SIGNATURES = ((b"%PDF-", ".pdf"), (b"\x1f\x8b", ".gz"), (b"BZh", ".bz2"))
MARKUP = (b"<!doctype html", b"<html", b"<?xml version")
PACKED = (("word/document.xml", ".docx"), ("content.xml", ".odt"), ("meta-inf/container.xml", ".epub"))
PLAIN = frozenset({".txt", ""})


def place_of(name: str, *, guild: int | None = None, collection: str = "") -> str:
    """The path of a source with that file name: in a collection of a server's, or (None) of the operator's.

    Raises SourceStoreError where no path can be made of it.
    """
    folder = (
        safe_name(collection, limit=40) if collection.strip() else (DEFAULT_COLLECTION if guild is not None else "")
    )
    parts = [f"@{guild}" if guild is not None else "", folder, name]
    place = "/".join(part for part in parts if part)
    if not is_place(place) or (collection.strip() and not folder):
        raise SourceStoreError(SourceProblem.NO_PLACE, place or name)
    return place


def is_place(file: str) -> bool:
    """Whether a file may lie at that path below the folder of added sources."""
    steps = file.split("/")
    return len(file) <= LONGEST_PLACE and all(map(_is_step, steps[:-1])) and is_file_name(steps[-1])


def is_file_name(name: str) -> bool:
    return _is_name(name) and name not in OWN


def _is_step(name: str) -> bool:
    """Whether a folder may have that name: none that is read as a file."""
    return _is_name(name) and posixpath.splitext(name)[1].lower() not in READERS and name not in PACKAGES


def _is_name(name: str) -> bool:
    return (
        bool(name)
        and name == name.strip()
        and not name.startswith(HIDDEN)
        and not FORBIDDEN & {*name}
        and (name.isprintable())
    )


def file_name(said: str, content: bytes) -> str:
    """The name of the file for content that somebody calls `said`, with the ending of its kind.

    Raises SourceStoreError where it is of no kind that is read, or too large for its kind.
    """
    base = posixpath.basename(said.replace("\\", "/"))
    suffix = kind_of(base, content)
    stem = base[: -len(suffix)] if base.lower().endswith(suffix) else posixpath.splitext(base)[0]
    if not content.strip():
        raise SourceStoreError(SourceProblem.EMPTY, said)
    if len(content) > largest_size(suffix):
        raise SourceStoreError(SourceProblem.TOO_LARGE, said)
    name = f"{safe_name(stem, limit=LONGEST_NAME) or 'source'}{suffix}"
    while name.endswith(MEMBER_ANSWER):
        name = f"{name.removesuffix(MEMBER_ANSWER)}.md"
    if suffix in (".gz", ".bz2") and not is_read(name):
        raise SourceStoreError(SourceProblem.NOT_READ, said)
    return name if name not in OWN else f"source-{name}"


def kind_of(name: str, content: bytes) -> str:
    """The ending of the kind of file that content is: by itself where that is sure, else by the name.

    Raises SourceStoreError where nothing reads it.
    """
    said = posixpath.splitext(name)[1].lower()
    for signature, suffix in SIGNATURES:
        if content.startswith(signature):
            return suffix
    if content.startswith(b"PK\x03\x04"):
        return _packed_kind(content)
    if content.startswith(b"\x7fELF") or (
        b"\0" in content[:4096] and not content.startswith((b"\xff\xfe", b"\xfe\xff"))
    ):
        raise SourceStoreError(SourceProblem.NOT_READ, name)
    told = READERS.get(said)
    is_text = told is not None and told.holds != "files" and said not in {".pdf", ".docx", ".odt", ".epub"}
    if is_text and said not in PLAIN:
        return said
    head = content[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(MARKUP[:2]) or (head.startswith(MARKUP[2]) and b"<html" in head):
        return ".html"
    if head.startswith(b"webvtt"):
        return ".vtt"
    if said not in READERS and said not in PLAIN and not _is_words(content):
        raise SourceStoreError(SourceProblem.NOT_READ, name)
    return ".txt"


def _packed_kind(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            names = {name.lower() for name in packed.namelist()[:10_000]}
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError):
        return ".zip"
    return next((suffix for name, suffix in PACKED if name in names), ".zip")


def _is_words(content: bytes) -> bool:
    try:
        said = content[:4096].decode("utf-8", "ignore")
    except UnicodeError:
        return False
    return bool(said) and sum(sign.isprintable() or sign.isspace() for sign in said) >= 0.9 * len(said)


def safe_name(said: str, *, limit: int) -> str:
    """What somebody calls a file or a collection, without what a file system or a path would mind."""
    shown = "".join(
        " " if sign in FORBIDDEN or not sign.isprintable() else sign for sign in unicodedata.normalize("NFC", said)
    )
    name = " ".join(shown.split())[:limit].strip(" .~@")
    if posixpath.splitext(name)[1].lower() in READERS:
        name = name.replace(".", " ").strip()
    return f"{name}_" if name.lower() in RESERVED or name in PACKAGES else name
