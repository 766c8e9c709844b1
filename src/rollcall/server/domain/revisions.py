"""Taking turns: every write first raises the revisions of the accounts and organizations it touches.

Replies are served again as long as the organization's revision is the same, so whatever changes what a reply tells
raises the revision of the organization that the reply is about.
"""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from rollcall.contract.wire import encode
from rollcall.server.storage import Collision, admission, revisions

if TYPE_CHECKING:
    from collections.abc import Collection

    from rollcall.server.domain.work import Viewer, Work


_LONGEST_STEP = 2**30


def random_step() -> int:
    """How far a revision is raised.

    Where the last commits are lost (a standby takes over, a copy is put back while servers run) the revisions that
    follow must not be those that were lost: replies made for them may still be somewhere.
    """
    return 1 + secrets.randbelow(_LONGEST_STEP)


async def raise_user(work: Work, user_id: int) -> None:
    """Take the turn of one account. Accounts come before organizations, so that writers never wait in a circle."""
    await work.transaction.one(revisions.RAISE_USER, user_id=user_id)


async def raise_organization(work: Work, organization_id: int) -> None:
    """Take the turn of one organization, to which who asks has been admitted.

    Raises:
        Collision: While it was waited for it was deleted, or who asks has become something else in it.
    """
    step = random_step()
    raised = await work.transaction.one(revisions.RAISE_ORGANIZATION, organization_id=organization_id, step=step)
    if raised is None:
        raise Collision(f"organization {organization_id} was deleted meanwhile")
    viewer = work.asked_by
    if viewer is None or viewer.organization_id != organization_id or viewer.revision == raised.revision - step:
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
    raised = await work.transaction.one(
        revisions.RAISE_ORGANIZATION, organization_id=organization_id, step=random_step()
    )
    return raised is not None


async def raise_user_everywhere(work: Work, user_id: int) -> list[int]:
    """Take the turn of an account and of each organization that shows it, in the order of their ids.

    Returns:
        The ids of those organizations.
    """
    await raise_user(work, user_id)
    # One of them can be deleted while it is waited for: then it shows nobody any more.
    return [each for each in await _organizations_of(work, [user_id]) if await take_organization(work, each)]


async def raise_members(work: Work, organization_id: int, user_ids: Collection[int]) -> None:
    """Take the turns of people who enter an organization or leave it, of the organization, and of their other ones.

    Each of those tells its admins whether somebody belongs to another organization too. Who asks has been admitted to
    the organization.

    Raises:
        Collision: While it was waited for it was deleted, or who asks has become something else in it.
    """
    for user_id in sorted(user_ids):
        await raise_user(work, user_id)
    for each in sorted({organization_id, *await _organizations_of(work, user_ids)}):
        if each == organization_id:
            await raise_organization(work, organization_id)
        else:
            await take_organization(work, each)


async def raise_others(work: Work, user_ids: Collection[int]) -> None:
    """Take the turns of people who come back into an organization that is deleted, and of their other organizations."""
    for user_id in sorted(user_ids):
        await raise_user(work, user_id)
    for each in await _organizations_of(work, user_ids):
        await take_organization(work, each)


async def _organizations_of(work: Work, user_ids: Collection[int]) -> list[int]:
    found = await work.transaction.all(revisions.ORGANIZATIONS_OF_USERS, ids=encode(list(user_ids)).decode())
    return [row.organization_id for row in found]
