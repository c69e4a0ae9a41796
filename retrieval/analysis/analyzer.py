"""Text -> terms: what the index and the question are compared by."""

from __future__ import annotations

from functools import lru_cache
from itertools import product
from typing import TYPE_CHECKING

from retrieval.analysis.english_words import stemmer
from retrieval.analysis.english_words.irregular_forms import BASE
from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.languages.all_packs import MAIN, pack_of
from retrieval.analysis.languages.language_pack import STOP
from retrieval.analysis.tokenizer import Word, words
from retrieval.core.model import Span, Token

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from retrieval.analysis.synonyms import Name

OPENERS = frozenset("ai")  # words of one letter that have a capital where they open a sentence, or always
REWRITTEN = ("dying", "lying", "tying")  # whose stems are not how they begin


@lru_cache(maxsize=100_000)
def stem(form: str) -> str:
    """The stem of a folded word, by the Snowball stemmer (Porter 2001); that of "lost" is the one of "lose"."""
    return stemmer.stem(BASE.get(form, form))


def opening_of(stem: str) -> str:
    """How every word begins that has this stem and is neither irregular nor in REWRITTEN.

    Of what is left of a word, the stemmer writes a last letter anew at most: an e or an i ("happy", "happi"), or the y
    of "sky" for "skies"; or the last two where it puts "ble" for "bili".
    """
    rewritten = 2 if stem.endswith(("bl", "ble")) else 1 if stem.endswith(("e", "i", "y")) else 0
    return stem[: max(1, len(stem) - rewritten)]


def key(word: Word) -> str:
    """The term of one word. "US" and "C" in capitals are names, "us" and "c" are stop words."""
    return key_of(word.form, acronym=word.acronym)


def key_in(word: Word, surface: str, language: str) -> str:
    """The term of one word of a language, which is written so; one that is_stop for a word that says nothing."""
    return key(word) if language == MAIN else pack_of(language).key(surface) or f"{STOP}{word.form}"


def is_stop(key: str) -> bool:
    """Whether this is the key of a word that says nothing about a subject, in any language."""
    return key in STOP_WORDS or key.startswith(STOP)


def key_of(form: str, *, acronym: bool) -> str:
    """The term of the word with this form."""
    if form in STOP_WORDS:
        return form.upper() if acronym and form not in OPENERS else form
    return stem(form)


def keys_of(found: Sequence[Word], text: str, language: str) -> list[str]:
    """The keys of the words of a text in a language."""
    return [key_in(word, text[word.span.start : word.span.end], language) for word in found]


class Analyzer:
    """Reads terms off a text: stop words dropped, words stemmed, all names of a thing mapped to one term.

    The term of a thing is "=" and its main name, so it never meets the stem of a word. Texts to be found
    keep the words of a name beside it ("Democratic Forces" finds "Syrian Democratic Forces"); questions do not.
    `alone` are the keys of the names of one word, `pairs` the keys of the first two words of the others. Names are
    known in each of the `languages` of the articles.
    """

    def __init__(self, names: Iterable[Name] = (), languages: Sequence[str] = (MAIN,)) -> None:
        self.languages = tuple(languages)
        self._things: dict[str, dict[tuple[str, ...], str]] = {}
        for name, language in product(names, dict.fromkeys((MAIN, *languages))):
            term = f"={name.main}"
            for called in name.all:
                keys = tuple(
                    key_in(word, called[word.span.start : word.span.end], language)
                    for word in words(called, shouting=False)
                )
                if keys and not (len(keys) == 1 and is_stop(keys[0])):
                    self._things.setdefault(keys[0], {}).setdefault(keys, term)
        self._longest = {first: max(map(len, things)) for first, things in self._things.items()}
        self.longest_of_all = max(self._longest.values(), default=1)
        names_of_things = [keys for things in self._things.values() for keys in things]
        self.alone = frozenset(keys[0] for keys in names_of_things if len(keys) == 1)
        self.pairs = frozenset(keys[:2] for keys in names_of_things if len(keys) > 1)

    def of_text(self, text: str, language: str = MAIN) -> list[Token]:
        """The terms to be found of a text."""
        found = words(text)
        return self._tokens(found, keys_of(found, text, language), parts=True)

    def of_question(self, text: str) -> list[Token]:
        """The terms to look for of a question."""
        found = words(text)
        return self.of_words(found, [key(word) for word in found])

    def of_words(self, found: Sequence[Word], keys: Sequence[str]) -> list[Token]:
        """The terms to look for of a question that has words with these keys."""
        return self._tokens(found, keys, parts=False)

    def _tokens(self, found: Sequence[Word], keys: Sequence[str], *, parts: bool) -> list[Token]:
        tokens: list[Token] = []
        at = 0
        while at < len(found):
            term, length = self.thing(keys, at)
            if term:
                tokens.append(Token(term, Span(found[at].span.start, found[at + length - 1].span.end)))
            if not term or (parts and length > 1):
                tokens.extend(Token(keys[i], found[i].span) for i in range(at, at + length) if not is_stop(keys[i]))
            at += length
        return tokens

    def things(self) -> dict[tuple[str, ...], str]:
        """The term of each name, by the keys of its words."""
        return {keys: term for things in self._things.values() for keys, term in things.items()}

    def longest(self, key: str) -> int:
        """How many words the longest name of a thing has that begins with the word of this key; 0 where none does."""
        return self._longest.get(key, 0)

    def thing(self, keys: Sequence[str], at: int = 0) -> tuple[str | None, int]:
        """The thing whose name begins at `at` and how many words it takes: the longest name wins."""
        things = self._things.get(keys[at])
        if things:
            for length in range(min(self._longest[keys[at]], len(keys) - at), 0, -1):
                if term := things.get(tuple(keys[at : at + length])):
                    return term, length
        return None, 1
