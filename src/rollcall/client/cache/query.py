"""Queries: which of the objects in a cache are wanted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum, auto
from types import NoneType, UnionType
from typing import Any, Generic, TypeVar, Union, get_args, get_origin

import msgspec

from rollcall.contract.wire import Model, encode

M = TypeVar("M", bound=Model)
T = TypeVar("T")


class Comparison(Enum):
    """How a field is compared with a query's value: the field is on the left."""

    EQUAL = auto()
    LESS_THEN = auto()
    LESS_THEN_OR_EQUAL = auto()
    GREATER_THEN = auto()
    GREATER_THEN_OR_EQUAL = auto()


class TogglQuery(msgspec.Struct, Generic[T], frozen=True):
    """What a field of an object must be.

    Example:
        >>> TogglQuery("name", ["Ours", "Theirs"])
        TogglQuery(key='name', value=['Ours', 'Theirs'], comparison=<Comparison.EQUAL: 1>)

    Attributes:
        key: The field's name.
        value: What it is compared with. Of several one must be equal, and of a field that is a list one item. A date is
            the whole day in UTC; with dates and datetimes, a text is read as a time.
        comparison: How; all but EQUAL are for numbers, dates and datetimes.

    Raises:
        TypeError: The value has no order, and `comparison` is not EQUAL.
        ValueError: A datetime does not say its time zone.
    """

    key: str
    value: T
    comparison: Comparison = Comparison.EQUAL

    def __post_init__(self) -> None:
        ordered = isinstance(self.value, (date, int, float, timedelta)) and not isinstance(self.value, bool)
        if self.comparison is not Comparison.EQUAL and not ordered:
            raise TypeError(f"{self.comparison.name} is for numbers, dates and datetimes, not for {self.value!r}")
        for value in self.values:
            if isinstance(value, datetime) and value.tzinfo is None:
                raise ValueError(f"{value!r} must say its time zone, as tzinfo=UTC does")

    @property
    def values(self) -> Sequence[Any]:
        """The values, also where there is only one."""
        value: object = self.value
        return value if isinstance(value, Sequence) and not isinstance(value, (str, bytes)) else (value,)


def select(kind: type[M], models: Iterable[M], queries: Sequence[TogglQuery[Any]], *, distinct: bool) -> list[M]:
    """Those of `models` that match each query.

    Args:
        kind: Their class.
        models: The objects.
        queries: What they must match; none is matched by all.
        distinct: Of objects that are alike in every field that is asked about, only the first.

    Raises:
        TypeError: A query's value is not of its field's type.
        ValueError: The objects have no such field.
    """
    for query in queries:
        _check(kind, query)
    found = [model for model in models if all(_matches(getattr(model, query.key), query) for query in queries)]
    if not (distinct and queries):
        return found
    first: dict[bytes, M] = {}
    for model in found:
        first.setdefault(encode([getattr(model, query.key) for query in queries]), model)
    return [*first.values()]


def _check(kind: type[Model], query: TogglQuery[Any]) -> None:
    types = {field.name: field.type for field in msgspec.structs.fields(kind)}
    if query.key not in types:
        raise ValueError(f"{kind.__name__} has no field {query.key!r}; it has {', '.join(types)}")
    arms = _arms(types[query.key])
    for value in query.values:
        if Any not in arms and not any(_comparable(value, arm) for arm in arms):
            wanted = " or ".join(dict.fromkeys("None" if arm is NoneType else arm.__name__ for arm in arms))
            raise TypeError(f"{kind.__name__}.{query.key} is {wanted}; it cannot be compared with {value!r}")


def _arms(kind: Any) -> list[Any]:
    """The classes of what a field, or an item of it, may be."""
    if get_origin(kind) in {Union, UnionType, list}:
        return [arm for part in get_args(kind) for arm in _arms(part)]
    return [get_origin(kind) or kind]


def _comparable(value: object, arm: type) -> bool:
    if isinstance(value, bool) or arm is bool:
        return isinstance(value, bool) and arm is bool
    if isinstance(value, (int, float)):
        return arm in {int, float}
    if isinstance(value, date):
        return arm is str
    return isinstance(value, arm)


def _matches(field: object, query: TogglQuery[Any]) -> bool:
    if isinstance(field, list):
        return any(_matches(item, query) for item in field)
    return any(_compare(field, query.comparison, value) for value in query.values)


def _compare(field: object, comparison: Comparison, value: object) -> bool:
    if isinstance(value, date):
        return (moment := _moment(field)) is not None and _TESTS[comparison](moment, *_span(value))
    if comparison is not Comparison.EQUAL and (isinstance(field, bool) or not isinstance(field, (int, float))):
        return False
    # True is 1 for Python, but not for who asks.
    return isinstance(field, bool) == isinstance(value, bool) and _TESTS[comparison](field, value, value)


# With the first and the last value that count as equal.
_TESTS: dict[Comparison, Callable[[Any, Any, Any], bool]] = {
    Comparison.EQUAL: lambda field, first, last: bool(first == field) if first is last else first <= field <= last,
    Comparison.LESS_THEN: lambda field, first, _: field < first,
    Comparison.LESS_THEN_OR_EQUAL: lambda field, _, last: field <= last,
    Comparison.GREATER_THEN: lambda field, _, last: field > last,
    Comparison.GREATER_THEN_OR_EQUAL: lambda field, first, _: field >= first,
}


def _moment(field: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(field) if isinstance(field, str) else None
    except ValueError:
        return None
    return moment.replace(tzinfo=UTC) if moment is not None and moment.tzinfo is None else moment


def _span(value: date) -> tuple[datetime, datetime]:
    if isinstance(value, datetime):
        return value, value
    return datetime.combine(value, time.min, UTC), datetime.combine(value, time.max, UTC)
