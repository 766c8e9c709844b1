"""Who waits for a turn finds things changed when it comes; on PostgreSQL, where requests wait for each other."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Coroutine
from typing import Any

import asyncpg
import httpx
import pytest

from rollcall.contract.role import OrganizationRole
from tests.server.world import World, open_world

pytestmark = pytest.mark.anyio

WAITED_FOR = (
    "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid)))"
)
RAISE = "UPDATE organizations SET revision = revision + 1 WHERE id = $1"
DEMOTE = "UPDATE organization_users SET role_id = 3 WHERE organization_id = $1 AND user_id = $2"
DELETE = "UPDATE organizations SET revision = revision + 1, deleted_at = updated_at WHERE id = $1"
HOLD = "UPDATE users SET revision = revision + 1 WHERE id = $1"
MOVE = "UPDATE users SET revision = revision + 1, email = $2, email_key = $2 WHERE id = $1"


@pytest.fixture
async def world(postgresql_url: str) -> AsyncIterator[World]:
    world = await open_world(postgresql_url)
    yield world
    await world.http.aclose()
    await world.server.close()


@pytest.fixture
async def other(postgresql_url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(postgresql_url)
    yield connection
    await connection.close()


async def overtaken(
    other: asyncpg.Connection, asked: Coroutine[Any, Any, httpx.Response], *changes: tuple[object, ...]
) -> httpx.Response:
    """What is answered to a request that waits for the first change, while the others are made and committed."""
    (first, *values), *more = changes
    async with other.transaction():
        await other.execute(first, *values)
        request = asyncio.create_task(asked)
        while not await other.fetchval(WAITED_FOR):
            assert not request.done()
        for statement, *values in more:
            await other.execute(statement, *values)
    return await request


async def test_a_request_that_waited_for_a_deletion_changes_nothing(world: World, other: asyncpg.Connection) -> None:
    ann = await world.person("ann")
    path = f"/organizations/{ann.organization_id}"
    before = await other.fetchrow("SELECT name, user_count FROM organizations WHERE id = $1", ann.organization_id)
    body = {"emails": ["bob@example.com"], "workspaces": [{"workspace_id": ann.workspace_id}]}
    invited = world.http.post(f"{path}/invitations", auth=ann.auth, json=body)
    assert (await overtaken(other, invited, (DELETE, ann.organization_id))).status_code == 403
    await other.execute("UPDATE organizations SET deleted_at = NULL")
    renamed = world.http.put(path, auth=ann.auth, json={"name": "Renamed"})
    assert (await overtaken(other, renamed, (DELETE, ann.organization_id))).status_code == 403
    after = await other.fetchrow("SELECT name, user_count FROM organizations WHERE id = $1", ann.organization_id)
    assert after == before
    assert await other.fetchval("SELECT COUNT(*) FROM invitations") == 0


async def test_who_is_demoted_while_they_wait_does_nothing_as_what_they_were(
    world: World, other: asyncpg.Connection
) -> None:
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann, role=OrganizationRole.ADMIN)
    taken = (RAISE, ann.organization_id)
    path, body = f"/workspaces/{ann.workspace_id}", {"admins": [bob.id]}
    seen = world.http.put(path, auth=bob.auth, json=body)
    assert (await overtaken(other, seen, taken)).status_code == 200
    await other.execute("UPDATE workspace_users SET role_id = 5 WHERE user_id = $1", bob.id)
    refused = world.http.put(path, auth=bob.auth, json=body)
    assert (await overtaken(other, refused, taken, (DEMOTE, ann.organization_id, bob.id))).status_code == 403


async def test_who_waited_for_their_last_organization_to_be_deleted_changes_their_account(
    world: World, other: asyncpg.Connection
) -> None:
    ann = await world.person("ann")
    events = "SELECT COUNT(*) FROM audit_events"
    before = await other.fetchval(events)
    changed = world.http.put("/me", auth=ann.auth, json={"fullname": "Ann Other"})
    assert (await overtaken(other, changed, (DELETE, ann.organization_id))).json()["fullname"] == "Ann Other"
    assert await other.fetchval(events) == before


async def test_an_address_that_somebody_gives_up_meanwhile_is_invited_as_nobodys(
    world: World, other: asyncpg.Connection
) -> None:
    ann, bob, zoe = [await world.person(name) for name in ("ann", "bob", "zoe")]
    body = {"emails": [bob.email, zoe.email], "workspaces": [{"workspace_id": ann.workspace_id}]}
    asked = world.http.post(f"/organizations/{ann.organization_id}/invitations", auth=ann.auth, json=body)
    reply = await overtaken(other, asked, (HOLD, zoe.id), (MOVE, bob.id, "robert@example.com"))
    assert reply.status_code == 200
    assert [invited["recipient_id"] for invited in reply.json()["data"]] == [None, zoe.id]
