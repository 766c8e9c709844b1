"""What an organization says of itself."""

from __future__ import annotations

import asyncio

import pytest

from rollcall.contract.operations.segmentation import GET_SEGMENTATION, PUT_SEGMENTATION
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from tests.server.meets import meets
from tests.server.world import Person, World

pytestmark = pytest.mark.anyio

ANSWERS = {
    "full_name": "Ann A",
    "members_range": "2-10",
    "industries": ["crafts"],
    "reasons": ["pay", "plan"],
    "heard": ["friends"],
    "user_segments": ["team"],
    "demo_requested": False,
    "skipped_step": "none",
}


def path_of(person: Person) -> str:
    return f"/organizations/{person.organization_id}/segmentation"


async def test_is_empty_until_somebody_answers_and_kept_from_then_on(world: World) -> None:
    ann = await world.person("ann")
    admin = await world.member("admin", of=ann, role=OrganizationRole.ADMIN)
    path = path_of(ann)
    reply = await world.http.get(path, auth=ann.auth)
    assert (reply.status_code, reply.content) == (204, b"")
    assert "content-type" not in reply.headers
    assert "content-length" not in reply.headers
    nothing = {"organization_id": ann.organization_id, "user_id": None, **dict.fromkeys(ANSWERS)}
    reply = await world.http.put(path, auth=ann.auth)
    assert (reply.status_code, reply.json()) == (200, nothing)
    assert (await world.http.get(path, auth=ann.auth)).status_code == 204
    said = {"organization_id": ann.organization_id, "user_id": ann.id, **ANSWERS}
    lies = {"organization_id": 1, "user_id": 1}
    assert (await world.http.put(path, auth=ann.auth, json={**ANSWERS, **lies})).json() == said
    assert (await world.http.get(path, auth=admin.auth)).json() == said
    for body in (b"", b"{}"):
        reply = await world.http.put(path, auth=admin.auth, content=body)
        assert (reply.status_code, reply.json()) == (200, said)
    change = {"heard": None, "members_range": "11-50"}
    after = {**said, **change, "user_id": admin.id}
    assert (await world.http.put(path, auth=admin.auth, json=change)).json() == after
    assert (await world.http.get(path, auth=ann.auth)).json() == after
    log = f"/audit_logs/{ann.organization_id}/2000-01-01T00:00:00Z/2100-01-01T00:00:00Z?entity_type=organization"
    assert [(event["user_id"], event["action"]) for event in (await world.http.get(log, auth=ann.auth)).json()] == [
        (None, "create"),
        (ann.id, "update"),
        (admin.id, "update"),
    ]


async def test_answers_given_at_once_are_all_kept(world: World) -> None:
    ann = await world.person("ann")
    replies = await asyncio.gather(
        *(world.http.put(path_of(ann), auth=ann.auth, json={name: value}) for name, value in ANSWERS.items())
    )
    assert {reply.status_code for reply in replies} == {200}
    stored = (await world.http.get(path_of(ann), auth=ann.auth)).json()
    assert {**stored, **ANSWERS} == stored


@meets(GET_SEGMENTATION, *GET_SEGMENTATION.errors)
@meets(PUT_SEGMENTATION, *PUT_SEGMENTATION.errors, Reason.INVALID_JSON)
async def test_is_for_admins_and_hidden_from_who_is_no_member(world: World) -> None:
    ann = await world.person("ann")
    member, outsider = await world.member("member", of=ann), await world.person("outsider")
    for method in ("GET", "PUT"):
        reply = await world.http.request(method, path_of(ann), auth=member.auth)
        assert (reply.status_code, reply.json()) == (403, "Forbidden")
        for path in (path_of(ann), "/organizations/424242/segmentation", "/organizations/x/segmentation"):
            reply = await world.http.request(method, path, auth=outsider.auth)
            assert (reply.status_code, reply.json()) == (404, "User not part of organization")
    reply = await world.http.put(path_of(ann), auth=ann.auth, json={"heard": "everywhere"})
    assert (reply.status_code, reply.json()) == (400, "Invalid JSON input")
    assert (await world.http.get(path_of(ann), auth=ann.auth)).status_code == 204
