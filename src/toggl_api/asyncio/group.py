"""The asynchronous endpoint of groups."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from rollcall.client.endpoints.bulk import BulkResult
from rollcall.client.endpoints.groups import Groups
from rollcall.client.endpoints.people import User
from toggl_api.asyncio.organization_part import OrganizationPartAsyncEndpoint
from toggl_api.models import TogglGroup, TogglWorkspace


class AsyncGroupEndpoint(OrganizationPartAsyncEndpoint[TogglGroup]):
    """The groups of one organization, for an event loop: `toggl_api.GroupEndpoint`, to be awaited.

    Args:
        organization_id: The organization, or its number.
        auth: The account: e-mail address and password, or API token and `"api_token"`.
        cache: Where the groups are kept; None for nowhere.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of the endpoint's own.
        timeout: How long one attempt of a request may take: seconds, or httpx's own.
        re_raise: Raise every error of the server: try nothing again, and take no status for an answer.
        retries: How often to try again after a 5xx, a 429 or a broken connection, where that cannot do anything twice.
        wait_for_quota: Whether to wait when the requests of the hour are used up, until there are more: True, or for
            how many seconds at most. `QuotaExceededError` is raised at once unless told so.
    """

    MODEL = TogglGroup

    async def get(self, group: TogglGroup | int, *, refresh: bool = False) -> TogglGroup | None:
        """One group, out of all of them. Source: `GET /organizations/{organization_id}/groups`.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return await self._groups.get(group, refresh=refresh)

    async def add(
        self, name: str, users: Iterable[User] = (), workspaces: Iterable[TogglWorkspace | int] = ()
    ) -> TogglGroup:
        """Make a group. Source: `POST /organizations/{organization_id}/groups`.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            HTTPStatusError: The server does not make it.
        """
        return await self._groups.add(name, users, workspaces)

    async def edit(
        self,
        group: TogglGroup | int,
        name: str | None = None,
        *,
        users: Iterable[User] | None = None,
        workspaces: Iterable[TogglWorkspace | int] | None = None,
    ) -> TogglGroup:
        """Rename a group, or say anew who and what is in it. Source: `PUT /organizations/{id}/groups/{group_id}`.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            ValueError: Nothing is to be changed.
            HTTPStatusError: The server does not change it.
        """
        return await self._groups.edit(group, name, users, workspaces)

    async def collect(self, *, refresh: bool = False) -> list[TogglGroup]:
        """All groups that the account may see. Source: `GET /organizations/{organization_id}/groups`.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return await self._groups.collect(refresh=refresh)

    async def delete(self, group: TogglGroup | int) -> None:
        """Delete a group. Source: `DELETE /organizations/{organization_id}/groups/{group_id}`.

        Raises:
            HTTPStatusError: The server answers with neither 200 nor 404.
        """
        await self._groups.delete(group)

    async def add_users(self, group: TogglGroup | int, users: Iterable[User]) -> BulkResult[int]:
        """Put people into a group, each by themselves. Source: `PATCH /organizations/{id}/groups/{group_id}`.

        Raises:
            HTTPStatusError: The server puts nobody into it.
        """
        return await self._groups.change_users(group, "add", users)

    async def delete_users(self, group: TogglGroup | int, users: Iterable[User]) -> BulkResult[int]:
        """Take people out of a group, each by themselves. Source: `PATCH /organizations/{id}/groups/{group_id}`.

        Raises:
            HTTPStatusError: The server takes nobody out of it.
        """
        return await self._groups.change_users(group, "remove", users)

    async def add_workspaces(
        self, group: TogglGroup | int, workspaces: Iterable[TogglWorkspace | int]
    ) -> BulkResult[int]:
        """Put a group into workspaces, each by itself. Source: `PATCH /organizations/{id}/groups/{group_id}`.

        Raises:
            HTTPStatusError: The server puts it into none.
        """
        return await self._groups.change_workspaces(group, "add", workspaces)

    async def delete_workspaces(
        self, group: TogglGroup | int, workspaces: Iterable[TogglWorkspace | int]
    ) -> BulkResult[int]:
        """Take a group out of workspaces, each by itself. Source: `PATCH /organizations/{id}/groups/{group_id}`.

        Raises:
            HTTPStatusError: The server takes it out of none.
        """
        return await self._groups.change_workspaces(group, "remove", workspaces)

    @cached_property
    def _groups(self) -> Groups[TogglGroup]:
        return Groups(self._session, TogglGroup, self.organization_id)
