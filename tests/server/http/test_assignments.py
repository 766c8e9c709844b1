"""Assignments of people and groups to a workspace, as a client meets them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rollcall.contract.operations.workspace_users import PUT_ASSIGNMENTS
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from tests.server.belonging import check_belonging
from tests.server.meets import meets
from tests.server.trail import trail
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio


def add(**what: int) -> dict[str, Any]:
    return {"operation": "add", **what}


def remove(**what: int) -> dict[str, Any]:
    return {"operation": "remove", **what}


async def assign(world: World, by: Person, of: Person, body: object) -> tuple[int, Any]:
    at = f"/organizations/{of.organization_id}/workspaces/{of.workspace_id}/assignments"
    reply = await world.http.put(at, auth=by.auth, json=body)
    return reply.status_code, reply.json()


async def people(world: World, of: Person) -> dict[int, tuple[str, bool]]:
    """Role, and whether directly, of everybody in the workspace."""
    await check_belonging(world)
    at = f"/workspaces/{of.workspace_id}/workspace_users?includeIndirect=true"
    return {each["uid"]: (each["role"], each["is_direct"]) for each in (await world.http.get(at, auth=of.auth)).json()}


async def group(world: World, of: Person, *users: Person, workspaces: tuple[int, ...] = (), name: str = "Crew") -> int:
    body = {"name": name, "users": [user.id for user in users], "workspaces": workspaces}
    reply = await world.http.post(f"/organizations/{of.organization_id}/groups", auth=of.auth, json=body)
    group_id: int = reply.json()["group_id"]
    return group_id


class TestPutAssignments:
    async def test_put_people_and_groups_in_and_take_them_out(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=None)
        eve = await world.member("eve", of=ann, workspace_role=None)
        crew = await group(world, ann, bob, eve)
        owner = {ann.id: ("admin", True)}
        user, through = ("user", True), ("user", False)
        for body, expected in [
            (add(user_id=bob.id), {bob.id: user}),
            ([add(user_id=bob.id), add(group_id=crew)], {bob.id: user, eve.id: through}),
            (remove(user_id=bob.id), {bob.id: through, eve.id: through}),
            (add(user_id=eve.id), {bob.id: through, eve.id: user}),
            ([remove(group_id=crew), remove(group_id=crew)], {eve.id: user}),
            ([remove(user_id=bob.id), add(user_id=bob.id), remove(user_id=eve.id)], {bob.id: user}),
            (add(user_id=ann.id), {bob.id: user}),
        ]:
            assert await assign(world, ann, ann, body) == (200, "OK")
            assert await people(world, ann) == {**owner, **expected}
        told = [(kind, action) for kind, _, action, _, _ in await trail(world, ann.organization_id)]
        assert told[-7:] == [
            ("workspace_user", "create"),
            ("group", "update"),
            ("workspace_user", "delete"),
            ("workspace_user", "create"),
            ("group", "update"),
            ("workspace_user", "create"),
            ("workspace_user", "delete"),
        ]

    async def test_who_is_an_admin_through_a_group_stays_one_when_put_in_directly(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=None)
        await group(world, ann, bob, workspaces=(ann.workspace_id,))
        at = f"/workspaces/{ann.workspace_id}/users/{bob.id}"
        assert (await world.http.put(at, auth=ann.auth, json={"role": "admin"})).status_code == 200
        assert (await people(world, ann))[bob.id] == ("admin", False)
        assert await assign(world, ann, ann, add(user_id=bob.id)) == (200, "OK")
        assert (await people(world, ann))[bob.id] == ("admin", True)

    @meets(PUT_ASSIGNMENTS, Reason.INVALID_JSON, Reason.NOTHING_TO_CHANGE, Reason.INVALID_ASSIGNMENT)
    @meets(PUT_ASSIGNMENTS, Reason.USER_AND_GROUP, Reason.USER_OR_GROUP_MISSING)
    @meets(PUT_ASSIGNMENTS, Reason.USER_NOT_IN_ORGANIZATION, Reason.GROUP_NOT_FOUND)
    @meets(PUT_ASSIGNMENTS, Reason.OWNER_STAYS, Reason.PAYER_STAYS, Reason.ADMIN_STAYS)
    @meets(PUT_ASSIGNMENTS, Reason.INVALID_ORGANIZATION_ID, Reason.INVALID_WORKSPACE_ID)
    async def test_are_made_all_or_not_at_all(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN, workspace_role=WorkspaceRole.ADMIN)
        payer = await world.member("payer", of=ann)
        new = await world.member("new", of=ann, workspace_role=None)
        through = await world.member("through", of=ann, workspace_role=None)
        outsider = await world.person("outsider")
        await world.execute("UPDATE organizations SET payer_id = :id", id=payer.id)
        crew = await group(world, ann, through, workspaces=(ann.workspace_id,))
        foreign = await group(world, outsider)
        before = await people(world, ann)
        good = add(user_id=new.id)
        operation = "Field operation can contain only 'add' or 'remove'."
        for body, text in [
            ("add", "Invalid JSON input"),
            ([{**good, "user_id": "new"}], "Invalid JSON input"),
            ([], "Nothing to change."),
            ([good, {"user_id": new.id}], operation),
            ([good, {"operation": "move", "user_id": new.id}], operation),
            ([good, add(user_id=new.id, group_id=crew)], "Cannot send user_id and group_id in the same element."),
            ([good, add()], "One of user_id or group_id is required."),
            ([good, add(user_id=outsider.id)], "Invalid user_id."),
            ([good, add(user_id=-1)], "Invalid user_id."),
            ([good, remove(user_id=2**80)], "Invalid user_id."),
            ([good, remove(user_id=through.id)], "Invalid user_id."),
            ([good, add(group_id=foreign)], "Invalid group_id."),
            ([good, remove(group_id=2**80)], "Invalid group_id."),
            ([good, remove(user_id=ann.id)], "Cannot remove workspace owner."),
            ([good, remove(user_id=payer.id)], "Cannot remove paying user."),
            ([good, remove(user_id=admin.id)], "Cannot remove organization admin."),
        ]:
            assert await assign(world, ann, ann, body) == (400, text)
        for at, text in [
            (f"/organizations/x/workspaces/{ann.workspace_id}/assignments", "Invalid organization ID."),
            (f"/organizations/{ann.organization_id}/workspaces/x/assignments", "Invalid workspace ID."),
        ]:
            reply = await world.http.put(at, auth=ann.auth, json=good)
            assert (reply.status_code, reply.json()) == (400, text)
        assert await people(world, ann) == before

    @meets(PUT_ASSIGNMENTS, Reason.FORBIDDEN)
    async def test_are_for_workspace_admins_with_people_of_the_organization_and_groups_they_see(
        self, world: World
    ) -> None:
        ann = await world.person("ann")
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.TEAM_LEAD)
        away = await world.member("away", of=ann, workspace_role=WorkspaceRole.ADMIN)
        new = await world.member("new", of=ann, workspace_role=None)
        outsider = await world.person("outsider")
        await world.deactivate(away, ann.organization_id)
        unseen = await group(world, ann, new, name="Unseen")
        seen = await group(world, ann, workspaces=(ann.workspace_id,), name="Seen")
        for who in (lead, away, outsider):
            assert await assign(world, who, ann, add(user_id=new.id)) == (403, "Forbidden")
        at = f"/organizations/{ann.organization_id}/workspaces/{outsider.workspace_id}/assignments"
        assert (await world.http.put(at, auth=ann.auth, json=add(user_id=ann.id))).json() == "Forbidden"
        assert await assign(world, theirs, ann, add(group_id=unseen)) == (400, "Invalid group_id.")
        assert new.id not in await people(world, ann)
        assert await assign(world, theirs, ann, [add(user_id=new.id), remove(group_id=seen)]) == (200, "OK")
        assert new.id in await people(world, ann)

    async def test_made_at_once_leave_every_count_exact(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=None)
        eve = await world.member("eve", of=ann, workspace_role=None)
        crew = await group(world, ann, bob, eve)
        replies = await asyncio.gather(
            assign(world, ann, ann, add(user_id=bob.id)),
            assign(world, ann, ann, add(group_id=crew)),
            assign(world, ann, ann, [add(user_id=bob.id), add(user_id=eve.id)]),
            assign(world, ann, ann, add(group_id=crew)),
        )
        assert set(replies) == {(200, "OK")}
        assert await people(world, ann) == {ann.id: ("admin", True), bob.id: ("user", True), eve.id: ("user", True)}
