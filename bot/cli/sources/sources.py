"""`quoth sources` and `quoth index`: what the articles are, and what was read from them."""

from __future__ import annotations

import re
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.filesize import decimal

from bot.app import answering
from bot.cli.sources.block_drawing import blocks_record, counts_lines, show_blocks
from bot.cli.terminal.articles import answerer_for, embedded, reading_bar, settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json, Seeds
from bot.cli.terminal.reply_records import source_record
from bot.cli.terminal.tables import show_sources
from bot.cli.terminal.terminal import Terminal, print_json
from bot.i18n import counted
from retrieval.index.status import IndexState
from retrieval.ingestion.file_articles import read_articles
from retrieval.ingestion.left_aside import SORTS
from retrieval.ingestion.registry import COMMON, READERS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from retrieval.answer.answerer import Answerer
    from retrieval.index.status import IndexStatus

MOST_REMARKS = 20  # lines in a terminal
FEW_ALIKE = 4  # remarks that say the same are listed one by one up to here
VARIES = re.compile(r"^.*?(?= (?:has|says|names|is) )|“[^”]*”|\d+")  # what differs in these: the file, what it says


def sources(*, json: Json = False, seeds: Seeds = None) -> None:
    """List the sources: name, date, sentences, file.

    [bold]Examples[/bold]

      quoth sources
      quoth sources --seeds ~/articles --json
    """
    answerer = answerer_for(settings_for(seeds=seeds))
    sentences = sentences_by_file(answerer)
    if not json:
        show_sources(Terminal(), answerer.library.articles, sentences)
        return
    for article in answerer.library.articles:
        about = {"author": article.author, "publisher": article.publisher, "licence": article.licence}
        print_json({**source_record(article), **about, "sentences": sentences[article.file]})


def index(
    *,
    show: Annotated[
        Path | None,
        typer.Option(
            "--show",
            metavar="FILE",
            help="Draw how an article was read: its blocks, what they belong to, what is left out of answers.",
            show_default=False,
        ),
    ] = None,
    json: Json = False,
    seeds: Seeds = None,
) -> None:
    """Read the articles, say what was found in them, and name every problem.

    You do not have to index anything. If there are many articles, an index
    is kept in the data folder, and brought up to date when they change. If a
    model is set (QUOTH_MODEL), the embeddings that it lacks are made.

    [bold]Examples[/bold]

      quoth index
      quoth index --show seeds/an-article.md
      quoth index --seeds ~/articles --json
    """
    if show is not None:
        _show_article(show, seeds, json=json)
        return
    settings = settings_for(seeds=seeds)
    started = time.perf_counter()
    with reading_bar() as progress:
        answerer = answering.open_answerer(settings, progress=progress)
    read_in = time.perf_counter() - started
    answerer = embedded(settings, answerer)
    numbers = index_record(answerer, seconds=read_in)
    if json:
        print_json(numbers)
        return
    _show_index(Terminal(), numbers, settings.index or settings.seeds, answerer)


def _show_index(terminal: Terminal, numbers: Mapping[str, Any], folder: Path | str, answerer: Answerer) -> None:
    """Print what was found in the articles, every problem, and what was left aside."""
    counts = ", ".join(counted(numbers[f"{thing}s"], thing) for thing in ("article", "paragraph", "sentence"))
    terminal.say(f"{counts} in {folder}.")
    different = (
        f"{counted(numbers['terms'], 'different word')}, {counted(numbers['names'], 'name')} with other spellings"
    )
    terminal.say(f"{different}; read in {numbers['seconds']:.2f} seconds.")
    for line in counts_lines(numbers["blocks"]):
        terminal.say(line)
    terminal.say(about_index(answerer.index))
    if said := about_meaning(answerer):
        terminal.say(said)
    terminal.say(f"Fingerprint {numbers['library']}", "dim")
    for problem in numbers["problems"]:
        terminal.say(f"- {problem}")
    if not numbers["problems"]:
        terminal.say("No problems.")
    _show_remarks(terminal, numbers["remarks"])
    if numbers["left_aside"]:
        terminal.say(f"Left aside: {left_aside_line(numbers['left_aside'])}.")


