"""The endpoint of workspace users."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

import httpx

from rollcall.client.endpoints import places
from rollcall.client.endpoints.identity import number_of
from rollcall.client.endpoints.people import Group, User
from rollcall.client.endpoints.workspace_users import WorkspaceUsers
from rollcall.coroutine import complete
from toggl_api.bodies import WorkspaceUserBody
from toggl_api.meta.cache import TogglCache
from toggl_api.meta.organization_part import OrganizationPartEndpoint
from toggl_api.models import TogglOrganization, TogglWorkspace, TogglWorkspaceUser


class WorkspaceUserEndpoint(OrganizationPartEndpoint[TogglWorkspaceUser]):
    """The people of one workspace, directly or through a group.

    They are meant by a workspace user, or the number of one (`id`, not `user_id`).

    Example:
        >>> from httpx import BasicAuth
        >>> from toggl_api.meta.cache import SqliteCache
        >>> endpoint = WorkspaceUserEndpoint(5, 7, BasicAuth("ann@example.com", "secret"), SqliteCache("cache", 3600))
        >>> endpoint.close()

    Args:
        organization_id: The organization that the workspace belongs to, or its number.
        workspace_id: The workspace, or its number.
        auth: The account: e-mail address and password, or API token and `"api_token"`.
        cache: Where the workspace users are kept; None for nowhere.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of the endpoint's own.
        timeout: How long one attempt of a request may take: seconds, or httpx's own.
        re_raise: Raise every error of the server: try nothing again, and take no status for an answer.
        retries: How often to try again after a 5xx, a 429 or a broken connection, where that cannot do anything twice.
        wait_for_quota: Whether to wait when the requests of the hour are used up, until there are more: True, or for
            how many seconds at most. `QuotaExceededError` is raised at once unless told so.

    Attributes:
        workspace_id: The workspace's number.
    """

    MODEL = TogglWorkspaceUser

    def __init__(
        self,
        organization_id: TogglOrganization | int,
        workspace_id: TogglWorkspace | int,
        auth: httpx.BasicAuth,
        cache: TogglCache | None = None,
        *,
        client: httpx.Client | None = None,
        timeout: httpx.Timeout | float = 10,
        re_raise: bool = False,
        retries: int = 3,
        wait_for_quota: bool | float = False,
    ) -> None:
        self.workspace_id: int = number_of(workspace_id, TogglWorkspace, "workspace")
        super().__init__(
            organization_id,
            auth,
            cache,
            client=client,
            timeout=timeout,
            re_raise=re_raise,
            retries=retries,
            wait_for_quota=wait_for_quota,
        )

    def get(self, user: TogglWorkspaceUser | int, *, refresh: bool = False) -> TogglWorkspaceUser | None:
        """One of the people. Source: `GET /organizations/{id}/workspaces/{workspace_id}/workspace_users`.

        An object is looked for by its address, a number among all (`GET /workspaces/{workspace_id}/workspace_users`).

        Args:
            user: Who.
            refresh: Ask the server even if the cache has them.

        Returns:
            The workspace user, or None if the server lists none with that number.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return complete(self._users.get(user, refresh=refresh))

    def add(self, user: User) -> TogglWorkspaceUser:
        """Put somebody of the organization into the workspace. Source: `PUT /organizations/{id}/.../assignments`.

        They are then read from the server, for the first reply has nothing of them. That they are in it already is as
        good. Who is not in the organization is invited: `OrganizationUserEndpoint.add`.

        Args:
            user: An organization user, a workspace user of another workspace, or the number of the account: `user_id`.

        Returns:
            The workspace user.

        Raises:
            HTTPStatusError: The server does not put them into it.
        """
        return complete(self._users.add(user))

    def add_many(self, users: Iterable[User]) -> None:
        """Put people into the workspace, all or none. Source: `PUT /organizations/{id}/workspaces/{id}/assignments`.

        Args:
            users: Organization users, workspace users of another workspace, or the numbers of accounts: `user_id`.

        Raises:
            HTTPStatusError: The server puts nobody into it.
        """
        complete(self._users.add_many(users))

    def add_groups(self, groups: Iterable[Group]) -> None:
        """Put groups into the workspace, all or none. Source: `PUT /organizations/{id}/workspaces/{id}/assignments`.

        Args:
            groups: Which.

        Raises:
            HTTPStatusError: The server puts none into it.
        """
        complete(self._users.add_groups(groups))

    def edit(self, user: TogglWorkspaceUser | int, body: WorkspaceUserBody) -> TogglWorkspaceUser:
        """Change what somebody is in the workspace. Source: `PUT /workspaces/{id}/workspace_users/{id}`.

        They are then read from the server, for the first reply has nothing of them. Who is given by number is looked
        for before that, so that nothing is changed that could not be shown.

        Args:
            user: Who.
            body: What to change.

        Returns:
            The workspace user as they are now, with all their fields.

        Raises:
            ValueError: Nothing is to be changed.
            HTTPStatusError: The server does not change them.
        """
        return complete(self._users.edit(user, body))

    def collect(self, *, refresh: bool = False) -> list[TogglWorkspaceUser]:
        """All people of the workspace. Source: `GET /workspaces/{workspace_id}/workspace_users`.

        Args:
            refresh: Ask the server even if the cache has them all.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return complete(self._users.collect(refresh=refresh))

    def delete(self, user: TogglWorkspaceUser | int) -> None:
        """Remove somebody from the workspace. Source: `DELETE /workspaces/{id}/workspace_users/{workspace_user_id}`.

        Args:
            user: Who.

        Raises:
            HTTPStatusError: The server answers with neither 200 nor 404.
        """
        complete(self._users.delete(user))

    def delete_many(self, users: Iterable[TogglWorkspaceUser | int]) -> None:
        """Remove people from the workspace, all or none. Source: `PATCH /organizations/{id}/.../workspace_users`.

        Args:
            users: Who.

        Raises:
            HTTPStatusError: The server removes nobody.
        """
        complete(self._users.delete_many(users))

    def delete_groups(self, groups: Iterable[Group]) -> None:
        """Take groups out of the workspace, all or none. Source: `PUT /organizations/{id}/.../assignments`.

        Args:
            groups: Which.

        Raises:
            HTTPStatusError: The server takes none out of it.
        """
        complete(self._users.delete_groups(groups))

    @property
    def _place(self) -> tuple[str, ...]:
        return (places.organization(self.organization_id), places.workspace(self.workspace_id))

    @cached_property
    def _users(self) -> WorkspaceUsers[TogglWorkspaceUser]:
        return WorkspaceUsers(self._session, TogglWorkspaceUser, self.organization_id, self.workspace_id)
