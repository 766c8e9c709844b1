"""Invitations and the codes that open them."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class InvitationRow(Row):
    """One invitation.

    Attributes:
        workspaces: JSON: `[{"workspace_id": …, "role_id": …}, …]`.
        groups: JSON: `[group_id, …]`.
    """

    id: int
    user_id: int
    organization_user_id: int
    email: str
    sender_id: int
    state: str
    workspaces: str
    groups: str
    created_at: int
    sent_at: int
    expires_at: int
    settled_at: int | None


class ListedRow(Row):
    """One page of a list, and how many invitations are on all pages.

    Attributes:
        invitations: A JSON array of `ListedInvitation`s.
    """

    total: int
    invitations: str


class ListedInvitation(InvitationRow):
    """One invitation of a list."""

    sender_name: str
    sender_email: str


class OpenRow(Row):
    """An open invitation, as its code finds it.

    Attributes:
        mailed: Whether the code is the one that is only in the mail.
        registered: Whether the invited account is one that somebody can log in to.
        has_address: Whether the invited address is still that account's.
        proved: Whether that account's address is proved.
    """

    organization_id: int
    invitation_id: int
    mailed: bool
    user_id: int
    organization_user_id: int
    email: str
    registered: bool
    has_address: bool
    proved: bool
    organization_name: str
    sender_id: int
    sender_name: str
    sender_email: str


class DueRow(Row):
    """How many active people an organization has, joined and in all; beyond a limit nobody counts on."""

    joined: int
    expected: int


BY_CODE = Statement(
    """
    SELECT c.organization_id, c.invitation_id, c.mailed, i.user_id, i.organization_user_id, i.email,
      u.registered, u.email_key = i.email_key, u.proved_at IS NOT NULL, o.name, s.id, s.fullname, s.email
    FROM invitation_codes c
    JOIN invitations i ON i.organization_id = c.organization_id AND i.id = c.invitation_id
    JOIN organizations o ON o.id = c.organization_id AND o.deleted_at IS NULL
    JOIN users u ON u.id = i.user_id
    JOIN users s ON s.id = i.sender_id
    WHERE c.code_hash = :code_hash AND i.settled_at IS NULL AND i.expires_at > :now
    """,
    OpenRow,
)

BY_ID = Statement(
    f"""
    SELECT {columns(InvitationRow, "i")} FROM invitations i
    WHERE i.organization_id = :organization_id AND i.id = :invitation_id
    """,
    InvitationRow,
)

PENDING_BY_EMAIL = Statement(
    f"""
    SELECT {columns(InvitationRow, "i")} FROM invitations i
    WHERE i.organization_id = :organization_id AND i.email_key = :email_key AND i.settled_at IS NULL
    """,
    InvitationRow,
)

PENDING_OF_USER = Statement(
    """
    SELECT i.id FROM invitations i
    WHERE i.organization_id = :organization_id AND i.user_id = :user_id AND i.settled_at IS NULL
    LIMIT 1
    """,
    IdRow,
)

PENDING = Statement(
    f"""
    SELECT {columns(InvitationRow, "i")} FROM invitations i
    WHERE i.organization_id = :organization_id AND i.settled_at IS NULL
    ORDER BY i.id
    """,
    InvitationRow,
)

ADD = Statement(
    """
    INSERT INTO invitations (organization_id, user_id, organization_user_id, email, email_key, sender_id, state,
      workspaces, groups, created_at, sent_at, expires_at)
    VALUES (:organization_id, :user_id, :organization_user_id, :email, :email_key, :sender_id, 'pending',
      :workspaces, :groups, :now, :now, :expires_at)
    RETURNING id
    """,
    IdRow,
)

RENEW = Statement(
    """
    UPDATE invitations SET sender_id = :sender_id, workspaces = :workspaces, groups = :groups, sent_at = :now,
      expires_at = :expires_at
    WHERE organization_id = :organization_id AND id = :invitation_id
    """,
    NoneType,
)

SETTLE = Statement(
    """
    UPDATE invitations SET state = :state, settled_at = :now
    WHERE organization_id = :organization_id AND id = :invitation_id
    """,
    NoneType,
)

SENT_SINCE = Statement(
    """
    SELECT COUNT(*) FROM (
      SELECT i.id FROM invitations i
      WHERE i.organization_id = :organization_id AND i.sent_at > :since LIMIT :limit) sent
    """,
    IdRow,
)

PEOPLE = Statement(
    """
    SELECT COUNT(CASE WHEN p.standing IN (0, 3) THEN 1 END), COUNT(*) FROM (
      SELECT a.standing FROM (
        SELECT m.standing FROM organization_users m
        WHERE m.organization_id = :organization_id AND m.standing IN (0, 3) LIMIT :limit) a
      UNION ALL SELECT i.standing FROM (
        SELECT m.standing FROM organization_users m
        WHERE m.organization_id = :organization_id AND m.standing IN (2, 5) AND NOT m.inactive LIMIT :limit) i) p
    """,
    DueRow,
)

ADD_CODE = Statement(
    """
    INSERT INTO invitation_codes (code_hash, organization_id, invitation_id, mailed)
    VALUES (:code_hash, :organization_id, :invitation_id, :mailed)
    """,
    NoneType,
)

KILL_CODES = Statement(
    """
    DELETE FROM invitation_codes
    WHERE organization_id = :organization_id AND invitation_id = :invitation_id
    """,
    NoneType,
)

_KEYS = ("id", "user_id", "organization_user_id", "email", "sender_id", "state", "workspaces", "groups", "created_at")
_TIMES = ("sent_at", "expires_at", "settled_at")
_OBJECT = ", ".join(f"'{key}', page.{key}" for key in (*_KEYS, *_TIMES, "sender_name", "sender_email"))

_LIST = """
    WITH matching AS (
      SELECT i.* FROM invitations i
      WHERE i.organization_id = :organization_id
        AND CASE WHEN i.settled_at IS NULL AND i.expires_at <= :now THEN 'expired' ELSE i.state END IN {states}
        AND (CAST(:everywhere AS BOOLEAN) OR NOT EXISTS (
          SELECT 1 FROM {their_workspaces} WHERE {their_workspace} NOT IN (
            SELECT wu.workspace_id FROM workspace_users wu
            WHERE wu.organization_id = :organization_id AND wu.user_id = :viewer_id AND wu.role_id = 4
              AND NOT wu.inactive))))
    SELECT (SELECT COUNT(*) FROM matching), COALESCE({objects}, '[]')
    FROM (
      SELECT m.*, s.fullname AS sender_name, s.email AS sender_email
      FROM matching m JOIN users s ON s.id = m.sender_id
      ORDER BY m.id DESC LIMIT :limit OFFSET :offset) page
