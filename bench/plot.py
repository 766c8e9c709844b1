"""Results as a picture."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.ticker import StrMethodFormatter

from bench.goal import SIZES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.goal import Goal
    from bench.results import Results

REACHED, MISSED, MARK = "#2b7a78", "#c06c3e", "#17252a"
FLAT, _STEEP = 1.5, 5


def draw(goals: Sequence[Goal], results: Results, path: Path) -> None:
    """Write a PNG: each share as a bar with a mark where it should reach, and growth as lines over the size."""
    measured = [(goal, value) for goal in goals if (value := results.value(goal.section, goal.name)) is not None]
    with mpl.rc_context({"font.size": 9, "axes.spines.top": False, "axes.spines.right": False}):
        figure = Figure(figsize=(13, 5), layout="constrained")
        of_shares, of_growth = figure.subplots(1, 2)
        _bars(of_shares, [(goal, value) for goal, value in measured if goal.section == "shares"])
        _lines(of_growth, [(goal, value) for goal, value in measured if goal.series])
        path.parent.mkdir(parents=True, exist_ok=True)
        figure.savefig(path, dpi=110, metadata={"Software": None})


def _bars(axes: mpl.axes.Axes, shares: Sequence[tuple[Goal, float]]) -> None:
    places = range(len(shares))
    colours = [REACHED if goal.is_reached(value) else MISSED for goal, value in shares]
    # Of what is to be reached: ratios of a twentieth and of two would not fit one axis.
    lengths = [value / (goal.reach or value) for goal, value in shares]
    axes.barh(places, lengths, color=colours)
    for place, (goal, value), length in zip(places, shares, lengths, strict=True):
        label = axes.annotate(
            f"{value:.3f} of {goal.reach}", (length, place), (4, 0), textcoords="offset points", va="center"
        )
        label.set_bbox({"facecolor": "white", "edgecolor": "none", "pad": 1})
    axes.axvline(1, color=MARK, linestyle="--", linewidth=1, zorder=0)
    axes.set_yticks(places, [goal.title for goal, _ in shares])
    axes.invert_yaxis()
    axes.margins(x=0.15)
    axes.set_title("Share measured, as a part of what is to be reached (the line)")


def _lines(axes: mpl.axes.Axes, growth: Sequence[tuple[Goal, float]]) -> None:
    series: dict[str, list[tuple[int, float]]] = defaultdict(lambda: [(min(SIZES), 1.0)])
    for goal, value in growth:
        series[goal.series].append((goal.size, value))
    for name, points in series.items():
        style = "-" if name.startswith("SQLite") else "--"
        axes.plot(*zip(*points, strict=True), style, marker="o", markersize=4, label=name)
    axes.axhline(FLAT, color=MARK, linestyle="--", linewidth=1)
    axes.set_xscale("log")
    if max((value for _, value in growth), default=0) > _STEEP:
        axes.set_yscale("log")
        axes.yaxis.set_major_formatter(StrMethodFormatter("{x:g}"))
    else:
        axes.set_ylim(bottom=0)
    axes.set_xticks(list(SIZES), list(SIZES.values()))
    axes.minorticks_off()
    axes.set_xlabel("people in the organization")
    axes.set_title(f"Time of a reply against {SIZES[min(SIZES)]} people (the line: {FLAT})")
    if series:
        axes.legend(fontsize=7)
