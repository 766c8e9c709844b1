"""The benchmark of the server measures what it says, here at a size that tells nothing about speed."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.endurance import measure as measure_endurance
from bench.goal import ENDURANCE, SERVER, Goal
from bench.results import read
from bench.server import Extent, measure
from bench.share import Length
from bench.table import rows

TINY = Extent(("sqlite",), (1_000,), pages=120, neighbours=2, length=Length(2, 0.02), repeats=2, load=0.1)


def test_it_measures_every_goal_of_its_extent_or_says_why_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measure(TINY, "server", tmp_path)
    results = read((tmp_path / "server.json").read_bytes())
    asked_for = [goal for goal in SERVER if is_of_extent(goal)]
    for goal in asked_for:
        value = results.value(goal.section, goal.name)
        assert goal.name in results.missing if value is None else value > 0
    measured = {*results.shares, *results.growth, *(f"memory of {name}" for name in results.memory)}
    assert len(measured) + len(results.missing) == len(asked_for)
    printed = capsys.readouterr().out
    assert all(goal.title in printed for goal in asked_for)


def is_of_extent(goal: Goal) -> bool:
    return not goal.name.startswith("postgresql") and not goal.name.endswith(("_10k", "_100k", "_1m"))


def test_a_row_says_whether_a_goal_is_reached() -> None:
    results = read(
        b'{"taken": "", "quick": true, "versions": {}, "machine": {"processor": "", "cores": 2, "memory": 0,'
        b'"system": "", "load": 0, "fsync": 0}, "shares": {"fast": 0.5}, "growth": {"steep": 2},'
        b'"missing": {"new": "not built"}}'
    )
    goals = [
        Goal("shares", "fast", "Fast", 0.35),
        Goal("growth", "steep", "Steep", 1.5, at_most=True),
        Goal("shares", "new", "New", 0.1),
        Goal("shares", "other", "Of another extent", 0.1),
    ]
    assert [row[:4] for row in rows(goals, results)] == [
        ("Fast", "0.500", "≥ 0.350", "reached"),
        ("Steep", "2.00", "≤ 1.50", "missed"),
        ("New", "-", "≥ 0.100", "not built"),
    ]


def test_a_long_load_is_measured_on_both_databases(tmp_path: Path) -> None:
    measure_endurance(1, (1_000,), tmp_path)
    results = read((tmp_path / "endurance.json").read_bytes())
    assert results.memory.keys() == {goal.name for goal in ENDURANCE}
    assert all(10 < megabytes < 1000 for megabytes in results.memory.values())
