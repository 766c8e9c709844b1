"""The connection to an SQLite file, kept open for as long as it is to the file that has the name."""

from __future__ import annotations

import os
import sqlite3
import threading
from contextlib import suppress
from pathlib import Path

from rollcall.client.cache import store

_Identity = tuple[int, int]


class SqliteHandle:
    """One connection to one file, in one process, for one thread at a time.

    Args:
        path: The file.
        schema: Statements that make what is missing in it.

    Attributes:
        turn: Held by the thread that uses it.
        identity: Which file is open; None for none.
    """

    def __init__(self, path: Path, schema: tuple[str, ...]) -> None:
        self.turn = threading.Lock()
        self.identity: _Identity | None = None
        self._path = path
        self._schema = schema
        self._connection: sqlite3.Connection | None = None

    def connection(self) -> sqlite3.Connection:
        """The connection, opened anew if the name has got another file.

        Raises:
            sqlite3.Error: The file cannot be opened, or is damaged.
            OSError: It cannot be made.
        """
        if self._connection is None or self.identity != self.identity_of_file():
            self.close()
            self._connection = self._open()
        return self._connection

    def identity_of_file(self) -> _Identity | None:
        """Which file has the name now; None for none."""
        try:
            status = self._path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def close(self) -> None:
        """Close the connection."""
        connection, self._connection, self.identity = self._connection, None, None
        if connection is not None:
            connection.close()

    def _open(self) -> sqlite3.Connection:
        self._path.parent.mkdir(parents=True, exist_ok=True)
        with suppress(FileExistsError):
            # It holds names and addresses of people: it is for its owner alone.
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        self.identity = self.identity_of_file()
        connection = sqlite3.connect(
            self._path, timeout=store.SECONDS_TO_WAIT_FOR_A_LOCK, isolation_level=None, check_same_thread=False
        )
        try:
            self._prepare(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _prepare(self, connection: sqlite3.Connection) -> None:
        # With a log beside the file, nobody who reads waits for who writes, and no write waits for the disk.
        if connection.execute("PRAGMA journal_mode").fetchone() != ("wal",):
            with suppress(sqlite3.OperationalError):  # in use by somebody: it works as it is
                connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        for statement in self._schema:
            connection.execute(statement)
