"""Paragraphs -> sentences by offset: Punkt with abbreviations of our own, then rules that measuring asked for."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from retrieval.analysis.english_words.abbreviations import ABBREVIATIONS, AMID, BEFORE_NUMBER, OPENERS
from retrieval.analysis.foreign_abbreviations import GERMAN_MONTH, ORDINAL
from retrieval.analysis.languages.all_packs import MAIN
from retrieval.analysis.languages.sentence_ends import ends
from retrieval.analysis.visible_text import visible, with_marks
from retrieval.core.model import QUOTABLE, Kind, Sentence, Span

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.core.model import Article

WHOLE = frozenset({Kind.ROW, Kind.HEADING})  # what is quoted as a whole, whatever marks are in it
# The numbers of notes behind a sentence: "by whom.¹ The", "by whom.[1][2] The". They belong to it and hide no end.
RAISED = frozenset("⁰¹²³⁴⁵⁶⁷⁸⁹")
NOTE_NUMBER = re.compile(r"(?<=[.!?…\"”’)])(?:[⁰¹²³⁴⁵⁶⁷⁸⁹]+[,⁰¹²³⁴⁵⁶⁷⁸⁹]*|(?:\[\d{1,3}\])+)(?=\s|$)")
CODE_LINE = re.compile(r"[ \t]*\S[^\r\n]*")
CODE_GOES_ON = re.compile(r"(?:\\|\||&&|\|\|)[ \t]*$")  # at the end of a line of code
CODE_CAME_ON = re.compile(r"\s+(?:--?\w|\||&&|\.\w)")  # at the head of one
LONGEST_CODE = 8  # lines of code that are one

# Abbreviations that end a sentence as often as not: one ends it where a word follows that often opens one.
ENDS_TOO = re.compile(
    r"(?:\b(?:etc|Inc|Corp|Ltd|Co|Jr|Sr|Bros|plc|LLC|Ph\.D|[Aa]l|[Gg]ovt|[Ii]nst|[Aa]pp|[Ee]x|[Pp]rop|[Tt]ab|[Dd]ir|[Pp]t"
    r"|[Aa]ssoc|usw|ff)|(?:\w\.)+\w)\.[\"'”’)\]]*$|\s[A-Z]\.$"
)
# A time of day ends a sentence before a capital, but for one of a day, a zone or a place.
CLOCK_END = re.compile(r"\d\s?[ap]\.m\.$")
AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[A-Z][CDEMPS]?[DS]?T\b|UTC|GMT|CET|Eastern|Central|Pacific|Mountain"
    r"|Atlantic|Local|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
)

ACRONYM_END = re.compile(r"\b(?:[A-Z]\.){2,}$")
POSTSCRIPT = re.compile(r"\bP\.\s?S\.$")
CLOSED_QUESTION = re.compile(r"[!?][\"'”’)\]]+$")
LONE_MARK = re.compile(
    r"(?:^|[\s(\[`])[\"'“‘]?[.!?]{1,3}[\"'”’)\]`]?$"
)  # a mark that is spoken of: "add an ! after it"
ONLY_SIGNS = re.compile(r"[^\w\s\"'“‘(\[*#<$£€@/-]+(?:\s|$)|[:;=]-?[)(DPp/](?:\s|$)")
ELLIPSIS_END = re.compile(r"(?:\.\s?\.|…)[\"'”’)\]]*$")
CAPITAL = re.compile(r"[\"'“‘(\[]*[A-Z]")
FIRST_WORD = re.compile(r"[\"'“‘(\[]*([A-Za-z]+)")
INNER_MARK = re.compile(r"[.?!](?!$)")
# What Punkt takes for the end of a sentence before a capital, unless it is an abbreviation: two letters or digits, or a
# bracket or a quotation mark that closes. A letter alone may be an initial.
SURE_END = re.compile(r"([^\W_]{2,})$|[)\"]$")


# Where Punkt looks whether a sentence ends: an end mark, and behind it a sign or the next word (Kiss and Strunk 2006).
SIGN = "[)\";}\\]*:@'({\\[‘’“”«»?!]"
MARK = re.compile(rf"[.?!](?={SIGN}|\s+(\S+))")
TRAILING = re.compile(r"[\"')\]}‘’“”«»]+?(?:\s+|(?=--)|$)", re.MULTILINE)  # signs that belong to the sentence before
OTHER_SPACE = re.compile(r"[^\S \n\r\t]")
OTHER_WHITE = str.maketrans("\n\r\t", "   ")
LOOK_BACK = 24  # characters before an end, among which its abbreviation is
# The full stops and question marks of scripts that set no space behind them, and of some that do.
OTHER_STOPS = frozenset("。！？｡؟।॥۔։።")
OTHER_END = re.compile(r"[。！？｡][。！？｡」』）】》”’\"')\]]*(\s*)(?=\S)|[؟।॥۔։።]+[\"'”’»)\]]*(\s+)(?=\S)")
CUT = re.compile(r"[.…][\"'”’)\]]*(\s+)")  # all that ENDS_TOO and ELLIPSIS_END can end in


@cache
def punkt() -> Any:
    """The PunktSentenceTokenizer of nltk with our ABBREVIATIONS."""
    from retrieval.analysis.punkt import (  # noqa: PLC0415 - where an index is read, no text is split
        PunktParameters,
        PunktSentenceTokenizer,
    )

    parameters = PunktParameters()
    parameters.abbrev_types = set(ABBREVIATIONS)
    return PunktSentenceTokenizer(parameters)


def split(text: str, language: str = MAIN) -> list[Span]:
    """The sentences of one paragraph, as spans without the white space around them."""
    return [Span(start, end) for start, end in bounds(text, language)]


def bounds(text: str, language: str = MAIN) -> list[tuple[int, int]]:
    """Where each sentence of one paragraph starts and ends: what `split` makes spans of."""
    if language != MAIN:
        return _with_notes(text, language)
    if not text.isascii() and not OTHER_STOPS.isdisjoint(text):
        return [place for start, end in _stopped(text) for place in _shifted(_with_notes(text[start:end]), start)]
    return _with_notes(text)


def _stopped(text: str) -> Iterator[tuple[int, int]]:
    """The stretches of a text between the full stops of other scripts."""
    start = 0
    for end in OTHER_END.finditer(text):
        gap = end.start(1) if end[1] is not None else end.start(2)
        yield start, gap
        start = end.end()
    yield start, len(text)


def _shifted(places: list[tuple[int, int]], by: int) -> Iterator[tuple[int, int]]:
    return ((start + by, end + by) for start, end in places)


def _with_notes(text: str, language: str = MAIN) -> list[tuple[int, int]]:
    """The sentences of a text in whose ends the numbers of notes may stand."""
    notes = {note.start(): note.end() for note in NOTE_NUMBER.finditer(text)} if _may_have_notes(text) else {}
    bare = NOTE_NUMBER.sub(lambda note: " " * len(note[0]), text) if notes else text
    found = _bounds(bare) if language == MAIN else ends(bare, language)
    return [(start, notes.get(end, end)) for start, end in found] if notes else found


def _may_have_notes(text: str) -> bool:
    return "[" in text or not RAISED.isdisjoint(text)


def _bounds(text: str) -> list[tuple[int, int]]:
    stretches, doubtful = _stretches(text)
    if len(stretches) == 1 and not doubtful:
        return stretches
    found: list[tuple[int, int]] = []
    for stretch in stretches:
        for piece in _cut(text, *stretch) if doubtful else (stretch,):
            if found and not _is_plain(text, found[-1][1], piece[0]) and _goes_on(text, *found[-1], *piece):
                found[-1] = found[-1][0], piece[1]
            else:
                found.append(piece)
    return [(start, end) for start, end in found if not (text[start].isspace() and text[start:end].isspace())]


def _is_plain(text: str, end: int, after: int) -> bool:
    """Whether a capital stands after a mark that is no part of an acronym or ordinal: by far the most frequent case."""
    return text[after].isupper() and text[after].isalnum() and text[end - 3] != "." and not text[end - 2].isdigit()


def _stretches(text: str) -> tuple[list[tuple[int, int]], bool]:
    """What Punkt takes for sentences, and whether there may be an end that it does not see."""
    if not text.isprintable() and OTHER_SPACE.search(text):
        return [(start, end) for start, end in punkt().span_tokenize(text) if start < end], True
    breaks, doubtful = _breaks(text)
    stretches: list[tuple[int, int]] = []
    start, shift = 0, 0
    for (place, after), (following, _) in pairwise([*breaks, (len(text.rstrip()), 0)]):
        trailing = None if text[after].isalnum() else TRAILING.match(text[after:following])
        end = after + len(trailing[0].rstrip()) if trailing else place
        if start + shift < end:
            stretches.append((start + shift, end))
        start, shift = after, trailing.end() if trailing else 0
    start, end = start + shift, len(text.rstrip())
    if start < end:
        stretches.append((start, end))
    return stretches, doubtful


def _breaks(text: str) -> tuple[list[tuple[int, int]], bool]:
    """Where Punkt sees a sentence end and where the next one starts, and whether it passed over a possible end."""
    spaced = text.translate(OTHER_WHITE) if "\n" in text or "\t" in text or "\r" in text else text
    marks = list(MARK.finditer(text))
    breaks: list[tuple[int, int]] = []
    doubtful = "…" in text
    first = before = 0
    for at, mark in enumerate(marks):
        place, following = mark.start(), mark[1]
        space = spaced.rfind(" ", before, place)
        first, before = space + 1 if space > 0 else first, place
        glued = following is None
        if glued and at + 1 < len(marks) and first < place and spaced.find(" ", place, marks[at + 1].start()) < 0:
            continue  # of several in one word the last one counts
        word = text[first:place]
        plain = len(word) > 1 and word.isalpha() and word.lower() not in ABBREVIATIONS
        if plain or _ends(word, text[place], text[place + 1] if glued else following, glued=glued):
            breaks.append((place + 1, place + 1 if glued else mark.start(1)))
        else:
            doubtful = True
    return breaks, doubtful


def _ends(word: str, mark: str, following: str, *, glued: bool) -> bool:
    """Whether a sentence ends at the `mark` after `word`; `following` is the next word or, `glued`, the next sign."""
    if mark != ".":
        return True
    if not glued and following[0].isalnum() and not INNER_MARK.search(following):
        following = "a" if following[0].islower() else "A" if following[0].isupper() else "0"
        if following == "A" and _is_sure(word):
            return True
    return _is_break(f"{word}{mark}{following}" if glued else f"{word}{mark} {following}")


def _is_sure(word: str) -> bool:
    """Whether Punkt would see an end after `word`, a full stop and a capital: so a few articles do without nltk."""
    end = SURE_END.search(word)
    return end is not None and "." not in word and (not end[1] or end[1].lower() not in ABBREVIATIONS)


@lru_cache(maxsize=50_000)
def _is_break(context: str) -> bool:
    return bool(punkt().text_contains_sentbreak(context))


def _goes_on(text: str, start: int, end: int, after: int, after_end: int) -> bool:
    """Whether an end was seen between two stretches where the sentence goes on."""
    first = text[after]
    if not first.isalnum() and ONLY_SIGNS.match(text[after:after_end]):
        return True
    if first.islower() and (CLOSED_QUESTION.search(text[start:end]) or LONE_MARK.search(text[start:end])):
        return True
    if _is_amid(text[max(start, end - LOOK_BACK) : end], text[after:after_end]):
        return True
    if text[end - 1] != "." or text[end - 3] != ".":
        return False
    before = text[start:end]
    return bool(ACRONYM_END.search(before) and not POSTSCRIPT.search(before) and not _opens(text[after:after_end]))


def _is_amid(before: str, after: str) -> bool:
    """Whether what ends in `before` is an abbreviation or an ordinal that what comes `after` goes on from."""
    first = after[0]
    if first.isupper():
        return bool(ORDINAL.search(before) and GERMAN_MONTH.match(after))
    if first.isdigit() and BEFORE_NUMBER.search(before):
        return True
    return bool((first.isalnum() or first in "([") and AMID.search(before))


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch in which Punkt saw no end."""
    for gap in CUT.finditer(text, start, end):
        stop, begin = gap.span(1)
        before, after = text[max(start, stop - 24) : stop], text[begin : min(end, begin + 40)]
        if before and (
            (ENDS_TOO.search(before) and _opens(after))
            or (ELLIPSIS_END.search(before) and CAPITAL.match(after))
            or (CLOCK_END.search(before) and after[:1].isupper() and not AFTER_CLOCK.match(after))
        ):
            yield start, stop
            start = begin
    if start < end:
        yield start, end


