"""Groups, as one of their workspaces sees them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract import timestamp
from rollcall.contract.models.group import ModelsGroup
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain import groups
from rollcall.server.domain.given import value_of
from rollcall.server.domain.reach import organization_of_workspace, reach_of_viewer
from rollcall.server.domain.revisions import raise_organization
from rollcall.server.storage import groups as rows

if TYPE_CHECKING:
    from rollcall.contract.models.group import GroupNamePayload
    from rollcall.server.domain.groups import Group
    from rollcall.server.domain.work import Work


async def list_all(work: Work, workspace_id: int) -> list[ModelsGroup]:
    """The groups in a workspace by name, for a lead those they are in (`GET /workspaces/{id}/groups`)."""
    found = await work.transaction.all(
        rows.OF_WORKSPACE,
        organization_id=organization_of_workspace(work),
        workspace_id=workspace_id,
        viewer_id=work.viewer.user_id,
        everything=work.viewer.administers_organization,
    )
    return [
        ModelsGroup(
            id=row.id,
            workspace_id=workspace_id,
            name=row.name,
            at=timestamp.precise(row.updated_at),
            has_users=row.has_users,
        )
        for row in found
    ]


async def create(work: Work, workspace_id: int, body: GroupNamePayload) -> ModelsGroup:
    """Make a group in a workspace (`POST /workspaces/{id}/groups`)."""
    organization_id = organization_of_workspace(work)
    await raise_organization(work, organization_id)
    group = await groups.add(work, organization_id, groups.checked_name(value_of(body.name) or ""))
    await groups.set_workspaces(work, group, {workspace_id})
    return _describe(group, workspace_id)


async def rename(work: Work, workspace_id: int, group_id: int, body: GroupNamePayload) -> ModelsGroup:
    """Rename a group in a workspace (`PUT /workspaces/{id}/groups/{id}`)."""
    group = await _find(work, workspace_id, group_id)
    await groups.rename(work, group, groups.checked_name(value_of(body.name) or ""))
    return _describe(group, workspace_id)


async def remove(work: Work, workspace_id: int, group_id: int) -> None:
    """Delete a group in a workspace, also from its other workspaces (`DELETE /workspaces/{id}/groups/{id}`)."""
    await groups.end(work, await _find(work, workspace_id, group_id))


async def _find(work: Work, workspace_id: int, group_id: int) -> Group:
    organization_id = organization_of_workspace(work)
    await raise_organization(work, organization_id)
    reach = await reach_of_viewer(work, organization_id)
    group = await groups.load(work, reach, organization_id, group_id)
    if workspace_id not in group.workspace_ids:
        raise Refused(Reason.GROUP_NOT_FOUND)
    reach.check(group.workspace_ids)
    return group


def _describe(group: Group, workspace_id: int) -> ModelsGroup:
    return ModelsGroup(
        id=group.id,
        workspace_id=workspace_id,
        name=group.name,
        at=timestamp.precise(group.updated_at),
        has_users=bool(group.user_ids),
    )
