"""What the questions of one server say as a whole, as a page: numbers, days, sources and subjects."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from bot.i18n import _, ngettext, number, percent
from bot.pages.log import alone
from bot.pages.markdown import escape
from bot.pages.page import Page, Picture
from bot.pages.phrases import joined

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.log_statistics import Day, Stats

MOST = 5  # sources and subjects
NAME = 120
BARS = 14  # days
LONGEST_BAR = 24  # characters


def stats_page(stats: Stats, *, line: str = "", picture: bytes | None = None) -> Page:
    """Show what rows say together; `line` says which rows, and `picture` draws their days, sources and subjects.

    Without a picture the days are bars of block characters.
    """
    if not stats.asked:
        nothing = _("Nothing has been asked here yet.") if not line else _("There are none here.")
        return Page(title=_("What is asked"), body=f"{line}\n\n{nothing}".strip(), footer=alone())
    days = "" if picture else f"**{_('Questions per day')}** ({_('█ answered, ░ not')})\n{_bars(stats.days)}"
    parts = [line, _numbers(stats), days, _sources(stats), _subjects(stats)]
    return Page(
        title=_("What is asked"),
        body="\n\n".join(part for part in parts if part),
        footer=alone(),
        picture=Picture("questions.png", picture, f"{_summary(stats)} {_told(stats.days)}") if picture else None,
    )


def every_day(days: Sequence[Day], most: int) -> list[tuple[datetime.date, int, int]]:
    """The last `most` days up to the newest that has a question, with what was asked and answered, be it 0."""
    if not days:
        return []
    counted = {day.date: day for day in days}
    last = days[-1].date
    first = max(days[0].date, last - datetime.timedelta(days=most - 1))
    found = []
    for place in range((last - first).days + 1):
        date = first + datetime.timedelta(days=place)
        day = counted.get(date)
        found.append((date, day.asked if day else 0, day.answered if day else 0))
    return found


def _summary(stats: Stats) -> str:
    first, last = stats.days[0].date, stats.days[-1].date
    asked = ngettext("{count} question", "{count} questions", stats.asked).format(count=number(stats.asked))
    share = percent(stats.answered / stats.asked)
    if first == last:
        return _("{questions} on {day}, {share} answered.").format(questions=asked, day=first, share=share)
    return _("{questions} from {first} to {last}, {share} answered.").format(
        questions=asked, first=first, last=last, share=share
    )


def _numbers(stats: Stats) -> str:
    votes = _("👍 {up} · 👎 {down}").format(up=number(stats.up), down=number(stats.down))
    times = _("half within {half} ms, 99% within {most} ms").format(
        half=f"{stats.p50_ms or 0:.1f}", most=f"{stats.p99_ms or 0:.1f}"
    )
    unsure = _("{share} of the answers tentative").format(share=percent(stats.tentative / max(stats.answered, 1)))
    said = [unsure, votes, times] if stats.tentative else [votes, times]
    return f"**{_summary(stats)}**\n" + " · ".join(said)


def _bars(days: Sequence[Day]) -> str:
    shown = every_day(days, BARS)
    most = max(asked for _date, asked, _answered in shown)
    lines = []
    for date, asked, answered in shown:
        full, whole = (round(count / most * LONGEST_BAR) for count in (answered, asked))
        lines.append(f"{date}  {'█' * full}{'░' * (whole - full)} {number(asked)}")
    return "```\n" + "\n".join(lines) + "\n```"


def _told(days: Sequence[Day]) -> str:
    """Say what the picture draws, for those who do not see it."""
    return joined(
        _("{day}: {asked} asked, {answered} answered").format(day=date, asked=asked, answered=answered)
        for date, asked, answered in every_day(days, BARS)
    )


def _sources(stats: Stats) -> str:
    lines = [f"{number(source.times)} × {_one_line(source.name)}" for source in stats.sources[:MOST]]
    return _list(_("Most quoted sources"), lines)


def _subjects(stats: Stats) -> str:
    lines = [f"{number(times)} × {_one_line(word)}" for word, times in stats.subjects[:MOST] if times > 1]
    return _list(_("Most asked subjects"), lines)


def _list(heading: str, lines: Sequence[str]) -> str:
    return "\n".join([f"**{heading}**", *lines]) if lines else ""


def _one_line(text: str) -> str:
    return escape(" ".join(text.split()), limit=NAME)
