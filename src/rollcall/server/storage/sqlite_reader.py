"""A connection of one thread that reads from a SQLite file, and stops what takes too long for an event loop."""

import asyncio
import math
from pathlib import Path
from typing import TypeVar

from rollcall.coroutine import complete
from rollcall.server.storage.errors import Unavailable
from rollcall.server.storage.sqlite_connection import SQLiteTransaction, open_sqlite
from rollcall.server.storage.transaction import Work

R = TypeVar("R")

# SQLite counts the steps of its machine. A page of 50 people takes 20,000 or so; as many as these take 3 milliseconds.
STEPS_AT_A_TIME = 4096
MOST_STEPS = 20 * STEPS_AT_A_TIME

# Pages of a large organization's people lie far apart in the file: SQLite's own default holds few of them.
CACHE_KIBIBYTES = 8192


class TooLong(Exception):  # noqa: N818 - it is what was found out, and nobody outside hears of it
    """A read that is too long for where it was begun."""


class Reader:
    """Reads of one thread.

    On an event loop, all that is read in one turn of it is read on one snapshot: to begin and to end one takes SQLite
    half the time of a short read, and under load a turn has many. Nobody is answered from a state that had passed when
    they asked: the end of the snapshot stands in the loop's queue ahead of all that comes after its beginning. Where
    reads never pause there nearly always is a snapshot; the writer sees to it that the log begins anew all the same.
    """

    def __init__(self, path: Path, *, patience: float) -> None:
        """Opens the file.

        Raises:
            Unreachable: It cannot be opened, or is no database.
            Unavailable: Another process kept it locked.
        """
        self._left = math.inf
        self._loop: asyncio.AbstractEventLoop | None = None
        self._connection = open_sqlite(path, patience=patience)
        self._connection.execute("PRAGMA query_only = ON")
        # What takes long is read on threads without a loop: it comes past each page once.
        if _running_loop() is not None:
            self._connection.execute(f"PRAGMA cache_size = -{CACHE_KIBIBYTES}")
        self._connection.set_progress_handler(self._spend, STEPS_AT_A_TIME)
        self._transaction = SQLiteTransaction(self._connection)

    def in_this_turn(self) -> SQLiteTransaction:
        """Where one statement can be asked: on the snapshot of this turn, or by itself where no event loop runs."""
        self._left = math.inf
        self._join_turn()
        return self._transaction

    def read(self, work: Work[R], *, most_steps: float = math.inf) -> R:
        """Runs work that changes nothing.

        Raises:
            TooLong: It has taken more than so many steps.
        """
        self._left = most_steps
        in_turn = self._join_turn()
        if not in_turn:
            self._connection.execute("BEGIN")
        try:
            return complete(work(self._transaction))
        except Unavailable:
            if self._left < 0:
                raise TooLong from None
            raise
        finally:
            if not in_turn:
                self._connection.rollback()

    def _join_turn(self) -> bool:
        """Stays in the snapshot of this turn, or begins one; False where no event loop runs."""
        loop = _running_loop()
        # A loop that was stopped within a turn may never come to its end; and some errors end a transaction themselves.
        if loop is not self._loop or (loop is not None and not self._connection.in_transaction):
            self.end_turn()
            if loop is not None:
                # First the end: BEGIN reads nothing, so that the snapshot is that of the first statement after it.
                self._loop = loop
                loop.call_soon(self.end_turn)
                self._connection.execute("BEGIN")
        return loop is not None

    def end_turn(self) -> None:
        """Ends the snapshot of this turn, where there is one."""
        if self._loop is not None:
            self._loop = None
            self._connection.rollback()

    def close(self) -> None:
        """Closes the file."""
        self._connection.close()

    def _spend(self) -> bool:
        """Counts the steps just taken; whether SQLite shall stop."""
        self._left -= STEPS_AT_A_TIME
        return self._left < 0


def _running_loop() -> asyncio.AbstractEventLoop | None:
    try:
        return asyncio.get_running_loop()
    except RuntimeError:
        return None
