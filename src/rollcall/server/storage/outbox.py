"""The outbox: what is to be mailed."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row
from rollcall.server.storage.statement import Statement


class MailRow(Row):
    """One message that somebody has taken on to deliver.

    Attributes:
        attempts: How often it has been tried, this time included.
    """

    id: int
    recipient: str
    message_sealed: bytes
    attempts: int
    created_at: int


ADD = Statement(
    """
    INSERT INTO outbox (recipient, message_sealed, next_attempt_at, created_at)
    VALUES (:recipient, :message_sealed, :now, :now)
    """,
    NoneType,
)

DUE = Statement(
    "SELECT o.id FROM outbox o WHERE o.settled_at IS NULL AND o.next_attempt_at <= :now LIMIT 1",
    IdRow,
)

# Whoever takes a message on moves its next attempt away, so that nobody else takes it meanwhile.
_TAKE = """
    UPDATE outbox SET attempts = attempts + 1, next_attempt_at = :until
    WHERE id IN (
      SELECT o.id FROM outbox o WHERE o.settled_at IS NULL AND o.next_attempt_at <= :now
      ORDER BY o.next_attempt_at, o.id LIMIT :limit {lock})
    RETURNING id, recipient, message_sealed, attempts, created_at
"""

TAKE = Statement(_TAKE.format(lock=""), MailRow, postgresql=_TAKE.format(lock="FOR UPDATE SKIP LOCKED"))

SETTLE = Statement(
    """
    UPDATE outbox SET settled_at = :now, message_sealed = NULL, last_error = :error
    WHERE id = :id AND attempts = :attempts AND settled_at IS NULL
    """,
    NoneType,
)
"""Delivered, or given up: either way the message is erased. Only who took it on last may say so."""

POSTPONE = Statement(
    """
    UPDATE outbox SET next_attempt_at = :next_attempt_at, last_error = :error
    WHERE id = :id AND attempts = :attempts AND settled_at IS NULL
    """,
    NoneType,
)

FORGET_SETTLED = Statement("DELETE FROM outbox WHERE settled_at <= :settled_before", NoneType)
