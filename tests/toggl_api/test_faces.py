"""The documented signatures, alike in both kinds of endpoint, and what importing them costs."""

from __future__ import annotations

import doctest
import inspect
import subprocess
import sys
from inspect import Parameter, Signature
from types import ModuleType
from typing import Any, get_args, get_type_hints

import httpx
import pytest

import toggl
import toggl.aio
import toggl_api
import toggl_api.asyncio
import toggl_api.organization
from toggl_api import HTTPStatusError, OrganizationEndpoint, TogglOrganization, TogglWorkspace
from toggl_api.asyncio import AsyncOrganizationEndpoint, TogglAsyncCachedEndpoint
from toggl_api.meta import TogglCachedEndpoint

DOCUMENTED = {
    "get": "(organization: TogglOrganization | int, *, refresh: bool = False) -> TogglOrganization | None",
    "add": "(name: str, workspace_name: str = 'Default-Workspace') -> TogglOrganization",
    "edit": "(organization: TogglOrganization | int, name: str) -> TogglOrganization",
    "collect": "(*, refresh: bool = False) -> list[TogglOrganization]",
    "delete": "(organization: TogglOrganization | int) -> None",
}
KINDS = [OrganizationEndpoint, AsyncOrganizationEndpoint]


def without_self(function: Any) -> Signature:
    signature = inspect.signature(function)
    return signature.replace(parameters=[p for p in signature.parameters.values() if p.name != "self"])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", DOCUMENTED)
def test_a_method_has_the_documented_signature(kind: Any, name: str) -> None:
    assert str(without_self(getattr(kind, name))).replace("'", "") == DOCUMENTED[name].replace("'", "")


@pytest.mark.parametrize("kind", KINDS)
def test_the_constructor_has_the_documented_arguments_and_defaults(kind: Any) -> None:
    arguments = {p.name: (p.kind, p.default) for p in without_self(kind).parameters.values()}
    assert arguments == {
        "auth": (Parameter.POSITIONAL_OR_KEYWORD, Parameter.empty),
        "cache": (Parameter.POSITIONAL_OR_KEYWORD, None),
        "client": (Parameter.KEYWORD_ONLY, None),
        "timeout": (Parameter.KEYWORD_ONLY, 10),
        "re_raise": (Parameter.KEYWORD_ONLY, False),
        "retries": (Parameter.KEYWORD_ONLY, 3),
        "wait_for_quota": (Parameter.KEYWORD_ONLY, False),
    }


def test_both_kinds_have_the_same_methods_with_the_same_signatures() -> None:
    def public(kind: type) -> dict[str, Signature]:
        methods = inspect.getmembers(kind, inspect.isfunction)
        return {name: inspect.signature(method) for name, method in methods if not name.startswith("_")}

    blocking, awaited = (public(kind) for kind in KINDS)
    assert blocking.pop("close") == awaited.pop("aclose")
    assert blocking == awaited
    assert {*blocking} == {*DOCUMENTED, "query", "quota"}


def test_the_asynchronous_methods_are_awaited() -> None:
    assert all(inspect.iscoroutinefunction(getattr(AsyncOrganizationEndpoint, name)) for name in DOCUMENTED)


def test_the_bases_are_the_documented_ones_of_organizations() -> None:
    for kind, base in (
        (OrganizationEndpoint, TogglCachedEndpoint),
        (AsyncOrganizationEndpoint, TogglAsyncCachedEndpoint),
    ):
        (generic,) = vars(kind)["__orig_bases__"]
        assert (generic.__origin__, get_args(generic)) == (base, (TogglOrganization,))


def test_the_status_error_is_the_one_of_httpx() -> None:
    assert HTTPStatusError is httpx.HTTPStatusError


def test_what_is_exported_is_there() -> None:
    for module in (toggl_api, toggl_api.asyncio):
        assert all(hasattr(module, name) for name in module.__all__)


def test_an_object_has_an_id_and_a_name_and_shows_them() -> None:
    organization = TogglOrganization(1, "Ours", user_count=3)
    assert repr(organization).startswith("TogglOrganization(id=1, name='Ours', ")
    assert organization == TogglOrganization(1, "Ours", user_count=3)
    assert organization != TogglOrganization(1, "Theirs", user_count=3)
    assert organization.to_dict()["user_count"] == 3
    assert get_type_hints(TogglWorkspace)["organization_id"] == int | None


@pytest.mark.parametrize("module", [toggl, toggl.aio, toggl_api, toggl_api.asyncio, toggl_api.organization])
def test_the_examples_in_the_docstrings_hold(module: ModuleType) -> None:
    assert doctest.testmod(module).failed == 0


@pytest.mark.parametrize("module", ["toggl", "toggl.aio", "toggl_api", "toggl_api.asyncio"])
def test_importing_a_client_needs_and_loads_nothing_of_the_server_and_never_ends_the_process(module: str) -> None:
    server = "alembic argon2 asyncpg cryptography sqlalchemy greenlet uvicorn uvloop aiosqlite rollcall.server"
    program = f"""
import sys
for name in {server.split()!r}:
    sys.modules[name] = None
import {module}
assert not [name for name in sys.modules if name.startswith(("rollcall.server.", "rollcall.cli."))]
print("still here")
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("still here\n", "")
