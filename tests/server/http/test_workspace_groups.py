"""Groups as one of their workspaces sees them, as a client meets them."""

from __future__ import annotations

from typing import Any

import pytest

from rollcall.contract.operations.groups import (
    DELETE_WORKSPACE_GROUP,
    GET_ORGANIZATION_WORKSPACE_GROUPS,
    GET_WORKSPACE_GROUPS,
    POST_WORKSPACE_GROUP,
    PUT_WORKSPACE_GROUP,
)
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from tests.server.belonging import check_belonging
from tests.server.meets import meets
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio

NO_ACCESS = (403, "User does not have access to this resource")
NOT_FOUND = (404, "Group was not found")
NAMES = [
    ({}, (400, "Group name must be present")),
    ({"name": "  "}, (400, "Group name must be present")),
    ({"name": "n" * 201}, (400, "Group name too long, maximum length is 200")),
    ({"name": "TAKEN"}, (400, "Name has already been taken")),
    ({"name": 5}, (400, "Invalid JSON input")),
]


def path(of: Person, group_id: object = "") -> str:
    return f"/workspaces/{of.workspace_id}/groups" + (f"/{group_id}" if group_id else "")


async def make(world: World, of: Person, name: str, **fields: Any) -> int:
    body = {"name": name, **fields}
    reply = await world.http.post(f"/organizations/{of.organization_id}/groups", auth=of.auth, json=body)
    group_id: int = reply.json()["group_id"]
    return group_id


async def second_workspace(world: World, of: Person) -> int:
    reply = await world.http.post(
        f"/organizations/{of.organization_id}/workspaces", auth=of.auth, json={"name": "Second"}
    )
    workspace_id: int = reply.json()["id"]
    return workspace_id


class TestGetWorkspaceGroups:
    async def test_are_those_of_the_workspace_by_name_in_two_forms(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        here = [ann.workspace_id]
        zebra = await make(world, ann, "zebra", workspaces=[ann.workspace_id, second], users=[ann.id])
        ape = await make(world, ann, "Ape", workspaces=here)
        await make(world, ann, "Elsewhere", workspaces=[second])
        groups = (await world.http.get(path(ann), auth=ann.auth)).json()
        assert list(groups[0]) == ["id", "workspace_id", "name", "at", "has_users", "permissions"]
        assert [(group["id"], group["name"], group["has_users"]) for group in groups] == [
            (ape, "Ape", False),
            (zebra, "zebra", True),
        ]
        assert {group["workspace_id"] for group in groups} == {ann.workspace_id}
        longer = (await world.http.get(f"/organizations/{ann.organization_id}{path(ann)}", auth=ann.auth)).json()
        assert [(group["group_id"], group["workspaces"], len(group["users"])) for group in longer] == [
            (ape, here, 0),
            (zebra, [ann.workspace_id, second], 1),
        ]

    @meets(GET_WORKSPACE_GROUPS, Reason.FORBIDDEN)
    @meets(GET_ORGANIZATION_WORKSPACE_GROUPS, Reason.FORBIDDEN)
    @meets(GET_ORGANIZATION_WORKSPACE_GROUPS, Reason.INVALID_ORGANIZATION_ID, Reason.INVALID_WORKSPACE_ID)
    async def test_admins_see_all_leads_those_they_are_in_and_others_none(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN, workspace_role=None)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.TEAM_LEAD)
        member = await world.member("member", of=ann)
        away = await world.member("away", of=ann, workspace_role=WorkspaceRole.ADMIN)
        outsider = await world.person("outsider")
        await make(world, ann, "Led", workspaces=[ann.workspace_id], users=[lead.id, member.id])
        await make(world, ann, "Other", workspaces=[ann.workspace_id])
        await world.deactivate(away, ann.organization_id)
        organization = f"/organizations/{ann.organization_id}"
        for who, names in [
            (ann, ["Led", "Other"]),
            (admin, ["Led", "Other"]),
            (theirs, ["Led", "Other"]),
            (lead, ["Led"]),
        ]:
            for base in ("", organization):
                groups = (await world.http.get(base + path(ann), auth=who.auth)).json()
                assert [group["name"] for group in groups] == names
        for who in (member, away, outsider):
            reply = await world.http.get(path(ann), auth=who.auth)
            assert (reply.status_code, reply.json()) == NO_ACCESS
            reply = await world.http.get(organization + path(ann), auth=who.auth)
            assert (reply.status_code, reply.json()) == (403, "Forbidden")
        for at, answer in [
            (f"{organization}/workspaces/{outsider.workspace_id}/groups", (403, "Forbidden")),
            (f"{organization}/workspaces/x/groups", (404, "Resource can not be found")),
            (f"/organizations/x{path(ann)}", (404, "Resource can not be found")),
            ("/workspaces/x/groups", NO_ACCESS),
        ]:
            reply = await world.http.get(at, auth=ann.auth)
            assert (reply.status_code, reply.json()) == answer


