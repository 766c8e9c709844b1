"""SQLite behind the port: reads on the caller's own thread, writes through the writer thread."""

import asyncio
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

from rollcall.coroutine import complete
from rollcall.server.storage.errors import Unavailable
from rollcall.server.storage.sqlite_connection import SQLiteTransaction, open_sqlite, take_write_lock
from rollcall.server.storage.sqlite_writer import Writer
from rollcall.server.storage.statement import Statement, Value
from rollcall.server.storage.transaction import Work

R = TypeVar("R")


class SQLiteStorage:
    """A SQLite file in WAL mode, durable at every commit.

    Reads are short and indexed: they run where they are awaited, each on a snapshot of its own. A long one
    belongs on another thread (`asyncio.to_thread(complete, storage.read(work))`): each thread reads through
    its own connection.
    """

    def __init__(self, path: Path, *, patience: float) -> None:
        """Opens the file.

        Args:
            path: A migrated database.
            patience: How long to wait for another process's lock, in seconds.

        Raises:
            Unreachable: The file cannot be opened or written, or is no database.
            Unavailable: Another process kept it locked.
        """
        self._path = path
        self._patience = patience
        self._readers: list[sqlite3.Connection] = []
        self._of_thread = threading.local()
        self._closed = False
        self._connection = open_sqlite(path, patience=patience)
        try:
            take_write_lock(self._connection, path)
            self._connection.rollback()
        except BaseException:
            self._connection.close()
            raise
        self._writer = Writer(self._connection)

    async def one(self, statement: Statement[R], /, **parameters: Value) -> R | None:
        """The only row, or None where there is none. A statement is a snapshot by itself."""
        return await SQLiteTransaction(self._reader()).one(statement, **parameters)

    async def read(self, work: Work[R]) -> R:
        """Runs work that changes nothing, on one snapshot."""
        connection = self._reader()
        connection.execute("BEGIN")
        try:
            return complete(work(SQLiteTransaction(connection)))
        finally:
            connection.rollback()

    async def write(self, work: Work[R]) -> R:
        """Runs work on the writer thread; returns when it is on disk."""
        return await self._writer.write(work)

    async def close(self) -> None:
        """Finishes the queued writes, moves the log into the database file and closes it."""
        if not self._closed:
            self._closed = True
            await asyncio.to_thread(self._finish)

    def _finish(self) -> None:
        self._writer.stop()
        for reader in self._readers:
            reader.close()
        with suppress(sqlite3.Error):  # what stays in the log is read from there by whoever opens the file next
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def _reader(self) -> sqlite3.Connection:
        if self._closed:
            raise Unavailable("The database is closed")
        connection: sqlite3.Connection | None = getattr(self._of_thread, "connection", None)
        if connection is None:
            connection = open_sqlite(self._path, patience=self._patience)
            connection.execute("PRAGMA query_only = ON")
            self._of_thread.connection = connection
            self._readers.append(connection)
        return connection
