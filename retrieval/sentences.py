"""Paragraphs -> sentences by offset: Punkt with abbreviations of our own, then rules that measuring asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from retrieval.model import Kind, Sentence, Span
from retrieval.nltk_parts import PunktParameters, PunktSentenceTokenizer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.model import Article

QUOTABLE = (Kind.PARAGRAPH, Kind.ITEM)

# Punkt learns abbreviations from a corpus; nothing is downloaded here, so they are listed. Lower case, no last dot.
ABBREVIATIONS = frozenset(
    """
    mr mrs ms messrs mx dr drs prof rev hon fr sr jr st ste gen col lt maj capt cmdr cpl sgt adm brig pvt gov sen rep
    pres supt insp ald atty esq e.g i.e cf viz vs v ca approx et.al etc ibid op.cit jan feb mar apr jun jul aug sep sept
    oct nov dec tue tues wed thu thur thurs fri ave blvd rd hwy mt ft bldg dept univ assn bros corp inc ltd co plc llc
    s.a u.s u.k u.n e.u u.s.a d.c u.s.s.r a.m p.m b.c a.d b.a m.a ph.d m.d d.phil eds chap mph lbs lb oz yr yrs hr hrs
    sq minn calif conn ala ariz colo fla ky mich mont neb nev okla penn tenn tex va vt wis wyo n.j n.y n.h n.m n.c n.d
    s.c s.d
    """.split()  # noqa: SIM905 - lines of words read better than quoted items
)

# Abbreviations only before a number: "no. 5", "p. 12"; else they are words at the end of a sentence.
BEFORE_NUMBER = re.compile(r"(?:^|[\s(])(?:nos?|vols?|pp?|figs?|ch|art|secs?|ext|pop|tel|c)\.$", re.IGNORECASE)

# Abbreviations that end a sentence as often as not: one ends it where a word follows that often opens one.
ENDS_TOO = re.compile(r"(?:\b(?:etc|Inc|Corp|Ltd|Co|Jr|Sr|Bros|plc|LLC|Ph\.D)|(?:\w\.)+\w)\.[\"'”’)\]]*$|\s[A-Z]\.$")
OPENERS = frozenset(
    """
    After All Although An And Any Are As At Because Before But By Despite Did Do Does During Each Every For From Further
    Had Has He Her Here His How However I If In Is It Its Many Meanwhile More Most My Nor Not Now On Once One Or Our She
    Since So Some Still Such That The Their Then There These They This Those Though Three Through To Today Two Under
    Until Was We Were What When Where Whether Which While Who Why With Without Yet You Your
    """.split()  # noqa: SIM905 - as above
)

ACRONYM_END = re.compile(r"\b(?:[A-Z]\.){2,}$")
POSTSCRIPT = re.compile(r"\bP\.\s?S\.$")
CLOSED_QUESTION = re.compile(r"[!?][\"'”’)\]]+$")
ONLY_SIGNS = re.compile(r"[^\w\s\"'“‘(\[*#<$£€@/-]+(?:\s|$)|[:;=]-?[)(DPp/](?:\s|$)")
ELLIPSIS_END = re.compile(r"(?:\.\s?\.|…)[\"'”’)\]]*$")
CAPITAL = re.compile(r"[\"'“‘(\[]*[A-Z]")
FIRST_WORD = re.compile(r"[\"'“‘(\[]*([A-Za-z]+)")


def _punkt() -> PunktSentenceTokenizer:
    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


PUNKT = _punkt()


def split(text: str) -> list[Span]:
    """The sentences of one paragraph, as spans without the white space around them."""
    spans: list[Span] = []
    for start, end in PUNKT.span_tokenize(text):
        for piece in _cut(text, Span(start, end)):
            if spans and _goes_on(text[spans[-1].start : spans[-1].end], text[piece.start : piece.end]):
                spans[-1] = Span(spans[-1].start, piece.end)
            else:
                spans.append(piece)
    return [span for span in spans if text[span.start : span.end].strip()]


def _goes_on(before: str, after: str) -> bool:
    """Whether an end was seen where the sentence goes on."""
    if ONLY_SIGNS.match(after):
        return True
    if CLOSED_QUESTION.search(before) and after[0].islower():
        return True
    if BEFORE_NUMBER.search(before) and after[0].isdigit():
        return True
    return bool(ACRONYM_END.search(before) and not POSTSCRIPT.search(before) and not _opens(after))


def _cut(text: str, span: Span) -> Iterator[Span]:
    """The sentences of a stretch in which Punkt saw no end."""
    start = span.start
    for gap in re.finditer(r"\s+", text[span.start : span.end]):
        end, begin = span.start + gap.start(), span.start + gap.end()
        before, after = text[max(start, end - 24) : end], text[begin : min(span.end, begin + 40)]
        if before and (
            (ENDS_TOO.search(before) and _opens(after)) or (ELLIPSIS_END.search(before) and CAPITAL.match(after))
        ):
            yield Span(start, end)
            start = begin
    if start < span.end:
        yield Span(start, span.end)


def _opens(text: str) -> bool:
    word = FIRST_WORD.match(text)
    return word is not None and word[1] in OPENERS


def sentences_of(article: Article) -> Iterator[Sentence]:
    """The sentences of an article that can be quoted: those of its paragraphs and list items, never across them."""
    number = 0
    for paragraph, block in enumerate(block for block in article.blocks if block.kind in QUOTABLE):
        text = article.text[block.span.start : block.span.end]
        for span in split(text):
            place = Span(block.span.start + span.start, block.span.start + span.end)
            yield Sentence(article, place, paragraph, number)
            number += 1
