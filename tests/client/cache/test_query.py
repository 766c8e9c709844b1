"""Queries: what matches, what is refused, and that a cache answers them with what is fresh."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest

from rollcall.client.cache.query import Comparison, TogglQuery, select
from rollcall.coroutine import complete

from .stage import MINUTE, STORES, HandClock, Person, people

EVERYBODY = [
    Person(id=1, name="Ann", age=30, active=True, at="2026-01-02T03:04:05Z", groups=["ops", "dev"]),
    Person(id=2, name="Bob", age=40.5, active=False, at="2026-01-02T23:59:59.999999+00:00", groups=["dev"]),
    Person(id=3, name="Cid", age=None, active=True, at="2026-01-03T00:30:00+01:00", groups="ops"),
    Person(id=4, name="Dora", age=1, active=None, at="soon", groups=[]),
    Person(id=5, name=None, age=30, at=None),
]


def found(*queries: TogglQuery[Any], distinct: bool = False) -> list[int | None]:
    return [person.id for person in select(Person, EVERYBODY, queries, distinct=distinct)]


LESS, AT_MOST = Comparison.LESS_THEN, Comparison.LESS_THEN_OR_EQUAL
MORE, AT_LEAST = Comparison.GREATER_THEN, Comparison.GREATER_THEN_OR_EQUAL
DAY, NOON = date(2026, 1, 2), datetime(2026, 1, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (TogglQuery("name", "Ann"), [1]),
        (TogglQuery("name", None), [5]),
        (TogglQuery("name", ["Bob", "Cid", "Zoe"]), [2, 3]),
        (TogglQuery("name", []), []),
        (TogglQuery("age", 30), [1, 5]),
        (TogglQuery("age", 40.5), [2]),
        (TogglQuery("age", 1), [4]),
        (TogglQuery("age", 30, LESS), [4]),
        (TogglQuery("age", 30, AT_MOST), [1, 4, 5]),
        (TogglQuery("age", 30, MORE), [2]),
        (TogglQuery("age", 30, AT_LEAST), [1, 2, 5]),
        (TogglQuery("active", True), [1, 3]),
        (TogglQuery("active", (False, None)), [2, 4, 5]),
        (TogglQuery("groups", "ops"), [1, 3]),
        (TogglQuery("groups", ["ops", "dev"]), [1, 2, 3]),
        (TogglQuery("at", DAY), [1, 2, 3]),
        (TogglQuery("at", DAY, LESS), []),
        (TogglQuery("at", DAY, AT_MOST), [1, 2, 3]),
        (TogglQuery("at", DAY, MORE), []),
        (TogglQuery("at", DAY, AT_LEAST), [1, 2, 3]),
        (TogglQuery("at", date(2026, 1, 1), MORE), [1, 2, 3]),
        (TogglQuery("at", date(2026, 1, 3), LESS), [1, 2, 3]),
        (TogglQuery("at", NOON, LESS), [1]),
        (TogglQuery("at", NOON, AT_LEAST), [2, 3]),
        (TogglQuery("at", datetime(2026, 1, 2, 4, 4, 5, tzinfo=timezone(timedelta(hours=1)))), [1]),
        (TogglQuery("at", "soon"), [4]),
    ],
    ids=str,
)
def test_a_query_finds_what_matches(query: TogglQuery[Any], expected: list[int]) -> None:
    assert found(query) == expected


def test_all_of_several_queries_must_match_and_none_finds_all() -> None:
    assert found(TogglQuery("active", True), TogglQuery("groups", "dev")) == [1]
    assert found() == [1, 2, 3, 4, 5]


def test_distinct_keeps_the_first_of_those_alike_in_what_is_asked_about() -> None:
    assert found(TogglQuery("age", [30, 1]), distinct=True) == [1, 4]
    assert found(TogglQuery("age", [30, 1]), TogglQuery("name", ["Ann", None, "Dora"]), distinct=True) == [1, 4, 5]
    assert found(TogglQuery("groups", ["ops", "dev"]), distinct=True) == [1, 2, 3]
    assert found(distinct=True) == [1, 2, 3, 4, 5]


@pytest.mark.parametrize("value", ["x", None, True, [1, 2], b"x"])
def test_only_numbers_and_times_have_an_order(value: Any) -> None:
    with pytest.raises(TypeError, match="LESS_THEN is for numbers, dates and datetimes, not for"):
        TogglQuery("age", value, LESS)


def test_a_time_says_its_zone() -> None:
    with pytest.raises(ValueError, match="must say its time zone"):
        TogglQuery("at", datetime(2026, 1, 2))  # noqa: DTZ001 - that is the point


def test_an_unknown_field_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(ValueError, match="Person has no field 'nmae'; it has id, name, age, active, at, groups"):
        found(TogglQuery("nmae", "Ann"))


@pytest.mark.parametrize(
    ("key", "value", "wanted"),
    [
        ("name", 1, "str or None"),
        ("name", ["Ann", 1], "str or None"),
        ("age", "30", "int or float or None"),
        ("age", True, "int or float or None"),
        ("age", DAY, "int or float or None"),
        ("active", 1, "bool or None"),
        ("groups", 1, "str or None"),
        ("at", timedelta(hours=1), "str or None"),
    ],
)
def test_a_value_of_the_wrong_type_is_an_error_that_names_the_right_one(key: str, value: Any, wanted: str) -> None:
    with pytest.raises(TypeError, match=f"Person.{key} is {wanted}; it cannot be compared with"):
        found(TogglQuery(key, value))


def test_a_field_that_came_with_an_odd_value_matches_nothing_it_is_not() -> None:
    odd = Person(id=9, age="many", active="yes", at=7)  # type: ignore[arg-type]  # as a lenient reply has it
    for query in (TogglQuery("age", 0, AT_LEAST), TogglQuery("active", True), TogglQuery("at", DAY, AT_LEAST)):
        assert select(Person, [odd], [query], distinct=False) == []


@pytest.mark.parametrize("open_store", STORES)
def test_a_cache_answers_with_what_is_fresh_and_its_own(open_store: Any, tmp_path: Path) -> None:
    clock, store = HandClock(), open_store(tmp_path / "cache")
    cache, others = people(store, clock), people(store, clock, shelf="others")
    complete(cache.keep_all(EVERYBODY))
    complete(others.keep(Person(id=9, name="Ann")))
    clock.seconds += MINUTE - 1
    complete(cache.keep(Person(id=6, name="Eve", active=True)))
    assert [person.id for person in complete(cache.query(TogglQuery("active", True)))] == [1, 3, 6]
    clock.seconds += 1
    assert complete(cache.query()) == [Person(id=6, name="Eve", active=True)]
    assert complete(others.query(TogglQuery("name", "Ann"))) == []
    with pytest.raises(ValueError, match="no field"):
        complete(cache.query(TogglQuery("nmae", "Ann")))
