"""Workspaces and their settings."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class WorkspaceRow(Row):
    """One workspace."""

    id: int
    organization_id: int
    name: str
    default_hourly_rate: float | None
    rate_updated_at: int | None
    default_currency: str
    only_admins_may_create_projects: bool
    only_admins_may_create_tags: bool
    only_admins_see_billable_rates: bool
    only_admins_see_team_dashboard: bool
    projects_billable_by_default: bool
    projects_private_by_default: bool
    projects_enforce_billable: bool
    limit_public_project_data: bool
    reports_collapse: bool
    rounding: int
    rounding_minutes: int
    created_at: int
    updated_at: int


class WorkspaceOfUserRow(WorkspaceRow):
    """One workspace, the plan it is under, and what one person is in it.

    Attributes:
        role: In the organization.
        workspace_role: In the workspace; None for an admin of the organization who does not belong to it.
        token_sealed: The person's API token.
    """

    plan_id: int
    role: int
    workspace_role: int | None
    token_sealed: bytes


SETTINGS = (
    "default_hourly_rate",
    "rate_updated_at",
    "default_currency",
    "only_admins_may_create_projects",
    "only_admins_may_create_tags",
    "only_admins_see_billable_rates",
    "only_admins_see_team_dashboard",
    "projects_billable_by_default",
    "projects_private_by_default",
    "projects_enforce_billable",
    "limit_public_project_data",
    "reports_collapse",
    "rounding",
    "rounding_minutes",
)
"""The columns that a change of a workspace can touch beside its name."""

_OF_USER = f"""
    SELECT {columns(WorkspaceRow, "w")}, o.plan_id, m.role_id, wu.role_id, u.token_sealed
    FROM user_organizations d
    JOIN organizations o ON o.id = d.organization_id AND o.deleted_at IS NULL
    JOIN organization_users m
      ON m.organization_id = o.id AND m.user_id = d.user_id AND m.joined AND NOT m.inactive
    JOIN users u ON u.id = d.user_id
"""

OF_USER = Statement(
    _OF_USER
    + """
    JOIN workspace_users wu ON wu.organization_id = o.id AND wu.user_id = d.user_id AND NOT wu.inactive
    JOIN workspaces w ON w.organization_id = o.id AND w.id = wu.workspace_id
    WHERE d.user_id = :user_id AND w.updated_at >= :since
    ORDER BY w.name_key, w.id
    """,
    WorkspaceOfUserRow,
)

ONE_OF_USER = Statement(
    _OF_USER
    + """
    JOIN workspaces w ON w.organization_id = o.id AND w.id = :workspace_id
    LEFT JOIN workspace_users wu
      ON wu.organization_id = o.id AND wu.workspace_id = w.id AND wu.user_id = d.user_id AND NOT wu.inactive
    WHERE d.user_id = :user_id AND d.organization_id = :organization_id
    """,
    WorkspaceOfUserRow,
)

BY_NAME = Statement(
    "SELECT w.id FROM workspaces w WHERE w.organization_id = :organization_id AND w.name_key = :name_key", IdRow
)

ADD = Statement(
    f"""
    INSERT INTO workspaces (organization_id, name, name_key, created_at, updated_at, {", ".join(SETTINGS)})
    VALUES (:organization_id, :name, :name_key, :now, :now, {", ".join(":" + name for name in SETTINGS)})
    RETURNING id
    """,
    IdRow,
)

ADD_LOCATION = Statement(
    "INSERT INTO workspace_locations (workspace_id, organization_id) VALUES (:workspace_id, :organization_id)", NoneType
)

CHANGE = Statement(
    f"""
    UPDATE workspaces SET name = :name, name_key = :name_key, updated_at = :now,
      {", ".join(f"{name} = :{name}" for name in SETTINGS)}
    WHERE organization_id = :organization_id AND id = :workspace_id
    """,
    NoneType,
)

_MINE = """
    FROM user_organizations d
    JOIN organizations o ON o.id = d.organization_id AND o.deleted_at IS NULL
    JOIN organization_users m
      ON m.organization_id = o.id AND m.user_id = d.user_id AND m.joined AND NOT m.inactive
    JOIN workspace_users wu ON wu.organization_id = o.id AND wu.user_id = d.user_id AND NOT wu.inactive
    WHERE d.user_id = :user_id
"""

IS_OF_USER = Statement("SELECT wu.workspace_id" + _MINE + "AND wu.workspace_id = :workspace_id", IdRow)

COUNT_OF_USER = Statement("SELECT COUNT(*)" + _MINE, IdRow)
