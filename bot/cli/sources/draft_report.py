"""A source that is added, as it was read, and what it would change: for a terminal, and as records."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING, Any

from bot.cli.terminal.terminal import printable
from bot.i18n import counted
from bot.store.log_row import Outcome

if TYPE_CHECKING:
    from bot.cli.terminal.terminal import Terminal
    from bot.services.review.replay import Replayed
    from bot.services.sources.source_draft import SourceDraft
    from bot.services.sources.would_change import WouldChange
    from bot.store.source_history import SourceChange

MOST_ARTICLES = 10
MOST_QUESTIONS = 10


def change_record(row: SourceChange) -> dict[str, Any]:
    """Give a row of the history."""
    return {
        "number": row.number,
        "at": row.at.isoformat(),
        "what": row.deed.value,
        "file": row.file,
        "moved_from": row.moved_from or None,
        "sha256": row.sha256,
        "who": row.who or None,
    }


def draft_record(draft: SourceDraft, found: WouldChange | None = None) -> dict[str, Any]:
    """Give how a source was read, and what it would change where that was found out."""
    report = draft.report
    record: dict[str, Any] = {
        "file": draft.place,
        "articles": [dataclasses.asdict(article) for article in report.articles],
        "count": report.count,
        "problems": list(report.problems),
        "remarks": list(report.remarks),
    }
    if found is not None:
        record["asked_again"] = found.asked
        record["answered_otherwise"] = [one.row.question for one in found.other]
        record["newly_answered"] = [one.row.question for one in found.answered]
    return record


def show_draft(terminal: Terminal, draft: SourceDraft, said: str) -> None:
    """Print where a source is and how it was read."""
    report = draft.report
    terminal.say(said)
    for article in report.articles[:MOST_ARTICLES]:
        parts = [counted(article.sentences, "sentence")]
        parts += [counted(article.rows, "row")] if article.rows else []
        parts += [counted(article.headings, "heading")] if article.headings else []
        about = ", ".join(filter(None, (article.date, article.author)))
        terminal.say(f"{article.name}{f' ({about})' if about else ''}: {', '.join(parts)}", indent=2)
    if report.count > MOST_ARTICLES:
        terminal.say(f"and {counted(report.count - MOST_ARTICLES, 'article')} more", indent=2)
    for problem in (*report.problems, *report.remarks):
        terminal.say(f"- {problem}")


def show_would_change(terminal: Terminal, found: WouldChange) -> None:
    """Print which past questions would be answered otherwise."""
    if not found.asked:
        terminal.say("There are no past questions to ask again.")
        return
    terminal.say(
        f"{counted(found.asked, 'past question')} asked again: {len(found.other):,} would be answered differently; "
        f"{len(found.answered):,} of those had no answer before."
    )
    for one in found.other[:MOST_QUESTIONS]:
        terminal.say(f"· {printable(one.row.question)} ({_became(one)})", indent=2)


def _became(one: Replayed) -> str:
    if one.row.outcome is not Outcome.ANSWER:
        return "no answer before"
    return "another answer" if one.new else "fewer quotations"
