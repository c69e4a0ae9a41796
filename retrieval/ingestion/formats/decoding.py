"""Bytes -> text, whatever they were written with."""

from __future__ import annotations

import codecs

from retrieval.core.errors import ArticleError

MARKED = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
SAMPLE = 200_000  # bytes from which an encoding is guessed
CLOSE = 0.1  # of charset-normalizer's measure of disorder, from 0 to 1


def decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    """What `decode` gives, and remarks on what was guessed, each to follow the file's name."""
    return decode(data), ()


def decode(data: bytes) -> str:
    """The text of a file without its byte order mark: UTF-8 where it is that, else the likeliest encoding.

    Raises ArticleError, its sentence to follow the file's name, where the bytes are not text.
    """
    for mark, encoding in MARKED:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\0" in data:
        raise ArticleError("is not text (it has zero bytes); save it as UTF-8 text")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strictly(data, _likeliest(data[:SAMPLE]))


def _likeliest(data: bytes) -> str:
    """The encoding that leaves the least disorder; Windows' Western one, by far the commonest, where it comes close."""
    from charset_normalizer import from_bytes  # noqa: PLC0415 - nearly all articles are UTF-8 and do without it

    guesses = from_bytes(data)
    best = guesses.best()
    if best is None:
        raise ArticleError("is in an encoding that is not recognised; save it as UTF-8 text")
    western = any(guess.encoding == "cp1252" and guess.chaos <= best.chaos + CLOSE for guess in guesses)
    return "cp1252" if western else best.encoding


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise ArticleError(
            f"looks like {encoding} but has bytes that are not, first at byte {error.start}; save it as UTF-8 text"
        ) from error
