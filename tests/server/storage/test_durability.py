from collections.abc import Iterator
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext

import msgspec
import pytest

from rollcall.server.storage import Statement, connect
from tests.server.storage.acknowledging_writer import write_without_end

pytestmark = pytest.mark.anyio

ENOUGH = 200


class Name(msgspec.Struct):
    name: str


NAMES = Statement("SELECT name FROM meta", Name)


def received(acknowledgements: Connection) -> Iterator[str]:
    """What comes until the other process has died."""
    while True:
        try:
            yield acknowledgements.recv_bytes().decode()
        except EOFError:
            return


async def test_every_acknowledged_write_survives_a_kill(database_url: str, processes: ForkServerContext) -> None:
    ours, theirs = Pipe(duplex=False)
    writer = processes.Process(target=write_without_end, args=(database_url, theirs))
    writer.start()
    theirs.close()

    acknowledged = [name for name, _ in zip(received(ours), range(ENOUGH), strict=False)]
    writer.kill()
    acknowledged += received(ours)  # it had gone on
    writer.join()
    storage = await connect(database_url)
    written = {row.name for row in await storage.read(lambda transaction: transaction.all(NAMES))}
    await storage.close()

    assert len(acknowledged) >= ENOUGH
    assert set(acknowledged) <= written
