"""What is read of a sample of each format, and of an awkward one."""

from __future__ import annotations

import pytest
from inline_snapshot import snapshot

from retrieval.ingestion.file_articles import articles_in
from retrieval.ingestion.formats import extra
from retrieval.ingestion.registry import READERS
from tests.retrieval.formats.outlines import DATA, drawn, sample


def test_a_web_page_is_read_with_its_structure_and_without_what_is_around_it() -> None:
    assert sample("ferry.html") == snapshot("""\
ferry.html / Ferry to Borun / 2024-03-05 / Ann Bee / Port of Alder / https://ferry.example/borun
boilerplate (navigation): Home
boilerplate (navigation): Fares
title: Ferry to Borun
paragraph: The ferry leaves every half hour from the northern quay. It has carried 10⁶ people.
heading: Tickets
  paragraph: You need:
    item (•): a ticket
      item (•): which is sold on board
    item (•): a warm coat
      paragraph: Lend one at the quay.
  item (3.): Queue at gate C.
  item (4.): Show your ticket.
  caption: Fares in 2024
    table head: Who | Fare Day | Fare Night
      row: Adult | 3 euros | 4 euros
      row: Adult | 5 euros with a bicycle |
      row: Child | 1 euro | 2 euros
  term: Gate C
    definition: The gate beside the tower.
  heading (question): May I bring a dog?
    paragraph: Yes, on a lead.
  note (warning): Warning
    paragraph: Mind the gap at the quay.
  quotation: Long live the ferry.
  caption: The first ferry, in 1788
  code (sh): ferry book --from alder \\ ⏎   --to borun
  boilerplate (related): Read more
    boilerplate (related): Ten bridges and a river
  boilerplate (cookies): We use cookies.
  boilerplate (footer): © 2024 Port of Alder
heading (question): Is there a night ferry?
  paragraph: Yes, from May to August.\
""")


def test_a_careless_web_page_is_read_all_the_same() -> None:
    assert sample("awkward.html") == snapshot("""\
awkward.html / Tide tables
paragraph: Home
title: Tide tables
paragraph: High water is at noon
paragraph: Low water is at six
paragraph: No end tag here
item (•): one
item (•): two
  item (•): inner
item (•): three
row: Spring | 6 m
row: Neap | 4 m
note (note):
  paragraph: A panel without a title.
paragraph: This paragraph is called navigation by whoever wrote the page, and yet it is long enough a…
code:  tide --at ⏎    noon
paragraph: 5 < 6 & 7 > 6 & é x\
""")


def test_a_row_of_values_knows_its_columns_whatever_is_between_them() -> None:
    assert sample("fares.csv") == snapshot("""\
fares.csv / fares
table head (;): Name;Hours;Price, EUR
  row (;): Pool "North";9–18;4,50
  row (;): Sauna;10–20 ⏎ closed on Monday;7\
""")
    assert sample("tides.tsv") == snapshot("""\
tides.tsv / tides
table head: Tide	Height
  row: Spring	6 m
  row: Neap	4 m\
""")


def test_a_table_of_questions_and_answers_is_read_as_such() -> None:
    assert sample("questions.csv") == snapshot("""\
questions.csv / questions
heading (question): May I bring a dog, or two?
  paragraph: Yes, on a lead.
heading (question): When does the last ferry leave?
  paragraph: At ten.\
""")


def test_each_object_with_a_text_is_an_article() -> None:
    assert sample("articles.json") == snapshot("""\
articles.json/The quay / The quay / 2024-03-05 / Ann Bee / https://ferry.example/quay
title: The quay
paragraph: The quay is of oak.
paragraph: It was built in 1788.
articles.json/The tower / The tower
title: The tower
paragraph: The tower has two bells.
item (•): one is cracked\
""")
    assert sample("lines.jsonl") == snapshot("""\
lines.jsonl/First / First
title: First
paragraph: A text of some words.
lines.jsonl/First (2) / First
title: First
paragraph: Another text with the same title.
remark: lines.jsonl/First has lines that are not JSON, which are left aside: 2.\
""")


