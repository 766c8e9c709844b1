"""Who belongs where: organizations, workspaces, groups, and the ways from one to another.

A row of `workspace_users` stands for everybody who belongs to a workspace: directly, through so many groups, or both.
It goes when the last way in goes. The counts kept with workspaces and organizations change with the rows.
"""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class OrganizationUserRow(Row):
    """One organization user."""

    id: int
    user_id: int
    role_id: int
    inactive: bool
    joined: bool


class WorkspaceUserRow(Row):
    """One workspace user."""

    id: int
    workspace_id: int
    user_id: int
    role_id: int
    direct: bool
    group_count: int


# Organization users

ADD_ORGANIZATION_USER = Statement(
    """
    INSERT INTO organization_users
      (organization_id, user_id, role_id, inactive, joined, name_key, created_at, updated_at)
    SELECT CAST(:organization_id AS BIGINT), u.id, CAST(:role_id AS INTEGER), FALSE, CAST(:joined AS BOOLEAN),
      u.name_key, CAST(:now AS BIGINT), CAST(:now AS BIGINT)
    FROM users u WHERE u.id = :user_id
    RETURNING id
    """,
    IdRow,
)

ADD_TO_DIRECTORY = Statement(
    "INSERT INTO user_organizations (user_id, organization_id) VALUES (:user_id, :organization_id)", NoneType
)

COUNT_ORGANIZATION_USERS = Statement(
    "UPDATE organizations SET user_count = user_count + :change WHERE id = :organization_id", NoneType
)

ORGANIZATION_USER = Statement(
    f"""
    SELECT {columns(OrganizationUserRow, "m")} FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.user_id = :user_id
    """,
    OrganizationUserRow,
)

JOIN = Statement(
    """
    UPDATE organization_users SET joined = TRUE, updated_at = :now
    WHERE organization_id = :organization_id AND user_id = :user_id
    """,
    NoneType,
)

ANOTHER_JOINED = Statement(
    """
    SELECT m.id FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.joined AND m.user_id <> :user_id
    LIMIT 1
    """,
    IdRow,
)

EVERYBODY = Statement("SELECT m.user_id FROM organization_users m WHERE m.organization_id = :organization_id", IdRow)

ACTIVE_ADMINS = Statement(
    """
    SELECT m.user_id FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.role_id < 3 AND m.joined AND NOT m.inactive
    ORDER BY m.user_id
    """,
    IdRow,
)

REMOVE_ORGANIZATION_USER = Statement(
    "DELETE FROM organization_users WHERE organization_id = :organization_id AND user_id = :user_id", NoneType
)

REMOVE_FROM_DIRECTORY = Statement(
    "DELETE FROM user_organizations WHERE user_id = :user_id AND organization_id = :organization_id", NoneType
)

RENAME_ORGANIZATION_USER = Statement(
    """
    UPDATE organization_users SET name_key = :name_key
    WHERE organization_id = :organization_id AND user_id = :user_id
    """,
    NoneType,
)

# Workspace users

WORKSPACE_USER = Statement(
    f"""
    SELECT {columns(WorkspaceUserRow, "wu")} FROM workspace_users wu
    WHERE wu.organization_id = :organization_id AND wu.workspace_id = :workspace_id AND wu.user_id = :user_id
    """,
    WorkspaceUserRow,
)

WORKSPACE_USERS = Statement(
    f"""
    SELECT {columns(WorkspaceUserRow, "wu")} FROM workspace_users wu
    WHERE wu.organization_id = :organization_id AND wu.workspace_id = :workspace_id
    ORDER BY wu.user_id
    """,
    WorkspaceUserRow,
)

ADD_WORKSPACE_USER = Statement(
    """
    INSERT INTO workspace_users (organization_id, workspace_id, user_id, role_id, direct, created_at, updated_at)
    VALUES (:organization_id, :workspace_id, :user_id, :role_id, TRUE, :now, :now)
    """,
    NoneType,
)

SET_DIRECT = Statement(
    """
    UPDATE workspace_users SET direct = :direct, role_id = :role_id, updated_at = :now
    WHERE organization_id = :organization_id AND workspace_id = :workspace_id AND user_id = :user_id
    """,
    NoneType,
)

SET_ROLE = Statement(
    """
    UPDATE workspace_users SET role_id = :role_id, updated_at = :now
    WHERE organization_id = :organization_id AND workspace_id = :workspace_id AND user_id = :user_id
    """,
    NoneType,
)

REMOVE_WORKSPACE_USER = Statement(
    """
    DELETE FROM workspace_users
    WHERE organization_id = :organization_id AND workspace_id = :workspace_id AND user_id = :user_id
    """,
    NoneType,
)

COUNT_MEMBERS = Statement(
    """
    UPDATE workspaces SET member_count = member_count + :change
    WHERE organization_id = :organization_id AND id = :workspace_id
    """,
    NoneType,
)

# Somebody leaves an organization: every way they had goes at once.

UNCOUNT_EVERYWHERE = Statement(
    """
    UPDATE workspaces SET member_count = member_count - 1
    WHERE organization_id = :organization_id AND id IN (
      SELECT wu.workspace_id FROM workspace_users wu
      WHERE wu.organization_id = :organization_id AND wu.user_id = :user_id)
    """,
    NoneType,
)

REMOVE_FROM_WORKSPACES = Statement(
    "DELETE FROM workspace_users WHERE organization_id = :organization_id AND user_id = :user_id", NoneType
)

REMOVE_FROM_GROUPS = Statement(
    "DELETE FROM group_users WHERE organization_id = :organization_id AND user_id = :user_id", NoneType
)
