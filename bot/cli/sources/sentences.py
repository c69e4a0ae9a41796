"""`quoth sentences`: how an article, or each text of a file, is split into sentences."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.json_lines import read_json_lines
from bot.cli.terminal.options import Json
from bot.cli.terminal.terminal import Terminal, print_json
from retrieval.analysis.languages.recognition import language_of
from retrieval.analysis.sentence_splitter import sentences_of, split
from retrieval.core.errors import ArticleError
from retrieval.ingestion.file_articles import read_articles
from retrieval.ingestion.registry import COMMON, READERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retrieval.core.model import Span

EXAMPLE = '{"text": "One sentence. Another one."}'


def sentences(
    file: Annotated[
        Path | None,
        typer.Argument(
            metavar="FILE", help="An article, as it would be in the folder of articles.", show_default=False
        ),
    ] = None,
    *,
    json: Json = False,
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="FILE",
            help='Split the text of each line of FILE, such as {"text": "One. Two."}; - is standard input.',
            show_default=False,
        ),
    ] = None,
) -> None:
    """Show how a text is split into sentences.

    With --json it gives where each sentence begins and ends, counted in
    characters: {"sentences": [[0, 42], [43, 97]]}.

    [bold]Examples[/bold]

      quoth sentences seeds/an-article.md
      quoth sentences --json --from paragraphs.jsonl
    """
    if problem := _problem(file, from_):
        raise InputError(problem)
    if file is not None:
        split_article(file, json=json)
    if from_ is not None:
        split_lines(from_, json=json)


def _problem(file: Path | None, from_: Path | None) -> str:
    if file is None and from_ is None:
        return "There is no text; name an article, or a file of JSON Lines with --from."
    if file is not None and from_ is not None:
        return f"There is both an article, {file}, and --from {from_}; give only one of them."
    return ""


def split_article(file: Path, *, json: bool) -> None:
    """Print the sentences of the articles in a file that can be quoted."""
    if file.suffix.lower() not in READERS:
        raise InputError(f"{file} is none of the kinds of file that are read; save it as one of {COMMON} first.")
    found = read_articles(file, file.parent)
    if not found.articles:
        raise ArticleError(" ".join(found.problems or found.remarks))
    for article in found.articles:
        spans = [sentence.span for sentence in sentences_of(article)]
        _print(article.text, spans, Terminal(), json=json)


def split_lines(file: Path, *, json: bool) -> None:
    """Print the sentences of each line's text, in order."""
    terminal = Terminal()
    for number, line in enumerate(read_json_lines(file, EXAMPLE, text=str)):
        if number and not json:
            terminal.print()
        _print(line["text"], split(line["text"], language_of(line["text"])), terminal, json=json)


def _print(text: str, spans: Sequence[Span], terminal: Terminal, *, json: bool) -> None:
    if json:
        print_json({"sentences": [[span.start, span.end] for span in spans]})
        return
    width = len(str(len(spans)))
    for number, span in enumerate(spans, 1):
        terminal.say(f"{number:>{width}}  {text[span.start : span.end]}")
