"""Moving everything from a SQLite database to an empty PostgreSQL one.

Each batch of rows is one transaction in PostgreSQL, which ends with a look whether what is stored is what was read.
Rows come in the order of their keys, so after whatever ended a move, the last row of each table tells where it goes on.

Two marks in `meta` keep servers away. The SQLite database is marked as moved before the first row is read, and the
PostgreSQL one as being copied to until the last is verified; both hold the same random id, which tells two halves of
one move from halves of others.
"""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple

import asyncpg

from rollcall.server.storage import moving_search
from rollcall.server.storage.errors import StorageError, Unavailable, Unreachable
from rollcall.server.storage.meta import COPYING, MOVED
from rollcall.server.storage.migration import ADVISORY_LOCK
from rollcall.server.storage.moving_tables import Table, find_tables
from rollcall.server.storage.postgresql import DRIVER_ERRORS, connecting, reason
from rollcall.server.storage.sqlite_connection import BUSY, error_kind

if TYPE_CHECKING:
    from pathlib import Path

_MOVED_FROM = "moved_from"

BATCH = 5000
"""Rows of one transaction."""
_PATIENCE = 2.0
"""Seconds in which whoever has the SQLite database open may close it."""


class Progress(NamedTuple):
    """How far a move has come.

    Attributes:
        table: What is being copied.
        rows: How many rows have been copied, of all tables, this time and before.
        total: How many there are.
    """

    table: str
    rows: int
    total: int


async def move(source: Path, target_url: str, fingerprint: str, progress: Callable[[Progress], None]) -> int:
    """Copy everything, or the rest of it where it was begun before, and verify each row.

    Both databases must be at the newest revision.

    Args:
        source: The SQLite database, which nobody else has open.
        target_url: The PostgreSQL database, empty or with a part of this very move.
        fingerprint: Of the secret key that both are served with.
        progress: Is told after each batch.

    Returns:
        How many rows were moved, this time and before.

    Raises:
        Unavailable: Somebody has the SQLite database open.
        StorageError: The key does not fit, PostgreSQL has other data, or what it stores is not what was given to it.
    """
    with _alone(source) as sqlite:
        with connecting(target_url):
            postgresql = await asyncpg.connect(target_url, server_settings={"jit": "off"})
        try:
            return await _Move(sqlite, postgresql, fingerprint, progress).run()
        except DRIVER_ERRORS as error:
            raise StorageError(
                f"PostgreSQL does not take it: {reason(error)}; started again, the move goes on"
            ) from error
        finally:
            await postgresql.close()


def give_up(source: Path) -> bool:
    """Let a SQLite database be served again that is marked as moved.

    Returns:
        False where it is not marked.

    Raises:
        Unavailable: Somebody has it open.
    """
    with _alone(source) as sqlite:
        return sqlite.execute("DELETE FROM meta WHERE name = ?", (MOVED,)).rowcount > 0


@contextmanager
def _alone(path: Path) -> Iterator[sqlite3.Connection]:
    """A connection to a SQLite database that nobody else has open, or can open while this lasts."""
    connection = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None)
    try:
        connection.execute("PRAGMA synchronous = FULL")
        # Leaving the WAL takes a lock that everybody who has the database open stands in the way of.
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        connection.execute("BEGIN EXCLUSIVE")
        connection.execute("COMMIT")
        yield connection
    except sqlite3.Error as error:
        if error_kind(error) in BUSY:
            raise Unavailable(f"Somebody has {path} open, such as a running server: stop that first") from error
        raise Unreachable(f"Cannot read the database {path}: {error}") from error
    finally:
        connection.close()


