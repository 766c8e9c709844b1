"""The audit log."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.statement import Statement

ADD = Statement(
    """
    INSERT INTO audit_events (organization_id, workspace_id, entity_type, entity_id, action, user_id, source, address,
      request_body, response_body, created_at)
    VALUES (:organization_id, :workspace_id, :entity_type, :entity_id, :action, :user_id, :source, :address,
      :before, :after, :now)
    """,
    NoneType,
)
