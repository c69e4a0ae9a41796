"""A text without its typography, which still knows where each of its characters was read.

Typography is: which quotation marks, apostrophes, dashes and dots of omission were chosen, white space and line ends,
soft hyphens and other characters of no width, and the ways Unicode has of writing one letter (NFC, NFD, ligatures, full
width). Capitals are not typography: "us" is not "US". Nor are raised digits: 10² is not 102.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from dataclasses import dataclass

from retrieval.core.model import Span

QUOTES = "\"'`´“”„‟‘’‚‛«»‹›′″＂＇"
DASHES = "-‐‑‒–—―−﹘﹣－"
UNSEEN = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
# ASCII that stands for itself: words with single blanks or a full stop between them, up to where an accent may follow.
SIGN = r"[!#-&(-,/-_a-~]"
PLAIN = re.compile(rf"{SIGN}+(?:(?:[ .]|\. ){SIGN}+)*+(?![^\x00-\x7f])|{SIGN}+(?![^\x00-\x7f])")
GAP = re.compile(rf"[\s{UNSEEN}{re.escape(DASHES)}]+")
# Dots of omission, however many and however set: "…", "...", ". . .", "….", ". …"
DOTS = re.compile(rf"(?:\.[\s{UNSEEN}]*)*…(?:[\s{UNSEEN}]*[.…])*|\.(?:[\s{UNSEEN}]*[.…])+")
OWN_MEANING = ("<super>", "<sub>", "<fraction>")


@dataclass(frozen=True, slots=True)
class Folded:
    """A text without its typography: character i of `text` was read from `starts[i]` up to `ends[i]` of the original.

    Characters that were read from the same place belong together: half of an "é" or of a ligature is not found.
    """

    text: str
    starts: array[int]
    ends: array[int]

    def span(self, start: int, end: int) -> Span:
        return Span(self.starts[start], self.ends[end - 1])

    def parts_at(self, place: int) -> bool:
        """Whether a new character of the original begins at `place`."""
        return place in (0, len(self.text)) or self.starts[place - 1] != self.starts[place]


def fold(text: str) -> Folded:
    """`text` without its typography: each mark in one plain form, white space as single blanks, letters decomposed."""
    pieces: list[str] = []
    starts, ends = array("I"), array("I")
    at, last = 0, ""
    while at < len(text):
        if plain := PLAIN.match(text, at):
            pieces.append(plain[0])
            starts.extend(range(at, plain.end()))
            ends.extend(range(at + 1, plain.end() + 1))
            at, last = plain.end(), "a"
            continue
        piece, end = _piece(text, at)
        if piece == "…" and last == " ":  # no white space is left around dots of omission: houses differ
            del pieces[-1], starts[-1], ends[-1]
        if piece and (last, piece) != ("…", " "):
            pieces.append(piece)
            starts.extend([at] * len(piece))
            ends.extend([end] * len(piece))
            last = piece
        at = end
    return Folded("".join(pieces), starts, ends)


def _piece(text: str, at: int) -> tuple[str, int]:
    """Give what stands at `at` in its plain form, and where it ends."""
    if dots := DOTS.match(text, at):
        return "…", dots.end()
    if gap := GAP.match(text, at):
        seen = gap[0].strip(UNSEEN)
        return "-" if any(char in DASHES for char in seen) else " " if seen else "", gap.end()
    if text[at] in QUOTES:
        return "'", at + 1
    end = at + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    if unicodedata.decomposition(text[at]).startswith(OWN_MEANING):
        return unicodedata.normalize("NFD", text[at:end]), end
    return unicodedata.normalize("NFKD", text[at:end]), end
