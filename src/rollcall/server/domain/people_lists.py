"""Lists of people, however long: where in the database a page of one begins, and what finds the people on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING

import msgspec

from rollcall.server.storage import people_blocks as rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rollcall.server.domain.work import Work
    from rollcall.server.storage.people_pages import Start

NEAR = 500
"""So many people are passed on the way to a page sooner than another place to begin is looked for."""


class Stretch(msgspec.Struct, frozen=True):
    """Which people of a list are read.

    Attributes:
        start: Where reading begins; from the last person, and before a block, it goes backwards.
        block: Which block it begins with, or before, from 0; None where it begins at an end of the list.
        skip: How many people are passed first.
        rows: How many are read then.
        turned: Whether what is read comes in the opposite of the order that is asked for.
    """

    start: Start
    block: int | None
    skip: int
    rows: int
    turned: bool


class Counted(msgspec.Struct, frozen=True):
    """How many people are in each block of a list.

    Attributes:
        revision: Of the organization. Blocks that were counted at another one are not those that are read.
    """

    sizes: list[int]
    revision: int

    @property
    def total(self) -> int:
        """How many there are in all."""
        return sum(self.sizes)


def first_stretch(before: int, rows: int, *, descending: bool) -> Stretch:
    """The stretch for a page near the beginning of a list, from where it can be counted.

    Args:
        before: How many people come before the page.
        rows: How many people fit on it.
        descending: Whether the list is read from its end.
    """
    return Stretch("last" if descending else "first", None, before, rows, turned=False)


def stretch(sizes: Sequence[int], before: int, rows: int, *, descending: bool) -> Stretch:
    """The stretch for any page: it begins at the end that is near, or else where the nearest block begins.

    Args:
        sizes: How many of the people who are asked for are in each block, in the order of the list.
        before: How many people come before the page.
        rows: How many people fit on it.
        descending: Whether the list is read from its end.

    >>> stretch([2000, 2000, 2000], 2500, 50, descending=False)
    Stretch(start='block', block=1, skip=500, rows=50, turned=False)
    >>> stretch([2000, 2000, 2000], 5990, 50, descending=False)
    Stretch(start='last', block=None, skip=0, rows=10, turned=True)
    >>> stretch([2000, 2000, 2000], 3500, 50, descending=False)
    Stretch(start='before', block=2, skip=450, rows=50, turned=True)
    """
    total = sum(sizes)
    rows = min(rows, total - before)
    if rows <= 0:
        return Stretch("first", None, 0, 0, turned=False)
    below, above = before, total - before - rows
    if descending:
        below, above = above, below
    if below <= NEAR:
        return Stretch("first", None, below, rows, turned=descending)
    if above <= NEAR:
        return Stretch("last", None, above, rows, turned=not descending)
    passed = list(accumulate(sizes, initial=0))
    block = bisect_right(passed, below) - 1
    after = bisect_left(passed, below + rows)
    from_block, from_after = below - passed[block], passed[after] - below - rows
    if from_block <= from_after or after == len(sizes):
        return Stretch("block", block, from_block, rows, turned=descending)
    return Stretch("before", after, from_after, rows, turned=not descending)


async def count(work: Work, organization_id: int, workspace_id: int, standings: frozenset[int]) -> Counted:
    """Count the people of some standings, block by block.

    Args:
        work: The request.
        organization_id: The organization.
        workspace_id: The workspace whose list it is; `WHOLE_ORGANIZATION` for the organization's own.
        standings: What the people who are asked for are.
    """
    found = await work.transaction.one(
        rows.sizes(standings), organization_id=organization_id, workspace_id=workspace_id
    )
    assert found is not None  # noqa: S101 - the viewer has been found in this organization
    return Counted(msgspec.json.decode(found.sizes, type=list[int]), found.revision)
