"""Small files of the formats that are containers, made of what a test wants in them."""

from __future__ import annotations

import io
import zipfile
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT_FILE = '<rootfile full-path="OPS/book.opf"/>'
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STYLES = """<w:style w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:styleId="Own"><w:name w:val="Our heading"/><w:basedOn w:val="H2"/></w:style>
<w:style w:styleId="T"><w:name w:val="Title"/></w:style><w:style w:styleId="Q"><w:name w:val="Quote"/></w:style>
<w:style w:styleId="C"><w:name w:val="Source Code"/></w:style>"""
NUMBERING = """<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl>
<w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="lowerLetter"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>"""


def zip_of(files: Mapping[str, str | bytes]) -> bytes:
    """A zip with these files."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return whole.getvalue()


def word_paragraph(text: str, style: str = "", list_: str = "", level: int = 0) -> str:
    """A paragraph of a Word document, in a style or in a list."""
    own = f'<w:pStyle w:val="{style}"/>' if style else ""
    own += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>' if list_ else ""
    return f"<w:p><w:pPr>{own}</w:pPr><w:r><w:t>{escape(text)}</w:t></w:r></w:p>"


def word_table(rows: Sequence[Sequence[str]]) -> str:
    cells = ["".join(f"<w:tc>{word_paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx_of(body: str, **parts: str) -> bytes:
    """A Word document with that body; `parts` are other parts of it, such as `footnotes`."""
    files = {
        "word/document.xml": f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        "word/styles.xml": f'<w:styles xmlns:w="{WORD}">{STYLES}</w:styles>',
        "word/numbering.xml": f'<w:numbering xmlns:w="{WORD}">{NUMBERING}</w:numbering>',
    }
    for name, part in parts.items():
        files[f"word/{name}.xml"] = f'<w:{name} xmlns:w="{WORD}">{part}</w:{name}>'
    return zip_of(files)


def odt_of(body: str, styles: str = "", meta: str = "") -> bytes:
    """An OpenDocument text with that body."""
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "text", "table", "style")
    )
    content = (
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text>"
    )
    purl = 'xmlns:dc="http://purl.org/dc/elements/1.1/"'
    return zip_of(
        {
            "content.xml": f"<office:document-content {names}>{content}</office:body></office:document-content>",
            "meta.xml": f"<office:document-meta {names} {purl}>{meta}</office:document-meta>",
        }
    )


def epub_of(chapters: Mapping[str, str], about: str = "", contents: str = "") -> bytes:
    """A book with these chapters in the order in which they are read, by their files."""
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="application/xhtml+xml"/>'
        for number, name in enumerate(chapters)
    )
    spine = "".join(f'<itemref idref="i{number}"/>' for number in range(len(chapters)))
    nav = '<item id="nav" href="nav.xhtml" properties="nav" media-type="application/xhtml+xml"/>' if contents else ""
    package = f'<package xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>{about}</metadata>'
    return zip_of(
        {
            "META-INF/container.xml": f"<container><rootfiles>{ROOT_FILE}</rootfiles></container>",
            "OPS/book.opf": f"{package}<manifest>{nav}{items}</manifest><spine>{spine}</spine></package>",
            "OPS/nav.xhtml": contents,
            **{
                f"OPS/{name}": f"<html><body>{chapter}</body></html>" for name, chapter in reversed([*chapters.items()])
            },
        }
    )


def pdf_of(pages: Sequence[Sequence[tuple[float, float, float, str]]], about: str = "", font: bytes = b"") -> bytes:
    """A PDF whose pages have these texts: how far from the left, how high, how large, and what; "*" makes it bold."""
    plain = font or b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    bold = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica-Bold/Encoding/WinAnsiEncoding>>"
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(pages)),
        plain,
        bold,
    ]
    for number, page in enumerate(pages):
        content = b"".join(_shown(*text) for text in page)
        objects += [
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R/B 4 0 R>>>>/Contents %d 0 R>>"
            % (6 + 2 * number),
            b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        ]
    objects.append(f"<<{about}>>".encode("cp1252"))
    return pdf_of_objects(objects, info=len(objects))


def pdf_of_objects(objects: Sequence[bytes], info: int = 0) -> bytes:
    """A PDF of these objects; the first is its catalogue."""
    whole, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(whole))
        whole += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    trailer = b"<</Size %d/Root 1 0 R%s>>" % (len(objects) + 1, b"/Info %d 0 R" % info if info else b"")
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return whole + head + table + b"trailer%s\nstartxref\n%d\n%%%%EOF" % (trailer, len(whole))


def _shown(left: float, bottom: float, size: float, text: str) -> bytes:
    said = text.removeprefix("*").replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    font = b"B" if text.startswith("*") else b"F"
    return b"BT /%s %g Tf %g %g Td (%s) Tj ET\n" % (font, size, left, bottom, said.encode("cp1252"))
