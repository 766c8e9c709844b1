"""The audit log: what was done in an organization, and by whom."""

from __future__ import annotations

import base64
import json
from collections.abc import MutableMapping
from typing import Any

import pytest

from rollcall.contract.operation import BASE_PATH
from rollcall.contract.operations.audit_logs import GET_AUDIT_LOG
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from rollcall.server.domain import audit_log, memberships
from rollcall.server.domain.work import Work
from tests.server.conftest import OpenWorld
from tests.server.meets import meets
from tests.server.world import PASSWORD, Person, World

pytestmark = pytest.mark.anyio

ALWAYS = "2000-01-01T00:00:00Z/2100-01-01T00:00:00Z"


async def log(world: World, admin: Person, query: str = "", period: str = ALWAYS) -> list[dict[str, Any]]:
    reply = await world.http.get(f"/audit_logs/{admin.organization_id}/{period}{query}", auth=admin.auth)
    assert reply.status_code == 200, reply.text
    events: list[dict[str, Any]] = reply.json()
    return events


def told(events: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(event["entity_type"], event["action"]) for event in events]


async def move_events(world: World, admin: Person, moments: list[str]) -> None:
    """Put the events of an organization at other moments, in their order."""
    for event, moment in zip(await log(world, admin), moments, strict=True):
        await world.execute(
            "UPDATE audit_events SET created_at = :moment WHERE id = :id", id=event["id"], moment=int(moment)
        )


async def test_tells_every_step_of_the_story_once(new_world: OpenWorld) -> None:
    world = await new_world(signup="open")
    body = {"email": "ann@example.com", "password": PASSWORD, "full_name": "Ann", "tos_accepted": True}
    account = (await world.http.post("/signup", json=body)).json()
    auth = (account["api_token"], "api_token")
    [workspace] = (await world.http.get("/me/workspaces", auth=auth)).json()
    ann = Person(account["id"], "ann@example.com", auth[0], workspace["organization_id"], workspace["id"])
    path = f"/organizations/{ann.organization_id}"
    await world.http.put(path, auth=auth, json={"name": "Ann's"})
    await world.http.put(path, auth=auth, json={"name": "Ann's"})
    await world.http.put("/me", auth=auth, json={"fullname": "Ann A", "timezone": "UTC"})
    await world.http.put("/me", auth=auth, json={"fullname": "Ann A"})
    await world.http.put("/me", auth=auth, json={"password": "another one", "current_password": PASSWORD})
    await world.http.put(f"/workspaces/{ann.workspace_id}", auth=auth, json={"rounding": 0})
    await world.http.put(f"/workspaces/{ann.workspace_id}", auth=auth, json={"rounding": 0})
    await world.http.post(f"{path}/workspaces", auth=auth, json={"name": "Second"})
    await world.http.post("/me/sessions", auth=(ann.email, "another one"))
    await world.http.delete("/me/sessions")
    token = (await world.http.post("/me/reset_token", auth=auth)).json()
    ann = Person(ann.id, ann.email, token, ann.organization_id, ann.workspace_id)
    bob = await world.member("bob", of=ann)
    await world.http.delete(f"{path}/users/leave", auth=bob.auth)
    story = await log(world, ann)
    assert told(story) == [
        ("organization", "create"),
        ("organization_user", "create"),
        ("workspace", "create"),
        ("workspace_user", "create"),
        ("user", "create"),
        ("organization", "update"),
        ("user", "update"),
        ("user", "update"),
        ("workspace", "update"),
        ("workspace", "create"),
        ("workspace_user", "create"),
        ("token", "create"),
        ("token", "delete"),
        ("token", "update"),
        ("workspace_user", "delete"),
        ("organization_user", "leave"),
    ]
    assert [event["user_id"] for event in story] == [*[None] * 5, *[ann.id] * 9, *[bob.id] * 2]
    assert [event["source"] for event in story[-5:-2]] == ["api", "web", "api"]
    renamed = story[5]
    assert json.loads(renamed["request_body"])["name"] == "Ann's organization"
    assert json.loads(renamed["response_body"]) == {"name": "Ann's"}
    everything = json.dumps(story)
    for secret in (PASSWORD, "another one", auth[0], token, "argon2"):
        assert secret not in everything


async def test_an_account_is_told_of_to_its_organizations_but_not_to_who_only_invited_it(world: World) -> None:
    ann, bob, nosy = [await world.person(name) for name in ("ann", "bob", "nosy")]

    async def join(work: Work) -> None:
        member = OrganizationRole.MEMBER
        await memberships.enter_organization(work, ann.organization_id, bob.id, member)
        await memberships.enter_organization(work, nosy.organization_id, bob.id, member, joined=False)

    await world.act(join)
    before = {who: len(await log(world, who)) for who in (ann, bob, nosy)}
    await world.http.put("/me", auth=bob.auth, json={"email": "private@example.com"})
    await world.http.post("/me/sessions", auth=bob.auth)
    after = {who: told((await log(world, who))[before[who] :]) for who in (ann, bob, nosy)}
    assert after == {ann: [("user", "update"), ("token", "create")], bob: after[ann], nosy: []}


