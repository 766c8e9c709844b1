"""Replies that are served again: to whom, for how long, and what is said to who holds them already."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from typing import Any

import httpx
import pytest

from rollcall.contract.operation import Operation
from rollcall.contract.operations import OPERATIONS
from rollcall.contract.role import OrganizationRole
from rollcall.server.domain import RULES, deletions, memberships
from rollcall.server.domain.work import Work
from rollcall.server.http.application import Application
from rollcall.server.storage import Statement, Storage, Transaction
from tests.server.conftest import OpenWorld
from tests.server.examples import EXAMPLES, PLAIN
from tests.server.people_lists import check_lists
from tests.server.permissions import Actor
from tests.server.stage import set_stage
from tests.server.world import PASSWORD, Person, World, open_world

pytestmark = pytest.mark.anyio

READS = [row for row in OPERATIONS if not row.writes]


async def alter(world: World, sql: str, **parameters: Any) -> None:
    """Changes something that no revision tells of, which no rule does."""

    async def write(transaction: Transaction) -> int:
        return await transaction.execute(Statement(sql, type(None)), **parameters)

    await world.server.storage.write(write)


async def alter_name(world: World, person: Person, name: str) -> None:
    await alter(world, "UPDATE organizations SET name = :name WHERE id = :id", name=name, id=person.organization_id)


async def shown(world: World, person: Person, *, of: Person | None = None, held: str = "") -> httpx.Response:
    """The organization of somebody, as somebody sees it who holds a reply with that tag."""
    path = f"/organizations/{(of or person).organization_id}"
    return await world.http.get(path, auth=person.auth, headers={"If-None-Match": held} if held else {})


# How long


async def test_a_reply_is_served_again_until_the_organization_changes(world: World) -> None:
    ann = await world.person("ann")
    first = await shown(world, ann)
    await alter_name(world, ann, "Altered")
    again = await shown(world, ann)
    assert (again.content, again.headers) == (first.content, first.headers)
    await world.http.put(f"/workspaces/{ann.workspace_id}", auth=ann.auth, json={"rounding_minutes": 5})
    changed = await shown(world, ann)
    assert changed.json()["name"] == "Altered"
    assert changed.headers["etag"] != first.headers["etag"]


async def test_a_write_that_is_undone_leaves_what_is_kept(world: World) -> None:
    ann = await world.person("ann")
    first = await shown(world, ann)
    await alter_name(world, ann, "Altered")
    path = f"/organizations/{ann.organization_id}/users"
    assert (await world.http.patch(path, auth=ann.auth, json={"delete": [10**6]})).status_code == 400
    assert (await shown(world, ann)).headers["etag"] == first.headers["etag"]


async def test_another_server_on_the_database_serves_what_the_first_has_acknowledged(new_world: OpenWorld) -> None:
    one, other = await new_world(), await new_world()
    ann = await one.person("ann")
    for number in range(6):
        writes, reads = (one, other) if number % 2 else (other, one)
        assert (await shown(reads, ann)).status_code == (await shown(writes, ann)).status_code == 200
        path = f"/organizations/{ann.organization_id}"
        assert (await writes.http.put(path, auth=ann.auth, json={"name": f"Name {number}"})).json() == "OK"
        assert (await shown(reads, ann)).json()["name"] == f"Name {number}"
        tags = {(await shown(each, ann)).headers["etag"] for each in (one, other)}
        assert len(tags) == 1


async def test_who_loses_their_token_at_one_server_is_refused_by_the_other(new_world: OpenWorld) -> None:
    one, other = await new_world(), await new_world()
    ann = await one.person("ann")
    tag = (await shown(other, ann)).headers["etag"]
    await one.http.post("/me/reset_token", auth=ann.auth)
    assert (await shown(other, ann)).status_code == 403
    assert (await shown(other, ann, held=tag)).status_code == 403


async def test_a_database_that_is_put_back_starts_anew(new_world: OpenWorld) -> None:
    running = await new_world()
    ann = await running.person("ann")
    revision = "UPDATE organizations SET revision = :revision, name = :name WHERE id = :id"
    await alter(running, revision, revision=10, name="Lost", id=ann.organization_id)
    lost = await shown(running, ann)
    assert lost.json()["name"] == "Lost"
    # The copy was older; it has reached the same revision by another way when a server is started on it.
    await alter(running, revision, revision=10, name="Restored", id=ann.organization_id)
    started = await new_world()
    for world in (started, running):
        restored = await shown(world, ann, held=lost.headers["etag"])
        assert (restored.status_code, restored.json()["name"]) == (200, "Restored")


async def test_revisions_that_are_lost_are_not_reached_again(world: World) -> None:
    ann = await world.person("ann")
    path, body = f"/workspaces/{ann.workspace_id}", {"rounding_minutes": 5}
    tags = set()
    for _ in range(5):
        await alter(world, "UPDATE organizations SET revision = 1 WHERE id = :id", id=ann.organization_id)
        await world.http.put(path, auth=ann.auth, json=body)
        tags.add((await shown(world, ann)).headers["etag"])
    assert len(tags) == 5


async def test_servers_with_other_settings_do_not_take_each_others_tags(new_world: OpenWorld) -> None:
    world = await new_world()
    ann = await world.person("ann")
    path = f"/organizations/{ann.organization_id}/payment_records"
    tag = (await world.http.get(path, auth=ann.auth)).headers["etag"]
    moved = await new_world(public_url="https://elsewhere.example")
    assert (await moved.http.get(path, auth=ann.auth, headers={"If-None-Match": tag})).status_code == 200


async def test_memory_for_replies_is_limited(new_world: OpenWorld) -> None:
    world = await new_world(reply_memory=100_000)
    ann = await world.person("ann")
    old = (await shown(world, ann)).headers["etag"]
    await alter_name(world, ann, "Altered")
    path = f"/organizations/{ann.organization_id}/users"
    for number in range(60):
        assert (await world.http.get(path, auth=ann.auth, params={"unknown": number})).status_code == 200
    made_anew = await shown(world, ann)
    assert made_anew.json()["name"] == "Altered"
    # Who holds the tag is not sent it again all the same: the revision tells that nothing has changed.
    assert made_anew.headers["etag"] == old


async def test_a_reply_that_would_take_all_memory_is_not_kept(new_world: OpenWorld) -> None:
    world = await new_world(reply_memory=20_000)
    ann = await world.person("ann")
    await shown(world, ann)
    await alter_name(world, ann, "Altered")
    assert (await shown(world, ann)).json()["name"] == "Altered"


# While it is made


class Overtaken:
    """A database in which something happens after who asks has been admitted, and before anything is read for them."""

    def __init__(self, storage: Storage, change: Callable[[], Awaitable[None]]) -> None:
        self._storage = storage
        self._change = change

    async def one(self, statement: Statement[Any], /, **parameters: Any) -> Any:
        return await self._storage.one(statement, **parameters)

    async def read(self, work: Callable[[Transaction], Any]) -> Any:
        await self._change()
        return await self._storage.read(work)

    async def write(self, work: Callable[[Transaction], Any]) -> Any:
        return await self._storage.write(work)

    async def close(self) -> None:
        await self._storage.close()


async def overtaken(world: World, person: Person, path: str, change: Callable[[], Awaitable[None]]) -> httpx.Response:
    application = Application(Overtaken(world.server.storage, change), world.server.service)
    transport = httpx.ASGITransport(app=application)
    async with httpx.AsyncClient(transport=transport, base_url=str(world.http.base_url)) as http:
        return await http.get(path, auth=person.auth)


async def test_a_reply_that_was_made_while_something_changed_has_no_tag(world: World) -> None:
    ann = await world.person("ann")
    path = f"/organizations/{ann.organization_id}"

    async def rename() -> None:
        await world.http.put(path, auth=ann.auth, json={"name": "Renamed"})

    reply = await overtaken(world, ann, path, rename)
    assert reply.json()["name"] == "Renamed"
    assert "etag" not in reply.headers


@pytest.mark.parametrize("path", ["/organizations/{}/users", "/organizations/{}/invitations"])
async def test_who_loses_their_rights_while_they_wait_is_refused(world: World, path: str) -> None:
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann, role=OrganizationRole.ADMIN)

    async def deactivate() -> None:
        await world.deactivate(bob, ann.organization_id)

    assert (await overtaken(world, bob, path.format(ann.organization_id), deactivate)).status_code == 403


# To who holds it already


@pytest.mark.parametrize("held", ["{}", "W/{}", '"other", {}', "*"])
async def test_who_holds_the_reply_is_told_so(world: World, held: str) -> None:
    ann = await world.person("ann")
    full = await shown(world, ann)
    reply = await shown(world, ann, held=held.format(full.headers["etag"]))
    assert (reply.status_code, reply.content) == (304, b"")
    for name in ("etag", "cache-control", "vary"):
        assert reply.headers[name] == full.headers[name]
    assert {"content-length", "content-type"}.isdisjoint(reply.headers)
    assert reply.headers["cache-control"] == "private, no-cache"
    assert reply.headers["vary"] == "Authorization, Cookie"


@pytest.mark.parametrize("held", ['"other"', "other", '""', "W/", ","])
async def test_who_holds_another_reply_gets_this_one(world: World, held: str) -> None:
    ann = await world.person("ann")
    full = await shown(world, ann)
    assert (await shown(world, ann, held=held)).content == full.content


async def test_a_tag_holds_at_a_server_that_has_not_made_the_reply(new_world: OpenWorld) -> None:
    one, other = await new_world(), await new_world()
    ann = await one.person("ann")
    tag = (await shown(one, ann)).headers["etag"]
    assert (await shown(other, ann, held=tag)).status_code == 304


async def test_the_tag_of_a_lost_right_is_worth_nothing(world: World) -> None:
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann)
    tag = (await shown(world, bob, of=ann)).headers["etag"]
    await world.deactivate(bob, ann.organization_id)
    assert (await shown(world, bob, of=ann, held=tag)).status_code == 404


async def test_the_tag_of_somebody_else_is_worth_nothing(world: World) -> None:
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann, role=OrganizationRole.ADMIN)
    path = f"/organizations/{ann.organization_id}/users"
    tag = (await world.http.get(path, auth=ann.auth)).headers["etag"]
    assert (await world.http.get(path, auth=bob.auth, headers={"If-None-Match": tag})).status_code == 200


# To whom


@pytest.mark.parametrize("operation", READS, ids=[row.id for row in READS])
def test_every_read_is_either_served_again_or_known_to_be_made_anew(operation: Operation) -> None:
    reuse = RULES[operation.id].reuse
    assert (reuse is None) is (operation.id in MADE_ANEW)
    assert reuse is None or {"organization_id", "workspace_id"} & {*operation.path_parameters}


MADE_ANEW = {
    # They speak of several organizations, or of none.
    *("get_me", "get_me_id", "get_me_logged", "get_me_organizations", "get_me_workspaces", "get_me_quota"),
    *("get_workspaces", "get_status", "get_me_lost_passwords", "get_invitation"),
    # An invitation expires by itself.
    "get_organization_invitations",
    # Drawn, and seldom asked for twice.
    "get_organization_invoice_pdf",
}


async def test_everybody_is_told_what_they_may_see_whoever_asked_before(sqlite_url: str) -> None:
    stage = await set_stage(sqlite_url)
    await stage.world.execute("UPDATE workspace_users SET rate = 40, labor_cost = 20 WHERE id > :id", id=0)
    making = await open_world(sqlite_url, reply_memory=0)
    asked = []
    for operation in READS:
        example = EXAMPLES.get(operation.id, PLAIN)
        if RULES[operation.id].reuse is not None:
            asked += [(operation.path.format_map(ids), example.query) for ids in (stage.ours, stage.theirs)]
    told = {}
    for path, query in asked:
        for actor in Actor:
            reply = await making.http.get(path, params=query, auth=stage.auth_of(actor))
            told[path, actor] = (reply.status_code, reply.content)
    replies = 0
    for actors in ([*Actor], [*reversed(Actor)]):
        for path, query in asked:
            for actor in actors:
                reply = await stage.world.http.get(path, params=query, auth=stage.auth_of(actor))
                assert (reply.status_code, reply.content) == told[path, actor], (path, actor)
                replies += reply.is_success
    assert replies > 150
    rates = [content for (path, _), (_, content) in told.items() if b'"rate":40' in content]
    assert rates
    await making.http.aclose()
    await making.server.close()
    await stage.close()


async def test_a_token_and_a_password_and_a_session_are_served_alike(world: World) -> None:
    ann = await world.person("ann")
    path = f"/organizations/{ann.organization_id}"
    await world.http.post("/me/sessions", auth=ann.auth)
    by_token = await shown(world, ann)
    by_password = await world.http.get(path, auth=(ann.email, PASSWORD))
    by_session = await world.http.get(path)
    assert by_token.content == by_password.content == by_session.content
    assert by_token.headers["etag"] == by_password.headers["etag"] == by_session.headers["etag"]


# What happens in one organization and is told in another


async def found_another(world: World, bob: Person, _: Person) -> None:
    await world.http.post("/organizations", auth=bob.auth, json={"name": "Other", "workspace_name": "Other"})


async def be_invited(world: World, bob: Person, zoe: Person) -> None:
    body = {"emails": [bob.email], "workspaces": [{"workspace_id": zoe.workspace_id}], "skip_email": True}
    made = await world.http.post(f"/organizations/{zoe.organization_id}/invitations", auth=zoe.auth, json=body)
    assert made.status_code == 200


async def be_invited_no_more(world: World, _: Person, zoe: Person) -> None:
    path = f"/organizations/{zoe.organization_id}/invitations"
    [invitation] = (await world.http.get(path, auth=zoe.auth)).json()
    assert (await world.http.delete(f"{path}/{invitation['invitation_id']}", auth=zoe.auth)).json() == "OK"


async def be_removed(world: World, bob: Person, zoe: Person) -> None:
    path = f"/organizations/{zoe.organization_id}/users"
    [member] = [each for each in (await world.http.get(path, auth=zoe.auth)).json() if each["user_id"] == bob.id]
    assert (await world.http.patch(path, auth=zoe.auth, json={"delete": [member["id"]]})).json() == "OK"


async def enter(world: World, bob: Person, zoe: Person) -> None:
    async def write(work: Work) -> None:
        await memberships.enter_organization(work, zoe.organization_id, bob.id, OrganizationRole.MEMBER)

    await world.act(write)


async def leave(world: World, bob: Person, zoe: Person) -> None:
    reply = await world.http.delete(f"/organizations/{zoe.organization_id}/users/leave", auth=bob.auth)
    assert reply.json() == "OK"


async def see_it_deleted(world: World, _: Person, zoe: Person) -> None:
    assert (await leave_alone(world, zoe)).json() == "OK"


async def get_the_own_one_back(world: World, bob: Person, _: Person) -> None:
    async def write(transaction: Transaction) -> None:
        work = Work(transaction, world.server.service, None, time.time_ns() // 1000)
        await deletions.restore(work, bob.organization_id)

    await world.server.storage.write(write)


async def leave_alone(world: World, zoe: Person) -> httpx.Response:
    return await world.http.delete(f"/organizations/{zoe.organization_id}/users/leave", auth=zoe.auth)


Step = Callable[[World, Person, Person], Awaitable[None]]


@pytest.mark.parametrize(
    "steps",
    [
        (found_another,),
        (get_the_own_one_back,),
        (be_invited, be_invited_no_more),
        (be_invited, be_removed),
        (be_invited, see_it_deleted),
        (enter, leave),
    ],
    ids=lambda steps: "-".join(step.__name__ for step in steps),
)
async def test_an_admin_is_told_at_once_whether_somebody_belongs_to_another_organization(
    new_world: OpenWorld, steps: tuple[Step, ...]
) -> None:
    world, making = await new_world(organizations="anyone"), await new_world(reply_memory=0)
    ann, zoe = await world.person("ann"), await world.person("zoe")
    bob = await world.member("bob", of=ann)
    # Bob's own organization goes, so that he is only in Ann's.
    assert (await leave_alone(world, bob)).json() == "OK"
    path = f"/organizations/{ann.organization_id}/users"
    for step in (None, *steps):
        if step is not None:
            await step(world, bob, zoe)
        kept = await world.http.get(path, auth=ann.auth)
        assert kept.json() == (await making.http.get(path, auth=ann.auth)).json(), step
        [told] = [each["can_edit_email"] for each in kept.json() if each["user_id"] == bob.id]
        assert told is (step not in (found_another, get_the_own_one_back, be_invited, enter)), step
    await check_lists(world)
