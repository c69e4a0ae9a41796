"""Whether what answers the questions of a set can be quoted: the share of its gold places that lie in one unit.

    python -m benchmarks.quotable FOLDER … [--misses]

Each FOLDER has `articles` and `questions.jsonl`, whose lines name gold places as {file, quote} or {file, start, end}. A
place is that of its letters: the marks of a list, a heading or emphasis at its ends do not count. It is "in one unit"
where one sentence, row, line of code or heading that can be found has all of it, and "in one block" where it takes
several sentences of one paragraph, several lines of one block of code, or a heading with its text. Prints both shares,
by the kind of block that the place begins in.
"""

from __future__ import annotations

import argparse
import json
from bisect import bisect_right
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from retrieval.analysis.sentence_splitter import sentences_of
from retrieval.analysis.visible_text import visible
from retrieval.core.model import QUOTABLE, Span
from retrieval.ingestion.library import load

if TYPE_CHECKING:
    from collections.abc import Iterator

    from retrieval.core.model import Article


class Place(NamedTuple):
    """A gold place, the kind of block it begins in, and whether one unit, or one block, has all of it."""

    question: str
    article: Article
    span: Span
    kind: str
    in_unit: bool
    in_block: bool


def places_of(folder: Path) -> Iterator[Place]:
    """The gold places of a set."""
    articles = {article.file: article for article in load(folder / "articles").articles}
    units = {file: [sentence.span for sentence in sentences_of(article)] for file, article in articles.items()}
    with (folder / "questions.jsonl").open(encoding="utf-8") as lines:
        for line in map(json.loads, lines):
            for gold in line["gold"]:
                article = articles.get(gold["file"])
                if article is None:
                    raise SystemExit(f"{folder}: {gold['file']} is no article of the library.")
                yield judged(line["question"], article, _span(article, gold), units[article.file])


def _span(article: Article, gold: dict[str, object]) -> Span:
    if "start" in gold:
        return Span(int(str(gold["start"])), int(str(gold["end"])))
    quote = str(gold["quote"])
    start = article.text.find(quote)
    if start < 0:
        raise SystemExit(f"{article.file} does not have “{quote}”.")
    return Span(start, start + len(quote))


def judged(question: str, article: Article, span: Span, units: list[Span]) -> Place:
    """What holds a place of an article."""
    letters = _letters(article, span)
    at = bisect_right(article.blocks, letters.start, key=lambda block: block.span.start) - 1
    block = article.blocks[at] if at >= 0 else None
    inside = block is not None and block.span.start <= letters.start < block.span.end
    in_unit = any(unit.start <= letters.start and letters.end <= unit.end for unit in units)
    in_block = bool(inside and block and block.kind in QUOTABLE and letters.end <= block.span.end)
    kind = str(block.kind) if inside and block else "no block"
    return Place(question, article, letters, kind, in_unit, in_unit or in_block)


def _letters(article: Article, span: Span) -> Span:
    """The place from the first letter that is seen of it to the last."""
    seen = visible(article.text, article.hidden, span)
    at = [place for place, char in enumerate(seen.text) if char.isalnum()]
    return Span(seen.start(at[0]), seen.end(at[-1] + 1)) if at else span


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", type=Path, nargs="+", metavar="FOLDER")
    parser.add_argument("--misses", action="store_true", help="print the places that no block has")
    options = parser.parse_args()
    places = [place for folder in options.folders for place in places_of(folder)]
    counts = Counter(place.kind for place in places)
    print(f"{'kind':12} {'places':>7} {'in one unit':>12} {'in one block':>13}")
    for kind in [*(kind for kind, _ in counts.most_common()), ""]:
        of_kind = [place for place in places if kind in ("", place.kind)]
        units, blocks = (sum(getattr(one, name) for one in of_kind) / len(of_kind) for name in ("in_unit", "in_block"))
        print(f"{kind or 'all':12} {len(of_kind):7,} {units:12.1%} {blocks:13.1%}")
    if options.misses:
        for place in places:
            if not place.in_block:
                print(f"{place.article.file} ({place.kind}): {place.article.text[place.span.start : place.span.end]!r}")


if __name__ == "__main__":
    main()