"""

LIST = Statement(
    _LIST.format(
        states="(SELECT value FROM json_each(:states))",
        their_workspaces="json_each(i.workspaces) invited",
        their_workspace="json_extract(invited.value, '$.workspace_id')",
        objects=f"json_group_array(json_object({_OBJECT}))",
    ),
    ListedRow,
    postgresql=_LIST.format(
        states="(SELECT value FROM json_array_elements_text(CAST(:states AS json)))",
        their_workspaces="json_array_elements(CAST(i.workspaces AS json)) invited",
        their_workspace="CAST(invited.value ->> 'workspace_id' AS BIGINT)",
        objects=f"CAST(json_agg(json_build_object({_OBJECT})) AS TEXT)",
    ),
)
"""Newest first; without `everywhere` only what is for workspaces that the viewer administers."""

# What somebody can be invited into.

WORKSPACE = Statement(
    "SELECT w.id FROM workspaces w WHERE w.organization_id = :organization_id AND w.id = :workspace_id", IdRow
)

GROUP = Statement("SELECT g.id FROM groups g WHERE g.organization_id = :organization_id AND g.id = :group_id", IdRow)

WORKSPACES_OF_GROUP = Statement(
    """
    SELECT gw.workspace_id FROM group_workspaces gw
    WHERE gw.organization_id = :organization_id AND gw.group_id = :group_id
    """,
    IdRow,
)

ADMINISTERED = Statement(
    """
    SELECT wu.workspace_id FROM workspace_users wu
    WHERE wu.organization_id = :organization_id AND wu.user_id = :user_id AND wu.role_id = 4 AND NOT wu.inactive
    """,
    IdRow,
)
"""The workspaces that somebody administers who is no admin of the organization."""
