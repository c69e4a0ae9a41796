"""The searcher that answers use where none is given."""

from __future__ import annotations

from typing import TYPE_CHECKING

from retrieval.search.bm25 import Bm25Searcher

if TYPE_CHECKING:
    from retrieval.index.corpus import Corpus
    from retrieval.search.searcher import Searcher


def default_searcher(corpus: Corpus) -> Searcher:
    """A searcher over the sentences of `corpus`."""
    return Bm25Searcher(corpus)
