"""What `WorkspaceEndpoint` does, in both its kinds."""

from __future__ import annotations

from typing import Generic, TypeVar

from msgspec import UNSET

from rollcall.client.body import check_body
from rollcall.client.endpoints import places
from rollcall.client.endpoints.collection import Collection
from rollcall.client.endpoints.naming import check_workspace_name
from rollcall.client.endpoints.session import Session
from rollcall.contract.models.workspace import WorkspacePayload, WorkspaceWorkspace
from rollcall.contract.operations.account import GET_ME_WORKSPACES
from rollcall.contract.operations.workspaces import GET_WORKSPACE, POST_WORKSPACE, PUT_WORKSPACE

W = TypeVar("W", bound=WorkspaceWorkspace)


class Workspaces(Generic[W]):
    """The workspaces of one organization that an account belongs to.

    Args:
        session: Whose they are.
        kind: The face's class for one.
        organization_id: The organization's number.
    """

    def __init__(self, session: Session, kind: type[W], organization_id: int) -> None:
        place = places.organization(organization_id)
        self._workspaces = Collection(
            session,
            kind,
            "workspace",
            (place,),
            touched=(place, places.ORGANIZATIONS),
            belongs=lambda workspace: workspace.organization_id in {None, organization_id},
        )
        self._organization_id = organization_id

    async def get(self, workspace: W | int, *, refresh: bool) -> W | None:
        """One workspace, or None if it is another organization's, or the server answers 404."""
        number = self._workspaces.number_of(workspace)
        return await self._workspaces.get(number, GET_WORKSPACE, refresh=refresh, workspace_id=number)

    async def collect(self, *, refresh: bool) -> list[W]:
        """All workspaces of the organization that the account belongs to."""
        return await self._workspaces.collect(GET_ME_WORKSPACES, refresh=refresh)

    async def add(self, body: WorkspacePayload) -> W:
        """Make a workspace."""
        check_body(body, WorkspacePayload, "WorkspaceBody(name='Support')")
        check_workspace_name(None if body.name is UNSET else body.name)
        return await self._workspaces.save(None, POST_WORKSPACE, organization_id=self._organization_id, post=body)

    async def edit(self, workspace: W | int, body: WorkspacePayload) -> W:
        """Rename a workspace, or change its settings."""
        check_body(body, WorkspacePayload, "WorkspaceBody(name='Support')")
        if body.name is not UNSET:
            check_workspace_name(body.name)
        number = self._workspaces.number_of(workspace)
        return await self._workspaces.save(number, PUT_WORKSPACE, workspace_id=number, body=body)
