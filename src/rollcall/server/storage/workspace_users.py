"""The people of a workspace, one by one, and what each is in it."""

from __future__ import annotations

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.places import SETTINGS
from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement


class WorkspaceUserRow(Row):
    """One workspace user, with all that can be changed of them.

    Attributes:
        administers: Whether they are an active admin of the organization.
    """

    id: int
    user_id: int
    administers: bool
    direct: bool
    role_id: int
    inactive: bool
    rate: float | None
    rate_updated_at: int | None
    labor_cost: float | None
    labor_cost_updated_at: int | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool


_STORED = f"""
    SELECT wu.id, wu.user_id, m.role_id < 3 AND m.joined AND NOT m.inactive, wu.direct,
      {", ".join(f"wu.{name}" for name in SETTINGS)}
    FROM workspace_users wu
    JOIN organization_users m ON m.organization_id = wu.organization_id AND m.user_id = wu.user_id
    WHERE wu.organization_id = :organization_id AND wu.workspace_id = :workspace_id
"""

BY_ID = Statement(_STORED + "AND wu.id = :workspace_user_id", WorkspaceUserRow)

OF_USER = Statement(_STORED + "AND wu.user_id = :user_id", WorkspaceUserRow)

AMONG = translated(_STORED + "AND wu.id IN {ids} ORDER BY wu.id", WorkspaceUserRow)
