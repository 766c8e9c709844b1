"""The numbers of workspaces' people."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.models.statistics import ModelsStatistics, ModelsUserData
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain.reach import organization_of_workspace
from rollcall.server.storage import statistics as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.statistics import StatisticsRow


async def show_all(work: Work, organization_id: int) -> dict[str, ModelsStatistics]:
    """Every workspace's numbers, by its id (`GET /organizations/{id}/workspaces/statistics`)."""
    found = await work.transaction.all(rows.OF_ORGANIZATION, organization_id=organization_id)
    return {str(row.workspace_id): _describe(row) for row in found}


async def show(work: Work, workspace_id: int) -> ModelsStatistics:
    """A workspace's admins, and how many people and groups it has (`GET /workspaces/{id}/statistics`)."""
    row = await work.transaction.one(
        rows.OF_WORKSPACE, organization_id=organization_of_workspace(work), workspace_id=workspace_id
    )
    if row is None:
        raise Refused(Reason.FORBIDDEN)
    return _describe(row)


def _describe(row: StatisticsRow) -> ModelsStatistics:
    admins = msgspec.json.decode(row.admins, type=list[rows.AdminOfWorkspace])
    return ModelsStatistics(
        admins=[ModelsUserData(user_id=admin.user_id, name=admin.fullname) for admin in admins],
        members_count=row.member_count,
        groups_count=row.group_count,
    )
