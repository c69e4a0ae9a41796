"""The articles that come with Quoth are five, whole, and in words of their own."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from pathlib import Path

import frontmatter
import pytest

ROOT = Path(__file__).parents[2]
SEEDS = sorted((ROOT / "seeds").glob("*.md"))
DOCUMENTS = sorted((ROOT / ".." / "shared" / "seeds").glob("*.txt"))
LONGEST_SHARED_RUN = 7  # in words; an eighth is no longer chance

each_seed = pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)


def words(text: str) -> list[str]:
    """Case-folded words without punctuation: `ISIS’s` is `isiss`, `so-called` is two."""
    return re.findall(r"\w+", re.sub(r"['’]", "", text.casefold()))


def runs(text: str, length: int) -> set[str]:
    """Give every run of `length` neighbouring words."""
    found = words(text)
    return {" ".join(found[at : at + length]) for at in range(len(found) - length + 1)}


def own_words(seed: Path) -> str:
    """Give an article's name and body; `after` cites another's title, so it may repeat it."""
    article = frontmatter.load(str(seed))
    return f"{article['name']}\n\n{article.content}"


def test_there_are_five_articles() -> None:
    assert len(SEEDS) == 5


@each_seed
def test_an_article_has_500_to_900_words(seed: Path) -> None:
    assert 500 <= len(frontmatter.load(str(seed)).content.split()) <= 900


@each_seed
def test_an_article_says_its_name_date_author_origin_and_licence(seed: Path) -> None:
    article = frontmatter.load(str(seed))

    assert set(article.keys()) == {"name", "date", "author", "after", "licence"}
    assert (article["author"], article["licence"]) == ("The Quoth authors", "MIT")
    assert article.content.startswith(f"# {article['name']}\n")


@each_seed
def test_an_article_is_dated_between_2016_and_2020_and_its_file_says_the_year(seed: Path) -> None:
    date = frontmatter.load(str(seed))["date"]

    assert isinstance(date, datetime.date)
    assert 2016 <= date.year <= 2020
    assert seed.name.startswith(f"{date.year}-")


def test_no_two_articles_have_one_name_or_one_origin() -> None:
    articles = [frontmatter.load(str(seed)) for seed in SEEDS]

    assert len({str(article["name"]).casefold() for article in articles}) == len(SEEDS)
    assert len({article["after"] for article in articles}) == len(SEEDS)


@each_seed
def test_an_article_has_no_marks_inside_its_sentences(seed: Path) -> None:
    assert re.findall(r"[*_`]|\]\(|<[a-z/]|https?:", frontmatter.load(str(seed)).content) == []


def test_a_name_stands_for_one_thing_alone() -> None:
    lines = (ROOT / "seeds" / "names.txt").read_text(encoding="utf-8").splitlines()
    pairs = [line for line in lines if line.strip() and not line.startswith("#")]
    names = Counter(name.strip() for pair in pairs for name in re.split("[=,]", pair))

    assert all(pair.count("=") == 1 for pair in pairs)
    assert "" not in names
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.skipif(not DOCUMENTS, reason="the documents the articles are after (../shared/seeds) are not here")
@each_seed
def test_an_article_shares_no_run_of_eight_words_with_a_document(seed: Path) -> None:
    ours = runs(own_words(seed), LONGEST_SHARED_RUN + 1)
    shared = {path.name: ours & runs(path.read_text(encoding="utf-8"), LONGEST_SHARED_RUN + 1) for path in DOCUMENTS}

    assert {document: sorted(found) for document, found in shared.items() if found} == {}
