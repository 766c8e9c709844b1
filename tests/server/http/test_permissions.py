"""The permission matrix: every operation, asked by everybody, and with ids of another organization.

Who may not is refused with the text of the operation's row, and nothing changes. Who may is not refused for who they
are.
"""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from rollcall.contract.operation import Operation
from rollcall.contract.reason import Reason
from tests.conftest import DATABASES, administer, new_name
from tests.server.examples import EXAMPLES, PLAIN
from tests.server.meets import meets
from tests.server.permissions import ACTORS_OF, Actor, answer_to, refusal_of
from tests.server.stage import UNKNOWN, Ids, Stage, set_stage
from tests.walk import BUILT

pytestmark = pytest.mark.anyio

FOREIGN = {
    *("organization_id", "workspace_id", "user_id", "organization_user_id", "workspace_user_id"),
    *("group_id", "invitation_id", "transfer_id", "invoice_uid"),
}
"""The placeholders that name a thing of one organization."""


def own_refusals_of(operation: Operation) -> set[Reason]:
    """The refusals of the operation's row that the matrix meets."""
    return {reason for actor in Actor if (reason := refusal_of(operation, actor)) and reason in operation.errors}


NAMING = [row for row in BUILT if EXAMPLES.get(row.id, PLAIN).names_things]
"""The operations whose examples name something in their bodies."""

ids = [row.id for row in BUILT]
every_operation = pytest.mark.parametrize("operation", BUILT, ids=ids)
on_both = pytest.mark.parametrize("stage_url", DATABASES, indirect=True, scope="module")
on_sqlite = pytest.mark.parametrize("stage_url", ["sqlite"], indirect=True, scope="module")


@pytest.fixture(scope="module")
def stage_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A migrated database for all of this module."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("stage") / "rollcall.db"
        shutil.copy(request.getfixturevalue("migrated_sqlite"), path)
        yield f"sqlite://{path}"
        return
    server: Callable[[str], str] = request.getfixturevalue("postgresql_server")
    template: str = request.getfixturevalue("migrated_postgresql")
    name = new_name()
    administer(server("postgres"), f"CREATE DATABASE {name} TEMPLATE {template} STRATEGY wal_log")
    yield server(name)
    administer(server("postgres"), f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
async def stage(stage_url: str) -> AsyncIterator[Stage]:
    stage = await set_stage(stage_url)
    yield stage
    await stage.close()


async def ask(
    client: httpx.AsyncClient, stage: Stage, actor: Actor, operation: Operation, path: Ids, named: Ids
) -> httpx.Response:
    """Sends an operation's example.

    Args:
        path: What stands in the placeholders of the path.
        named: What the body names.
    """
    example = EXAMPLES.get(operation.id, PLAIN)
    body = example.body(named) if example.body else None
    reply = await client.request(
        operation.method,
        operation.path.format_map(path),
        params=example.query,
        json=body,
        auth=stage.auth_of(actor),
    )
    client.cookies.clear()
    return reply


def said(reply: httpx.Response) -> tuple[int, Any]:
    is_json = reply.headers.get("content-type", "").startswith("application/json")
    return reply.status_code, reply.json() if reply.content and is_json else None


@pytest.mark.parametrize(
    "operation", [pytest.param(row, marks=meets(row, *own_refusals_of(row)), id=row.id) for row in BUILT]
)
@on_both
async def test_who_may_not_is_refused_and_nothing_changes(stage: Stage, operation: Operation) -> None:
    before = await stage.content()
    for actor in Actor:
        if reason := refusal_of(operation, actor):
            reply = await ask(stage.world.http, stage, actor, operation, stage.ours, stage.ours)
            assert said(reply) == answer_to(operation, reason), actor
    assert await stage.content() == before


@every_operation
@on_sqlite
async def test_who_may_is_answered(stage: Stage, operation: Operation) -> None:
    before = await stage.content()
    example = EXAMPLES.get(operation.id, PLAIN)
    refusals = [answer_to(operation, reason) for actor in Actor if (reason := refusal_of(operation, actor))]
    answers = {}
    for actor in ACTORS_OF[operation.access]:
        reply = await ask(stage.rehearsal, stage, actor, operation, stage.ours, stage.ours)
        answers[actor] = said(reply)
        assert reply.status_code not in {401, 500}, actor
        assert answers[actor] not in refusals, actor
        assert reply.is_success or reply.json() in [each.text for each in operation.errors.values()], actor
    if example.meets:
        assert answer_to(operation, example.meets) in answers.values(), answers
    else:
        assert any(status < 300 for status, _ in answers.values()), answers
    assert await stage.content() == before


@every_operation
@on_both
async def test_ids_of_another_organization_are_answered_like_ids_of_nothing(stage: Stage, operation: Operation) -> None:
    before = await stage.content()
    for name in FOREIGN.intersection(operation.path_parameters):
        nothing = UNKNOWN.get(name, 987_654_321)
        for actor in (Actor.OWNER, Actor.WORKSPACE_ADMIN, Actor.MEMBER):
            answers = []
            for value in (stage.theirs[name], nothing):
                reply = await ask(stage.world.http, stage, actor, operation, {**stage.ours, name: value}, stage.ours)
                assert reply.is_error, (actor, name)
                answers.append((reply.status_code, reply.text.replace(str(value), "…")))
            assert answers[0] == answers[1], (actor, name)
    assert await stage.content() == before


@pytest.mark.parametrize("operation", NAMING, ids=lambda operation: operation.id)
@on_both
async def test_a_body_that_names_what_is_another_organization_s_changes_nothing(
    stage: Stage, operation: Operation
) -> None:
    before = await stage.content()
    reply = await ask(stage.world.http, stage, Actor.OWNER, operation, stage.ours, stage.theirs)
    assert reply.is_error or reply.json().get("failure"), said(reply)
    assert await stage.content() == before
