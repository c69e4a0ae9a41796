"""A Corpus -> the corpus that somebody sees who may not see all of its articles.

What they may not see is not there: not in the counts that scores are made of, not among the words that spelling goes
by or the names that articles define, and no source is told apart from one that is hidden. So nothing that is made of a
view depends on what a hidden article says. It costs what it costs to take the articles away, see `update`.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from retrieval.analysis.analyzer import Analyzer
from retrieval.index.corpus import Corpus
from retrieval.index.segments.parts import Order
from retrieval.index.writer.diff import apart
from retrieval.index.writer.synonym_changes import renamed
from retrieval.index.writer.update import parts_with
from retrieval.ingestion.library import all_names, fingerprint_of, listed_names
from retrieval.ingestion.scanner import SourceFiles

if TYPE_CHECKING:
    from collections.abc import Collection


def view_without(corpus: Corpus, hidden: Collection[str]) -> Corpus:
    """The corpus without the articles of these collections; `corpus` stays as it is and shares its arrays.

    Its library has no list of files: it cannot be brought up to date, only made anew.
    """
    old = corpus.library
    files, collections, digests = corpus.files(), corpus.groups.collections, corpus.digests()
    gone = {file for file, collection in zip(files, collections, strict=True) if collection in hidden}
    kept = [place for place, file in enumerate(files) if file not in gone]
    definitions = [old.definitions[place] for place in kept]
    listed = listed_names(old.folder)
    names = all_names(listed, definitions)
    analyzer = corpus.analyzer if names == old.names else Analyzer(names)
    again = {file: article for file, article in renamed(corpus, analyzer) if file not in gone}
    again |= apart(corpus, {}, gone)
    parts, vocabulary = parts_with(corpus, gone | again.keys(), again, analyzer)
    library = replace(
        old,
        articles=Order.of(parts).articles(parts),
        names=names,
        problems=(),
        fingerprint=fingerprint_of(((files[place], digests[place]) for place in kept), listed.digest),
        sources=SourceFiles.of([], []),
        definitions=definitions,
    )
    return Corpus(library, analyzer, parts, vocabulary, corpus.release)
