"""PostgreSQL plans a page for the largest organization, and reads no more for it than the page."""

from __future__ import annotations

import json
from itertools import product
from typing import TYPE_CHECKING, Any

import pytest

from bench.population import populate
from rollcall.server.storage import organization_user_pages, workspace_user_pages
from rollcall.server.storage.people_blocks import OF_ORGANIZATION, OF_WORKSPACE, WHOLE_ORGANIZATION
from rollcall.server.storage.postgresql import new_pool

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.population import Organization
    from rollcall.server.storage import Statement
    from rollcall.server.storage.people_pages import Start
    from rollcall.server.storage.postgresql import Connection

PEOPLE = 3000
FEW = 300
STARTS: tuple[Start, ...] = ("first", "last", "block", "before", "after")
ACTIVE = frozenset({0, 3})
DIRECT = frozenset({0, 2, 4, 6})


def steps(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for each in plan.get("Plans", ()):
        yield from steps(each)


@pytest.fixture
def organizations(postgresql_url: str) -> list[Organization]:
    return populate(postgresql_url, [PEOPLE, PEOPLE])


@pytest.mark.anyio
async def test_a_page_reads_no_more_than_a_page(organizations: list[Organization], postgresql_url: str) -> None:
    pool = await new_pool(postgresql_url, fewest=1, connections=1, patience=5)
    async with pool, pool.acquire() as connection:
        await connection.execute("SET plan_cache_mode = force_generic_plan")
        for start, organization in product(STARTS, organizations):
            for standings in (OF_ORGANIZATION, ACTIVE):
                statement = organization_user_pages.on_the_way(standings, start)
                assert await most_rows(connection, statement, organization, WHOLE_ORGANIZATION) < FEW
            for standings in (OF_WORKSPACE, DIRECT):
                of_workspace = workspace_user_pages.on_the_way(standings, start)
                assert await most_rows(connection, of_workspace, organization, organization.workspace_id) < FEW


async def most_rows(
    connection: Connection, statement: Statement[Any], organization: Organization, workspace_id: int
) -> int:
    """How many rows the step of a statement's plan gives that gives most."""
    values = {
        "organization_id": organization.organization_id,
        "workspace_id": workspace_id,
        "block": 1,
        "after": organization.owner_id,
        "skip": 10,
        "rows": 20,
    }
    parameters = statement.positional({name: values[name] for name in statement.parameters})
    await connection.execute(f"PREPARE page AS {statement.postgresql}")
    explained = await connection.fetchval(
        f"EXPLAIN (ANALYZE, FORMAT JSON) EXECUTE page ({', '.join(map(str, parameters))})"
    )
    await connection.execute("DEALLOCATE page")
    return max(int(step["Actual Rows"] * step["Actual Loops"]) for step in steps(json.loads(explained)[0]["Plan"]))
