"""Invitations, as an organization's admins see and keep them: listed, sent again, taken back, brought to their end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, get_args

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.models.invitation import (
    ModelsSSOInvitation,
    OrganizationInvitation,
    OrganizationInvitationWorkspace,
)
from rollcall.contract.operations.invitations import InvitationsQuery
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.wire import encode
from rollcall.server.domain import audit, letters, outbox
from rollcall.server.domain.mailed_codes import new_code
from rollcall.server.domain.memberships import exit_organization
from rollcall.server.domain.paging import Page, rows_before
from rollcall.server.domain.places import places_of
from rollcall.server.domain.revisions import raise_members
from rollcall.server.keyring import digest
from rollcall.server.storage import accounts as account_rows
from rollcall.server.storage import invitations as rows
from rollcall.server.storage import memberships as membership_rows
from rollcall.server.storage import organizations as organization_rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.accounts import AccountRow
    from rollcall.server.storage.invitations import InvitationRow, ListedInvitation, OpenRow
    from rollcall.server.storage.organizations import OrganizationRow

LIFETIME = 30 * 24 * 60 * 60 * 1_000_000
"""Microseconds after which an invitation expires."""

State = Literal["pending", "accepted", "rejected", "revoked", "expired"]


async def list_all(work: Work, organization_id: int, query: InvitationsQuery) -> Page[OrganizationInvitation]:
    """The invitations of an organization, newest first (`GET /organizations/{id}/invitations`).

    An organization admin sees all, a workspace admin those that are only for workspaces of theirs.
    """
    await reach_of_viewer(work, organization_id)
    before = rows_before(query)
    found = await work.transaction.one(
        rows.LIST,
        organization_id=organization_id,
        states=encode(query.state or get_args(State)).decode(),
        everywhere=work.viewer.administers_organization,
        viewer_id=work.viewer.user_id,
        now=work.now,
        limit=query.per_page,
        offset=before,
    )
    assert found is not None  # noqa: S101 - a count is always there
    listed = msgspec.json.decode(found.invitations, type=list[rows.ListedInvitation])
    items = [_describe(invitation, organization_id, work.now) for invitation in listed]
    return Page(items, query.page, query.per_page, found.total, sort_dir="desc")


async def show(work: Work, invitation_code: str) -> ModelsSSOInvitation:
    """Who invites whom, for who has one of the codes (`GET /invitations/{code}`)."""
    invitation = await find_open(work, invitation_code)
    url = letters.invitation_url(work.service.settings, invitation_code)
    return ModelsSSOInvitation(
        code=invitation_code,
        email=invitation.email,
        organization_id=invitation.organization_id,
        organization_name=invitation.organization_name,
        sender_name=invitation.sender_name,
        sender_email=invitation.sender_email,
        sso=False,
        token=None,
        accounts_signup_url=None if invitation.registered else url,
    )


async def resend(work: Work, organization_id: int, invitation_id: int) -> str:
    """Mail an invitation again (`PUT /organizations/{id}/invitations/{invitation_id}/resend`).

    It lasts another 30 days, and its old codes stop working.
    """
    invitation = await _take(work, organization_id, invitation_id)
    organization = await work.transaction.one(organization_rows.BY_ID, organization_id=organization_id)
    assert organization is not None  # noqa: S101 - an organization outlives its invitations
    await work.transaction.execute(
        rows.RENEW,
        organization_id=organization_id,
        invitation_id=invitation_id,
        sender_id=work.viewer.user_id,
        workspaces=invitation.workspaces,
        groups=invitation.groups,
        now=work.now,
        expires_at=work.now + LIFETIME,
    )
    await kill_codes(work, organization_id, invitation_id)
    sender = await work.transaction.one(account_rows.BY_ID, user_id=work.viewer.user_id)
    assert sender is not None  # noqa: S101 - who asks has an account
    await mail(work, invitation_id, invitation.email, organization, sender)
    await audit.record(work, organization_id, "invitation", invitation_id, "resend", after={"email": invitation.email})
    return "OK"


async def revoke(work: Work, organization_id: int, invitation_id: int) -> str:
    """Take an invitation back (`DELETE /organizations/{id}/invitations/{invitation_id}`)."""
    invitation = await _take(work, organization_id, invitation_id)
    await end(work, organization_id, invitation, "revoked")
    return "OK"


async def revoke_all(work: Work, organization_id: int) -> None:
    """Take back all invitations of an organization that ends. The caller has taken its turn."""
    for invitation in await work.transaction.all(rows.PENDING, organization_id=organization_id):
        await end(work, organization_id, invitation, "revoked")


async def end(
    work: Work, organization_id: int, invitation: InvitationRow, state: Literal["rejected", "revoked"]
) -> None:
    """End an open invitation without a membership.

    Who was invited is no organization user any longer, unless another address of theirs is invited too.
    """
    await settle(work, organization_id, invitation.id, state)
    member = await work.transaction.one(
        membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=invitation.user_id
    )
    another = await work.transaction.one(
        rows.PENDING_OF_USER, organization_id=organization_id, user_id=invitation.user_id
    )
    if member is not None and not member.joined and another is None:
        await exit_organization(work, organization_id, invitation.user_id)
        await audit.record(
            work,
            organization_id,
            "organization_user",
            member.id,
            "delete",
            before={"user_id": member.user_id, "email": invitation.email},
        )
    await audit.record(
        work,
        organization_id,
        "invitation",
        invitation.id,
        "reject" if state == "rejected" else "revoke",
        before={"email": invitation.email, "state": "pending"},
        after={"email": invitation.email, "state": state},
    )


async def settle(work: Work, organization_id: int, invitation_id: int, state: State) -> None:
    """Note how an invitation ended. Its codes stop working."""
    await work.transaction.execute(
        rows.SETTLE, organization_id=organization_id, invitation_id=invitation_id, state=state, now=work.now
    )
    await kill_codes(work, organization_id, invitation_id)


async def find_open(work: Work, code: str) -> OpenRow:
    """The open invitation that a code is for.

    Raises:
        Refused: There is none: the code is wrong, or what it was for is settled, expired or gone.
    """
    found = await work.transaction.one(rows.BY_CODE, code_hash=digest(code), now=work.now)
    if found is None:
        raise Refused(Reason.INVALID_INVITATION_CODE)
    return found


async def mint(work: Work, organization_id: int, invitation_id: int, *, mailed: bool) -> str:
    """Make one of an invitation's codes: the one that is only mailed, or the one that who invites sees."""
    code = new_code()
    await work.transaction.execute(
        rows.ADD_CODE,
        code_hash=digest(code),
        organization_id=organization_id,
        invitation_id=invitation_id,
        mailed=mailed,
    )
    return code


