"""What is read of documents that are containers: Word, OpenDocument, EPUB and PDF."""

from __future__ import annotations

from inline_snapshot import snapshot

from retrieval.core.model import Kind
from retrieval.ingestion.file_articles import articles_in
from tests.retrieval.formats.containers import docx_of, epub_of, odt_of, pdf_of, word_paragraph, word_table
from tests.retrieval.formats.outlines import drawn

LINE = "the ferry leaves from the northern quay every half hour and"


def test_a_word_document_keeps_its_headings_lists_and_tables() -> None:
    body = "".join(
        [
            word_paragraph("Ferry to Borun", "T"),
            word_paragraph("Tickets", "H1"),
            word_paragraph("You need:"),
            word_paragraph("a ticket", list_="1"),
            word_paragraph("sold on board", list_="1", level=1),
            word_paragraph("a coat", list_="1"),
            word_paragraph("queue", list_="2"),
            word_paragraph("board", list_="2"),
            word_paragraph("Fares", "Own"),
            word_table([["Who", "Fare"], ["Adult", "3 euros"], ["Child", "1 euro"]]),
            word_paragraph("Long live the ferry.", "Q"),
            word_paragraph("ferry book", "C"),
            word_paragraph("  --now", "C"),
        ]
    )

    assert drawn("a.docx", docx_of(body)) == snapshot("""\
a.docx / Ferry to Borun
title: Ferry to Borun
heading: Tickets
  paragraph: You need:
    item (•): a ticket
      item (•): sold on board
    item (•): a coat
    item (a.): queue
    item (b.): board
  heading: Fares
    table head: Who | Fare
      row: Adult | 3 euros
      row: Child | 1 euro
    quotation: Long live the ferry.
    code: ferry book ⏎   --now\
""")


def test_an_awkward_word_document_is_read_as_it_looks_once_its_changes_are_accepted() -> None:
    merged = (
        "<w:tbl><w:tr><w:tc><w:tcPr><w:vMerge w:val='restart'/></w:tcPr><w:p><w:r><w:t>Adult</w:t></w:r></w:p></w:tc>"
        "<w:tc><w:p><w:r><w:t>day</w:t></w:r></w:p></w:tc></w:tr>"
        "<w:tr><w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p/></w:tc><w:tc><w:p><w:r><w:t>night</w:t></w:r></w:p></w:tc>"
        "</w:tr></w:tbl>"
    )
    body = (
        "<w:p><w:r><w:t>The ferry </w:t></w:r><w:del><w:r><w:delText>never </w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>always </w:t></w:r></w:ins><w:hyperlink><w:r><w:t>leaves</w:t></w:r></w:hyperlink>"
        "<w:r><w:br/><w:t>at</w:t><w:noBreakHyphen/><w:t>once.</w:t></w:r></w:p>"
        "<w:sdt><w:sdtContent><w:p><w:r><w:t>In a field.</w:t></w:r></w:p></w:sdtContent></w:sdt>" + merged
    )
    note = "<w:footnote><w:p><w:r><w:t>Not on Sundays.</w:t></w:r></w:p></w:footnote>"

    assert drawn("a.docx", docx_of(body, footnotes=note)) == snapshot("""\
a.docx / a
paragraph: The ferry always leaves at-once.
paragraph: In a field.
row: Adult | day
row: Adult | night
paragraph (footnote): Not on Sundays.\
""")


def test_an_opendocument_text_keeps_its_headings_lists_and_tables() -> None:
    body = """<text:p text:style-name="Title">Ferry to Borun</text:p>
    <text:h text:outline-level="1">Tickets</text:h><text:p>You<text:s text:c="2"/>need:<text:note><text:note-body>
    <text:p>Not on Sundays.</text:p></text:note-body></text:note></text:p>
    <text:list><text:list-item><text:p>a ticket</text:p><text:list><text:list-item><text:p>sold on board</text:p>
    </text:list-item></text:list></text:list-item></text:list>
    <text:list text:style-name="L1"><text:list-item><text:p>queue</text:p></text:list-item></text:list>
    <table:table><table:table-header-rows><table:table-row><table:table-cell><text:p>Who</text:p></table:table-cell>
    <table:table-cell><text:p>Fare</text:p></table:table-cell></table:table-row></table:table-header-rows>
    <table:table-row><table:table-cell><text:p>Adult</text:p></table:table-cell>
    <table:table-cell table:number-columns-repeated="1"><text:p>three euros</text:p></table:table-cell>
    </table:table-row></table:table><text:p text:style-name="P1">ferry book</text:p>"""
    styles = """<style:style style:name="P1" style:parent-style-name="Preformatted_20_Text"/>
    <text:list-style style:name="L1"><text:list-level-style-number/></text:list-style>"""

    assert drawn("a.odt", odt_of(body, styles, "<dc:creator>Ann Bee</dc:creator>")) == snapshot("""\
a.odt / Ferry to Borun / Ann Bee
title: Ferry to Borun
heading: Tickets
  paragraph: You need:
    item (•): a ticket
      item (•): sold on board
  item (1.): queue
  table head: Who | Fare
    row: Adult | three euros
  code: ferry book
paragraph (footnote): Not on Sundays.\
""")


