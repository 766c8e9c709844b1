from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from rollcall.server.storage import migrate
from tests.server.world import World, open_world

OpenWorld = Callable[..., Awaitable[World]]


@pytest.fixture
async def new_world(database_url: str) -> AsyncIterator[OpenWorld]:
    """Opens servers with other settings than usual on one database; closes them after the test."""
    migrate(database_url)
    async with AsyncExitStack() as stack:

        async def open_and_close(**settings: Any) -> World:
            world = await open_world(database_url, **settings)
            stack.push_async_callback(world.server.close)
            stack.push_async_callback(world.http.aclose)
            return world

        yield open_and_close


@pytest.fixture
async def world(new_world: OpenWorld) -> World:
    """A server of the usual kind."""
    return await new_world()
