"""The statistics of a log as a picture, drawn with matplotlib where that is installed.

The same numbers make the same bytes. The picture is a dark card with light words on it, so that it is read as well in
Discord's light theme as in its dark one. What its font cannot draw, or would draw in the wrong direction, is told by
its number in the list below the picture instead.
"""

from __future__ import annotations

import io
import unicodedata
from functools import lru_cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from bot.i18n import _, runs_from_the_right
from bot.pages.markdown import plain
from bot.pages.statistics import MOST, every_day

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from bot.store.log_statistics import Stats

CARD, WORDS, FAINT, LINE = "#1e2127", "#e3e5e8", "#a9adb5", "#3a3f47"
ANSWERED, NOT_ANSWERED = "#4fae86", "#e0a03b"
SIZE = (7.2, 4.6)  # inches
DOTS = 150  # an inch
DAYS = 60
LABEL = 40  # characters of a name
TICKS = 6


def can_draw() -> bool:
    """Whether matplotlib is installed, and the language that is spoken runs from left to right, as it writes."""
    return find_spec("matplotlib") is not None and not runs_from_the_right()


def draw_stats(stats: Stats) -> bytes:
    """Draw questions a day, the most quoted sources and the most asked subjects as a PNG; needs `can_draw`."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws needs it installed

    figure = Figure(figsize=SIZE, dpi=DOTS, layout="constrained", facecolor=CARD)
    sources = [(source.name, source.times) for source in stats.sources[:MOST]]
    subjects = [(word, times) for word, times in stats.subjects[:MOST] if times > 1]
    days, *rows = figure.subplot_mosaic(
        [["days", "days"], ["sources", "subjects"]], height_ratios=[1, 1.15], empty_sentinel="none"
    ).values()
    _draw_days(days, stats)
    _draw_most(rows[0], _("Most quoted sources"), sources)
    _draw_most(rows[1], _("Most asked subjects"), subjects)
    picture = io.BytesIO()
    figure.savefig(picture, format="png", metadata={"Software": None})
    return picture.getvalue()


def _draw_days(axes: Axes, stats: Stats) -> None:
    """Draw a bar for each day: what was answered below, what was not on top of it."""
    from matplotlib.ticker import MaxNLocator  # noqa: PLC0415 - likewise

    days = every_day(stats.days, DAYS)
    numbers = range(len(days))
    answered = [answered for _date, _asked, answered in days]
    rest = [asked - answered for _date, asked, answered in days]
    axes.bar(numbers, answered, color=ANSWERED, width=0.8, label=_("answered"))
    axes.bar(numbers, rest, bottom=answered, color=NOT_ANSWERED, width=0.8, label=_("not answered"))
    step = max(1, -(-len(days) // TICKS))
    shown = range((len(days) - 1) % step, len(days), step)  # the newest day always has its date
    axes.set_xticks(list(shown), [f"{days[number][0]:%Y-%m-%d}"[5:] for number in shown])
    axes.set_xlim(-0.6, max(len(days), 8) - 0.4)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, min_n_ticks=1))
    axes.tick_params(colors=FAINT, labelsize=9, length=0)
    axes.grid(visible=True, axis="y", color=LINE, linewidth=0.8)
    axes.set_axisbelow(True)
    _plain(axes, _("Questions per day"))
    legend: Any = axes.legend(
        loc="lower right", bbox_to_anchor=(1, 1), ncols=2, frameon=False, fontsize=9, borderaxespad=0.2
    )
    for text in legend.get_texts():
        text.set_color(WORDS)


def _draw_most(axes: Axes, heading: str, most: Sequence[tuple[str, int]]) -> None:
    """Draw a bar with its name above it for each of the most."""
    _plain(axes, heading)
    axes.set_xticks([])
    axes.set_yticks([])
    axes.set_xlim(0, max((times for _name, times in most), default=1) * 1.18)
    axes.set_ylim(MOST - 0.15, -0.75)
    if not most:
        axes.text(0, -0.22, _("none yet"), color=FAINT, fontsize=9.5, va="bottom")
    for number, (name, times) in enumerate(most):
        axes.barh(number, times, color=ANSWERED, height=0.3)
        axes.text(
            0, number - 0.22, drawable(name, number + 1), color=WORDS, fontsize=9.5, va="bottom", parse_math=False
        )
        axes.text(times, number, f" {times:,}", color=FAINT, fontsize=9, va="center")


def _plain(axes: Axes, heading: str) -> None:
    axes.set_facecolor(CARD)
    axes.set_title(heading, loc="left", color=WORDS, fontsize=10.5, fontweight="bold")
    axes.spines[:].set_visible(False)


def drawable(name: str, number: int) -> str:
    """A name as the picture can draw it; else where it stands in the list below."""
    line = plain(name, limit=LABEL)
    has_all = all(ord(character) in _characters() for character in line)
    is_left_to_right = all(unicodedata.bidirectional(character) not in {"R", "AL"} for character in line)
    return line if line and has_all and is_left_to_right else _("no. {number} on the list").format(number=number)


@lru_cache(maxsize=1)
def _characters() -> frozenset[int]:
    """The characters that the font of the picture has."""
    from matplotlib.font_manager import findfont, get_font  # noqa: PLC0415 - only who draws needs it installed

    return frozenset(get_font(findfont("DejaVu Sans")).get_charmap())
