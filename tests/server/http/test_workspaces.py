"""Workspaces, as a client meets them."""

from __future__ import annotations

from typing import Any

import pytest

from rollcall.contract.identifier import MAXIMUM_ID
from rollcall.contract.operations.workspaces import GET_WORKSPACE, POST_WORKSPACE, PUT_WORKSPACE
from rollcall.contract.plan import FREE, STARTER
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from tests.server.conftest import OpenWorld
from tests.server.meets import meeting, meets
from tests.server.world import World

pytestmark = pytest.mark.anyio

CANNOT_BE = [
    (Reason.NAME_EMPTY, {"name": " "}, "workspace name must contain non-space characters"),
    (Reason.NAME_TOO_LONG, {"name": "n" * 141}, "workspace name must not be longer than 140"),
    (Reason.INVALID_SETTING, {"default_hourly_rate": -1}, "Invalid default_hourly_rate"),
    (Reason.INVALID_SETTING, {"default_hourly_rate": 1e308}, "Invalid default_hourly_rate"),
    (Reason.INVALID_SETTING, {"default_currency": "euro"}, "Invalid default_currency"),
    (Reason.INVALID_SETTING, {"rounding": 2}, "Invalid rounding"),
    (Reason.INVALID_SETTING, {"rounding_minutes": 10**20}, "Invalid rounding_minutes"),
    (Reason.INVALID_SETTING, {"rate_change_mode": "yesterday"}, "Invalid rate_change_mode"),
    (Reason.ADMIN_UNKNOWN, {"admins": [424242]}, "User with id 424242 does not exist."),
    (Reason.ADMIN_UNKNOWN, {"admins": [-1]}, "User with id -1 does not exist."),
    (Reason.INVALID_JSON, {"reports_collapse": "yes"}, "JSON is not valid"),
    (Reason.INVALID_JSON, {"admins": "everybody"}, "JSON is not valid"),
]
PREMIUM: list[tuple[Reason, dict[str, Any], str]] = [
    *(
        (Reason.PLAN_REQUIRED, {setting: value}, f"Must be a premium user to use {setting}")
        for setting, value in {
            "default_hourly_rate": 50,
            "default_currency": "EUR",
            "rounding": 0,
            "rounding_minutes": 15,
            "projects_billable_by_default": False,
            "only_admins_see_billable_rates": True,
        }.items()
    ),
    (
        Reason.TAGS_NEED_PREMIUM,
        {"only_admins_may_create_tags": True},
        "restricting tag management to administrators requires a premium subscription",
    ),
]


