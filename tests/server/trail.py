"""What the audit log of an organization tells, read from its table."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rollcall.server.storage import Statement
from rollcall.server.storage.row import Row

if TYPE_CHECKING:
    from rollcall.server.storage import Transaction
    from tests.server.world import World

Event = tuple[str, int, str, dict[str, Any], dict[str, Any]]
"""The kind of thing, which one, what was done to it, what was there before and what after."""


class _EventRow(Row):
    entity_type: str
    entity_id: int
    action: str
    before: str
    after: str


_EVENTS = Statement(
    """
    SELECT entity_type, entity_id, action, request_body, response_body FROM audit_events
    WHERE organization_id = :organization_id ORDER BY id
    """,
    _EventRow,
)


async def trail(world: World, organization_id: int) -> list[Event]:
    """Every event, the oldest first."""

    async def read(transaction: Transaction) -> list[_EventRow]:
        return await transaction.all(_EVENTS, organization_id=organization_id)

    return [
        (row.entity_type, row.entity_id, row.action, json.loads(row.before), json.loads(row.after))
        for row in await world.server.storage.read(read)
    ]
