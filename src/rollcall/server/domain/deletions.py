"""Deleted organizations: kept for 30 days, in which they can be restored, then gone for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.identifier import is_id
from rollcall.server.domain import audit, people_search
from rollcall.server.domain.memberships import rename_everybody
from rollcall.server.domain.order import OrderRefused
from rollcall.server.domain.revisions import raise_others, random_step
from rollcall.server.storage import subscriptions as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work

DAY = 24 * 60 * 60 * 1_000_000
"""In microseconds."""

KEPT = 30 * DAY
"""How long a deleted organization can be restored, in microseconds."""


async def restore(work: Work, organization_id: int) -> None:
    """Undo the deletion of an organization: its owner is in it again, with everything that was theirs.

    Invitations stay revoked.

    Raises:
        OrderRefused: It is not one that is deleted and still kept.
    """
    restored = None
    if is_id(organization_id):
        deleted = {"organization_id": organization_id, "kept_since": work.now - KEPT}
        users = await work.transaction.all(rows.RESTORABLE_USERS, **deleted)
        await raise_others(work, [user.id for user in users])
        restored = await work.transaction.one(rows.RESTORE, **deleted, step=random_step(), now=work.now)
    if restored is None:
        raise OrderRefused((0, f"organization {organization_id} is not one that was deleted in the last 30 days"))
    await rename_everybody(work, organization_id)
    await audit.record(work, organization_id, "organization", organization_id, "restore")


async def list_outlived(work: Work, limit: int) -> list[int]:
    """The ids of the deleted organizations that are kept no longer, some of them at most."""
    found = await work.transaction.all(rows.OUTLIVED, kept_since=work.now - KEPT, limit=limit)
    return [row.id for row in found]


async def purge(work: Work, organization_id: int) -> bool:
    """Remove an organization that is kept no longer, and all that was in it. The accounts of its people stay.

    Returns:
        False where there was nothing to do: somebody else has removed it.
    """
    claimed = await work.transaction.one(rows.CLAIM, organization_id=organization_id, kept_since=work.now - KEPT)
    if claimed is None:
        return False
    await people_search.remove_everybody(work, organization_id)
    for statement in rows.PURGE:
        await work.transaction.execute(statement, organization_id=organization_id)
    return True
