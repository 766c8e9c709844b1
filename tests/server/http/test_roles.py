"""The roles that people can have."""

from __future__ import annotations

import pytest

from rollcall.contract.operations.roles import GET_ROLES
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from tests.server.meets import meets
from tests.server.world import World

pytestmark = pytest.mark.anyio


@meets(GET_ROLES, Reason.FORBIDDEN)
async def test_admins_read_what_each_role_is_and_permits(world: World) -> None:
    ann = await world.person("ann")
    admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
    member = await world.member("member", of=ann, workspace_role=WorkspaceRole.ADMIN)
    outsider = await world.person("outsider")
    path = f"/organizations/{ann.organization_id}/roles"
    roles = (await world.http.get(path, auth=admin.auth)).json()
    assert [(role["role_id"], role["code"], role["entity"], role["type"]) for role in roles] == [
        (1, "organization-owner", "organization", "owner"),
        (2, "organization-admin", "organization", "admin"),
        (3, "organization-member", "organization", "guest"),
        (4, "workspace-admin", "workspace", "admin"),
        (5, "workspace-user", "workspace", "guest"),
        (6, "team-lead", "workspace", "manager"),
        (7, "project-lead", "workspace", "manager"),
    ]
    assert {role["role_id"] for role in roles} == {*OrganizationRole, *WorkspaceRole}
    for role in roles:
        assert role["name"]
        assert role["description"]
        assert role["organization_id"] is None
        assert role["permissions"]
        assert {permission["entity"] for permission in role["permissions"]} <= {"organization", "workspace", "group"}
    level = {role["code"]: role["privilege_level"] for role in roles}
    assert sorted(level, key=lambda code: -level[code])[:3] == [
        "organization-owner",
        "organization-admin",
        "workspace-admin",
    ]
    for who in (member, outsider):
        reply = await world.http.get(path, auth=who.auth)
        assert (reply.status_code, reply.json()) == (403, "User does not have access to the organization")