def test_objects_with_questions_and_answers_are_one_article() -> None:
    assert sample("faq.json") == snapshot("""\
faq.json / faq
heading (question): When does the ferry leave?
  paragraph: Every half hour.
heading (question): How much is it?
  paragraph: Three euros.
  paragraph: One for children.\
""")


def test_data_is_no_article_and_no_problem() -> None:
    assert sample("data.json") == snapshot("remark: data.json has data and no article; it is left aside.")


def test_what_is_spoken_goes_on_over_cues_and_has_its_time() -> None:
    assert sample("talk.srt") == snapshot("""\
talk.srt / talk
paragraph (0:00:01): The first ferry ⏎ was built in 1788. It sank ⏎ in the same year.
boilerplate (sound): [applause]
paragraph (1:02:03): Count Berthold paid.\
""")


def test_a_line_that_rolls_on_is_there_once() -> None:
    assert sample("rolling.vtt") == snapshot("""\
rolling.vtt / rolling
paragraph (0:00:01): we built the first ⏎ bridge of oak ⏎ in 1788.
paragraph (0:00:12): And then it burnt.\
""")


def test_of_a_mail_what_its_sender_wrote_is_the_article() -> None:
    assert sample("answer.eml") == snapshot("""\
answer.eml / The fête on board / 2024-03-05 / Ann Bee
title: The fête on board
paragraph: The fête begins at nine on the upper deck.
boilerplate (earlier mail): When does it begin?
paragraph: It ends at noon.
boilerplate (signature): Ann Bee
boilerplate (signature): Port of Alder
boilerplate (earlier mail): On Mon, 4 Mar 2024, Bob wrote:
  boilerplate (earlier mail): When does it begin, and where?\
""")


def test_a_mail_in_html_is_read_without_what_is_attached() -> None:
    assert sample("page.eml") == snapshot("""\
page.eml / Gate C / 2024-03-05 / crew
title: Gate C
paragraph: Gate C is at the café.
boilerplate (earlier mail): Where is gate C?\
""")


def test_restructured_text_is_read_as_sphinx_shows_it() -> None:
    assert sample("ferry.rst") == snapshot("""\
ferry.rst / Ferry rules / 2024-03-05 / Ann
title: Ferry rules
paragraph: The ferry goes to the island every ⏎ half hour with tickets and code.
heading: Tickets
  paragraph: You need:
    item (•): a ticket
      item (•): bought on board
    item (•): a coat ⏎   and a hat
    item (1.): one
    item (2.): two
  paragraph: Run:
  code:     $ ferry go ⏎     now
  note (note):
    paragraph: Mind the gap ⏎    at the quay.
    paragraph: Second para.
  note (versionadded): 3.2
    paragraph: The thing.
  code (python):    import x
  term: Deck
    definition: Where you stand.
  term: Bow : where
    definition: The front.
  term: -f, --file
    definition: Use the file.
  table head (|): Who   | Day
    row (|): Adult | 3
    row (|): Child | 1
  table head: Who   Day
    row: Adult 3
    row: Child 1
  caption: Fares
    table head: Who ⏎      Day
      row: Adult ⏎      3
  caption: Times
    table head (,): From, To
      row (,): 9, 10, or 11
  term: go(x)
    paragraph: Goes to x.
  paragraph (footnote): A footnote.
  code (python): >>> x = 1 ⏎ 1\
""")


def test_awkward_restructured_text_loses_nothing() -> None:
    assert sample("awkward.rst") == snapshot("""\
awkward.rst / awkward
paragraph: A paragraph before any title, with an escaped * star and a literal *star*.
heading: Over
  heading: Under
    paragraph: Text at once. See a page, Gate, name and lambda_.
    quotation: Quoted text.
    quotation: -- Ann
    item (#.): first
    item (#.): second
      paragraph: with a paragraph
    item (a)): lettered
    item (b)): again
    term: Field
      definition: value of it ⏎   that goes on
    paragraph: verse one ⏎  verse two
    paragraph: and four words here
    paragraph: Its body is read.
    row (|): Long cell | 3      goes on   |
    code:     literal\
""")


