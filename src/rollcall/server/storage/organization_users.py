"""The people of an organization, one by one, with all that can be changed of them."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.memberships import OrganizationUserRow
from rollcall.server.storage.row import IdRow, columns
from rollcall.server.storage.statement import Statement


class AccountOfMemberRow(OrganizationUserRow):
    """One organization user, and their account."""

    registered: bool
    fullname: str
    email: str


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
      WHERE m.organization_id = :organization_id AND m.standing IN (0, 3)
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
      AND user_id = :user_id
    RETURNING id
    """,
    IdRow,
)
FORGET_CODES = Statement(
    "DELETE FROM invitation_codes WHERE organization_id = :organization_id AND invitation_id = :invitation_id",
    NoneType,
)
