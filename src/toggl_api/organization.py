"""The endpoint of organizations."""

from __future__ import annotations

from functools import cached_property

from rollcall.client.endpoints.organizations import Organizations
from rollcall.coroutine import complete
from toggl_api.meta.endpoint import TogglCachedEndpoint
from toggl_api.models import TogglOrganization


class OrganizationEndpoint(TogglCachedEndpoint[TogglOrganization]):
    """The organizations of one account.

    Example:
        >>> from httpx import BasicAuth
        >>> from toggl_api.meta.cache import SqliteCache
        >>> endpoint = OrganizationEndpoint(BasicAuth("ann@example.com", "secret"), SqliteCache("cache", 3600))
        >>> endpoint.close()

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

    def get(self, organization: TogglOrganization | int, *, refresh: bool = False) -> TogglOrganization | None:
        """One organization. Source: `GET /organizations/{organization_id}`.

        Args:
            organization: Which one; of an object only the id counts.
            refresh: Ask the server even if the cache has it.

        Returns:
            The organization with all its fields, or None if the server knows none that is open to the account.

        Raises:
            HTTPStatusError: The server answers with an error other than 404.
        """
        return complete(self._organizations.get(organization, refresh=refresh))

    def add(self, name: str, workspace_name: str = "Default-Workspace") -> TogglOrganization:
        """Make an organization with one workspace, owned by the account. Source: `POST /organizations`.

        The new organization is then read from the server, for the first reply has little of it.

        Args:
            name: What to call it: 1 to 140 characters.
            workspace_name: What to call the workspace: 1 to 140 characters, none of them a space.

        Returns:
            The new organization.

        Raises:
            NamingError: A name cannot be used; nothing was sent.
            HTTPStatusError: The server does not make it.
        """
        return complete(self._organizations.add(name, workspace_name))

    def edit(self, organization: TogglOrganization | int, name: str) -> TogglOrganization:
        """Rename an organization. Source: `PUT /organizations/{organization_id}`.

        The organization is then read from the server, for the first reply has nothing of it.

        Args:
            organization: Which one; of an object only the id counts.
            name: What to call it: 1 to 140 characters.

        Returns:
            The organization as it is now, with all its fields.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            HTTPStatusError: The server does not rename it.
        """
        return complete(self._organizations.edit(organization, name))

    def collect(self, *, refresh: bool = False) -> list[TogglOrganization]:
        """All organizations of the account. Source: `GET /me/organizations`.

        Args:
            refresh: Ask the server even if the cache has them all.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return complete(self._organizations.collect(refresh=refresh))

    def delete(self, organization: TogglOrganization | int) -> None:
        """Leave an organization; the last to leave deletes it. Source: `DELETE /organizations/{id}/users/leave`.

        Args:
            organization: Which one; of an object only the id counts.

        Raises:
            HTTPStatusError: The server answers with neither 200 nor 404.
        """
        complete(self._organizations.delete(organization))

    @cached_property
    def _organizations(self) -> Organizations[TogglOrganization]:
        return Organizations(self._session, TogglOrganization)
