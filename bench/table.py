"""Results as rows for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.goal import Goal
    from bench.results import Results

COLUMNS = ("what", "measured", "reach", "", "per second", "last committed")


def rows(goals: Sequence[Goal], results: Results, last: Results | None = None) -> Iterator[tuple[str, ...]]:
    """One row of cells for each goal that was measured, or could not be."""
    for goal in goals:
        before = last.value(goal.section, goal.name) if last else None
        then = "" if before is None else _number(before)
        value = results.value(goal.section, goal.name)
        reach = "" if goal.reach is None else f"{'≤' if goal.at_most else '≥'} {_number(goal.reach)}"
        if value is None:
            if goal.name in results.missing:
                yield (goal.title, "-", reach, results.missing[goal.name], "", then)
            continue
        verdict = "" if goal.reach is None else "reached" if goal.is_reached(value) else "missed"
        rates = results.rates.get(goal.name)
        per_second = f"{rates[0]:,.0f} of {rates[1]:,.0f}" if rates else ""
        yield (goal.title, _number(value), reach, verdict, per_second, then)


def text(lines: Sequence[Sequence[str]]) -> str:
    """Rows in columns."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join("  ".join(map(str.ljust, line, widths)).rstrip() for line in lines)


def _number(value: float) -> str:
    return f"{value:.3f}" if value < 1 else f"{value:.2f}" if value < 10 else f"{value:.0f}"
