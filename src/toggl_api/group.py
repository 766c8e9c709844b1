"""The endpoint of groups."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from rollcall.client.endpoints.bulk import BulkResult
from rollcall.client.endpoints.groups import Groups
from rollcall.client.endpoints.people import User
from rollcall.coroutine import complete
from toggl_api.meta.organization_part import OrganizationPartEndpoint
from toggl_api.models import TogglGroup, TogglWorkspace


class GroupEndpoint(OrganizationPartEndpoint[TogglGroup]):
    """The groups of one organization, and who and which workspaces are in them.

    People are meant by an organization user, a workspace user, or the number of their account: `user_id`, not `id`.

    Example:
        >>> from httpx import BasicAuth
        >>> from toggl_api.meta.cache import SqliteCache
        >>> endpoint = GroupEndpoint(5, BasicAuth("ann@example.com", "secret"), SqliteCache("cache", 3600))
        >>> endpoint.close()

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

    def get(self, group: TogglGroup | int, *, refresh: bool = False) -> TogglGroup | None:
        """One group, out of all of them. Source: `GET /organizations/{organization_id}/groups`.

        Args:
            group: Which one; of an object only the id counts.
            refresh: Ask the server even if the cache has it.

        Returns:
            The group, or None if the server lists none with that number.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return complete(self._groups.get(group, refresh=refresh))

    def add(self, name: str, users: Iterable[User] = (), workspaces: Iterable[TogglWorkspace | int] = ()) -> TogglGroup:
        """Make a group. Source: `POST /organizations/{organization_id}/groups`.

        Args:
            name: What to call it: 1 to 200 characters, as no other group of the organization is called.
            users: Who shall be in it.
            workspaces: The workspaces that they shall be in through it.

        Returns:
            The new group.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            HTTPStatusError: The server does not make it.
        """
        return complete(self._groups.add(name, users, workspaces))

    def edit(
        self,
        group: TogglGroup | int,
        name: str | None = None,
        *,
        users: Iterable[User] | None = None,
        workspaces: Iterable[TogglWorkspace | int] | None = None,
    ) -> TogglGroup:
        """Rename a group, or say anew who and what is in it. Source: `PUT /organizations/{id}/groups/{group_id}`.

        Args:
            group: Which one; of an object only the id counts.
            name: What to call it: 1 to 200 characters. None leaves it as it is.
            users: All who shall be in it. None leaves them as they are.
            workspaces: All workspaces that they shall be in through it. None leaves them as they are.

        Returns:
            The group as it is now.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            ValueError: Nothing is to be changed.
            HTTPStatusError: The server does not change it.
        """
        return complete(self._groups.edit(group, name, users, workspaces))

    def collect(self, *, refresh: bool = False) -> list[TogglGroup]:
        """All groups that the account may see. Source: `GET /organizations/{organization_id}/groups`.

        Args:
            refresh: Ask the server even if the cache has them all.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return complete(self._groups.collect(refresh=refresh))

    def delete(self, group: TogglGroup | int) -> None:
        """Delete a group. Source: `DELETE /organizations/{organization_id}/groups/{group_id}`.

        Args:
            group: Which one; of an object only the id counts.

        Raises:
            HTTPStatusError: The server answers with neither 200 nor 404.
        """
        complete(self._groups.delete(group))

    def add_users(self, group: TogglGroup | int, users: Iterable[User]) -> BulkResult[int]:
        """Put people into a group, each by themselves. Source: `PATCH /organizations/{id}/groups/{group_id}`.

        Up to 100 people are one request. More go together, and only who was refused together is sent again.

        Args:
            group: Which one; of an object only the id counts.
            users: Who.

        Returns:
            The user ids of who is in it now, and what the server says of each of the others.

        Raises:
            HTTPStatusError: The server puts nobody into it.
        """
        return complete(self._groups.change_users(group, "add", users))

    def delete_users(self, group: TogglGroup | int, users: Iterable[User]) -> BulkResult[int]:
        """Take people out of a group, each by themselves. Source: `PATCH /organizations/{id}/groups/{group_id}`.

        Args:
            group: Which one; of an object only the id counts.
            users: Who.

        Returns:
            The user ids of who is out of it now, and what the server says of each of the others.

        Raises:
            HTTPStatusError: The server takes nobody out of it.
        """
        return complete(self._groups.change_users(group, "remove", users))

    def add_workspaces(self, group: TogglGroup | int, workspaces: Iterable[TogglWorkspace | int]) -> BulkResult[int]:
        """Put a group into workspaces, each by itself. Source: `PATCH /organizations/{id}/groups/{group_id}`.

        Args:
            group: Which one; of an object only the id counts.
            workspaces: Into which.

        Returns:
            The numbers of those it is in now, and what the server says of each of the others.

        Raises:
            HTTPStatusError: The server puts it into none.
        """
        return complete(self._groups.change_workspaces(group, "add", workspaces))

    def delete_workspaces(self, group: TogglGroup | int, workspaces: Iterable[TogglWorkspace | int]) -> BulkResult[int]:
        """Take a group out of workspaces, each by itself. Source: `PATCH /organizations/{id}/groups/{group_id}`.

        Args:
            group: Which one; of an object only the id counts.
            workspaces: Out of which.

        Returns:
            The numbers of those it is out of now, and what the server says of each of the others.

        Raises:
            HTTPStatusError: The server takes it out of none.
        """
        return complete(self._groups.change_workspaces(group, "remove", workspaces))

    @cached_property
    def _groups(self) -> Groups[TogglGroup]:
        return Groups(self._session, TogglGroup, self.organization_id)
