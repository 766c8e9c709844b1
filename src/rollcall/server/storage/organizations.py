"""Organizations and who belongs to them."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class OrganizationRow(Row):
    """One organization."""

    id: int
    name: str
    plan_id: int
    max_workspaces: int | None
    owner_id: int
    payer_id: int | None
    user_count: int
    workspace_count: int
    created_at: int
    updated_at: int


class OrganizationOfUserRow(Row):
    """One organization, and what one of its people is in it."""

    id: int
    name: str
    plan_id: int
    max_workspaces: int | None
    user_count: int
    created_at: int
    updated_at: int
    role: int


BY_ID = Statement(
    f"SELECT {columns(OrganizationRow, 'o')} FROM organizations o WHERE o.id = :organization_id", OrganizationRow
)

_OF_USER = """
    SELECT o.id, o.name, o.plan_id, o.max_workspaces, o.user_count, o.created_at, o.updated_at, m.role_id
    FROM user_organizations d
    JOIN organizations o ON o.id = d.organization_id
    JOIN organization_users m ON m.organization_id = o.id AND m.user_id = d.user_id
    WHERE d.user_id = :user_id AND m.joined AND NOT m.inactive AND o.deleted_at IS NULL
"""

OF_USER = Statement(_OF_USER + " ORDER BY o.id", OrganizationOfUserRow)

ONE_OF_USER = Statement(_OF_USER + " AND d.organization_id = :organization_id", OrganizationOfUserRow)

ADD = Statement(
    """
    INSERT INTO organizations (name, name_key, plan_id, max_workspaces, owner_id, user_count, workspace_count,
      revision, created_at, updated_at)
    VALUES (:name, :name_key, :plan_id, :max_workspaces, :owner_id, 0, 0, :revision, :now, :now)
    RETURNING id
    """,
    IdRow,
)

RENAME = Statement(
    """
    UPDATE organizations SET name = :name, name_key = :name_key, updated_at = :now
    WHERE id = :organization_id
    """,
    NoneType,
)

DELETE = Statement(
    "UPDATE organizations SET deleted_at = :now, updated_at = :now WHERE id = :organization_id", NoneType
)

COUNT_WORKSPACES = Statement(
    "UPDATE organizations SET workspace_count = workspace_count + :change WHERE id = :organization_id", NoneType
)
