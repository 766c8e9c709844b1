"""Reading the audit log: a page of it, or all that is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract import timestamp
from rollcall.contract.identifier import MAXIMUM_ID
from rollcall.contract.models.audit import AuditLogEvent
from rollcall.contract.paging import MAXIMUM_PER_PAGE
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.storage import audit as rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.contract.operations.audit_logs import AuditLogQuery
    from rollcall.server.domain.work import Work
    from rollcall.server.storage import Transaction, Value
    from rollcall.server.storage.audit import EventRow

_BATCH = 500
"""Events that are held at once while all of them are sent."""


class Export:
    """All events that are asked for, read one batch after the other. What is written meanwhile is not among them.

    Args:
        asked_for: The parameters of the statement.
        start: The moment from which on, in microseconds since 1970.
        newest_id: The last event that there was when it was asked for.
    """

    def __init__(self, asked_for: Mapping[str, Value], start: int, newest_id: int) -> None:
        self._asked_for = asked_for
        self._last_moment = start
        self._last_id = 0
        self._newest_id = newest_id

    async def next_batch(self, transaction: Transaction) -> list[AuditLogEvent]:
        """The events that come next; none when all have been read."""
        found = await transaction.all(
            rows.AFTER,
            **self._asked_for,
            last_moment=self._last_moment,
            last_id=self._last_id,
            newest_id=self._newest_id,
            rows=_BATCH,
        )
        if found:
            self._last_moment, self._last_id = found[-1].created_at, found[-1].id
        return [_describe(row) for row in found]


async def list_events(
    work: Work, organization_id: int, query: AuditLogQuery, **period: str
) -> list[AuditLogEvent] | Export:
    """What was done in an organization, oldest first (`GET /audit_logs/{id}/{from}/{to}`).

    Args:
        work: The request.
        organization_id: Whose log it is.
        query: The filters, and which page.
        period: `from` and `to`, as RFC 3339: what happened at `from` or later, and before `to`.
    """
    start, end = _moment("from", period["from"]), _moment("to", period["to"])
    for parameter in ("page_size", "page_number"):
        most = MAXIMUM_PER_PAGE if parameter == "page_size" else MAXIMUM_ID
        if not 0 < getattr(query, parameter) <= most:
            raise Refused(Reason.INVALID_QUERY, parameter=parameter)
    asked_for: dict[str, Value] = {
        "organization_id": organization_id,
        "start": start,
        "end": end,
        "workspace_id": query.workspace_id,
        "entity_type": query.entity_type,
        "entity_id": query.entity_id,
        "action": query.action,
        "user_id": query.user_id,
        "source": query.source,
    }
    if query.export:
        newest = await work.transaction.one(rows.NEWEST, organization_id=organization_id)
        return Export(asked_for, start, newest.id if newest else 0)
    found = await work.transaction.all(
        rows.PAGE,
        **asked_for,
        rows=query.page_size,
        rows_before=min((query.page_number - 1) * query.page_size, MAXIMUM_ID),
    )
    return [_describe(row) for row in found]


def _moment(parameter: str, text: str) -> int:
    moment = timestamp.parse(text)
    if moment is None:
        raise Refused(Reason.INVALID_MOMENT, parameter=parameter)
    return moment


def _describe(row: EventRow) -> AuditLogEvent:
    return AuditLogEvent(
        id=row.id,
        organization_id=row.organization_id,
        workspace_id=row.workspace_id,
        entity_type=row.entity_type,
        entity_id=row.entity_id,
        action=row.action,
        user_id=row.user_id,
        source=row.source,
        request_body=row.request_body,
        response_body=row.response_body,
        created_at=timestamp.precise(row.created_at),
    )
