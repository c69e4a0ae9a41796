"""Words that no article has -> the words of the articles that they are likely misspellings of."""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.analysis.analyzer import stem
from retrieval.analysis.english_words.dictionary import other_spellings
from retrieval.analysis.english_words.short_forms import FULL_FORMS, SHORT_FORMS
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.languages.all_packs import MAIN, pack_of
from retrieval.analysis.languages.word_lists import is_word
from retrieval.analysis.tokenizer import fold
from retrieval.index.segments.fuzzy import DOUBLED, sound
from retrieval.query.compounds import Compounds
from retrieval.query.question_text import QuestionText

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from retrieval.analysis.tokenizer import Word
    from retrieval.core.model import Span
    from retrieval.index.corpus import Corpus

SHORTEST = 3  # letters; of three, only one that lost its fourth is looked for
EASILY_TAKEN = 5  # letters; words up to there have many neighbours
TWO_ERRORS = 8  # letters

SURE_SOUND = 4  # letters that are left of two words that sound alike

# What speaks for a candidate and how much is enough, found on the questions of benchmarks/typos.py.
ERROR = 3.0  # against it, for each letter
ODD = 3.0  # against it, where that is no slip of the hand
FIRST_LETTER = 0.9  # against it, where that is the wrong one
SOUND = 1.0  # where both sound alike
COMMON = 0.5  # for each factor e of sentences that have it
BESIDE = 6.0  # where a paragraph has it and all the rest of the question
ENOUGH_BESIDE = 0.15  # of the rest of the question, for a candidate that is not likely by its letters
ENOUGH_FOR_THREE = 0.4  # the same for a word of three letters
ENOUGH_FOR_ENGLISH = 0.6  # the same for a word that is an English one, though the articles lack it
STOP_WORD_BESIDE = 0.3  # what a stop word counts for, which says nothing of the rest of the question
STOP_WORD_IN = 0.05  # of all sentences


@dataclass(frozen=True, slots=True)
class Respelling:
    """A stretch of a question, and the words, as an article writes them, that it is likely a misspelling of.

    It is not `sure` where what the question says is an English word, which may be meant: look for both.
    """

    span: Span
    written: str
    sure: bool = True


class Candidate(NamedTuple):
    """A word that may have been meant: in its folded form, its term, and how many letters are wrong."""

    form: str
    term: str | None
    errors: int


