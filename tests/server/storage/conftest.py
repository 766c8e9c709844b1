from collections.abc import AsyncIterator

import pytest

from rollcall.server.storage import Storage, connect


@pytest.fixture
async def storage(database_url: str) -> AsyncIterator[Storage]:
    storage = await connect(database_url, patience=1.0)
    yield storage
    await storage.close()
