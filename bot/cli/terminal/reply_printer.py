"""Reply -> what people read in a terminal: quotations and where they come from, or why there are none."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from rich.text import Text

from bot.cli.terminal.terminal import printable
from bot.pages.phrases import also_in, date_line, foot, next_step, source_day, why_not
from bot.pages.sections import sections
from retrieval.answer.presentation import marked_sentence, path_of, shown_of
from retrieval.core.model import Answer, NoAnswer, Reason, Span, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.cli.terminal.terminal import Terminal
    from retrieval.answer.presentation import ShownBlock
    from retrieval.core.model import Article, Quote, Reply
    from retrieval.core.query_model import QueryTerm

Style: TypeAlias = "tuple[str, Sequence[Span]]"  # a style of rich, and the stretches of the article that have it

BAR = "> "
NEAREST = 2  # the closest passages of a refusal: more would look like an answer


def show_reply(
    terminal: Terminal,
    reply: Reply,
    *,
    sources: int | None,
    id: str | None = None,  # noqa: A002 - it is called that
) -> None:
    """Print a reply. `sources` is the number of articles, None where one alone was asked; `id` that of its log row."""
    match reply:
        case Answer():
            _show_answer(terminal, reply)
        case NoAnswer():
            _show_refusal(terminal, reply)
    if line := foot(reply, sources=sources, id=id):
        if not shown(reply):  # each passage has a blank line below it already
            terminal.print()
        terminal.say(line, "dim")


def _show_answer(terminal: Terminal, answer: Answer) -> None:
    for section in sections(answer):
        if section.line:
            terminal.say(section.line)
            terminal.print()
        show_quotes(terminal, section.quotes)


def _show_refusal(terminal: Terminal, reply: NoAnswer) -> None:
    if reply.reason is Reason.NO_WORDS:
        terminal.say(why_not(reply))
    else:
        terminal.say(f"None of the sources answers this. {why_not(reply)}")
        terminal.say(next_step("`quoth sources`"))
    if nearest := reply.nearest[:NEAREST]:
        terminal.print()
        does = "The closest passage, which does" if len(nearest) == 1 else "The closest passages, which do"
        terminal.say(f"{does} not answer it:")
        terminal.print()
        show_quotes(terminal, nearest)


def show_quotes(terminal: Terminal, quotes: Iterable[Quote]) -> None:
    """Print quotations, each with its source below it and a blank line after that."""
    for quote in quotes:
        _show_quote(terminal, quote)
        if printed := also_in(quote):
            terminal.say(printed, "dim", indent=len(BAR))
        terminal.print()


def _show_quote(terminal: Terminal, quote: Quote) -> None:
    """Print a quote: the sentence that answers stands out from what is around it, and the words that answer in it.

    Where there is nothing around it, the words that were asked for are in bold.
    """
    sentence = marked_sentence(quote)
    styles: list[Style] = [("underline", quote.answers)]
    if sentence:
        around = [Span(quote.span.start, sentence.start), Span(sentence.end, quote.span.end)]
        styles += [("bold", [sentence]), ("dim", around)]
    else:
        styles.append(("bold", quote.marks))
    _show_lines(terminal, quote.article, quote.span, styles, source_day(quote))


def show_passage(terminal: Terminal, article: Article, span: Span, marks: Sequence[Span] = ()) -> None:
    """Print a stretch of an article as a quotation, `marks` in bold, with the source's name and date below it."""
    _show_lines(terminal, article, span, [("bold", marks)], date_line(article))


def _show_lines(terminal: Terminal, article: Article, span: Span, styles: Sequence[Style], day: str) -> None:
    for block in shown_of(article, span).blocks:
        for text in _drawn(block, styles).split("\n", allow_blank=True):
            for line in text.wrap(terminal, terminal.columns - len(BAR)):
                line.rstrip()
                terminal.print(Text.assemble((BAR, "cyan"), line), soft_wrap=True)
    name = " › ".join((article.name, *path_of(article, span)))
    source = " · ".join(part for part in (name, day) if part)
    terminal.say(source, "italic", indent=len(BAR))


def _drawn(block: ShownBlock, styles: Sequence[Style]) -> Text:
    """Give what is shown of a block, harmless to a terminal, each stretch in all styles that hold for it."""
    text = Text()
    found = [(style, span) for style, spans in styles for span in block.marked(spans)]
    edges = sorted({0, len(block.text), *(edge for _, span in found for edge in (span.start, span.end))})
    for start, end in pairwise(edges):
        style = " ".join(style for style, span in found if span.start <= start < span.end)
        lines = block.text[start:end].split("\n")
        text.append("\n".join(map(printable, lines)), style)
    return text


def show_explanation(terminal: Terminal, reply: Reply) -> None:
    """Print how the question was read and what each passage scored for."""
    from bot.cli.terminal.tables import columns  # noqa: PLC0415 - an answer alone does without

    terminal.print()
    terminal.say("The words that count, and the number of sentences that have them:", "bold")
    words = columns("", ">", "")
    for word in reply.query.terms:
        words.add_row(Text(printable(word.word)), Text(f"{word.sentences:,}"), Text(_word_note(word), "dim"))
    terminal.show(words)
    for rank, quote in enumerate(shown(reply), 1):
        terminal.print()
        terminal.say(f"Passage {rank}, from {quote.article.name}: {quote.score:.2f} points", "bold")
        parts = columns("", ">")
        for part in quote.parts:
            parts.add_row(Text(printable(part.name)), Text(f"{part.value:+.2f}"))
        terminal.show(parts)
    terminal.print()
    given = "An answer was given" if isinstance(reply, Answer) else "No answer was given"
    terminal.say(f"{given}: the best passages answer the question with a confidence of {reply.confidence:.0%}.")


def _word_note(word: QueryTerm) -> str:
    return f"also looked for as {', '.join(map(printable, word.also))}" if word.also else ""
