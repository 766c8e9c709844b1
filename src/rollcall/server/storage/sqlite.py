"""SQLite behind the port: short reads on the caller's own thread, long ones beside it, writes on the writer thread."""

import asyncio
import math
import sqlite3
import threading
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from rollcall.server.storage.errors import Unavailable
from rollcall.server.storage.sqlite_connection import open_sqlite, take_write_lock
from rollcall.server.storage.sqlite_reader import MOST_STEPS, Reader, TooLong
from rollcall.server.storage.sqlite_writer import Writer
from rollcall.server.storage.statement import Statement, Value
from rollcall.server.storage.transaction import Work

R = TypeVar("R")

# So many reads that turn out to be long run at once, beside the event loop.
LONG_READS = 2


class SQLiteStorage:
    """A SQLite file in WAL mode, durable at every commit.

    A read runs where it is awaited, on one snapshot: nearly all are short and indexed. One that takes long is
    stopped there and begun again on another thread, so that an event loop is held up for milliseconds only. Each
    thread reads through its own connection.
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
        self._readers: list[Reader] = []
        self._of_thread = threading.local()
        self._long_reads = ThreadPoolExecutor(LONG_READS, "sqlite-reader")
        self._closed = False
        self._connection = open_sqlite(path, patience=patience)
        try:
            take_write_lock(self._connection, path)
            self._connection.rollback()
        except BaseException:
            self._connection.close()
            raise
        self._writer = Writer(self._connection, path.with_name(f"{path.name}-wal"))

    def one(self, statement: Statement[R], /, **parameters: Value) -> Coroutine[Any, Any, R | None]:
        """The only row, or None where there is none; to be awaited at once."""
        return self._reader().in_this_turn().one(statement, **parameters)

    async def read(self, work: Work[R]) -> R:
        """Runs work that changes nothing, on one snapshot; where that takes long, again on another thread."""
        try:
            loop = asyncio.get_running_loop()
        except RuntimeError:  # then there is nothing to hold up
            return self._read(work, math.inf)
        try:
            return self._read(work, MOST_STEPS)
        except TooLong:
            return await loop.run_in_executor(self._long_reads, self._read, work, math.inf)

    async def write(self, work: Work[R]) -> R:
        """Runs work on the writer thread; returns when it is on disk."""
        return await self._writer.write(work)

    async def close(self) -> None:
        """Finishes the queued writes, moves the log into the database file and closes it."""
        if not self._closed:
            self._closed = True
            # The reader of this thread is closed on another one, which may be before this turn is over.
            if (reader := self._reader_here()) is not None:
                reader.end_turn()
            await asyncio.to_thread(self._finish)

    def _finish(self) -> None:
        self._writer.stop()
        self._long_reads.shutdown(cancel_futures=True)
        for reader in self._readers:
            reader.close()
        with suppress(sqlite3.Error):  # what stays in the log is read from there by whoever opens the file next
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._connection.close()

    def _read(self, work: Work[R], most_steps: float) -> R:
        return self._reader().read(work, most_steps=most_steps)

    def _reader(self) -> Reader:
        if self._closed:
            raise Unavailable("The database is closed")
        reader = self._reader_here()
        if reader is None:
            reader = self._of_thread.reader = Reader(self._path, patience=self._patience)
            self._readers.append(reader)
        return reader

    def _reader_here(self) -> Reader | None:
        return getattr(self._of_thread, "reader", None)
