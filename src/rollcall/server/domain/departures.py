"""Departures: what is settled when somebody is removed from an organization, or leaves it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from rollcall.server.domain import audit
from rollcall.server.domain.memberships import exit_organization
from rollcall.server.domain.places import places_of, record_difference
from rollcall.server.storage import organization_users as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.memberships import OrganizationUserRow


async def depart(
    work: Work, organization_id: int, member: OrganizationUserRow, action: Literal["delete", "leave"]
) -> None:
    """End a membership and all that hangs on it: places, groups, an invitation that was not answered.

    The caller has taken the organization's turn, and made sure that they may go.
    """
    user_id = member.user_id
    places = await places_of(work, organization_id, user_id)
    groups = await work.transaction.all(rows.GROUPS, organization_id=organization_id, user_id=user_id)
    await _revoke_invitations(work, organization_id, user_id)
    await work.transaction.execute(rows.TOUCH_GROUPS, organization_id=organization_id, user_id=user_id, now=work.now)
    await exit_organization(work, organization_id, user_id)
    await record_difference(work, organization_id, user_id, places, {})
    for group in groups:
        await audit.record(work, organization_id, "group", group.id, "update", before={"user_id": user_id})
    await audit.record(
        work,
        organization_id,
        "organization_user",
        member.id,
        action,
        before={
            "user_id": user_id,
            "role_id": member.role_id,
            "inactive": member.inactive,
            "groups": [group.id for group in groups],
        },
    )


async def _revoke_invitations(work: Work, organization_id: int, user_id: int) -> None:
    """Take back the invitations of one person that were not answered."""
    revoked = await work.transaction.all(
        rows.REVOKE_INVITATIONS, organization_id=organization_id, user_id=user_id, now=work.now
    )
    for invitation in revoked:
        await work.transaction.execute(rows.FORGET_CODES, organization_id=organization_id, invitation_id=invitation.id)
        await audit.record(
            work,
            organization_id,
            "invitation",
            invitation.id,
            "revoke",
            before={"state": "pending"},
            after={"state": "revoked"},
        )