def test_asciidoc_is_read_with_its_lists_notes_and_tables() -> None:
    assert sample("ferry.adoc") == snapshot("""\
ferry.adoc / Ferry rules / 2024-03-05 / Ann Bee
title: Ferry rules
boilerplate (byline): Ann Bee <ann@example.org>
boilerplate (byline): v1.0, 2024-03-05
paragraph: The ferry goes to the island every ⏎ half hour. See tickets.
heading: Tickets
  paragraph: You need:
    item (•): a ticket
      item (•): bought on board
    item (•): a coat
      paragraph: A warm one.
      item (1.): one
      item (2.): two
  note (note):
    paragraph: Mind the gap.
  note (warning): Careful
    paragraph: It is slippery.
    item (•): very
  caption: Fares
    table head (|): Who |Day
      row (|): Adult |3
      row (|): Child ⏎ |1
  code (python): x = 1
  item (<1>): Sets x.
  term: Deck
    definition: Where you stand.
  term: Bow
    definition: The front.
  quotation: Long live.\
""")


def test_awkward_asciidoc_loses_nothing() -> None:
    assert sample("awkward.adoc") == snapshot("""\
awkward.adoc / awkward / Bob
paragraph: A text without a title, with bold, code, a_b_c and https://x.example.
item (•): one ⏎ continued here
  item (•): two
item (1.): first
  code: code here
item (1.): second
table head (|): Name |Value
  row (|): a |b
  row (|): wide
note (note):
  paragraph: A note of one paragraph.
note (tip):
  paragraph: A tip.
code: never closed\
""")


def test_the_export_of_a_wiki_is_an_article_a_page() -> None:
    assert sample("wiki.xml") == snapshot("""\
wiki.xml/Ferry / Ferry / 2024-03-05
title: Ferry
paragraph: The ferry goes to the island and the Quay. It is 3 km long. This is the same paragraph.
heading: Tickets
  paragraph: You need:
    item (•): a ticket
      item (•): sold on board
    item (•): a coat
    item (1.): queue
    item (2.): show it
  term: Gate C
    definition: beside the tower
  term: Gate D
    definition: behind it
  caption: Fares
    table head: Who | Day
      row: Adult | 3 euros
      row: Child | 1 euro
  code (sh): ferry book
  paragraph: More on it is elsewhere.
wiki.xml/Help:Gate/C / Help:Gate/C / 2024-01-01
title: Help:Gate/C
paragraph: Gate C is beside the tower.\
""")


@pytest.mark.parametrize("suffix", [".csv", ".tsv", ".srt", ".vtt", ".rst", ".adoc"])
def test_a_quotation_from_a_text_is_cut_from_the_file(suffix: str) -> None:
    for path in DATA.glob(f"*{suffix}"):
        with path.open(encoding="utf-8", newline="") as file:
            text = file.read()
        article = articles_in(path.name, path.read_bytes()).articles[0]

        assert article.text == text
        assert all(0 <= block.span.start <= block.span.end <= len(text) for block in article.blocks)


def test_windows_line_ends_change_nothing_but_the_offsets() -> None:
    for name in ("ferry.rst", "ferry.adoc", "talk.srt", "rolling.vtt", "fares.csv"):
        content = (DATA / name).read_bytes()

        assert drawn(name, content.replace(b"\n", b"\r\n")).replace("\r", "") == drawn(name, content)


def test_a_file_that_needs_the_extra_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extra, "find_spec", lambda _: None)
    extra.is_installed.cache_clear()

    assert [articles_in(file, content).problem for file, content in NEED_MORE] == [
        "a.pdf is a PDF, which needs the extra “formats”; pip install 'quoth[formats]'.",
        "wiki.xml is the export of a MediaWiki, which needs the extra “formats”; pip install 'quoth[formats]'.",
    ]
    extra.is_installed.cache_clear()


NEED_MORE = [("a.pdf", b"%PDF-1.4"), ("wiki.xml", b"<mediawiki><page></page></mediawiki>")]


def test_every_reader_that_is_named_is_there() -> None:
    from importlib import import_module  # noqa: PLC0415 - here alone

    for kind in READERS.values():
        module, name = kind.reader.split(":")

        assert callable(getattr(import_module(module), name))
