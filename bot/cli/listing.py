"""Prints what the articles are and what was read from them."""

from __future__ import annotations

import time
from collections import Counter
from typing import TYPE_CHECKING, Any

from bot import app
from bot.cli.reading import answerer_for, reading_bar, settings_for
from bot.cli.records import source_record
from bot.cli.tables import show_sources
from bot.cli.terminal import Terminal, print_json
from bot.pages.wording import counted

if TYPE_CHECKING:
    from pathlib import Path

    from retrieval.answering import Answerer


def list_sources(seeds: Path | None, *, json: bool) -> None:
    """Print a line for each source."""
    answerer = answerer_for(settings_for(seeds=seeds))
    sentences = sentences_by_file(answerer)
    if not json:
        show_sources(Terminal(), answerer.library.articles, sentences)
        return
    for article in answerer.library.articles:
        about = {"author": article.author, "publisher": article.publisher, "licence": article.licence}
        print_json({**source_record(article), **about, "sentences": sentences[article.file]})


def show_index(seeds: Path | None, *, json: bool) -> None:
    """Print the numbers of what was read, and each problem."""
    settings = settings_for(seeds=seeds)
    started = time.perf_counter()
    with reading_bar() as progress:
        answerer = app.open_answerer(settings, progress=progress)
    numbers = index_record(answerer, seconds=time.perf_counter() - started)
    if json:
        print_json(numbers)
        return
    terminal = Terminal()
    counts = ", ".join(counted(numbers[f"{thing}s"], thing) for thing in ("article", "paragraph", "sentence"))
    terminal.say(f"{counts} in {settings.seeds}.")
    different = (
        f"{counted(numbers['terms'], 'different word')}, {counted(numbers['names'], 'name')} with other spellings"
    )
    terminal.say(f"{different}; read in {numbers['seconds']:.2f} seconds.")
    terminal.say(f"Fingerprint {numbers['library']}", "dim")
    for problem in numbers["problems"]:
        terminal.say(f"- {problem}")
    if not numbers["problems"]:
        terminal.say("No problems.")


def index_record(answerer: Answerer, *, seconds: float) -> dict[str, Any]:
    """Give the numbers of what was read."""
    corpus, library = answerer.corpus, answerer.library
    return {
        "folder": str(library.folder),
        "articles": len(library.articles),
        "paragraphs": len(corpus.paragraphs),
        "sentences": len(corpus.sentences),
        "terms": len({term for sentence in corpus.terms for term in sentence}),
        "names": len(library.names),
        "seconds": round(seconds, 3),
        "library": library.fingerprint,
        "problems": list(library.problems),
    }


def sentences_by_file(answerer: Answerer) -> Counter[str]:
    """How many sentences each article has."""
    return Counter(sentence.article.file for sentence in answerer.corpus.sentences)
