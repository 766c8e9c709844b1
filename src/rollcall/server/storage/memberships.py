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


class NamedRow(Row):
    """What an organization user is found by in a search."""

    id: int
    name_key: str
    email_key: str


class RenamedRow(NamedRow):
    """The same, and what it was before, and how it is written."""

    old_name_key: str
    old_email_key: str
    fullname: str
    email: str


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
      (organization_id, user_id, role_id, inactive, joined, fullname, email, name_key, email_key, created_at,
       updated_at)
    SELECT CAST(:organization_id AS BIGINT), u.id, CAST(:role_id AS INTEGER), FALSE, CAST(:joined AS BOOLEAN),
      u.fullname, u.email, u.name_key, u.email_key, CAST(:now AS BIGINT), CAST(:now AS BIGINT)
    FROM users u WHERE u.id = :user_id
    RETURNING id, name_key, email_key
    """,
    NamedRow,
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
    WHERE m.organization_id = :organization_id AND m.standing IN (0, 1, 3, 4) AND m.user_id <> :user_id
    LIMIT 1
    """,
    IdRow,
)

EVERYBODY = Statement("SELECT m.user_id FROM organization_users m WHERE m.organization_id = :organization_id", IdRow)

ACTIVE_ADMINS = Statement(
    """
    SELECT m.user_id FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.standing = 3
    ORDER BY m.user_id
    """,
    IdRow,
)

REMOVE_ORGANIZATION_USER = Statement(
    """
    DELETE FROM organization_users WHERE organization_id = :organization_id AND user_id = :user_id
    RETURNING id, name_key, email_key
    """,
    NamedRow,
)

REMOVE_FROM_DIRECTORY = Statement(
    "DELETE FROM user_organizations WHERE user_id = :user_id AND organization_id = :organization_id", NoneType
)

_RENAMED = """
    SELECT m.id, u.name_key, u.email_key, m.name_key, m.email_key, u.fullname, u.email
    FROM organization_users m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = :organization_id AND (m.fullname <> u.fullname OR m.email <> u.email)
"""

RENAMED_USER = Statement(_RENAMED + "AND m.user_id = :user_id", RenamedRow)
"""Somebody whose account has another name or address than it had when it was copied."""

RENAMED_USERS = Statement(_RENAMED, RenamedRow)

RENAME_ORGANIZATION_USER = Statement(
    """
    UPDATE organization_users
    SET fullname = :fullname, email = :email, name_key = :name_key, email_key = :email_key
    WHERE organization_id = :organization_id AND id = :organization_user_id
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
    INSERT INTO workspace_users
      (organization_id, workspace_id, user_id, role_id, direct, name_key, membership_inactive, created_at, updated_at)
    SELECT m.organization_id, CAST(:workspace_id AS BIGINT), m.user_id, CAST(:role_id AS INTEGER), TRUE,
      m.name_key, m.inactive, CAST(:now AS BIGINT), CAST(:now AS BIGINT)
    FROM organization_users m WHERE m.organization_id = :organization_id AND m.user_id = :user_id
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
