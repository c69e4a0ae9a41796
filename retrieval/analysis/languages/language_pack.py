"""What Quoth knows of a language: how its words become terms, where its sentences end, and how it asks."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from importlib import import_module
from typing import TYPE_CHECKING

from retrieval.analysis.english_words.stopwords import STOP_WORDS
from retrieval.analysis.tokenizer import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from retrieval.core.query_model import AnswerType, SmallTalk

STOP = "\x1f"  # what the key of a stop word begins with, so that it meets no word of another language
APART = "~"  # behind a stem that an English stop word is: “Not” in German
NOTHING = re.compile(r"(?!)")
CACHED_WORDS = 100_000  # of one language, whose keys are kept


def lower(surface: str) -> str:
    """A word in small letters, each letter one sign."""
    return unicodedata.normalize("NFC", surface).lower()


@dataclass(frozen=True, eq=False)
class LanguagePack:
    """A language. Words are in small letters, as they are written; patterns are regular expressions.

    `stemmer` is the name of a Snowball algorithm, and `suffixes` are cut off where there is none. `lower` puts a word
    in small letters, `normal` makes it ready for the stemmer; `prefix` and `ending` match what is written together with
    a word and is none of it (l', 'nın). `stop` tells of a word that is not listed in `stop_words` whether it is one.

    `abbreviations` do not end a sentence, `before_number` does not before a number, `amid` not before a small letter;
    `after_ordinal` is what goes on behind “3.”; without it a number and a full stop are an end. `asking` are the
    question words with the kind of answer they ask for, tried in order, and `whether` how a question begins that is
    answered by yes or no; `counted` are the words before what is to be counted. `numerals`, `times` (months, weekdays,
    centuries), `places` (what stands before the name of one) and `reasons` show that a sentence has such an answer.
    `spaced` tells whether the script sets spaces between words. `keeps_marks` is for a language in which a mark on a
    letter makes another word, so that none is folded away. `dictionary` is the code of pyspellchecker's word list.
    `bias` is added to that of the confidence, which was learnt on English, so that it means the same here.
    """

    code: str
    name: str
    stop_words: frozenset[str] = frozenset()
    stemmer: str = ""
    suffixes: tuple[str, ...] = ()
    shortest_stem: int = 3
    lower: Callable[[str], str] = lower
    prefix: re.Pattern[str] = NOTHING
    ending: re.Pattern[str] = NOTHING
    stop: Callable[[str], bool] | None = None
    normal: Callable[[str], str] | None = None
    keeps_marks: bool = False
    abbreviations: frozenset[str] = frozenset()
    before_number: str = ""
    amid: str = ""
    after_ordinal: str = ""
    asking: tuple[tuple[AnswerType, str], ...] = ()
    whether: str = ""
    counted: str = ""
    numerals: str = ""
    times: str = ""
    places: str = ""
    reasons: str = ""
    spaced: bool = True
    small_talk: Mapping[SmallTalk, str] = field(default_factory=dict)
    dictionary: str = ""
    bias: float = 0.6

    @cached_property
    def key(self) -> Callable[[str], str]:
        """The term of a word as it is written, or what begins with STOP for a stop word; "" for what is no word."""
        return lru_cache(maxsize=CACHED_WORDS)(self._key)

    @cached_property
    def stem(self) -> Callable[[str], str]:
        """The stem of a word in small letters, not folded."""
        if not self.stemmer:
            return self._without_suffix
        module = import_module(f"snowballstemmer.{self.stemmer}_stemmer")
        algorithm = getattr(module, f"{self.stemmer.title().replace('_', '')}Stemmer")()
        stem_word: Callable[[str], str] = algorithm.stemWord
        return stem_word

    @cached_property
    def folded_stop_words(self) -> frozenset[str]:
        """The stop words as somebody types them who leaves out accents; the language's letters where they tell."""
        if self.keeps_marks:
            return self.stop_words
        return frozenset(self._folded(word) for word in self.stop_words)

    def written(self, surface: str) -> str:
        """A word as it is written, without what is only written together with it."""
        word = self.ending.sub("", surface.replace("’", "'")) or surface
        return self.prefix.sub("", word) or word

    def bare(self, surface: str) -> str:
        """A word in small letters without what is only written together with it."""
        word = self.lower(surface).replace("’", "'").replace("\u00ad", "")
        word = self.ending.sub("", word) or word
        return self.prefix.sub("", word) or word

    def _key(self, surface: str) -> str:
        form, acronym = fold(surface)
        if not form:
            return ""
        if form[0].isdigit():
            return form
        word = self.bare(surface) or form
        folded = self._folded(word)
        if folded in self.folded_stop_words or (self.stop and self.stop(word)):
            return form.upper() if acronym else f"{STOP}{folded}"
        stem = self._folded(self.stem(self.normal(word) if self.normal else word)) or folded
        return f"{stem}{APART}" if stem in STOP_WORDS else stem

    def _folded(self, word: str) -> str:
        return word if self.keeps_marks or not word else fold(word)[0]

    def _without_suffix(self, word: str) -> str:
        for suffix in self.suffixes:  # longest first
            if word.endswith(suffix) and len(word) - len(suffix) >= self.shortest_stem:
                return word[: -len(suffix)]
        return word


def listed(words: str) -> frozenset[str]:
    """The words of some lines."""
    return frozenset(words.split())
