"""Which object is meant: one of a class, or its number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

from rollcall.contract.identifier import is_id
from rollcall.contract.wire import Model

Kinds: TypeAlias = type[Model] | tuple[type[Model], ...]


def number_of(thing: object, kind: Kinds, noun: str, *, field: str = "id") -> int:
    """The number of what is meant.

    Args:
        thing: An object of the class, or a number.
        kind: The class.
        noun: What an object is called, as `"group"`.
        field: Where the object has the number.

    Raises:
        TypeError: It is neither.
        ValueError: The object has no number, or it can be the number of nothing.
    """
    number = thing
    if isinstance(thing, kind) and (number := getattr(thing, field)) is None:
        raise ValueError(f"The {noun} has no {field}")
    if not isinstance(number, int) or isinstance(number, bool):
        raise TypeError(f"{noun} must be {with_article(noun)} or its number, not {thing!r}")
    if not is_id(number):
        raise ValueError(f"{noun} must have a number above 0, not {number}")
    return number


def numbers_of(things: object, kind: Kinds, noun: str, *, field: str = "id") -> list[int]:
    """The numbers of what is meant, each once.

    Raises:
        TypeError: It is no collection of objects or numbers.
        ValueError: One can be the number of nothing.
    """
    if isinstance(things, (str, bytes, Model)) or not isinstance(things, Iterable):
        raise TypeError(f"{noun}s must be a list of {noun}s or their numbers, not {things!r}")
    return list(dict.fromkeys(number_of(thing, kind, noun, field=field) for thing in things))


def some(numbers: list[int], noun: str) -> list[int]:
    """Refuse to change nobody.

    Raises:
        ValueError: There are none.
    """
    if not numbers:
        raise ValueError(f"There must be at least one {noun}")
    return numbers


def with_article(noun: str) -> str:
    """A noun with `a` or `an`.

    >>> with_article("organization"), with_article("group")
    ('an organization', 'a group')
    """
    return f"{'an' if noun[0] in 'aeio' else 'a'} {noun}"
