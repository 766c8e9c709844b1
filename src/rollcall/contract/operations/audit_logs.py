"""Operations on the audit log."""

from __future__ import annotations

from typing import Literal

import msgspec

from rollcall.contract.models.audit import AuditLogEvent
from rollcall.contract.operation import Access, Operation
from rollcall.contract.paging import DEFAULT_PER_PAGE
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason


class AuditLogQuery(msgspec.Struct, frozen=True):
    """Query of the audit log.

    Attributes:
        export: All events, not a page of them.
        user_id: Who did it.
    """

    export: bool = False
    workspace_id: int | None = None
    entity_type: str | None = None
    entity_id: int | None = None
    action: str | None = None
    user_id: int | None = None
    source: Literal["web", "api"] | None = None
    page_size: int = DEFAULT_PER_PAGE
    page_number: int = 1


GET_AUDIT_LOG = Operation(
    id="get_audit_logs",
    method="GET",
    path="/audit_logs/{organization_id}/{from}/{to}",
    summary="What was done in an organization, and by whom, between two moments.",
    apis=("AuditLogsApi",),
    access=Access.ORGANIZATION_ADMIN,
    query=AuditLogQuery,
    reply=list[AuditLogEvent],
    errors={
        Reason.INVALID_MOMENT: Problem(
            400, "Invalid value sent for '{parameter}': a time such as 2026-01-31T00:00:00Z is needed."
        ),
        Reason.FORBIDDEN: Problem(403, "User does not have access to the audit logs"),
        Reason.SERVER_ERROR: Problem(500, "Server error"),
    },
)

OPERATIONS = (GET_AUDIT_LOG,)
