"""The daily round of a running server: what was deleted long enough ago is removed for good."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING

from rollcall.server.domain import deletions, outbox
from rollcall.server.domain.work import Service, Work
from rollcall.server.storage import StorageError

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from rollcall.server.storage import Storage, Transaction

log = logging.getLogger("rollcall.server")

INTERVAL = 24 * 60 * 60
"""Seconds from one round to the next."""

_AT_ONCE = 100
"""Organizations that are looked up at a time."""


@asynccontextmanager
async def purging(storage: Storage, service: Service) -> AsyncIterator[None]:
    """Make a round at once and then daily, while the context lasts."""
    task = asyncio.create_task(_purge_daily(storage, service))
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def purge(storage: Storage, service: Service, now: int) -> int:
    """Make one round. Several processes may do so at once: each organization is removed by one of them.

    Each organization is a transaction of its own, so that nobody waits for the round to end.

    Args:
        storage: The database.
        service: The server's rules.
        now: The moment, in microseconds since 1970.

    Returns:
        How many organizations were removed.
    """
    removed = 0

    async def find(transaction: Transaction) -> list[int]:
        return await deletions.list_outlived(Work(transaction, service, None, now), _AT_ONCE)

    while organization_ids := await storage.read(find):
        for organization_id in organization_ids:

            async def remove(transaction: Transaction, organization_id: int = organization_id) -> bool:
                return await deletions.purge(Work(transaction, service, None, now), organization_id)

            removed += await storage.write(remove)
    await storage.write(lambda transaction: outbox.forget_settled(Work(transaction, service, None, now)))
    return removed


async def _purge_daily(storage: Storage, service: Service) -> None:
    while True:
        try:
            removed = await purge(storage, service, time.time_ns() // 1000)
        except StorageError as error:
            log.warning("what is deleted is not purged today: %s", error)
        else:
            if removed:
                log.info("organizations removed for good: %d", removed)
        await asyncio.sleep(INTERVAL)
