"""The pieces of text on the pages of a PDF and where they stand, by PDFium: what runs in a process of its own."""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

import pypdfium2 as pdfium  # of the extra `formats`, and imported where this module runs alone

from retrieval.core.errors import ArticleError

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_PAGES = 3_000
MOST_SIGNS = 60_000  # on a page
WIDE_GAP = 1.0  # times the size of the letters: what is further apart is not one piece
BOLD = 600
BOLD_NAMES = ("bold", "black", "heavy")


def pages_of(data: bytes) -> Iterator[dict[str, Any]]:
    """First what the file says of itself, then for each page its number as printed, its size and its pieces.

    A piece is [left, baseline, right, top, size of the letters, whether they are bold, text].
    """
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        locked = "password" in str(error).lower()
        raise ArticleError(
            "is locked with a password; save it without one" if locked else "is broken: it is no PDF that can be opened"
        ) from error
    count = len(document)
    yield {"about": document.get_metadata_dict(skip_empty=True), "pages": count}
    for number in range(min(count, MOST_PAGES)):
        try:
            page = document[number]
            width, height = page.get_size()
            yield {
                "number": document.get_page_label(number) or str(number + 1),
                "size": [width, height],
                "pieces": list(_pieces(page)),
            }
            page.close()
        except pdfium.PdfiumError:
            yield {"number": str(number + 1), "size": [0, 0], "pieces": []}


def _pieces(page: Any) -> Iterator[list[Any]]:
    raw = pdfium.raw
    text_page = page.get_textpage()
    left, right, bottom, top, origin, baseline = (ctypes.c_double() for _ in range(6))
    signs: list[str] = []
    box = [0.0, 0.0, 0.0, 0.0]
    size, bold = 0.0, False
    for at in range(min(raw.FPDFText_CountChars(text_page), MOST_SIGNS)):
        code = raw.FPDFText_GetUnicode(text_page, at)
        sign = chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"
        if sign in "\r\n":
            if signs:
                yield [*box, size, bold, "".join(signs)]
                signs = []
            continue
        if sign == "\x02" or code == 0xFFFE:  # PDFium's sign for a hyphen at the end of a line
            if signs:
                yield [*box, size, bold, "".join([*signs, "\xad"])]
                signs = []
            continue
        raw.FPDFText_GetCharBox(text_page, at, left, right, bottom, top)
        if sign.isspace():
            signs += [" "] if signs else []
            continue
        if signs and left.value - box[2] > WIDE_GAP * max(size, 1.0):
            yield [*box, size, bold, "".join(signs)]
            signs = []
        if not signs:
            size = raw.FPDFText_GetFontSize(text_page, at) or 1.0
            size = max(size, top.value - bottom.value) if size <= 1.5 else size  # scaled by the page, not by the font
            bold = raw.FPDFText_GetFontWeight(text_page, at) >= BOLD or _has_bold_name(text_page, at)
            known = raw.FPDFText_GetCharOrigin(text_page, at, origin, baseline)
            box = [left.value, baseline.value if known else bottom.value, right.value, top.value]
        signs.append(sign)
        box[0] = min(box[0], left.value)
        box[2], box[3] = max(box[2], right.value), max(box[3], top.value)
    if signs:
        yield [*box, size, bold, "".join(signs)]
    text_page.close()


def _has_bold_name(text_page: Any, at: int) -> bool:
    """Whether the name of the font of a sign says that it is bold; not every font has a weight."""
    name = ctypes.create_string_buffer(100)
    pdfium.raw.FPDFText_GetFontInfo(text_page, at, name, 100, ctypes.c_int())
    return any(said in name.value.lower().decode("latin-1") for said in BOLD_NAMES)
