"""The endpoint of workspaces."""

from __future__ import annotations

from functools import cached_property

from rollcall.client.endpoints.workspaces import Workspaces
from rollcall.coroutine import complete
from toggl_api.bodies import WorkspaceBody
from toggl_api.meta.organization_part import OrganizationPartEndpoint
from toggl_api.models import TogglWorkspace


class WorkspaceEndpoint(OrganizationPartEndpoint[TogglWorkspace]):
    """The workspaces of one organization that the account belongs to; its admins belong to all. None can be deleted.

    Example:
        >>> from httpx import BasicAuth
        >>> from toggl_api.meta.cache import SqliteCache
        >>> endpoint = WorkspaceEndpoint(5, BasicAuth("ann@example.com", "secret"), SqliteCache("cache", 3600))
        >>> endpoint.close()

    Args:
        organization_id: The organization, or its number.
        auth: The account: e-mail address and password, or API token and `"api_token"`.
        cache: Where the workspaces are kept; None for nowhere.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of the endpoint's own.
        timeout: How long one attempt of a request may take: seconds, or httpx's own.
        re_raise: Raise every error of the server: try nothing again, and take no status for an answer.
        retries: How often to try again after a 5xx, a 429 or a broken connection, where that cannot do anything twice.
        wait_for_quota: Whether to wait when the requests of the hour are used up, until there are more: True, or for
            how many seconds at most. `QuotaExceededError` is raised at once unless told so.
    """

    MODEL = TogglWorkspace

    def get(self, workspace: TogglWorkspace | int, *, refresh: bool = False) -> TogglWorkspace | None:
        """One workspace. Source: `GET /workspaces/{workspace_id}`.

        Args:
            workspace: Which one; of an object only the id counts.
            refresh: Ask the server even if the cache has it.

        Returns:
            The workspace with all its fields, or None if the server knows none, or it is another organization's.

        Raises:
            HTTPStatusError: The server answers with an error other than 404.
        """
        return complete(self._workspaces.get(workspace, refresh=refresh))

    def add(self, body: WorkspaceBody) -> TogglWorkspace:
        """Make a workspace. Source: `POST /organizations/{organization_id}/workspaces`.

        Args:
            body: Its name (1 to 140 characters, as no other of the organization is called) and settings.

        Returns:
            The new workspace.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            HTTPStatusError: The server does not make it.
        """
        return complete(self._workspaces.add(body))

    def edit(self, workspace: TogglWorkspace | int, body: WorkspaceBody) -> TogglWorkspace:
        """Rename a workspace, or change its settings. Source: `PUT /workspaces/{workspace_id}`.

        Args:
            workspace: Which one; of an object only the id counts.
            body: What to change; a name has 1 to 140 characters.

        Returns:
            The workspace as it is now.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            ValueError: Nothing is to be changed.
            HTTPStatusError: The server does not change it.
        """
        return complete(self._workspaces.edit(workspace, body))

    def collect(self, *, refresh: bool = False) -> list[TogglWorkspace]:
        """All workspaces of the organization that the account belongs to. Source: `GET /me/workspaces`.

        Args:
            refresh: Ask the server even if the cache has them all.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return complete(self._workspaces.collect(refresh=refresh))

    @cached_property
    def _workspaces(self) -> Workspaces[TogglWorkspace]:
        return Workspaces(self._session, TogglWorkspace, self.organization_id)
