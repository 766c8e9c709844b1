"""What goes wrong inside is told to the operator, and to nobody else."""

from __future__ import annotations

import logging
from collections import defaultdict
from typing import Any

import httpx
import pytest

from rollcall.contract.operation import BASE_PATH, Operation
from rollcall.contract.problem import COMMON
from rollcall.contract.reason import Reason
from rollcall.server.http.application import Application
from rollcall.server.storage import StorageError, Unavailable
from tests.server.conftest import OpenWorld
from tests.server.examples import EXAMPLES, PLAIN
from tests.server.meets import meeting, met_by
from tests.server.stage import UNKNOWN
from tests.server.world import World
from tests.walk import BUILT

pytestmark = pytest.mark.anyio

SECRET = "the row (ann@example.com, $argon2id$v=19$m=8) is too long"
LOGGER = "rollcall.server"


class Broken:
    """A database that fails."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    async def one(self, *_: object, **__: object) -> Any:
        raise self._error

    async def read(self, _: object) -> Any:
        raise self._error

    async def write(self, _: object) -> Any:
        raise self._error

    async def close(self) -> None:
        raise self._error


async def ask(world: World, operation: Operation, error: Exception) -> httpx.Response:
    """Sends an operation's example to a server whose database fails."""
    application = Application(Broken(error), world.server.service)
    base_url = "http://127.0.0.1:8080" + BASE_PATH
    example = EXAMPLES.get(operation.id, PLAIN)
    things = defaultdict(lambda: 1, UNKNOWN)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app=application), base_url=base_url) as http:
        reply = await http.request(
            operation.method,
            operation.path.format_map(things),
            params=example.query,
            json=example.body(things) if example.body else None,
            auth=("0" * 32, "api_token"),
        )
    world.met.update(met_by(reply))
    return reply


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    "operation",
    [meeting(row, Reason.SERVER_ERROR, row) for row in BUILT if Reason.SERVER_ERROR in row.errors],
    ids=lambda row: row.id,
)
async def test_a_fault_of_the_database_is_the_operation_s_server_error(
    world: World, operation: Operation, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.CRITICAL, LOGGER):
        reply = await ask(world, operation, StorageError(SECRET))
    problem = operation.errors[Reason.SERVER_ERROR]
    assert (reply.status_code, reply.json()) == (problem.status, problem.text)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_database_that_cannot_answer_now_makes_every_operation_unavailable(
    new_world: OpenWorld, caplog: pytest.LogCaptureFixture
) -> None:
    world = await new_world(signup="open")
    problem = COMMON[Reason.UNAVAILABLE]
    with caplog.at_level(logging.CRITICAL, LOGGER):
        for operation in BUILT:
            reply = await ask(world, operation, Unavailable(SECRET))
            assert (reply.status_code, reply.json()) == (problem.status, problem.text), operation.id


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_the_log_has_the_fault_and_not_who_asked(world: World, caplog: pytest.LogCaptureFixture) -> None:
    [operation] = [row for row in BUILT if row.id == "get_me"]
    await ask(world, operation, StorageError("disk on fire"))
    assert "/me failed" in caplog.text
    assert "disk on fire" in caplog.text
    assert "0" * 32 not in caplog.text
