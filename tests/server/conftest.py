from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from typing import Any

import pytest

from tests.server.meets import Met, claimed
from tests.server.world import World, open_world

OpenWorld = Callable[..., Awaitable[World]]


@pytest.fixture
async def new_world(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[OpenWorld]:
    """Opens servers with other settings than usual on one database; closes them after the test.

    A test that says that it meets refusals is held to that.
    """
    met: set[Met] = set()
    async with AsyncExitStack() as stack:

        async def open_and_close(**settings: Any) -> World:
            world = await open_world(database_url, **settings)
            stack.push_async_callback(world.server.close)
            stack.push_async_callback(world.http.aclose)
            world.met = met
            return world

        yield open_and_close
    missed = claimed(request.node) - met
    assert not missed, f"the test says that it meets {sorted(missed)}"


@pytest.fixture
async def world(new_world: OpenWorld) -> World:
    """A server of the usual kind."""
    return await new_world()
