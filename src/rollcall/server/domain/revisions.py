"""Taking turns: every write first raises the revisions of the accounts and organizations it touches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.server.storage import Collision, admission, revisions

if TYPE_CHECKING:
    from rollcall.server.domain.work import Viewer, Work


async def raise_user(work: Work, user_id: int) -> None:
    """Take the turn of one account. Accounts come before organizations, so that writers never wait in a circle."""
    await work.transaction.one(revisions.RAISE_USER, user_id=user_id)


async def raise_organization(work: Work, organization_id: int) -> None:
    """Take the turn of one organization, to which who asks has been admitted.

    Raises:
        Collision: While it was waited for it was deleted, or who asks has become something else in it.
    """
    raised = await work.transaction.one(revisions.RAISE_ORGANIZATION, organization_id=organization_id)
    if raised is None:
        raise Collision(f"organization {organization_id} was deleted meanwhile")
    viewer = work.asked_by
    if viewer is None or viewer.organization_id != organization_id or viewer.revision == raised.revision - 1:
        return
    if not await _is_still(work, viewer):
        raise Collision("who asks has another role by now")


async def _is_still(work: Work, viewer: Viewer) -> bool:
    """Whether somebody is what they were admitted as, now that nobody else can change it."""
    if viewer.workspace_id is None:
        now = await work.transaction.one(
            admission.STANDING["organization"], user_id=viewer.user_id, organization_id=viewer.organization_id
        )
    else:
        now = await work.transaction.one(
            admission.STANDING["workspace"], user_id=viewer.user_id, workspace_id=viewer.workspace_id
        )
    return now is not None and (now.role, now.workspace_role) == (viewer.role, viewer.workspace_role)


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