async def test_filters_and_pages(world: World) -> None:
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann, role=OrganizationRole.ADMIN)
    path = f"/organizations/{ann.organization_id}"
    await world.http.put(path, auth=bob.auth, json={"name": "Bob was here"})
    await world.http.post("/me/sessions", auth=ann.auth)
    await world.http.put(path, json={"name": "Ann was here"})
    events = await log(world, ann)
    moments = [str(1_700_000_000_000_000 + number * 1_000_000) for number in range(len(events))]
    await move_events(world, ann, moments)
    ids = [event["id"] for event in await log(world, ann)]
    assert [event["created_at"][17:] for event in await log(world, ann)][:3] == ["20Z", "21Z", "22Z"]
    expected = {
        f"?workspace_id={ann.workspace_id}": {("workspace", "create"), ("workspace_user", "create")},
        "?entity_type=organization&action=update": {("organization", "update")},
        f"?entity_id={ann.id}&entity_type=token": {("token", "create")},
        f"?user_id={bob.id}": {("organization", "update")},
        "?source=web": {("organization", "update")},
        "?action=dance": set(),
    }
    for query, kinds in expected.items():
        assert set(told(await log(world, ann, query))) == kinds
    assert len(await log(world, ann, f"?user_id={bob.id}")) == len(await log(world, ann, "?source=web")) == 1
    pages = [await log(world, ann, f"?page_size=3&page_number={number}") for number in (1, 2, 3, 4)]
    assert [event["id"] for page in pages for event in page] == ids
    assert await log(world, ann, f"?page_number={2**63 - 1}&page_size=5000") == []
    part = "2023-11-14T23:13:21%2B01:00/2023-11-14T22:13:22.000001Z"
    assert [event["id"] for event in await log(world, ann, period=part)] == ids[1:3]
    assert await log(world, ann, period="2100-01-01T00:00:00Z/2000-01-01T00:00:00Z") == []


async def test_an_export_is_all_of_it_a_batch_at_a_time(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit_log, "_BATCH", 3)
    ann = await world.person("ann")
    path = f"/organizations/{ann.organization_id}"
    for number in range(9):
        await world.http.put(path, auth=ann.auth, json={"name": f"name {number}"})
    # Some at one moment, so that the moment alone does not say what comes next.
    moments = ["0", "0", "0", "0", *["7"] * 10]
    await move_events(world, ann, [str(1_700_000_000_000_000 + int(moment)) for moment in moments])
    reply = await world.http.get(f"/audit_logs/{ann.organization_id}/{ALWAYS}?export=true&page_size=2", auth=ann.auth)
    assert reply.headers["content-type"] == "application/json; charset=utf-8"
    assert reply.json() == await log(world, ann, "?page_size=5000")
    updates = await log(world, ann, "?export=true&action=update")
    assert [json.loads(event["response_body"])["name"] for event in updates] == [f"name {n}" for n in range(9)]
    assert await log(world, ann, "?export=true&action=dance") == []


async def test_an_export_is_sent_while_it_is_read_and_is_of_the_moment_it_was_asked_for(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit_log, "_BATCH", 2)
    ann = await world.person("ann")
    events = await log(world, ann)
    path = f"/organizations/{ann.organization_id}"
    chunks: list[bytes] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.body":
            chunks.append(message["body"])
            await world.http.put(path, auth=ann.auth, json={"name": f"after chunk {len(chunks)}"})

    credentials = base64.b64encode(":".join(ann.auth).encode())
    scope = {
        "type": "http",
        "scheme": "http",
        "method": "GET",
        "path": f"{BASE_PATH}/audit_logs/{ann.organization_id}/{ALWAYS}",
        "query_string": b"export=true",
        "headers": [(b"authorization", b"Basic " + credentials)],
    }
    await world.server.application(scope, receive, send)
    assert json.loads(b"".join(chunks)) == events
    assert max(len(json.loads(b"[" + chunk.strip(b"[],") + b"]")) for chunk in chunks) == 2


@meets(GET_AUDIT_LOG, Reason.INVALID_MOMENT, Reason.FORBIDDEN, Reason.INVALID_QUERY)
async def test_is_for_admins_of_the_organization_who_name_two_moments(world: World) -> None:
    ann, outsider = await world.person("ann"), await world.person("outsider")
    member = await world.member("member", of=ann)
    for who, organization_id in ((member, ann.organization_id), (outsider, ann.organization_id), (ann, "x")):
        reply = await world.http.get(f"/audit_logs/{organization_id}/{ALWAYS}", auth=who.auth)
        assert (reply.status_code, reply.json()) == (403, "User does not have access to the audit logs")
    good = "2026-01-31T00:00:00Z"
    for bad in ("yesterday", "2026-01-31", "2026-02-30T00:00:00Z", "2026-01-31T00:00:00", "2026-01-31T25:00:00Z"):
        for name, period in (("from", f"{bad}/{good}"), ("to", f"{good}/{bad}")):
            reply = await world.http.get(f"/audit_logs/{ann.organization_id}/{period}", auth=ann.auth)
            text = f"Invalid value sent for '{name}': a time such as 2026-01-31T00:00:00Z is needed."
            assert (reply.status_code, reply.json()) == (400, text)
    for query in ("page_size=0", "page_size=5001", "page_number=-1", "source=tv", "user_id=me", "export=maybe"):
        reply = await world.http.get(f"/audit_logs/{ann.organization_id}/{ALWAYS}?{query}", auth=ann.auth)
        assert (reply.status_code, reply.json()) == (400, f"Invalid value sent for '{query.partition('=')[0]}'.")
