"""Whatever is in a file, its reader gives articles or one sentence, and nothing else is raised.

`QUOTH_FUZZ=60` reads so many seconds' worth of files for each format instead of a few.
"""

from __future__ import annotations

import io
import os
import random
import time
import zipfile
from typing import TYPE_CHECKING

import pytest

from retrieval.core.model import Kind
from retrieval.ingestion.file_articles import articles_in
from tests.retrieval.formats.containers import (
    docx_of,
    epub_of,
    odt_of,
    pdf_of,
    word_paragraph,
    word_table,
    zip_of,
)
from tests.retrieval.formats.outlines import DATA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.core.model import Article

SECONDS = float(os.environ.get("QUOTH_FUZZ", "0"))
FEW = 40  # files where no time is given
PIECES = [
    *(b"\n", b"\r\n", b"\n\n", b" ", b"    ", b"\t", b"\0", b"\xff", b"\xed\xa0\x80", b"*", b"**", b"`", b"``", b"_"),
    *(b"::", b"..", b".. note::", b"|", b"|===", b"+", b"+-", b"=", b"====", b"----", b"____", b"--", b"-->", b"~"),
    *(b"<", b">", b"</", b"<p>", b"<table>", b"<td>", b"</table>", b"<li>", b"<pre>", b"<details>", b"<nav>", b"<sup>"),
    *(b'"', b"'", b",", b";", b"{", b"}", b"[", b"]", b"{|", b"|}", b"{{", b"}}", b"[[", b"]]", b"null", b"1e999"),
    *(b"&#0;", b"&amp;", b"\\", b"* ", b". ", b"1. ", b"a::", b"[NOTE]\n", b"00:00:01,000 --> 00:00:02,000\n"),
]
BODY = word_paragraph("Ferry", "H1") + word_paragraph("a ticket", list_="1") + word_table([["a", "b"], ["c", "1"]])
SAMPLES = {
    suffix: [path.read_bytes() for path in sorted(DATA.glob(f"*{suffix}"))]
    for suffix in (".html", ".csv", ".json", ".jsonl", ".srt", ".vtt", ".eml", ".rst", ".adoc", ".xml")
}
SAMPLES[".docx"] = [docx_of(BODY)]
SAMPLES[".odt"] = [
    odt_of("<text:h>Ferry</text:h><text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>")
]
SAMPLES[".epub"] = [epub_of({"a.xhtml": "<h1>One</h1><p>A text.</p>"}, "<dc:title>T</dc:title>")]
SAMPLES[".zip"] = [zip_of({"a.md": "# A\n\nA text.", "b/c.html": "<p>Another text.</p>"})]
SAMPLES[".pdf"] = [pdf_of([[(50, 700, 18, "A heading"), (50, 660, 10, "A text of some words.")]])]


def changed(data: bytes, chance: random.Random) -> bytes:
    """The bytes of a file with a few changes."""
    found = bytearray(data)
    for _ in range(chance.choice([1, 1, 2, 5, 20])):
        at = chance.randrange(len(found) + 1)
        end = min(len(found), at + chance.choice([1, 5, 50, 300]))
        match chance.randrange(5):
            case 0:
                found[at:at] = chance.choice(PIECES) * chance.choice([1, 1, 2, 50])
            case 1:
                del found[at:end]
            case 2:
                found[at:at] = found[at:end] * chance.choice([1, 3])
            case 3:
                moved = found[at:end]
                del found[at:end]
                to = chance.randrange(len(found) + 1)
                found[to:to] = moved
            case _:
                found[at:at] = chance.randbytes(3)
    return bytes(found)


def changed_inside(data: bytes, chance: random.Random) -> bytes:
    """A zip with a few changes in some of its files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(whole, "w") as archive:
        for name in given.namelist():
            content = given.read(name)
            archive.writestr(name, changed(content, chance) if chance.random() < 0.4 else content)
    return whole.getvalue()


def hostile_files(suffix: str) -> Iterator[bytes]:
    chance = random.Random(suffix)  # noqa: S311 - for tests
    until = time.monotonic() + SECONDS
    number = 0
    while time.monotonic() < until if SECONDS else number < FEW:
        data = chance.choice(SAMPLES[suffix])
        inside = data.startswith(b"PK") and chance.random() < 0.8
        yield changed_inside(data, chance) if inside else changed(data, chance)
        number += 1


def check(article: Article) -> None:
    """The blocks are within the text, have words, belong to blocks that are there; what is hidden lies apart."""
    for number, block in enumerate(article.blocks):
        assert 0 <= block.span.start <= block.span.end <= len(article.text)
        assert block.span.start < block.span.end or block.kind is Kind.NOTE
        assert -1 <= block.parent < len(article.blocks)
        assert block.parent != number
    ends = 0
    for span in article.hidden:
        assert ends <= span.start < span.end <= len(article.text)
        ends = span.end


@pytest.mark.slow
@pytest.mark.parametrize("suffix", SAMPLES)
def test_a_reader_raises_nothing_whatever_is_in_the_file(suffix: str) -> None:
    for content in hostile_files(suffix):
        found = articles_in(f"a{suffix}", content)

        assert all(problem.startswith(f"a{suffix}") for problem in found.problems)
        for article in found.articles:
            check(article)
