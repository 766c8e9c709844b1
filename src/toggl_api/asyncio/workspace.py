"""The asynchronous endpoint of workspaces."""

from __future__ import annotations

from functools import cached_property

from rollcall.client.endpoints.workspaces import Workspaces
from toggl_api.asyncio.organization_part import OrganizationPartAsyncEndpoint
from toggl_api.bodies import WorkspaceBody
from toggl_api.models import TogglWorkspace


class AsyncWorkspaceEndpoint(OrganizationPartAsyncEndpoint[TogglWorkspace]):
    """The workspaces of one organization, for an event loop: `toggl_api.WorkspaceEndpoint`, to be awaited.

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

    async def get(self, workspace: TogglWorkspace | int, *, refresh: bool = False) -> TogglWorkspace | None:
        """One workspace. Source: `GET /workspaces/{workspace_id}`.

        Raises:
            HTTPStatusError: The server answers with an error other than 404.
        """
        return await self._workspaces.get(workspace, refresh=refresh)

    async def add(self, body: WorkspaceBody) -> TogglWorkspace:
        """Make a workspace. Source: `POST /organizations/{organization_id}/workspaces`.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            HTTPStatusError: The server does not make it.
        """
        return await self._workspaces.add(body)

    async def edit(self, workspace: TogglWorkspace | int, body: WorkspaceBody) -> TogglWorkspace:
        """Rename a workspace, or change its settings. Source: `PUT /workspaces/{workspace_id}`.

        Raises:
            NamingError: The name cannot be used; nothing was sent.
            ValueError: Nothing is to be changed.
            HTTPStatusError: The server does not change it.
        """
        return await self._workspaces.edit(workspace, body)

    async def collect(self, *, refresh: bool = False) -> list[TogglWorkspace]:
        """All workspaces of the organization that the account belongs to. Source: `GET /me/workspaces`.

        Raises:
            HTTPStatusError: The server answers with an error.
        """
        return await self._workspaces.collect(refresh=refresh)

    @cached_property
    def _workspaces(self) -> Workspaces[TogglWorkspace]:
        return Workspaces(self._session, TogglWorkspace, self.organization_id)
