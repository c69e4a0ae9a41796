"""What a question is to be asked of, as somebody typed it -> the filter that means it, among what they may see."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from bot.handlers.lookup import in_catalogue
from bot.pages import collection_pages, help_pages
from bot.services.article_catalogue import ArticleCatalogue
from retrieval.query.time_expressions import after, before, days_named
from retrieval.search.article_filter import ArticleFilter

if TYPE_CHECKING:
    import datetime

    from bot.pages.page import Page
    from bot.store.preferences import Server
    from retrieval.answer.answerer import Answerer


class WantedSources(NamedTuple):
    """A source and a collection by what people call them, and the times that sources are dated before and after."""

    source: str | None = None
    collection: str | None = None
    before: str | None = None
    after: str | None = None

    async def among(self, view: Answerer, server: Server, today: datetime.date) -> ArticleFilter | Page:
        """The filter over what somebody may see, or the page that says what of it is not there."""
        if self.source:
            article = await in_catalogue(view, ArticleCatalogue.meant, self.source)
            return ArticleFilter(article.file) if article else help_pages.unknown_source(self.source)
        chosen = None
        if self.collection:
            meant = collection_pages.meant_collection(view.corpus.collection_names, self.collection)
            if meant is None:
                return collection_pages.unknown_collection(self.collection)
            chosen = frozenset({meant})
        days = [days_named(time, today) if time else None for time in (self.before, self.after)]
        for time, found in zip((self.before, self.after), days, strict=True):
            if time and not found:
                return collection_pages.unknown_time(time)
        until, since = days
        return ArticleFilter(
            collections=chosen,
            versions=server.collections.versions,
            before=before(until) if until else None,
            after=after(since) if since else None,
        )


ALL_SOURCES = WantedSources()
