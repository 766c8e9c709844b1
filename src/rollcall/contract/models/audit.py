"""The audit log."""

from __future__ import annotations

from rollcall.contract.wire import Model


class AuditLogEvent(Model):
    """Something that was done in an organization. Toggl's documents list its fields and give it no name.

    Attributes:
        workspace_id: Null for what concerns no workspace.
        user_id: Who did it; null where nobody was logged in.
        source: `web`, `api` or `operator`.
        request_body: JSON of what it was before.
        response_body: JSON of what it became.
    """

    id: int | None = None
    organization_id: int | None = None
    workspace_id: int | None = None
    entity_type: str | None = None
    entity_id: int | None = None
    action: str | None = None
    user_id: int | None = None
    source: str | None = None
    request_body: str | None = None
    response_body: str | None = None
    created_at: str | None = None
