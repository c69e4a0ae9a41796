"""Which sentences are near-copies of others: one text that several sources print, or one source twice.

Two sentences are near-copies where their runs of five characters are mostly the same (the resemblance of Broder 1997,
"On the resemblance and containment of documents": shared runs over all runs) and the words that differ change nothing
that is said: words were left out or added, or are spelt another way, and no number, negation or reservation is among
them. A copy that is missed shows a sentence twice; two sentences that are wrongly taken for one hide what a source
says. So whatever is in doubt is no copy.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from retrieval.analysis.tokenizer import forms
from retrieval.analysis.visible_text import words_of
from retrieval.core.model import Copy

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from retrieval.core.model import Sentence
    from retrieval.index.corpus import Corpus

RUN = 5  # characters
RESEMBLANCE = 0.6  # keeps 99 of 100 edits of one word; see docs/decisions/0005-near-copies.md
SHARED_TERMS = 0.5  # of the terms of the longer one; cheap to count, and a near-copy has far more
LONGEST = (
    2000  # characters; a longer sentence is a text without full stops, and a copy only where its words are the same
)
CACHED_SENTENCES = 256  # sentences whose runs and words are kept, some for each of the fifty that are found
LONG_WORD = 5  # letters; two spellings of shorter words are too often two words

ARTICLES = frozenset({"a", "an", "the"})
# What a sentence says is another thing with one of these than without.
TURNING = frozenset(
    """
    no not never none nobody nothing nor neither without cannot cant hardly barely scarcely isnt arent wasnt werent
    dont doesnt didnt hasnt havent hadnt wont wouldnt couldnt shouldnt may might could would should if unless until
    before after reportedly allegedly alleged apparently perhaps possibly probably likely unlikely almost nearly about
    least most more less fewer than over under only half former ex false falsely
    one two three four five six seven eight nine ten eleven twelve dozen dozens hundred hundreds thousand thousands
    million millions billion billions first second third once twice
    """.split()  # noqa: SIM905 - lines of words read better than quoted items
)


class NearDuplicates:
    """The sentences met so far, for one question: each in the words in which it was met first."""

    def __init__(self, corpus: Corpus) -> None:
        self._corpus = corpus
        self._met: list[tuple[Sentence, frozenset[int]]] = []
        self._originals: dict[Sentence, Sentence] = {}

    def original(self, sentence: Sentence) -> Sentence:
        """The first sentence met that this one is a near-copy of; itself where it is new."""
        if sentence not in self._originals:
            self._originals[sentence] = self._look(sentence)
        return self._originals[sentence]

    def of(self, original: Sentence) -> tuple[Copy, ...]:
        """Where a sentence was met again, in the order in which it was."""
        return tuple(
            Copy(sentence.article, sentence.span)
            for sentence, first in self._originals.items()
            if first is original and sentence is not original
        )

    def _look(self, sentence: Sentence) -> Sentence:
        terms = frozenset(self._corpus.terms_of(self._corpus.place(sentence)).tolist())
        for other, others in self._met:
            most = max(len(terms), len(others))
            if len(terms & others) >= SHARED_TERMS * most and near_copies(words_of(sentence), words_of(other)):
                return other
        self._met.append((sentence, terms))
        return sentence


def near_copies(one: str, other: str) -> bool:
    """Whether two sentences say the same in the same words, but for typography and small edits."""
    if max(len(one), len(other)) > LONGEST:
        return one.split() == other.split()
    a, b = _forms(one), _forms(other)
    if a == b:
        return bool(a) or one == other
    return resemblance(" ".join(a), " ".join(b)) >= RESEMBLANCE and _same_said(a, b)


def resemblance(one: str, other: str) -> float:
    """The runs of five characters that two texts share, as a share of all that they have: 0 to 1."""
    a, b = _runs(one), _runs(other)
    return len(a & b) / len(a | b) if a or b else 1.0


# Each sentence that was found is compared with many others.
@lru_cache(maxsize=CACHED_SENTENCES)
def _runs(text: str) -> frozenset[str]:
    return frozenset(text[at : at + RUN] for at in range(len(text) - RUN + 1))


@lru_cache(maxsize=CACHED_SENTENCES)
def _forms(text: str) -> tuple[str, ...]:
    return tuple(form for form in forms(text) if form not in ARTICLES)


def _same_said(a: Sequence[str], b: Sequence[str]) -> bool:
    """Whether the words that differ are left out on one side alone, or spelt another way, and turn nothing."""
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - it comes with fifty modules, and most have no copies

    ways = set()
    for edit in Levenshtein.opcodes(a, b):
        there, here = a[edit.src_start : edit.src_end], b[edit.dest_start : edit.dest_end]
        if edit.tag == "replace":
            if not all(map(_spelt_alike, there, here)):
                return False
        elif edit.tag != "equal":
            ways.add(edit.tag)
            if any(map(_turns, [*there, *here])):
                return False
    return len(ways) < 2


def _turns(form: str) -> bool:
    return form in TURNING or form[0].isdigit()


def _spelt_alike(one: str, other: str) -> bool:
    """Whether two words are likely spellings of one, such as “centre” and “center”."""
    if min(len(one), len(other)) < LONG_WORD or one[0] != other[0] or not (one + other).isalpha():
        return False
    from rapidfuzz.distance import OSA  # noqa: PLC0415 - as above

    return OSA.distance(one, other) <= (1 if min(len(one), len(other)) < 8 else 2)


def sources_speaking(speaking: Collection[Sentence], copies: NearDuplicates) -> int:
    """How many sources say by themselves what would be answer enough; what one copies from another is said once.

    `speaking` are the sentences that would be, best first.
    """
    printed: dict[Sentence, set[str]] = {}
    for sentence in speaking:
        printed.setdefault(copies.original(sentence), set()).add(sentence.article.file)
    counted: set[str] = set()
    for sentence in speaking:
        if not printed[copies.original(sentence)] & counted:
            counted.add(sentence.article.file)
    return len(counted)
