"""PostgreSQL behind the port: a pool of connections that keep their statements prepared."""

import asyncio
import random
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import TracebackType
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from rollcall.server.storage.address import SCHEMES
from rollcall.server.storage.errors import Collision, StorageError, Unavailable, Unreachable
from rollcall.server.storage.statement import Statement, Value
from rollcall.server.storage.transaction import Work

R = TypeVar("R")

Connection: TypeAlias = PoolConnectionProxy

CACHED_STATEMENTS = 1024
# Work that collides with other work is run again, each time after a longer pause at random, in seconds.
PAUSES = (0.01, 0.04, 0.16)
# What the driver raises: for the server's errors, for its own state, and for the network.
DRIVER_ERRORS = (asyncpg.PostgresError, asyncpg.InterfaceError, asyncpg.InternalClientError, OSError)
# Their messages quote the value.
VALUE_ERRORS = (asyncpg.DataError, ValueError)
COLLISIONS = (asyncpg.DeadlockDetectedError, asyncpg.SerializationError)
# What passes by itself, or by what the operator does to the server.
PASSING = (
    *COLLISIONS,
    asyncpg.PostgresConnectionError,
    asyncpg.OperatorInterventionError,
    asyncpg.InsufficientResourcesError,
    asyncpg.LockNotAvailableError,
    asyncpg.InternalClientError,  # so the driver says that the server's farewell came between two statements
    OSError,
)


class _Doubled(StorageError):  # noqa: N818 - it is what happened, and nobody outside hears of it
    """Something there is already, although the work may have looked: other work can have been faster, once."""


class PostgreSQLTransaction:
    """The statements of a transaction that somebody else begins and ends."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def one(self, statement: Statement[R], /, **parameters: Value) -> R | None:
        """The only row, or None where there is none."""
        rows = await self.all(statement, **parameters)
        if len(rows) > 1:
            raise StorageError(f"There is more than one row for {statement}")
        return rows[0] if rows else None

    async def all(self, statement: Statement[R], /, **parameters: Value) -> list[R]:
        """All rows."""
        statement.check(parameters)
        try:
            rows = await self._connection.fetch(statement.postgresql, *statement.positional(parameters))
        except DRIVER_ERRORS as error:
            raise self._refusal(statement, error) from None
        return [statement.row(*values) for values in rows]

    async def execute(self, statement: Statement[None], /, **parameters: Value) -> int:
        """Does what the statement says; returns how many rows it touched."""
        statement.check(parameters)
        try:
            tag = await self._connection.execute(statement.postgresql, *statement.positional(parameters))
        except DRIVER_ERRORS as error:
            raise self._refusal(statement, error) from None
        return int(tag.rpartition(" ")[2])  # such as "UPDATE 3"

    def _refusal(self, statement: Statement[Any], error: Exception) -> StorageError:
        return _refusal(error, self._connection, f" in {statement}")


class PostgreSQLStorage:
    """A PostgreSQL database."""

    def __init__(self, pool: asyncpg.Pool, *, patience: float) -> None:
        self._pool = pool
        self._patience = patience

    async def one(self, statement: Statement[R], /, **parameters: Value) -> R | None:
        """The only row, or None where there is none."""
        async with Connected(self._pool, self._patience) as connection:
            return await PostgreSQLTransaction(connection).one(statement, **parameters)

    async def read(self, work: Work[R]) -> R:
        """Runs work that changes nothing: each statement sees what is committed when it starts."""
        async with Connected(self._pool, self._patience) as connection:
            return await work(PostgreSQLTransaction(connection))

    async def write(self, work: Work[R]) -> R:
        """Runs work in a transaction at READ COMMITTED, and again when it collides with other work."""
        for pause in PAUSES:
            try:
                return await self._write_once(work)
            except (Collision, _Doubled):
                await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 - spreads attempts, guards nothing
        return await self._write_once(work)

    async def _write_once(self, work: Work[R]) -> R:
        async with Connected(self._pool, self._patience) as connection:
            transaction = connection.transaction(isolation="read_committed")
            with refusals(connection):
                await transaction.start()
            try:
                result = await work(PostgreSQLTransaction(connection))
            except BaseException:
                with suppress(*DRIVER_ERRORS):  # a lost connection has nothing left to undo
                    await transaction.rollback()
                raise
            with refusals(connection):
                await transaction.commit()
            return result

    async def close(self) -> None:
        """Waits for the running transactions and closes the connections."""
        await self._pool.close()


class Connected:
    """A connection, while the context lasts.

    Raises:
        Unavailable: There is none in time.
    """

    __slots__ = ("_connection", "_patience", "_pool")

    def __init__(self, pool: asyncpg.Pool, patience: float) -> None:
        self._pool = pool
        self._patience = patience

    async def __aenter__(self) -> Connection:
        # Where one is free nobody waits: a timer would cost as much as the connection.
        patience = None if self._pool.get_idle_size() else self._patience
        with refusals(None):
            self._connection = await self._pool.acquire(timeout=patience)
        return self._connection

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(*DRIVER_ERRORS):  # a broken connection is replaced, and says nothing of what was done
            await self._pool.release(self._connection)


async def connect_postgresql(url: str, *, connections: int, patience: float) -> PostgreSQLStorage:
    """Connects to a PostgreSQL database.

    Args:
        url: `postgresql://user:password@host:port/database`, with libpq's parameters.
        connections: How many connections may be open at once.
        patience: How long to wait for a connection or a lock, in seconds.

    Raises:
        Unreachable: The server or the database cannot be connected to.
    """
    with connecting(url):
        pool = await new_pool(url, fewest=1, connections=connections, patience=patience)
    return PostgreSQLStorage(pool, patience=patience)


async def new_pool(
    url: str, *, fewest: int, connections: int, patience: float, command_patience: float | None = None
) -> asyncpg.Pool:
    """A pool whose connections keep their statements prepared.

    Args:
        url: `postgresql://…`.
        fewest: How many connections are made at once.
        connections: How many may be open at once.
        patience: How long to wait for a connection or a lock, in seconds.
        command_patience: How long to wait for an answer, in seconds; None for as long as it takes.
    """
    return await asyncpg.create_pool(
        url,
        min_size=fewest,
        max_size=connections,
        timeout=patience,
        command_timeout=command_patience,
        reset=_keep_session,
        statement_cache_size=CACHED_STATEMENTS,
        max_cached_statement_lifetime=0,  # no limit
        max_cacheable_statement_size=0,  # no limit
        # Else each use of a connection sets a timer, and clears it.
        max_inactive_connection_lifetime=0,
        server_settings={
            "application_name": "rollcall",
            "lock_timeout": milliseconds(patience),
            "jit": "off",  # compiling costs more than these short statements
            # A prepared statement is planned for a tenth of a list, whatever its LIMIT says: for reading all of it.
            "enable_hashjoin": "off",
            "enable_mergejoin": "off",
            "max_parallel_workers_per_gather": "0",
        },
    )


async def _keep_session(_: Connection) -> None:
    """Spares the round trip of the driver's own reset: no work here changes its session."""


