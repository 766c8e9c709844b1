"""The asynchronous endpoint of organizations."""

from __future__ import annotations

from functools import cached_property

from rollcall.client.endpoints.organizations import Organizations
from toggl_api.asyncio.endpoint import TogglAsyncCachedEndpoint
from toggl_api.models import TogglOrganization


class AsyncOrganizationEndpoint(TogglAsyncCachedEndpoint[TogglOrganization]):
    """The organizations of one account, for an event loop: `toggl_api.OrganizationEndpoint`, to be awaited.

    Args:
        auth: The account: e-mail address and password, or API token and `"api_token"`.
        cache: Where the organizations are kept; None for nowhere.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of the endpoint's own.
        timeout: How long one attempt of a request may take: seconds, or httpx's own.
        re_raise: Raise every error of the server: try nothing again, and take no status for an answer.
        retries: How often to try again after a 5xx, a 429 or a broken connection, where that cannot do anything twice.
        wait_for_quota: Whether to wait when the requests of the hour are used up, until there are more: True, or for
            how many seconds at most. `QuotaExceededError` is raised at once unless told so.
    """

    MODEL = TogglOrganization

    async def get(self, organization: TogglOrganization | int, *, refresh: bool = False) -> TogglOrganization | None:
        """One organization, or None. Source: `GET /organizations/{organization_id}`.

        Raises:
            HTTPStatusError: The server answers with an error other than 404.
        """
        return await self._organizations.get(organization, refresh=refresh)

    async def add(self, name: str, workspace_name: str = "Default-Workspace") -> TogglOrganization:
        """Make an organization with one workspace. Source: `POST /organizations`.

        Raises:
            NamingError: A name cannot be used; nothing was sent.
            HTTPStatusError: The server does not make it.
        """
        return await self._organizations.add(name, workspace_name)

    async def edit(self, organization: TogglOrganization | int, name: str) -> TogglOrganization:
        """Rename an organization. Source: `PUT /organizations/{organization_id}`.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            HTTPStatusError: The server does not rename it.
        """
        return await self._organizations.edit(organization, name)

    async def collect(self, *, refresh: bool = False) -> list[TogglOrganization]:
        """All organizations of the account. Source: `GET /me/organizations`.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return await self._organizations.collect(refresh=refresh)

    async def delete(self, organization: TogglOrganization | int) -> None:
        """Leave an organization; the last to leave deletes it. Source: `DELETE /organizations/{id}/users/leave`.

        Raises:
            HTTPStatusError: The server answers with neither 200 nor 404.
        """
        await self._organizations.delete(organization)

    @cached_property
    def _organizations(self) -> Organizations[TogglOrganization]:
        return Organizations(self._session, TogglOrganization)
