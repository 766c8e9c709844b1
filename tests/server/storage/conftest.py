from collections.abc import AsyncIterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext

import pytest

from rollcall.server.storage import Storage, connect


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    storage = await connect(database_url, patience=1.0)
    yield storage
    await storage.close()


@pytest.fixture(scope="session")
def processes() -> ForkServerContext:
    """Makes processes that have imported the storage already, which takes longest."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["rollcall.server.storage"])
    return context
