"""Whether a text is word for word in a source, as a page."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from rapidfuzz.distance import Levenshtein

from bot.i18n import _, isolated, ngettext, number
from bot.pages.markdown import escape
from bot.pages.page import BODY, TITLE, Page, Tone
from bot.pages.quoting import first_that_fits
from retrieval.analysis.visible_text import seen, visible
from retrieval.answer.folding import fold
from retrieval.answer.surroundings import sentences_within, stretch
from retrieval.answer.verification import Status
from retrieval.core.model import Span

if TYPE_CHECKING:
    from rapidfuzz.distance import Opcodes

    from retrieval.answer.verification import Nearest, Occurrence, Verdict
    from retrieval.index.corpus import Corpus

MOST_PLACES = 3
NEARLY = 0.8  # how alike a passage is that may be what was meant
NEAR = 0.65  # how alike one is that is worth showing
ROOM = 300
DIFFERENCES = 1800
WORD = re.compile(r"\S+")


def verdict_page(verdict: Verdict, corpus: Corpus) -> Page:
    """Say whether what was checked is in a source, and show where, or what comes nearest and how it differs."""
    title = escape(" ".join(verdict.text.split()), limit=TITLE)
    nearest = verdict.nearest
    if verdict.status is not Status.NOT_FOUND:
        return Page(title=title, body=_found(verdict, corpus), tone=Tone.ANSWER)
    if nearest is None or nearest.similarity < NEAR:
        said = _("**Not found.** No source says this, and nothing in them comes close.")
        return Page(title=title, body=said, tone=Tone.REFUSAL)
    nearest = _trimmed(verdict.text, nearest)
    shown = _shown(nearest, corpus, limit=BODY - DIFFERENCES - ROOM)
    if nearest.similarity < NEARLY:
        said = _("**Not found.** No source says this. What comes closest is something else:")
        return Page(title=title, body=f"{said}\n\n{shown}", tone=Tone.REFUSAL)
    said = _("**Not word for word.** What is struck out is not in the source; what is bold is only in the source:")
    return Page(
        title=title,
        body="\n\n".join([said, isolated(_differences(verdict.text, seen(nearest.article, nearest.span))), shown]),
        tone=Tone.REFUSAL,
    )


def _found(verdict: Verdict, corpus: Corpus) -> str:
    places = verdict.places[:MOST_PLACES]
    if not places[0].whole_words:
        said = _("**Found only inside longer words.** No source has them as words of their own.")
    elif verdict.status is Status.EXACT:
        said = _("**Found word for word.** A source says exactly this:")
    elif verdict.status is Status.SHOWN:
        said = _("**Found as it is shown.** The words are the same; the file has markup between them.")
    else:
        said = _("**Found: the words are the same.** Only quotation marks, dashes or spaces differ:")
    more = len(verdict.places) - len(places)
    also = ngettext("It is in {count} more place.", "It is in {count} more places.", more).format(count=number(more))
    limit = (BODY - ROOM) // len(places) - 2
    return "\n\n".join([said, *(_shown(place, corpus, limit=limit) for place in places), *([also] if more else [])])


def _shown(place: Occurrence | Nearest, corpus: Corpus, *, limit: int) -> str:
    """The sentences that a stretch is in, with the stretch in bold."""
    whole = stretch(place.span, sentences_within(corpus, place.article, place.span))
    return first_that_fits(place.article, [whole, place.span], bold=[place.span], limit=limit)


def _trimmed(said: str, nearest: Nearest) -> Nearest:
    """The passage without those words at its ends that have no part in what was said."""
    text = visible(nearest.article.text, nearest.article.hidden, nearest.span)
    words = list(WORD.finditer(text.text))
    edits = [edit for edit in _edits(said.split(), [word[0] for word in words]) if edit.tag != "insert"]
    kept = words[edits[0].dest_start : edits[-1].dest_end] if edits else []
    if not kept:
        return nearest
    return replace(nearest, span=Span(text.start(kept[0].start()), text.end(kept[-1].end())))


def _edits(ours: list[str], theirs: list[str]) -> Opcodes:
    return Levenshtein.opcodes([fold(word).text for word in ours], [fold(word).text for word in theirs])


def _differences(said: str, source: str) -> str:
    """The words of both in one line: those that were only said struck out, those only in the source in bold."""
    ours, theirs = said.split(), source.split()
    pieces: list[str] = []
    room = DIFFERENCES
    for edit in _edits(ours, theirs):
        gone = " ".join(ours[edit.src_start : edit.src_end])
        there = " ".join(theirs[edit.dest_start : edit.dest_end])
        drawn = [escape(there, limit=max(room, 1))] if edit.tag == "equal" else []
        drawn += [f"~~{escape(gone)}~~"] if edit.tag in {"delete", "replace"} else []
        drawn += [f"**{escape(there)}**"] if edit.tag in {"insert", "replace"} else []
        room -= sum(len(piece) + 1 for piece in drawn)
        if room < 0:
            pieces.append("…")
            break
        pieces += drawn
    return " ".join(pieces)
