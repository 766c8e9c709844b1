"""The owner of an organization, and transfers of ownership."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class OwnerRow(Row):
    """The owner of an organization: their account, and what they are in it."""

    user_id: int
    organization_user_id: int
    fullname: str
    email: str
    accounts_id: str
    created_at: int
    updated_at: int


class StandingRow(Row):
    """What somebody who may act in an organization is there, and who owns it."""

    owner_id: int
    role_id: int
    organization_user_id: int


class TransferRow(Row):
    """One transfer.

    Attributes:
        current_owner_accepted: None until they have answered; so is `new_owner_accepted`.
        outcome: None while it is going on.
    """

    id: int
    organization_id: int
    requester_id: int
    current_owner_id: int
    current_owner_accepted: bool | None
    current_owner_answered_at: int | None
    new_owner_id: int
    new_owner_accepted: bool | None
    new_owner_answered_at: int | None
    outcome: str | None
    created_at: int
    finished_at: int | None


class StakeholderRow(Row):
    """Somebody whom a transfer concerns."""

    user_id: int
    email: str
    fullname: str


OWNER = Statement(
    """
    SELECT u.id, m.id, u.fullname, u.email, u.accounts_id, m.created_at, m.updated_at
    FROM organizations o
    JOIN organization_users m ON m.organization_id = o.id AND m.user_id = o.owner_id
    JOIN users u ON u.id = o.owner_id
    WHERE o.id = :organization_id
    """,
    OwnerRow,
)

STANDING = Statement(
    """
    SELECT o.owner_id, m.role_id, m.id
    FROM organizations o
    JOIN organization_users m ON m.organization_id = o.id AND m.user_id = :user_id AND m.joined AND NOT m.inactive
    WHERE o.id = :organization_id AND o.deleted_at IS NULL
    """,
    StandingRow,
)
"""No row for who may not act: not joined, deactivated, or the organization is deleted."""

_TRANSFERS = f"SELECT {columns(TransferRow, 't')} FROM owner_transfers t WHERE t.organization_id = :organization_id "

NEWEST_FIRST = Statement(
    _TRANSFERS + "AND (t.finished_at IS NULL OR NOT CAST(:ongoing AS BOOLEAN)) ORDER BY t.id DESC LIMIT :limit",
    TransferRow,
)

BY_ID = Statement(_TRANSFERS + "AND t.id = :transfer_id", TransferRow)

ONGOING = Statement(_TRANSFERS + "AND t.finished_at IS NULL", TransferRow)

ADD = Statement(
    """
    INSERT INTO owner_transfers (organization_id, requester_id, current_owner_id, current_owner_accepted,
      current_owner_answered_at, new_owner_id, new_owner_accepted, new_owner_answered_at, created_at)
    VALUES (:organization_id, :requester_id, :current_owner_id, :current_owner_accepted,
      :current_owner_answered_at, :new_owner_id, :new_owner_accepted, :new_owner_answered_at, :now)
    RETURNING id
    """,
    IdRow,
)

CHANGE = Statement(
    """
    UPDATE owner_transfers SET current_owner_accepted = :current_owner_accepted,
      current_owner_answered_at = :current_owner_answered_at, new_owner_accepted = :new_owner_accepted,
      new_owner_answered_at = :new_owner_answered_at, outcome = :outcome, finished_at = :finished_at
    WHERE organization_id = :organization_id AND id = :transfer_id
    """,
    NoneType,
)

STAKEHOLDERS = Statement(
    """
    SELECT u.id, u.email, u.fullname FROM users u
    WHERE u.id IN (:requester_id, :current_owner_id, :new_owner_id) ORDER BY u.id
    """,
    StakeholderRow,
)

SET_OWNER = Statement(
    "UPDATE organizations SET owner_id = :user_id, updated_at = :now WHERE id = :organization_id", NoneType
)

SET_ROLE = Statement(
    """
    UPDATE organization_users SET role_id = :role_id, updated_at = :now
    WHERE organization_id = :organization_id AND user_id = :user_id
    """,
    NoneType,
)