def _show_article(file: Path, seeds: Path | None, *, json: bool) -> None:
    """Draw how a file is read, which is named from here or from the folder of articles on."""
    folder = file.parent
    if not file.exists():
        folder = settings_for(seeds=seeds).seeds
    path = file if file.exists() else folder / file
    if path.suffix.lower() not in READERS:
        raise InputError(f"{file} is none of the kinds of file that are read; save it as one of {COMMON} first.")
    found = read_articles(path, folder)
    if not found.articles:
        raise InputError(found.problem or " ".join(found.remarks))
    for article in found.articles:
        if json:
            print_json(blocks_record(article))
        else:
            show_blocks(Terminal(), article)


def _show_remarks(terminal: Terminal, remarks: Sequence[str]) -> None:
    """Print what was guessed or left aside: of remarks that say the same of many files the first."""
    if remarks:
        terminal.say(f"{counted(len(remarks), 'remark')} on what was guessed or left aside:")
    alike: dict[str, list[str]] = {}
    for remark in remarks:
        alike.setdefault(VARIES.sub("", remark), []).append(remark)
    said = [
        line
        for same in alike.values()
        for line in (same if len(same) < FEW_ALIKE else (f"{same[0]} So of {len(same) - 1:,} more files.",))
    ]
    for line in said[:MOST_REMARKS]:
        terminal.say(f"· {line}")
    more = len(said) - MOST_REMARKS
    if more > 0:
        terminal.say(f"· and {more:,} more; `quoth index --json` has them all.")
    elif len(said) < len(remarks):
        terminal.say("`quoth index --json` has them all.", "dim")


def left_aside_line(counts: Mapping[str, int]) -> str:
    """Write how many files there are of each sort, such as “14 pictures, 1 style sheet”, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda one: (-one[1], one[0]))
    return ", ".join(f"{count:,} {sort if count == 1 else SORTS[sort]}" for sort, count in ordered)


def about_index(index: IndexStatus) -> str:
    """Say what was done with the index of the articles."""
    size = f"{index.path.stat().st_size / 1e6:,.0f} MB" if index.path and index.use is not IndexState.FAILED else ""
    match index.use:
        case IndexState.NONE:
            return "They are read in a moment, so no index is kept of them."
        case IndexState.FOUND:
            since = f"{counted(index.since, 'file')} changed" if index.since else "nothing has changed"
            return f"Their index is {index.path} ({size}); {since} since it was written."
        case IndexState.WRITTEN:
            return f"{index.note} Their index is {index.path} ({size}) now; the next start is quick.".strip()
        case IndexState.FAILED:
            return index.note
        case IndexState.PUBLISHED:
            return f"They are those of a published index, {index.path} ({size})."


def about_meaning(answerer: Answerer) -> str:
    """Say what was done with the embeddings of the articles; "" where no model is set."""
    status = answerer.meaning_status
    if answerer.meaning is None or status.path is None:
        return status.note
    embeddings = f"{counted(len(answerer.meaning), 'embedding')} by {status.model}"
    made = f"{status.made:,} made now" if status.made else "none had to be made"
    return f"{embeddings} in {status.path} ({decimal(status.path.stat().st_size)}); {made}."


def index_record(answerer: Answerer, *, seconds: float) -> dict[str, Any]:
    """Give the numbers of what was read."""
    corpus, library = answerer.corpus, answerer.library
    return {
        "folder": str(library.folder),
        "articles": len(library.articles),
        "paragraphs": len(corpus.paragraphs),
        "sentences": len(corpus.sentences),
        "blocks": dict(sum((part.blocks_by_kind() for part in corpus.parts), Counter())),
        "terms": len(answerer.searcher.frequencies),
        "names": len(library.names),
        "seconds": round(seconds, 3),
        "index": {"use": answerer.index.use.value, "file": str(answerer.index.path) if answerer.index.path else None},
        "meaning": {
            "state": answerer.meaning_status.state.value,
            "model": answerer.meaning_status.model or None,
            "embeddings": len(answerer.meaning) if answerer.meaning else 0,
            "made": answerer.meaning_status.made,
            "file": str(answerer.meaning_status.path) if answerer.meaning_status.path else None,
        },
        "library": library.fingerprint,
        "problems": list(library.problems),
        "remarks": list(library.remarks),
        "left_aside": dict(library.left_aside),
    }


def sentences_by_file(answerer: Answerer) -> Mapping[str, int]:
    """How many sentences each article has."""
    return {article.file: answerer.corpus.sentences_in(article.file) for article in answerer.library.articles}
