"""The promise between what finds candidate sentences and what makes answers of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from retrieval.core.model import Hit
    from retrieval.core.query_model import Query


class Searcher(Protocol):
    """Finds the sentences most likely to hold an answer, and tells how common each term is.

    Promises, held for every implementation by tests/contracts/searcher.py: at most `limit` hits; best first; equal
    scores keep article order, then sentence order; every hit shares a term with the query and scores above zero;
    a hit's parts add up to its score; words that occur nowhere find nothing; with `file`, every hit is of that
    article; with `articles`, of one that is marked there; `score` gives what `search` gives, and to a sentence that
    shares no term what those around it are worth, zero where these share none either; searching changes nothing and may
    be done from several threads at once.
    """

    @property
    def frequencies(self) -> Mapping[str, int]:
        """How many sentences have each term (its document frequency); a term that none has is not a key."""

    @property
    def idf(self) -> Mapping[str, float]:
        """The inverse document frequency of the same terms: above zero, and the greater the fewer sentences have it."""

    def paragraphs(self, term: str) -> NDArray[np.int32]:
        """The numbers in the corpus of the paragraphs that have `term`, ascending; none for an unknown term."""

    def search(
        self, query: Query, limit: int, *, file: str | None = None, articles: NDArray[np.bool_] | None = None
    ) -> Sequence[Hit]:
        """The best `limit` sentences for `query`, from the article `file` alone where one is given.

        `articles` marks those that may be searched, by their places in the library; None is all.
        """

    def score(self, query: Query, sentences: NDArray[np.int32]) -> Sequence[Hit]:
        """These sentences, by their numbers in the corpus, in the order given, each with the score of a search."""