def _opens(text: str) -> bool:
    word = FIRST_WORD.match(text)
    return word is not None and word[1] in OPENERS


def units(kind: Kind, text: str, language: str = MAIN) -> list[tuple[int, int]]:
    """Where each thing that can be quoted of a block starts and ends: sentences, lines of code, or the whole."""
    if kind is Kind.CODE:
        return code_lines(text)
    if kind in WHOLE:
        said = text.strip()
        start = text.find(said)
        return [(start, start + len(said))] if said else []
    return bounds(text, language)


def code_lines(text: str) -> list[tuple[int, int]]:
    """The lines of a block of code; one that goes on in the next, as shell commands do, is taken with it."""
    found: list[tuple[int, int]] = []
    lines, goes_on = 0, False
    for line in CODE_LINE.finditer(text):
        said = line[0].rstrip()
        start, end = line.start() + len(said) - len(said.lstrip()), line.start() + len(said)
        if found and lines < LONGEST_CODE and (goes_on or CODE_CAME_ON.match(said)):
            found[-1] = found[-1][0], end
            lines += 1
        else:
            found.append((start, end))
            lines = 1
        goes_on = CODE_GOES_ON.search(said) is not None
    return found


def sentences_of(article: Article) -> Iterator[Sentence]:
    """What can be quoted of an article, in its order; nothing of it runs across the edge of a block."""
    number = 0
    text, hidden = article.text, article.hidden
    for place, block in enumerate(article.blocks):
        if block.kind in QUOTABLE:
            said = visible(text, hidden, block.span)
            ends = block.span.start
            for start, end in units(block.kind, said.text, article.language(place)):
                span = Span(said.start(start), said.end(end))
                if hidden:
                    span = with_marks(text, hidden, span, Span(ends, block.span.end))
                yield Sentence(article, span, place, number)
                ends = span.end
                number += 1
