"""A process that writes without end and acknowledges each row once `write` has returned, until it is killed."""

import asyncio
import itertools
from multiprocessing.connection import Connection
from types import NoneType

from rollcall.server.storage import Statement, Storage, connect

PUT = Statement("INSERT INTO meta (name, value) VALUES (:name, '')", NoneType)
WRITERS = 8


def write_without_end(url: str, acknowledgements: Connection) -> None:
    asyncio.run(_write(url, acknowledgements))


async def put(storage: Storage, name: str) -> None:
    await storage.write(lambda transaction: transaction.execute(PUT, name=name))


async def _write(url: str, acknowledgements: Connection) -> None:
    storage = await connect(url)
    numbers = itertools.count()

    async def writer() -> None:
        while True:
            name = str(next(numbers))
            await put(storage, name)
            acknowledgements.send_bytes(name.encode())

    await asyncio.gather(*(writer() for _ in range(WRITERS)))
