"""Numeric ids."""

from __future__ import annotations

MAXIMUM_ID = 2**63 - 1


def is_id(number: int) -> bool:
    """Whether a number can be the id of anything: positive, and small enough to be stored."""
    return 0 < number <= MAXIMUM_ID


def parse_id(text: str) -> int | None:
    """The id that stands in a path, or None if none does.

    >>> parse_id("56"), parse_id("-1"), parse_id("5_6"), parse_id("x"), parse_id("9" * 30)
    (56, None, None, None, None)
    """
    if not (text.isascii() and text.isdigit()) or len(text) > len(str(MAXIMUM_ID)):
        return None
    number = int(text)
    return number if is_id(number) else None
