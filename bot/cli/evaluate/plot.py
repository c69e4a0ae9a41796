"""Draws the risk–coverage curve into a file, with matplotlib where it is installed."""

from __future__ import annotations

import os
from importlib.util import find_spec
from typing import TYPE_CHECKING

from bot.cli.terminal.exit_codes import InputError
from bot.cli.terminal.extras import how_to_install
from bot.cli.terminal.tables import percent
from bot.i18n import counted
from retrieval.evaluation.metrics import in_use, risk_coverage

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from bot.cli.evaluate.evaluation_file import Evaluation
    from retrieval.evaluation.metrics import Judgement

KINDS = (".png", ".svg", ".pdf")
NOW, BEFORE, FAINT = "#1f5f8b", "#9a9a9a", "#6b6b6b"
SIZE = (7.2, 4.6)  # inches
DOTS = 150  # an inch


def drawing_problem(file: Path) -> str:
    """Say in a sentence why no picture can be drawn into `file`; nothing where one can."""
    if file.suffix.lower() not in KINDS:
        return f"--plot is {file}, and a picture can be {', '.join(KINDS[:-1])} or {KINDS[-1]}; give such an ending."
    if not file.absolute().parent.is_dir():
        return f"--plot is {file}, and there is no folder {file.parent}; make it first."
    if not os.access(file if file.exists() else file.absolute().parent, os.W_OK):
        return f"--plot is {file}, which may not be written; name another, or let this user write there."
    if find_spec("matplotlib") is None:
        return f"--plot needs matplotlib, which is not installed; {how_to_install('plot')}."
    return ""


def draw(file: Path, now: Evaluation, before: Evaluation | None) -> None:
    """Draw the curve of `now`, and that of `before` in grey. Raises InputError where `file` cannot be written."""
    from matplotlib.figure import Figure  # noqa: PLC0415 - only who draws needs it installed
    from matplotlib.ticker import PercentFormatter  # noqa: PLC0415

    figure = Figure(figsize=SIZE, dpi=DOTS, layout="constrained")
    axes = figure.add_subplot()
    drawn = [(now, NOW, "by confidence")]
    if before:
        drawn = [(before, BEFORE, "before"), (now, NOW, "now")]
    for evaluation, colour, label in drawn:
        _curve(axes, evaluation, colour, label)
    _best(axes, now.judgements)
    for evaluation, colour, _ in drawn:
        _in_use(axes, evaluation, colour)
    axes.set_title(f"Risk and coverage over {counted(len(now.judgements), 'question')}", loc="left")
    axes.set_xlabel("coverage: share of all questions that are answered")
    axes.set_ylabel("risk: share of answers that begin wrong")
    axes.set_xlim(0, 1)
    axes.set_ylim(bottom=0)
    for axis in (axes.xaxis, axes.yaxis):
        axis.set_major_formatter(PercentFormatter(xmax=1, decimals=0, symbol=" %"))
    axes.spines[["top", "right"]].set_visible(False)
    axes.grid(color="#e6e6e6", linewidth=0.8)
    axes.set_axisbelow(True)
    figure.legend(frameon=False, loc="outside lower center", ncols=2)
    try:
        figure.savefig(file)
    except OSError as error:
        raise InputError(f"{file} cannot be written ({error.strerror}); name another behind --plot.") from error


def _curve(axes: Axes, evaluation: Evaluation, colour: str, label: str) -> None:
    points = risk_coverage(evaluation.judgements)
    coverage, risk = [point.coverage for point in points], [point.risk for point in points]
    axes.plot(coverage, risk, color=colour, linewidth=1.8, label=label)


def _in_use(axes: Axes, evaluation: Evaluation, colour: str) -> None:
    """Mark where the program is, with lines down to the one axis and across to the other."""
    if used := in_use(evaluation.judgements, evaluation.enough):
        coverage, risk = percent(used.coverage, 0), percent(used.risk, 0)
        label = f"threshold in use, {used.threshold:.2f}: {coverage} answered, {risk} of them wrong"
        corner = [used.coverage, used.coverage, 0], [0, used.risk, used.risk]
        axes.plot(*corner, color=colour, linewidth=0.8, linestyle="--")
        axes.plot(used.coverage, used.risk, "o", color=colour, label=label, markersize=8, clip_on=False)


def _best(axes: Axes, judgements: list[Judgement]) -> None:
    """What a confidence would give that puts every right answer before every wrong one."""
    share = sum(judgement.rank == 1 for judgement in judgements) / len(judgements)
    coverage = [share + (1 - share) * step / 100 for step in range(101)]
    risk = [1 - share / part if part else 1.0 for part in coverage]
    axes.plot([0, *coverage], [0, *risk], color=FAINT, linewidth=1, linestyle=":", label="the best possible order")
