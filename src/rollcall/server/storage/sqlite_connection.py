"""One connection to a SQLite file, and a transaction on it. Nothing here suspends."""

import os
import sqlite3
import time
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from rollcall.server.storage.errors import StorageError, Unavailable, Unreachable
from rollcall.server.storage.statement import Statement, Value

R = TypeVar("R")

# STRICT tables came with it.
OLDEST_SQLITE = (3, 37, 0)
CACHED_STATEMENTS = 1024
OWNER_ONLY = 0o600
BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
# What passes by itself, or by what the operator does to the machine.
PASSING = BUSY | {
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_INTERRUPT,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_NOMEM,
}

# The last two are Python's own, for numbers and characters that SQLite cannot hold.
DRIVER_ERRORS = (sqlite3.Error, OverflowError, UnicodeEncodeError)


def open_sqlite(path: Path, *, patience: float) -> sqlite3.Connection:
    """Opens a database file, which only its owner can read when it is new.

    Args:
        path: The file.
        patience: How long to wait for another connection's lock, in seconds.

    Raises:
        Unreachable: The file cannot be opened, or is no database.
        Unavailable: Another process kept it locked.
    """
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        oldest = ".".join(map(str, OLDEST_SQLITE))
        raise Unreachable(f"SQLite {oldest} or newer is needed; this Python has {sqlite3.sqlite_version}")
    try:
        # An existing file is not opened here: closing any descriptor of it drops this process's locks on it.
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY))
    except OSError as error:
        raise Unreachable(f"Cannot create the database {path}: {error.strerror}") from error
    try:
        connection = sqlite3.connect(
            path,
            timeout=patience,
            isolation_level=None,  # transactions begin and end where this package says so
            check_same_thread=False,  # one thread uses a connection, another one may close it
            cached_statements=CACHED_STATEMENTS,
        )
    except sqlite3.Error as error:
        raise Unreachable(f"Cannot open the database {path}: {error}") from error
    try:
        _enter_wal(connection, patience)
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("PRAGMA foreign_keys = ON")
    except sqlite3.Error as error:
        connection.close()
        raise _unusable(path, error) from error
    return connection


def _enter_wal(connection: sqlite3.Connection, patience: float) -> None:
    deadline = time.monotonic() + patience
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as error:
            # Of processes that switch a new file at the same moment, SQLite refuses some without waiting.
            if error_kind(error) not in BUSY or time.monotonic() > deadline:
                raise
            time.sleep(0.01)
        else:
            return


def take_write_lock(connection: sqlite3.Connection, path: Path) -> None:
    """Begins a transaction that may write, and so finds out whether the file can be written.

    Raises:
        Unreachable: The file cannot be written, or is no database.
        Unavailable: Another process kept it locked.
    """
    try:
        connection.execute("BEGIN IMMEDIATE")
    except sqlite3.Error as error:
        raise _unusable(path, error) from error


def _unusable(path: Path, error: sqlite3.Error) -> StorageError:
    kind = Unavailable if error_kind(error) in BUSY else Unreachable
    return kind(f"Cannot use the database {path}: {error}")


def error_kind(error: Exception) -> int | None:
    """SQLite's primary result code; None for an error of Python's own."""
    code: int | None = getattr(error, "sqlite_errorcode", None)
    return None if code is None else code & 0xFF


class SQLiteTransaction:
    """The statements of a transaction that somebody else begins and ends."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        # To make one for each statement takes as long as a short statement itself.
        self._cursor = connection.cursor()

    async def one(self, statement: Statement[R], /, **parameters: Value) -> R | None:
        """The only row, or None where there is none."""
        rows = self._fetch(statement, parameters)
        if len(rows) > 1:
            raise StorageError(f"There is more than one row for {statement}")
        return _as_row(statement, rows[0]) if rows else None

    async def all(self, statement: Statement[R], /, **parameters: Value) -> list[R]:
        """All rows."""
        return [_as_row(statement, values) for values in self._fetch(statement, parameters)]

    async def execute(self, statement: Statement[None], /, **parameters: Value) -> int:
        """Does what the statement says; returns how many rows it touched."""
        statement.check(parameters)
        try:
            touched = self._cursor.execute(statement.sqlite, parameters).rowcount
            if touched < 0:  # the driver counts by the first word, and does not know WITH … UPDATE
                touched = self._cursor.execute("SELECT changes()").fetchone()[0]
        except DRIVER_ERRORS as error:
            raise _refusal(statement, error) from error
        return touched

    def _fetch(self, statement: Statement[Any], parameters: dict[str, Value]) -> list[Any]:
        statement.check(parameters)
        try:
            return self._cursor.execute(statement.sqlite, parameters).fetchall()
        except DRIVER_ERRORS as error:
            raise _refusal(statement, error) from error


def _refusal(statement: Statement[Any], error: Exception) -> StorageError:
    kind = Unavailable if error_kind(error) in PASSING else StorageError
    return kind(f"{error} in {statement}")


def _as_row(statement: Statement[R], values: tuple[Value, ...]) -> R:
    if not statement.booleans:
        return statement.row(*values)
    converted = list(values)
    for column in statement.booleans:
        value = converted[column]
        converted[column] = None if value is None else bool(value)
    return statement.row(*converted)
