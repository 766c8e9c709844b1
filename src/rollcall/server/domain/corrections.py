"""Corrections: an admin changes the name or the address of somebody's account that is their organization's alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.email import is_email
from rollcall.contract.name import MAXIMUM_NAME, name_key
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from rollcall.server.domain import audit
from rollcall.server.domain.memberships import rename
from rollcall.server.storage import accounts as account_rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organization_users import AccountOfMemberRow


def may_change_address(viewer_role: OrganizationRole | None, role_id: int, *, themselves: bool) -> bool:
    """Whether somebody may change where another's mail goes, or their own, and so who can set the password.

    Others must be less in the organization: an admin never takes over an admin or the owner.
    """
    return themselves or (viewer_role is not None and role_id > viewer_role)


async def correct(
    work: Work,
    organization_ids: list[int],
    member: AccountOfMemberRow,
    viewer_role: OrganizationRole,
    *,
    name: str | None,
    email: str | None,
) -> None:
    """Change the name or the address of an account; None and what is stored change nothing.

    Args:
        work: The request, which has taken the turns of the account and of these organizations.
        organization_ids: All organizations of the person.
        member: The person, in the organization whose admin asks.
        viewer_role: What who asks is in it.
        name: The new name.
        email: The new address. It is not proved until somebody follows a link mailed to it.

    Raises:
        Refused: They cannot be so, or the account is not this organization's alone.
    """
    fullname = member.fullname if name is None else _checked_name(name)
    address = member.email if email is None else _checked_email(email)
    if (fullname, address) == (member.fullname, member.email):
        return
    if not (member.registered and member.joined):
        raise Refused(Reason.USER_NOT_LOADED)
    if len(organization_ids) > 1:
        raise Refused(Reason.SEVERAL_ORGANIZATIONS)
    if address != member.email and not may_change_address(
        viewer_role, member.role_id, themselves=member.user_id == work.viewer.user_id
    ):
        raise Refused(Reason.FORBIDDEN)
    moves = name_key(address) != name_key(member.email)
    if moves and await work.transaction.one(account_rows.EMAIL_OWNER, email_key=name_key(address)) is not None:
        raise Refused(Reason.EMAIL_TAKEN)
    await work.transaction.execute(
        account_rows.CORRECT,
        user_id=member.user_id,
        email=address,
        email_key=name_key(address),
        fullname=fullname,
        name_key=name_key(fullname),
        moves=moves,
        now=work.now,
    )
    for organization_id in organization_ids:
        await rename(work, organization_id, member.user_id)
    was = {"email": member.email, "fullname": member.fullname}
    now = {"email": address, "fullname": fullname}
    changed = [field for field in now if now[field] != was[field]]
    await audit.record_everywhere(
        work,
        organization_ids,
        "user",
        member.user_id,
        "update",
        before={field: was[field] for field in changed},
        after={field: now[field] for field in changed},
    )


def _checked_name(given: str) -> str:
    name = given.strip()
    if not name:
        raise Refused(Reason.NAME_EMPTY)
    if len(name) > MAXIMUM_NAME:
        raise Refused(Reason.INVALID_FULLNAME)
    return name


def _checked_email(given: str) -> str:
    email = given.strip()
    if not email:
        raise Refused(Reason.EMAIL_MISSING)
    if not is_email(email):
        raise Refused(Reason.INVALID_EMAIL, email=given)
    return email
