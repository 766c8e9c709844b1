"""Requests that make no sense: a documented text or a clear one, never a fault of the server."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from urllib.parse import quote

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rollcall.contract.operation import BASE_PATH, Operation
from rollcall.contract.operations import OPERATIONS
from rollcall.server.domain import RULES
from rollcall.server.storage import migrate
from tests.server.conftest import OpenWorld
from tests.server.world import World, open_world

pytestmark = pytest.mark.anyio


async def test_an_unknown_route_is_not_found(world: World) -> None:
    for path in ("/", "/nothing", "/organizations/1/nothing", "/me/", "//me", "/organizations//users", "/me/id/more"):
        reply = await world.http.get(path)
        assert (reply.status_code, reply.json()) == (404, "Not found")
    assert (await world.http.get("http://127.0.0.1:8080/elsewhere")).status_code == 404


async def test_a_wrong_method_names_the_right_ones(world: World) -> None:
    reply = await world.http.delete("/organizations/1")
    assert (reply.status_code, reply.json(), reply.headers["allow"]) == (405, "Method not allowed", "GET, PUT")


async def test_a_body_that_is_too_large_is_not_read_to_its_end(new_world: OpenWorld) -> None:
    world = await new_world()
    ann = await world.person("ann")
    huge = b'{"name": "' + b"n" * 10_000_000 + b'"}'
    reply = await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, content=huge)
    assert (reply.status_code, reply.json()) == (413, "Request body too large, maximum is 1048576 bytes")


async def test_a_body_is_json_whatever_its_content_type(world: World) -> None:
    ann = await world.person("ann")
    for content_type in ("text/plain", "application/x-www-form-urlencoded", ""):
        reply = await world.http.put(
            f"/organizations/{ann.organization_id}",
            auth=ann.auth,
            content=b'{"name": "Renamed"}',
            headers={"content-type": content_type},
        )
        assert reply.status_code == 200


async def test_a_body_of_a_get_is_ignored(world: World) -> None:
    ann = await world.person("ann")
    reply = await world.http.request("GET", "/me/id", auth=ann.auth, content=b"not json")
    assert reply.status_code == 200


@pytest.mark.parametrize(
    "body",
    [
        b"[" * 100_000,
        b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
        b'{"name": "\\ud800"}',
        b'{"name": "\xff\xfe"}',
        b'{"name": "a\\u0000b"}',
        b'{"name": 1e999}',
        b'{"name": "x"} trailing',
        b"\xef\xbb\xbf{}",
        b"null",
    ],
)
async def test_a_body_that_is_no_json_object_is_refused(world: World, body: bytes) -> None:
    ann = await world.person("ann")
    reply = await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, content=body)
    assert (reply.status_code, reply.json()) == (400, "Invalid JSON input")


async def test_a_name_may_say_what_an_escape_looks_like(world: World) -> None:
    ann = await world.person("ann")
    name = "a\\u0000b"
    assert (
        await world.http.put(f"/organizations/{ann.organization_id}", auth=ann.auth, json={"name": name})
    ).status_code == 200
    assert (await world.http.get(f"/organizations/{ann.organization_id}", auth=ann.auth)).json()["name"] == name


async def test_what_is_not_built_says_so_and_only_to_who_may_ask(world: World) -> None:
    ann = await world.person("ann")
    for operation in OPERATIONS:
        if operation.id in RULES:
            continue
        path = operation.path.format_map(
            dict.fromkeys(operation.path_parameters, 1)
            | {"organization_id": ann.organization_id, "workspace_id": ann.workspace_id, "from": "a", "to": "b"}
        )
        reply = await world.http.request(operation.method, path, auth=ann.auth)
        assert (reply.status_code, reply.json()) == (501, "Not implemented"), operation.id


@pytest.fixture
def ask(database_url: str) -> Iterator[Callable[[str, str, bytes, bytes], httpx.Response]]:
    """Sends a request to a server as somebody with an account, from outside any event loop."""
    migrate(database_url)
    with asyncio.Runner() as runner:
        world = runner.run(open_world(database_url))
        ann = runner.run(world.person("ann"))

        def send(method: str, path: str, query: bytes, body: bytes) -> httpx.Response:
            url = httpx.URL(str(world.http.base_url)).copy_with(raw_path=path.encode() + b"?" + query)
            request = world.http.build_request(method, url, content=body)
            request.headers["authorization"] = httpx.BasicAuth(*ann.auth)._auth_header
            return runner.run(world.http.send(request))

        yield send
        runner.run(world.http.aclose())
        runner.run(world.server.close())


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    method=st.sampled_from(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]),
    operation=st.sampled_from(OPERATIONS),
    value=st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable()),
    query=st.binary(max_size=40).map(lambda raw: quote(raw, safe="=&%").encode()),
    body=st.binary(max_size=60)
    | st.sampled_from([b"{}", b"[]", b'{"name":[]}', b'{"admins":[1e400]}', b'{"since":{}}']),
)
def test_no_request_is_a_fault_of_the_server(
    ask: Callable[[str, str, bytes, bytes], httpx.Response],
    method: str,
    operation: Operation,
    value: str,
    query: bytes,
    body: bytes,
) -> None:
    path = BASE_PATH + operation.path
    for name in operation.path_parameters:
        path = path.replace(f"{{{name}}}", quote(value, safe=""))
    reply = ask(method, path, query, body)
    assert reply.status_code < 500 or reply.json() == "Not implemented"
