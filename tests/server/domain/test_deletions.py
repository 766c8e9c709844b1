"""Deleted organizations that come back."""

from __future__ import annotations

import pytest

from rollcall.server.domain import deletions
from tests.server.world import World

pytestmark = pytest.mark.anyio


async def test_a_restored_organization_knows_its_owner_by_the_name_they_have_taken_since(world: World) -> None:
    ann = await world.person("ann")
    path = f"/organizations/{ann.organization_id}/users"
    await world.http.delete(f"{path}/leave", auth=ann.auth)
    await world.http.put("/me", auth=ann.auth, json={"fullname": "Zoe"})
    await world.act(lambda work: deletions.restore(work, ann.organization_id))
    found = await world.http.get(f"{path}?filter=zoe", auth=ann.auth)
    assert [person["name"] for person in found.json()] == ["Zoe"]
