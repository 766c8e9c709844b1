"""Inviting: many addresses at once, into workspaces and groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.email import is_email
from rollcall.contract.identifier import is_id
from rollcall.contract.models.invitation import (
    InvitationInfo,
    InvitationPost,
    InvitationPostWorkspaces,
    InvitationResult,
    InvitationWorkspaceInfo,
    ModelsInvitation,
)
from rollcall.contract.name import name_key
from rollcall.contract.plan import PLANS
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import LEGACY_ROLES, OrganizationRole, WorkspaceRole
from rollcall.contract.wire import encode
from rollcall.server.domain import accounts, audit, invitations, letters
from rollcall.server.domain.given import value_of
from rollcall.server.domain.memberships import enter_group, enter_organization, enter_workspace
from rollcall.server.domain.revisions import raise_members
from rollcall.server.keyring import digest, new_token
from rollcall.server.storage import Collision
from rollcall.server.storage import accounts as account_rows
from rollcall.server.storage import invitations as rows
from rollcall.server.storage import memberships as membership_rows
from rollcall.server.storage import organizations as organization_rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.accounts import HolderRow
    from rollcall.server.storage.memberships import OrganizationUserRow
    from rollcall.server.storage.organizations import OrganizationRow

MAXIMUM_AT_ONCE = 1000
"""Addresses in one request."""

DAY = 24 * 60 * 60 * 1_000_000
MAXIMUM_A_DAY = 100
"""Invitations that an organization whose plan limits its people may send in a day."""


class Target(msgspec.Struct, frozen=True):
    """What somebody is invited into.

    Attributes:
        workspaces: The role in each, by the workspace's number.
        groups: The groups' numbers.
    """

    workspaces: dict[int, WorkspaceRole]
    groups: list[int]


class Person(msgspec.Struct, frozen=True):
    """Somebody whose address is in the request.

    Attributes:
        email: As it is written there.
        account: Theirs, or the one that waits for them.
        member: What they are in the organization already, invited included.
    """

    email: str
    account: HolderRow
    member: OrganizationUserRow | None


async def invite(work: Work, organization_id: int, body: InvitationPost) -> InvitationResult:
    """Invite people (`POST /organizations/{id}/invitations`).

    Who is invited already gets new codes, and what they are invited into grows. Who has joined already is put into what
    they are not in yet, and gets no invitation but a message.
    """
    await invitations.reach_of_viewer(work, organization_id)
    emails = _checked_emails(value_of(body.emails) or [])
    target = _checked_target(body)
    found = await _accounts_of(work, emails)
    taken = {account.id for account in found}
    await raise_members(work, organization_id, taken)
    organization = await work.transaction.one(organization_rows.BY_ID, organization_id=organization_id)
    assert organization is not None  # noqa: S101 - who asks has been admitted to it
    await _check_target(work, organization_id, target)
    people = await _people(work, organization_id, emails, taken)
    await _check_room(work, organization, people)
    sender = await work.transaction.one(account_rows.BY_ID, user_id=work.viewer.user_id)
    assert sender is not None  # noqa: S101 - who asks has an account
    infos, mails, messages = [], [], []
    for person in people:
        if person.member is not None and person.member.joined:
            await _place(work, organization_id, person.account.id, target)
            messages.append(f"User with e-mail '{person.email}' is already a member of the organization")
            continue
        invitation_id = await _open(work, organization_id, person, target)
        await invitations.kill_codes(work, organization_id, invitation_id)
        code = await invitations.mint(work, organization_id, invitation_id, mailed=False)
        if value_of(body.skip_email) is not True:
            await invitations.mail(work, invitation_id, person.account.email, organization, sender)
        infos.append(
            InvitationInfo(
                invitation_id=invitation_id,
                email=person.email,
                invite_url=letters.invitation_url(work.service.settings, code),
                organization_id=organization_id,
                sender_id=sender.id,
                recipient_id=person.account.id if person.account.registered else None,
                workspaces=await _workspaces_of(work, organization_id, person.account.id, target),
            )
        )
        mails.append(
            ModelsInvitation(
                code=code,
                email=person.email,
                organization_id=organization_id,
                organization_name=organization.name,
                sender_name=sender.fullname,
                sender_email=sender.email,
            )
        )
    return InvitationResult(data=infos, messages=messages, invitations=mails)


def _checked_emails(given: list[str]) -> dict[str, str]:
    """The addresses, by their keys: one that is written twice is invited once."""
    if not given:
        raise Refused(Reason.EMAILS_MISSING)
    if len(given) > MAXIMUM_AT_ONCE:
        raise Refused(Reason.INVITATION_LIMIT)
    emails: dict[str, str] = {}
    for text in given:
        email = text.strip()
        if not email:
            raise Refused(Reason.EMAIL_MISSING)
        if not is_email(email):
            raise Refused(Reason.INVALID_EMAIL, email=email)
        emails.setdefault(name_key(email), email)
    return emails


def _checked_target(body: InvitationPost) -> Target:
    given = value_of(body.workspaces)
    if not given:
        raise Refused(Reason.WORKSPACES_MISSING)
    if value_of(body.project_invite) is not None:
        # There are no projects here to be invited into.
        raise Refused(Reason.PROJECT_NOT_FOUND)
    workspaces: dict[int, WorkspaceRole] = {}
    for workspace in given:
        workspace_id = value_of(workspace.workspace_id)
        if workspace_id is None or not is_id(workspace_id):
            raise Refused(Reason.WORKSPACE_NOT_FOUND)
        workspaces[workspace_id] = _checked_role(workspace)
    groups = value_of(body.groups) or []
    if not all(map(is_id, groups)):
        raise Refused(Reason.GROUP_NOT_FOUND)
    return Target(workspaces, list(dict.fromkeys(groups)))


def _checked_role(given: InvitationPostWorkspaces) -> WorkspaceRole:
    role_id, word, admin = value_of(given.role_id), value_of(given.role), value_of(given.admin)
    if role_id is not None:
        if word is not None or admin is not None:
            raise Refused(Reason.ROLE_GIVEN_TWICE)
        if not is_id(role_id):
            raise Refused(Reason.INVALID_ROLE_ID)
        if role_id not in {role.value for role in WorkspaceRole}:
            raise Refused(Reason.INVALID_WORKSPACE_ROLE, role_id=role_id)
        return WorkspaceRole(role_id)
    if word is not None:
        if word not in LEGACY_ROLES:
            raise Refused(Reason.INVALID_ROLE_ID)
        return LEGACY_ROLES[word]
    return WorkspaceRole.ADMIN if admin else WorkspaceRole.USER


async def _accounts_of(work: Work, emails: dict[str, str]) -> list[HolderRow]:
    """The accounts with these addresses; who has none gets one that waits for them."""
    # In the order of their keys, so that two who invite the same people never wait for each other.
    for email_key, email in sorted(emails.items()):
        name = email.partition("@")[0]
        await work.transaction.execute(
            account_rows.ADD_INVITED,
            email=email,
            email_key=email_key,
            fullname=name,
            name_key=name_key(name),
            # A token that is kept nowhere: nobody can log in by it.
            token_hash=digest(new_token()),
            token_sealed=b"",
            accounts_id=accounts.new_accounts_id(),
            now=work.now,
        )
    return [await _holder(work, email_key) for email_key in emails]


async def _holder(work: Work, email_key: str) -> HolderRow:
    holder = await work.transaction.one(account_rows.HOLDER, email_key=email_key)
    if holder is None:
        raise Collision("somebody has given up an address that is invited")
    return holder


async def _check_target(work: Work, organization_id: int, target: Target) -> None:
    """Hold who invites to workspaces and groups that there are, and that they administer."""
    reach = await invitations.reach_of_viewer(work, organization_id)
    where = {"organization_id": organization_id}
    if reach is not None and not reach.issuperset(target.workspaces):
        raise Refused(Reason.FORBIDDEN)
    for workspace_id in target.workspaces:
        if await work.transaction.one(rows.WORKSPACE, **where, workspace_id=workspace_id) is None:
            raise Refused(Reason.WORKSPACE_NOT_FOUND)
    for group_id in target.groups:
        if await work.transaction.one(rows.GROUP, **where, group_id=group_id) is None:
            raise Refused(Reason.FORBIDDEN if reach is not None else Reason.GROUP_NOT_FOUND)
        if reach is not None:
            # A group opens each of its workspaces, so it has to lie in theirs altogether.
            opened = await work.transaction.all(rows.WORKSPACES_OF_GROUP, **where, group_id=group_id)
            if not opened or not reach.issuperset(row.id for row in opened):
                raise Refused(Reason.FORBIDDEN)


async def _people(work: Work, organization_id: int, emails: dict[str, str], taken: set[int]) -> list[Person]:
    """Who has the addresses, now that the turns of these accounts are taken.

    Raises:
        Collision: An address has gone to somebody else before that.
        Refused: Somebody is deactivated.
    """
    people = []
    for email_key, email in emails.items():
        account = await _holder(work, email_key)
        if account.id not in taken:
            raise Collision("somebody has taken an address that is invited")
        member = await work.transaction.one(
            membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=account.id
        )
        if member is not None and member.inactive:
            raise Refused(Reason.INACTIVE_MEMBER, email=email)
        people.append(Person(email, account, member))
    return people


async def _check_room(work: Work, organization: OrganizationRow, people: list[Person]) -> None:
    """Hold an organization whose plan limits its people to that; who is invited takes up room too."""
    limit = PLANS[organization.plan_id].max_users
    if limit is None:
        return
    sent = await work.transaction.one(
        rows.SENT_SINCE, organization_id=organization.id, since=work.now - DAY, limit=MAXIMUM_A_DAY
    )
    if sent is not None and sent.id + len(people) > MAXIMUM_A_DAY:
        raise Refused(Reason.INVITATION_LIMIT)
    there = await work.transaction.one(rows.PEOPLE, organization_id=organization.id, limit=limit + 1)
    newcomers = sum(person.member is None for person in people)
    if there is not None and newcomers and there.expected + newcomers > limit:
        raise Refused(Reason.ACTIVE_USER_LIMIT, maximum=limit)


async def _place(work: Work, organization_id: int, user_id: int, target: Target) -> None:
    """Put a member into what they are not in yet; what they are in already stays as it is."""
    for workspace_id, role in target.workspaces.items():
        where = {"organization_id": organization_id, "workspace_id": workspace_id, "user_id": user_id}
        there = await work.transaction.one(membership_rows.WORKSPACE_USER, **where)
        if there is None or not there.direct:
            await enter_workspace(work, organization_id, workspace_id, user_id, role)
            entered = await work.transaction.one(membership_rows.WORKSPACE_USER, **where)
            assert entered is not None  # noqa: S101 - just entered
            after = {"user_id": user_id, "role_id": int(role)}
            await audit.record(
                work,
                organization_id,
                "workspace_user",
                entered.id,
                "create" if there is None else "update",
                after=after,
                workspace_id=workspace_id,
            )
    for group_id in target.groups:
        if await enter_group(work, organization_id, group_id, user_id):
            await audit.record(work, organization_id, "group", group_id, "update", after={"added_user": user_id})


async def _open(work: Work, organization_id: int, person: Person, target: Target) -> int:
    """Make or renew somebody's invitation, and the places that wait for them.

    Returns:
        The id of the invitation.
    """
    user_id = person.account.id
    before = await work.transaction.one(
        rows.PENDING_BY_EMAIL, organization_id=organization_id, email_key=name_key(person.email)
    )
    if before is not None and before.user_id != user_id:
        # Who was invited has taken another address since; this one is somebody else's now.
        await invitations.end(work, organization_id, before, "revoked")
        before = None
    # Read again: the invitation that has just ended, or one for an address before this, may have been all they had.
    member = await work.transaction.one(
        membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=user_id
    )
    if member is None:
        member_id = await enter_organization(work, organization_id, user_id, OrganizationRole.MEMBER, joined=False)
        after = {"user_id": user_id, "email": person.email, "joined": False}
        await audit.record(work, organization_id, "organization_user", member_id, "create", after=after)
    else:
        member_id = member.id
    for workspace_id, role in target.workspaces.items():
        await enter_workspace(work, organization_id, workspace_id, user_id, role)
    for group_id in target.groups:
        await enter_group(work, organization_id, group_id, user_id)
    workspaces: dict[int, int] = {**(invitations.workspaces_of(before) if before else {}), **target.workspaces}
    groups = list(dict.fromkeys([*(invitations.groups_of(before) if before else []), *target.groups]))
    content = {
        "workspaces": [{"workspace_id": key, "role_id": int(role)} for key, role in workspaces.items()],
        "groups": groups,
    }
    stored = {name: encode(value).decode() for name, value in content.items()}
    lasting = {"sender_id": work.viewer.user_id, "now": work.now, "expires_at": work.now + invitations.LIFETIME}
    if before is not None:
        invitation_id = before.id
        await work.transaction.execute(
            rows.RENEW, organization_id=organization_id, invitation_id=invitation_id, **stored, **lasting
        )
    else:
        made = await work.transaction.one(
            rows.ADD,
            organization_id=organization_id,
            user_id=user_id,
            organization_user_id=member_id,
            email=person.email,
            email_key=name_key(person.email),
            **stored,
            **lasting,
        )
        assert made is not None  # noqa: S101 - an INSERT that returns nothing has raised
        invitation_id = made.id
    action: audit.Action = "create" if before is None else "resend"
    after_all = {"email": person.email, **content}
    await audit.record(work, organization_id, "invitation", invitation_id, action, after=after_all)
    return invitation_id


async def _workspaces_of(
    work: Work, organization_id: int, user_id: int, target: Target
) -> list[InvitationWorkspaceInfo]:
    infos = []
    for workspace_id in target.workspaces:
        there = await work.transaction.one(
            membership_rows.WORKSPACE_USER, organization_id=organization_id, workspace_id=workspace_id, user_id=user_id
        )
        assert there is not None  # noqa: S101 - just entered
        infos.append(InvitationWorkspaceInfo(workspace_id=workspace_id, workspace_user_id=there.id, user_id=user_id))
    return infos
