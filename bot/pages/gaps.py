"""What the articles lack, as pages: the list of gaps, and one of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.i18n import _, ngettext, number
from bot.pages.actions import Press
from bot.pages.log import alone, asked
from bot.pages.markdown import escape
from bot.pages.page import Button, Page
from bot.pages.phrases import joined, quoted
from bot.store.gaps import GapState

if TYPE_CHECKING:
    import datetime
    from collections.abc import Sequence

    from bot.services.review.gaps import Gap

PER_PAGE = 5
QUESTIONS = 12
NAME = 120
WORDS = 160


def gaps_page(
    gaps: Sequence[Gap], *, total: int, first: int, closed: bool, before: str | None, after: str | None
) -> Page:
    """Show some of the gaps, of which there are `total`; the first of these has the number `first`.

    `before` and `after` are the places of the pages beside this one.
    """
    entries = [_entry(rank, gap) for rank, gap in enumerate(gaps, first)]
    if closed:
        title, nothing = _("Closed gaps"), _("No gap was closed in the last 90 days.")
    else:
        title = _("What the sources lack")
        nothing = _("In the last 90 days every question got an answer that nobody voted down.")
    heads = [Button(str(rank), Press.GAP, gap.id) for rank, gap in enumerate(gaps, first)]
    counted = ngettext("{count} gap in the last 90 days", "{count} gaps in the last 90 days", total)
    return Page(
        title=title,
        body="\n\n".join(entries) or nothing,
        footer=f"{counted.format(count=number(total))} · {alone()}" if entries else alone(),
        buttons=(*heads, *_turning(before, after)),
    )


def _turning(before: str | None, after: str | None) -> tuple[Button, ...]:
    if before is None and after is None:
        return ()
    return (
        Button(_("Previous"), Press.GAPS, before or "first", enabled=before is not None),
        Button(_("Next"), Press.GAPS, after or "last", enabled=after is not None),
    )


def gap_page(gap: Gap, *, note: str = "") -> Page:
    """Show one gap with its newest questions; `note` says what was just done."""
    lines = [
        f"{asked(row.question)}\n<t:{_at(row.asked_at)}:f> · {row.id}{_how(row.answered)}"
        for row in gap.questions[:QUESTIONS]
    ]
    more = len(gap.questions) - QUESTIONS
    if more > 0:
        lines.append(
            ngettext("… and {count} older question", "… and {count} older questions", more).format(count=number(more))
        )
    parts = [note, _about(gap), "\n".join(lines)]
    states = {
        GapState.PLANNED: (_("Planned"), Press.PLANNED),
        GapState.CLOSED: (_("Closed"), Press.CLOSED),
        GapState.OPEN: (_("Reopen"), Press.REOPENED),
    }
    return Page(
        title=escape(_called(gap), limit=NAME),
        body="\n\n".join(part for part in parts if part),
        footer=f"{alone()} · {gap.id}",
        buttons=(
            *(Button(label, action, gap.id) for state, (label, action) in states.items() if state is not gap.state),
            Button(_("All gaps"), Press.GAPS, "open.1"),
        ),
    )


def state_line(gap: Gap) -> str:
    """Say what is done about a gap, as markdown."""
    match gap.state:
        case GapState.OPEN:
            return _("open")
        case GapState.PLANNED:
            return _("planned")
        case GapState.CLOSED if gap.source:
            return _("closed by “{source}”").format(source=escape(" ".join(gap.source.split()), limit=NAME))
        case GapState.CLOSED:
            return _("closed")


def put(gap: Gap) -> str:
    """Say that a gap's state was set."""
    return _("This gap is now {state}.").format(state=state_line(gap))


def _entry(rank: int, gap: Gap) -> str:
    return f"**{rank}. {asked(gap.questions[0].question, NAME)}**\n{_about(gap)}"


def _about(gap: Gap) -> str:
    count = len(gap.questions)
    parts = [
        ngettext("{count} question", "{count} questions", count).format(count=number(count)),
        ngettext("{count} asker", "{count} askers", gap.askers).format(count=number(gap.askers)),
        _("first <t:{first}:d>, last <t:{last}:d>").format(first=_at(gap.first), last=_at(gap.last)),
        f"**{state_line(gap)}**",
    ]
    if gap.missing:
        words = escape(joined(map(quoted, gap.missing)), limit=WORDS)
        parts.append(_("no source mentions {words}").format(words=words))
    return " · ".join(parts)


def _how(answered: bool) -> str:  # noqa: FBT001 - a row's own field
    return _(" · answered, but voted down") if answered else ""


def _called(gap: Gap) -> str:
    return " ".join(gap.questions[0].question.split())


def _at(moment: datetime.datetime) -> int:
    return int(moment.timestamp())
