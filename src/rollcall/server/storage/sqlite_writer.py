"""The one thread of a process that writes to a SQLite file, and commits in groups."""

import asyncio
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import partial
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeVar

from rollcall.coroutine import complete
from rollcall.server.storage.errors import Unavailable
from rollcall.server.storage.sqlite_connection import SQLiteTransaction
from rollcall.server.storage.transaction import Work

R = TypeVar("R")

# One more request in a group saves a sync to disk, and makes all others in it wait for its work.
LARGEST_GROUP = 128

LONGEST_LOG = 16 * 2**20
"""Bytes of the log beside the file. SQLite copies it into the file every now and then, but begins it anew only in a
moment when nobody reads by it: where reads never pause, that moment is waited for."""

WAIT_FOR_READERS = 50
"""Milliseconds. Reads on an event loop end within some; no write waits for longer ones."""


class Request(Generic[R]):
    """Work that waits for its turn, and later what its caller will hear."""

    def __init__(self, work: Work[R], loop: asyncio.AbstractEventLoop) -> None:
        self.work = work
        self.loop = loop
        self.future: asyncio.Future[R] = loop.create_future()
        self._answer: Callable[[], None] | None = None

    def succeed(self, result: R) -> None:
        """Keeps the result for the caller."""
        self._answer = partial(self.future.set_result, result)

    def fail(self, error: BaseException) -> None:
        """Keeps the exception for the caller, instead of what was kept before."""
        self._answer = partial(self.future.set_exception, error)

    def answer(self) -> None:
        """Tells the caller, unless it has gone; on the caller's own event loop."""
        if self._answer is not None and not self.future.done():
            self._answer()


class Writer:
    """Runs work on its own thread: one transaction for all that waits, with a savepoint for each.

    Args:
        connection: To the database, for this thread alone.
        log: The file beside it that commits go to.
    """

    def __init__(self, connection: sqlite3.Connection, log: Path) -> None:
        self._connection = connection
        self._log = log
        self._tolerated = 0
        self._transaction = SQLiteTransaction(connection)
        self._queue: SimpleQueue[Request[Any] | None] = SimpleQueue()
        self._stopping = threading.Lock()
        self._stopped = False
        self._last = False
        self._thread = threading.Thread(target=self._serve, name="sqlite-writer", daemon=True)
        self._thread.start()

    async def write(self, work: Work[R]) -> R:
        """Queues the work and waits until its group is committed.

        Raises:
            Unavailable: The group could not be committed, or the writer has been stopped.
        """
        request = Request(work, asyncio.get_running_loop())
        with self._stopping:
            if self._stopped:
                raise Unavailable("The database is closed")
            self._queue.put(request)
        return await request.future

    def stop(self) -> None:
        """Finishes what has been queued; blocks until then."""
        with self._stopping:
            if not self._stopped:
                self._stopped = True
                self._queue.put(None)
        self._thread.join()

    def _serve(self) -> None:
        while not self._last and (first := self._queue.get()) is not None:
            group = [first]
            try:
                self._connection.execute("BEGIN IMMEDIATE")
            except sqlite3.Error as error:
                # All that waits would only wait once more for the same lock.
                group.extend(self._waiting(self._queue.qsize()))
                _fail(group, error)
            else:
                self._commit(group)
            _answer(group)
            self._shorten_log()

    def _commit(self, group: list[Request[Any]]) -> None:
        """Performs the group, which grows by what has been queued meanwhile, and commits it."""
        try:
            self._perform(group[0])
            for request in self._waiting(LARGEST_GROUP - 1):
                group.append(request)
                self._perform(request)
            self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            with suppress(sqlite3.Error):
                self._connection.rollback()
            _fail(group, error)

    def _shorten_log(self) -> None:
        try:
            size = self._log.stat().st_size
        except OSError:  # there is none
            return
        if size < max(LONGEST_LOG, self._tolerated):
            return
        [patience] = self._connection.execute("PRAGMA busy_timeout").fetchone()
        self._connection.execute(f"PRAGMA busy_timeout = {WAIT_FOR_READERS}")
        try:
            [in_use, *_] = self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        except sqlite3.Error:
            in_use = True
        finally:
            self._connection.execute(f"PRAGMA busy_timeout = {patience}")
        # What is read now may last: there is no use in waiting for it after each write.
        self._tolerated = size + LONGEST_LOG if in_use else 0

    def _waiting(self, limit: int) -> Iterator[Request[Any]]:
        for _ in range(limit):
            try:
                request = self._queue.get_nowait()
            except Empty:
                return
            if request is None:
                self._last = True
                return
            yield request

    def _perform(self, request: Request[Any]) -> None:
        if request.future.cancelled():
            return
        self._connection.execute("SAVEPOINT work")
        try:
            request.succeed(complete(request.work(self._transaction)))
        except BaseException as error:  # whatever it is, it is the caller's, and this thread lives on
            request.fail(error)
            # Where SQLite has already undone the whole transaction this fails, and with it the group.
            self._connection.execute("ROLLBACK TO work")
        self._connection.execute("RELEASE work")


def _fail(group: list[Request[Any]], error: sqlite3.Error) -> None:
    for request in group:
        # An exception for each: raising one adds its caller's frames to it.
        request.fail(Unavailable(f"The database cannot write now: {error}"))


def _answer(group: list[Request[Any]]) -> None:
    by_loop: defaultdict[asyncio.AbstractEventLoop, list[Request[Any]]] = defaultdict(list)
    for request in group:
        by_loop[request.loop].append(request)
    for loop, requests in by_loop.items():
        with suppress(RuntimeError):  # a closed loop has nobody left to tell
            loop.call_soon_threadsafe(_answer_all, requests)


def _answer_all(requests: list[Request[Any]]) -> None:
    for request in requests:
        request.answer()