class Speller:
    """Knows the words of a corpus and what is likely meant by one that is not among them; safe to use from threads.

    `frequencies` says how many sentences have a term, `paragraphs` which paragraphs have it, ascending. A word that
    a sentence, a title or the names have is never changed.
    """

    def __init__(
        self, corpus: Corpus, frequencies: Mapping[str, int], paragraphs: Callable[[str], NDArray[np.int32]]
    ) -> None:
        self.corpus = corpus
        self.frequencies = frequencies
        self.paragraphs = paragraphs
        self.compounds = Compounds(corpus, frequencies, paragraphs, self._written)

    def respell(self, question: QuestionText) -> list[Respelling]:
        """What is likely meant by the words of `question` that no article has, in its order."""
        found = question.words
        unknown = {token.span for token in question.tokens if not self._knows(token.term)}
        beside = self._beside([token.term for token in question.tokens if token.term in self.frequencies])
        respelt: list[Respelling] = []
        for at, word in enumerate(found if unknown else ()):
            if word.span not in unknown or (respelt and word.span.start < respelt[-1].span.end):
                continue
            if joined := self.compounds.together(question.text, found, at):
                respelt.append(Respelling(*joined))
            elif meant := self._meant(question, word, beside):
                respelt.append(meant)
        if question.language == MAIN:
            perhaps = (Respelling(*joined, sure=False) for joined in self.compounds.beside(question.text, found))
            respelt += [one for one in perhaps if not any(one.span.overlaps(other.span) for other in respelt)]
        return sorted(respelt, key=lambda one: one.span.start)

    def _knows(self, term: str) -> bool:
        return term in self.frequencies or self.corpus.in_titles(term) or term.isupper()

    def _is_name(self, form: str) -> bool:
        return form in self.corpus.names or form not in self.corpus.forms

    def _meant(self, question: QuestionText, word: Word, beside: NDArray[np.float64] | None) -> Respelling | None:
        form, language = word.form, question.language
        if language == MAIN:
            written = self._shortened(form, beside) or self._elsewhere(form)
        else:
            written = self._accented(question, word)
        if written:
            return Respelling(word.span, written)
        english = is_word(question.text[word.span.start : word.span.end], form, language)
        if language == MAIN and (apart := self.compounds.apart(form, as_text=english)):
            return Respelling(word.span, apart)
        if not form.isalpha():
            return None
        near = self._near(form, language, name=_has_capital(question.text, word) and language != "de")
        if not near:
            return None
        shares = {candidate: self._share(candidate, beside) for candidate in near}
        best = max(near, key=lambda candidate: (self._points(form, candidate, shares[candidate]), candidate.form))
        likely = _may_be_meant(form, best, shares[best]) if english else _is_likely(form, best, shares[best])
        return Respelling(word.span, self._written(best.form) or best.form, not english) if likely else None

    def _accented(self, question: QuestionText, word: Word) -> str | None:
        """How the articles write a word that the question has without its accents."""
        written = self.corpus.forms.get(word.form)
        said = question.text[word.span.start : word.span.end]
        key = pack_of(question.language).key(written) if written else ""
        return written if key in self.frequencies and written and written.casefold() != said.casefold() else None

    def _elsewhere(self, form: str) -> str | None:
        """The word as the articles spell it, on the other side of the Atlantic."""
        for other in other_spellings(form):
            if written := self.corpus.forms.of_stem(stem(other)):
                return written
        return None

    def _shortened(self, form: str, beside: NDArray[np.float64] | None) -> str | None:
        """The word in full that this one is short for, or the other way round: the likeliest that the articles have."""
        likeliest, most = None, 0.0
        others: list[str] = [*FULL_FORMS.get(form, ()), *SHORT_FORMS.get(form, ())]
        for other in others:
            if all(word in STOP_WORDS for word in other.split()):
                return other
            terms = [token.term for token in self.corpus.analyzer.of_question(other)]
            if terms and all(term in self.frequencies for term in terms):
                share = min(self._share(Candidate(other, term, 0), beside) for term in terms)
                likely = share + math.log1p(min(self._sentences(term) for term in terms)) / 1000
                likeliest, most = (other, likely) if likely > most else (likeliest, most)
        return likeliest

    def _written(self, form: str) -> str | None:
        """How the articles or the names of their things write a form; None for one that they do not have."""
        return self.corpus.forms.get(form) or self._named(form)

    def _named(self, form: str) -> str | None:
        """The name of one word with that form, though no article may use it, of a thing that the articles have."""
        found = [name for term, name in self._single_names.get(form, ()) if term in self.frequencies]
        return found[-1] if found else None

    @cached_property
    def _single_names(self) -> dict[str, list[tuple[str, str]]]:
        """By their form the names of one word, each with the term of its thing."""
        names: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        for thing in self.corpus.library.names:
            for name in thing.all:
                if (form := fold(name)[0]).isalpha():
                    names[form].append((f"={thing.main}", name))
        return dict(names)

    def _others(self, language: str) -> list[str]:
        """Words that need not be in the articles: names of one word, and stop words that have four letters or more."""
        return [*self._single_names, *(form for form in _stop_words(language) if len(form) > SHORTEST)]

    def _near(self, form: str, language: str = MAIN, *, name: bool) -> list[Candidate]:
        """The words of the articles with few other letters, or names that sound the same; `name` finds names alone."""
        if len(form) < SHORTEST:
            return []
        from rapidfuzz import process  # noqa: PLC0415 - most questions have no word that the articles lack
        from rapidfuzz.distance import OSA  # noqa: PLC0415

        errors = 2 if len(form) >= TWO_ERRORS else 1
        shortest = len(form) + 1 if len(form) == SHORTEST else len(form) - errors
        lengths = range(shortest, len(form) + errors + 1)
        others = [other for other in self._others(language) if len(other) in lengths]
        others.extend(self.corpus.forms.may_be_near(form, lengths, errors))
        scored = process.extract(form, others, scorer=OSA.distance, score_cutoff=errors, limit=None)
        near = {other: int(distance) for other, distance, _ in scored if self._is_there(other, language)}
        if len(form) >= EASILY_TAKEN and len(alike := sound(form)) >= SHORTEST:
            for other in (*self._single_names, *self.corpus.forms.may_sound_like(form)):
                distance = OSA.distance(form, other)
                alike_enough = distance <= max(2, len(form) // 3) and len(other) >= SHORTEST and sound(other) == alike
                if alike_enough and self._is_there(other, language) and self._is_name(other):
                    near[other] = distance
        return [
            Candidate(other, self._term(other, language), distance)
            for other, distance in near.items()
            if not name or self._is_name(other)
        ]

    def _is_there(self, form: str, language: str) -> bool:
        """Whether the articles have a word, or it is a name of a thing in them, or a stop word."""
        return self._written(form) is not None or (form in _stop_words(language) and len(form) > SHORTEST)

    def _term(self, form: str, language: str) -> str | None:
        """The term of a form; None for a stop word."""
        tokens = QuestionText(self._written(form) or form, self.corpus.analyzer, language, self.frequencies).tokens
        return tokens[0].term if tokens else None

    def _points(self, form: str, candidate: Candidate, share: float) -> float:
        """How much speaks for a candidate, in points that have no unit."""
        points = COMMON * math.log(self._sentences(candidate.term)) + BESIDE * share
        points -= ERROR * candidate.errors + ODD * (not _is_slip(form, candidate.form))
        points -= FIRST_LETTER * (candidate.form[0] != form[0])
        return points + SOUND * (sound(candidate.form) == sound(form))

    def _sentences(self, term: str | None) -> float:
        return max(1.0, self.frequencies.get(term, 1) if term else STOP_WORD_IN * len(self.corpus.sentences))

    def _share(self, candidate: Candidate, beside: NDArray[np.float64] | None) -> float:
        """How much of the rest of the question the best paragraph with the candidate has, between 0 and 1."""
        if beside is None:
            return 1.0
        if candidate.term is None:
            return STOP_WORD_BESIDE
        return float(beside[self.paragraphs(candidate.term)].max(initial=0.0))

    def _beside(self, terms: Sequence[str]) -> NDArray[np.float64] | None:
        """How much of `terms` each paragraph has, by their idf, shape (paragraphs,); None where there are no terms."""
        weights = {term: math.log((len(self.corpus.sentences) + 1) / self.frequencies[term]) for term in terms}
        if not weights:
            return None
        shares = np.zeros(len(self.corpus.paragraphs))
        for term, weight in weights.items():
            shares[self.paragraphs(term)] += weight / sum(weights.values())
        return shares


def _stop_words(language: str) -> frozenset[str]:
    return STOP_WORDS if language == MAIN else pack_of(language).folded_stop_words


def _is_likely(form: str, best: Candidate, share: float) -> bool:
    """Whether the best candidate is likely what was meant by a word that is not English."""
    if len(form) == SHORTEST:
        return share >= ENOUGH_FOR_THREE
    short = len(form) <= EASILY_TAKEN or best.form[0] != form[0]
    doubtful = len(form) == SHORTEST + 1 or best.errors > 1 or (short and not _is_slip(form, best.form))
    alike = sound(best.form) == sound(form) and (best.errors == 1 or len(sound(form)) >= SURE_SOUND)
    return not doubtful or alike or share >= ENOUGH_BESIDE


def _may_be_meant(form: str, best: Candidate, share: float) -> bool:
    """Whether the best candidate may be what was meant by an English word, as "moral" for "morale"."""
    slip = best.errors == 1 and _is_slip(form, best.form) and best.form[0] == form[0]
    return slip and len(form) > SHORTEST and share >= ENOUGH_FOR_ENGLISH and best.term is not None


def _is_slip(form: str, meant: str) -> bool:
    """Whether a letter was left out, doubled or swapped with its neighbour, rather than another one written."""
    if len(form) == len(meant):
        return sorted(form) == sorted(meant)
    return len(form) < len(meant) or DOUBLED.sub(r"\1", form) == DOUBLED.sub(r"\1", meant)


def _has_capital(question: str, word: Word) -> bool:
    """Whether a word has a capital where another word of the question would not."""
    opens = not question[: word.span.start].strip("\"'“‘([ ")
    capital = question[word.span.start].isupper()
    return capital and not opens and any(other.islower() for other in question.split()[1:])
