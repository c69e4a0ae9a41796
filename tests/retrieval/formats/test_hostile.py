"""Files that are meant to harm are refused, or read in part, with one sentence; nothing else suffers."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import os
import subprocess
import sys
import zipfile
import zlib
from typing import TYPE_CHECKING

import pytest

from retrieval.ingestion.file_articles import articles_in
from tests.house.project import ROOT
from tests.retrieval.formats.containers import docx_of, pdf_of, pdf_of_objects, word_paragraph, zip_of
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import TypeAlias

    Files: TypeAlias = dict[str, tuple[str, Callable[[], bytes]]]  # by what they are: a file's name and its content

ZEROS = bytes(100_000_000)
ENTITIES = b"<!DOCTYPE a [<!ENTITY a0 'aaaaaaaaaa'>%s]>" % b"".join(
    b"<!ENTITY a%d '%s'>" % (level, b"&a%d;" % (level - 1) * 10) for level in range(1, 12)
)
OUTSIDE = b"<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/hostname'>]>"
BOMB = zlib.compress(b"BT /F 12 Tf 10 10 Td (abc def) Tj ET\n" * 3_000_000)
DUMP = "<mediawiki><page><title>T</title><ns>0</ns><revision><text>%s</text></revision></page></mediawiki>"


def pdf_with(content: bytes, filters: bytes) -> bytes:
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>"
    return pdf_of_objects(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
            page,
            b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), filters, content),
            b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        ]
    )


def linked() -> bytes:
    """A zip with a link and with paths that lead out of it."""
    link = zipfile.ZipInfo("link.md")
    link.external_attr = 0o120777 << 16
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w") as archive:
        archive.writestr(link, "/etc/hostname")
        archive.writestr("../out.md", "# Out\n\nA text.")
        archive.writestr("/abs.md", "# Abs\n\nA text.")
    return whole.getvalue()


REFUSED: Files = {
    "a zip bomb": ("a.zip", lambda: zip_of({"a.txt": ZEROS})),
    "a zip of too many files": ("a.zip", lambda: zip_of({f"{number}.txt": "x" for number in range(21_000)})),
    "archives in archives in archives": (
        "a.zip",
        lambda: zip_of({"a.zip": zip_of({"a.zip": zip_of({"a.md": "# A\n\nB."})})}),
    ),
    "a broken zip": ("a.zip", lambda: b"PK\x03\x04" + bytes(100)),
    "paths and links that lead out of a zip": ("a.zip", linked),
    "a gzip bomb": ("a.txt.gz", lambda: gzip.compress(ZEROS)),
    "a bzip2 bomb": ("a.txt.bz2", lambda: bz2.compress(ZEROS)),
    "a Word document that is a bomb": ("a.docx", lambda: zip_of({"word/document.xml": b"<a>" + ZEROS})),
    "a Word document with entities": ("a.docx", lambda: zip_of({"word/document.xml": ENTITIES + b"<a>&a11;</a>"})),
    "a Word document that asks for a file": ("a.docx", lambda: zip_of({"word/document.xml": OUTSIDE + b"<a>&x;</a>"})),
    "a Word document of nested tables": ("a.docx", lambda: docx_of("<w:tbl><w:tr><w:tc>" * 3_000)),
    "an OpenDocument text with entities": ("a.odt", lambda: zip_of({"content.xml": ENTITIES + b"<a>&a11;</a>"})),
    "a book without a table of its files": ("a.epub", lambda: zip_of({"x": "y"})),
    "a dump with entities": ("a.xml", lambda: ENTITIES + b"<mediawiki>&a11;</mediawiki>"),
    "a page of links in links": ("a.xml", (DUMP % ("[[a|" * 200_000)).encode),
    "a PDF whose pages are each other": (
        "a.pdf",
        lambda: pdf_of_objects([b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 1000000>>"]),
    ),
    "a PDF that unpacks to much": ("a.pdf", lambda: pdf_with(BOMB, b"/Filter/FlateDecode")),
    "a PDF that unpacks twice": (
        "a.pdf",
        lambda: pdf_with(zlib.compress(zlib.compress(ZEROS * 3)), b"/Filter[/FlateDecode/FlateDecode]"),
    ),
    "a PDF that is cut off": ("a.pdf", lambda: b"%PDF-1.7\n" + b"1 0 obj<<" * 100_000),
    "lists in lists in JSON": ("a.json", lambda: b"[" * 100_000),
    "a million objects": ("a.json", lambda: b"[" + b"{}," * 1_000_000 + b"{}]"),
    "a mail of thousands of parts": (
        "a.eml",
        lambda: b"Subject: x\n\n" + b"--b\nContent-Type: text/plain\n\nx\n" * 5_000,
    ),
    "tags that do not end": ("a.html", lambda: b"<a " * 1_000_000),
    "a tag of a million attributes": ("a.html", lambda: b"<a " + b"a=1 " * 1_000_000 + b">x"),
}
IN_PART: Files = {
    "a million tags": ("a.html", lambda: b"<p>x y</p>" * 500_000),
    "lists 10,000 deep": ("a.html", lambda: b"<ul><li>a" * 10_000),
    "a table of 10,000 columns": ("a.html", lambda: b"<table>" + (b"<tr>" + b"<td>x" * 10_000) * 2),
    "rows of 10,000 values": ("a.csv", lambda: b"x,y" * 10_000 + b"\na,b"),
    "a Word table of 10,000 columns": (
        "a.docx",
        lambda: docx_of(
            f"<w:tbl><w:tr>{f'<w:tc>{word_paragraph(os.urandom(2).hex())}</w:tc>' * 10_000}</w:tr></w:tbl>"
        ),
    ),
}
READ: Files = {
    "comments that do not end": ("a.html", lambda: b"<p>A text.</p>" + b"<!-- >" * 500_000),
    "lists 3,000 deep by their blanks": ("a.rst", lambda: b"".join(b" " * at + b"* a\n\n" for at in range(1_500))),
    "stars without an end": ("a.rst", lambda: b"*a " * 300_000),
    "blocks that do not end": ("a.adoc", lambda: b"".join(b"=" * (4 + at) + b"\n" for at in range(1_000)) + b"A text."),
    "marks without an end": ("a.adoc", lambda: b"_a" * 300_000),
    "quotation marks without an end": ("a.csv", lambda: b'a,"' * 300_000),
    "a PDF whose table of places lies": (
        "a.pdf",
        lambda: pdf_of([[(10, 10, 12, "A text of some words.")]]).replace(b"0000000", b"9999999"),
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_hostile_is_refused_in_a_sentence(what: str) -> None:
    file, content = REFUSED[what]
    found = articles_in(file, content())

    assert found.articles == ()
    assert found.problem.startswith(file)
    assert found.problem.endswith(".")


@pytest.mark.parametrize("what", IN_PART)
def test_what_is_too_large_is_read_in_part_and_says_so(what: str) -> None:
    file, content = IN_PART[what]
    found = articles_in(file, content())

    assert len(found.articles) == 1
    assert found.remarks[0].startswith(f"{file} has ")


@pytest.mark.parametrize("what", READ)
def test_what_only_looks_hostile_is_read(what: str) -> None:
    file, content = READ[what]

    assert len(articles_in(file, content()).articles) == 1


def test_everything_else_in_the_folder_is_served_and_nothing_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "articles"
    held = library_of(folder, {"a.md": "# A\n\nA text.", "b.zip": linked(), "c.pdf": b"%PDF-", "d.xml": b"<rss/>"})

    assert [article.file for article in held.articles] == ["a.md"]
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["a.md", "articles", "b.zip", "c.pdf", "d.xml"]


MEASURE = """
import json, resource, sys
from retrieval.ingestion.file_articles import articles_in
from tests.retrieval.formats import test_hostile as hostile
cases = {**hostile.REFUSED, **hostile.IN_PART, **hostile.READ}
file, content = cases[sys.argv[1]]
content = content()
hostile.ZEROS = b""
articles_in("a.html", b"<p>A text.</p>")
before = int(open("/proc/self/statm").read().split()[1])
open("/proc/self/clear_refs", "w").write("5")
articles_in(file, content)
peak = next(int(line.split()[1]) * 1024 for line in open("/proc/self/status") if line.startswith("VmHWM"))
print(json.dumps(peak - before * resource.getpagesize()))
"""


@pytest.mark.slow
@pytest.mark.skipif(not os.access("/proc/self/clear_refs", os.W_OK), reason="memory is measured as Linux tells it")
@pytest.mark.parametrize("what", [*REFUSED, *IN_PART, *READ])
def test_what_is_hostile_takes_at_most_100_mb(what: str) -> None:
    done = subprocess.run([sys.executable, "-c", MEASURE, what], cwd=ROOT, capture_output=True, text=True, check=True)

    assert json.loads(done.stdout) < 100_000_000
