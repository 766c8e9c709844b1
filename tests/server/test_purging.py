"""The daily round: deleted organizations go for good, and nothing else does."""

from __future__ import annotations

import asyncio
import time

import pytest

from rollcall.server.domain import deletions, outbox
from rollcall.server.domain.work import Work
from rollcall.server.purging import purge, purging
from rollcall.server.storage import Statement, Transaction, Value
from rollcall.server.storage.row import IdRow, Row
from tests.server.conftest import OpenWorld
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio


class Name(Row):
    """A table."""

    name: str


async def delete(world: World, person: Person, age: int) -> None:
    """Delete somebody's organization, so many microseconds ago."""
    reply = await world.http.delete(f"/organizations/{person.organization_id}/users/leave", auth=person.auth)
    assert reply.status_code == 200
    await world.execute(
        "UPDATE organizations SET deleted_at = :at WHERE id = :organization_id",
        at=time.time_ns() // 1000 - age,
        organization_id=person.organization_id,
    )


async def test_an_organization_is_removed_thirty_days_after_its_deletion_by_one_of_several_servers(
    new_world: OpenWorld,
) -> None:
    world, beside = await new_world(), await new_world()
    gone, kept, alive = [await world.person(name) for name in ("gone", "kept", "alive")]
    await fill(world, gone)
    before = await rows_of(world, alive.organization_id)
    await delete(world, gone, deletions.KEPT)
    await delete(world, kept, deletions.KEPT - deletions.DAY)
    now = time.time_ns() // 1000
    rounds = (purge(each.server.storage, each.server.service, now) for each in (world, beside, world))
    assert sum(await asyncio.gather(*rounds)) == 1
    assert await rows_of(world, gone.organization_id) == {}
    assert (await rows_of(world, kept.organization_id))["workspaces"] == 1
    assert await rows_of(world, alive.organization_id) == before
    me = await world.http.get("/me", auth=gone.auth)
    assert (me.status_code, me.json()["default_workspace_id"]) == (200, None)


async def test_settled_mail_is_forgotten_after_thirty_days_and_waiting_mail_is_not(world: World) -> None:
    ann = await world.person("ann")
    now = time.time_ns() // 1000
    for name, settled_at in (("old", now - outbox.KEPT), ("new", now - outbox.KEPT + deletions.DAY), ("due", None)):

        async def send(work: Work, name: str = name) -> None:
            await outbox.send(work, f"{name}@example.com", outbox.Letter(name, name))

        await world.act(send)
        await world.execute(
            "UPDATE outbox SET settled_at = :settled_at WHERE recipient = :recipient",
            settled_at=settled_at,
            recipient=f"{name}@example.com",
        )
    await purge(world.server.storage, world.server.service, now)

    async def left(transaction: Transaction) -> list[Name]:
        return await transaction.all(Statement("SELECT recipient FROM outbox ORDER BY id", Name))

    found = [row.name for row in await world.server.storage.read(left)]
    assert [name for name in found if name != ann.email] == ["new@example.com", "due@example.com"]


async def test_a_running_server_makes_a_round_at_once_and_stops_when_told(world: World) -> None:
    ann = await world.person("ann")
    await delete(world, ann, deletions.KEPT)
    async with purging(world.server.storage, world.server.service), asyncio.timeout(10):
        while await rows_of(world, ann.organization_id):  # noqa: ASYNC110 - the round tells nobody when it is over
            await asyncio.sleep(0)


TABLES = Statement(
    "",
    Name,
    sqlite="""
    SELECT m.name FROM sqlite_master m JOIN pragma_table_info(m.name) c ON c.name = 'organization_id'
    WHERE m.type = 'table' ORDER BY m.name
    """,
    postgresql="""
    SELECT table_name FROM information_schema.columns
    WHERE table_schema = 'public' AND column_name = 'organization_id' ORDER BY table_name
    """,
)


async def rows_of(world: World, organization_id: int) -> dict[str, int]:
    """How many rows each table has of an organization, where it has any."""

    async def count(transaction: Transaction) -> dict[str, int]:
        names = [row.name for row in await transaction.all(TABLES)]
        counts: dict[str, int] = {}
        for name, column in [*((name, "organization_id") for name in names), ("organizations", "id")]:
            statement = Statement(f"SELECT COUNT(*) FROM {name} WHERE {column} = :organization_id", IdRow)  # noqa: S608 - names of tables
            row = await transaction.one(statement, organization_id=organization_id)
            assert row is not None
            counts[name] = row.id
        return {name: number for name, number in counts.items() if number}

    return await world.server.storage.read(count)


async def fill(world: World, person: Person) -> None:
    """Put at least one row of the organization into every table that can have one."""
    where: dict[str, Value] = {
        "code": b"code",
        "organization_id": person.organization_id,
        "user_id": person.id,
        "workspace_id": person.workspace_id,
    }
    for sql in (
        """INSERT INTO groups (organization_id, id, name, name_key, created_at, updated_at)
        VALUES (:organization_id, 900, 'g', 'g', 1, 1)""",
        "INSERT INTO group_users VALUES (:organization_id, 900, :user_id)",
        "INSERT INTO group_workspaces VALUES (:organization_id, 900, :workspace_id)",
        """INSERT INTO invitations (organization_id, id, user_id, organization_user_id, email, email_key, sender_id,
          state, workspaces, groups, created_at, sent_at, expires_at)
        VALUES (:organization_id, 900, :user_id, 1, 'a', 'a', :user_id, 'revoked', '[]', '[]', 1, 1, 1)""",
        "INSERT INTO invitation_codes VALUES (:code, :organization_id, 900, TRUE)",
        """INSERT INTO mailed_codes (code_hash, user_id, purpose, email_key, organization_id, issued_by, created_at,
          expires_at)
        VALUES (:code, :user_id, 'password', 'a', :organization_id, :user_id, 1, 1)""",
        """INSERT INTO owner_transfers (organization_id, requester_id, current_owner_id, new_owner_id, created_at)
        VALUES (:organization_id, :user_id, :user_id, :user_id, 1)""",
        "INSERT INTO segmentations VALUES (:organization_id, :user_id, '{}', 1)",
        """INSERT INTO invoices (organization_id, uid, number, description, status, currency, tax_percent,
          total_cents, lines, issued_at, created_at)
        VALUES (:organization_id, 'u', 'n', '', 'paid', 'USD', 0, 0, '[]', 1, 1)""",
    ):
        await world.execute(sql, **{name: value for name, value in where.items() if f":{name}" in sql})
    filled = await rows_of(world, person.organization_id)

    async def names(transaction: Transaction) -> list[str]:
        return [row.name for row in await transaction.all(TABLES)]

    assert sorted(filled) == sorted([*await world.server.storage.read(names), "organizations"])
