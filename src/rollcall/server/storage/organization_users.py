"""The people of an organization: in pages, and one of them with all that can be changed."""

from __future__ import annotations

from types import NoneType

import msgspec

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.memberships import OrganizationUserRow
from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class PeopleRow(Row):
    """One page of the people of an organization.

    Attributes:
        total: How many there are on all pages.
        people: JSON of those on this page, in their order.
    """

    total: int
    people: str


class WorkspaceOfPerson(msgspec.Struct, array_like=True, gc=False):
    """What somebody is in one workspace.

    Attributes:
        id: Of the workspace user.
        groups: Those through which they are in the workspace, as id and name.
    """

    id: int
    workspace_id: int
    name: str
    default_currency: str
    role_id: int
    inactive: bool
    rate: float | None
    labor_cost: float | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool
    groups: list[tuple[int, str]]


class Person(msgspec.Struct, array_like=True, gc=False):
    """One of the people of an organization.

    Attributes:
        id: Of the organization user.
        registered: Whether they have an account of their own, and not only an invitation.
        elsewhere: Whether they belong to another organization too.
        invitation_id: Of the invitation that they have not answered.
        groups: Their groups, as id and name.
    """

    id: int
    user_id: int
    fullname: str
    email: str
    role_id: int
    joined: bool
    inactive: bool
    registered: bool
    elsewhere: bool
    invitation_id: int | None
    created_at: int
    updated_at: int
    workspaces: list[WorkspaceOfPerson]
    groups: list[tuple[int, str]]


class AccountOfMemberRow(OrganizationUserRow):
    """One organization user, and their account."""

    registered: bool
    fullname: str
    email: str


_ASKED_FOR = """
    FROM organization_users m
    JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = :organization_id
      AND (CAST(:filter AS TEXT) IS NULL
        OR {position}(m.name_key, :filter) > 0 OR {position}(u.email_key, :filter) > 0)
      AND (CAST(:active AS BOOLEAN) AND m.joined AND NOT m.inactive
        OR CAST(:inactive AS BOOLEAN) AND m.joined AND m.inactive
        OR CAST(:invited AS BOOLEAN) AND NOT m.joined)
      AND (m.role_id < 3 OR NOT CAST(:only_admins AS BOOLEAN))
      AND (CAST(:groups AS TEXT) = '[]' OR EXISTS (
        SELECT 1 FROM group_users gu
        WHERE gu.organization_id = m.organization_id AND gu.group_id IN {ids:groups} AND gu.user_id = m.user_id))
      AND (CAST(:workspaces AS TEXT) = '[]' OR EXISTS (
        SELECT 1 FROM workspace_users wu
        WHERE wu.organization_id = m.organization_id AND wu.user_id = m.user_id
          AND wu.workspace_id IN {ids:workspaces}))
"""

# CROSS JOIN tells SQLite where to begin: with what is the person's own, which is little.
_GROUPS = """
    {json}((SELECT COALESCE({list}({json}(g.pair)), '[]') FROM (
      SELECT {tuple}(g.id, g.name) AS pair FROM group_users gu CROSS JOIN groups g
      WHERE gu.organization_id = m.organization_id AND gu.user_id = m.user_id
        AND g.organization_id = gu.organization_id AND g.id = gu.group_id
      ORDER BY g.name_key, g.id) g))
"""

_WORKSPACES = """
    {json}((SELECT COALESCE({list}({json}(w.place)), '[]') FROM (
      SELECT {tuple}(wu.id, w.id, w.name, w.default_currency, wu.role_id, wu.inactive, wu.rate, wu.labor_cost,
        wu.working_hours_in_minutes, wu.view_edit_billable_rates, wu.view_edit_labor_costs,
        {json}((SELECT COALESCE({list}({json}(g.pair)), '[]') FROM (
          SELECT {tuple}(g.id, g.name) AS pair FROM group_users gu CROSS JOIN group_workspaces gw CROSS JOIN groups g
          WHERE gu.organization_id = wu.organization_id AND gu.user_id = wu.user_id AND wu.group_count > 0
            AND gw.organization_id = gu.organization_id AND gw.group_id = gu.group_id
            AND gw.workspace_id = wu.workspace_id
            AND g.organization_id = gw.organization_id AND g.id = gw.group_id
          ORDER BY g.name_key, g.id) g))) AS place
      FROM workspace_users wu CROSS JOIN workspaces w
      WHERE wu.organization_id = m.organization_id AND wu.user_id = m.user_id
        AND w.organization_id = wu.organization_id AND w.id = wu.workspace_id
      ORDER BY w.name_key, w.id) w))
"""

