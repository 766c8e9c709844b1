"""The server that the seeds' examples are run against."""

from __future__ import annotations

import time
from typing import NamedTuple

import pytest

import toggl
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
        # A password can be set anew for who is in this organization only.
        with self._client_of(colleague) as client:
            [own] = toggl.MeApi(client).get_me_organizations()
            assert own.id is not None
            toggl.OrganizationsApi(client).delete_organization_users_leave(own.id)

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

    def be_invited(self) -> str:
        """Have somebody invite the account into their organization; returns the code."""
        with self._client_of(self.rollcall.add_account()) as client:
            [workspace] = toggl.MeApi(client).get_me_workspaces()
            assert workspace.organization_id is not None
            into = [toggl.InvitationPostWorkspaces(workspace_id=workspace.id)]
            made = toggl.OrganizationsApi(client).post_organization_invitation(
                workspace.organization_id, toggl.InvitationPost(emails=[self.email], workspaces=into)
            )
        assert made.data is not None
        return str(made.data[0].invite_url).rpartition("/")[2]

    def _client_of(self, account: Account) -> toggl.ApiClient:
        return toggl.ApiClient(
            toggl.Configuration(host=self.base_url, username=account.email, password=account.password)
        )


@pytest.fixture
def seed_server(rollcall_server: RollcallServer, rollcall_account: Account) -> SeedServer:
    return SeedServer(
        rollcall_server.url, rollcall_account.email, rollcall_account.password, frozenset(RULES), rollcall_server
    )
