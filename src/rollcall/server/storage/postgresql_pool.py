"""Connections to a PostgreSQL server, each lent to one piece of work at a time."""

import asyncio
from collections import deque
from contextlib import suppress
from types import TracebackType

import asyncpg

from rollcall.server.storage.errors import Unavailable
from rollcall.server.storage.postgresql_errors import DRIVER_ERRORS, refusals

CACHED_STATEMENTS = 1024


class Pool:
    """Connections that keep their statements prepared; they are made when they are needed, and replaced when lost.

    The driver has a pool too, but to lend a connection takes that one as long as a short statement takes altogether:
    each time it makes timers, a task, and a stand-in for the connection.
    """

    def __init__(self, url: str, *, connections: int, patience: float, command_patience: float | None = None) -> None:
        """Prepares to connect.

        Args:
            url: `postgresql://…`.
            connections: How many may be open at once.
            patience: How long to wait for a connection or a lock, in seconds.
            command_patience: How long to wait for an answer, in seconds; None for as long as it takes.
        """
        self._url = url
        self._connections = connections
        self._patience = patience
        self._command_patience = command_patience
        self._unlent = connections  # of those that may be open, whether they are or not
        self._idle: list[asyncpg.Connection] = []
        self._waiting: deque[asyncio.Future[bool]] = deque()
        self._closed = False

    async def connect(self) -> None:
        """Makes a first connection, as the driver does: with its errors."""
        self._idle.append(await self._new_connection(self._patience))

    def lend(self) -> "Loan":
        """Lends a connection for as long as the context lasts.

        Raises:
            Unavailable: There is none in time.
        """
        return Loan(self)

    async def take(self) -> asyncpg.Connection:
        """A connection, which has to be put back.

        Raises:
            Unavailable: There is none in time.
        """
        if self._closed:
            raise Unavailable("The database is closed")
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self._patience
        if self._unlent:
            self._unlent -= 1
        else:
            await self._wait(self._patience)
        try:
            while self._idle:
                # The last that was used: what it works with is still at hand in the server.
                connection = self._idle.pop()
                if not connection.is_closed():
                    return connection
            with refusals(None):
                return await self._new_connection(max(0.0, deadline - loop.time()))
        except BaseException:
            self._pass_on()
            raise

    def put_back(self, connection: asyncpg.Connection, *, interrupted: bool) -> None:
        """Takes a connection back.

        Args:
            connection: One that was taken.
            interrupted: Whether nobody knows what the server still does with it.
        """
        if interrupted or connection.is_closed() or connection.is_in_transaction():
            connection.terminate()
        else:
            self._idle.append(connection)
        self._pass_on()

    async def close(self) -> None:
        """Lets who has a connection or waits for one finish, and closes all."""
        if self._closed:
            return
        self._closed = True
        for _ in range(self._connections):
            if self._unlent:
                self._unlent -= 1
            else:
                await self._wait(None)
        for connection in self._idle:
            with suppress(*DRIVER_ERRORS):  # what is lost is closed
                await connection.close(timeout=self._patience)

    async def _wait(self, patience: float | None) -> None:
        """Waits until it is one's turn to have a connection."""
        loop = asyncio.get_running_loop()
        turn: asyncio.Future[bool] = loop.create_future()
        self._waiting.append(turn)
        timer = None if patience is None else loop.call_later(patience, _give_up, turn)
        try:
            has_come = await turn
        except asyncio.CancelledError:
            if not turn.cancelled() and turn.result():  # it has come all the same
                self._pass_on()
            raise
        finally:
            if timer is not None:
                timer.cancel()
        if not has_come:
            raise Unavailable("There was no answer in time")

    def _pass_on(self) -> None:
        """Leaves a connection to who has waited longest, or else to who comes next."""
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(True)
                return
        self._unlent += 1

    async def _new_connection(self, patience: float) -> asyncpg.Connection:
        return await asyncpg.connect(
            self._url,
            timeout=patience,
            command_timeout=self._command_patience,
            statement_cache_size=CACHED_STATEMENTS,
            max_cached_statement_lifetime=0,  # no limit
            max_cacheable_statement_size=0,  # no limit
            server_settings={
                "application_name": "rollcall",
                "lock_timeout": milliseconds(self._patience),
                "jit": "off",  # compiling costs more than these short statements
                # A prepared statement is planned for a tenth of a list, whatever its LIMIT says: for reading all of it.
                "enable_hashjoin": "off",
                "enable_mergejoin": "off",
                "max_parallel_workers_per_gather": "0",
            },
        )


class Loan:
    """A connection, for as long as the context lasts."""

    __slots__ = ("_connection", "_pool")

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def __aenter__(self) -> asyncpg.Connection:
        self._connection = await self._pool.take()
        return self._connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._pool.put_back(self._connection, interrupted=kind is not None and not issubclass(kind, Exception))


def milliseconds(seconds: float) -> str:
    """A duration as PostgreSQL's settings take it."""
    return f"{round(seconds * 1000)}ms"


def _give_up(turn: asyncio.Future[bool]) -> None:
    if not turn.done():
        turn.set_result(False)
