"""What the bot has read: the list of its sources, one of them, and their names as someone types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pages import notes, sources
from bot.pages.markdown import plain
from bot.picking import meant, suggestions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.desk import Desk
    from bot.pages.page import Page
    from retrieval.model import Article

CHOICES = 25
CHOICE = 100  # units of a choice's name and of its value, at most


class Sources:
    """Shows the articles of the desk's library."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk

    @property
    def articles(self) -> Sequence[Article]:
        return self.desk.answerer.library.articles

    def page(self, number: int = 1) -> Page:
        """Show one page of the list."""
        return sources.sources_page(self.articles, number)

    def one(self, name: str) -> Page:
        """Show the source that is meant by what someone typed or chose."""
        article = meant(name, self.articles)
        if article is None:
            return notes.unknown_source(name)
        return sources.source_page(article, sentences=self.desk.answerer.corpus.sentences_in(article.file))

    def choices(self, typed: str) -> list[tuple[str, str]]:
        """Name the sources like what was typed, each with a value that says which one it is."""
        found = suggestions(typed, self.articles, limit=CHOICES)
        return [(plain(article.name, limit=CHOICE) or article.sha256[:16], _value(article)) for article in found]


def _value(article: Article) -> str:
    return article.file if len(article.file) <= CHOICE else article.sha256
