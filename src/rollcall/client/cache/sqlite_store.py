"""A cache in an SQLite file: for many objects, and for several processes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import TypeVar

import msgspec

from rollcall.client.cache.store import Entry, Shelf, StoreUnavailable, set_aside

R = TypeVar("R")

_SCHEMA = """
CREATE TABLE IF NOT EXISTS rollcall_entry (
    shelf TEXT NOT NULL,
    id INTEGER NOT NULL,
    fetched_at REAL NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (shelf, id)
);
CREATE TABLE IF NOT EXISTS rollcall_collection (
    shelf TEXT PRIMARY KEY,
    collected_at REAL NOT NULL
);
"""
_PUT = """
INSERT INTO rollcall_entry (shelf, id, fetched_at, data) VALUES (?, ?, ?, ?)
ON CONFLICT (shelf, id) DO UPDATE SET fetched_at = excluded.fetched_at, data = excluded.data
"""
_SECONDS_TO_WAIT_FOR_A_LOCK = 2.0


class SqliteStore:
    """A file that is opened for each action, so that any thread and any process may use it."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def find(self, shelf: str, key: int) -> Entry | None:
        """One object, however old."""

        def action(connection: sqlite3.Connection) -> Entry | None:
            row = connection.execute(
                "SELECT data, fetched_at FROM rollcall_entry WHERE shelf = ? AND id = ?", (shelf, key)
            ).fetchone()
            return _entry(*row) if row else None

        return self._do(action)

    def load(self, shelf: str) -> Shelf:
        """All of them, in the order in which they came."""

        def action(connection: sqlite3.Connection) -> Shelf:
            rows = connection.execute(
                "SELECT id, data, fetched_at FROM rollcall_entry WHERE shelf = ? ORDER BY rowid", (shelf,)
            )
            entries = {key: _entry(data, fetched_at) for key, data, fetched_at in rows}
            collected = connection.execute(
                "SELECT collected_at FROM rollcall_collection WHERE shelf = ?", (shelf,)
            ).fetchone()
            return Shelf(entries, collected[0] if collected else None)

        return self._do(action)

    def put(self, shelf: str, entries: dict[int, Entry]) -> None:
        """Add or replace some."""
        self._do(lambda connection: connection.executemany(_PUT, _rows(shelf, entries)))

    def replace(self, shelf: str, content: Shelf) -> None:
        """Replace them all."""

        def action(connection: sqlite3.Connection) -> None:
            connection.execute("DELETE FROM rollcall_entry WHERE shelf = ?", (shelf,))
            connection.execute("DELETE FROM rollcall_collection WHERE shelf = ?", (shelf,))
            connection.executemany(_PUT, _rows(shelf, content.entries))
            if content.collected_at is not None:
                connection.execute("INSERT INTO rollcall_collection VALUES (?, ?)", (shelf, content.collected_at))

        self._do(action)

    def remove(self, shelf: str, key: int) -> None:
        """Take one out; the rest is as complete as it was."""
        self._do(
            lambda connection: connection.execute("DELETE FROM rollcall_entry WHERE shelf = ? AND id = ?", (shelf, key))
        )

    def mark_incomplete(self, shelf: str) -> None:
        """Note that there may be more of them."""
        self._do(lambda connection: connection.execute("DELETE FROM rollcall_collection WHERE shelf = ?", (shelf,)))

    def _do(self, action: Callable[[sqlite3.Connection], R]) -> R:
        try:
            try:
                return self._attempt(action)
            except sqlite3.DatabaseError as error:
                # OperationalError, a subclass, is a file that is locked, full or out of reach: nothing is damaged.
                if type(error) is not sqlite3.DatabaseError:
                    raise
                set_aside(self.path, error)
                return self._attempt(action)
        except (sqlite3.Error, OSError) as error:
            raise StoreUnavailable(str(error)) from error

    def _attempt(self, action: Callable[[sqlite3.Connection], R]) -> R:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(self.path, timeout=_SECONDS_TO_WAIT_FOR_A_LOCK)) as connection:
            connection.executescript(_SCHEMA)
            with connection:
                return action(connection)


def _entry(data: bytes, fetched_at: float) -> Entry:
    return Entry(msgspec.Raw(data), fetched_at)


def _rows(shelf: str, entries: dict[int, Entry]) -> list[tuple[str, int, float, bytes]]:
    return [(shelf, key, entry.fetched_at, bytes(entry.data)) for key, entry in entries.items()]
