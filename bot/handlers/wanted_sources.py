"""What a question is to be asked of, as somebody typed it -> the filter that means it, among what they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.handlers.lookup import in_catalogue
from bot.pages import collections, help_pages
from bot.services.article_catalogue import ArticleCatalogue
from retrieval.search.article_filter import ArticleFilter

if TYPE_CHECKING:
    from bot.pages.page import Page
    from bot.store.preferences import Server
    from retrieval.answer.answerer import Answerer


class WantedSources(NamedTuple):
    """A source and a collection by what people call them; None for all."""

    source: str | None = None
    collection: str | None = None

    async def among(self, view: Answerer, server: Server) -> ArticleFilter | Page:
        """The filter over what somebody may see, or the page that says what of it is not there."""
        if self.source:
            article = await in_catalogue(view, ArticleCatalogue.meant, self.source)
            return ArticleFilter(article.file) if article else help_pages.unknown_source(self.source)
        chosen = None
        if self.collection:
            meant = collections.meant_collection(view.corpus.collection_names, self.collection)
            if meant is None:
                return collections.unknown_collection(self.collection)
            chosen = frozenset({meant})
        return ArticleFilter(collections=chosen, versions=server.collections.versions)

    def counted(self, asked_of: ArticleFilter, view: Answerer) -> int | None:
        """How many sources are asked, None where it is one alone."""
        if asked_of.file:
            return None
        allowed = asked_of.of(view.corpus).allowed
        return len(view.library.articles) if allowed is None else int(allowed.sum())


ALL_SOURCES = WantedSources()
