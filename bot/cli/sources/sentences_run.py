"""Splits an article, or each text of a file, and prints the sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.json_lines import read_json_lines
from bot.cli.terminal.terminal import Terminal, print_json
from retrieval.analysis.sentence_splitter import sentences_of, split
from retrieval.core.errors import ArticleError
from retrieval.ingestion.file_articles import read_articles
from retrieval.ingestion.registry import READERS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from retrieval.core.model import Span

EXAMPLE = '{"text": "One sentence. Another one."}'


def split_article(file: Path, *, json: bool) -> None:
    """Print the sentences of the articles in a file that can be quoted."""
    if file.suffix.lower() not in READERS:
        raise InputError(f"{file} is none of the kinds that are read ({', '.join(READERS)}); convert it first.")
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
        _print(line["text"], split(line["text"]), terminal, json=json)


def _print(text: str, spans: Sequence[Span], terminal: Terminal, *, json: bool) -> None:
    if json:
        print_json({"sentences": [[span.start, span.end] for span in spans]})
        return
    width = len(str(len(spans)))
    for number, span in enumerate(spans, 1):
        terminal.say(f"{number:>{width}}  {text[span.start : span.end]}")
