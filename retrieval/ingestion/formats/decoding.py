"""Bytes -> text, whatever they were written with."""

from __future__ import annotations

import codecs
import re
import unicodedata
from typing import NamedTuple

from retrieval.core.errors import ArticleError

MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
FEW = 0.001  # of the bytes of a text: so many zero bytes are a slip, more are no text
ONE_HALF = 0.75  # of the zero bytes of UTF-16
UNKNOWN = "\ufffd"
OTHER = re.compile(r"[^\x00-\x7f\ufffd]")
SAVE = "save it as UTF-8 text to be sure"


class Decoded(NamedTuple):
    """A text, and remarks on what was guessed or lost, each to follow the file's name."""

    text: str
    remarks: tuple[str, ...] = ()


def decode(data: bytes) -> str:
    """The text that `decoded` gives, where its remarks are of no interest."""
    return decoded(data).text


def decoded(data: bytes) -> Decoded:
    """The text of a file without its byte order mark: UTF-8 where it is that, else as its likeliest encoding.

    A byte that cannot be read costs one sign, U+FFFD. Raises ArticleError, its sentence to follow the file's name,
    where the bytes are not text.
    """
    for mark, encoding in MARKED:
        if data.startswith(mark):
            return _with_losses(data[len(mark) :], encoding)
    if b"\0" in data:
        return _with_zeros(data)
    try:
        return Decoded(data.decode("utf-8"))
    except UnicodeDecodeError:
        return _other(data)


def _other(data: bytes) -> Decoded:
    """A text that is no UTF-8, or one with a few broken letters."""
    text = data.decode("utf-8", errors="replace")
    before = text.count(UNKNOWN) - data.count(UNKNOWN.encode())
    if len(OTHER.findall(text)) > before:
        return _with_losses(data, "utf-8")
    from retrieval.ingestion.formats.encoding_guess import likeliest_encoding  # noqa: PLC0415 - nearly all are UTF-8

    encoding = likeliest_encoding(data)
    if encoding is None:
        raise ArticleError("is in an encoding that is not recognised; save it as UTF-8 text")
    found = _with_losses(data, encoding)
    said = f"is not UTF-8 and is read as {codecs.lookup(encoding).name}, which is a guess; {SAVE}"
    text = unicodedata.normalize("NFC", found.text) if encoding == "cp1258" else found.text  # its accents stand apart
    return Decoded(text, (said, *found.remarks))


def _with_losses(data: bytes, encoding: str) -> Decoded:
    try:
        return Decoded(data.decode(encoding))
    except UnicodeDecodeError as error:
        text = data.decode(encoding, errors="replace")
        lost = text.count(UNKNOWN)
        what = "a byte that is" if lost == 1 else f"{lost:,} bytes that are"
        first = "at" if lost == 1 else "the first at"
        return Decoded(text, (f"has {what} no {encoding.upper()}, {first} byte {error.start:,}; {SAVE}",))


def _with_zeros(data: bytes) -> Decoded:
    """UTF-16 without a mark, where nearly every zero byte is the same half of a letter; or a text with a slip."""
    first = data[::2].count(b"\0")
    second = data[1::2].count(b"\0")
    if max(first, second) >= ONE_HALF * (first + second) and len(data) % 2 == 0:
        encoding = "utf-16-be" if first > second else "utf-16-le"
        text = data.decode(encoding, errors="replace")
        if text.count(UNKNOWN) <= FEW * len(text) and _reads_as_text(text):
            return Decoded(
                text, (f"has no byte order mark and is read as {encoding.upper()}, which is a guess; {SAVE}",)
            )
    zeros = data.count(b"\0")
    if zeros > FEW * len(data):
        raise ArticleError("is not text (it has zero bytes); save it as UTF-8 text")
    text, remarks = decoded(data.replace(b"\0", b" "))
    return Decoded(text, (*remarks, f"has zero bytes ({zeros:,}), which are read as spaces; {SAVE}"))


def _reads_as_text(text: str) -> bool:
    """Whether nearly all signs are letters, digits, marks that people write, and white space."""
    head = text[:10_000]
    return sum(sign.isprintable() or sign.isspace() for sign in head) >= 0.99 * len(head) and any(
        sign.isalpha() for sign in head
    )
