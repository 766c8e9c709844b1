"""Where a page of a long list begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.server.domain.people_counts import Counted, Counts, Selection
from rollcall.server.domain.people_lists import NEAR, Found, Stretch, find, first_stretch, stretch
from rollcall.server.domain.work import Viewer, Work
from rollcall.server.storage import Statement
from rollcall.server.storage.people_blocks import OF_ORGANIZATION, WHOLE_ORGANIZATION
from rollcall.server.storage.row import IdRow

if TYPE_CHECKING:
    from rollcall.server.storage import Transaction
    from tests.server.world import World

REVISION = Statement("SELECT o.revision FROM organizations o WHERE o.id = :organization_id", IdRow)

SIZES = st.lists(st.integers(0, 8192), max_size=12)


def read(people: list[int], sizes: list[int], asked: Stretch) -> list[int]:
    """What the database reads."""
    if asked.start == "last":
        return people[::-1][asked.skip : asked.skip + asked.rows]
    if asked.start == "before":
        return people[: sum(sizes[: asked.block])][::-1][asked.skip : asked.skip + asked.rows]
    if asked.after is not None:
        return people[people.index(asked.after) + 1 :][asked.skip : asked.skip + asked.rows]
    first = sum(sizes[: asked.block] if asked.start == "block" else []) + asked.skip
    return people[first : first + asked.rows]


@given(SIZES, st.integers(0, 30_000), st.integers(1, 5000), st.booleans())
def test_a_page_is_the_same_wherever_reading_begins(sizes: list[int], before: int, rows: int, descending: bool) -> None:
    people = list(range(sum(sizes)))
    asked = stretch(Counted(sizes, 1), before, rows, descending=descending)

    page = read(people, sizes, asked)

    assert (page[::-1] if asked.turned else page) == (people[::-1] if descending else people)[before : before + rows]
    assert asked.skip <= max(NEAR, *sizes, 0)


@given(SIZES, st.lists(st.integers(0, 30_000)), st.integers(1, 5000), st.booleans())
def test_a_page_after_one_that_was_read_begins_where_that_ended(
    sizes: list[int], ends: list[int], rows: int, descending: bool
) -> None:
    people = list(range(sum(sizes)))
    counted = Counted(sizes, 1)
    for end in ends:
        if 0 < end < counted.total:
            counted.mark(end, people[end - 1])
    for before in ends:
        asked = stretch(counted, before, rows, descending=descending)

        page = read(people, sizes, asked)

        assert (page[::-1] if asked.turned else page) == (people[::-1] if descending else people)[
            before : before + rows
        ]
        assert asked.skip == 0 or descending or before >= counted.total


def test_only_so_many_ends_are_remembered() -> None:
    counted = Counted([1_000_000], 1)
    for end in range(10_000):
        counted.mark(end, end + 1)
        assert counted.marks[end] == end + 1

    assert len(counted.marks) < 1000


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 5000), st.booleans())
def test_a_page_near_the_beginning_is_read_without_counting(
    total: int, before: int, rows: int, descending: bool
) -> None:
    people = list(range(total))
    asked = first_stretch(before, rows, descending=descending)

    page = read(people, [], asked)

    assert not asked.turned
    assert page == (people[::-1] if descending else people)[before : before + rows]


class Seen(msgspec.Struct):
    """A page, as somebody reads it who is behind or ahead of what is remembered."""

    revision: int
    asked: Stretch


def test_what_was_counted_is_known_until_the_organization_changes() -> None:
    selection = Selection(1, WHOLE_ORGANIZATION, OF_ORGANIZATION)
    viewer = Viewer(user_id=2, organization_id=1, revision=7, epoch="e")
    other = msgspec.structs.replace(viewer, epoch="f")
    counts = Counts()
    counts.keep(selection, viewer, Counted([3, 4], 7))

    assert counts.find(selection, viewer) == Counted([3, 4], 7)
    assert counts.find(selection, msgspec.structs.replace(viewer, revision=8)) is None
    assert counts.find(selection, other) is None
    assert counts.find(msgspec.structs.replace(selection, workspace_id=1), viewer) is None


def test_only_so_many_lists_are_remembered() -> None:
    viewer = Viewer(user_id=2, organization_id=1, revision=7, epoch="e")
    counts = Counts()
    for organization_id in range(1000):
        counts.keep(Selection(organization_id, WHOLE_ORGANIZATION, OF_ORGANIZATION), viewer, Counted([1], 7))

    known = [n for n in range(1000) if counts.find(Selection(n, WHOLE_ORGANIZATION, OF_ORGANIZATION), viewer)]

    assert known == list(range(1000 - len(known), 1000))
    assert 100 < len(known) < 500


@pytest.mark.anyio
async def test_a_page_that_is_newer_than_what_is_remembered_is_read_again(world: World) -> None:
    owner = await world.person("owner")
    selection = Selection(owner.organization_id, WHOLE_ORGANIZATION, OF_ORGANIZATION)
    read: list[Stretch] = []

    async def list_people(transaction: Transaction) -> Found[Seen]:
        now = await transaction.one(REVISION, organization_id=owner.organization_id)
        assert now is not None
        viewer = Viewer(user_id=owner.id, organization_id=owner.organization_id, revision=now.id - 1, epoch="e")
        world.server.service.counts.keep(selection, viewer, Counted([5000], now.id - 1))

        async def see(asked: Stretch) -> Seen:
            read.append(asked)
            return Seen(now.id, asked)

        work = Work(transaction, world.server.service, viewer, 0)
        return await find(work, selection, 2000, 50, see, descending=False)

    found = await world.server.storage.read(list_people)

    assert [asked.rows for asked in read] == [50, 0]
    assert found.total == 1
