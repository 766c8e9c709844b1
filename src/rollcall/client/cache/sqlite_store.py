"""A cache in an SQLite file: for many objects, and for several processes."""

from __future__ import annotations

import os
import sqlite3
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from rollcall.client.cache import store
from rollcall.client.cache.file_lock import locked
from rollcall.client.cache.sqlite_handle import SqliteHandle
from rollcall.client.cache.store import Entry, Shelf, StoreUnavailable, set_aside

R = TypeVar("R")

# Another format gets other names: versions, and other programs' tables, live in one file and never meet.
_SCHEMA = (
    """
CREATE TABLE IF NOT EXISTS rollcall_1_entry (
    shelf TEXT NOT NULL,
    id INTEGER NOT NULL,
    data BLOB NOT NULL,
    fetched_at REAL NOT NULL,
    etag TEXT,
    PRIMARY KEY (shelf, id)
)
""",
    """
CREATE TABLE IF NOT EXISTS rollcall_1_collection (
    shelf TEXT PRIMARY KEY,
    collected_at REAL NOT NULL,
    etag TEXT
)
""",
)
_PUT = """
INSERT INTO rollcall_1_entry (shelf, id, data, fetched_at, etag) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (shelf, id) DO UPDATE SET data = excluded.data, fetched_at = excluded.fetched_at, etag = excluded.etag
"""
# One statement, so that both tables are as of one moment.
_LOAD = """
SELECT 0 AS position, NULL, NULL, collected_at, etag FROM rollcall_1_collection WHERE shelf = ?
UNION ALL SELECT rowid, id, data, fetched_at, etag FROM rollcall_1_entry WHERE shelf = ?
ORDER BY position
"""
_DROP_ETAG_IF_CHANGED = """
UPDATE rollcall_1_collection SET etag = NULL WHERE shelf = ? AND etag IS NOT NULL
AND NOT EXISTS (SELECT 1 FROM rollcall_1_entry WHERE shelf = rollcall_1_collection.shelf AND id = ? AND data = ?)
"""
_FORGET_ENTRIES = "DELETE FROM rollcall_1_entry WHERE (shelf = ? OR shelf >= ? AND shelf < ?) AND shelf IS NOT ?"
_FORGET_COLLECTIONS = (
    "DELETE FROM rollcall_1_collection WHERE (shelf = ? OR shelf >= ? AND shelf < ?) AND shelf IS NOT ?"
)
_FILES_BESIDE = ("-wal", "-shm", "-journal")


