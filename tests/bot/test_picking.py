"""People find a source by what they remember of its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz import fuzz

from bot.services.article_catalogue import SUGGESTED_FROM, ArticleCatalogue, catalogue_of, fold_name
from retrieval.core.model import Article
from retrieval.index.corpus import read
from retrieval.index.writer.update import changed
from retrieval.ingestion.scanner import look
from tests.retrieval.libraries import library_of

if TYPE_CHECKING:
    from pathlib import Path

NAMES = ("Žižek on Café Life", "The Long War", "The Long Peace", "A Short History of Nearly Every War")
ARTICLES = [Article(f"{number}.md", name, "", f"{number}" * 64) for number, name in enumerate(NAMES)]
CATALOGUE = ArticleCatalogue.of(ARTICLES)


@pytest.mark.parametrize("typed", ["zizek", "ŽIŽEK", "cafe life", "Cafe lief", "žižek  on"])
def test_case_accents_spaces_and_slips_do_not_matter(typed: str) -> None:
    assert CATALOGUE.suggestions(typed, limit=25)[0].name == NAMES[0]


def test_nothing_typed_suggests_everything_by_name() -> None:
    assert [article.name for article in CATALOGUE.suggestions(" ", limit=3)] == [NAMES[3], NAMES[2], NAMES[1]]


def test_there_are_never_more_suggestions_than_wanted() -> None:
    assert len(CATALOGUE.suggestions("the", limit=1)) == 1


@pytest.mark.parametrize("typed", ["qqq", "xylophone"])
def test_what_is_like_no_name_suggests_nothing(typed: str) -> None:
    assert CATALOGUE.suggestions(typed, limit=25) == []


@pytest.mark.parametrize("typed", ["1.md", "1" * 64, "1" * 16, "the long war", "THE LÓNG WAR", "The Long Warr"])
def test_a_file_a_digest_or_a_name_means_one_article(typed: str) -> None:
    assert CATALOGUE.meant(typed) is ARTICLES[1]


@pytest.mark.parametrize("typed", ["", "long", "the", "1", "The Daily Planet"])
def test_what_could_be_several_or_none_means_none(typed: str) -> None:
    assert CATALOGUE.meant(typed) is None


SAID = st.lists(st.sampled_from(["Long", "war", "péace", "OF", "the", "x"]), max_size=4).map(" ".join)


@given(names=st.lists(SAID, max_size=30), typed=SAID)
def test_suggestions_are_the_likest_names_and_the_first_of_equals(names: list[str], typed: str) -> None:
    articles = [Article(f"{number}.md", name, "", f"{number:064}") for number, name in enumerate(names)]
    wanted = fold_name(typed)

    found = ArticleCatalogue.of(articles).suggestions(typed, limit=5)

    if wanted:
        alike = {
            a.file: max(fuzz.partial_ratio(wanted, fold_name(a.name)), fuzz.token_set_ratio(wanted, fold_name(a.name)))
            for a in articles
        }
        expected = sorted((a for a in articles if alike[a.file] >= SUGGESTED_FROM), key=lambda a: -alike[a.file])[:5]
    else:
        expected = sorted(articles, key=lambda article: fold_name(article.name))[:5]
    assert found == expected


def test_the_catalogue_of_a_library_follows_its_articles(tmp_path: Path) -> None:
    corpus = read(library_of(tmp_path, {"a.txt": "Boats\n\nBoats cross.", "b/b.txt": "Bridges\n\nA bridge."}))
    (tmp_path / "a.txt").write_text("Boots\n\nBoots are made.", encoding="utf-8")
    (tmp_path / "a-first.txt").write_text("Birds\n\nBirds fly.", encoding="utf-8")

    later, _ = changed(corpus, look(tmp_path))

    assert [article.name for article in catalogue_of(corpus).suggestions("", limit=9)] == ["Boats", "Bridges"]
    assert [article.name for article in catalogue_of(later).suggestions("", limit=9)] == ["Birds", "Boots", "Bridges"]
    article = catalogue_of(later).meant("b/b.txt")
    assert article is not None
    assert catalogue_of(later).with_digests({article.sha256}) == [article]
