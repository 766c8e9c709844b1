"""How many requests are left."""

from __future__ import annotations

from typing import Any

import pytest

from rollcall.contract.plan import ENTERPRISE, FREE, PREMIUM, UNLIMITED
from tests.server.conftest import OpenWorld

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(
    ("plan", "outside", "inside"), [(FREE, 30, 30), (PREMIUM, 30, 600), (ENTERPRISE, UNLIMITED, UNLIMITED)]
)
async def test_everything_is_left_by_the_plan_of_each_organization(
    new_world: OpenWorld, plan: Any, outside: int, inside: int
) -> None:
    world = await new_world(default_plan=plan)
    ann = await world.person("ann")
    bob = await world.member("bob", of=ann)
    reply = await world.http.get("/me/quota", auth=bob.auth)
    assert reply.status_code == 200
    assert reply.json() == [
        {"organization_id": organization_id, "remaining": total, "resets_in_secs": 3600, "total": total}
        for organization_id, total in [
            (None, outside),
            (ann.organization_id, inside),
            (bob.organization_id, inside),
        ]
    ]
