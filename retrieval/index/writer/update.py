"""A Corpus and a folder that has changed since -> the corpus of the folder as it is, for the price of what changed.

What did not change stays in the parts of the corpus; an article that changed or went is marked there as gone, and what
is new is read into a part of its own. Small parts are read again together with the next change, so that there are never
many. Where a name comes or goes, the articles that have its words are read again too.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from retrieval.analysis.analyzer import Analyzer
from retrieval.core.errors import LibraryError
from retrieval.index.corpus import Corpus
from retrieval.index.segments.builder import SegmentBuilder
from retrieval.index.segments.parts import CorpusPart, Order, Placed, placed
from retrieval.index.segments.segment import renumbered
from retrieval.index.writer.diff import arriving, differing
from retrieval.index.writer.synonym_changes import renamed
from retrieval.ingestion.folder_settings import settings_of
from retrieval.ingestion.library import (
    all_names,
    definitions_of,
    fingerprint_of,
    languages_in,
    listed_names,
    nothing_in,
    problem_of_kind,
    spoken_in,
)
from retrieval.ingestion.scanner import SourceFiles

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from retrieval.core.model import Article
    from retrieval.index.segments.vocabulary import Vocabulary
    from retrieval.index.writer.diff import Difference
    from retrieval.ingestion.scanner import ScannedFile

FEW = 2  # a part with at most so many times the articles that are read anyway is read again with them


class LibraryChange(NamedTuple):
    """How many articles came, changed and went."""

    came: int = 0
    changed: int = 0
    went: int = 0


def changed(corpus: Corpus, seen: Sequence[ScannedFile]) -> tuple[Corpus, LibraryChange]:
    """The corpus of the folder of `corpus` with the files `seen` in it, and what is new; `corpus` stays as it is.

    It answers as one that is read afresh does, word for word. Raises LibraryError where no article is left.
    """
    old = corpus.library
    if old.sources.are(seen):
        return corpus, LibraryChange()
    return _applied(corpus, seen, differing(corpus, seen))


def with_articles(corpus: Corpus, articles: Iterable[Article], went: Iterable[str] = ()) -> Corpus:
    """The corpus as it would be with these articles, and without those in the files `went`; nothing is read or kept.

    Raises LibraryError where no article would be left.
    """
    return _applied(corpus, [*corpus.library.sources.seen()], arriving(corpus, articles, went))[0]


def _applied(corpus: Corpus, seen: Sequence[ScannedFile], difference: Difference) -> tuple[Corpus, LibraryChange]:
    """The corpus with a difference made to it, and what is new; the folder has the files `seen` then."""
    old = corpus.library
    came, went, article_problems, remarks_now, told_apart = difference
    problems = {one.file: problem for one in seen if (problem := problem_of_kind(one))}
    problems |= {one.file: article_problems[one.file] for one in seen if one.file in article_problems}
    if len(old.articles) + len(came) == len(went):
        raise LibraryError(nothing_in(old.folder, [*problems.values()]))
    files = corpus.files()
    defined = dict(zip(files, old.definitions, strict=True))
    for file in went:
        del defined[file]
    defined.update((file, definitions_of(article)) for file, article in came.items())
    in_order = sorted(defined, key=_path)
    listed = listed_names(old.folder)
    definitions = [defined[file] for file in in_order]
    names = all_names(listed, definitions)
    spoken = {file: codes for file, codes in old.spoken.items() if file not in went} | spoken_in(came.values())
    languages = tuple(languages_in(spoken, len(in_order)))
    same = names == old.names and languages == corpus.analyzer.languages
    analyzer = corpus.analyzer if same else Analyzer(names, languages)
    again = {file: article for file, article in renamed(corpus, analyzer) if file not in went} | told_apart
    parts, vocabulary = parts_with(corpus, went | again.keys(), came | again, analyzer)
    order = Order.of(parts)
    digests = [part.digests() for part in parts]
    in_parts = zip(order.part.tolist(), order.number.tolist(), strict=True)
    files_now = zip(in_order, (digests[part][number] for part, number in in_parts), strict=True)
    remarks = {one.file: said for one, said in zip(old.sources.seen(), old.sources.remarks, strict=True)} | remarks_now
    library = replace(
        old,
        articles=order.articles(parts),
        names=names,
        problems=(*problems.values(), *listed.problems, *settings_of(old.folder).problems),
        fingerprint=fingerprint_of(files_now, listed.digest),
        sources=SourceFiles.of(
            seen, [problems.get(one.file, "") for one in seen], [remarks.get(one.file, "") for one in seen]
        ),
        definitions=definitions,
        spoken=spoken,
    )
    both = len(came.keys() & went)
    return Corpus(library, analyzer, parts, vocabulary, corpus.release), LibraryChange(
        len(came) - both, both, len(went) - both
    )


def between(before: Corpus, after: Corpus) -> LibraryChange:
    """How many articles came, changed and went from one corpus to another."""
    old, new = (dict(zip(corpus.files(), corpus.digests(), strict=True)) for corpus in (before, after))
    both = old.keys() & new.keys()
    changed_ones = sum(old[file] != new[file] for file in both)
    return LibraryChange(len(new) - len(both), changed_ones, len(old) - len(both))


def _path(file: str) -> str:
    """A file by which files are in the order of their paths: as of lists of the folders, without making any."""
    return file.replace("/", "\0")


def parts_with(
    corpus: Corpus, gone: Collection[str], new: Mapping[str, Article], analyzer: Analyzer
) -> tuple[list[CorpusPart], Vocabulary]:
    """The parts of a corpus without the articles in the files `gone`, and the `new` ones in a part of their own."""
    read = dict(new)
    kept = [Placed(part, part.without(gone)) for part in corpus.parts]
    while read and len(kept) > 1 and kept[-1].alive.sum() <= FEW * len(read):
        part, alive = kept.pop()
        read.update((part.file(number), part.articles[number]) for number in np.flatnonzero(alive).tolist())
    vocabulary = corpus.vocabulary
    if read:
        articles = [read[file] for file in sorted(read, key=_path)]
        builder = SegmentBuilder(analyzer)
        for article in articles:
            builder.add(article)
        segment = builder.built()
        vocabulary = vocabulary.extended(segment.vocabulary)
        numbers = np.fromiter(map(vocabulary.__getitem__, segment.vocabulary), dtype=np.int32)
        part = CorpusPart.whole(renumbered(segment, numbers, len(vocabulary)), articles)
        kept.append(Placed(part, np.ones(len(articles), dtype=np.bool_)))
    return placed(kept), vocabulary
