"""Lists of people, however long: where in the database a page of one begins, and what finds the people on it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

import msgspec

from rollcall.server.domain.people_counts import Counted, Selection
from rollcall.server.storage import people_blocks as rows

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rollcall.server.domain.work import Work
    from rollcall.server.storage.people_pages import Start


class Dated(Protocol):
    """A page that tells at which revision of the organization it was read."""

    revision: int


P = TypeVar("P", bound=Dated)

NEAR = 500
"""So many people are passed on the way to a page sooner than another place to begin is looked for."""


class Stretch(msgspec.Struct, frozen=True):
    """Which people of a list are read.

    Attributes:
        start: Where reading begins; from the last person, and before a block, it goes backwards.
        block: Which block it begins with, or before, from 0; None where it begins elsewhere.
        skip: How many people are passed first.
        rows: How many are read then.
        turned: Whether what is read comes in the opposite of the order that is asked for.
        after: After whose account it begins; None where it begins elsewhere.
    """

    start: Start
    block: int | None
    skip: int
    rows: int
    turned: bool
    after: int | None = None

    @property
    def edge(self) -> dict[str, int]:
        """Where it begins, as the statements have it."""
        if self.after is not None:
            return {"after": self.after}
        return {} if self.block is None else {"block": self.block}


class Found(msgspec.Struct, Generic[P], frozen=True):
    """A page that was found.

    Attributes:
        total: How many people are on all pages.
        turned: Whether those on this one come in the opposite of the order that was asked for.
        counted: What the list had, where the next page can begin by it.
        end: How many people of the list there are up to the end of this page.
    """

    page: P
    total: int
    turned: bool
    counted: Counted | None = None
    end: int = 0

    @property
    def goes_on(self) -> bool:
        """Whether somebody who reads on would profit from a mark."""
        return self.counted is not None and self.end < self.total

    def mark(self, first: int, last: int) -> None:
        """Let who reads on begin where this page ends.

        Args:
            first: The account of who was read first.
            last: That of who was read last.
        """
        if self.counted is not None:
            self.counted.mark(self.end, first if self.turned else last)


def first_stretch(before: int, rows: int, *, descending: bool) -> Stretch:
    """The stretch for a page near the beginning of a list, from where it can be counted.

    Args:
        before: How many people come before the page.
        rows: How many people fit on it.
        descending: Whether the list is read from its end.
    """
    return Stretch("last" if descending else "first", None, before, rows, turned=False)


def stretch(counted: Counted, before: int, rows: int, *, descending: bool) -> Stretch:
    """The stretch for any page.

    It begins where a page has ended that was read before, at the end of the list that is near, or else where the
    nearest block begins.

    Args:
        counted: How many of the people who are asked for are in each block, in the order of the list.
        before: How many people come before the page.
        rows: How many people fit on it.
        descending: Whether the list is read from its end.

    >>> three = Counted([2000, 2000, 2000], revision=1, marks={2600: 7})
    >>> stretch(three, 2500, 50, descending=False)
    Stretch(start='block', block=1, skip=500, rows=50, turned=False, after=None)
    >>> stretch(three, 2600, 50, descending=False)
    Stretch(start='after', block=None, skip=0, rows=50, turned=False, after=7)
    >>> stretch(three, 5990, 50, descending=False)
    Stretch(start='last', block=None, skip=0, rows=10, turned=True, after=None)
    >>> stretch(three, 3500, 50, descending=False)
    Stretch(start='before', block=2, skip=450, rows=50, turned=True, after=None)
    """
    sizes, total = counted.sizes, counted.total
    rows = min(rows, total - before)
    if rows <= 0:
        return Stretch("first", None, 0, 0, turned=False)
    below, above = before, total - before - rows
    if descending:
        below, above = above, below
    marked = counted.marks.get(below)
    if marked is not None:
        return Stretch("after", None, 0, rows, turned=descending, after=marked)
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


async def find(
    work: Work,
    selection: Selection,
    before: int,
    limit: int,
    read: Callable[[Stretch], Awaitable[P]],
    *,
    descending: bool,
) -> Found[P]:
    """Find a page anywhere in a list.

    Args:
        work: The request.
        selection: Whom of which list.
        before: How many people come before the page.
        limit: How many people fit on it.
        read: Reads a stretch.
        descending: Whether the list is read from its end.
    """
    counted = work.service.counts.find(selection, work.viewer) or await _count(work, selection)
    while True:
        asked = stretch(counted, before, limit, descending=descending)
        page = await read(asked)
        # What is remembered may be older; and on PostgreSQL somebody may write between two statements.
        if page.revision == counted.revision:
            # Nobody reads on upwards from a mark: where a descending page ends, the next one ends too.
            marked_in = None if descending else counted
            return Found(page, counted.total, asked.turned, marked_in, before + asked.rows)
        counted = await _count(work, selection)


async def _count(work: Work, selection: Selection) -> Counted:
    found = await work.transaction.one(
        rows.sizes(selection.standings), organization_id=selection.organization_id, workspace_id=selection.workspace_id
    )
    assert found is not None  # noqa: S101 - the viewer has been found in this organization
    counted = Counted(msgspec.json.decode(found.sizes, type=list[int]), found.revision)
    work.service.counts.keep(selection, work.viewer, counted)
    return counted
