"""What the reranker looks for in passages, for one question."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

from retrieval.analysis.analyzer import is_stop, keys_of, opening_of, stem
from retrieval.analysis.languages.all_packs import MAIN, pack_of
from retrieval.analysis.tokenizer import forms
from retrieval.analysis.tokenizer import words as words_in
from retrieval.query.answer_types import numerals_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.core.query_model import AnswerType
    from retrieval.index.corpus import Corpus
    from retrieval.query.question_analysis import QuestionAnalysis

# How a question begins that is answered by yes or no.
WHETHER = re.compile(
    r"(?:(?:so|and|but|hey|hi|ok|hello)\W+)*(?:can|could|may|is|are|do|does|did|am|will|was|were|has|have|should|must"
    r"|allowed|need)\b",
    re.IGNORECASE,
)
# How a sentence says what a thing is: what may stand before it, what between it and the verb, the verb, what follows.
LEADS = "a|an|the|each|every|our|this|so|in|word|term|simply|put"
ASIDE = r"[^\w,(]{0,3}(?:\s*\([^)]{0,80}\)|,[^,]{0,80},)?[^\w,(]{1,3}"
DEFINES = r"is|are|was|were|means?|refers?|stands?|describes?|denotes?|consists?|lets?|allows?|turns?|makes?|creates?"
GOES_ON = "a|an|the|any|one|some|another|when|how|what|used|to|for|like|simply|just|basically|essentially"
# How a sentence says what may be, which answers such a question.
RULE = re.compile(
    r"\b(?:may|must|can|cannot|can['’]t|could|allowed|not|only|never|no|yes|free|forbidden|prohibited|permitted|required"
    r"|always|mustn['’]t|without|except|unless|welcome|okay|ok|needs?|possible|supported|available)\b",
    re.IGNORECASE,
)
GRAM = 5  # characters of an n-gram, which may cross word borders
STOP_WORD_WEIGHT = 1.0  # of a stop word, which has no idf


@dataclass(frozen=True, slots=True)
class QuestionFeatures:
    """What to look for in a passage. Each dict gives what to look for and its weight; its weights add up to 1.

    `terms` are looked for in sets of terms, by their numbers in the corpus's vocabulary; those that it has not are
    negative; `asked` has each as it is written. `frequencies` tells how many sentences have each, and `names` are those
    that are names, in the question's order. `ngrams`, `prefixes` and `stop_words` are looked for in a passage's
    `forms`, `bigrams` in its `stems`, all with the spaces around words that they have there. `content_words` are the
    question's words that are no stop words: no answer is made of them. `answer_type` is the kind of answer it asks for,
    and `asks_whether` says that it is yes or no; `counted` finds in `stems` a number with what it wants counted,
    and `defining` how a sentence begins that says what the thing is which it asks about; None where it wants none of
    that. `openings` are how words begin whose stems are looked
    for. `total_idf` is the idf of all terms together, `max_idf` that of a term which no sentence has.
    `language` is the code of the question's.
    """

    terms: Mapping[int, float]
    asked: Mapping[int, str]
    frequencies: Mapping[int, int]
    names: Sequence[int]
    ngrams: Mapping[str, float]
    prefixes: Mapping[str, float]
    bigrams: Mapping[str, float]
    stop_words: Mapping[str, float]
    content_words: frozenset[str]
    answer_type: AnswerType
    asks_whether: bool
    counted: re.Pattern[str] | None
    defining: re.Pattern[str] | None
    openings: tuple[str, ...]
    total_idf: float
    max_idf: float
    language: str = MAIN


def question_features(analysis: QuestionAnalysis, corpus: Corpus, idf: Mapping[str, float]) -> QuestionFeatures:
    """What to look for in this corpus; a term that no sentence has weighs the most that a term can."""
    query = analysis.query
    max_idf = math.log(len(corpus.sentences) + 1)
    numbers = {term.term: corpus.vocabulary.get(term.term, -at) for at, term in enumerate(query.terms, 1)}
    terms = {term.term: term.weight * idf.get(term.term, max_idf) for term in query.terms}
    weight_of = {form: terms[term.term] for term in query.terms for form in forms(term.read or term.word)}
    read, language = analysis.read, query.language
    stems = [stem(form) for form in read.forms] if language == MAIN else read.keys
    small = {form for form, key in zip(read.forms, read.keys, strict=True) if is_stop(_bare_key(form, key, language))}
    carried = [form for term in query.carried for form in forms(term.read or term.word)]
    words = [*read.forms, *carried]
    weights = [weight_of.get(form, STOP_WORD_WEIGHT) for form in words]
    counted = _count_pattern(query.counted, language)
    return QuestionFeatures(
        terms={numbers[term]: share for term, share in _shares(terms).items()},
        asked={numbers[term]: term for term in terms},
        frequencies={numbers[term.term]: term.sentences for term in query.terms},
        names=[numbers[term.term] for term in query.terms if term.name],
        ngrams=_shares(_ngrams(words, weights)),
        prefixes=_shares(
            {f" {form[:GRAM]}": weight for form, weight in zip(words, weights, strict=True) if form not in small}
        ),
        bigrams=_shares({f" {a} {b} ": 1.0 for a, b in pairwise(stems)}),
        stop_words=_shares({f" {form} ": 1.0 for form in read.forms if form in small}),
        content_words=frozenset(form for form in words if form not in small),
        answer_type=query.answer_type,
        asks_whether=_whether(language).match(query.question) is not None,
        counted=counted,
        defining=_defining_pattern(query.defined),
        openings=("",) if counted else tuple({opening_of(stem) for stem in stems}),
        total_idf=sum(terms.values()),
        max_idf=max_idf,
        language=language,
    )


@cache
def _whether(language: str) -> re.Pattern[str]:
    """How a question begins that is answered by yes or no."""
    if language == MAIN:
        return WHETHER
    said = pack_of(language).whether
    return re.compile(rf"\W*(?:{said})(?!\w)", re.IGNORECASE) if said else re.compile("(?!)")


def _bare_key(form: str, key: str, language: str) -> str:
    """The key of a question's word; in English that of its form, for which capitals count for nothing."""
    return form if language == MAIN else key


