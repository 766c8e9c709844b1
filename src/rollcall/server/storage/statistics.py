"""Numbers of workspaces' people."""

from __future__ import annotations

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.row import Row


class StatisticsRow(Row):
    """The numbers of one workspace.

    Attributes:
        admins: JSON of its admins, in their order.
    """

    workspace_id: int
    member_count: int
    group_count: int
    admins: str


class AdminOfWorkspace(msgspec.Struct, array_like=True, gc=False):
    """An admin of a workspace."""

    user_id: int
    fullname: str


# CROSS JOIN tells SQLite where to begin: with the admins, who are few.
_STATISTICS = """
    SELECT w.id, w.member_count, w.group_count,
      (SELECT COALESCE({list}({json}(a.admin)), '[]') FROM (
        SELECT {tuple}(u.id, u.fullname) AS admin
        FROM workspace_users wu CROSS JOIN organization_users m CROSS JOIN users u
        WHERE wu.organization_id = w.organization_id AND wu.workspace_id = w.id AND wu.role_id = 4 AND NOT wu.inactive
          AND m.organization_id = wu.organization_id AND m.user_id = wu.user_id AND m.joined AND NOT m.inactive
          AND u.id = wu.user_id
        ORDER BY m.name_key, m.id) a)
    FROM workspaces w
    WHERE w.organization_id = :organization_id
"""

OF_ORGANIZATION = translated(_STATISTICS + "ORDER BY w.id", StatisticsRow)

OF_WORKSPACE = translated(_STATISTICS + "AND w.id = :workspace_id", StatisticsRow)
