"""Statistics of workspaces, as a client meets them."""

from __future__ import annotations

import pytest

from rollcall.contract.operations.statistics import GET_ORGANIZATION_STATISTICS, GET_WORKSPACE_STATISTICS
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from tests.server.meets import meets
from tests.server.world import World

pytestmark = pytest.mark.anyio


class TestStatistics:
    async def test_name_the_active_admins_and_count_people_and_groups(self, world: World) -> None:
        ann = await world.person("ann")
        zoe = await world.member("zoe", of=ann, workspace_role=WorkspaceRole.ADMIN)
        bob = await world.member("bob", of=ann, workspace_role=WorkspaceRole.ADMIN)
        away = await world.member("away", of=ann, workspace_role=WorkspaceRole.ADMIN)
        paused = await world.member("paused", of=ann, workspace_role=WorkspaceRole.ADMIN)
        through = await world.member("through", of=ann, workspace_role=None)
        await world.deactivate(away, ann.organization_id)
        await world.execute("UPDATE workspace_users SET inactive = :yes WHERE user_id = :id", yes=True, id=paused.id)
        organization = f"/organizations/{ann.organization_id}"
        second = (await world.http.post(f"{organization}/workspaces", auth=ann.auth, json={"name": "Second"})).json()[
            "id"
        ]
        group = {"name": "Crew", "users": [through.id, bob.id], "workspaces": [ann.workspace_id]}
        await world.http.post(f"{organization}/groups", auth=ann.auth, json=group)
        admins = [
            {"user_id": ann.id, "name": "ann"},
            {"user_id": bob.id, "name": "bob"},
            {"user_id": zoe.id, "name": "zoe"},
        ]
        first = {"admins": admins, "members_count": 6, "groups_count": 1}
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}/statistics", auth=ann.auth)).json() == first
        every = (await world.http.get(f"{organization}/workspaces/statistics?since=1", auth=ann.auth)).json()
        assert every == {
            str(ann.workspace_id): first,
            str(second): {"admins": admins[:1], "members_count": 1, "groups_count": 0},
        }

    @meets(GET_ORGANIZATION_STATISTICS, Reason.FORBIDDEN, Reason.INVALID_ORGANIZATION_ID)
    @meets(GET_WORKSPACE_STATISTICS, Reason.FORBIDDEN)
    async def test_are_for_admins_of_the_organization(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN, workspace_role=None)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        away = await world.member("away", of=ann, role=OrganizationRole.ADMIN)
        await world.deactivate(away, ann.organization_id)
        outsider = await world.person("outsider")
        of_organization = f"/organizations/{ann.organization_id}/workspaces/statistics"
        of_workspace = f"/workspaces/{ann.workspace_id}/statistics"
        for at in (of_organization, of_workspace):
            assert (await world.http.get(at, auth=admin.auth)).status_code == 200
        for who in (theirs, away, outsider):
            reply = await world.http.get(of_organization, auth=who.auth)
            assert (reply.status_code, reply.json()) == (403, "Forbidden")
            reply = await world.http.get(of_workspace, auth=who.auth)
            assert (reply.status_code, reply.json()) == (403, "User does not have access to this resource.")
        reply = await world.http.get("/organizations/x/workspaces/statistics", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (404, "Resource can not be found")
        reply = await world.http.get("/workspaces/31337/statistics", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (403, "User does not have access to this resource.")
