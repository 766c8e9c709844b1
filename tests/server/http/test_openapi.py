"""The server does what its OpenAPI document says: schemathesis reads it, and asks what nobody thought of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
import schemathesis
from hypothesis import HealthCheck, settings
from schemathesis.checks import CHECKS, load_all_checks

from rollcall.contract.openapi import openapi
from rollcall.contract.operation import BASE_PATH
from rollcall.contract.operations import OPERATIONS
from rollcall.server.domain import logins
from rollcall.testing import RollcallServer
from tests.walk import BUILT

load_all_checks()
# Toggl documents refusals of well-formed requests, such as 400 for a number that names nothing.
CHECKS_RUN: list[Any] = [check for check in CHECKS.get_all() if check.__name__ != "positive_data_acceptance"]

SCHEMA = schemathesis.openapi.from_dict(openapi(OPERATIONS, BASE_PATH, "1")).include(
    operation_id=[row.id for row in BUILT]
)


@pytest.fixture(scope="module")
def server() -> Iterator[RollcallServer]:
    # It tries wrong passwords from one address more often than anybody may.
    with pytest.MonkeyPatch.context() as patch, RollcallServer(signup="open") as server:
        patch.setattr(logins, "MAXIMUM_FAILURES", 1_000_000)
        yield server


@pytest.fixture
def things(server: RollcallServer) -> dict[str, Any]:
    """Somebody new, and what is theirs, by the names of the placeholders of paths."""
    account = server.add_account()
    auth = (account.api_token, "api_token")
    [workspace] = httpx.get(f"{server.url}/me/workspaces", auth=auth).json()
    return {
        "auth": auth,
        "user_id": account.id,
        "workspace_id": workspace["id"],
        "organization_id": workspace["organization_id"],
    }


@SCHEMA.parametrize()
@settings(max_examples=10, deadline=None, derandomize=True, suppress_health_check=[*HealthCheck])
def test_an_operation_does_what_the_document_says(
    case: schemathesis.Case[Any], server: RollcallServer, things: dict[str, Any]
) -> None:
    for name, value in case.path_parameters.items():
        # Of the numbers that could be right, let half be.
        if name in things and isinstance(value, int) and value > 0 and value % 2:
            case.path_parameters[name] = things[name]
    case.call_and_validate(base_url=server.url, auth=things["auth"], checks=CHECKS_RUN)


def test_the_documents_are_for_anyone_and_complete(server: RollcallServer) -> None:
    document = httpx.get(f"{server.url}/openapi.json")
    assert (document.status_code, document.headers["content-type"]) == (200, "application/json; charset=utf-8")
    written = document.json()
    assert {entry["operationId"] for path in written["paths"].values() for entry in path.values()} == {
        row.id for row in OPERATIONS
    }
    page = httpx.get(f"{server.url}/docs")
    assert (page.status_code, page.headers["content-type"]) == (200, "text/html; charset=utf-8")
    assert page.headers["content-security-policy"] == "default-src 'none'; style-src 'self'"
    assert all(f'id="{row.id}"' in page.text and row.path in page.text for row in OPERATIONS)


def test_the_page_needs_nothing_from_elsewhere(server: RollcallServer) -> None:
    page = httpx.get(f"{server.url}/docs").text
    assert "<script" not in page
    assert "://" not in page
    linked = re.findall(r'href="(/[^"]+)"', page)
    assert {httpx.get(httpx.URL(server.url).join(path)).status_code for path in linked} == {200}
    anchors = re.findall(r'href="#([^"]+)"', page)
    assert {*anchors} <= {*re.findall(r'id="([^"]+)"', page)}


def test_the_documents_are_only_read(server: RollcallServer) -> None:
    for path in ("/openapi.json", "/docs", "/docs.css"):
        reply = httpx.post(server.url + path)
        assert (reply.status_code, reply.json(), reply.headers["allow"]) == (405, "Method not allowed", "GET")