def milliseconds(seconds: float) -> str:
    """A duration as PostgreSQL's settings take it."""
    return f"{round(seconds * 1000)}ms"


@contextmanager
def connecting(url: str) -> Iterator[None]:
    """Says of a failed connection what was wrong, without the password.

    Raises:
        Unreachable: Instead of what the driver raises.
    """
    try:
        yield
    except ValueError:
        # Not from that error, which quotes the URL.
        raise Unreachable(f"The database URL cannot be read: use {SCHEMES}, with %40 for an @ in a part") from None
    except DRIVER_ERRORS as error:
        place = urlsplit(url).hostname or "its socket"
        raise Unreachable(f"Cannot connect to PostgreSQL at {place}: {reason(error)}") from error


@contextmanager
def refusals(connection: Connection | None) -> Iterator[None]:
    """Says of a driver's error what a caller may hear of it.

    Raises:
        StorageError: Instead of what the driver raises.
    """
    try:
        yield
    except DRIVER_ERRORS as error:
        raise _refusal(error, connection) from None


def _refusal(error: Exception, connection: Connection | None, place: str = "") -> StorageError:
    """What a caller hears of a driver's error; to be raised without it, since it holds values of the row."""
    message = f"{reason(error)}{place}"
    if isinstance(error, COLLISIONS):
        return Collision(message)
    if isinstance(error, asyncpg.UniqueViolationError):
        return _Doubled(message)
    if isinstance(error, PASSING) or (isinstance(error, asyncpg.InterfaceError) and _is_lost(connection)):
        return Unavailable(message)
    return StorageError(message)


def _is_lost(connection: Connection | None) -> bool:
    try:
        return connection is None or connection.is_closed()
    except asyncpg.InterfaceError:  # the pool has noticed first, and taken it back
        return True


def reason(error: Exception) -> str:
    """What a driver's error says, without the values that it holds."""
    if isinstance(error, VALUE_ERRORS):
        return f"A value does not fit ({type(error).__name__})"
    if isinstance(error, TimeoutError):
        return "There was no answer in time"
    # Only the message itself: the detail that PostgreSQL adds quotes the row.
    return str(error.args[0]) if isinstance(error, asyncpg.PostgresError) else str(error)
