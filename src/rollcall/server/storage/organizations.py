"""Organizations and who belongs to them."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.accounts import IdRow
from rollcall.server.storage.row import Row, columns
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


class MemberRow(Row):
    """One organization user."""

    id: int
    user_id: int
    role_id: int
    inactive: bool
    joined: bool


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
      created_at, updated_at)
    VALUES (:name, :name_key, :plan_id, :max_workspaces, :owner_id, 0, 0, :now, :now)
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

COUNT_USERS = Statement(
    "UPDATE organizations SET user_count = user_count + :change WHERE id = :organization_id", NoneType
)

COUNT_WORKSPACES = Statement(
    "UPDATE organizations SET workspace_count = workspace_count + :change WHERE id = :organization_id", NoneType
)

ADD_MEMBER = Statement(
    """
    INSERT INTO organization_users (organization_id, user_id, role_id, inactive, joined, created_at, updated_at)
    VALUES (:organization_id, :user_id, :role_id, :inactive, :joined, :now, :now)
    RETURNING id
    """,
    IdRow,
)

ADD_TO_DIRECTORY = Statement(
    "INSERT INTO user_organizations (user_id, organization_id) VALUES (:user_id, :organization_id)", NoneType
)

MEMBER = Statement(
    f"""
    SELECT {columns(MemberRow, "m")} FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.user_id = :user_id
    """,
    MemberRow,
)

ANOTHER_JOINED_MEMBER = Statement(
    """
    SELECT m.id FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.joined AND m.user_id <> :user_id
    LIMIT 1
    """,
    IdRow,
)

ACTIVE_ADMINS = Statement(
    """
    SELECT m.user_id FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.role_id < 3 AND m.joined AND NOT m.inactive
    ORDER BY m.user_id
    """,
    IdRow,
)

REMOVE_MEMBER = Statement(
    "DELETE FROM organization_users WHERE organization_id = :organization_id AND user_id = :user_id", NoneType
)

REMOVE_FROM_DIRECTORY = Statement(
    "DELETE FROM user_organizations WHERE user_id = :user_id AND organization_id = :organization_id", NoneType
)