async def kill_codes(work: Work, organization_id: int, invitation_id: int) -> None:
    """Make an invitation's codes stop working."""
    await work.transaction.execute(rows.KILL_CODES, organization_id=organization_id, invitation_id=invitation_id)


async def mail(work: Work, invitation_id: int, email: str, organization: OrganizationRow, sender: AccountRow) -> None:
    """Mail an invitation, with a code that nobody else sees."""
    code = await mint(work, organization.id, invitation_id, mailed=True)
    letter = letters.invitation(work.service.settings, code, sender.fullname, sender.email, organization.name)
    await outbox.send(work, email, letter)


async def reach_of_viewer(work: Work, organization_id: int) -> frozenset[int] | None:
    """The workspaces that who asks administers; None for all, as admins of the organization do.

    Raises:
        Refused: They administer none.
    """
    viewer = work.viewer
    if viewer.administers_organization:
        return None
    found = await work.transaction.all(rows.ADMINISTERED, organization_id=organization_id, user_id=viewer.user_id)
    if not found:
        raise Refused(Reason.FORBIDDEN)
    return frozenset(row.id for row in found)


def workspaces_of(invitation: InvitationRow) -> dict[int, int]:
    """The workspaces that an invitation is for, and the role in each."""
    targets = msgspec.json.decode(invitation.workspaces, type=list[OrganizationInvitationWorkspace])
    return {target.workspace_id: target.role_id for target in targets if target.workspace_id and target.role_id}


def groups_of(invitation: InvitationRow) -> list[int]:
    """The groups that an invitation is for."""
    return msgspec.json.decode(invitation.groups, type=list[int])


async def _take(work: Work, organization_id: int, invitation_id: int) -> InvitationRow:
    """Take the turns for a change of an invitation, and hold who asks to those they may change.

    Raises:
        Refused: There is no such invitation, it is not for their workspaces alone, or it is settled.
    """
    reach = await reach_of_viewer(work, organization_id)
    where = {"organization_id": organization_id, "invitation_id": invitation_id}
    found = await work.transaction.one(rows.BY_ID, **where)
    if found is None:
        raise Refused(Reason.FORBIDDEN if reach is not None else Reason.INVITATION_NOT_FOUND)
    await raise_members(work, organization_id, [found.user_id])
    reach = await reach_of_viewer(work, organization_id)
    invitation = await work.transaction.one(rows.BY_ID, **where)
    assert invitation is not None  # noqa: S101 - invitations are settled, never deleted
    if reach is not None:
        # What waits may be more than was said at first: through groups, or because it has grown since.
        waiting = await places_of(work, organization_id, invitation.user_id)
        if not reach.issuperset(workspaces_of(invitation)) or (
            invitation.settled_at is None and not reach.issuperset(waiting)
        ):
            raise Refused(Reason.FORBIDDEN)
    if invitation.settled_at is not None:
        raise Refused(Reason.INVITATION_SETTLED, state=invitation.state)
    return invitation


def _describe(invitation: ListedInvitation, organization_id: int, now: int) -> OrganizationInvitation:
    expired = invitation.settled_at is None and invitation.expires_at <= now
    return OrganizationInvitation(
        invitation_id=invitation.id,
        organization_id=organization_id,
        organization_user_id=invitation.organization_user_id,
        email=invitation.email,
        state="expired" if expired else invitation.state,
        sender_id=invitation.sender_id,
        sender_name=invitation.sender_name,
        sender_email=invitation.sender_email,
        workspaces=[
            OrganizationInvitationWorkspace(workspace_id=workspace_id, role_id=role_id)
            for workspace_id, role_id in workspaces_of(invitation).items()
        ],
        groups=groups_of(invitation),
        created_at=timestamp.precise(invitation.created_at),
        sent_at=timestamp.precise(invitation.sent_at),
        expires_at=timestamp.precise(invitation.expires_at),
        settled_at=None if invitation.settled_at is None else timestamp.precise(invitation.settled_at),
    )
