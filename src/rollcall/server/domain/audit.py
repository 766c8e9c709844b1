"""The audit log: one event for each thing that a request changes, written in the request's own transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rollcall.contract.wire import encode
from rollcall.server.storage import audit

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.server.domain.work import Work

EntityType = Literal[
    "organization",
    "organization_user",
    "workspace",
    "workspace_user",
    "group",
    "invitation",
    "owner_transfer",
    "user",
    "token",
    "invoice",
]
Action = Literal[
    "create",
    "update",
    "delete",
    "accept",
    "reject",
    "resend",
    "revoke",
    "join",
    "leave",
    "deactivate",
    "activate",
    "transfer",
    "decline",
    "withdraw",
    "restore",
]


async def record(
    work: Work,
    organization_id: int,
    entity_type: EntityType,
    entity_id: int,
    action: Action,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
    workspace_id: int | None = None,
) -> None:
    """Write one event: who changed what, from what to what, and from where.

    Args:
        work: The request.
        organization_id: Whose log it is.
        entity_type: What kind of thing changed.
        entity_id: Which one.
        action: What was done to it.
        before: What was there, without secrets.
        after: What is there now, without secrets.
        workspace_id: The workspace it happened in, if it did in one.
    """
    viewer = work.asked_by
    await work.transaction.execute(
        audit.ADD,
        organization_id=organization_id,
        workspace_id=workspace_id,
        entity_type=entity_type,
        entity_id=entity_id,
        action=action,
        user_id=viewer.user_id if viewer else None,
        source=work.source,
        address=viewer.address if viewer else None,
        before=encode(before or {}).decode(),
        after=encode(after or {}).decode(),
        now=work.now,
    )


async def record_everywhere(
    work: Work,
    organization_ids: list[int],
    entity_type: Literal["user", "token"],
    user_id: int,
    action: Action,
    *,
    before: Mapping[str, object] | None = None,
    after: Mapping[str, object] | None = None,
) -> None:
    """Tell each of somebody's organizations of a change of their account.

    Those that have only invited them are not told: who somebody is elsewhere is not for whoever knows an address.

    Args:
        work: The request.
        organization_ids: The organizations whose turns it has taken.
        entity_type: What kind of thing changed.
        user_id: Whose it is.
        action: What was done to it.
        before: What was there, without secrets.
        after: What is there now, without secrets.
    """
    joined = {row.id for row in await work.transaction.all(audit.JOINED, user_id=user_id)}
    for organization_id in organization_ids:
        if organization_id in joined:
            await record(work, organization_id, entity_type, user_id, action, before=before, after=after)
