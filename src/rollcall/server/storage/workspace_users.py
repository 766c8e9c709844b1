"""The people of a workspace, and what each is in it."""

from __future__ import annotations

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.places import SETTINGS
from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement


class PeopleRow(Row):
    """One page of the people of a workspace.

    Attributes:
        total: How many there are on all pages.
        people: JSON of those on this page, in their order.
    """

    total: int
    people: str


class PersonInWorkspace(msgspec.Struct, array_like=True, gc=False):
    """Somebody in a workspace.

    Attributes:
        inactive: Deactivated, in the workspace or in the whole organization.
        organization_role_id: What they are in the organization.
        group_ids: The groups through which they are in the workspace, in no order.
    """

    id: int
    user_id: int
    fullname: str
    email: str
    timezone: str
    joined: bool
    inactive: bool
    direct: bool
    role_id: int
    organization_role_id: int
    group_ids: list[int]
    rate: float | None
    rate_updated_at: int | None
    labor_cost: float | None
    labor_cost_updated_at: int | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool
    updated_at: int


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


_ASKED_FOR = """
    FROM workspace_users wu
    JOIN organization_users m ON m.organization_id = wu.organization_id AND m.user_id = wu.user_id
    JOIN users u ON u.id = wu.user_id
    WHERE wu.organization_id = :organization_id AND wu.workspace_id = :workspace_id
      AND (CAST(:name AS TEXT) IS NULL OR {position}(m.name_key, :name) > 0)
      AND (CAST(:search AS TEXT) IS NULL
        OR {position}(m.name_key, :search) > 0 OR {position}(u.email_key, :search) > 0)
      AND (CAST(:custom_rates AS BOOLEAN) IS NULL OR (wu.rate IS NOT NULL) = CAST(:custom_rates AS BOOLEAN))
      AND NOT (CAST(:only_active AS BOOLEAN) AND (m.inactive OR wu.inactive))
      AND (wu.direct OR NOT CAST(:only_direct AS BOOLEAN))
"""

# How many there are altogether is kept, so only a part of them has to be counted. CROSS JOIN tells SQLite where to
# begin: with the groups of one person, who are few.
PEOPLE = translated(
    f"""
    SELECT
      CASE WHEN CAST(:everybody AS BOOLEAN)
        THEN (SELECT w.member_count FROM workspaces w
          WHERE w.organization_id = :organization_id AND w.id = :workspace_id)
        ELSE (SELECT COUNT(*) {_ASKED_FOR})
      END,
      (SELECT COALESCE({{list}}({{json}}(p.person)), '[]') FROM (
        SELECT {{tuple}}(wu.id, u.id, u.fullname, u.email, u.timezone, m.joined, m.inactive OR wu.inactive, wu.direct,
          wu.role_id, m.role_id,
          {{json}}((
            SELECT COALESCE({{list}}(gu.group_id), '[]') FROM group_users gu CROSS JOIN group_workspaces gw
            WHERE gu.organization_id = wu.organization_id AND gu.user_id = wu.user_id
              AND gw.organization_id = gu.organization_id AND gw.group_id = gu.group_id
              AND gw.workspace_id = wu.workspace_id)),
          wu.rate, wu.rate_updated_at, wu.labor_cost, wu.labor_cost_updated_at, wu.working_hours_in_minutes,
          wu.view_edit_billable_rates, wu.view_edit_labor_costs, wu.updated_at) AS person
        {_ASKED_FOR}
        ORDER BY m.name_key, m.id
        LIMIT :rows OFFSET :rows_before) p)
    """,
    PeopleRow,
)

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
