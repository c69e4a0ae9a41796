"""A question's text with its words and terms, which every step of the analysis shares."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.analysis.english.short_forms import CHAT_WORDS
from retrieval.analysis.tokenizer import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.analysis.analyzer import Analyzer
    from retrieval.analysis.tokenizer import Word
    from retrieval.core.model import Token


class QuestionText:
    """A text, the words in it, and the tokens (the terms to look for) that `analyzer` makes of these words.

    Words of chat are no tokens unless they are all that there is.
    """

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self.text = text
        self.words: Sequence[Word] = words(text)
        every = analyzer.of_words(self.words)
        said = [token for token in every if text[token.span.start : token.span.end].lower() not in CHAT_WORDS]
        self.tokens: Sequence[Token] = said or every

    @cached_property
    def forms(self) -> list[str]:
        """The folded form of each word."""
        return [word.form for word in self.words]
