"""The benchmark of the clients measures what it says, here at a size that tells nothing about speed."""

from __future__ import annotations

from bench.clients import Extent, measure
from bench.goal import CLIENTS

TINY = Extent(rounds=2, calls=2, imports=1, iterated=(100, 200))


def test_it_measures_every_goal() -> None:
    results = measure(TINY)
    assert {*results.ratios} == {goal.name for goal in CLIENTS}
    assert all(ratio > 0 for ratio in results.ratios.values())
