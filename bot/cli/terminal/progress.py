"""A progress bar: what is done, how much of it, and the time left."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Task


class TimeLeft(TimeRemainingColumn):
    """The time left, as in “01:20 left”, and nothing as long as that cannot be told."""

    def render(self, task: Task) -> Text:
        return super().render(task).append(" left") if task.time_remaining is not None else Text()


def bar(console: Console, doing: str) -> Progress:
    """Make a bar behind the words `doing` that goes away at the end."""
    columns = (TextColumn(doing), BarColumn(), MofNCompleteColumn(), TimeLeft(compact=True))
    return Progress(*columns, console=console, transient=True)
