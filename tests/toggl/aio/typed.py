"""What type checkers see of `toggl.aio`: `tests/test_typing.py` has them check it as a user's own strict program."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from typing import assert_type

import httpx

import toggl
from rollcall.client.connection import Reply
from toggl import aio


async def methods(organizations: aio.OrganizationsApi, users: aio.UsersApi) -> None:
    assert_type(await organizations.get_organization(1), toggl.ModelsMeOrganization)
    assert_type(await organizations.get_organization_with_http_info(1), Reply[toggl.ModelsMeOrganization])
    assert_type(await organizations.put_organization(1, aio.ModelsPutPayload(name="Ours")), str)
    assert_type(await users.get_organization_users(1, page=2, only_admins="true"), list[toggl.ModelsOrgUser])
    await organizations.get_organization("one")  # type: ignore[arg-type]  # an id is a number
    await organizations.get_organization(1, async_req=True)  # type: ignore[call-arg]  # it is awaited anyway
    await organizations.get_organisation(1)  # type: ignore[attr-defined]  # there is no such method


async def iterators(users: aio.UsersApi) -> None:
    assert_type(users.iterate_organization_users(1, per_page=50), AsyncGenerator[toggl.ModelsOrgUser])
    async for user in users.iterate_organization_users(1):
        assert_type(user, toggl.ModelsOrgUser)


async def clients() -> None:
    configuration = toggl.Configuration(username="ann@example.com", password="secret")
    async with aio.ApiClient(configuration, client=httpx.AsyncClient()) as api_client:
        assert_type(api_client, aio.ApiClient)
        assert_type(aio.OrganizationsApi(api_client).api_client, aio.ApiClient)
    try:
        await api_client.aclose()
    except aio.ApiException as error:
        assert_type(error, toggl.ApiException)
    aio.OrganizationsApi(toggl.ApiClient())  # type: ignore[arg-type]  # that one blocks
    aio.ApiClient(client=httpx.Client())  # type: ignore[arg-type]  # that one blocks, too
