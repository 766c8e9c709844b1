"""Taking turns: every write first raises the revisions of the accounts and organizations it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.server.storage import Collision, revisions

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work


async def raise_user(work: Work, user_id: int) -> None:
    """Take the turn of one account. Accounts come before organizations, so that writers never wait in a circle."""
    await work.transaction.one(revisions.RAISE_USER, user_id=user_id)


async def raise_organization(work: Work, organization_id: int) -> None:
    """Take the turn of one organization, to which who asks has been admitted.

    Raises:
        Collision: It was deleted while it was waited for.
    """
    if not await take_organization(work, organization_id):
        raise Collision(f"organization {organization_id} was deleted meanwhile")


async def take_organization(work: Work, organization_id: int) -> bool:
    """Take the turn of one organization.

    Returns:
        False where there is none, or it is deleted.
    """
    return await work.transaction.one(revisions.RAISE_ORGANIZATION, organization_id=organization_id) is not None


async def raise_user_everywhere(work: Work, user_id: int) -> list[int]:
    """Take the turn of an account and of each organization that shows it, in the order of their ids.

    Returns:
        The ids of those organizations.
    """
    await raise_user(work, user_id)
    found = await work.transaction.all(revisions.ORGANIZATIONS_OF_USER, user_id=user_id)
    # One of them can be deleted while it is waited for: then it shows nobody any more.
    return [row.organization_id for row in found if await take_organization(work, row.organization_id)]
