"""The people of an organization, as a client meets them: listed, changed, removed."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from typing import Any

import httpx
import pytest

from rollcall.contract.operations.organization_users import (
    GET_ORGANIZATION_USERS,
    GET_ORGANIZATION_USERS_DETAILED,
    PATCH_ORGANIZATION_USERS,
    PUT_ORGANIZATION_USER,
)
from rollcall.contract.plan import FREE
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import memberships
from rollcall.server.domain.work import Work
from rollcall.server.storage import Statement
from rollcall.server.storage.row import IdRow
from tests.server.conftest import OpenWorld
from tests.server.meets import meets
from tests.server.world import PASSWORD, Person, World

pytestmark = pytest.mark.anyio

LISTS = ["users", "users/detailed"]
BOTH_LISTS = (GET_ORGANIZATION_USERS, GET_ORGANIZATION_USERS_DETAILED)


def users_of(who: Person, ending: str = "") -> str:
    return f"/organizations/{who.organization_id}/users{ending}"


async def listed(world: World, admin: Person, query: str = "") -> list[dict[str, Any]]:
    reply = await world.http.get(users_of(admin, query), auth=admin.auth)
    assert reply.status_code == 200, reply.text
    found: list[dict[str, Any]] = reply.json()
    return found


async def names(world: World, admin: Person, query: str = "") -> list[str]:
    return [person["name"] for person in await listed(world, admin, query)]


async def entry(world: World, admin: Person, person: Person) -> dict[str, Any]:
    [found] = [each for each in await listed(world, admin) if each["user_id"] == person.id]
    return found


async def put(world: World, admin: Person, person: Person, change: dict[str, Any]) -> httpx.Response:
    """Change somebody, as an admin of the organization does."""
    organization_user_id = (await entry(world, admin, person))["id"]
    return await world.http.put(users_of(admin, f"/{organization_user_id}"), auth=admin.auth, json=change)


async def done(world: World, admin: Person, person: Person, change: dict[str, Any]) -> dict[str, Any]:
    """What somebody is after a change."""
    reply = await put(world, admin, person, change)
    assert (reply.status_code, reply.json()) == (200, "OK")
    return await entry(world, admin, person)


async def sole_member(world: World, name: str, of: Person) -> Person:
    """Somebody whose only organization is that of another."""
    person = await world.member(name, of=of)
    assert (await world.http.delete(users_of(person, "/leave"), auth=person.auth)).status_code == 200
    return person


async def invited(world: World, name: str, of: Person) -> int:
    """Somebody who has not joined yet, by their user id."""
    person = await world.person(name)

    async def invite(work: Work) -> None:
        await memberships.enter_organization(work, of.organization_id, person.id, OrganizationRole.MEMBER, joined=False)

    await world.act(invite)
    return person.id


async def group(world: World, of: Person, name: str, people: list[Person], workspace_ids: list[int]) -> int:
    """A group with people in it, in workspaces."""
    made: list[int] = []
    add = Statement(
        """
        INSERT INTO groups (organization_id, name, name_key, created_at, updated_at)
        VALUES (:organization_id, :name, :name, 0, 0) RETURNING id
        """,
        IdRow,
    )

    async def make(work: Work) -> None:
        row = await work.transaction.one(add, organization_id=of.organization_id, name=name)
        assert row is not None
        for person in people:
            await memberships.enter_group(work, of.organization_id, row.id, person.id)
        for workspace_id in workspace_ids:
            await memberships.connect_group(work, of.organization_id, row.id, workspace_id)
        made.append(row.id)

    await world.act(make)
    return made[-1]


async def workspace(world: World, admin: Person, name: str) -> int:
    path = f"/organizations/{admin.organization_id}/workspaces"
    return int((await world.http.post(path, auth=admin.auth, json={"name": name})).json()["id"])


async def member_count(world: World, workspace_id: int) -> int:
    counted = Statement("SELECT member_count FROM workspaces WHERE id = :id", IdRow)
    rows: list[IdRow] = []

    async def count(work: Work) -> None:
        rows.extend(await work.transaction.all(counted, id=workspace_id))

    await world.act(count)
    return rows[-1].id


async def user_count(world: World, admin: Person) -> int:
    """What the organization says, which is what the list says too."""
    organization = (await world.http.get(f"/organizations/{admin.organization_id}", auth=admin.auth)).json()
    reply = await world.http.get(users_of(admin), auth=admin.auth)
    assert int(reply.headers["x-records"]) == len(reply.json()) == organization["user_count"]
    return int(organization["user_count"])


async def events(world: World, admin: Person, query: str = "") -> list[tuple[str, str]]:
    path = f"/audit_logs/{admin.organization_id}/2000-01-01T00:00:00Z/2100-01-01T00:00:00Z?page_size=5000{query}"
    return [(event["entity_type"], event["action"]) for event in (await world.http.get(path, auth=admin.auth)).json()]


class TestList:
    async def test_tells_who_is_there_and_what_each_is_in_every_workspace(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        second = await workspace(world, ann, "A second")
        crew = await group(world, ann, "crew", [bob], [second])
        idle = await group(world, ann, "idle", [bob], [])
        reply = await world.http.get(users_of(ann), auth=ann.auth)
        paging = {"x-page": "1", "x-page-size": "50", "x-pages": "1", "x-records": "2", "x-sort-order": "asc"}
        assert {name: reply.headers[name] for name in paging} == paging
        of_ann, of_bob = reply.json()
        assert (of_ann["name"], of_ann["owner"], of_ann["admin"], of_ann["role_id"]) == ("ann", True, True, 1)
        assert of_bob == {
            **of_bob,
            "user_id": bob.id,
            "organization_id": ann.organization_id,
            "name": "bob",
            "email": "bob@example.com",
            "avatar_url": "",
            "role_id": 3,
            "admin": False,
            "owner": False,
            "joined": True,
            "inactive": False,
            "can_edit_email": False,
            "invitation_id": None,
            "invitation_code": None,
            "workspace_count": 2,
            "groups": [{"group_id": crew, "name": "crew"}, {"group_id": idle, "name": "idle"}],
            "2fa_enabled": False,
        }
        through, directly = of_bob["workspaces"]
        assert (through["workspace_id"], directly["workspace_id"]) == (second, ann.workspace_id)
        assert (through["groups"], directly["groups"]) == ([{"group_id": crew, "name": "crew"}], [])
        assert through == {
            **through,
            "workspace_name": "A second",
            "name": "A second",
            "active": True,
            "inactive": False,
            "admin": False,
            "role": "user",
            "role_id": 5,
            "rate": None,
            "cost": None,
            "default_currency": "USD",
            "working_hours": None,
            "view_edit_billable_rates": False,
            "view_edit_labor_costs": False,
        }
        [_, detailed] = (await world.http.get(users_of(ann, "/detailed"), auth=ann.auth)).json()
        assert detailed == {**of_bob, "organization_user_id": of_bob["id"], "fullname": "bob"}

    async def test_filters(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, role=OrganizationRole.ADMIN)
        carol = await world.member("carol", of=ann, workspace_role=None)
        dave = await world.member("dave", of=ann)
        await invited(world, "eve", ann)
        second = await workspace(world, ann, "second")
        crew = await group(world, ann, "crew", [carol, bob], [second])
        duo = await group(world, ann, "duo", [dave], [])
        await done(world, ann, dave, {"inactive": True})
        await world.http.put("/me", auth=carol.auth, json={"fullname": "Ca_ROL % Ünïcode"})
        expected = {
            "": ["ann", "bob", "Ca_ROL % Ünïcode", "dave", "eve"],
            "?filter=B": ["bob"],
            "?filter=": ["ann", "bob", "Ca_ROL % Ünïcode", "dave", "eve"],
            "?filter=example.COM": ["ann", "bob", "Ca_ROL % Ünïcode", "dave", "eve"],
            "?filter=%25+%C3%BCN": ["Ca_ROL % Ünïcode"],
            "?filter=_": ["Ca_ROL % Ünïcode"],
            "?filter=nobody": [],
            "?active_status=active": ["ann", "bob", "Ca_ROL % Ünïcode"],
            "?active_status=inactive": ["dave"],
            "?active_status=invited,inactive": ["dave", "eve"],
            "?active_status=active,inactive,invited": ["ann", "bob", "Ca_ROL % Ünïcode", "dave", "eve"],
            "?only_admins=true": ["ann", "bob"],
            "?only_admins=false": ["ann", "bob", "Ca_ROL % Ünïcode", "dave", "eve"],
            f"?groups={crew}": ["bob", "Ca_ROL % Ünïcode"],
            f"?groups={crew},{duo}": ["bob", "Ca_ROL % Ünïcode", "dave"],
            "?groups=424242": [],
            "?groups=-1": [],
            f"?workspaces={ann.workspace_id}": ["ann", "bob", "dave"],
            f"?workspaces={second}": ["ann", "bob", "Ca_ROL % Ünïcode"],
            f"?only_admins=true&filter=o&groups={crew}&workspaces={second}&active_status=active": ["bob"],
        }
        for query, people in expected.items():
            for path in LISTS:
                reply = await world.http.get(f"/organizations/{ann.organization_id}/{path}{query}", auth=ann.auth)
                found = [person["name"] for person in reply.json()]
                assert (query, found, reply.headers["x-records"]) == (query, people, str(len(people)))

    async def test_comes_in_pages_in_one_order_with_exact_totals(self, world: World) -> None:
        ann = await world.person("ann")
        people = [await world.member(f"p{number}", of=ann) for number in range(4)]
        for person in people:
            await world.http.put("/me", auth=person.auth, json={"fullname": "Same Name"})
        everybody = await listed(world, ann)
        assert [person["name"] for person in everybody] == ["ann", *["Same Name"] * 4]
        ids = [person["id"] for person in everybody]
        assert ids == sorted(ids)
        for direction, order in (("asc", ids), ("desc", ids[::-1])):
            pages = [
                await world.http.get(users_of(ann, f"?page={page}&per_page=2&sort_dir={direction}"), auth=ann.auth)
                for page in (1, 2, 3, 4)
            ]
            assert [[person["id"] for person in page.json()] for page in pages] == [
                order[:2],
                order[2:4],
                order[4:],
                [],
            ]
            told = {
                tuple(page.headers[f"x-{name}"] for name in ("pages", "records", "page-size", "sort-order"))
                for page in pages
            }
            assert told == {("3", "5", "2", direction)}
        far = await world.http.get(users_of(ann, f"?page={2**63 - 1}&per_page=5000"), auth=ann.auth)
        assert (far.json(), far.headers["x-records"]) == ([], "5")

    @pytest.mark.parametrize(
        "path",
        [
            pytest.param("users", marks=meets(GET_ORGANIZATION_USERS, *GET_ORGANIZATION_USERS.errors)),
            pytest.param(
                "users/detailed", marks=meets(GET_ORGANIZATION_USERS_DETAILED, *GET_ORGANIZATION_USERS_DETAILED.errors)
            ),
        ],
    )
    async def test_refuses_what_cannot_be_asked_for_and_who_may_not_ask(self, world: World, path: str) -> None:
        ann = await world.person("ann")
        bob = await world.person("bob")
        refusals = {
            "active_status=gone": "active_status parameter can contain only 'active', 'inactive' or 'invited'.",
            "only_admins=maybe": "only_admins parameter can contain only 'true' or 'false'.",
            "page=x": "Invalid value sent for 'page'.",
            "page=0": "page parameter must contain values > 0.",
            "per_page=x": "Invalid value sent for 'per_page'.",
            "per_page=5001": "Invalid value sent for 'per_page'.",
            "per_page=-1": "per_page parameter must contain values > 0.",
            "sort_dir=up": "sort_dir parameter can contain only 'asc' or 'desc'.",
            "groups=1,x": "Invalid value sent for 'groups'.",
            "workspaces=first": "Invalid value sent for 'workspaces'.",
        }
        for query, text in refusals.items():
            reply = await world.http.get(f"/organizations/{ann.organization_id}/{path}?{query}", auth=ann.auth)
            assert (reply.status_code, reply.json()) == (400, text)
        reply = await world.http.get(f"/organizations/mine/{path}", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (400, "Missing or invalid organization_id.")
        elsewhere = await world.http.get(
            f"/organizations/{ann.organization_id}/{path}?workspaces={ann.workspace_id},{bob.workspace_id}",
            auth=ann.auth,
        )
        if path == "users":
            assert [person["name"] for person in elsewhere.json()] == ["ann"]
        else:
            assert (elsewhere.status_code, elsewhere.json()) == (400, "user cannot access specified workspace id.")
        member = await world.member("member", of=ann, workspace_role=WorkspaceRole.ADMIN)
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        former = await world.member("former", of=ann, role=OrganizationRole.ADMIN)
        await done(world, ann, former, {"inactive": True})
        for who in (bob, member, former):
            reply = await world.http.get(f"/organizations/{ann.organization_id}/{path}", auth=who.auth)
            assert reply.status_code == 403
        assert (
            await world.http.get(f"/organizations/{ann.organization_id}/{path}", auth=admin.auth)
        ).status_code == 200


class TestPatch:
    @meets(PATCH_ORGANIZATION_USERS, *PATCH_ORGANIZATION_USERS.errors)
    async def test_removes_all_or_nobody_and_names_who_is_in_the_way(self, world: World) -> None:
        ann, other = await world.person("ann"), await world.person("other")
        bob = await world.member("bob", of=ann)
        payer = await world.member("payer", of=ann)
        await world.execute(
            "UPDATE organizations SET payer_id = :payer WHERE id = :id", payer=payer.id, id=ann.organization_id
        )
        ids = {person["name"]: person["id"] for person in await listed(world, ann)}
        [stranger] = [person["id"] for person in await listed(world, other)]
        refusals = [
            ({}, "At least one organization user ID must be supplied."),
            ({"delete": []}, "At least one organization user ID must be supplied."),
            ({"delete": [ids["bob"], ids["bob"]]}, "Organization user IDs must be unique."),
            (
                {"delete": [ids["bob"], stranger, -7, 10**30]},
                f"The following organization user IDs do not belong to this organization: '-7, {stranger}, {10**30}'.",
            ),
            (
                {"delete": [ids["bob"], ids["payer"]]},
                f"Cannot remove the paying user with organization user ID='{ids['payer']}'.",
            ),
            (
                {"delete": [ids["bob"], ids["ann"]]},
                f"Cannot remove the organization owner user with organization user ID='{ids['ann']}'.",
            ),
        ]
        for body, text in refusals:
            reply = await world.http.patch(users_of(ann), auth=ann.auth, content=json.dumps(body))
            assert (reply.status_code, reply.json()) == (400, text)
        reply = await world.http.patch("/organizations/x/users", auth=ann.auth, json={"delete": [1]})
        assert (reply.status_code, reply.json()) == (400, "Missing or invalid organization_id")
        for who in (bob, other):
            reply = await world.http.patch(users_of(ann), auth=who.auth, json={"delete": [ids["bob"]]})
            assert (reply.status_code, reply.json()) == (403, "User is not authorized to delete the organization user")
        assert await names(world, ann) == ["ann", "bob", "payer"]
        assert await user_count(world, ann) == 3

    async def test_ends_every_way_in_and_tells_each_in_the_log(self, world: World) -> None:
        ann = await world.person("ann")
        bob, carol = await world.member("bob", of=ann), await world.member("carol", of=ann)
        second = await workspace(world, ann, "second")
        await group(world, ann, "crew", [bob, carol], [second])
        await invited(world, "eve", ann)
        assert (await member_count(world, ann.workspace_id), await member_count(world, second)) == (3, 3)
        before = len(await events(world, ann))
        doomed = [person["id"] for person in await listed(world, ann) if person["name"] in ("bob", "eve")]
        reply = await world.http.patch(users_of(ann), auth=ann.auth, json={"delete": doomed})
        assert (reply.status_code, reply.json()) == (200, "OK")
        assert await names(world, ann) == ["ann", "carol"]
        assert await user_count(world, ann) == 2
        assert (await member_count(world, ann.workspace_id), await member_count(world, second)) == (2, 2)
        assert (await world.http.get(f"/organizations/{ann.organization_id}", auth=bob.auth)).status_code == 404
        assert (await world.http.get(f"/workspaces/{second}", auth=bob.auth)).status_code == 403
        assert (await events(world, ann))[before:] == [
            ("workspace_user", "delete"),
            ("group", "update"),
            ("organization_user", "delete"),
            ("organization_user", "delete"),
        ]

    async def test_by_two_admins_at_once_removes_each_person_once(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        for name in ("bob", "carol", "dave"):
            await world.member(name, of=ann)
        ids = [person["id"] for person in await listed(world, ann, "?active_status=active")][2:]
        wishes = [(ann, ids[:2]), (admin, ids[1:]), (ann, ids), (admin, ids[:1])]
        replies = await asyncio.gather(
            *(world.http.patch(users_of(ann), auth=who.auth, json={"delete": some}) for who, some in wishes)
        )
        assert {reply.status_code for reply in replies} == {200, 400}
        removed = {one for reply, (_, some) in zip(replies, wishes, strict=True) if reply.is_success for one in some}
        assert await user_count(world, ann) == 5 - len(removed)
        assert await member_count(world, ann.workspace_id) == 5 - len(removed)


class TestPut:
    async def test_changes_the_account_of_who_has_no_other_organization(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await sole_member(world, "bob", of=ann)
        assert (await entry(world, ann, bob))["can_edit_email"] is True
        after = await done(world, ann, bob, {"name": " Bob B ", "email": "BOB@new.example.com"})
        assert (after["name"], after["email"]) == ("Bob B", "BOB@new.example.com")
        account = (await world.http.get("/me", auth=("bob@new.example.com", PASSWORD))).json()
        assert (account["fullname"], account["email"]) == ("Bob B", "BOB@new.example.com")
        assert (await world.http.get("/me", auth=(bob.email, PASSWORD))).status_code == 403
        assert (await events(world, ann))[-1] == ("user", "update")
        assert await names(world, ann) == ["ann", "Bob B"]

    async def test_of_an_account_is_refused_where_it_is_not_the_organizations_alone(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        admin = await sole_member(world, "admin", of=ann)
        await done(world, ann, admin, {"organization_admin": True})
        guest = await world.person("guest")
        await world.http.delete(users_of(guest, "/leave"), auth=guest.auth)

        async def invite(work: Work) -> None:
            await memberships.enter_organization(
                work, ann.organization_id, guest.id, OrganizationRole.MEMBER, joined=False
            )

        await world.act(invite)
        refused = {
            bob: (400, "User has multiple organizations."),
            ann: (403, "User is not authorized to update the organization user"),
            guest: (404, "Failed to load user data."),
        }
        for person, (status, text) in refused.items():
            assert (await entry(world, admin_of(admin, ann), person))["can_edit_email"] is False
            reply = await put(world, admin_of(admin, ann), person, {"email": "mine@example.com"})
            assert (reply.status_code, reply.json()) == (status, text)
            assert (await world.http.get("/me", auth=person.auth)).json()["email"] == person.email
            # What is stored already is no change.
            same = {"email": person.email, "name": person.email.partition("@")[0]}
            await done(world, admin_of(admin, ann), person, same)
        mine = await done(world, admin_of(admin, ann), admin, {"email": "boss@example.com"})
        assert (mine["email"], mine["can_edit_email"]) == ("boss@example.com", True)

    @meets(PUT_ORGANIZATION_USER, *PUT_ORGANIZATION_USER.errors)
    async def test_refuses_what_cannot_be_and_changes_nothing(self, new_world: OpenWorld) -> None:
        world = await new_world(default_plan=FREE)
        ann, other = await world.person("ann"), await world.person("other")
        bob = await sole_member(world, "bob", of=ann)
        payer = await world.member("payer", of=ann, role=OrganizationRole.ADMIN)
        await world.execute(
            "UPDATE organizations SET payer_id = :payer WHERE id = :id", payer=payer.id, id=ann.organization_id
        )
        eve = await invited(world, "eve", ann)
        there, elsewhere = ann.workspace_id, other.workspace_id
        before = await listed(world, ann)
        ids = {person["user_id"]: person["id"] for person in before}
        told = len(await events(world, ann))

        def at(**fields: Any) -> dict[str, Any]:
            return {"name": "Half done", "workspaces": [{"workspace_id": there, **fields}]}

        refusals: list[tuple[int, dict[str, Any], str]] = [
            (bob.id, {}, "At least one field is required."),
            (bob.id, {"name": None, "groups": None}, "At least one field is required."),
            (bob.id, {"name": "  "}, "Field 'name' cannot be empty."),
            (bob.id, {"name": "n" * 141}, "Invalid name"),
            (bob.id, {"email": " "}, "Missing e-mail."),
            (bob.id, {"email": "bob"}, "Invalid e-mail: 'bob'"),
            (bob.id, {"email": "{0}"}, "Invalid e-mail: '{0}'"),
            (bob.id, {"email": "OTHER@example.com"}, "Email already exists."),
            (bob.id, {"role_id": 2, "organization_admin": True}, "Cannot use both admin flags and role_id."),
            (bob.id, {"role_id": 0}, "Invalid role_id."),
            (bob.id, {"role_id": 10**30}, "Invalid role_id."),
            (bob.id, {"role_id": 1234}, "Invalid role ID: 1234."),
            (bob.id, {"role_id": 4}, "Invalid organization role."),
            (bob.id, {"role_id": 1}, "Invalid organization role."),
            (ann.id, {"role_id": 2}, "Invalid organization role."),
            (ann.id, {"role_id": 3}, "Cannot remove admin privileges from owner."),
            (ann.id, {"organization_admin": False}, "Cannot remove admin privileges from owner."),
            (ann.id, {"inactive": True}, "Cannot deactivate owner."),
            (payer.id, {"organization_admin": False}, "Cannot remove admin privileges from paying user."),
            (payer.id, {"inactive": True}, "Cannot deactivate paying user."),
            (payer.id, {"name": "Payer"}, "User has multiple organizations."),
            (
                bob.id,
                {"name": "Half done", "groups": [7]},
                f"Group '7' is not in Organization '{ann.organization_id}'.",
            ),
            (
                bob.id,
                at(workspace_id=elsewhere),
                f"Workspace '{elsewhere}' is not in Organization '{ann.organization_id}'.",
            ),
            (bob.id, at(role_id=3), "Invalid workspace role with ID: 3."),
            (payer.id, {"workspaces": [{"workspace_id": there, "role": "user"}]}, "Invalid workspace role with ID: 5."),
            (bob.id, at(role_id=5, admin=True), "Cannot use both admin flags and role_id."),
            (bob.id, at(role="boss"), "Invalid role"),
            (bob.id, at(working_hours=0), "Working hours must be positive or null"),
            (bob.id, at(working_hours=25), "Invalid working_hours_in_minutes"),
            (bob.id, at(rate=-1), "Invalid rate"),
            (bob.id, at(cost=1e300), "Invalid labor_cost"),
            (bob.id, at(default_currency="EUR"), "Invalid default_currency"),
            (payer.id, {"workspaces": [{"workspace_id": there, "inactive": True}]}, "Invalid inactive"),
            (bob.id, {"workspaces": [{"workspace_id": there}] * 2}, "Invalid workspaces"),
        ]
        for user_id, change, text in refusals:
            reply = await world.http.put(users_of(ann, f"/{ids[user_id]}"), auth=ann.auth, content=json.dumps(change))
            assert (reply.status_code, reply.json()) == (400, text)
        paid = {"rate": "rate", "cost": "labor_cost", "working_hours": "working_hours_in_minutes"}
        for field, feature in paid.items():
            reply = await world.http.put(users_of(ann, f"/{ids[bob.id]}"), auth=ann.auth, json=at(**{field: 2}))
            assert (reply.status_code, reply.json()) == (402, f"{feature} is not part of the plan")
        reply = await world.http.put(users_of(ann, f"/{ids[eve]}"), auth=ann.auth, json={"name": "Eve E"})
        assert (reply.status_code, reply.json()) == (404, "Failed to load user data.")
        reply = await world.http.put(users_of(ann, "/first"), auth=ann.auth, json={"name": "x"})
        assert (reply.status_code, reply.json()) == (404, "Invalid organization user ID.")
        [stranger] = [person["id"] for person in await listed(world, other)]
        for unknown in (stranger, 424242):
            reply = await world.http.put(users_of(ann, f"/{unknown}"), auth=ann.auth, json={"inactive": True})
            assert (reply.status_code, reply.json()) == (400, "User does not exist in the organization.")
        reply = await world.http.put(f"/organizations/x/users/{ids[bob.id]}", auth=ann.auth, json={"name": "x"})
        assert (reply.status_code, reply.json()) == (400, "Missing or invalid organization_id.")
        for who in (bob, other):
            reply = await world.http.put(users_of(ann, f"/{ids[bob.id]}"), auth=who.auth, json={"role_id": 2})
            assert (reply.status_code, reply.json()) == (403, "User is not authorized to update the organization user")
        assert await listed(world, ann) == before
        await done(world, ann, bob, {"inactive": True})
        for number in range(3):
            await world.member(f"more{number}", of=ann)
        reply = await put(world, ann, bob, {"inactive": False})
        assert (reply.status_code, reply.json()) == (
            400,
            "Active user limit is 5. Upgrade to add more active users",
        )
        assert (await entry(world, ann, bob))["inactive"] is True
        assert len(await events(world, ann)) == told + 1

    async def test_deactivation_takes_access_at_once_and_activation_gives_it_back(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, role=OrganizationRole.ADMIN)
        session = httpx.AsyncClient(transport=world.http._transport, base_url=world.http.base_url)
        path = f"/organizations/{ann.organization_id}"
        assert (await session.post("/me/sessions", auth=bob.auth)).status_code == 200
        assert (await session.get(path)).status_code == 200
        assert (await done(world, ann, bob, {"inactive": True}))["inactive"] is True
        assert (await session.get(path)).status_code == 404
        assert (await session.get(f"/workspaces/{ann.workspace_id}")).status_code == 403
        assert (await session.get("/me/id")).json() == bob.id
        assert await user_count(world, ann) == 2
        second = await workspace(world, ann, "made meanwhile")
        assert (await done(world, ann, bob, {"inactive": False}))["workspace_count"] == 2
        assert (await session.get(f"/workspaces/{second}")).json()["role"] == "admin"
        assert await member_count(world, second) == 2
        assert [event for event in await events(world, ann) if event[1] in ("deactivate", "activate")] == [
            ("organization_user", "deactivate"),
            ("organization_user", "activate"),
        ]

    async def test_promotion_opens_every_workspace_and_demotion_leaves_a_user_there(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann, workspace_role=None)
        second = await workspace(world, ann, "second")
        crew = await group(world, ann, "crew", [bob], [second])
        promoted = await done(world, ann, bob, {"role_id": 2})
        assert (promoted["role_id"], promoted["admin"], promoted["owner"]) == (2, True, False)
        assert {place["workspace_id"]: place["role_id"] for place in promoted["workspaces"]} == {
            ann.workspace_id: 4,
            second: 4,
        }
        assert (await member_count(world, ann.workspace_id), await member_count(world, second)) == (2, 2)
        assert (await world.http.get(users_of(ann), auth=bob.auth)).status_code == 200
        kept = await done(world, ann, bob, {"workspaces": [], "groups": []})
        assert (kept["workspace_count"], kept["groups"]) == (2, [])
        demoted = await done(world, ann, bob, {"organization_admin": False})
        assert {place["workspace_id"]: place["role_id"] for place in demoted["workspaces"]} == {
            ann.workspace_id: 5,
            second: 5,
        }
        assert (await world.http.get(users_of(ann), auth=bob.auth)).status_code == 403
        again = await done(world, ann, bob, {"organization_admin": True, "groups": [crew]})
        assert again["workspaces"][1]["groups"] == [{"group_id": crew, "name": "crew"}]
        wish = {"role_id": 3, "workspaces": [{"workspace_id": ann.workspace_id, "role": "admin"}]}
        said = await done(world, ann, bob, wish)
        assert {place["workspace_id"]: place["role_id"] for place in said["workspaces"]} == {
            ann.workspace_id: 4,
            second: 5,
        }

    async def test_sets_groups_and_workspaces_and_what_somebody_is_in_each(self, world: World) -> None:
        ann = await world.person("ann")
        bob = await world.member("bob", of=ann)
        second, third = await workspace(world, ann, "second"), await workspace(world, ann, "third")
        crew = await group(world, ann, "crew", [bob], [second])
        duo = await group(world, ann, "duo", [], [ann.workspace_id])
        told = len(await events(world, ann))
        terms = {
            "role_id": 6,
            "rate": 40.0,
            "cost": 12.25,
            "default_currency": "USD",
            "working_hours": 7.5,
            "view_edit_billable_rates": True,
            "view_edit_labor_costs": True,
            "inactive": True,
        }
        after = await done(world, ann, bob, {"groups": [duo], "workspaces": [{"workspace_id": third, **terms}]})
        assert after["groups"] == [{"group_id": duo, "name": "duo"}]
        first, other = after["workspaces"]
        assert (first["workspace_id"], first["groups"], first["rate"]) == (ann.workspace_id, after["groups"], None)
        assert other == {**other, **terms, "workspace_id": third, "role": "teamlead", "admin": False}
        assert [await member_count(world, each) for each in (ann.workspace_id, second, third)] == [2, 1, 2]
        assert (await events(world, ann))[told:] == [
            ("group", "update"),
            ("group", "update"),
            ("workspace_user", "delete"),
            ("workspace_user", "create"),
        ]
        # What was read can be written back.
        assert await done(world, ann, bob, {"workspaces": [other], "groups": [duo]}) == after
        assert len(await events(world, ann)) == told + 4
        changed = await done(
            world, ann, bob, {"workspaces": [{"workspace_id": third, "rate": None, "admin": True, "inactive": False}]}
        )
        place = changed["workspaces"][1]
        assert (place["rate"], place["cost"], place["role_id"], place["inactive"]) == (None, 12.25, 4, False)
        plain = await done(world, ann, bob, {"workspaces": [{"workspace_id": third, "admin": False}], "groups": [crew]})
        assert {each["workspace_id"]: each["role_id"] for each in plain["workspaces"]} == {second: 5, third: 5}

    async def test_two_admins_cannot_put_each_other_out(self, world: World) -> None:
        ann = await world.person("ann")
        admins = [await world.member(name, of=ann, role=OrganizationRole.ADMIN) for name in ("bob", "carol")]
        ids = {person["user_id"]: person["id"] for person in await listed(world, ann)}
        bob, carol = admins
        replies = await asyncio.gather(
            *(
                world.http.put(users_of(ann, f"/{ids[whom.id]}"), auth=who.auth, json={"inactive": True})
                for who, whom in ((bob, carol), (carol, bob))
            )
        )
        assert Counter(reply.status_code for reply in replies) == {200: 1, 403: 1}
        assert len(await names(world, ann, "?active_status=inactive")) == 1

    async def test_changes_made_at_once_are_all_kept(self, world: World) -> None:
        ann = await world.person("ann")
        admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
        bob = await world.member("bob", of=ann, workspace_role=None)
        crew = await group(world, ann, "crew", [], [ann.workspace_id])
        organization_user_id = (await entry(world, ann, bob))["id"]
        terms = {"rate": 3, "cost": 2, "working_hours": 8, "role_id": 7, "view_edit_labor_costs": True}
        changes: list[dict[str, Any]] = [
            {"workspaces": [{"workspace_id": ann.workspace_id, name: value}]} for name, value in terms.items()
        ]
        changes += [{"groups": [crew]}, {"inactive": True}]
        replies = await asyncio.gather(
            *(
                world.http.put(users_of(ann, f"/{organization_user_id}"), auth=who.auth, json=change)
                for who, change in zip([ann, admin] * 4, changes, strict=False)
            )
        )
        assert {reply.status_code for reply in replies} == {200}
        after = await entry(world, ann, bob)
        [place] = after["workspaces"]
        assert {**place, **terms, "groups": after["groups"]} == place
        assert (after["inactive"], [each["group_id"] for each in after["groups"]]) == (True, [crew])
        assert await member_count(world, ann.workspace_id) == 3

    async def test_one_address_goes_to_one_person(self, world: World) -> None:
        owners = [await world.person(f"owner{number}") for number in range(3)]
        people = [await sole_member(world, f"member{number}", of=owner) for number, owner in enumerate(owners)]
        replies = await asyncio.gather(
            *(
                put(world, owner, person, {"email": "same@example.com"})
                for owner, person in zip(owners, people, strict=True)
            )
        )
        assert sorted(reply.status_code for reply in replies) == [200, 400, 400]
        assert {reply.json() for reply in replies} == {"OK", "Email already exists."}


def admin_of(admin: Person, owner: Person) -> Person:
    """An admin, acting in the organization of its owner."""
    return Person(admin.id, admin.email, admin.token, owner.organization_id, owner.workspace_id)
