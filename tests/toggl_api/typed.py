"""What type checkers see of `toggl_api`: `tests/test_typing.py` has them check it as a user's own strict program."""

from __future__ import annotations

from typing import assert_type

import httpx

import toggl_api
from toggl_api.asyncio import AsyncOrganizationEndpoint, AsyncSqliteCache
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