# A person's organizations are found in the directory, whoever they belong to.
_ELSEWHERE = """
    EXISTS (SELECT 1 FROM user_organizations d JOIN organizations o ON o.id = d.organization_id
      WHERE d.user_id = m.user_id AND d.organization_id <> m.organization_id AND o.deleted_at IS NULL)
"""

_INVITATION = """
    (SELECT MAX(i.id) FROM invitations i
     WHERE i.organization_id = m.organization_id AND i.user_id = m.user_id AND i.settled_at IS NULL)
"""


def _page(direction: str) -> Statement[PeopleRow]:
    # How many there are altogether is kept, so only a part of them has to be counted.
    return translated(
        f"""
        SELECT
          CASE WHEN CAST(:everybody AS BOOLEAN)
            THEN (SELECT o.user_count FROM organizations o WHERE o.id = :organization_id)
            ELSE (SELECT COUNT(*) {_ASKED_FOR})
          END,
          (SELECT COALESCE({{list}}({{json}}(p.person)), '[]') FROM (
            SELECT {{tuple}}(m.id, m.user_id, u.fullname, u.email, m.role_id, m.joined, m.inactive, u.registered,
              {_ELSEWHERE}, {_INVITATION}, m.created_at, m.updated_at, {_WORKSPACES}, {_GROUPS}) AS person
            {_ASKED_FOR}
            ORDER BY m.name_key {direction}, m.id {direction}
            LIMIT :rows OFFSET :rows_before) p)
        """,
        PeopleRow,
    )


PAGE = {"asc": _page("ASC"), "desc": _page("DESC")}

_ACCOUNT = f"""
    SELECT {columns(OrganizationUserRow, "m")}, u.registered, u.fullname, u.email
    FROM organization_users m JOIN users u ON u.id = m.user_id
    WHERE m.organization_id = :organization_id
"""

BY_ID = Statement(_ACCOUNT + "AND m.id = :organization_user_id", AccountOfMemberRow)

AMONG = translated(
    f"""
    SELECT {columns(OrganizationUserRow, "m")} FROM organization_users m
    WHERE m.organization_id = :organization_id AND m.id IN {{ids}}
    ORDER BY m.id
    """,
    OrganizationUserRow,
)

CHANGE = Statement(
    """
    UPDATE organization_users SET role_id = :role_id, inactive = :inactive, updated_at = :now
    WHERE organization_id = :organization_id AND id = :organization_user_id
    """,
    NoneType,
)

ACTIVE_USERS = Statement(
    """
    SELECT COUNT(*) FROM (
      SELECT m.id FROM organization_users m
      WHERE m.organization_id = :organization_id AND m.joined AND NOT m.inactive
      LIMIT :maximum) a
    """,
    IdRow,
)
"""How many have joined and are active; not counted beyond the maximum."""

GROUPS = Statement(
    """
    SELECT gu.group_id FROM group_users gu
    WHERE gu.organization_id = :organization_id AND gu.user_id = :user_id
    ORDER BY gu.group_id
    """,
    IdRow,
)

GROUPS_AMONG = translated(
    "SELECT g.id FROM groups g WHERE g.organization_id = :organization_id AND g.id IN {ids}", IdRow
)

TOUCH_GROUPS = Statement(
    """
    UPDATE groups SET updated_at = :now
    WHERE organization_id = :organization_id AND id IN (
      SELECT gu.group_id FROM group_users gu
      WHERE gu.organization_id = :organization_id AND gu.user_id = :user_id)
    """,
    NoneType,
)

REVOKE_INVITATIONS = Statement(
    """
    UPDATE invitations SET state = 'revoked', settled_at = :now
    WHERE organization_id = :organization_id AND settled_at IS NULL
      AND (CAST(:user_id AS BIGINT) IS NULL OR user_id = :user_id)
    RETURNING id
    """,
    IdRow,
)
"""Those of one person, or all."""

FORGET_CODES = Statement(
    "DELETE FROM invitation_codes WHERE organization_id = :organization_id AND invitation_id = :invitation_id",
    NoneType,
)
