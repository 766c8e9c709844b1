"""PostgreSQL behind the port."""

import asyncio
import random
from contextlib import suppress
from typing import TypeVar

import asyncpg

from rollcall.server.storage.errors import Collision, StorageError
from rollcall.server.storage.postgresql_errors import DRIVER_ERRORS, Doubled, connecting, refusal, refusals
from rollcall.server.storage.postgresql_pool import Pool
from rollcall.server.storage.statement import Statement, Value
from rollcall.server.storage.transaction import Work

R = TypeVar("R")

# Work that collides with other work is run again, each time after a longer pause at random, in seconds.
PAUSES = (0.01, 0.04, 0.16)


class PostgreSQLTransaction:
    """The statements of a transaction that somebody else begins and ends."""

    def __init__(self, connection: asyncpg.Connection) -> None:
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
            raise refusal(error, self._connection, f" in {statement}") from None
        return [statement.row(*values) for values in rows]

    async def execute(self, statement: Statement[None], /, **parameters: Value) -> int:
        """Does what the statement says; returns how many rows it touched."""
        statement.check(parameters)
        try:
            tag = await self._connection.execute(statement.postgresql, *statement.positional(parameters))
        except DRIVER_ERRORS as error:
            raise refusal(error, self._connection, f" in {statement}") from None
        return int(tag.rpartition(" ")[2])  # such as "UPDATE 3"


class PostgreSQLStorage:
    """A PostgreSQL database."""

    def __init__(self, pool: Pool) -> None:
        self._pool = pool

    async def one(self, statement: Statement[R], /, **parameters: Value) -> R | None:
        """The only row, or None where there is none."""
        async with self._pool.lend() as connection:
            return await PostgreSQLTransaction(connection).one(statement, **parameters)

    async def read(self, work: Work[R]) -> R:
        """Runs work that changes nothing: each statement sees what is committed when it starts."""
        async with self._pool.lend() as connection:
            return await work(PostgreSQLTransaction(connection))

    async def write(self, work: Work[R]) -> R:
        """Runs work in a transaction at READ COMMITTED, and again when it collides with other work."""
        for pause in PAUSES:
            try:
                return await self._write_once(work)
            except (Collision, Doubled):
                await asyncio.sleep(random.uniform(0, pause))  # noqa: S311 - spreads attempts, guards nothing
        return await self._write_once(work)

    async def _write_once(self, work: Work[R]) -> R:
        async with self._pool.lend() as connection:
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


async def connect_postgresql(url: str, *, connections: int, patience: float) -> PostgreSQLStorage:
    """Connects to a PostgreSQL database.

    Args:
        url: `postgresql://user:password@host:port/database`, with libpq's parameters.
        connections: How many connections may be open at once.
        patience: How long to wait for a connection or a lock, in seconds.

    Raises:
        Unreachable: The server or the database cannot be connected to.
    """
    pool = Pool(url, connections=connections, patience=patience)
    with connecting(url):
        await pool.connect()
    return PostgreSQLStorage(pool)
