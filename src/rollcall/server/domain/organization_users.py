"""The people of an organization: listed, changed, removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole
from rollcall.server.domain.departures import depart
from rollcall.server.domain.given import value_of
from rollcall.server.domain.reach import as_json
from rollcall.server.domain.revisions import raise_members
from rollcall.server.domain.workspace_users import load_organization
from rollcall.server.storage import memberships as membership_rows
from rollcall.server.storage import organization_users as rows

if TYPE_CHECKING:
    from rollcall.contract.models.organization_user import UserPatchParams
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.memberships import OrganizationUserRow


async def remove(work: Work, organization_id: int, body: UserPatchParams) -> str:
    """Remove people: all who are named, or nobody (`PATCH /organizations/{id}/users`)."""
    ids = value_of(body.delete)
    if not ids:
        raise Refused(Reason.IDS_MISSING)
    if len(set(ids)) < len(ids):
        raise Refused(Reason.IDS_NOT_UNIQUE)
    taken = {member.user_id for member in await _among(work, organization_id, ids)}
    await raise_members(work, organization_id, taken)
    await role_of_asker(work, organization_id)
    members = [member for member in await _among(work, organization_id, ids) if member.user_id in taken]
    strangers = sorted(set(ids) - {member.id for member in members})
    if strangers:
        raise Refused(Reason.IDS_UNKNOWN, organization_user_ids=", ".join(map(str, strangers)))
    organization = await load_organization(work, organization_id)
    for member in members:
        if member.user_id == organization.owner_id:
            raise Refused(Reason.OWNER_STAYS, organization_user_id=member.id)
        if member.user_id == organization.payer_id:
            raise Refused(Reason.PAYER_STAYS, organization_user_id=member.id)
    for member in members:
        await depart(work, organization_id, member, "delete")
    return "OK"


async def _among(work: Work, organization_id: int, ids: list[int]) -> list[OrganizationUserRow]:
    return await work.transaction.all(rows.AMONG, organization_id=organization_id, ids=as_json(set(ids)))


async def role_of_asker(work: Work, organization_id: int) -> OrganizationRole:
    """What who asks is in the organization, now that its turn is taken: another admin may have been faster.

    Raises:
        Refused: They administer it no more.
    """
    asker = await work.transaction.one(
        membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=work.viewer.user_id
    )
    if asker is None or asker.inactive or not asker.joined or not OrganizationRole(asker.role_id).administers:
        raise Refused(Reason.FORBIDDEN)
    return OrganizationRole(asker.role_id)
