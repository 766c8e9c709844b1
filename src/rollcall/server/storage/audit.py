"""The audit log."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class EventRow(Row):
    """One event."""

    id: int
    organization_id: int
    workspace_id: int | None
    entity_type: str
    entity_id: int
    action: str
    user_id: int | None
    source: str
    request_body: str
    response_body: str
    created_at: int


ADD = Statement(
    """
    INSERT INTO audit_events (organization_id, workspace_id, entity_type, entity_id, action, user_id, source, address,
      request_body, response_body, created_at)
    VALUES (:organization_id, :workspace_id, :entity_type, :entity_id, :action, :user_id, :source, :address,
      :before, :after, :now)
    """,
    NoneType,
)

JOINED = Statement(
    """
    SELECT d.organization_id FROM user_organizations d
    JOIN organization_users m ON m.organization_id = d.organization_id AND m.user_id = d.user_id
    WHERE d.user_id = :user_id AND m.joined
    """,
    IdRow,
)

_ASKED_FOR = """
    FROM audit_events e
    WHERE e.organization_id = :organization_id AND e.created_at >= :start AND e.created_at < :end
      AND (CAST(:workspace_id AS BIGINT) IS NULL OR e.workspace_id = :workspace_id)
      AND (CAST(:entity_type AS TEXT) IS NULL OR e.entity_type = :entity_type)
      AND (CAST(:entity_id AS BIGINT) IS NULL OR e.entity_id = :entity_id)
      AND (CAST(:action AS TEXT) IS NULL OR e.action = :action)
      AND (CAST(:user_id AS BIGINT) IS NULL OR e.user_id = :user_id)
      AND (CAST(:source AS TEXT) IS NULL OR e.source = :source)
"""
_EVENTS = f"SELECT {columns(EventRow, 'e')} {_ASKED_FOR}"

PAGE = Statement(_EVENTS + "ORDER BY e.created_at, e.id LIMIT :rows OFFSET :rows_before", EventRow)

AFTER = Statement(
    _EVENTS
    + """
      AND e.created_at >= :last_moment AND (e.created_at > :last_moment OR e.id > :last_id) AND e.id <= :newest_id
    ORDER BY e.created_at, e.id LIMIT :rows
    """,
    EventRow,
)
"""The next ones after an event, of those that there were when the newest was that one."""

NEWEST = Statement(
    """
    SELECT e.id FROM audit_events e WHERE e.organization_id = :organization_id
    ORDER BY e.id DESC LIMIT 1
    """,
    IdRow,
)
