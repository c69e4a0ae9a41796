"""`quoth log show`: one question with its answer as it was given, and why."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from bot.app import answering, log_engine
from bot.cli.log.replay.replay_report import MARKS
from bot.cli.log.row_text import became, votes, when_and_where
from bot.cli.terminal.articles import reading_bar, settings_for
from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.options import Json
from bot.cli.terminal.reply_printer import BAR, show_explanation
from bot.cli.terminal.reply_records import explanation_record
from bot.cli.terminal.tables import columns
from bot.cli.terminal.terminal import Terminal, print_json, printable
from bot.i18n import counted
from bot.services.review.explanation import Unexplained, reproduce_reply
from bot.services.review.export import row_record
from bot.store.log_columns import LogView
from bot.store.log_row import COLUMNS
from retrieval.core.errors import LibraryError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.config.settings import Settings
    from bot.store.log_row import Comment, LoggedQuote, LogRow
    from bot.store.reviews import Review
    from retrieval.answer.answerer import Answerer

FINGERPRINT = 19  # characters of the articles' fingerprint: enough for people; JSON has it whole

# The columns that `_show_answer` and `_details` print; every other one gets a plain line.
SHOWN = {
    "id", "asked_at", "surface", "question", "outcome", "reason", "confidence", "elapsed_ms", "library", "version",
    "guild", "channel", "asker", "private", "follows", "narrowed_to", "asked_of", "up", "down", "tentative",
    "withdrawn",
}  # fmt: skip
NO_ARTICLES = "the articles are not there today"
WHY_NOT = {
    Unexplained.OTHER_ARTICLES: "the articles have changed since",
    Unexplained.OTHER_REPLY: "from the same articles, today’s version and settings answer it otherwise",
    Unexplained.EARLIER_IS_GONE: "the question that it follows up is no longer in the log",
}


def show(
    id: Annotated[str, typer.Argument(metavar="ID", help="The id below the answer, or in a list.")],  # noqa: A002
    *,
    json: Json = False,
) -> None:
    """Show one question with its answer, everything that is kept of it, and why.

    Why is worked out again: what each word and each passage counted for.
    That is possible only if the same articles still give the same answer.

    [bold]Examples[/bold]

      quoth log show 06bx4mrh4kq2v7tz
    """
    settings = settings_for()
    if not log_engine.log_maintenance(settings).exists():
        raise _not_found(id)
    with log_engine.log_maintenance(settings).read() as reader:
        row = reader.get(id.strip().lower())
        if row is None:
            raise _not_found(id)
        today = _answerer_of_today(settings)
        found = reproduce_reply(row, today, reader.get) if today else NO_ARTICLES
        mark = reader.review_of(row.id)
        comments = reader.comments(row.id)
    reply = WHY_NOT[found] if isinstance(found, Unexplained) else found
    if json:
        explained = (None, reply) if isinstance(reply, str) else (explanation_record(reply), None)
        record = {"mark": mark.mark.value if mark else None, "explanation": explained[0], "not_explained": explained[1]}
        print_json(row_record(row) | record | {"comments": [_comment_record(comment) for comment in comments]})
        return
    terminal = Terminal()
    _show_answer(terminal, row)
    table = columns("", "")
    for name, value in _details(row, mark, today):
        table.add_row(Text(name, "dim"), Text(printable(value)))
    terminal.show(table)
    for comment in comments:
        terminal.print()
        terminal.say(f"Comment with a vote {'up' if comment.helpful else 'down'}:", "dim")
        terminal.say(comment.text, indent=len(BAR))
    if isinstance(reply, str):
        terminal.print()
        terminal.say(f"It cannot be explained: {reply}.", "dim")
    else:
        show_explanation(terminal, reply)


def _comment_record(comment: Comment) -> dict[str, Any]:
    return {**asdict(comment), "voted_at": comment.voted_at.isoformat()}


def _not_found(id: str) -> InputError:  # noqa: A002 - likewise
    return InputError(f"No question in the log has the id “{id}”; `quoth log recent` shows the ids of the latest ones.")


def _answerer_of_today(settings: Settings) -> Answerer | None:
    try:
        with reading_bar() as progress:
            return answering.open_answerer(settings, progress=progress)
    except LibraryError:
        return None


def _show_answer(terminal: Terminal, row: LogRow) -> None:
    terminal.say(row.question.strip() or "(an empty question)", "bold")
    terminal.say(" · ".join([became(row), *votes(row), *when_and_where(row)]))
    terminal.print()
    if row.quotes and row.quotes[0].near:
        terminal.say("The closest passages, which were offered but do not answer it:")
        terminal.print()
    for quote in row.quotes:
        _show_quote(terminal, quote)


def _show_quote(terminal: Terminal, quote: LoggedQuote) -> None:
    for line in Text(printable(quote.text)).wrap(terminal, terminal.columns - len(BAR)):
        line.rstrip()
        terminal.print(Text.assemble((BAR, "cyan"), line), soft_wrap=True)
    terminal.say(quote.name, "italic", indent=len(BAR))
    where = f"{quote.file}, characters {quote.start} to {quote.end}, {quote.score:.2f} points"
    terminal.say(where, "dim", indent=len(BAR))
    terminal.print()


def _details(row: LogRow, review: Review | None, today: Answerer | None) -> Iterator[tuple[str, str]]:
    """Name what else is kept, where there is something; columns that have no line here have a plain one."""
    yield "Id", row.id
    if row.follows:
        yield "Follows", f"{row.follows}, with whose words it was read"
    if row.withdrawn:
        yield "Withdrawn", "the message with the answer was deleted on Discord"
    if row.narrowed_to:
        yield "Asked of", f"{row.narrowed_to} alone"
    if row.asked_of:
        yield "Asked of", row.asked_of
    yield "Confidence", f"{row.confidence:.0%}, after {row.elapsed_ms:.1f} milliseconds"
    if review:
        yield "Reviewed", f"{MARKS[review.mark]} on {review.marked_at.astimezone():%Y-%m-%d}"
    if row.guild is not None:
        yield "Server", str(row.guild)
    if row.channel is not None:
        yield "Channel", str(row.channel)
    yield "Asker", (row.asker or "not named") + (", who alone saw the answer" if row.private else "")
    yield "Articles", f"{row.library[:FINGERPRINT]}, {_since_then(row, today)}"
    yield "Version", f"quoth {row.version}"
    for name, column in COLUMNS.items():
        if name not in SHOWN and LogView.RECEIPT_TEXT not in column.left_out:
            yield name, str(getattr(row, name))


def _since_then(row: LogRow, today: Answerer | None) -> str:
    """Say whether the articles are those that the answer was taken from."""
    if today is None:
        return "which are not there today"
    if today.library.fingerprint == row.library:
        return "the same as today"
    changed = {quote.file for quote in row.quotes if not _is_there(quote, today)}
    if not changed:
        return "changed since, but not those that it quotes"
    return f"changed since, also {counted(len(changed), 'article')} that it quotes"


def _is_there(quote: LoggedQuote, today: Answerer) -> bool:
    article = today.corpus.article(quote.file)
    return article is not None and article.sha256 == quote.sha256
