"""The answers to an invitation: accepted, rejected, or signed up by.

An invitation has two codes. Who invites sees one, so that one proves nothing: only the invited account itself, logged
in, can answer with it. The other stands only in the mail: who has it has read that mailbox.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from rollcall.server.domain import audit, invitations, letters, outbox, proofs
from rollcall.server.domain.active_users import check_room_for_one
from rollcall.server.domain.memberships import enter_every_workspace, join_organization
from rollcall.server.domain.places import places_of
from rollcall.server.domain.revisions import raise_user_everywhere
from rollcall.server.storage import accounts as account_rows
from rollcall.server.storage import invitations as rows
from rollcall.server.storage import memberships as membership_rows
from rollcall.server.storage import organizations as organization_rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.invitations import OpenRow


async def accept(work: Work, invitation_code: str) -> str:
    """Join an organization (`POST /organizations/invitations/{code}/accept`).

    By the mailed code this also proves the address.
    """
    invitation = await _take(work, invitation_code)
    logged_in = _check_answerer(work, invitation)
    proof_missing = work.service.settings.prove_addresses and not invitation.proved and not invitation.mailed
    if not invitation.registered or not invitation.has_address or proof_missing:
        raise Refused(Reason.FORBIDDEN)
    if invitation.mailed:
        if not invitation.proved and not logged_in:
            await proofs.take_over(work, invitation.user_id, invitation.email)
        else:
            await work.transaction.execute(account_rows.PROVE, user_id=invitation.user_id, now=work.now)
    await join(work, invitation)
    return "OK"


async def reject(work: Work, invitation_code: str) -> str:
    """Decline to join an organization (`POST /organizations/invitations/{code}/reject`)."""
    invitation = await _take(work, invitation_code)
    _check_answerer(work, invitation)
    stored = await work.transaction.one(
        rows.BY_ID, organization_id=invitation.organization_id, invitation_id=invitation.invitation_id
    )
    assert stored is not None  # noqa: S101 - it has just been found by its code
    await invitations.end(work.by(invitation.user_id), invitation.organization_id, stored, "rejected")
    return "OK"


async def join(work: Work, invitation: OpenRow) -> None:
    """Make who was invited a member, and tell who invited them. The caller has taken the turns.

    Raises:
        Refused: They are deactivated, or the plan has no room for them, or their code opens less than waits for them.
    """
    transaction = work.transaction
    organization_id, user_id = invitation.organization_id, invitation.user_id
    member = await transaction.one(membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=user_id)
    if member is None or member.inactive:
        raise Refused(Reason.FORBIDDEN)
    if not invitation.mailed and not invitation.proved:
        await _check_inviter(work, invitation, OrganizationRole(member.role_id))
    organization = await transaction.one(organization_rows.BY_ID, organization_id=organization_id)
    assert organization is not None  # noqa: S101 - an organization outlives its invitations
    await check_room_for_one(work, organization)
    await join_organization(work, organization_id, user_id)
    if OrganizationRole(member.role_id).administers:
        await enter_every_workspace(work, organization_id, user_id)
    await invitations.settle(work, organization_id, invitation.invitation_id, "accepted")
    by_them = work.by(user_id)
    await audit.record(
        by_them,
        organization_id,
        "invitation",
        invitation.invitation_id,
        "accept",
        before={"email": invitation.email, "state": "pending"},
        after={"email": invitation.email, "state": "accepted"},
    )
    await audit.record(
        by_them,
        organization_id,
        "organization_user",
        member.id,
        "join",
        before={"user_id": user_id, "joined": False},
        after={"user_id": user_id, "joined": True},
    )
    sender = await transaction.one(
        membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=invitation.sender_id
    )
    if sender is not None and not sender.inactive:
        letter = letters.accepted(invitation.email, invitation.organization_name)
        await outbox.send(work, invitation.sender_email, letter)


async def _check_inviter(work: Work, invitation: OpenRow, role: OrganizationRole) -> None:
    """Hold the code that the inviter has seen to what the inviter could give now.

    Whoever answers with it has not proved the address, so it may be the inviter: an admin of one workspace must not get
    into another, or be an admin of the organization, by coming as somebody for whom more is waiting.

    Raises:
        Refused: More is waiting, or the inviter administers nothing there any longer.
    """
    organization_id = invitation.organization_id
    inviter = await work.transaction.one(
        membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=invitation.sender_id
    )
    if inviter is None or inviter.inactive or not inviter.joined:
        raise Refused(Reason.FORBIDDEN)
    if OrganizationRole(inviter.role_id).administers:
        return
    administered = await work.transaction.all(
        rows.ADMINISTERED, organization_id=organization_id, user_id=invitation.sender_id
    )
    waiting = await places_of(work, organization_id, invitation.user_id)
    if role.administers or not administered or not waiting.keys() <= {row.id for row in administered}:
        raise Refused(Reason.FORBIDDEN)


async def _take(work: Work, code: str) -> OpenRow:
    invitation = await invitations.find_open(work, code)
    await raise_user_everywhere(work, invitation.user_id)
    return await invitations.find_open(work, code)


def _check_answerer(work: Work, invitation: OpenRow) -> bool:
    """Hold the answer to the invited person.

    Returns:
        Whether they are logged in.

    Raises:
        Refused: Somebody else is logged in, or nobody is and the code is not the mailed one.
    """
    viewer = work.asked_by
    if viewer is None and invitation.mailed:
        return False
    if viewer is None or viewer.user_id != invitation.user_id:
        raise Refused(Reason.FORBIDDEN)
    return True
