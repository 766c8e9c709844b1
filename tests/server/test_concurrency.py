"""People who act at the same moment: nothing is doubled, lost or left half done, on either database."""

from __future__ import annotations

import asyncio
from collections import Counter

import pytest

from rollcall.contract.plan import ENTERPRISE
from rollcall.contract.role import OrganizationRole
from tests.server.conftest import OpenWorld
from tests.server.world import PASSWORD, World

pytestmark = pytest.mark.anyio


async def test_one_address_gets_one_account(new_world: OpenWorld) -> None:
    world = await new_world(signup="open")
    body = {"email": "ann@example.com", "password": PASSWORD, "tos_accepted": True}
    replies = await asyncio.gather(*(world.http.post("/signup", json=body) for _ in range(8)))
    assert Counter(reply.status_code for reply in replies) == {200: 1, 400: 7}


async def test_one_name_gets_one_workspace_and_every_one_is_counted(world: World) -> None:
    ann = await world.person("ann")
    admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
    path = f"/organizations/{ann.organization_id}/workspaces"
    names = ["Same", "same", " SAME ", "Other", "Third"] * 2
    replies = await asyncio.gather(
        *(
            world.http.post(path, auth=(ann, admin)[number % 2].auth, json={"name": name})
            for number, name in enumerate(names)
        )
    )
    assert Counter(reply.status_code for reply in replies) == {200: 3, 400: 7}
    assert len((await world.http.get("/me/workspaces", auth=ann.auth)).json()) == 4
    await world.execute("UPDATE organizations SET max_workspaces = 4 WHERE id = :id", id=ann.organization_id)
    full = await world.http.post(path, auth=ann.auth, json={"name": "Fifth"})
    assert full.json().endswith("can have a maximum of 4 workspaces")


async def test_a_limit_holds_against_many_at_once(new_world: OpenWorld) -> None:
    world = await new_world(default_plan=ENTERPRISE)
    ann = await world.person("ann")
    await world.execute("UPDATE organizations SET max_workspaces = 3 WHERE id = :id", id=ann.organization_id)
    path = f"/organizations/{ann.organization_id}/workspaces"
    replies = await asyncio.gather(
        *(world.http.post(path, auth=ann.auth, json={"name": f"w{number}"}) for number in range(8))
    )
    assert Counter(reply.status_code for reply in replies) == {200: 2, 400: 6}


async def test_changes_of_different_settings_are_all_kept(world: World) -> None:
    ann = await world.person("ann")
    admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
    path = f"/workspaces/{ann.workspace_id}"
    changes = [
        {"rounding": 0},
        {"rounding_minutes": 15},
        {"default_currency": "EUR"},
        {"default_hourly_rate": 7},
        {"reports_collapse": False},
        {"name": "Renamed"},
    ]
    await asyncio.gather(
        *(world.http.put(path, auth=(ann, admin)[n % 2].auth, json=change) for n, change in enumerate(changes))
    )
    kept = (await world.http.get(path, auth=ann.auth)).json()
    for change in changes:
        assert kept | change == kept


async def test_a_person_who_leaves_by_many_doors_leaves_once(world: World) -> None:
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann)
    path = f"/organizations/{ann.organization_id}/users/leave"
    replies = await asyncio.gather(*(world.http.delete(path, auth=bob.auth) for _ in range(6)))
    assert Counter(reply.status_code for reply in replies) == {200: 1, 400: 5}
    assert (await world.http.get(f"/organizations/{ann.organization_id}", auth=ann.auth)).json()["user_count"] == 1


async def test_one_password_is_changed_by_one_of_many(world: World) -> None:
    ann = await world.person("ann")
    replies = await asyncio.gather(
        *(
            world.http.put(
                "/me", auth=ann.auth, json={"current_password": PASSWORD, "password": f"new password {number}"}
            )
            for number in range(5)
        )
    )
    assert Counter(reply.status_code for reply in replies) == {200: 1, 400: 4}
    [winner] = [number for number, reply in enumerate(replies) if reply.status_code == 200]
    assert (await world.http.get("/me/id", auth=(ann.email, f"new password {winner}"))).json() == ann.id


async def test_people_who_change_their_accounts_and_organizations_do_not_wait_in_a_circle(world: World) -> None:
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann, role=OrganizationRole.ADMIN)
    both = [(ann, {"fullname": f"Ann {n}"}) for n in range(6)] + [(bob, {"fullname": f"Bob {n}"}) for n in range(6)]
    accounts = [world.http.put("/me", auth=who.auth, json=change) for who, change in both]
    names = [
        world.http.put(f"/organizations/{ann.organization_id}", auth=who.auth, json={"name": change["fullname"]})
        for who, change in both
    ]
    spaces = [
        world.http.post(
            f"/organizations/{ann.organization_id}/workspaces", auth=who.auth, json=change | {"name": f"w{n}"}
        )
        for n, (who, change) in enumerate(both)
    ]
    replies = await asyncio.gather(*accounts, *names, *spaces)
    assert {reply.status_code for reply in replies} == {200}
