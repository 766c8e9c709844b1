"""The people of a workspace, as a client meets them."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from rollcall.contract.operations.workspace_users import (
    DELETE_WORKSPACE_USER,
    GET_ORGANIZATION_WORKSPACE_USERS,
    GET_WORKSPACE_USERS,
    GET_WORKSPACE_WORKSPACE_USERS,
    PATCH_ORGANIZATION_WORKSPACE_USERS,
    PUT_WORKSPACE_USER,
    PUT_WORKSPACE_USER_OF_ACCOUNT,
)
from rollcall.contract.plan import FREE
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import memberships
from rollcall.server.domain.work import Work
from tests.server.belonging import check_belonging
from tests.server.conftest import OpenWorld
from tests.server.meets import meets
from tests.server.trail import trail
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio

NO_ACCESS = (403, "User does not have access to this resource.")
MONEY = ("rate", "rate_last_updated", "labor_cost", "labor_cost_last_updated", "labour_cost")


def path(of: Person, workspace_user_id: object = "") -> str:
    return f"/workspaces/{of.workspace_id}/workspace_users" + (f"/{workspace_user_id}" if workspace_user_id else "")


def from_organization(of: Person) -> str:
    return f"/organizations/{of.organization_id}{path(of)}"


async def everybody(world: World, of: Person) -> dict[str, dict[str, Any]]:
    """All people of a workspace, by name."""
    people = (await world.http.get(path(of) + "?includeIndirect=true", auth=of.auth)).json()
    await check_belonging(world)
    return {person["name"]: person for person in people}


async def invited(world: World, name: str, of: Person) -> Person:
    """Somebody in the workspace who has not accepted yet."""
    person = await world.person(name)

    async def invite(work: Work) -> None:
        member = OrganizationRole.MEMBER
        await memberships.enter_organization(work, of.organization_id, person.id, member, joined=False)
        await memberships.enter_workspace(work, of.organization_id, of.workspace_id, person.id, WorkspaceRole.USER)

    await world.act(invite)
    return person


async def through_group(world: World, of: Person, *people: Person) -> int:
    """A group in the workspace with these people."""
    group = {"name": "Crew", "users": [person.id for person in people], "workspaces": [of.workspace_id]}
    reply = await world.http.post(f"/organizations/{of.organization_id}/groups", auth=of.auth, json=group)
    group_id: int = reply.json()["group_id"]
    return group_id


class TestLists:
    async def test_say_who_somebody_is_and_how_they_belong(self, world: World) -> None:
        ann = await world.person("ann")
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.TEAM_LEAD)
        through = await world.member("through", of=ann, workspace_role=None)
        waiting = await invited(world, "waiting", ann)
        group = await through_group(world, ann, through, lead)
        await world.deactivate(lead, ann.organization_id)
        direct = (await world.http.get(path(ann) + "?includeIndirect=1", auth=ann.auth)).json()
        assert direct == (await world.http.get(path(ann), auth=ann.auth)).json()
        assert [person["name"] for person in direct] == ["ann", "lead", "waiting"]
        people = (await world.http.get(path(ann) + "?includeIndirect=True", auth=ann.auth)).json()
        assert people == (await world.http.get(from_organization(ann), auth=ann.auth)).json()
        for person, who, expected in zip(
            people,
            (ann, lead, through, waiting),
            (
                {"admin": True, "organization_admin": True, "role": "admin", "role_id": 4, "group_ids": []},
                {"admin": False, "role": "teamlead", "inactive": True, "is_direct": True, "group_ids": [group]},
                {"role": "user", "organization_admin": False, "is_direct": False, "group_ids": [group]},
                {"role": "user", "active": False, "inactive": False, "group_ids": []},
            ),
            strict=True,
        ):
            assert {key: person[key] for key in expected} == expected
            assert (person["uid"], person["user_id"], person["email"]) == (who.id, who.id, who.email)
            assert (person["wid"], person["workspace_id"]) == (ann.workspace_id, ann.workspace_id)
            assert (person["invitation_code"], person["invite_url"], person["2fa_enabled"]) == (None, None, False)
        short = (await world.http.get(f"/workspaces/{ann.workspace_id}/users", auth=ann.auth)).json()
        assert [list(person.values()) for person in short] == [
            [ann.id, "ann", ann.email, True, True, False, "admin"],
            [lead.id, "lead", lead.email, True, False, True, "teamlead"],
            [through.id, "through", through.email, True, False, False, "user"],
            [waiting.id, "waiting", waiting.email, False, False, False, "user"],
        ]

    @meets(GET_ORGANIZATION_WORKSPACE_USERS, Reason.INVALID_PAGE, Reason.INVALID_PER_PAGE)
    @meets(GET_ORGANIZATION_WORKSPACE_USERS, Reason.PAGE_NOT_POSITIVE, Reason.PER_PAGE_NOT_POSITIVE)
    @meets(GET_WORKSPACE_USERS, Reason.INVALID_PAGE, Reason.INVALID_PER_PAGE)
    @meets(GET_WORKSPACE_USERS, Reason.PAGE_NOT_POSITIVE, Reason.PER_PAGE_NOT_POSITIVE)
    @meets(GET_WORKSPACE_WORKSPACE_USERS, Reason.INVALID_PAGE, Reason.INVALID_PER_PAGE)
    @meets(GET_WORKSPACE_WORKSPACE_USERS, Reason.PAGE_NOT_POSITIVE, Reason.PER_PAGE_NOT_POSITIVE)
    async def test_come_whole_or_in_pages_with_exact_totals(self, world: World) -> None:
        ann = await world.person("Ann")
        for name in ("zoe", "bob", "Émile"):
            await world.member(name, of=ann)
        for at in (from_organization(ann), path(ann), f"/workspaces/{ann.workspace_id}/users"):

            async def names(query: str, *totals: str, at: str = at) -> list[str]:
                reply = await world.http.get(at + query, auth=ann.auth)
                headers = [reply.headers[name] for name in ("x-page", "x-page-size", "x-pages", "x-records")]
                assert headers == [*totals]
                return [person.get("name") or person["fullname"] for person in reply.json()]

            assert await names("", "1", "5000", "1", "4") == ["Ann", "bob", "zoe", "Émile"]
            assert await names("?per_page=3", "1", "3", "2", "4") == ["Ann", "bob", "zoe"]
            assert await names("?per_page=3&page=2", "2", "3", "2", "4") == ["Émile"]
            assert await names("?per_page=3&page=3", "3", "3", "2", "4") == []
            for query, text in [
                ("page=x", "Invalid value sent for 'page'."),
                ("page=0", "page parameter must contain values > 0."),
                ("per_page=x", "Invalid value sent for 'per_page'."),
                ("per_page=5001", "Invalid value sent for 'per_page'."),
                ("per_page=-1", "per_page parameter must contain values > 0."),
            ]:
                reply = await world.http.get(f"{at}?{query}", auth=ann.auth)
                assert (reply.status_code, reply.json()) == (400, text)

    async def test_find_people_by_name_address_rate_and_activity(self, world: World) -> None:
        ann = await world.person("ann")
        emile = await world.member("Émile", of=ann)
        paused = await world.member("paused", of=ann)
        away = await world.member("away", of=ann)
        await world.http.put("/me", auth=emile.auth, json={"email": "x@ann.org"})
        people = await everybody(world, ann)
        one = path(ann, people["paused"]["id"])
        assert (await world.http.put(one, auth=ann.auth, json={"inactive": True, "rate": 12.5})).json() == "OK"
        await world.deactivate(away, ann.organization_id)
        for query, names in [
            ("name=ÉM", ["Émile"]),
            ("name=ann", ["ann"]),
            ("search=ann", ["ann", "Émile"]),
            ("search=%25&name=_", []),
            ("name=&search=", ["ann", "away", "paused", "Émile"]),
            ("active=true", ["ann", "Émile"]),
            ("active=false", ["ann", "away", "paused", "Émile"]),
            ("custom_rates=true", ["paused"]),
            ("custom_rates=false", ["ann", "away", "Émile"]),
            ("custom_rates=false&active=true&name=n", ["ann"]),
        ]:
            reply = await world.http.get(f"{from_organization(ann)}?{query}", auth=ann.auth)
            assert [person["name"] for person in reply.json()] == names
            assert reply.headers["x-records"] == str(len(names))
        for query, expected in [
            ("exclude_deleted=true", {ann.id, emile.id}),
            ("", {p["uid"] for p in people.values()}),
        ]:
            short = (await world.http.get(f"/workspaces/{ann.workspace_id}/users?{query}", auth=ann.auth)).json()
            assert {person["id"] for person in short} == expected
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=paused.auth)).status_code == 403
        reply = await world.http.get(f"{from_organization(ann)}?active=perhaps", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (400, "Invalid value sent for 'active'.")

    @meets(GET_ORGANIZATION_WORKSPACE_USERS, Reason.FORBIDDEN)
    @meets(GET_ORGANIZATION_WORKSPACE_USERS, Reason.INVALID_ORGANIZATION_ID, Reason.INVALID_WORKSPACE_ID)
    @meets(GET_WORKSPACE_USERS, Reason.FORBIDDEN)
    @meets(GET_WORKSPACE_WORKSPACE_USERS, Reason.FORBIDDEN, Reason.INVALID_WORKSPACE_ID)
    async def test_are_for_the_people_of_the_workspace_and_money_only_for_its_admins(self, world: World) -> None:
        ann = await world.person("ann")
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.TEAM_LEAD)
        member = await world.member("member", of=ann)
        elsewhere = await world.member("elsewhere", of=ann, workspace_role=None)
        away = await world.member("away", of=ann)
        outsider = await world.person("outsider")
        await world.deactivate(away, ann.organization_id)
        one = path(ann, (await everybody(world, ann))["member"]["id"])
        money = {"rate": 40, "labor_cost": 30.5, "view_edit_billable_rates": True}
        assert (await world.http.put(one, auth=theirs.auth, json=money)).json() == "OK"
        short = f"/workspaces/{ann.workspace_id}/users"
        for at in (path(ann), from_organization(ann)):
            for who, seen in [(ann, True), (theirs, True), (lead, False), (member, False)]:
                people = (await world.http.get(at, auth=who.auth)).json()
                [found] = [person for person in people if person["name"] == "member"]
                assert [found[field] is not None for field in MONEY] == [seen] * len(MONEY)
                assert (found["rate"], found["labour_cost"]) == ((40, 30.5) if seen else (None, None))
        for who in (member, lead):
            assert (await world.http.get(short, auth=who.auth)).status_code == 200
            reply = await world.http.get(f"{from_organization(ann)}?custom_rates=true", auth=who.auth)
            assert (reply.status_code, reply.json()) == (403, "Forbidden")
        for who in (elsewhere, away, outsider):
            for at in (short, path(ann)):
                reply = await world.http.get(at, auth=who.auth)
                assert (reply.status_code, reply.json()) == NO_ACCESS
            reply = await world.http.get(from_organization(ann), auth=who.auth)
            assert (reply.status_code, reply.json()) == (403, "Forbidden")
        for at, answer in [
            (f"/organizations/{ann.organization_id}{path(outsider)}", (403, "Forbidden")),
            (f"/organizations/{outsider.organization_id}{path(ann)}", (403, "Forbidden")),
            (f"/organizations/x{path(ann)}", (404, "Resource can not be found")),
            (f"/organizations/{ann.organization_id}/workspaces/x/workspace_users", (404, "Resource can not be found")),
            ("/workspaces/x/workspace_users", (400, "Workspace not found")),
            ("/workspaces/31337/workspace_users", NO_ACCESS),
        ]:
            reply = await world.http.get(at, auth=ann.auth)
            assert (reply.status_code, reply.json()) == answer


class TestPutWorkspaceUser:
    async def test_changes_what_is_given_keeps_the_rest_and_tells_of_it(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        stored = (await everybody(world, ann))["bob"]
        by_id, by_user = path(ann, stored["id"]), f"/workspaces/{ann.workspace_id}/users/{bob.id}"
        told = len(await trail(world, ann.organization_id))
        steps: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
            (by_id, {"rate": 40, "rate_change_mode": "start-today"}, {"rate": 40}),
            (by_user, {"labor_cost": 12.5, "working_hours_in_minutes": 480}, {"labor_cost": 12.5, "labour_cost": 12.5}),
            (by_id, {}, {"working_hours_in_minutes": 480, "rate": 40}),
            (by_id, {"rate": None, "role": "teamlead"}, {"rate": None, "role": "teamlead", "role_id": 6}),
            (by_user, {"postedFields": ["labor_cost", "nonsense"]}, {"labor_cost": None, "role_id": 6}),
            (by_user, {"admin": False, "working_hours_in_minutes": None}, {"role": "teamlead"}),
            (by_id, {"role_id": 7}, {"role": "projectlead", "working_hours_in_minutes": None}),
            (by_id, {"admin": True}, {"role": "admin", "admin": True}),
            (by_id, {"admin": False, "role": None}, {"role": "user", "admin": False}),
            (by_user, {"view_edit_billable_rates": True}, {"view_edit_billable_rates": True}),
            (by_id, {"view_edit_labor_costs": True}, {"view_edit_billable_rates": True, "view_edit_labor_costs": True}),
            (by_id, {"inactive": True, "admin": True, "role": "admin"}, {"inactive": True, "role": "admin"}),
        ]
        for at, body, expected in steps:
            reply = await world.http.put(at, auth=ann.auth, json=body)
            assert (reply.status_code, reply.json()) == (200, "OK")
            found = (await everybody(world, ann))["bob"]
            assert {key: found[key] for key in expected} == expected
        events = (await trail(world, ann.organization_id))[told:]
        assert len(events) == 11
        assert events[3] == (
            "workspace_user",
            stored["id"],
            "update",
            {"user_id": bob.id, "labor_cost": 12.5, "labor_cost_updated_at": events[1][4]["labor_cost_updated_at"]},
            {"user_id": bob.id, "labor_cost": None, "labor_cost_updated_at": events[3][4]["labor_cost_updated_at"]},
        )

    async def test_without_a_body_changes_nothing(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        before = await everybody(world, ann)
        for body in (b"", b"{}"):
            reply = await world.http.put(f"/workspaces/{ann.workspace_id}/users/{bob.id}", auth=ann.auth, content=body)
            assert (reply.status_code, reply.json()) == (200, "OK")
        assert await everybody(world, ann) == before

    @meets(PUT_WORKSPACE_USER, Reason.WORKING_HOURS_NOT_POSITIVE, Reason.INVALID_ROLE_ID, Reason.ROLE_GIVEN_TWICE)
    @meets(PUT_WORKSPACE_USER, Reason.INVALID_SETTING, Reason.ADMIN_STAYS, Reason.PAYER_STAYS_ACTIVE)
    @meets(PUT_WORKSPACE_USER_OF_ACCOUNT, Reason.WORKING_HOURS_NOT_POSITIVE, Reason.INVALID_ROLE_ID)
    @meets(PUT_WORKSPACE_USER_OF_ACCOUNT, Reason.ROLE_GIVEN_TWICE, Reason.INVALID_SETTING, Reason.INVALID_JSON)
    @meets(PUT_WORKSPACE_USER_OF_ACCOUNT, Reason.ADMIN_STAYS, Reason.PAYER_STAYS_ACTIVE)
    async def test_refuses_what_cannot_be_and_changes_nothing(self, world: World) -> None:
        ann = await world.person("ann")
        payer = await world.member("payer", of=ann)
        await world.execute("UPDATE organizations SET payer_id = :id", id=payer.id)
        before = await everybody(world, ann)
        twice = "Cannot use both admin flags and role_id."
        stays = "Organization admins are active admins of every workspace."
        cases: list[tuple[Person, dict[str, Any], str]] = [
            (payer, {"working_hours_in_minutes": 0, "rate": 1}, "Working hours must be positive or null"),
            (payer, {"working_hours_in_minutes": 1441}, "Invalid working_hours_in_minutes"),
            (payer, {"working_hours_in_minutes": 2**70}, "Invalid working_hours_in_minutes"),
            (payer, {"role_id": 3}, "Invalid role_id."),
            (payer, {"role_id": 2**70}, "Invalid role_id."),
            (payer, {"role_id": 4, "admin": True}, twice),
            (payer, {"role_id": 4, "role": "admin"}, twice),
            (payer, {"role": "owner"}, "Invalid role"),
            (payer, {"role": "user", "admin": True}, "Invalid admin"),
            (payer, {"rate": -1}, "Invalid rate"),
            (payer, {"labor_cost": 1e300}, "Invalid labor_cost"),
            (payer, {"rate_change_mode": "never"}, "Invalid rate_change_mode"),
            (payer, {"labor_cost_change_mode": "never"}, "Invalid labor_cost_change_mode"),
            (payer, {"inactive": True}, "Cannot deactivate paying user."),
            (ann, {"inactive": True}, stays),
            (ann, {"role": "user"}, stays),
            (ann, {"admin": False}, stays),
        ]
        for who, body, text in cases:
            workspace_user_id = next(person["id"] for person in before.values() if person["uid"] == who.id)
            for at in (path(ann, workspace_user_id), f"/workspaces/{ann.workspace_id}/users/{who.id}"):
                reply = await world.http.put(at, auth=ann.auth, json={"view_edit_labor_costs": True, **body})
                assert (reply.status_code, reply.json()) == (400, text)
        reply = await world.http.put(f"/workspaces/{ann.workspace_id}/users/{ann.id}", auth=ann.auth, content="{")
        assert (reply.status_code, reply.json()) == (400, "Bad Request")
        assert await everybody(world, ann) == before

    @meets(PUT_WORKSPACE_USER, Reason.FORBIDDEN, Reason.INVALID_WORKSPACE_ID, Reason.INVALID_WORKSPACE_USER_ID)
    @meets(PUT_WORKSPACE_USER, Reason.WORKSPACE_USER_NOT_FOUND)
    @meets(PUT_WORKSPACE_USER_OF_ACCOUNT, Reason.FORBIDDEN, Reason.USER_NOT_FOUND)
    async def test_is_for_admins_of_the_workspace_and_its_people(self, world: World) -> None:
        ann = await world.person("ann")
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        lead = await world.member("lead", of=ann, workspace_role=WorkspaceRole.TEAM_LEAD)
        elsewhere = await world.member("elsewhere", of=ann, workspace_role=None)
        outsider = await world.person("outsider")
        foreign = (await everybody(world, outsider))["outsider"]["id"]
        before = await everybody(world, ann)
        by_user = f"/workspaces/{ann.workspace_id}/users"
        gone = (400, "Workspace user not found/accessible by user")
        for who, at, answer in [
            (lead, path(ann, before["lead"]["id"]), NO_ACCESS),
            (outsider, path(ann, before["lead"]["id"]), NO_ACCESS),
            (lead, f"{by_user}/{lead.id}", NO_ACCESS),
            (outsider, f"{by_user}/{lead.id}", NO_ACCESS),
            (ann, path(ann, 31_337), gone),
            (ann, path(ann, foreign), gone),
            (ann, path(ann, "x"), gone),
            (ann, "/workspaces/x/workspace_users/1", (400, "Workspace not found/accessible")),
            (theirs, f"{by_user}/{elsewhere.id}", (404, "Not Found")),
            (theirs, f"{by_user}/{outsider.id}", (404, "Not Found")),
            (theirs, f"{by_user}/31337", (404, "Not Found")),
        ]:
            reply = await world.http.put(at, auth=who.auth, json={"role": "admin"})
            assert (reply.status_code, reply.json()) == answer
        assert await everybody(world, ann) == before
        reply = await world.http.put(f"{by_user}/{lead.id}", auth=theirs.auth, json={"role": "admin"})
        assert (reply.status_code, reply.json()) == (200, "OK")

    @meets(PUT_WORKSPACE_USER, Reason.PLAN_REQUIRED)
    @meets(PUT_WORKSPACE_USER_OF_ACCOUNT, Reason.PLAN_REQUIRED)
    async def test_money_and_working_hours_need_a_paid_plan(self, new_world: OpenWorld) -> None:
        world = await new_world(default_plan=FREE)
        ann = await world.person("ann")
        one = path(ann, (await everybody(world, ann))["ann"]["id"])
        for at in (one, f"/workspaces/{ann.workspace_id}/users/{ann.id}"):
            for field in ("rate", "labor_cost", "working_hours_in_minutes"):
                reply = await world.http.put(at, auth=ann.auth, json={field: 5})
                assert (reply.status_code, reply.json()) == (402, f"Must be a premium user to use {field}")
                assert (await world.http.put(at, auth=ann.auth, json={field: None})).status_code == 200


class TestRemoval:
    async def test_ends_the_direct_way_and_with_the_last_way_the_place(self, world: World) -> None:
        ann = await world.person("ann")
        direct = await world.member("direct", of=ann, workspace_role=WorkspaceRole.ADMIN)
        both = await world.member("both", of=ann, workspace_role=WorkspaceRole.ADMIN)
        group = await through_group(world, ann, both)
        people = await everybody(world, ann)
        told = len(await trail(world, ann.organization_id))
        for who in ("direct", "both"):
            reply = await world.http.delete(path(ann, people[who]["id"]), auth=ann.auth)
            assert (reply.status_code, reply.content) == (200, b"")
        after = await everybody(world, ann)
        assert list(after) == ["ann", "both"]
        left = {"is_direct": False, "role": "user", "group_ids": [group]}
        assert {key: after["both"][key] for key in left} == left
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=direct.auth)).status_code == 403
        assert (await world.http.get(f"/workspaces/{ann.workspace_id}", auth=both.auth)).json()["role"] == "user"
        assert (await trail(world, ann.organization_id))[told:] == [
            ("workspace_user", people[name]["id"], "delete", {"user_id": who.id, "role_id": 4}, {})
            for name, who in (("direct", direct), ("both", both))
        ]

    async def test_does_not_spare_who_administers_the_organization_no_more(self, world: World) -> None:
        ann = await world.person("ann")
        away = await world.member("away", of=ann, role=OrganizationRole.ADMIN, workspace_role=WorkspaceRole.ADMIN)
        await world.deactivate(away, ann.organization_id)
        one = path(ann, (await everybody(world, ann))["away"]["id"])
        assert (await world.http.put(one, auth=ann.auth, json={"role": "user"})).json() == "OK"
        assert (await world.http.delete(one, auth=ann.auth)).status_code == 200
        assert list(await everybody(world, ann)) == ["ann"]

    @meets(DELETE_WORKSPACE_USER, Reason.OWNER_STAYS, Reason.PAYER_STAYS, Reason.ADMIN_STAYS, Reason.FORBIDDEN)
    @meets(DELETE_WORKSPACE_USER, Reason.INVALID_WORKSPACE_ID, Reason.INVALID_WORKSPACE_USER_ID)
    @meets(DELETE_WORKSPACE_USER, Reason.WORKSPACE_USER_NOT_FOUND)
    @meets(PATCH_ORGANIZATION_WORKSPACE_USERS, Reason.OWNER_STAYS, Reason.PAYER_STAYS, Reason.ADMIN_STAYS)
    @meets(PATCH_ORGANIZATION_WORKSPACE_USERS, Reason.IDS_UNKNOWN, Reason.FORBIDDEN)
    async def test_spares_whom_no_workspace_can_lose_and_is_for_its_admins(self, world: World) -> None:
        ann = await world.person("ann")
        await world.member("admin", of=ann, role=OrganizationRole.ADMIN, workspace_role=WorkspaceRole.ADMIN)
        payer = await world.member("payer", of=ann)
        theirs = await world.member("theirs", of=ann, workspace_role=WorkspaceRole.ADMIN)
        member = await world.member("member", of=ann)
        through = await world.member("through", of=ann, workspace_role=None)
        outsider = await world.person("outsider")
        await world.execute("UPDATE organizations SET payer_id = :id", id=payer.id)
        await through_group(world, ann, through)
        people = await everybody(world, ann)
        ids = {name: person["id"] for name, person in people.items()}
        foreign = (await everybody(world, outsider))["outsider"]["id"]
        hidden = (403, "Workspace user is not found or accessible")
        unknown = (400, "Wrong workspace user IDs")
        for which, one, many in [
            (ids["ann"], (400, "Cannot remove workspace owner."), None),
            (ids["payer"], (400, "Cannot remove paying user."), None),
            (ids["admin"], (400, "Cannot remove organization admin."), None),
            (ids["through"], hidden, unknown),
            (foreign, hidden, unknown),
            (31_337, hidden, unknown),
        ]:
            reply = await world.http.delete(path(ann, which), auth=theirs.auth)
            assert (reply.status_code, reply.json()) == one
            body = {"delete": [ids["member"], which]}
            reply = await world.http.patch(from_organization(ann), auth=theirs.auth, json=body)
            assert (reply.status_code, reply.json()) == (many or one)
        for who in (member, outsider):
            reply = await world.http.delete(path(ann, ids["member"]), auth=who.auth)
            assert (reply.status_code, reply.json()) == hidden
            body = {"delete": [ids["member"]]}
            reply = await world.http.patch(from_organization(ann), auth=who.auth, json=body)
            assert (reply.status_code, reply.json()) == (403, "Forbidden")
        for at in (path(ann, "x"), "/workspaces/x/workspace_users/1"):
            reply = await world.http.delete(at, auth=ann.auth)
            assert (reply.status_code, reply.json()) == (400, "Bad Request")
        assert await everybody(world, ann) == people

    @meets(PATCH_ORGANIZATION_WORKSPACE_USERS, Reason.INVALID_JSON, Reason.IDS_MISSING, Reason.IDS_NOT_UNIQUE)
    async def test_of_many_at_once_is_of_all_or_of_nobody(self, world: World) -> None:
        ann = await world.person("ann")
        for name in ("bob", "eve", "zoe"):
            await world.member(name, of=ann)
        people = await everybody(world, ann)
        bob, eve = people["bob"]["id"], people["eve"]["id"]
        for body, text in [
            ([], "JSON is not valid"),
            ({"delete": ["bob"]}, "JSON is not valid"),
            ({}, "At least one workspace user ID must be supplied."),
            ({"delete": []}, "At least one workspace user ID must be supplied."),
            ({"delete": [bob, eve, bob]}, 'Workspace user IDs must be unique"'),
            ({"delete": [bob, 2**80]}, "Wrong workspace user IDs"),
        ]:
            reply = await world.http.patch(from_organization(ann), auth=ann.auth, json=body)
            assert (reply.status_code, reply.json()) == (400, text)
        assert await everybody(world, ann) == people
        replies = await asyncio.gather(
            world.http.patch(from_organization(ann), auth=ann.auth, json={"delete": [eve, bob]}),
            world.http.patch(from_organization(ann), auth=ann.auth, json={"delete": [bob, eve]}),
            world.http.delete(path(ann, people["zoe"]["id"]), auth=ann.auth),
        )
        assert sorted(reply.status_code for reply in replies[:2]) == [200, 400]
        assert replies[2].status_code == 200
        assert list(await everybody(world, ann)) == ["ann"]