class TestPostWorkspace:
    async def test_makes_one_with_the_given_settings_and_the_usual_rest(self, world: World) -> None:
        ann = await world.person("ann")
        settings = {"name": "Second", "default_hourly_rate": 12.5, "default_currency": "EUR", "rounding": -1}
        reply = await world.http.post(f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json=settings)
        assert reply.status_code == 200
        made = reply.json()
        assert {**made, **settings} == made
        assert (made["reports_collapse"], made["projects_billable_by_default"], made["admin"]) == (True, True, True)
        assert made["rate_last_updated"] is not None
        assert (await world.http.get(f"/workspaces/{made['id']}", auth=ann.auth)).json() == made

    async def test_every_admin_of_the_organization_administers_it_and_who_is_named(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        named = await world.member("named", of=ann)
        other = await world.member("other", of=ann)
        made = (
            await world.http.post(
                f"/organizations/{ann.organization_id}/workspaces",
                auth=admin.auth,
                json={"name": "Second", "admins": [named.id]},
            )
        ).json()
        for who in (ann, admin, named):
            mine = (await world.http.get("/me/workspaces", auth=who.auth)).json()
            assert [w["admin"] for w in mine if w["id"] == made["id"]] == [True]
        assert (await world.http.get(f"/workspaces/{made['id']}", auth=other.auth)).status_code == 403

    @pytest.mark.parametrize(
        ("change", "text"),
        [
            *(meeting(POST_WORKSPACE, *case) for case in CANNOT_BE),
            meeting(POST_WORKSPACE, Reason.NAME_MISSING, {"name": None}, "workspace name must not be nil"),
        ],
    )
    async def test_refuses_what_cannot_be(self, world: World, change: dict[str, Any], text: str) -> None:
        ann = await world.person("ann")
        path = f"/organizations/{ann.organization_id}/workspaces"
        reply = await world.http.post(path, auth=ann.auth, json={"name": "Second", **change})
        assert (reply.status_code, reply.json()) == (400, text)
        assert len((await world.http.get("/me/workspaces", auth=ann.auth)).json()) == 1

    @meets(POST_WORKSPACE, Reason.NAME_TAKEN)
    async def test_a_name_is_one_name_however_it_is_written(self, world: World) -> None:
        ann = await world.person("ann")
        path = f"/organizations/{ann.organization_id}/workspaces"
        assert (await world.http.post(path, auth=ann.auth, json={"name": "École"})).status_code == 200
        reply = await world.http.post(path, auth=ann.auth, json={"name": " E\u0301COLE "})
        assert (reply.status_code, reply.json()) == (400, "another workspace with same name exists in organization")

    @meets(POST_WORKSPACE, Reason.ADMIN_INACTIVE)
    async def test_who_was_deactivated_cannot_administer_it(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        await world.deactivate(bob, ann.organization_id)
        reply = await world.http.post(
            f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json={"name": "x", "admins": [bob.id]}
        )
        assert (reply.status_code, reply.json()) == (400, f"User {bob.id} not exists in the workspace.")

    @pytest.mark.parametrize("plan", [FREE, STARTER])
    @meets(POST_WORKSPACE, Reason.SINGLE_WORKSPACE_PLAN)
    async def test_a_second_one_needs_a_plan_that_has_several(self, new_world: OpenWorld, plan: Any) -> None:
        world = await new_world(default_plan=plan)
        ann = await world.person("ann")
        reply = await world.http.post(
            f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json={"name": "Second"}
        )
        assert (reply.status_code, reply.json()) == (400, "Multiple workspaces are not enabled in this organization.")

    @pytest.mark.parametrize(("change", "text"), [meeting(POST_WORKSPACE, *case) for case in PREMIUM])
    async def test_premium_settings_need_a_paid_plan(
        self, new_world: OpenWorld, change: dict[str, Any], text: str
    ) -> None:
        world = await new_world(default_plan=FREE)
        ann = await world.person("ann")
        reply = await world.http.post(
            f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json={"name": "Second", **change}
        )
        assert (reply.status_code, reply.json()) == (402, text)

    @meets(POST_WORKSPACE, Reason.TOO_MANY_WORKSPACES)
    async def test_an_organization_has_so_many_at_most(self, world: World) -> None:
        ann = await world.person("ann")
        await world.execute("UPDATE organizations SET max_workspaces = 1")
        reply = await world.http.post(
            f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json={"name": "Second"}
        )
        assert (reply.status_code, reply.json()) == (
            400,
            "Organization ann's organization can have a maximum of 1 workspaces",
        )

    @meets(POST_WORKSPACE, Reason.TOO_MANY_WORKSPACES_OF_USER)
    async def test_a_person_has_a_hundred_at_most(self, new_world: OpenWorld) -> None:
        world = await new_world(default_plan=FREE)
        ann = await world.person("ann")
        for number in range(99):
            body = {"name": f"o{number}", "workspace_name": "w"}
            assert (await world.http.post("/organizations", auth=ann.auth, json=body)).status_code == 200
        reply = await world.http.post(
            f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json={"name": "Second"}
        )
        assert (reply.status_code, reply.json()) == (400, "user can have a maximum of 100 workspaces")

    @meets(POST_WORKSPACE, Reason.FORBIDDEN)
    async def test_is_for_admins_of_the_organization(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=WorkspaceRole.ADMIN)
        outsider = await world.person("outsider")
        for who in (bob, outsider):
            reply = await world.http.post(
                f"/organizations/{ann.organization_id}/workspaces", auth=who.auth, json={"name": "Second"}
            )
            assert (reply.status_code, reply.json()) == (403, "Forbidden")

    @meets(POST_WORKSPACE, Reason.INVALID_ORGANIZATION_ID)
    async def test_in_no_organization_is_not_found(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await world.http.post("/organizations/none/workspaces", auth=ann.auth, json={"name": "x"})
        assert (reply.status_code, reply.json()) == (404, "Organization not found/accessible")


class TestGetWorkspace:
    async def test_speaks_of_who_asks(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        of_ann = (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=ann.auth)).json()
        of_bob = (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=bob.auth)).json()
        assert (of_ann["admin"], of_ann["role"], of_ann["api_token"]) == (True, "admin", ann.token)
        assert (of_bob["admin"], of_bob["role"], of_bob["api_token"]) == (False, "user", bob.token)
        assert of_ann["ical_url"] != of_bob["ical_url"]

    @meets(GET_WORKSPACE, Reason.FORBIDDEN)
    async def test_answers_alike_for_unknown_foreign_and_closed(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        await world.deactivate(bob, ann.organization_id)
        outsider = await world.person("outsider")
        for who, workspace_id in [(outsider, ann.workspace_id), (outsider, 31_337), (bob, ann.workspace_id)]:
            reply = await world.http.get(f"/workspaces/{workspace_id}", auth=who.auth)
            assert (reply.status_code, reply.json()) == (403, "User does not have access to this resource.")

    async def test_is_not_for_members_who_are_not_in_it_but_for_admins_of_the_organization(self, world: World) -> None:
        ann = await world.person("ann")
        member = await world.member("member", of=ann, workspace_role=None)
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN, workspace_role=None)
        path = f"/workspaces/{ann.workspace_id}"
        assert (await world.http.get(path, auth=member.auth)).status_code == 403
        assert (await world.http.get(path, auth=admin.auth)).json()["role"] == "admin"

    @meets(GET_WORKSPACE, Reason.INVALID_WORKSPACE_ID)
    async def test_of_no_number_is_not_found(self, world: World) -> None:
        ann = await world.person("ann")
        reply = await world.http.get("/workspaces/first", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (404, "Workspace not found")


class TestListWorkspaces:
    @pytest.mark.parametrize("path", ["/me/workspaces", "/workspaces"])
    async def test_lists_ones_own_by_name_since_a_moment(self, world: World, path: str) -> None:
        ann = await world.person("ann")
        for name in ("zebra", "Apple"):
            await world.http.post(
                f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json={"name": name}
            )
        names = [workspace["name"] for workspace in (await world.http.get(path, auth=ann.auth)).json()]
        assert names == ["ann's workspace", "Apple", "zebra"]
        assert (await world.http.get(f"{path}?since=4102444800", auth=ann.auth)).json() == []
        assert (await world.http.get(f"{path}?since={MAXIMUM_ID}", auth=ann.auth)).json() == []
        for long_ago in (1, -1, -MAXIMUM_ID):
            assert len((await world.http.get(f"{path}?since={long_ago}", auth=ann.auth)).json()) == 3

    async def test_refuses_what_is_no_moment(self, world: World) -> None:
        ann = await world.person("ann")
        for bad in ("yesterday", "9" * 30, "null", ""):
            reply = await world.http.get(f"/me/workspaces?since={bad}", auth=ann.auth)
            assert (reply.status_code, reply.json()) == (400, "Invalid value sent for 'since'.")


class TestPutWorkspace:
    async def test_changes_what_is_given_and_keeps_the_rest(self, world: World) -> None:
        ann = await world.person("ann")
        path = f"/workspaces/{ann.workspace_id}"
        before = (await world.http.get(path, auth=ann.auth)).json()
        change = {"name": "Renamed", "rounding_minutes": 15, "default_hourly_rate": 40, "reports_collapse": False}
        after = (await world.http.put(path, auth=ann.auth, json=change)).json()
        moved = {"at": after["at"], "rate_last_updated": after["rate_last_updated"]}
        assert after == {**before, **change, **moved}
        cleared = (await world.http.put(path, auth=ann.auth, json={"default_hourly_rate": None})).json()
        assert (cleared["default_hourly_rate"], cleared["name"]) == (None, "Renamed")

    async def test_a_whole_number_is_written_without_a_fraction(self, world: World) -> None:
        ann = await world.person("ann")
        path = f"/workspaces/{ann.workspace_id}"
        reply = await world.http.put(path, auth=ann.auth, json={"default_hourly_rate": 40.0})
        assert b'"default_hourly_rate":40,' in reply.content

    @pytest.mark.parametrize(("change", "text"), [meeting(PUT_WORKSPACE, *case) for case in CANNOT_BE])
    async def test_refuses_what_cannot_be(self, world: World, change: dict[str, Any], text: str) -> None:
        ann = await world.person("ann")
        path = f"/workspaces/{ann.workspace_id}"
        before = (await world.http.get(path, auth=ann.auth)).json()
        reply = await world.http.put(path, auth=ann.auth, json={"rounding_minutes": 5, **change})
        assert (reply.status_code, reply.json()) == (400, text)
        assert (await world.http.get(path, auth=ann.auth)).json() == before

    @pytest.mark.parametrize(("change", "text"), [meeting(PUT_WORKSPACE, *case) for case in PREMIUM])
    async def test_premium_settings_need_a_paid_plan(
        self, new_world: OpenWorld, change: dict[str, Any], text: str
    ) -> None:
        world = await new_world(default_plan=FREE)
        ann = await world.person("ann")
        path = f"/workspaces/{ann.workspace_id}"
        stored = (await world.http.get(path, auth=ann.auth)).json()
        reply = await world.http.put(path, auth=ann.auth, json=change)
        assert (reply.status_code, reply.json()) == (402, text)
        [field] = change
        same = {field: stored[field], "name": "Renamed"}
        assert (await world.http.put(path, auth=ann.auth, json=same)).status_code == 200

    @meets(PUT_WORKSPACE, Reason.NAME_TAKEN)
    async def test_a_name_belongs_to_one_workspace_of_the_organization(self, world: World) -> None:
        ann = await world.person("ann")
        await world.http.post(f"/organizations/{ann.organization_id}/workspaces", auth=ann.auth, json={"name": "Two"})
        path = f"/workspaces/{ann.workspace_id}"
        reply = await world.http.put(path, auth=ann.auth, json={"name": "TWO"})
        assert (reply.status_code, reply.json()) == (400, "another workspace with same name exists in organization")
        assert (await world.http.put(path, auth=ann.auth, json={"name": "ANN'S workspace"})).status_code == 200

    async def test_admins_are_those_named_and_the_organizations(self, world: World) -> None:
        ann = await world.person("ann")
        old = await world.member("old", of=ann, workspace_role=WorkspaceRole.ADMIN)
        new = await world.member("new", of=ann)
        path = f"/workspaces/{ann.workspace_id}"
        assert (await world.http.put(path, auth=old.auth, json={"admins": [new.id]})).status_code == 200
        roles = [(await world.http.get(path, auth=who.auth)).json()["role"] for who in (ann, old, new)]
        assert roles == ["admin", "user", "admin"]

    @meets(PUT_WORKSPACE, Reason.ADMIN_INACTIVE)
    async def test_only_who_is_in_the_workspace_can_become_its_admin(self, world: World) -> None:
        ann = await world.person("ann")
        elsewhere = await world.member("elsewhere", of=ann, workspace_role=None)
        path = f"/workspaces/{ann.workspace_id}"
        reply = await world.http.put(path, auth=ann.auth, json={"admins": [elsewhere.id]})
        assert (reply.status_code, reply.json()) == (400, f"User {elsewhere.id} not exists in the workspace.")

    @meets(PUT_WORKSPACE, Reason.FORBIDDEN)
    async def test_is_for_admins_of_the_workspace(self, world: World) -> None:
        ann = await world.person("ann")
        member = await world.member("member", of=ann)
        admin = await world.member("admin", of=ann, workspace_role=WorkspaceRole.ADMIN)
        outsider = await world.person("outsider")
        path = f"/workspaces/{ann.workspace_id}"
        for who in (member, outsider):
            reply = await world.http.put(path, auth=who.auth, json={"name": "Taken"})
            assert (reply.status_code, reply.json()) == (403, "User does not have access to this resource.")
        assert (await world.http.put(path, auth=admin.auth, json={"name": "By admin"})).json()["name"] == "By admin"
