"""Two organizations with everything in them, and somebody of each kind: where every operation can be tried."""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING, Any, TypeVar

import asyncpg
import httpx
import msgspec

from rollcall.contract.operation import BASE_PATH
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import memberships
from rollcall.server.domain.work import Work
from rollcall.server.http.application import Application
from rollcall.server.keyring import digest
from rollcall.server.storage import Statement, Storage
from rollcall.server.storage.address import sqlite_path
from rollcall.server.storage.row import IdRow
from tests.server.permissions import Actor
from tests.server.world import Person, World, open_world

if TYPE_CHECKING:
    from rollcall.server.storage import Transaction

R = TypeVar("R")

Ids = dict[str, Any]
"""What stands in the placeholders of paths, by their names."""

DAY = 24 * 60 * 60 * 1_000_000
NOW = 1_790_000_000_000_000
UNKNOWN: Ids = {"invoice_uid": "f" * 32}
"""Of the placeholders, those that are no numbers: a value that names nothing."""


class Rehearsed(Exception):  # noqa: N818 - it carries what was done
    """What work returned whose changes are undone."""

    def __init__(self, result: object) -> None:
        super().__init__(result)
        self.result = result


class Rehearsal:
    """A database in which nothing stays: writes answer what they would, and are undone."""

    def __init__(self, storage: Storage) -> None:
        self._storage = storage

    async def one(self, statement: Statement[R], /, **parameters: Any) -> R | None:
        return await self._storage.one(statement, **parameters)

    async def read(self, work: Callable[[Transaction], Any]) -> Any:
        return await self._storage.read(work)

    async def write(self, work: Callable[[Transaction], Any]) -> Any:
        async def undo(transaction: Transaction) -> Any:
            raise Rehearsed(await work(transaction))

        try:
            await self._storage.write(undo)
        except Rehearsed as rehearsed:
            return rehearsed.result

    async def close(self) -> None:
        await self._storage.close()


