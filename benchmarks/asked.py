"""Questions of several kinds, made from the words of whatever library there is."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from retrieval.answer.answerer import Answerer

COMMON = 40  # terms that questions of common words are made of
LONG = 5  # letters of a word that may be misspelt


def kinds_of(answerer: Answerer, many: int, *, seed: int = 1) -> dict[str, list[str]]:
    """As many questions of each kind: words of a sentence, the same with one of them misspelt, common words alone."""
    words = questions(answerer, many, seed=seed)
    chance = random.Random(seed)
    return {
        "words of a sentence": words,
        "one word misspelt": [_misspelt(question, chance) for question in words],
        "common words alone": _common(answerer, many, chance),
    }


def questions(answerer: Answerer, many: int, *, seed: int = 1) -> list[str]:
    """Questions of three to eight words of a sentence of the library each."""
    chance = random.Random(seed)
    sentences = answerer.corpus.sentences
    texts = (sentences[chance.randrange(len(sentences))].text.split() for _ in range(many))
    return [" ".join(chance.sample(words, min(len(words), chance.randint(3, 8)))) + "?" for words in texts]


def _misspelt(question: str, chance: random.Random) -> str:
    """The question with a slip in one of its long words: a letter left out, doubled, wrong, or in another's place."""
    words = question.rstrip("?").split()
    long = [at for at, word in enumerate(words) if len(word) >= LONG and word.isalpha()]
    if not long:
        return question
    place = chance.choice(long)
    word = words[place]
    at = chance.randrange(1, len(word) - 1)
    before, letter, after = word[:at], word[at], word[at + 1 :]
    slips = (before + after, before + 2 * letter + after, before + chance.choice("aeiourstln") + after)
    words[place] = chance.choice((*slips, before + after[0] + letter + after[1:]))
    return " ".join(words) + "?"


def _common(answerer: Answerer, many: int, chance: random.Random) -> list[str]:
    """Questions of two to five of the words that most sentences have, stop words aside."""
    corpus, counts = answerer.corpus, answerer.searcher.frequencies
    terms = sorted(counts, key=lambda term: -counts[term])[: 2 * COMMON]
    words = [corpus.forms.of_stem(term) or term for term in terms if term.isalpha()][:COMMON]
    return [" ".join(chance.sample(words, min(len(words), chance.randint(2, 5)))) + "?" for _ in range(many)]
