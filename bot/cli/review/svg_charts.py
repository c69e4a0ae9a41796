"""Charts for a page: plain SVG, which needs nothing from elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup

from bot.i18n import counted

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.store.log_statistics import Day

MOST_DAYS = 90
WIDTH, HEIGHT = 900, 160
ROW, NAME, LONGEST = 22, 300, 480  # of bars: the height of one, the room for its name, the longest
LONGEST_NAME = 48  # letters
ANSWERED, NOT_ANSWERED = "#1f5f8b", "#e0a458"

# The values are put in by `format` of Markup, which escapes them.
CHART = Markup(
    '<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-label="{label}"'
    ' style="max-width:100%" font-family="sans-serif" font-size="13">{content}</svg>'
)
BAR = Markup('<rect x="{x}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{fill}"/>')
TEXT = Markup('<text x="{x}" y="{y}" text-anchor="{anchor}" fill="#333">{text}</text>')
GROUP = Markup("<g><title>{title}</title>{content}</g>")


def day_chart(days: Sequence[Day]) -> Markup:
    """Draw a bar for each of the last days that had a question, the part that was answered below the other."""
    days = days[-MOST_DAYS:]
    most = max((day.asked for day in days), default=1)
    step = WIDTH / max(len(days), 14)
    content = Markup("").join(_day(day, number * step, step * 0.8, HEIGHT / most) for number, day in enumerate(days))
    if days:
        content += TEXT.format(x=0, y=HEIGHT + 18, anchor="start", text=days[0].date)
    if len(days) > 1:
        content += TEXT.format(x=round(len(days) * step), y=HEIGHT + 18, anchor="end", text=days[-1].date)
    label = f"Questions a day, {most} at most"
    return CHART.format(width=WIDTH, height=HEIGHT + 24, label=label, content=content)


def bars(most: Sequence[tuple[str, int]]) -> Markup:
    """Draw a bar for each name, with its number behind it."""
    longest = max((times for _, times in most), default=1)
    content = Markup("").join(
        _named(name, times, number * ROW, LONGEST * times / longest) for number, (name, times) in enumerate(most)
    )
    label = ", ".join(f"{name} {times}" for name, times in most)
    return CHART.format(width=WIDTH, height=len(most) * ROW, label=label, content=content)


def _day(day: Day, x: float, width: float, of_one: float) -> Markup:
    full, rest = day.answered * of_one, (day.asked - day.answered) * of_one
    title = f"{day.date}: {counted(day.asked, 'question')}, {day.answered} answered"
    below = BAR.format(x=round(x, 1), y=HEIGHT - full, width=width, height=full, fill=ANSWERED)
    above = BAR.format(x=round(x, 1), y=HEIGHT - full - rest, width=width, height=rest, fill=NOT_ANSWERED)
    return GROUP.format(title=title, content=below + above)


def _named(name: str, times: int, y: int, width: float) -> Markup:
    short = name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - 1] + "…"
    texts = TEXT.format(x=NAME - 8, y=y + 15, anchor="end", text=short) + TEXT.format(
        x=round(NAME + width + 8), y=y + 15, anchor="start", text=f"{times:,}"
    )
    bar = BAR.format(x=NAME, y=y + 3, width=width, height=ROW - 6, fill=ANSWERED)
    return GROUP.format(title=name, content=bar + texts)
