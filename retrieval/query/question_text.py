"""A question's text with its words and terms, which every step of the analysis shares."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from retrieval.analysis.tokenizer import words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.analysis.analyzer import Analyzer
    from retrieval.analysis.tokenizer import Word
    from retrieval.core.model import Token


class QuestionText:
    """A text, the words in it, and the tokens (the terms to look for) that `analyzer` makes of these words."""

    def __init__(self, text: str, analyzer: Analyzer) -> None:
        self.text = text
        self.words: Sequence[Word] = words(text)
        self.tokens: Sequence[Token] = analyzer.of_words(self.words)

    @cached_property
    def forms(self) -> list[str]:
        """The folded form of each word."""
        return [word.form for word in self.words]
