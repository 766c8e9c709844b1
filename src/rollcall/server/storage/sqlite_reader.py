"""A connection of one thread that reads from a SQLite file, and stops what takes too long for an event loop."""

import math
from collections.abc import Awaitable
from pathlib import Path
from typing import TypeVar

from rollcall.coroutine import complete
from rollcall.server.storage.errors import Unavailable
from rollcall.server.storage.sqlite_connection import SQLiteTransaction, open_sqlite
from rollcall.server.storage.statement import Statement, Value
from rollcall.server.storage.transaction import Work

R = TypeVar("R")

# SQLite counts the steps of its machine. A page of 50 people takes 20,000 or so; as many as these take 3 milliseconds.
STEPS_AT_A_TIME = 4096
MOST_STEPS = 20 * STEPS_AT_A_TIME


class TooLong(Exception):  # noqa: N818 - it is what was found out, and nobody outside hears of it
    """A read that is too long for where it was begun."""


class Reader:
    """Reads, each on a snapshot of its own."""

    def __init__(self, path: Path, *, patience: float) -> None:
        """Opens the file.

        Raises:
            Unreachable: It cannot be opened, or is no database.
            Unavailable: Another process kept it locked.
        """
        self._left = math.inf
        self._connection = open_sqlite(path, patience=patience)
        self._connection.execute("PRAGMA query_only = ON")
        self._connection.set_progress_handler(self._spend, STEPS_AT_A_TIME)
        self._transaction = SQLiteTransaction(self._connection)

    def one(self, statement: Statement[R], /, **parameters: Value) -> Awaitable[R | None]:
        """The only row, or None where there is none. A statement is a snapshot by itself."""
        self._left = math.inf
        return self._transaction.one(statement, **parameters)

    def read(self, work: Work[R], *, most_steps: float = math.inf) -> R:
        """Runs work that changes nothing.

        Raises:
            TooLong: It has taken more than so many steps.
        """
        self._left = most_steps
        self._connection.execute("BEGIN")
        try:
            return complete(work(self._transaction))
        except Unavailable:
            if self._left < 0:
                raise TooLong from None
            raise
        finally:
            self._connection.rollback()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _spend(self) -> bool:
        """Counts the steps just taken; whether SQLite shall stop."""
        self._left -= STEPS_AT_A_TIME
        return self._left < 0
