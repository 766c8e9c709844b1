"""The documented signatures, alike in both kinds of endpoint, and what importing them costs."""

from __future__ import annotations

import doctest
import inspect
import re
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
import toggl_api.bodies
import toggl_api.group
import toggl_api.invitation
import toggl_api.organization
import toggl_api.organization_user
import toggl_api.workspace
import toggl_api.workspace_user
from rollcall.contract.operations import OPERATIONS
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
_ALL = {"get", "add", "collect", "delete"}
METHODS = {
    "OrganizationEndpoint": {*DOCUMENTED},
    "OrganizationUserEndpoint": _ALL | {"edit", "invite", "activate", "deactivate", "iterate", "delete_many"},
    "GroupEndpoint": _ALL | {"edit", "add_users", "delete_users", "add_workspaces", "delete_workspaces"},
    "WorkspaceEndpoint": {"get", "add", "edit", "collect"},
    "WorkspaceUserEndpoint": _ALL | {"edit", "add_many", "add_groups", "delete_groups", "delete_many"},
    "InvitationEndpoint": _ALL | {"iterate", "resend", "look_up", "accept", "reject"},
}


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


def public(kind: type) -> dict[str, Signature]:
    """The public methods of an endpoint, an iterator of either kind as one."""
    methods = inspect.getmembers(kind, inspect.isfunction)
    return {
        name: alike(inspect.signature(method))
        for name, method in methods
        if not name.startswith("_") and name != "close"
    }


def alike(signature: Signature) -> Signature:
    returned = str(signature.return_annotation).replace("AsyncGenerator[", "Iterator[")
    return signature.replace(return_annotation=returned)


@pytest.mark.parametrize("name", METHODS)
def test_both_kinds_have_the_same_methods_with_the_same_signatures(name: str) -> None:
    blocking, awaited = public(getattr(toggl_api, name)), public(getattr(toggl_api.asyncio, f"Async{name}"))
    assert {*awaited} - {*blocking} == {"aclose"}
    assert blocking == {method: signature for method, signature in awaited.items() if method != "aclose"}
    assert {*blocking} == {*METHODS[name], "query", "quota"}


@pytest.mark.parametrize("name", METHODS)
def test_both_kinds_are_made_alike(name: str) -> None:
    blocking, awaited = (
        {p.name: (p.kind, p.default) for p in without_self(kind).parameters.values()}
        for kind in (getattr(toggl_api, name), getattr(toggl_api.asyncio, f"Async{name}"))
    )
    assert blocking == awaited
    parents = [parent for parent in blocking if parent.endswith("_id")]
    assert [*blocking][: len(parents) + 2] == [*parents, "auth", "cache"]


@pytest.mark.parametrize("name", METHODS)
def test_the_asynchronous_methods_are_awaited(name: str) -> None:
    kind = getattr(toggl_api.asyncio, f"Async{name}")
    assert {method for method in METHODS[name] if not inspect.iscoroutinefunction(getattr(kind, method))} <= {"iterate"}


@pytest.mark.parametrize("name", METHODS)
def test_every_method_names_its_operation_and_says_what_it_raises(name: str) -> None:
    routes = {(row.method, place(row.path)) for row in OPERATIONS}
    for kind in (getattr(toggl_api, name), getattr(toggl_api.asyncio, f"Async{name}")):
        for method in METHODS[name]:
            told = inspect.getdoc(getattr(kind, method)) or ""
            source = re.search(r"Source: `(\w+) ([^`]+)`", told)
            assert source is not None, f"{kind.__name__}.{method}"
            path = place(source[2])
            assert any(verb == source[1] and re.fullmatch(path, route) for verb, route in routes), source[0]
            assert "Raises:" in told


def place(path: str) -> str:
    """A route whose placeholders have no names; of one that is shortened, what is left out may be anything."""
    return re.sub(r"\{\w+\}", "_", path).replace("...", ".+")


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


@pytest.mark.parametrize(
    "module",
    [
        toggl,
        toggl.aio,
        toggl_api,
        toggl_api.asyncio,
        toggl_api.bodies,
        toggl_api.group,
        toggl_api.invitation,
        toggl_api.organization,
        toggl_api.organization_user,
        toggl_api.workspace,
        toggl_api.workspace_user,
    ],
)
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
