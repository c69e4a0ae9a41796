"""Which words a language has, so that one which the articles merely lack is not taken for a misspelling."""

from __future__ import annotations

import gzip
from functools import lru_cache
from importlib.resources import files

from retrieval.analysis.english_words.dictionary import is_english
from retrieval.analysis.languages.all_packs import MAIN, pack_of
from retrieval.analysis.languages.language_pack import lower


def is_word(surface: str, form: str, language: str) -> bool:
    """Whether a word, as it is written and folded, is one of the language.

    Without a list of the language's words every word may be one, so that only a plain slip is put right.
    """
    if language == MAIN:
        return is_english(form)
    pack = pack_of(language)
    return not pack.dictionary or f'"{lower(surface)}"' in _list(pack.dictionary)


@lru_cache(maxsize=2)
def _list(code: str) -> str:
    """The words of pyspellchecker's list for a language, each in double quotes: a word is looked for in it as it is."""
    try:
        return gzip.decompress(files("spellchecker").joinpath(f"resources/{code}.json.gz").read_bytes()).decode()
    except OSError:  # a version that keeps it elsewhere
        from spellchecker import SpellChecker  # noqa: PLC0415

        return "".join(f'"{word}"' for word in SpellChecker(language=code).word_frequency.words())