class TestPostWorkspaceGroup:
    @meets(POST_WORKSPACE_GROUP, Reason.NAME_EMPTY, Reason.NAME_TOO_LONG, Reason.NAME_TAKEN, Reason.FORBIDDEN)
    async def test_makes_an_empty_group_in_the_workspace(self, world: World) -> None:
        ann = await world.person("ann")
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.PROJECT_LEAD)
        outsider = await world.person("outsider")
        await make(world, ann, "Taken")
        for body, answer in NAMES:
            reply = await world.http.post(path(ann), auth=ann.auth, json=body)
            assert (reply.status_code, reply.json()) == answer
        for who in (lead, outsider):
            reply = await world.http.post(path(ann), auth=who.auth, json={"name": "New"})
            assert (reply.status_code, reply.json()) == NO_ACCESS
        assert (await world.http.get(path(ann), auth=ann.auth)).json() == []
        made = (await world.http.post(path(ann), auth=theirs.auth, json={"name": " New "})).json()
        assert (made["name"], made["workspace_id"], made["has_users"]) == ("New", ann.workspace_id, False)
        assert (await world.http.get(path(ann), auth=ann.auth)).json() == [made]
        await check_belonging(world)


class TestPutWorkspaceGroup:
    @meets(PUT_WORKSPACE_GROUP, Reason.NAME_EMPTY, Reason.NAME_TOO_LONG, Reason.NAME_TAKEN)
    @meets(PUT_WORKSPACE_GROUP, Reason.FORBIDDEN, Reason.INVALID_GROUP_ID, Reason.GROUP_NOT_FOUND)
    async def test_renames_a_group_of_the_workspace(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        member = await world.member("member", of=ann)
        await make(world, ann, "Taken")
        crew = await make(world, ann, "Crew", workspaces=[ann.workspace_id], users=[ann.id])
        shared = await make(world, ann, "Shared", workspaces=[ann.workspace_id, second])
        elsewhere = await make(world, ann, "Elsewhere", workspaces=[second])
        before = (await world.http.get(path(ann), auth=ann.auth)).json()
        for body, answer in NAMES:
            reply = await world.http.put(path(ann, crew), auth=ann.auth, json=body)
            assert (reply.status_code, reply.json()) == answer
        for who, which, answer in [
            (ann, elsewhere, NOT_FOUND),
            (ann, 31_337, NOT_FOUND),
            (ann, "x", NOT_FOUND),
            (theirs, elsewhere, NOT_FOUND),
            (theirs, shared, NO_ACCESS),
            (member, crew, NO_ACCESS),
        ]:
            reply = await world.http.put(path(ann, which), auth=who.auth, json={"name": "New"})
            assert (reply.status_code, reply.json()) == answer
        assert (await world.http.get(path(ann), auth=ann.auth)).json() == before
        renamed = (await world.http.put(path(ann, crew), auth=theirs.auth, json={"name": "New"})).json()
        assert (renamed["id"], renamed["name"], renamed["has_users"]) == (crew, "New", True)
        assert renamed in (await world.http.get(path(ann), auth=ann.auth)).json()


class TestDeleteWorkspaceGroup:
    @meets(DELETE_WORKSPACE_GROUP, Reason.FORBIDDEN, Reason.INVALID_GROUP_ID, Reason.GROUP_NOT_FOUND)
    async def test_deletes_a_group_of_the_workspace_everywhere(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        member = await world.member("member", of=ann)
        through = await world.member("through", of=ann, workspace_role=None)
        shared = await make(world, ann, "Shared", workspaces=[ann.workspace_id, second], users=[through.id])
        elsewhere = await make(world, ann, "Elsewhere", workspaces=[second])
        for who, which, answer in [
            (ann, elsewhere, NOT_FOUND),
            (ann, "x", NOT_FOUND),
            (theirs, 31_337, NOT_FOUND),
            (theirs, shared, NO_ACCESS),
            (member, shared, NO_ACCESS),
        ]:
            reply = await world.http.delete(path(ann, which), auth=who.auth)
            assert (reply.status_code, reply.json()) == answer
        reply = await world.http.delete(path(ann, shared), auth=ann.auth)
        assert (reply.status_code, reply.content) == (200, b"")
        groups = (await world.http.get(f"/organizations/{ann.organization_id}/groups", auth=ann.auth)).json()
        assert [group["name"] for group in groups] == ["Elsewhere"]
        assert (await world.http.get("/me/workspaces", auth=through.auth)).json()[0]["id"] == through.workspace_id
        assert len((await world.http.get("/me/workspaces", auth=through.auth)).json()) == 1
        await check_belonging(world)