def test_a_book_is_read_in_the_order_of_its_chapters() -> None:
    about = "<dc:title>The ferry</dc:title><dc:creator>Ann Bee</dc:creator><dc:date>1788-05-06</dc:date>"
    chapters = {
        "z.xhtml": "<h1>One</h1><p>The first chapter.</p>",
        "a%20b.xhtml": "<p>Not there.</p>",
        "b.xhtml": "<h1>Two</h1><p>The second chapter.</p><ul><li>an item</li></ul>",
    }

    assert drawn("a.epub", epub_of(chapters, about, "<nav><a href='z.xhtml'>One</a></nav>")) == snapshot("""\
a.epub / The ferry / 1788-05-06 / Ann Bee
title: The ferry
heading: One
  paragraph: The first chapter.
heading: Two
  paragraph: The second chapter.
  item (•): an item
remark: a.epub lacks 1 of its chapters, or they are too large.\
""")


def test_a_pdf_knows_its_headings_tables_and_pages() -> None:
    first = [
        (60, 780, 9, "Port of Alder"),
        (60, 740, 20, "Ferry to Borun"),
        (60, 700, 10, "On all days of the year but one, which nobody remembers, the fer-"),
        (60, 688, 10, "ry leaves from the northern quay. The well-known one is older."),
        (60, 650, 14, "Tickets"),
        (60, 630, 10, "Who"),
        (200, 630, 10, "Fare"),
        (60, 618, 10, "Adult"),
        (200, 618, 10, "3 euros"),
        (60, 606, 10, "Child"),
        (200, 606, 10, "1 euro"),
        (60, 580, 10, "You need:"),
        (60, 568, 10, "• a ticket"),
        (60, 556, 10, "• a coat"),
        (60, 530, 10, "All crews know each other, and they go by names that are well-"),
        (300, 30, 9, "1"),
    ]
    second = [
        (60, 780, 9, "Port of Alder"),
        (60, 740, 10, "known even to those who never went on board of any of them."),
        (60, 700, 10, "*Gate C"),
        (60, 688, 10, "It is beside the tower."),
        (300, 30, 9, "2"),
    ]
    assert drawn("a.pdf", pdf_of([first, second], "/Title(untitled)/Author(Ann Bee)")) == snapshot("""\
a.pdf / Ferry to Borun / Ann Bee
boilerplate (running head): Port of Alder
boilerplate (page number): 1
title: Ferry to Borun
paragraph (p. 1): On all days of the year but one, which nobody remembers, the ferry leaves from the norther…
heading (p. 1): Tickets
  table head: Who | Fare
    row: Adult | 3 euros
    row: Child | 1 euro
  paragraph (p. 1): You need:
    item (•): a ticket
    item (•): a coat
  paragraph (p. 1): All crews know each other, and they go by names that are well-known even to those who neve…
boilerplate (running head): Port of Alder
boilerplate (page number): 2
  heading (p. 2): Gate C
    paragraph (p. 2): It is beside the tower.\
""")


def test_columns_of_a_pdf_are_read_one_after_the_other() -> None:
    left = [(50, 700 - 12 * at, 10, f"left {at} {LINE[:35]}") for at in range(8)]
    right = [(320, 700 - 12 * at, 10, f"right {at} {LINE[:35]}") for at in range(8)]
    mixed = [piece for pair in zip(left, right, strict=True) for piece in pair]

    page = [(50, 740, 18, "Over both columns of the page, from left to right"), *mixed]
    article = articles_in("a.pdf", pdf_of([page])).articles[0]

    places = [article.text.index(f"{side} {at} ") for side in ("left", "right") for at in range(8)]
    assert places == sorted(places)
    assert [block.kind for block in article.blocks] == [Kind.TITLE, Kind.PARAGRAPH]


def test_a_pdf_of_pictures_says_what_to_do() -> None:
    assert drawn("a.pdf", pdf_of([[]])) == snapshot(
        "problem: a.pdf has no text, only pictures of pages; run text recognition (OCR) over it first."
    )


def test_a_pdf_whose_font_does_not_say_which_letters_it_draws_is_not_read_as_letters() -> None:
    lies = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 1 1]/FontMatrix[1 0 0 1 0 0]/CharProcs<<>>/FirstChar 0/LastChar 0"
    lies += b"/Widths[1]/Encoding<</Differences[97/g1/g2/g3/g4/g5]>>/Resources<<>>>>"

    assert "abc" not in drawn("a.pdf", pdf_of([[(50, 700, 12, "abcab abc abcde")]], font=lies))
