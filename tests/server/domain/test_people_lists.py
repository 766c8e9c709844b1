"""Where a page of a long list begins."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rollcall.server.domain.people_lists import NEAR, Stretch, first_stretch, stretch

SIZES = st.lists(st.integers(0, 8192), max_size=12)


def read(people: list[int], sizes: list[int], asked: Stretch) -> list[int]:
    """What the database reads."""
    if asked.start == "last":
        return people[::-1][asked.skip : asked.skip + asked.rows]
    if asked.start == "before":
        return people[: sum(sizes[: asked.block])][::-1][asked.skip : asked.skip + asked.rows]
    first = sum(sizes[: asked.block] if asked.start == "block" else []) + asked.skip
    return people[first : first + asked.rows]


@given(SIZES, st.integers(0, 30_000), st.integers(1, 5000), st.booleans())
def test_a_page_is_the_same_wherever_reading_begins(sizes: list[int], before: int, rows: int, descending: bool) -> None:
    people = list(range(sum(sizes)))
    asked = stretch(sizes, before, rows, descending=descending)

    page = read(people, sizes, asked)

    assert (page[::-1] if asked.turned else page) == (people[::-1] if descending else people)[before : before + rows]
    assert asked.skip <= max(NEAR, *sizes, 0)


@given(st.integers(0, 3000), st.integers(0, 3000), st.integers(1, 5000), st.booleans())
def test_a_page_near_the_beginning_is_read_without_counting(
    total: int, before: int, rows: int, descending: bool
) -> None:
    people = list(range(total))
    asked = first_stretch(before, rows, descending=descending)

    page = read(people, [], asked)

    assert not asked.turned
    assert page == (people[::-1] if descending else people)[before : before + rows]
