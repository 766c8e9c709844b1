"""Codes that open an account's mailbox-bound doors: to set a new password, to prove an address."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row
from rollcall.server.storage.statement import Statement


class CodeRow(Row):
    """A code that works now.

    Attributes:
        organization_id: Where an admin had it made, rather than its owner had it mailed.
        issued_by: Who had it made there.
        proved: Whether the account's address is proved.
    """

    user_id: int
    organization_id: int | None
    issued_by: int | None
    email: str
    fullname: str
    proved: bool


ADD = Statement(
    """
    INSERT INTO mailed_codes
      (code_hash, user_id, purpose, email_key, organization_id, issued_by, created_at, expires_at)
    SELECT :code_hash, u.id, CAST(:purpose AS TEXT), u.email_key, CAST(:organization_id AS BIGINT),
      CAST(:issued_by AS BIGINT), CAST(:now AS BIGINT), CAST(:expires_at AS BIGINT)
    FROM users u WHERE u.id = :user_id
    """,
    NoneType,
)

# Another address is another mailbox: what was mailed to the old one opens nothing.
BY_HASH = Statement(
    """
    SELECT c.user_id, c.organization_id, c.issued_by, u.email, u.fullname, u.proved_at IS NOT NULL
    FROM mailed_codes c JOIN users u ON u.id = c.user_id AND u.email_key = c.email_key
    WHERE c.code_hash = :code_hash AND c.purpose = :purpose AND c.expires_at > :now
    """,
    CodeRow,
)

MADE_SINCE = Statement(
    """
    SELECT COUNT(*) FROM mailed_codes c
    WHERE c.user_id = :user_id AND c.purpose = :purpose AND c.issued_by IS NULL AND c.created_at > :since
    """,
    IdRow,
)

KILL = Statement("DELETE FROM mailed_codes WHERE user_id = :user_id AND purpose = :purpose", NoneType)

FORGET_EXPIRED = Statement("DELETE FROM mailed_codes WHERE expires_at <= :now", NoneType)

ANOTHER_ORGANIZATION = Statement(
    """
    SELECT d.organization_id FROM user_organizations d JOIN organizations o ON o.id = d.organization_id
    WHERE d.user_id = :user_id AND d.organization_id <> :organization_id AND o.deleted_at IS NULL
    LIMIT 1
    """,
    IdRow,
)
