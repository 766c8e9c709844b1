"""A server in process, and people who use it."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

import httpx
import msgspec

from rollcall.contract.operation import BASE_PATH
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import memberships
from rollcall.server.domain.work import Work
from rollcall.server.keyring import Keyring
from rollcall.server.settings import PasswordCost, Settings
from rollcall.server.startup import Server
from rollcall.server.storage import Statement
from tests.server.meets import met_by

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from rollcall.server.storage import Transaction
    from tests.server.meets import Met

PASSWORD = "correct horse"
CHEAP = PasswordCost(passes=1, memory=8, lanes=1)
KEY = "the key of the tests, and of nothing else"
KEYRING = Keyring(KEY.encode())
RAISE_ALL = Statement("UPDATE organizations SET revision = revision + 1", type(None))
"""What rules do for the organizations they change, a test does for whatever it changes without them."""


class Person(msgspec.Struct, frozen=True):
    """Somebody with an account, and the organization and workspace they were given with it."""

    id: int
    email: str
    token: str
    organization_id: int
    workspace_id: int

    @property
    def auth(self) -> tuple[str, str]:
        return self.token, "api_token"


class World:
    """What a test acts in."""

    def __init__(self, server: Server, http: httpx.AsyncClient) -> None:
        self.server = server
        self.http = http
        self.met: set[Met] = set()
        """The refusals that were answered."""
        http.event_hooks["response"].append(self._note)

    async def _note(self, response: httpx.Response) -> None:
        if response.is_error:
            await response.aread()
            self.met.update(met_by(response))

    async def person(self, name: str) -> Person:
        """Somebody new."""
        email = f"{name}@example.com"
        account = await self.server.add_account(email, PASSWORD)
        assert account.id is not None
        assert account.api_token is not None
        reply = await self.http.get("/me/workspaces", auth=(account.api_token, "api_token"))
        [workspace] = reply.json()
        return Person(account.id, email, account.api_token, workspace["organization_id"], workspace["id"])

    async def member(
        self,
        name: str,
        of: Person,
        role: OrganizationRole = OrganizationRole.MEMBER,
        workspace_role: WorkspaceRole | None = WorkspaceRole.USER,
    ) -> Person:
        """Somebody new who has joined the organization of another, and their workspace unless told otherwise."""
        person = await self.person(name)

        async def join(work: Work) -> None:
            await memberships.enter_organization(work, of.organization_id, person.id, role)
            if workspace_role is not None:
                await memberships.enter_workspace(work, of.organization_id, of.workspace_id, person.id, workspace_role)

        await self.act(join)
        return person

    async def act(self, rule: Callable[[Work], Awaitable[None]]) -> None:
        """Do what no operation does."""

        async def write(transaction: Transaction) -> None:
            await rule(Work(transaction, self.server.service, None, time.time_ns() // 1000))
            await transaction.execute(RAISE_ALL)

        await self.server.storage.write(write)

    async def execute(self, sql: str, **parameters: Any) -> None:
        """Change what no rule changes."""

        async def write(transaction: Transaction) -> int:
            await transaction.execute(RAISE_ALL)
            return await transaction.execute(Statement(sql, type(None)), **parameters)

        await self.server.storage.write(write)

    async def deactivate(self, person: Person, organization_id: int) -> None:
        """Take somebody's access to an organization."""
        await self.execute(
            """
            UPDATE organization_users SET inactive = :yes
            WHERE organization_id = :organization_id AND user_id = :user_id
            """,
            yes=True,
            organization_id=organization_id,
            user_id=person.id,
        )


async def open_world(database_url: str, *, replica_url: str | None = None, **settings: Any) -> World:
    """A world on a migrated database, by the given settings."""
    server = await Server.open(
        database_url, Settings(password_cost=CHEAP, **settings), KEYRING, replica_url=replica_url
    )
    transport = httpx.ASGITransport(app=server.application)
    return World(server, httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080" + BASE_PATH))
