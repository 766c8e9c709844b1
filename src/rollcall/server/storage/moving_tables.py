"""The tables that a move copies: what both databases have, in the order that references ask for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence, Set
from graphlib import TopologicalSorter
from typing import Any, NamedTuple

from rollcall.server.storage.errors import StorageError

_LEFT_OUT = {"alembic_version", "meta"}
"""What each database says of itself."""

_COLUMNS = """
SELECT c.relname, a.attname, a.attgenerated <> '', a.atttypid = 'bool'::regtype, array_position(i.indkey, a.attnum)
FROM pg_class c
JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
LEFT JOIN pg_index i ON i.indrelid = c.oid AND i.indisprimary
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
ORDER BY c.relname, a.attnum
"""
_REFERENCES = """
SELECT f.conrelid::regclass::text, f.confrelid::regclass::text FROM pg_constraint f
WHERE f.contype = 'f' AND f.connamespace = current_schema()::regnamespace AND f.conrelid <> f.confrelid
"""


class Table(NamedTuple):
    """One table.

    Attributes:
        name: Its name.
        columns: Those that are copied.
        computed: Those that each database makes of the others; they are compared all the same.
        key: The columns of PostgreSQL's primary key.
        booleans: The columns that SQLite has numbers for.
    """

    name: str
    columns: tuple[str, ...]
    computed: tuple[str, ...]
    key: tuple[str, ...]
    booleans: frozenset[str]

    def __str__(self) -> str:
        return f'"{self.name}"'

    @property
    def key_row(self) -> str:
        """The key, to be compared with a row of values."""
        return f"({_listed(self.key)})"

    @property
    def last_key(self) -> str:
        """PostgreSQL's statement for the key of the last row."""
        backwards = ", ".join(f'"{column}" DESC' for column in self.key)
        return f"SELECT {_listed(self.key)} FROM {self} ORDER BY {backwards} LIMIT 1"

    @property
    def between(self) -> str:
        """PostgreSQL's statement for the rows from one key to another, both among them."""
        first, last = (
            ", ".join(f"${number + offset}" for number in range(1, len(self.key) + 1)) for offset in (0, len(self.key))
        )
        return (
            f"SELECT {_listed(self.columns + self.computed)} FROM {self} "
            f"WHERE {self.key_row} >= ({first}) AND {self.key_row} <= ({last}) ORDER BY {_listed(self.key)}"
        )

    def key_of(self, row: Sequence[Any]) -> list[Any]:
        """The key of one of the rows that `batches` gives."""
        return [row[self.columns.index(column)] for column in self.key]

    def batches(
        self, sqlite: sqlite3.Connection, after: Sequence[Any] | None, size: int
    ) -> Iterator[list[tuple[Any, ...]]]:
        """The rows that SQLite has behind a key, as PostgreSQL gives them, in the order of their keys."""
        columns = self.columns + self.computed
        booleans = [number for number, column in enumerate(columns) if column in self.booleans]
        while True:
            behind = f"WHERE {self.key_row} > ({', '.join('?' * len(self.key))})" if after else ""
            rows = sqlite.execute(
                f"SELECT {_listed(columns)} FROM {self} {behind} ORDER BY {_listed(self.key)} LIMIT {size}",
                after or (),
            ).fetchall()
            if not rows:
                return
            batch = [_with_booleans(row, booleans) for row in rows]
            yield batch
            after = self.key_of(batch[-1])


async def find_tables(sqlite: sqlite3.Connection, postgresql: Any, indexes: Set[str]) -> list[Table]:
    """The tables, each behind those that it refers to.

    Args:
        sqlite: Where they come from.
        postgresql: Where they go.
        indexes: Tables that are made of others, and left out.

    Raises:
        StorageError: The two databases do not have the same tables and columns.
    """
    of_postgresql: dict[str, list[Any]] = {}
    for table, *column in await postgresql.fetch(_COLUMNS):
        of_postgresql.setdefault(table, []).append(column)
    kinds = sqlite.execute("SELECT name, type FROM pragma_table_list WHERE schema = 'main'").fetchall()
    of_sqlite = {name for name, kind in kinds if kind == "table" and not name.startswith("sqlite_")}
    left_out = _LEFT_OUT | indexes
    if strange := (of_postgresql.keys() ^ of_sqlite) - left_out:
        raise StorageError(f"Only one of the two databases has {', '.join(sorted(strange))}: give an empty one")
    order = TopologicalSorter({name: set[str]() for name in of_postgresql})
    for table, other in await postgresql.fetch(_REFERENCES):
        order.add(table.strip('"'), other.strip('"'))
    return [_table(sqlite, name, of_postgresql[name]) for name in order.static_order() if name not in left_out]


def _table(sqlite: sqlite3.Connection, name: str, columns: list[Any]) -> Table:
    in_sqlite = {row[1] for row in sqlite.execute(f'PRAGMA table_xinfo("{name}")')}
    if strange := {column for column, *_ in columns} ^ in_sqlite:
        raise StorageError(
            f"Only one of the two databases has {', '.join(sorted(strange))} in {name}: give an empty one"
        )
    return Table(
        name=name,
        columns=tuple(column for column, computed, *_ in columns if not computed),
        computed=tuple(column for column, computed, *_ in columns if computed),
        key=tuple(column for column, *_, place in sorted(columns, key=lambda each: each[-1] or 0) if place is not None),
        booleans=frozenset(column for column, _, boolean, _ in columns if boolean),
    )


def _listed(columns: Sequence[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _with_booleans(row: tuple[Any, ...], booleans: Sequence[int]) -> tuple[Any, ...]:
    if not booleans:
        return row
    converted = list(row)
    for number in booleans:
        value = converted[number]
        converted[number] = None if value is None else bool(value)
    return tuple(converted)
