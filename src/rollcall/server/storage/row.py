"""Rows: what statements return."""

from __future__ import annotations

import msgspec


class Row(msgspec.Struct, gc=False):
    """One row; its fields are the statement's columns, in order."""


class IdRow(Row):
    """A number."""

    id: int


def columns(row: type[Row], alias: str) -> str:
    """The select list of a row whose fields are all columns of one table.

    >>> class Pair(Row):
    ...     left: int
    ...     right: int
    >>> columns(Pair, "p")
    'p.left, p.right'
    """
    return ", ".join(f"{alias}.{name}" for name in row.__struct_fields__)
