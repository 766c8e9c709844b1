"""Groups of an organization's people."""

from __future__ import annotations

from types import NoneType

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class GroupRow(Row):
    """One group."""

    id: int
    name: str
    updated_at: int


class GroupOfWorkspaceRow(GroupRow):
    """One group, as its workspace sees it."""

    has_users: bool


class GroupWithPeopleRow(GroupRow):
    """One group, where it is and who is in it.

    Attributes:
        workspaces: JSON of workspace ids.
        people: JSON of the people, in their order.
    """

    workspaces: str
    people: str


class PersonInGroup(msgspec.Struct, array_like=True, gc=False):
    """Somebody in a group."""

    user_id: int
    fullname: str
    joined: bool
    inactive: bool


# Admins of a workspace see its groups (role 4), leads those of its groups that they are in (6, 7).
_SEEN = """
    (CAST(:everything AS BOOLEAN) OR EXISTS (
      SELECT 1 FROM group_workspaces seen
      JOIN workspace_users mine ON mine.organization_id = seen.organization_id
        AND mine.workspace_id = seen.workspace_id AND mine.user_id = :viewer_id AND NOT mine.inactive
      WHERE seen.organization_id = g.organization_id AND seen.group_id = g.id AND (
        mine.role_id = 4 OR (mine.role_id IN (6, 7) AND EXISTS (
          SELECT 1 FROM group_users me
          WHERE me.organization_id = g.organization_id AND me.group_id = g.id AND me.user_id = :viewer_id)))))
"""

# Of the workspaces of a group, people are told those that are their own.
_SHOWN = """
    (CAST(:everything AS BOOLEAN) OR gw.workspace_id IN (
      SELECT own.workspace_id FROM workspace_users own
      WHERE own.organization_id = :organization_id AND own.user_id = :viewer_id AND NOT own.inactive))
"""

# CROSS JOIN tells SQLite where to begin: with the people of one group, who are few.
_WITH_PEOPLE = f"""
    SELECT g.id, g.name, g.updated_at,
      (SELECT COALESCE({{list}}(w.workspace_id), '[]') FROM (
        SELECT gw.workspace_id FROM group_workspaces gw
        WHERE gw.organization_id = g.organization_id AND gw.group_id = g.id
          AND {_SHOWN}
        ORDER BY gw.workspace_id) w),
      (SELECT COALESCE({{list}}({{json}}(p.person)), '[]') FROM (
        SELECT {{tuple}}(u.id, u.fullname, m.joined, m.inactive) AS person
        FROM group_users gu CROSS JOIN organization_users m CROSS JOIN users u
        WHERE gu.organization_id = g.organization_id AND gu.group_id = g.id
          AND m.organization_id = gu.organization_id AND m.user_id = gu.user_id AND u.id = gu.user_id
        ORDER BY m.name_key, m.id) p)
    FROM groups g
    WHERE g.organization_id = :organization_id
"""

LIST = translated(
    f"""
    {_WITH_PEOPLE} AND {_SEEN}
      AND (CAST(:name AS TEXT) IS NULL OR {{position}}(g.name_key, :name) > 0)
      AND (CAST(:workspace_id AS BIGINT) IS NULL OR EXISTS (
        SELECT 1 FROM group_workspaces gw
        WHERE gw.organization_id = g.organization_id AND gw.group_id = g.id AND gw.workspace_id = :workspace_id
          AND {_SHOWN}))
    ORDER BY g.name_key, g.id
    """,
    GroupWithPeopleRow,
)

ONE = translated(f"{_WITH_PEOPLE} AND g.id = :group_id", GroupWithPeopleRow)

OF_WORKSPACE = Statement(
    f"""
    SELECT {columns(GroupRow, "g")}, EXISTS (
      SELECT 1 FROM group_users gu WHERE gu.organization_id = g.organization_id AND gu.group_id = g.id)
    FROM group_workspaces gw CROSS JOIN groups g
    WHERE gw.organization_id = :organization_id AND gw.workspace_id = :workspace_id
      AND g.organization_id = gw.organization_id AND g.id = gw.group_id AND {_SEEN}
    ORDER BY g.name_key, g.id
    """,
    GroupOfWorkspaceRow,
)

BY_ID = Statement(
    f"""
    SELECT {columns(GroupRow, "g")} FROM groups g
    WHERE g.organization_id = :organization_id AND g.id = :group_id
    """,
    GroupRow,
)

BY_NAME = Statement(
    "SELECT g.id FROM groups g WHERE g.organization_id = :organization_id AND g.name_key = :name_key", IdRow
)

USERS = Statement(
    "SELECT user_id FROM group_users WHERE organization_id = :organization_id AND group_id = :group_id", IdRow
)

WORKSPACES = Statement(
    "SELECT workspace_id FROM group_workspaces WHERE organization_id = :organization_id AND group_id = :group_id", IdRow
)

ADD = Statement(
    """
    INSERT INTO groups (organization_id, name, name_key, created_at, updated_at)
    VALUES (:organization_id, :name, :name_key, :now, :now)
    RETURNING id
    """,
    IdRow,
)

CHANGE = Statement(
    """
    UPDATE groups SET name = :name, name_key = :name_key, updated_at = :now
    WHERE organization_id = :organization_id AND id = :group_id
    """,
    NoneType,
)

# What somebody reaches in an organization.

ORGANIZATION_USERS_AMONG = translated(
    """
    SELECT m.user_id FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.user_id IN {ids}
    """,
    IdRow,
)

WORKSPACES_AMONG = translated(
    "SELECT w.id FROM workspaces w WHERE w.organization_id = :organization_id AND w.id IN {ids}", IdRow
)

ADMINISTERED = Statement(
    """
    SELECT wu.workspace_id FROM workspace_users wu
    WHERE wu.organization_id = :organization_id AND wu.user_id = :user_id AND wu.role_id = 4 AND NOT wu.inactive
    """,
    IdRow,
)

LED = Statement(
    """
    SELECT wu.workspace_id FROM workspace_users wu
    WHERE wu.organization_id = :organization_id AND wu.user_id = :user_id AND wu.role_id IN (4, 6, 7)
      AND NOT wu.inactive
    LIMIT 1
    """,
    IdRow,
)
