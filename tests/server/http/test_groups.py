"""Groups of an organization, as a client meets them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rollcall.contract.models.group import MAXIMUM_PATCH_VALUES, MAXIMUM_PATCHES
from rollcall.contract.operations.groups import DELETE_GROUP, GET_GROUPS, PATCH_GROUP, POST_GROUP, PUT_GROUP
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from tests.server.belonging import check_belonging
from tests.server.meets import meets
from tests.server.trail import trail
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio

NAMES = [
    ({"name": ""}, "Group name must be present"),
    ({"name": " \t"}, "Group name must be present"),
    ({"name": "n" * 201}, "Group name too long, maximum length is 200"),
    ({"name": " COOL kids "}, "Name has already been taken"),
]


def path(of: Person, group_id: object = "") -> str:
    return f"/organizations/{of.organization_id}/groups" + (f"/{group_id}" if group_id else "")


async def make(world: World, of: Person, name: str, **fields: Any) -> Any:
    reply = await world.http.post(path(of), auth=of.auth, json={"name": name, **fields})
    assert reply.status_code == 200, reply.json()
    return reply.json()


async def list_groups(world: World, by: Person, of: Person, query: str = "") -> Any:
    reply = await world.http.get(path(of) + query, auth=by.auth)
    assert reply.status_code == 200, reply.json()
    return reply.json()


async def second_workspace(world: World, of: Person, name: str = "Second") -> int:
    reply = await world.http.post(f"/organizations/{of.organization_id}/workspaces", auth=of.auth, json={"name": name})
    workspace_id: int = reply.json()["id"]
    return workspace_id


async def people_of(world: World, of: Person, workspace_id: int) -> set[int]:
    """Who is in a workspace; its statistics count as many."""
    await check_belonging(world)
    people = (await world.http.get(f"/workspaces/{workspace_id}/users", auth=of.auth)).json()
    statistics = (await world.http.get(f"/workspaces/{workspace_id}/statistics", auth=of.auth)).json()
    assert statistics["members_count"] == len(people)
    return {person["id"] for person in people}


class TestPostGroup:
    async def test_makes_a_group_and_its_people_enter_its_workspaces(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=None)
        made = await make(world, ann, " Cool Kids ", users=[bob.id, ann.id, bob.id], workspaces=[ann.workspace_id])
        assert list(made) == ["group_id", "name", "at", "workspaces", "users"]
        assert (made["name"], made["workspaces"]) == ("Cool Kids", [ann.workspace_id])
        assert made["users"] == [
            {"user_id": who.id, "name": name, "avatar_url": "", "joined": True, "inactive": False}
            for who, name in ((ann, "ann"), (bob, "bob"))
        ]
        assert await list_groups(world, ann, ann) == [made]
        assert await people_of(world, ann, ann.workspace_id) == {ann.id, bob.id}
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=bob.auth)).json()["role"] == "user"

    @meets(POST_GROUP, Reason.INVALID_JSON, Reason.NAME_EMPTY, Reason.NAME_TOO_LONG, Reason.NAME_TAKEN)
    @meets(POST_GROUP, Reason.USER_NOT_IN_ORGANIZATION, Reason.WORKSPACE_NOT_FOUND)
    async def test_refuses_what_cannot_be_and_makes_nothing(self, world: World) -> None:
        ann = await world.person("ann")
        outsider = await world.person("outsider")
        await make(world, ann, "Cool Kids")
        before = await list_groups(world, ann, ann)
        inside = f"not exists in the organization {ann.organization_id}"
        unknown = outsider.workspace_id
        for body, text in [
            *NAMES,
            ({}, "Group name must be present"),
            ({"name": 5}, "Invalid JSON input"),
            ({"name": "x", "users": ["ann"]}, "Invalid JSON input"),
            ({"name": "x", "users": [ann.id, outsider.id]}, f"User {outsider.id} {inside}"),
            ({"name": "x", "users": [2**80]}, f"User {2**80} {inside}"),
            ({"name": "x", "workspaces": [ann.workspace_id, unknown]}, f"Workspace {unknown} {inside}"),
            ({"name": "x", "workspaces": [-1]}, f"Workspace -1 {inside}"),
        ]:
            reply = await world.http.post(path(ann), auth=ann.auth, json=body)
            assert (reply.status_code, reply.json()) == (400, text)
        assert await list_groups(world, ann, ann) == before
        assert await people_of(world, ann, ann.workspace_id) == {ann.id}

    @meets(POST_GROUP, Reason.FORBIDDEN)
    async def test_is_for_admins_and_workspace_admins_name_only_workspaces_of_their_own(self, world: World) -> None:
        ann = await world.person("ann")
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.TEAM_LEAD)
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN, workspace_role=None)
        away = await world.member("away", of=ann, role=OrganizationRole.ADMIN)
        await world.deactivate(away, ann.organization_id)
        outsider = await world.person("outsider")
        second = await second_workspace(world, ann)
        own = {"name": "Own", "workspaces": [ann.workspace_id]}
        for who, body in [
            (lead, own),
            (away, own),
            (outsider, own),
            (theirs, {"name": "None"}),
            (theirs, {"name": "More", "workspaces": [ann.workspace_id, second]}),
            (theirs, {"name": "Foreign", "workspaces": [outsider.workspace_id]}),
        ]:
            reply = await world.http.post(path(ann), auth=who.auth, json=body)
            assert (reply.status_code, reply.json()) == (403, "User does not have access to this resource")
        for at in ("31337", "x"):
            reply = await world.http.post(f"/organizations/{at}/groups", auth=ann.auth, json=own)
            assert (reply.status_code, reply.json()) == (403, "User does not have access to this resource")
        assert await list_groups(world, ann, ann) == []
        for who, body in [(theirs, own), (admin, {"name": "None"})]:
            assert (await world.http.post(path(ann), auth=who.auth, json=body)).status_code == 200

    async def test_two_at_once_never_get_one_name(self, world: World) -> None:
        ann = await world.person("ann")
        replies = await asyncio.gather(
            *(world.http.post(path(ann), auth=ann.auth, json={"name": name}) for name in ("Crew", "CREW", "crew"))
        )
        assert sorted(reply.status_code for reply in replies) == [200, 400, 400]
        assert len(await list_groups(world, ann, ann)) == 1


class TestGetGroups:
    @meets(GET_GROUPS, Reason.INVALID_WORKSPACE)
    async def test_are_sorted_by_name_and_found_by_a_part_of_it_and_by_workspace(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        await make(world, ann, "zebra", workspaces=[ann.workspace_id, second])
        await make(world, ann, "Äpfel")
        await make(world, ann, "Ape", workspaces=[second])
        for query, names in [
            ("", ["Ape", "zebra", "Äpfel"]),
            ("?name=ÄP", ["Äpfel"]),
            ("?name=e", ["Ape", "zebra", "Äpfel"]),
            ("?name=%25", []),
            ("?name=", ["Ape", "zebra", "Äpfel"]),
            (f"?workspace={second}", ["Ape", "zebra"]),
            (f"?workspace={second}&name=z&start_date=2026-01-01", ["zebra"]),
            ("?workspace=31337", []),
        ]:
            assert [group["name"] for group in await list_groups(world, ann, ann, query)] == names
        for bad in ("x", "1.5", "9" * 30):
            reply = await world.http.get(f"{path(ann)}?workspace={bad}", auth=ann.auth)
            assert (reply.status_code, reply.json()) == (400, f"Invalid number {bad}")

    @meets(GET_GROUPS, Reason.FORBIDDEN)
    async def test_everybody_sees_as_far_as_they_may(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.PROJECT_LEAD)
        member = await world.member("member", of=ann)
        away = await world.member("away", of=ann, role=OrganizationRole.ADMIN)
        outsider = await world.person("outsider")
        await make(world, ann, "Both", workspaces=[ann.workspace_id, second], users=[away.id])
        await make(world, ann, "First", workspaces=[ann.workspace_id], users=[lead.id, member.id])
        await make(world, ann, "Nowhere", users=[lead.id, theirs.id])
        await make(world, ann, "Other", workspaces=[second])
        await world.deactivate(away, ann.organization_id)
        for who, seen in [
            (ann, ["Both", "First", "Nowhere", "Other"]),
            (admin, ["Both", "First", "Nowhere", "Other"]),
            (theirs, ["Both", "First"]),
            (lead, ["First"]),
        ]:
            groups = await list_groups(world, who, ann)
            assert [group["name"] for group in groups] == seen
        assert await list_groups(world, theirs, ann, f"?workspace={second}") == []
        both = (await list_groups(world, theirs, ann))[0]
        assert both["workspaces"] == [ann.workspace_id]
        assert [(user["user_id"], user["inactive"]) for user in both["users"]] == [(away.id, True)]
        for who in (member, away, outsider):
            reply = await world.http.get(path(ann), auth=who.auth)
            assert (reply.status_code, reply.json()) == (403, "Forbidden")

    async def test_somebody_deactivated_in_a_workspace_administers_it_no_more(self, world: World) -> None:
        ann = await world.person("ann")
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        await world.execute("UPDATE workspace_users SET inactive = :yes WHERE user_id = :id", yes=True, id=theirs.id)
        assert (await world.http.get(path(ann), auth=theirs.auth)).status_code == 403


class TestPutGroup:
    async def test_says_anew_what_is_given_and_keeps_the_rest(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=None)
        eve = await world.member("eve", of=ann)
        second = await second_workspace(world, ann)
        made = await make(world, ann, "Crew", users=[bob.id], workspaces=[ann.workspace_id])
        one = path(ann, made["group_id"])

        async def put(**body: Any) -> Any:
            reply = await world.http.put(one, auth=ann.auth, json=body)
            assert reply.status_code == 200, reply.json()
            [group] = await list_groups(world, ann, ann)
            assert group == reply.json()
            return {"name": group["name"], "of": group["workspaces"], "is": [user["name"] for user in group["users"]]}

        assert await put() == {"name": "Crew", "of": [ann.workspace_id], "is": ["bob"]}
        assert (await list_groups(world, ann, ann))[0]["at"] == made["at"]
        assert (await put(name="CREW"))["name"] == "CREW"
        assert (await put(users=[eve.id, ann.id]))["is"] == ["ann", "eve"]
        assert await people_of(world, ann, ann.workspace_id) == {ann.id, eve.id}
        assert (await put(workspaces=[second]))["of"] == [second]
        assert await people_of(world, ann, ann.workspace_id) == {ann.id, eve.id}
        assert await people_of(world, ann, second) == {ann.id, eve.id}
        assert await put(users=[], workspaces=None) == {"name": "CREW", "of": [second], "is": []}
        assert await people_of(world, ann, second) == {ann.id}

    @meets(PUT_GROUP, Reason.INVALID_JSON, Reason.NAME_EMPTY, Reason.NAME_TOO_LONG, Reason.NAME_TAKEN)
    @meets(PUT_GROUP, Reason.USER_NOT_IN_ORGANIZATION, Reason.WORKSPACE_NOT_FOUND)
    @meets(PUT_GROUP, Reason.INVALID_GROUP_ID, Reason.GROUP_NOT_FOUND)
    async def test_refuses_what_cannot_be_and_changes_nothing(self, world: World) -> None:
        ann = await world.person("ann")
        outsider = await world.person("outsider")
        await make(world, ann, "Cool Kids")
        made = await make(world, ann, "Crew", users=[ann.id])
        foreign = await make(world, outsider, "Foreign")
        before = await list_groups(world, ann, ann)
        inside = f"not exists in the organization {ann.organization_id}"
        for body, text in [
            *NAMES,
            ([], "Invalid JSON input"),
            ({"name": "New", "users": [outsider.id]}, f"User {outsider.id} {inside}"),
            ({"users": [], "workspaces": [outsider.workspace_id]}, f"Workspace {outsider.workspace_id} {inside}"),
        ]:
            reply = await world.http.put(path(ann, made["group_id"]), auth=ann.auth, json=body)
            assert (reply.status_code, reply.json()) == (400, text)
        for which in ("x", 31_337, foreign["group_id"]):
            reply = await world.http.put(path(ann, which), auth=ann.auth, json={"name": "New"})
            assert (reply.status_code, reply.json()) == (404, "Invalid group ID.")
        assert await list_groups(world, ann, ann) == before

    @meets(PUT_GROUP, Reason.FORBIDDEN)
    async def test_is_for_workspace_admins_where_every_workspace_of_the_group_is_theirs(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        member = await world.member("member", of=ann)
        outsider = await world.person("outsider")
        own = await make(world, ann, "Own", workspaces=[ann.workspace_id])
        shared = await make(world, ann, "Shared", workspaces=[ann.workspace_id, second])
        hidden = await make(world, ann, "Hidden", workspaces=[second])
        nowhere = await make(world, ann, "Nowhere")
        before = await list_groups(world, ann, ann)
        for who, group, body, answer in [
            (theirs, shared, {"users": [theirs.id]}, (403, "Forbidden")),
            (theirs, own, {"workspaces": []}, (403, "Forbidden")),
            (theirs, own, {"workspaces": [ann.workspace_id, second]}, (403, "Forbidden")),
            (theirs, hidden, {"name": "Seen"}, (404, "Invalid group ID.")),
            (theirs, nowhere, {"name": "Seen"}, (404, "Invalid group ID.")),
            (member, own, {"name": "Seen"}, (403, "Forbidden")),
            (outsider, own, {"name": "Seen"}, (403, "Forbidden")),
        ]:
            reply = await world.http.put(path(ann, group["group_id"]), auth=who.auth, json=body)
            assert (reply.status_code, reply.json()) == answer
        assert await list_groups(world, ann, ann) == before
        body = {"name": "Renamed", "users": [member.id], "workspaces": [ann.workspace_id]}
        reply = await world.http.put(path(ann, own["group_id"]), auth=theirs.auth, json=body)
        assert (reply.status_code, reply.json()["name"]) == (200, "Renamed")

    async def test_changes_at_once_lose_none_and_leave_every_count_exact(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        people = [await world.member(f"p{number}", of=ann, workspace_role=None) for number in range(3)]
        made = await make(world, ann, "Crew", workspaces=[ann.workspace_id])
        one = path(ann, made["group_id"])
        add = [{"op": "add", "path": "/users"}]
        replies = await asyncio.gather(
            *(world.http.patch(one, auth=ann.auth, json=[{**add[0], "value": [who.id]}]) for who in people),
            world.http.put(one, auth=ann.auth, json={"workspaces": [ann.workspace_id, second]}),
            world.http.put(one, auth=ann.auth, json={"name": "Crowd"}),
        )
        assert {reply.status_code for reply in replies} == {200}
        [group] = await list_groups(world, ann, ann)
        assert group["name"] == "Crowd"
        for workspace_id in (ann.workspace_id, second):
            assert await people_of(world, ann, workspace_id) == {ann.id, *(who.id for who in people)}


class TestPatchGroup:
    @meets(PATCH_GROUP, Reason.USER_NOT_IN_ORGANIZATION, Reason.WORKSPACE_NOT_FOUND)
    @meets(PATCH_GROUP, Reason.UNSUPPORTED_PATCH, Reason.PATCH_VALUES)
    async def test_makes_each_change_by_itself_and_says_which_were_not_made(self, world: World) -> None:
        ann = await world.person("ann")
        outsider = await world.person("outsider")
        bob = await world.member("bob", of=ann, workspace_role=None)
        made = await make(world, ann, "Crew", users=[ann.id])
        one = path(ann, made["group_id"])
        inside = f"not exists in the organization {ann.organization_id}"
        too_many = list(range(1, MAXIMUM_PATCH_VALUES + 2))
        good = [
            {"op": "add", "path": "/users", "value": [bob.id, ann.id]},
            {"op": "add", "path": "/workspaces", "value": [ann.workspace_id]},
            {"op": "remove", "path": "/users", "value": [ann.id]},
        ]
        unsupported = "Unsupported operation (invalid 'op' or 'path', or unsupported combination)"
        values = (
            "Value not present, or too many per patch operation (empty 'value' array or more than "
            f"{MAXIMUM_PATCH_VALUES} values)"
        )
        bad: list[tuple[dict[str, Any], str]] = [
            ({"op": "add", "path": "/users", "value": [bob.id, outsider.id]}, f"User {outsider.id} {inside}"),
            ({"op": "remove", "path": "/users", "value": [outsider.id]}, f"User {outsider.id} {inside}"),
            (
                {"op": "add", "path": "/workspaces", "value": [outsider.workspace_id]},
                f"Workspace {outsider.workspace_id} {inside}",
            ),
            ({"op": "replace", "path": "/users", "value": [bob.id]}, unsupported),
            ({"op": "add", "path": "/name", "value": [1]}, unsupported),
            ({"path": "/users", "value": [1]}, unsupported),
            ({"op": "add", "path": "/users"}, values),
            ({"op": "add", "path": "/users", "value": []}, values),
            ({"op": "add", "path": "/users", "value": too_many}, values),
        ]
        mixed = [good[0], *(patch for patch, _ in bad), *good[1:]]
        reply = await world.http.patch(one, auth=ann.auth, json=mixed)
        assert reply.status_code == 200
        assert reply.json() == {
            "success": good,
            "failure": [{"patch": patch, "message": text} for patch, text in bad],
        }
        [group] = await list_groups(world, ann, ann)
        assert [user["user_id"] for user in group["users"]] == [bob.id]
        assert await people_of(world, ann, ann.workspace_id) == {ann.id, bob.id}
        for patch, text in bad:
            reply = await world.http.patch(one, auth=ann.auth, json=[patch])
            assert (reply.status_code, reply.json()) == (400, text)
        assert await list_groups(world, ann, ann) == [group]
        assert (await world.http.patch(one, auth=ann.auth, json=[])).json() == {"success": [], "failure": []}

    @meets(PATCH_GROUP, Reason.INVALID_JSON, Reason.TOO_MANY_PATCHES)
    @meets(PATCH_GROUP, Reason.GROUP_NOT_FOUND, Reason.INVALID_GROUP_ID)
    async def test_refuses_what_is_no_list_of_changes_or_no_group(self, world: World) -> None:
        ann = await world.person("ann")
        made = await make(world, ann, "Crew")
        add = {"op": "add", "path": "/users", "value": [ann.id]}
        for which, body, answer in [
            (made["group_id"], add, (400, "Invalid JSON input")),
            (made["group_id"], [{**add, "value": ann.id}], (400, "Invalid JSON input")),
            (
                made["group_id"],
                [add] * (MAXIMUM_PATCHES + 1),
                (400, f"Too many operations (more than {MAXIMUM_PATCHES} patches in request)"),
            ),
            (31_337, [add], (400, "Unknown group at organization")),
            ("x", [add], (404, "Invalid group ID.")),
        ]:
            reply = await world.http.patch(path(ann, which), auth=ann.auth, json=body)
            assert (reply.status_code, reply.json()) == answer
        assert (await list_groups(world, ann, ann))[0]["users"] == []
        reply = await world.http.patch(path(ann, made["group_id"]), auth=ann.auth, json=[add] * MAXIMUM_PATCHES)
        assert len(reply.json()["success"]) == MAXIMUM_PATCHES

    @meets(PATCH_GROUP, Reason.FORBIDDEN)
    async def test_holds_workspace_admins_to_their_workspaces(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        member = await world.member("member", of=ann)
        outsider = await world.person("outsider")
        own = await make(world, ann, "Own", workspaces=[ann.workspace_id])
        shared = await make(world, ann, "Shared", workspaces=[ann.workspace_id, second])
        text = "User does not have permission to manage user groups."
        into = {"op": "add", "path": "/users", "value": [member.id]}
        for who, group, patch in [
            (theirs, shared, into),
            (member, own, into),
            (outsider, own, into),
            (theirs, own, {"op": "add", "path": "/workspaces", "value": [second]}),
            (theirs, own, {"op": "add", "path": "/workspaces", "value": [outsider.workspace_id]}),
            (theirs, own, {"op": "remove", "path": "/workspaces", "value": [ann.workspace_id]}),
        ]:
            reply = await world.http.patch(path(ann, group["group_id"]), auth=who.auth, json=[patch])
            assert (reply.status_code, reply.json()) == (403, text)
        assert {len(group["users"]) for group in await list_groups(world, ann, ann)} == {0}
        patches = [into, {"op": "add", "path": "/workspaces", "value": [second]}]
        reply = await world.http.patch(path(ann, own["group_id"]), auth=theirs.auth, json=patches)
        assert reply.json() == {"success": [into], "failure": [{"patch": patches[1], "message": text}]}


class TestDeleteGroup:
    async def test_takes_its_people_out_of_workspaces_where_they_have_no_other_way(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        direct = await world.member("direct", of=ann)
        through = await world.member("through", of=ann, workspace_role=None)
        both = [ann.workspace_id, second]
        made = await make(world, ann, "Crew", users=[direct.id, through.id], workspaces=both)
        other = await make(world, ann, "Other", users=[through.id], workspaces=[second])
        assert await people_of(world, ann, ann.workspace_id) == {ann.id, direct.id, through.id}
        reply = await world.http.delete(path(ann, made["group_id"]), auth=ann.auth)
        assert (reply.status_code, reply.json()) == (200, "OK")
        assert await list_groups(world, ann, ann) == [other]
        assert await people_of(world, ann, ann.workspace_id) == {ann.id, direct.id}
        assert await people_of(world, ann, second) == {ann.id, through.id}
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=through.auth)).status_code == 403

    @meets(DELETE_GROUP, Reason.FORBIDDEN, Reason.INVALID_GROUP_ID, Reason.GROUP_NOT_FOUND)
    async def test_is_for_whom_the_group_is(self, world: World) -> None:
        ann = await world.person("ann")
        second = await second_workspace(world, ann)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        member = await world.member("member", of=ann)
        outsider = await world.person("outsider")
        own = await make(world, ann, "Own", workspaces=[ann.workspace_id])
        shared = await make(world, ann, "Shared", workspaces=[ann.workspace_id, second])
        foreign = await make(world, outsider, "Foreign")
        no_access = (403, "User does not have access to this resource")
        unknown = (404, "Invalid group ID.")
        for who, which, answer in [
            (member, own["group_id"], no_access),
            (outsider, own["group_id"], no_access),
            (theirs, shared["group_id"], no_access),
            (ann, foreign["group_id"], unknown),
            (ann, 31_337, unknown),
            (ann, "x", unknown),
        ]:
            reply = await world.http.delete(path(ann, which), auth=who.auth)
            assert (reply.status_code, reply.json()) == answer
        assert len(await list_groups(world, ann, ann)) == 2
        assert len(await list_groups(world, outsider, outsider)) == 1
        assert (await world.http.delete(path(ann, own["group_id"]), auth=theirs.auth)).json() == "OK"
        assert (await world.http.delete(path(ann, own["group_id"]), auth=theirs.auth)).status_code == 404

    async def test_everything_that_became_of_a_group_is_told_event_by_event(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        before = len(await trail(world, ann.organization_id))
        group = (await make(world, ann, "Crew", users=[ann.id, bob.id], workspaces=[ann.workspace_id]))["group_id"]
        await world.http.put(path(ann, group), auth=ann.auth, json={"name": "Crowd", "users": [ann.id]})
        await world.http.put(path(ann, group), auth=ann.auth, json={"name": "Crowd", "users": [ann.id]})
        await world.http.delete(path(ann, group), auth=ann.auth)
        assert (await trail(world, ann.organization_id))[before:] == [
            ("group", group, "create", {}, {"name": "Crew"}),
            ("group", group, "update", {}, {"user_id": ann.id}),
            ("group", group, "update", {}, {"user_id": bob.id}),
            ("group", group, "update", {}, {"workspace_id": ann.workspace_id}),
            ("group", group, "update", {"name": "Crew"}, {"name": "Crowd"}),
            ("group", group, "update", {"user_id": bob.id}, {}),
            ("group", group, "delete", {"name": "Crowd", "users": [ann.id], "workspaces": [ann.workspace_id]}, {}),
        ]