def _ngrams(words: list[str], weights: list[float]) -> dict[str, float]:
    """Each n-gram of the words in one line, and the weights of the words that its characters are from, added up."""
    line = f" {' '.join(words)} "
    weight_at = [STOP_WORD_WEIGHT]  # of each character of `line`
    for word, weight in zip(words, weights, strict=True):
        weight_at += [weight] * len(word) + [STOP_WORD_WEIGHT]
    found: dict[str, float] = {}
    for at in range(len(line) - GRAM + 1):
        ngram = line[at : at + GRAM]
        found[ngram] = max(found.get(ngram, 0.0), sum(weight_at[at : at + GRAM]))
    return found


def _count_pattern(counted: str, language: str) -> re.Pattern[str] | None:
    """Finds a number with what is `counted` behind it in a line of stems; None where nothing is."""
    found = keys_of(words_in(counted, shouting=False), counted, language)
    things = [re.escape(key) for key in found if not is_stop(key)]
    return re.compile(rf" (?:\d\S*|{numerals_of(language)}) (?:\S+ ){{0,3}}(?:{'|'.join(things)}) ") if things else None


def _defining_pattern(thing: Sequence[str]) -> re.Pattern[str] | None:
    """Finds that a text begins with the thing, and as its groups the verb that says what it is, and how it goes on."""
    said = r"[\s-]+".join(rf"{re.escape(opening_of(stem(form)))}\w*" for form in thing)
    if not said:
        return None
    return re.compile(
        rf"\W*(?:(?:{LEADS})\s+){{0,3}}\W*{said}(?:{ASIDE}({DEFINES})\b(\s+(?:{GOES_ON})\b)?)?", re.IGNORECASE
    )


def _shares(weights: dict[str, float]) -> dict[str, float]:
    whole = sum(weights.values())
    return {what: weight / whole for what, weight in weights.items()} if whole else {}
