"""The promise between what finds candidate sentences and what makes answers of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.core.model import Hit, Query


class Searcher(Protocol):
    """Finds the sentences most likely to hold an answer.

    Promises, held for every implementation by tests/contracts/searcher.py: at most `limit` hits; best first; equal
    scores keep article order, then sentence order; every hit shares a term with the query and scores above zero;
    a hit's parts add up to its score; words that occur nowhere find nothing; with `file`, every hit is of that
    article; searching changes nothing and may be done from several threads at once.
    """

    def search(self, query: Query, limit: int, *, file: str | None = None) -> Sequence[Hit]: ...