class Stage(msgspec.Struct):
    """Where operations are tried.

    Attributes:
        world: The server.
        rehearsal: A client of it whose writes are undone.
        people: Who asks, by what they are; nobody for the first two.
        ours: What is in the organization that is asked for.
        theirs: What is in another one.
        database_url: The database.
    """

    world: World
    rehearsal: httpx.AsyncClient
    people: dict[Actor, Person]
    ours: Ids
    theirs: Ids
    database_url: str

    def auth_of(self, actor: Actor) -> tuple[str, str] | None:
        """What somebody logs in with."""
        if actor is Actor.ANONYMOUS:
            return None
        return ("0" * 32, "api_token") if actor is Actor.WRONG_CREDENTIALS else self.people[actor].auth

    async def content(self) -> dict[str, list[str]]:
        """Every row of every table."""
        path = sqlite_path(self.database_url)
        if path is not None:
            connection = sqlite3.connect(path)
            try:
                # The search index keeps its entries in tables of its own, which are read; it itself cannot be.
                of_tables = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL %'"
                tables = connection.execute(of_tables).fetchall()
                return {name: sorted(map(repr, connection.execute(f"SELECT * FROM {name}"))) for (name,) in tables}  # noqa: S608 - the names are the database's own
            finally:
                connection.close()
        postgresql = await asyncpg.connect(self.database_url)
        try:
            tables = await postgresql.fetch("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
            rows = " UNION ALL ".join(
                f"SELECT '{name}', t::text FROM {name} t"  # noqa: S608 - the names are the database's own
                for (name,) in tables
            )
            content: dict[str, list[str]] = {}
            for name, row in await postgresql.fetch(rows):
                content.setdefault(name, []).append(row)
            return {name: sorted(found) for name, found in content.items()}
        finally:
            await postgresql.close()

    async def close(self) -> None:
        await self.rehearsal.aclose()
        await self.world.http.aclose()
        await self.world.server.close()


async def set_stage(database_url: str) -> Stage:
    """The stage, on a migrated database."""
    world = await open_world(database_url)
    owner = await world.person("owner")
    outsider = await world.person("outsider")
    people = {
        Actor.OWNER: owner,
        Actor.ORGANIZATION_ADMIN: await world.member("admin", owner, OrganizationRole.ADMIN, WorkspaceRole.ADMIN),
        Actor.WORKSPACE_ADMIN: await world.member("lead", owner, workspace_role=WorkspaceRole.ADMIN),
        Actor.TEAM_LEAD: await world.member("teamlead", owner, workspace_role=WorkspaceRole.TEAM_LEAD),
        Actor.MEMBER: await world.member("member", owner),
        Actor.BYSTANDER: await world.member("bystander", owner, workspace_role=None),
        Actor.DEACTIVATED: await world.member("former", owner),
        Actor.INVITED: await world.person("invited"),
        Actor.OUTSIDER: outsider,
    }
    await world.deactivate(people[Actor.DEACTIVATED], owner.organization_id)
    colleague = await world.member("colleague", outsider, OrganizationRole.ADMIN, WorkspaceRole.ADMIN)
    guest = await world.person("guest")
    await _invite(world, owner, people[Actor.INVITED])
    await _invite(world, outsider, guest)
    ours = await _furnish(world, owner, people[Actor.ORGANIZATION_ADMIN], people[Actor.MEMBER], people[Actor.INVITED])
    theirs = await _furnish(world, outsider, colleague, colleague, guest)
    application = Application(Rehearsal(world.server.storage), world.server.service)
    transport = httpx.ASGITransport(app=application)
    rehearsal = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080" + BASE_PATH)
    return Stage(world, rehearsal, people, ours, theirs, database_url)


async def _invite(world: World, owner: Person, guest: Person) -> None:
    async def invite(work: Work) -> None:
        await memberships.enter_organization(
            work, owner.organization_id, guest.id, OrganizationRole.MEMBER, joined=False
        )

    await world.act(invite)


async def _furnish(world: World, owner: Person, admin: Person, member: Person, guest: Person) -> Ids:
    """Fill an organization, and say what everything in it is called."""
    here: Ids = {"organization_id": owner.organization_id}
    of_member = {**here, "user_id": member.id}
    organization_user = await _id(world, "SELECT id FROM organization_users WHERE {}", of_member)
    of_workspace = {**of_member, "workspace_id": owner.workspace_id}
    guest_user = await _id(world, "SELECT id FROM organization_users WHERE {}", {**here, "user_id": guest.id})
    group_id = await _add(world, "groups", **here, name="Group", name_key="group", created_at=NOW, updated_at=NOW)
    code = f"code-of-{owner.organization_id}".ljust(64, "0")
    invitation_id = await _add(
        world,
        "invitations",
        **here,
        user_id=guest.id,
        organization_user_id=guest_user,
        email=guest.email,
        email_key=guest.email,
        sender_id=owner.id,
        state="pending",
        workspaces=f'[{{"workspace_id":{owner.workspace_id},"role_id":5}}]',
        groups="[]",
        created_at=NOW,
        sent_at=NOW,
        expires_at=NOW + 3650 * DAY,
    )
    await world.execute(
        """
        INSERT INTO invitation_codes (code_hash, organization_id, invitation_id, mailed)
        VALUES (:code_hash, :organization_id, :invitation_id, :mailed)
        """,
        code_hash=digest(code),
        **here,
        invitation_id=invitation_id,
        mailed=True,
    )
    transfer_id = await _add(
        world,
        "owner_transfers",
        **here,
        requester_id=admin.id,
        current_owner_id=owner.id,
        new_owner_id=admin.id,
        created_at=NOW,
    )
    uid = f"{owner.organization_id:032x}"
    await _add(
        world,
        "invoices",
        **here,
        uid=uid,
        number="2026-1",
        description="Starter",
        status="paid",
        currency="USD",
        tax_percent=0.0,
        total_cents=900,
        lines="[]",
        issued_at=NOW,
        created_at=NOW,
    )

    async def join(work: Work) -> None:
        await memberships.connect_group(work, owner.organization_id, group_id, owner.workspace_id)
        await memberships.enter_group(work, owner.organization_id, group_id, member.id)

    await world.act(join)
    return {
        **of_workspace,
        "organization_user_id": organization_user,
        "workspace_user_id": await _id(world, "SELECT id FROM workspace_users WHERE {}", of_workspace),
        "admin_id": admin.id,
        "group_id": group_id,
        "invitation_id": invitation_id,
        "invitation_code": code,
        "transfer_id": transfer_id,
        "invoice_uid": uid,
        "plan_id": 1,
        "action": "accept",
        "from": "2020-01-01T00:00:00Z",
        "to": "2040-01-01T00:00:00Z",
    }


async def _add(world: World, table: str, **values: Any) -> int:
    columns = ", ".join(values)
    parameters = ", ".join(f":{name}" for name in values)
    sql = f"INSERT INTO {table} ({columns}) VALUES ({parameters}) RETURNING id"  # noqa: S608 - the names are this module's own
    return await _one(world.server.storage.write, sql, values)


async def _id(world: World, sql: str, values: dict[str, Any]) -> int:
    condition = " AND ".join(f"{name} = :{name}" for name in values)
    return await _one(world.server.storage.read, sql.format(condition), values)


async def _one(run: Callable[[Callable[[Transaction], Any]], Awaitable[Any]], sql: str, values: dict[str, Any]) -> int:
    async def find(transaction: Transaction) -> int:
        row = await transaction.one(Statement(sql, IdRow), **values)
        assert row is not None
        return row.id

    found: int = await run(find)
    return found
