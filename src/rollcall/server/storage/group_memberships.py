"""The ways into workspaces that go through groups.

Who is in a group is in each of the group's workspaces: `workspace_users.group_count` says through how many.
"""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.statement import Statement

ADD_USER = Statement(
    """
    INSERT INTO group_users (organization_id, group_id, user_id) VALUES (:organization_id, :group_id, :user_id)
    ON CONFLICT (organization_id, group_id, user_id) DO NOTHING
    """,
    NoneType,
)

REMOVE_USER = Statement(
    """
    DELETE FROM group_users
    WHERE organization_id = :organization_id AND group_id = :group_id AND user_id = :user_id
    """,
    NoneType,
)

ADD_WORKSPACE = Statement(
    """
    INSERT INTO group_workspaces (organization_id, group_id, workspace_id)
    VALUES (:organization_id, :group_id, :workspace_id)
    ON CONFLICT (organization_id, group_id, workspace_id) DO NOTHING
    """,
    NoneType,
)

REMOVE_WORKSPACE = Statement(
    """
    DELETE FROM group_workspaces
    WHERE organization_id = :organization_id AND group_id = :group_id AND workspace_id = :workspace_id
    """,
    NoneType,
)

COUNT_GROUPS = Statement(
    """
    UPDATE workspaces SET group_count = group_count + :change
    WHERE organization_id = :organization_id AND id = :workspace_id
    """,
    NoneType,
)

_OF_GROUP = """
    (SELECT gw.workspace_id FROM group_workspaces gw
     WHERE gw.organization_id = :organization_id AND gw.group_id = :group_id)
"""
_PEOPLE_OF_GROUP = """
    (SELECT gu.user_id FROM group_users gu
     WHERE gu.organization_id = :organization_id AND gu.group_id = :group_id)
"""

# One person, all workspaces of a group. The order matters: who has a way already is counted before others get one.

WIDEN_FOR_USER = Statement(
    f"""
    UPDATE workspace_users SET group_count = group_count + 1
    WHERE organization_id = :organization_id AND user_id = :user_id AND workspace_id IN {_OF_GROUP}
    """,
    NoneType,
)

COUNT_FOR_USER = Statement(
    f"""
    UPDATE workspaces SET member_count = member_count + 1
    WHERE organization_id = :organization_id AND id IN {_OF_GROUP} AND NOT EXISTS (
      SELECT 1 FROM workspace_users wu
      WHERE wu.organization_id = :organization_id AND wu.workspace_id = workspaces.id AND wu.user_id = :user_id)
    """,
    NoneType,
)

OPEN_FOR_USER = Statement(
    """
    INSERT INTO workspace_users
      (organization_id, workspace_id, user_id, role_id, direct, group_count, name_key, membership_inactive,
        created_at, updated_at)
    SELECT gw.organization_id, gw.workspace_id, m.user_id, CAST(:role_id AS INTEGER), FALSE, 1,
      m.name_key, m.inactive, CAST(:now AS BIGINT), CAST(:now AS BIGINT)
    FROM group_workspaces gw
    JOIN organization_users m ON m.organization_id = gw.organization_id AND m.user_id = :user_id
    WHERE gw.organization_id = :organization_id AND gw.group_id = :group_id AND NOT EXISTS (
      SELECT 1 FROM workspace_users wu
      WHERE wu.organization_id = :organization_id AND wu.workspace_id = gw.workspace_id AND wu.user_id = :user_id)
    """,
    NoneType,
)

NARROW_FOR_USER = Statement(
    f"""
    UPDATE workspace_users SET group_count = group_count - 1
    WHERE organization_id = :organization_id AND user_id = :user_id AND workspace_id IN {_OF_GROUP}
    """,
    NoneType,
)

UNCOUNT_FOR_USER = Statement(
    """
    UPDATE workspaces SET member_count = member_count - 1
    WHERE organization_id = :organization_id AND id IN (
      SELECT wu.workspace_id FROM workspace_users wu
      WHERE wu.organization_id = :organization_id AND wu.user_id = :user_id
        AND NOT wu.direct AND wu.group_count = 0)
    """,
    NoneType,
)

CLOSE_FOR_USER = Statement(
    """
    DELETE FROM workspace_users
    WHERE organization_id = :organization_id AND user_id = :user_id AND NOT direct AND group_count = 0
    """,
    NoneType,
)

# One workspace, all people of a group.

WIDEN_FOR_GROUP = Statement(
    f"""
    UPDATE workspace_users SET group_count = group_count + 1
    WHERE organization_id = :organization_id AND workspace_id = :workspace_id AND user_id IN {_PEOPLE_OF_GROUP}
    """,
    NoneType,
)

OPEN_FOR_GROUP = Statement(
    """
    INSERT INTO workspace_users
      (organization_id, workspace_id, user_id, role_id, direct, group_count, name_key, membership_inactive,
        created_at, updated_at)
    SELECT gu.organization_id, CAST(:workspace_id AS BIGINT), gu.user_id, CAST(:role_id AS INTEGER), FALSE, 1,
      m.name_key, m.inactive, CAST(:now AS BIGINT), CAST(:now AS BIGINT)
    FROM group_users gu
    JOIN organization_users m ON m.organization_id = gu.organization_id AND m.user_id = gu.user_id
    WHERE gu.organization_id = :organization_id AND gu.group_id = :group_id AND gu.user_id NOT IN (
      SELECT wu.user_id FROM workspace_users wu
      WHERE wu.organization_id = :organization_id AND wu.workspace_id = :workspace_id)
    """,
    NoneType,
)

NARROW_FOR_GROUP = Statement(
    f"""
    UPDATE workspace_users SET group_count = group_count - 1
    WHERE organization_id = :organization_id AND workspace_id = :workspace_id AND user_id IN {_PEOPLE_OF_GROUP}
    """,
    NoneType,
)

CLOSE_FOR_GROUP = Statement(
    """
    DELETE FROM workspace_users
    WHERE organization_id = :organization_id AND workspace_id = :workspace_id AND NOT direct AND group_count = 0
    """,
    NoneType,
)

# A whole group, which is in no workspace any more.

EMPTY = Statement("DELETE FROM group_users WHERE organization_id = :organization_id AND group_id = :group_id", NoneType)

DELETE = Statement("DELETE FROM groups WHERE organization_id = :organization_id AND id = :group_id", NoneType)
