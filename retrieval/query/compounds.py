"""Words that a question writes as one and the articles as two, or the other way round: "wifi", "e-mail", "ps 5"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from retrieval.analysis.analyzer import key_of
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.core.model import Span
from retrieval.index.corpus_lookup import paragraph_text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.analysis.tokenizer import Word
    from retrieval.index.corpus import Corpus

ARTICLES = ("al", "el", "the")  # words that are written together with the next
BETWEEN = frozenset({"", " ", "-", "‑", "–"})  # what stands between two words that may be written as one
SHORTEST_JOINED = 4  # letters of one that is looked for beside two words that the articles have too
LOOKED_THROUGH = 200  # paragraphs, at most, to see how they write a word of which an index has only one half
BOUNDARY = re.compile(r"(?<=\D)(?=\d)|(?<=\d)(?=\D)")  # between the letters and the digits of a code


class Compounds:
    """The other ways to write the words of a question, of those that a corpus has; safe to use from threads.

    `paragraphs` says which paragraphs have a term, `frequencies` how many sentences; `written` is how the articles
    write a folded word of letters, None where they have it not.
    """

    def __init__(
        self,
        corpus: Corpus,
        frequencies: Mapping[str, int],
        paragraphs: Callable[[str], NDArray[np.int32]],
        written: Callable[[str], str | None],
    ) -> None:
        self.corpus = corpus
        self.frequencies = frequencies
        self.paragraphs = paragraphs
        self.written = written

    def together(self, question: str, found: Sequence[Word], at: int) -> tuple[Span, str] | None:
        """A word of the articles that the question writes as two, the word at `at` and a neighbour: where, and how."""
        for first, second in ((at, at + 1), (at - 1, at)):
            if first >= 0 and second < len(found) and (written := self._joined(question, found[first], found[second])):
                return Span(found[first].span.start, found[second].span.end), written
        return None

    def beside(self, question: str, found: Sequence[Word]) -> Iterator[tuple[Span, str]]:
        """The words of the articles that two words of the question are when joined, though these are known too."""
        for first, second in pairwise(found):
            small = first.form in STOP_WORDS and second.form in STOP_WORDS
            if small or len(first.form) + len(second.form) < SHORTEST_JOINED or first.form in ARTICLES:
                continue
            if written := self._joined(question, first, second):
                yield Span(first.span.start, second.span.end), written

    def apart(self, form: str, *, as_text: bool) -> str | None:
        """Two words that the articles have side by side, which the question writes as one.

        With `as_text`, for a word of the language, that is to be seen in a text; else two terms side by side will do.
        """
        if not form.isalpha():
            cuts = [cut.start() for cut in BOUNDARY.finditer(form)]
            return next((f"{form[:at]} {form[at:]}" for at in cuts if self._is_code(form[:at], form[at:])), None)
        for at in range(1, len(form) - 1):
            first, second = form[:at], form[at:]
            if not (whole := self.written(second)):
                continue
            head = self.written(first)
            if at == 1 or as_text:
                if (at == 1 or head) and self._stand(first, second):
                    return f"{head or first}-{whole}"
            elif first in ARTICLES or (head and self._side_by_side(first, second)):
                return f"{head or first} {whole}"
        return None

    def _joined(self, question: str, first: Word, second: Word) -> str | None:
        if question[first.span.end : second.span.start] not in BETWEEN:
            return None
        form = first.form + second.form
        if form.isalpha():
            return self.written(form)
        return form if key_of(form, acronym=False) in self.frequencies else None

    def _is_code(self, first: str, second: str) -> bool:
        """Whether "E1042" stands in the articles as "E-1042" or "E 1042"; a version's v may be missing."""
        one, other = self._key(first), self._key(second)
        if first == "v" and other in self.frequencies:
            return True
        return one in self.frequencies and other in self.frequencies and self._adjacent(one, other)

    def _key(self, form: str) -> str:
        return key_of(form, acronym=len(form) == 1)

    def _side_by_side(self, first: str, second: str) -> bool:
        one, other = self._term(first), self._term(second)
        return one is not None and other is not None and self._adjacent(one, other)

    def _adjacent(self, one: str, other: str) -> bool:
        both = np.intersect1d(self.paragraphs(one), self.paragraphs(other), assume_unique=True)
        numbers = self.corpus.vocabulary[one], self.corpus.vocabulary[other]
        for paragraph in both.tolist():
            terms = self.corpus.paragraph_terms(paragraph)
            if ((terms[:-1] == numbers[0]) & (terms[1:] == numbers[1])).any():
                return True
        return False

    def _stand(self, first: str, second: str) -> bool:
        """Whether the articles write "e-mail" or "e mail", of which an index need not have the letter."""
        if (term := self._term(second)) is None:
            return False
        some = self.paragraphs(term)
        if len(first) > 1 and (other := self._term(first)):
            some = np.intersect1d(some, self.paragraphs(other), assume_unique=True)
        whole = re.compile(rf"\b{re.escape(first)}[ ‑–-]{re.escape(second[:3])}", re.IGNORECASE)
        return any(whole.search(paragraph_text(self.corpus, number)) for number in some[:LOOKED_THROUGH].tolist())

    def _term(self, form: str) -> str | None:
        """The term of a form; None for a stop word."""
        tokens = self.corpus.analyzer.of_question(self.written(form) or form)
        return tokens[0].term if tokens else None
