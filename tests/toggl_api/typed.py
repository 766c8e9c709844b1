"""What type checkers see of `toggl_api`: `tests/test_typing.py` has them check it as a user's own strict program."""

from __future__ import annotations

from typing import assert_type

import httpx

import toggl_api
from toggl_api.asyncio import AsyncOrganizationEndpoint, AsyncOrganizationUserEndpoint, AsyncSqliteCache
from toggl_api.config import generate_authentication
from toggl_api.meta.cache import JSONCache, SqliteCache


def synchronous() -> None:
    with toggl_api.OrganizationEndpoint(generate_authentication(), SqliteCache("cache", 3600)) as endpoint:
        assert_type(endpoint, toggl_api.OrganizationEndpoint)
        assert_type(endpoint.get(1), toggl_api.TogglOrganization | None)
        assert_type(endpoint.collect(refresh=True), list[toggl_api.TogglOrganization])
        made = endpoint.add("Ours", "First")
        assert_type(made, toggl_api.TogglOrganization)
        assert_type(made.id, int)
        assert_type(made.name, str)
        assert_type(endpoint.edit(made, "Renamed"), toggl_api.TogglOrganization)
        endpoint.delete(made)
        endpoint.get("one")  # type: ignore[arg-type]  # an id is a number
    toggl_api.OrganizationEndpoint("secret")  # type: ignore[arg-type]  # credentials are a user name and a password
    toggl_api.OrganisationEndpoint()  # type: ignore[attr-defined]  # there is no such class


def people(auth: httpx.BasicAuth, organization: toggl_api.TogglOrganization) -> None:
    users = toggl_api.OrganizationUserEndpoint(organization, auth)
    assert_type(users.get(1), toggl_api.TogglOrganizationUser | None)
    assert_type(users.add("ann@example.com", [7]), toggl_api.TogglOrganizationUser)
    invited = users.invite(["ann@example.com"], [toggl_api.InvitationWorkspace(workspace_id=7, role="admin")])
    assert_type(invited, toggl_api.Invited[toggl_api.TogglNewInvitation])
    assert_type(invited.failed, dict[str, str])
    for user in users.iterate(active_status=["active"], sort_dir="desc"):
        assert_type(user, toggl_api.TogglOrganizationUser)
        assert_type(user.email, str)
    groups = toggl_api.GroupEndpoint(5, auth, SqliteCache("cache"))
    group = groups.add("Support", users.collect(), [7])
    assert_type(group, toggl_api.TogglGroup)
    assert_type(group.id, int)
    assert_type(groups.add_users(group, users.collect()), toggl_api.BulkResult[int])
    workspaces = toggl_api.WorkspaceEndpoint(5, auth)
    workspace = workspaces.add(toggl_api.WorkspaceBody(name="Support"))
    assert_type(workspace, toggl_api.TogglWorkspace)
    members = toggl_api.WorkspaceUserEndpoint(organization, workspace, auth)
    assert_type(members.add(users.collect()[0]), toggl_api.TogglWorkspaceUser)
    assert_type(members.edit(1, toggl_api.WorkspaceUserBody(role="admin")), toggl_api.TogglWorkspaceUser)
    assert_type(toggl_api.InvitationEndpoint(5, auth).look_up("code"), toggl_api.TogglReceivedInvitation | None)
    groups.get("Support")  # type: ignore[arg-type]  # a group is meant by its number
    users.iterate(sort_dir="up")  # type: ignore[arg-type]  # there is no such direction


async def asynchronous_people(auth: httpx.BasicAuth) -> None:
    users = AsyncOrganizationUserEndpoint(5, auth, AsyncSqliteCache("cache"))
    assert_type(await users.collect(), list[toggl_api.TogglOrganizationUser])
    async for user in users.iterate():
        assert_type(user, toggl_api.TogglOrganizationUser)


async def asynchronous() -> None:
    auth = httpx.BasicAuth("ann@example.com", "secret")
    async with AsyncOrganizationEndpoint(auth, AsyncSqliteCache("cache"), client=httpx.AsyncClient()) as endpoint:
        assert_type(endpoint, AsyncOrganizationEndpoint)
        assert_type(await endpoint.get(1), toggl_api.TogglOrganization | None)
        assert_type(await endpoint.collect(), list[toggl_api.TogglOrganization])
        assert_type(await endpoint.add("Ours"), toggl_api.TogglOrganization)
    AsyncOrganizationEndpoint(auth, JSONCache("cache"), client=httpx.Client())  # type: ignore[arg-type]  # it would block


def errors(endpoint: toggl_api.OrganizationEndpoint) -> None:
    try:
        endpoint.collect()
    except toggl_api.HTTPStatusError as error:
        assert_type(error, httpx.HTTPStatusError)
    except toggl_api.NamingError as error:
        assert_type(error, toggl_api.NamingError)
