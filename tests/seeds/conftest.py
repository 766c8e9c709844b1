"""The server that the seeds' examples are run against."""

from __future__ import annotations

import time
from typing import NamedTuple

import pytest

from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import RULES, groups
from rollcall.server.domain.memberships import enter_organization, enter_workspace
from rollcall.server.domain.work import Work
from rollcall.server.storage import Transaction
from rollcall.server.storage.memberships import WORKSPACE_USER
from rollcall.testing import Account, RollcallServer


class SeedServer(NamedTuple):
    """A server with one account, and what it can do.

    Attributes:
        base_url: Where it is.
        email: The account's address.
        password: The account's password.
        built: The ids of the operations that it does; it answers 501 to the others.
        rollcall: The server itself.
    """

    base_url: str
    email: str
    password: str
    built: frozenset[str]
    rollcall: RollcallServer

    def add_colleague(self, organization_id: int, workspace_id: int) -> dict[str, str]:
        """Put somebody into an organization, a workspace and a group there; returns what all that is called."""
        server, colleague = self.rollcall._server, self.rollcall.add_account()

        async def write(transaction: Transaction) -> dict[str, int]:
            work = Work(transaction, server.service, None, time.time_ns() // 1000)
            organization_user_id = await enter_organization(
                work, organization_id, colleague.id, OrganizationRole.MEMBER
            )
            await enter_workspace(work, organization_id, workspace_id, colleague.id, WorkspaceRole.USER)
            group = await groups.add(work, organization_id, "Colleagues")
            await groups.set_people(work, group, {colleague.id})
            await groups.set_workspaces(work, group, {workspace_id})
            who = {"organization_id": organization_id, "workspace_id": workspace_id, "user_id": colleague.id}
            workspace_user = await transaction.one(WORKSPACE_USER, **who)
            assert workspace_user is not None
            named = {"organization_user_id": organization_user_id, "group_id": group.id}
            return {**who, **named, "workspace_user_id": workspace_user.id}

        return {name: str(number) for name, number in self.rollcall._run(server.storage.write(write)).items()}


@pytest.fixture
def seed_server(rollcall_server: RollcallServer, rollcall_account: Account) -> SeedServer:
    return SeedServer(
        rollcall_server.url, rollcall_account.email, rollcall_account.password, frozenset(RULES), rollcall_server
    )
