"""What the benchmark measures on is what the API's own writes would have left."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from bench.population import KEYRING, RARE, populate
from rollcall.contract.operation import BASE_PATH
from rollcall.server.settings import Settings
from rollcall.server.startup import Server
from tests.server.belonging import check_belonging
from tests.server.world import World

pytestmark = pytest.mark.anyio


async def test_every_count_and_index_is_exact_and_the_api_answers(database_url: str) -> None:
    made = await asyncio.to_thread(populate, database_url, [12, 2500])

    server = await Server.open(database_url, Settings(), KEYRING)
    transport = httpx.ASGITransport(app=server.application)
    http = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8080" + BASE_PATH)
    world = World(server, http)
    try:
        await check_belonging(world)
        for organization in made:
            auth = (organization.token, "api_token")
            people = f"/organizations/{organization.organization_id}/users"
            last = -(-organization.size // 50)
            reply = await http.get(people, params={"page": last}, auth=auth)
            assert reply.headers["x-records"] == str(organization.size)
            assert len(reply.json()) == organization.size - 50 * (last - 1)
            found = (await http.get(people, params={"filter": "quix"}, auth=auth)).json()
            assert [each["name"] for each in found] == [RARE]
            workspaces = (await http.get("/me/workspaces", auth=auth)).json()
            assert {each["id"] for each in workspaces} == {organization.workspace_id, organization.second_workspace_id}
            # What was made in bulk can be changed like everything else.
            somebody = found[0]["id"]
            assert (await http.put(f"{people}/{somebody}", json={"inactive": True}, auth=auth)).is_success
            assert (await http.patch(people, json={"delete": [somebody]}, auth=auth)).is_success
        await check_belonging(world)
    finally:
        await http.aclose()
        await server.close()
