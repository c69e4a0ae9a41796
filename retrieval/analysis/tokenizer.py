"""Text -> its words, each with its place, a folded form, and whether it is written as an acronym."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis import scripts
from retrieval.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

LETTER = r"[^\W\d_]"
# Apostrophes, the half rings of Arabic names, combining marks and soft hyphens stay inside a word.
JOINERS = "'’ʼ`ʻʾʿ\u00ad\u0300-\u036f\u064b-\u065f\u0670"
WORD = re.compile(
    rf"{LETTER}(?:\+\+(?!{LETTER})|[#+](?![\w#+])|/{LETTER}(?!\w))"  # C++, C#, A+, I/O
    rf"|{LETTER}{{1,3}}(?:&{LETTER}{{1,3}}(?!\w))(?:['’]s)?"  # R&D, AT&T
    rf"|(?![vV]\d+\.\d){LETTER}(?:[^\W_]+(?:[{JOINERS}][^\W_]+)*"  # the v of a version is none of its words
    rf"|\.(?:{LETTER}\.)*{LETTER}(?!\w)\.?"  # U.S., e.g., D.C
    rf"|(?:[{JOINERS}][^\W_]+)*)"
    rf"|\d+(?:[.,]\d+)*(?:(?:st|nd|rd|th)(?!{LETTER})|{LETTER}(?!{LETTER}))?"  # 10,000  3.5  20th  5G, but 3 mm of 3mm
)
ARTICLE = re.compile(r"(?!us)[AEUaeu](sh|th|dh|[dnrstz])-(?=(?i:\1))")  # "ad-Din", "ez-Zor": "al-" as it is spoken
LONGEST_ARTICLE = 3  # letters
LONGEST_ACRONYM = 6  # letters
POSSESSIVE = re.compile(r"['’ʼ`]s$", re.IGNORECASE)
PLURAL = re.compile(r"[A-Z]{2,6}s")  # NGOs
FOLDED_OTHERWISE = re.compile(r"[A-Z]s(?![^ ])|['`.,]")  # in words of ASCII: not merely put in small letters
PLAIN = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe"})
SHORT_I = ("\u0438\u0306", "\u0439")  # a letter of its own, as the Russian endings are
DROPPED = re.compile(rf"[{JOINERS}.]")


class Word(NamedTuple):
    """A word, where it is, and whether it is an acronym.

    `form` is lower case, without accents, apostrophes, possessive s, dots and plural s of an acronym, or commas of a
    number; "ad", "ash" and the like before an Arabic name are "al".
    """

    form: str
    span: Span
    acronym: bool


def words(text: str, *, shouting: bool | None = None) -> list[Word]:
    """The words of `text` in order. In a text all in capitals (`shouting`) nothing counts as an acronym."""
    if shouting is None:
        shouting = is_shouted(text)
    found = []
    for start, end in places(text):
        form, acronym = fold("al" if _is_spoken_article(text, start, end) else text[start:end])
        if form:
            found.append(Word(form, Span(start, end), acronym and not shouting))
    return found


def is_shouted(text: str) -> bool:
    """Whether several words are all in capitals, so that these tell no name from another word."""
    return text.isupper() and len(text.split()) > 1


def places(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of `text` start and end; of scripts without spaces overlapping pairs of signs."""
    if not scripts.of_their_own(text):
        for match in WORD.finditer(text):
            yield match.span()
        return
    at = 0
    for run in scripts.RUN.finditer(text):
        for match in WORD.finditer(text, at, run.start()):
            yield match.span()
        yield from scripts.words_in(text, *run.span())
        at = run.end()
    for match in WORD.finditer(text, at):
        yield match.span()


def forms(text: str) -> list[str]:
    """The folded forms of the words of `text`, in order: quicker than `words` where nothing else is asked for."""
    if "-" in text and ARTICLE.search(text):
        return [word.form for word in words(text)]
    found = [text[start:end] for start, end in places(text)] if scripts.of_their_own(text) else WORD.findall(text)
    line = " ".join(found)
    if line.isascii() and not FOLDED_OTHERWISE.search(line):
        return line.lower().split()
    return [form for surface in found if (form := fold(surface)[0])]


def surfaces(text: str) -> list[str]:
    """The words of `text` as they are written, but "al" for "ad", "ash" and the like before an Arabic name."""
    return ["al" if _is_spoken_article(text, start, end) else text[start:end] for start, end in places(text)]


def _is_spoken_article(text: str, start: int, end: int) -> bool:
    return end - start <= LONGEST_ARTICLE and ARTICLE.match(text, start) is not None


@lru_cache(maxsize=100_000)
def fold(surface: str) -> tuple[str, bool]:
    """The folded form of one word, and whether it is one to six capitals: "U.S." -> ("us", True)."""
    plain = surface.isascii() and surface.isalpha()
    bare = surface if plain else POSSESSIVE.sub("", surface) or surface
    if bare[-1] == "s" and PLURAL.fullmatch(bare):
        bare = bare[:-1]
    if plain or (bare.isascii() and bare.isalpha()):
        return bare.lower(), bare.isupper() and len(bare) <= LONGEST_ACRONYM
    if bare[0].isdigit():
        return _in_figures(bare.replace(",", "")).casefold(), False
    if scripts.of_their_own(bare):
        return scripts.folded(bare), False
    bare = DROPPED.sub("", unicodedata.normalize("NFKD", bare).replace(*SHORT_I))
    bare = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return bare.casefold().translate(PLAIN), bare.isupper() and len(bare) <= LONGEST_ACRONYM


def _in_figures(number: str) -> str:
    """A number in the figures from 0 to 9, whatever script has written it."""
    if number.isascii():
        return number
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in number)
