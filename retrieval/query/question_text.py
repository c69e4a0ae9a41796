"""A question's text with its words and terms, which every step of the analysis shares."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.analysis.analyzer import is_stop, key_in, keys_of
from retrieval.analysis.english_words.short_forms import CHAT_WORDS
from retrieval.analysis.languages.all_packs import MAIN
from retrieval.analysis.tokenizer import words

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from retrieval.analysis.analyzer import Analyzer
    from retrieval.analysis.tokenizer import Word
    from retrieval.core.model import Token


class QuestionText:
    """A text, the words in it, and the tokens (the terms to look for) that `analyzer` makes of these words.

    `language` is the code of its language. A word of which the articles have no term in this language, as `known`
    tells, is read as one of another language of theirs, where they have it. Words of chat are no tokens unless they are
    all that there is.
    """

    def __init__(
        self, text: str, analyzer: Analyzer, language: str = MAIN, known: Container[str] | None = None
    ) -> None:
        self.text = text
        self.language = language
        self.words: Sequence[Word] = words(text)
        keys = keys_of(self.words, text, language)
        others = [code for code in analyzer.languages if code != language]
        if known is not None and others:
            keys = [self._known(*one, others, known) for one in zip(self.words, keys, strict=True)]
        self.keys: Sequence[str] = keys
        every = analyzer.of_words(self.words, keys)
        said = [token for token in every if text[token.span.start : token.span.end].lower() not in CHAT_WORDS]
        self.tokens: Sequence[Token] = (said or every) if language == MAIN else every

    def _known(self, word: Word, key: str, others: Sequence[str], known: Container[str]) -> str:
        if is_stop(key) or key in known:
            return key
        surface = self.text[word.span.start : word.span.end]
        found = (key_in(word, surface, other) for other in others)
        return next((other for other in found if other in known and not is_stop(other)), key)

    @cached_property
    def forms(self) -> list[str]:
        """The folded form of each word."""
        return [word.form for word in self.words]
