"""What must hold of who belongs where, whatever was done: read from the tables themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.server.storage import Statement
from rollcall.server.storage.row import Row
from tests.server.people_lists import check_lists

if TYPE_CHECKING:
    from rollcall.server.storage import Transaction
    from tests.server.world import World


class _WrongRow(Row):
    what: str
    id: int


_WRONG = Statement(
    """
    SELECT 'people of the workspace', w.id FROM workspaces w WHERE w.member_count <> (
      SELECT COUNT(*) FROM workspace_users wu WHERE wu.workspace_id = w.id)
    UNION ALL
    SELECT 'groups of the workspace', w.id FROM workspaces w WHERE w.group_count <> (
      SELECT COUNT(*) FROM group_workspaces gw WHERE gw.workspace_id = w.id)
    UNION ALL
    SELECT 'people of the organization', o.id FROM organizations o WHERE o.user_count <> (
      SELECT COUNT(*) FROM organization_users m WHERE m.organization_id = o.id)
    UNION ALL
    SELECT 'ways of the workspace user', wu.id FROM workspace_users wu
    WHERE (NOT wu.direct AND wu.group_count = 0) OR wu.group_count <> (
      SELECT COUNT(*) FROM group_users gu JOIN group_workspaces gw ON gw.group_id = gu.group_id
      WHERE gu.user_id = wu.user_id AND gw.workspace_id = wu.workspace_id)
    UNION ALL
    SELECT 'missing workspace user of the group', gw.group_id FROM group_workspaces gw
    JOIN group_users gu ON gu.group_id = gw.group_id
    WHERE NOT EXISTS (
      SELECT 1 FROM workspace_users wu WHERE wu.workspace_id = gw.workspace_id AND wu.user_id = gu.user_id)
    """,
    _WrongRow,
)


async def check_belonging(world: World) -> None:
    """That every count and index is exact, and everybody is where their ways lead and nowhere else."""

    async def read(transaction: Transaction) -> list[_WrongRow]:
        return await transaction.all(_WRONG)

    assert await world.server.storage.read(read) == []
    await check_lists(world)
