"""Reading the fields of a request, where one may be given, given as null, or not given."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from msgspec import UnsetType

if TYPE_CHECKING:
    from rollcall.contract.wire import Given

T = TypeVar("T")


def value_of(field: Given[T]) -> T | None:
    """The value of a field for which null and not given mean the same: nothing."""
    return None if isinstance(field, UnsetType) else field


def keep(field: Given[T], stored: T) -> T:
    """The value of a field that keeps what is stored when nothing is given."""
    value = value_of(field)
    return stored if value is None else value
