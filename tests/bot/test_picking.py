"""People find a source by what they remember of its name."""

from __future__ import annotations

import pytest

from bot.picking import Catalogue
from retrieval.model import Article

NAMES = ("Žižek on Café Life", "The Long War", "The Long Peace", "A Short History of Nearly Every War")
ARTICLES = [Article(f"{number}.md", name, "", f"{number}" * 64) for number, name in enumerate(NAMES)]
CATALOGUE = Catalogue.of(ARTICLES)


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
