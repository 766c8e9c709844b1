"""A PostgreSQL replica: answers reads in place of the primary, when it has what the primary has."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

from rollcall.server.storage.errors import StorageError, Unavailable
from rollcall.server.storage.postgresql import (
    DRIVER_ERRORS,
    Connected,
    PostgreSQLTransaction,
    connecting,
    new_pool,
    refusals,
)

if TYPE_CHECKING:
    import asyncpg

    from rollcall.server.storage.transaction import Work

R = TypeVar("R")

PATIENCE = 1.0
"""Seconds to wait for a replica before the primary is asked."""
PAUSE = 1.0
"""Seconds in which a replica that has failed is not asked again."""


class Replica:
    """A PostgreSQL database that follows another, some time behind it.

    Args:
        pool: Connections to it.
    """

    def __init__(self, pool: asyncpg.Pool) -> None:
        self._pool = pool
        self._paused_until = 0.0

    async def read(self, work: Work[R]) -> R:
        """Runs work that changes nothing, on one snapshot: the work itself finds out whether that is recent enough.

        Raises:
            StorageError: The replica cannot answer; nobody is asked again for a while.
        """
        if time.monotonic() < self._paused_until:
            raise Unavailable("The replica is left alone for a while")
        try:
            async with Connected(self._pool, PATIENCE) as connection:
                try:
                    with refusals(connection):
                        transaction = connection.transaction(isolation="repeatable_read", readonly=True)
                        await transaction.start()
                    try:
                        return await work(PostgreSQLTransaction(connection))
                    finally:
                        with refusals(connection):
                            await transaction.rollback()
                except StorageError:
                    # It may be silent for long: nothing more is asked of this connection.
                    connection.terminate()
                    raise
        except StorageError:
            self._paused_until = time.monotonic() + PAUSE
            raise

    async def close(self) -> None:
        """Waits for the running reads and closes the connections."""
        await self._pool.close()


async def open_replica(url: str, *, connections: int) -> Replica:
    """Prepares to ask a replica, which need not be there yet.

    Args:
        url: `postgresql://…`, of the replica or of what spreads connections over several.
        connections: How many may be open at once.

    Raises:
        Unreachable: The URL cannot be read.
    """
    with connecting(url):
        try:
            pool = await _new_pool(url, connections, fewest=1)
        except DRIVER_ERRORS:
            pool = await _new_pool(url, connections, fewest=0)
    return Replica(pool)


async def _new_pool(url: str, connections: int, *, fewest: int) -> asyncpg.Pool:
    return await new_pool(url, fewest=fewest, connections=connections, patience=PATIENCE, command_patience=PATIENCE)