class _Move:
    """One run of a move."""

    def __init__(
        self,
        sqlite: sqlite3.Connection,
        postgresql: Any,
        fingerprint: str,
        progress: Callable[[Progress], None],
    ) -> None:
        self._sqlite = sqlite
        self._postgresql = postgresql
        self._fingerprint = fingerprint
        self._progress = progress

    async def run(self) -> int:
        self._check_key()
        if not await self._postgresql.fetchval("SELECT pg_try_advisory_lock($1)", ADVISORY_LOCK):
            raise Unavailable("Another process is migrating the PostgreSQL database, or moving to it")
        tables = await find_tables(self._sqlite, self._postgresql, {moving_search.NAME})
        [people] = [table for table in tables if table.name == "organization_users"]
        total = sum(self._count(table) for table in [*tables, people])
        move = self._meta(MOVED)
        if move is not None and await self._meta_of_target(_MOVED_FROM) == move:
            return total
        move = await self._begin(tables, move)
        rows = 0
        for table in tables:
            # Rows come in the order of their keys, so the last one tells which are there.
            last = await self._postgresql.fetchrow(table.last_key)
            after = None if last is None else tuple(last)
            rows += self._count(table, upto=after) if after else 0
            for batch in table.batches(self._sqlite, after, BATCH):
                await self._copy(table, batch)
                rows += len(batch)
                self._progress(Progress(table.name, rows, total))
        rows = total - self._count(people) + await self._postgresql.fetchval("SELECT COUNT(*) FROM people_search")
        async for indexed in moving_search.index_people(self._sqlite, self._postgresql, people, BATCH):
            rows += indexed
            self._progress(Progress(moving_search.NAME, rows, total))
        await self._finish(tables, move)
        return total

    def _check_key(self) -> None:
        known = self._meta("key_fingerprint")
        if known is not None and known != self._fingerprint:
            raise StorageError("The SQLite database was made with another secret key than the one given: use that")

    async def _begin(self, tables: Sequence[Table], move: str | None) -> str:
        """Mark both databases, or find the marks of a move that was begun before; the id of the move."""
        begun = await self._meta_of_target(COPYING)
        if begun is not None:
            if begun != move:
                raise StorageError("The PostgreSQL database holds a part of another move: give an empty one")
            return begun
        full = [table.name for table in tables if await self._postgresql.fetchval(f"SELECT EXISTS (TABLE {table})")]
        if full or await self._postgresql.fetchval("SELECT EXISTS (TABLE meta)"):
            what = ", ".join(full) or "a server was started on it"
            raise StorageError(f"The PostgreSQL database is not empty ({what}): give an empty one")
        move = move or secrets.token_hex(8)
        self._sqlite.execute("INSERT INTO meta (name, value) VALUES (?, ?) ON CONFLICT DO NOTHING", (MOVED, move))
        async with self._postgresql.transaction():
            await self._add_meta(COPYING, move)
            # What triggers keep is copied as it is.
            for table in tables:
                await self._postgresql.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        return move

    async def _copy(self, table: Table, batch: list[tuple[Any, ...]]) -> None:
        async with self._postgresql.transaction():
            await self._postgresql.copy_records_to_table(
                table.name, columns=table.columns, records=[row[: len(table.columns)] for row in batch]
            )
            stored = await self._postgresql.fetch(table.between, *table.key_of(batch[0]), *table.key_of(batch[-1]))
            if [tuple(row) for row in stored] != batch:
                raise StorageError(f"PostgreSQL stores other rows in {table.name} than were given to it")

    async def _finish(self, tables: Sequence[Table], move: str) -> None:
        async with self._postgresql.transaction():
            for table in tables:
                stored = await self._postgresql.fetchval(f"SELECT COUNT(*) FROM {table}")
                if stored != self._count(table):
                    raise StorageError(f"PostgreSQL has {stored} rows in {table.name}, SQLite {self._count(table)}")
                await self._postgresql.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
            for name, last in self._sqlite.execute("SELECT name, seq FROM sqlite_sequence WHERE seq > 0"):
                await self._postgresql.execute("SELECT setval(pg_get_serial_sequence($1, 'id'), $2)", f'"{name}"', last)
            await self._postgresql.execute("DELETE FROM meta WHERE name = $1", COPYING)
            await self._add_meta(_MOVED_FROM, move)
            await self._add_meta("epoch", secrets.token_hex(8))
            await self._add_meta("key_fingerprint", self._fingerprint)
        await self._postgresql.execute("ANALYZE")

    def _count(self, table: Table, *, upto: Sequence[Any] | None = None) -> int:
        until = f" WHERE {table.key_row} <= ({', '.join('?' * len(upto))})" if upto else ""
        return int(self._sqlite.execute(f"SELECT COUNT(*) FROM {table}{until}", upto or ()).fetchone()[0])

    def _meta(self, name: str) -> str | None:
        row = self._sqlite.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row and str(row[0])

    async def _meta_of_target(self, name: str) -> str | None:
        value: str | None = await self._postgresql.fetchval("SELECT value FROM meta WHERE name = $1", name)
        return value

    async def _add_meta(self, name: str, value: str) -> None:
        await self._postgresql.execute("INSERT INTO meta (name, value) VALUES ($1, $2)", name, value)
