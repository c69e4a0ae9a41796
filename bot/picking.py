"""Finding an article by what someone types for its name, in their own spelling."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Sequence

    from retrieval.model import Article

LIKE = 65.0  # of 100: how alike a name must be to be suggested
SAME = 90.0  # of 100: how alike a name must be to be meant


def suggestions(typed: str, articles: Sequence[Article], *, limit: int) -> list[Article]:
    """List the articles whose names are like what was typed, the likest first; all of them where nothing was."""
    wanted = folded(typed)
    if not wanted:
        return sorted(articles, key=lambda article: folded(article.name))[:limit]
    scored = [(_likeness(wanted, folded(article.name)), article) for article in articles]
    like = [(score, article) for score, article in scored if score >= LIKE]
    return [article for _, article in sorted(like, key=lambda pair: -pair[0])[:limit]]


def meant(typed: str, articles: Sequence[Article]) -> Article | None:
    """Find the one article that is meant by a file, by the beginning of a digest, or by a name; None where none is."""
    for article in articles:
        if typed == article.file or (len(typed) >= 16 and article.sha256.startswith(typed)):
            return article
    wanted = folded(typed)
    names = [folded(article.name) for article in articles]
    if wanted in names:
        return articles[names.index(wanted)]
    best = process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=SAME, limit=2)
    return articles[best[0][2]] if len(best) == 1 else None


def _likeness(wanted: str, name: str) -> float:
    """Compare what was typed with a name, of which it may be a part, or some words in another order."""
    return max(fuzz.partial_ratio(wanted, name), fuzz.token_set_ratio(wanted, name))


def folded(text: str) -> str:
    """Write a text without differences of case, accents and spaces."""
    bare = "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))
    return " ".join(bare.casefold().split())
