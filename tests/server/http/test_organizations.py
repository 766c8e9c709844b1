"""Organizations, as a client meets them."""

from __future__ import annotations

import pytest

from rollcall.contract.operations.organizations import (
    GET_ORGANIZATION,
    LEAVE_ORGANIZATION,
    LEAVE_ORGANIZATION_OLD,
    POST_ORGANIZATION,
    PUT_ORGANIZATION,
)
from rollcall.contract.plan import FREE
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from tests.server.conftest import OpenWorld
from tests.server.meets import meeting, meets
from tests.server.world import World

pytestmark = pytest.mark.anyio


class TestPostOrganization:
    async def test_makes_an_organization_with_one_workspace_owned_by_who_asks(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await world.http.post("/organizations", auth=ann.auth, json={"name": "Acme", "workspace_name": "Main"})
        assert reply.status_code == 200
        made = reply.json()
        assert list(made) == ["id", "name", "workspace_id", "workspace_name"]
        organization = (await world.http.get(f"/organizations/{made['id']}", auth=ann.auth)).json()
        assert (organization["owner"], organization["admin"], organization["user_count"]) == (True, True, 1)
        workspace = (await world.http.get(f"/workspaces/{made['workspace_id']}", auth=ann.auth)).json()
        assert (workspace["name"], workspace["role"]) == ("Main", "admin")

    @pytest.mark.parametrize(
        ("body", "text"),
        [
            meeting(POST_ORGANIZATION, Reason.INVALID_JSON, "{", "Invalid JSON input"),
            meeting(POST_ORGANIZATION, Reason.INVALID_JSON, '{"name": 5, "workspace_name": "w"}', "Invalid JSON input"),
            meeting(POST_ORGANIZATION, Reason.INVALID_JSON, "[]", "Invalid JSON input"),
            meeting(POST_ORGANIZATION, Reason.INVALID_JSON, "", "Invalid JSON input"),
            meeting(POST_ORGANIZATION, Reason.NAME_EMPTY, '{"workspace_name": "w"}', "Field 'name' cannot be empty."),
            meeting(
                POST_ORGANIZATION,
                Reason.NAME_EMPTY,
                '{"name": " \\t", "workspace_name": "w"}',
                "Field 'name' cannot be empty.",
            ),
            meeting(
                POST_ORGANIZATION,
                Reason.NAME_TOO_LONG,
                '{"name": "%s", "workspace_name": "w"}' % ("n" * 141),
                "organization name too long, maximum length is 140",
            ),
            meeting(
                POST_ORGANIZATION, Reason.WORKSPACE_NAME_MISSING, '{"name": "n"}', "workspace name must be provided"
            ),
            meeting(
                POST_ORGANIZATION,
                Reason.WORKSPACE_NAME_MISSING,
                '{"name": "n", "workspace_name": null}',
                "workspace name must be provided",
            ),
            meeting(
                POST_ORGANIZATION,
                Reason.WORKSPACE_NAME_EMPTY,
                '{"name": "n", "workspace_name": "  "}',
                "workspace name must contain non-space characters",
            ),
            meeting(
                POST_ORGANIZATION,
                Reason.WORKSPACE_NAME_TOO_LONG,
                '{"name": "n", "workspace_name": "%s"}' % ("w" * 141),
                "workspace name must not be longer than 140",
            ),
        ],
    )
    async def test_refuses_what_cannot_be(self, world: World, body: str, text: str) -> None:
        ann = await world.person("ann")
        reply = await world.http.post("/organizations", auth=ann.auth, content=body)
        assert (reply.status_code, reply.json()) == (400, text)
        assert len((await world.http.get("/me/organizations", auth=ann.auth)).json()) == 1

    @meets(POST_ORGANIZATION, Reason.MAY_NOT_CREATE)
    async def test_is_for_the_operator_where_the_server_says_so(self, new_world: OpenWorld) -> None:
        anybody = await new_world()
        ann = await anybody.person("ann")
        closed = await new_world(organizations="operator")
        reply = await closed.http.post("/organizations", auth=ann.auth, json={"name": "n", "workspace_name": "w"})
        assert (reply.status_code, reply.json()) == (403, "User is not authorized to create an organization")

    @pytest.mark.parametrize("name", ["🦆" * 140, "שלום עולם", "e\u0301cole", 'a"b\\c</script>&'])
    async def test_takes_any_letters(self, world: World, name: str) -> None:
        ann = await world.person("ann")
        reply = await world.http.post("/organizations", auth=ann.auth, json={"name": name, "workspace_name": name})
        assert reply.json()["name"] == name
        assert (await world.http.get(f"/organizations/{reply.json()['id']}", auth=ann.auth)).json()["name"] == name


class TestGetOrganization:
    async def test_names_the_plan_in_the_list_and_not_by_itself(self, new_world: OpenWorld) -> None:
        world = await new_world(default_plan=FREE)
        ann = await world.person("ann")
        [listed] = (await world.http.get("/me/organizations", auth=ann.auth)).json()
        single = (await world.http.get(f"/organizations/{ann.organization_id}", auth=ann.auth)).json()
        assert (listed["pricing_plan_name"], single["pricing_plan_name"]) == ("Free", "")
        assert {**listed, "pricing_plan_name": ""} == single

    @pytest.mark.parametrize("bad", ["x", "0", "-1", "1.5", "9" * 19, "9" * 40, "%F0%9F%A6%86"])
    @meets(GET_ORGANIZATION, Reason.INVALID_ORGANIZATION_ID)
    async def test_of_no_number_is_an_invalid_id(self, world: World, bad: str) -> None:
        ann = await world.person("ann")
        reply = await world.http.get(f"/organizations/{bad}", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (404, "Invalid organization ID")

    @meets(GET_ORGANIZATION, Reason.NOT_A_MEMBER)
    async def test_answers_alike_for_unknown_foreign_deleted_and_closed(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        await world.deactivate(bob, ann.organization_id)
        gone = await world.person("gone")
        await world.http.delete(f"/organizations/{gone.organization_id}/users/leave", auth=gone.auth)
        asked = [
            (bob, 999_999),
            (gone, ann.organization_id),
            (gone, gone.organization_id),
            (bob, ann.organization_id),
        ]
        for who, organization_id in asked:
            reply = await world.http.get(f"/organizations/{organization_id}", auth=who.auth)
            assert (reply.status_code, reply.json()) == (404, "User not part of organization")


class TestPutOrganization:
    async def test_renames(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, json={"name": " New "})
        assert (reply.status_code, reply.content) == (200, b'"OK"')
        assert (await world.http.get(f"/organizations/{ann.organization_id}", auth=ann.auth)).json()["name"] == "New"

    @pytest.mark.parametrize(
        ("body", "text"),
        [
            meeting(PUT_ORGANIZATION, Reason.INVALID_JSON, "nonsense", "Invalid JSON input"),
            meeting(PUT_ORGANIZATION, Reason.NOTHING_TO_CHANGE, "{}", "At least one field is required"),
            meeting(PUT_ORGANIZATION, Reason.NOTHING_TO_CHANGE, '{"name": null}', "At least one field is required"),
            meeting(PUT_ORGANIZATION, Reason.NOTHING_TO_CHANGE, '{"surname": "x"}', "At least one field is required"),
            meeting(PUT_ORGANIZATION, Reason.NAME_EMPTY, '{"name": ""}', "field 'name' cannot be empty"),
            meeting(
                PUT_ORGANIZATION,
                Reason.NAME_TOO_LONG,
                '{"name": "%s"}' % ("n" * 300),
                "organization name too long, maximum length is 140",
            ),
        ],
    )
    async def test_refuses_what_cannot_be(self, world: World, body: str, text: str) -> None:
        ann = await world.person("ann")
        before = (await world.http.get(f"/organizations/{ann.organization_id}", auth=ann.auth)).json()
        reply = await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, content=body)
        assert (reply.status_code, reply.json()) == (400, text)
        assert (await world.http.get(f"/organizations/{ann.organization_id}", auth=ann.auth)).json() == before

    @meets(PUT_ORGANIZATION, Reason.INVALID_ORGANIZATION_ID)
    async def test_of_no_number_is_an_invalid_id(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await world.http.put("/organizations/mine", auth=ann.auth, json={"name": "x"})
        assert (reply.status_code, reply.json()) == (400, "Invalid organization ID")

    @meets(PUT_ORGANIZATION, Reason.FORBIDDEN)
    async def test_is_for_admins(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        member = await world.member("member", of=ann)
        outsider = await world.person("outsider")
        path = f"/organizations/{ann.organization_id}"
        assert (await world.http.put(path, auth=admin.auth, json={"name": "By admin"})).status_code == 200
        for who in (member, outsider):
            for body in ({"name": "Taken"}, {}):
                reply = await world.http.put(path, auth=who.auth, json=body)
                assert (reply.status_code, reply.json()) == (403, "User is not authorized to update the organization")
        assert (await world.http.get(path, auth=ann.auth)).json()["name"] == "By admin"


LEAVING = [(LEAVE_ORGANIZATION, "users/leave"), (LEAVE_ORGANIZATION_OLD, "users")]


def by_each_path(reason: Reason) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("path", [meeting(operation, reason, path) for operation, path in LEAVING])


class TestLeave:
    @pytest.mark.parametrize("path", ["users/leave", "users"])
    async def test_ends_the_membership_and_what_hangs_on_it(self, world: World, path: str) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        shared = ann.workspace_id
        await world.http.put("/me", auth=bob.auth, json={"default_workspace_id": shared})
        reply = await world.http.delete(f"/organizations/{ann.organization_id}/{path}", auth=bob.auth)
        assert (reply.status_code, reply.json()) == (200, "OK")
        assert [o["id"] for o in (await world.http.get("/me/organizations", auth=bob.auth)).json()] == [
            bob.organization_id
        ]
        assert (await world.http.get(f"/workspaces/{shared}", auth=bob.auth)).status_code == 403
        assert (await world.http.get("/me", auth=bob.auth)).json()["default_workspace_id"] == bob.workspace_id
        left = (await world.http.get(f"/organizations/{ann.organization_id}", auth=ann.auth)).json()
        assert left["user_count"] == 1

    async def test_by_the_last_member_deletes_the_organization(self, world: World) -> None:
        ann = await world.person("ann")
        path = f"/organizations/{ann.organization_id}/users/leave"
        assert (await world.http.delete(path, auth=ann.auth)).status_code == 200
        assert (await world.http.get("/me/organizations", auth=ann.auth)).json() == []
        assert (await world.http.get("/me/workspaces", auth=ann.auth)).json() == []
        assert (await world.http.get("/me", auth=ann.auth)).json()["default_workspace_id"] is None
        reply = await world.http.delete(path, auth=ann.auth)
        assert (reply.status_code, reply.json()) == (400, "The user does not belong to the organization.")

    @by_each_path(Reason.OWNER_STAYS)
    async def test_is_not_for_the_owner_while_others_remain_even_inactive(self, world: World, path: str) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        await world.deactivate(bob, ann.organization_id)
        reply = await world.http.delete(f"/organizations/{ann.organization_id}/{path}", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (400, "Cannot remove the organization owner.")

    @by_each_path(Reason.PAYER_STAYS)
    async def test_is_not_for_who_pays_while_others_remain(self, world: World, path: str) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        await world.execute(
            "UPDATE organizations SET payer_id = :user_id WHERE id = :organization_id",
            user_id=bob.id,
            organization_id=ann.organization_id,
        )
        reply = await world.http.delete(f"/organizations/{ann.organization_id}/{path}", auth=bob.auth)
        assert (reply.status_code, reply.json()) == (400, "Cannot remove the paying user.")

    @pytest.mark.parametrize("organization_id", ["77777", "x"])
    @by_each_path(Reason.NOT_A_MEMBER)
    async def test_of_what_is_not_mine_says_that_i_do_not_belong(
        self, world: World, organization_id: str, path: str
    ) -> None:
        ann = await world.person("ann")
        reply = await world.http.delete(f"/organizations/{organization_id}/{path}", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (400, "The user does not belong to the organization.")