class SqliteStore:
    """A database that any thread and any process may use. It is opened when it is first needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        # By process: a forked one must not touch what the other one has open.
        self._handles: dict[int, SqliteHandle] = {}
        weakref.finalize(self, _close, self._handles)

    def is_quick(self) -> bool:
        """Never: it may wait for the disk, or for another thread."""
        return False

    def find(self, shelf: str, key: int) -> Entry | None:
        """One object, however old."""

        def action(connection: sqlite3.Connection) -> Entry | None:
            row = connection.execute(
                "SELECT data, fetched_at, etag FROM rollcall_1_entry WHERE shelf = ? AND id = ?", (shelf, key)
            ).fetchone()
            return _entry(*row) if row else None

        return self._do(action)

    def load(self, shelf: str) -> Shelf:
        """All of them."""

        def action(connection: sqlite3.Connection) -> Shelf:
            entries: dict[int, Entry] = {}
            collection: tuple[float, str | None] | tuple[()] = ()
            for _, key, data, moment, etag in connection.execute(_LOAD, (shelf, shelf)):
                if key is None:
                    collection = (moment, etag)
                else:
                    entries[key] = _entry(data, moment, etag)
            return Shelf(entries, *collection)

        return self._do(action)

    def put(self, shelf: str, entries: dict[int, Entry]) -> None:
        """Add or replace some."""

        def change(connection: sqlite3.Connection) -> None:
            changes = [(shelf, key, bytes(entry.data)) for key, entry in entries.items()]
            connection.executemany(_DROP_ETAG_IF_CHANGED, changes)
            connection.executemany(_PUT, _rows(shelf, entries))

        self._change(change)

    def replace(self, shelf: str, content: Shelf) -> None:
        """Replace them all."""

        def change(connection: sqlite3.Connection) -> None:
            _empty(connection, shelf)
            connection.executemany(_PUT, _rows(shelf, content.entries))
            if content.collected_at is not None:
                connection.execute(
                    "INSERT INTO rollcall_1_collection (shelf, collected_at, etag) VALUES (?, ?, ?)",
                    (shelf, content.collected_at, content.etag),
                )

        self._change(change)

    def remove(self, shelf: str, key: int) -> None:
        """Take one out; the rest is as complete as it was."""
        self._change(lambda connection: _take_out(connection, shelf, key))

    def distrust(self, shelf: str, key: int | None) -> None:
        """Take one out, if one is named, and note that there may be others."""

        def change(connection: sqlite3.Connection) -> None:
            if key is not None:
                _take_out(connection, shelf, key)
            connection.execute("DELETE FROM rollcall_1_collection WHERE shelf = ?", (shelf,))

        self._change(change)

    def renew(self, shelf: str, key: int, etag: str, fetched_at: float) -> None:
        """Let one count as fetched then, if it still has that ETag."""
        self._change(
            lambda connection: connection.execute(
                "UPDATE rollcall_1_entry SET fetched_at = ? WHERE shelf = ? AND id = ? AND etag = ?",
                (fetched_at, shelf, key, etag),
            )
        )

    def renew_all(self, shelf: str, etag: str, collected_at: float) -> None:
        """Let all count as collected then, if the shelf still has that ETag."""

        def change(connection: sqlite3.Connection) -> None:
            renewed = connection.execute(
                "UPDATE rollcall_1_collection SET collected_at = ? WHERE shelf = ? AND etag = ?",
                (collected_at, shelf, etag),
            )
            if renewed.rowcount:
                connection.execute("UPDATE rollcall_1_entry SET fetched_at = ? WHERE shelf = ?", (collected_at, shelf))

        self._change(change)

    def forget(self, shelf: str, but: str | None = None) -> None:
        """Take out the whole shelf and those within it, but one."""

        def change(connection: sqlite3.Connection) -> None:
            # What begins with a slash after the name is what lies before "0", the character after the slash.
            connection.execute(_FORGET_ENTRIES, (shelf, f"{shelf}/", f"{shelf}0", but))
            connection.execute(_FORGET_COLLECTIONS, (shelf, f"{shelf}/", f"{shelf}0", but))

        self._change(change)

    def close(self) -> None:
        """Close the connection, until it is used again."""
        _close(self._handles)

    def _change(self, change: Callable[[sqlite3.Connection], object]) -> None:
        def action(connection: sqlite3.Connection) -> None:
            with connection:
                connection.execute("BEGIN IMMEDIATE")  # waits for its turn before it reads anything
                change(connection)

        self._do(action)

    def _do(self, action: Callable[[sqlite3.Connection], R]) -> R:
        process = os.getpid()
        handle = self._handles.get(process) or self._handles.setdefault(process, SqliteHandle(self.path, _SCHEMA))
        with handle.turn:
            try:
                return self._attempt(action, handle)
            except (sqlite3.Error, OSError) as error:
                handle.close()
                raise StoreUnavailable(f"{self.path}: {error}") from error

    def _attempt(self, action: Callable[[sqlite3.Connection], R], handle: SqliteHandle) -> R:
        try:
            return action(handle.connection())
        except sqlite3.DatabaseError as error:
            # OperationalError, a subclass, is a file that is locked, full or out of reach: nothing is damaged.
            if type(error) is not sqlite3.DatabaseError:
                raise
            self._set_aside(error, handle)
            return action(handle.connection())

    def _set_aside(self, error: sqlite3.DatabaseError, handle: SqliteHandle) -> None:
        damaged = handle.identity
        handle.close()
        with locked(self.path.with_name(self.path.name + ".lock"), seconds=store.SECONDS_TO_WAIT_FOR_A_LOCK):
            if handle.identity_of_file() == damaged:  # else another process was faster
                set_aside(self.path, error, _FILES_BESIDE)


def _close(handles: dict[int, SqliteHandle]) -> None:
    if handle := handles.get(os.getpid()):
        with handle.turn:
            handle.close()


def _entry(data: bytes, fetched_at: float, etag: str | None) -> Entry:
    return Entry(msgspec.Raw(data), fetched_at, etag)


def _rows(shelf: str, entries: dict[int, Entry]) -> list[tuple[str, int, bytes, float, str | None]]:
    return [(shelf, key, bytes(entry.data), entry.fetched_at, entry.etag) for key, entry in entries.items()]


def _take_out(connection: sqlite3.Connection, shelf: str, key: int) -> None:
    taken = connection.execute("DELETE FROM rollcall_1_entry WHERE shelf = ? AND id = ?", (shelf, key))
    if taken.rowcount:
        connection.execute("UPDATE rollcall_1_collection SET etag = NULL WHERE shelf = ?", (shelf,))


def _empty(connection: sqlite3.Connection, shelf: str) -> None:
    connection.execute("DELETE FROM rollcall_1_entry WHERE shelf = ?", (shelf,))
    connection.execute("DELETE FROM rollcall_1_collection WHERE shelf = ?", (shelf,))
