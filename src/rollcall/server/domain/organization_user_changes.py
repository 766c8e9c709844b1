"""Changes of one organization user: their account, role, activity, groups and workspaces."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.identifier import is_id
from rollcall.contract.plan import PLANS
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.server.domain import audit, owner_transfers
from rollcall.server.domain.active_users import check_room_for_one
from rollcall.server.domain.corrections import correct
from rollcall.server.domain.given import value_of
from rollcall.server.domain.groups import load, set_people
from rollcall.server.domain.memberships import enter_every_workspace
from rollcall.server.domain.organization_users import role_of_asker
from rollcall.server.domain.places import arrange, places_of, record_difference, step_down
from rollcall.server.domain.reach import Reach, as_json
from rollcall.server.domain.revisions import raise_organization, raise_user_everywhere
from rollcall.server.domain.workspace_users import load_organization
from rollcall.server.storage import organization_users as rows

if TYPE_CHECKING:
    from rollcall.contract.models.organization_user import OrganizationUserPayload
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organization_users import AccountOfMemberRow
    from rollcall.server.storage.organizations import OrganizationRow


async def change(work: Work, organization_id: int, organization_user_id: int, body: OrganizationUserPayload) -> str:
    """Change one of the people of an organization (`PUT /organizations/{id}/users/{id}`): all as told, or nothing.

    Who administers the organization belongs to every workspace as its admin. Who does so no more stays in the
    workspaces as a user, unless `workspaces` says otherwise.
    """
    if all(value_of(getattr(body, field)) is None for field in body.__struct_fields__):
        raise Refused(Reason.NOTHING_TO_CHANGE)
    asked_role = _asked_role(body)
    name, email = value_of(body.name), value_of(body.email)
    # An account takes its turn before organizations do, so it must be known whose it is before anything is locked.
    found = await _load(work, organization_id, organization_user_id)
    organization_ids = [organization_id]
    if name is None and email is None:
        await raise_organization(work, organization_id)
    else:
        organization_ids = await raise_user_everywhere(work, found.user_id)
    stored = await _load(work, organization_id, organization_user_id)
    viewer_role = await role_of_asker(work, organization_id)
    organization = await load_organization(work, organization_id)
    await correct(work, organization_ids, stored, viewer_role, name=name, email=email)
    places = await places_of(work, organization_id, stored.user_id)
    after = await _change_membership(work, organization, stored, asked_role, value_of(body.inactive))
    await _set_groups(work, organization_id, stored, value_of(body.groups))
    await _set_places(work, organization, stored, after, body)
    moved = await places_of(work, organization_id, stored.user_id)
    await record_difference(work, organization_id, stored.user_id, places, moved)
    return "OK"


async def _load(work: Work, organization_id: int, organization_user_id: int) -> AccountOfMemberRow:
    row = await work.transaction.one(
        rows.BY_ID, organization_id=organization_id, organization_user_id=organization_user_id
    )
    if row is None:
        raise Refused(Reason.USER_NOT_IN_ORGANIZATION)
    return row


def _asked_role(body: OrganizationUserPayload) -> OrganizationRole | bool | None:
    """The role that is asked for, or whether they shall be an admin of either kind; None for neither."""
    role_id, admin = value_of(body.role_id), value_of(body.organization_admin)
    if role_id is None:
        return admin
    if admin is not None:
        raise Refused(Reason.ROLE_GIVEN_TWICE)
    if not is_id(role_id):
        raise Refused(Reason.INVALID_ROLE_ID)
    if role_id in frozenset(WorkspaceRole):
        raise Refused(Reason.INVALID_ORGANIZATION_ROLE)
    if role_id not in frozenset(OrganizationRole):
        raise Refused(Reason.UNKNOWN_ROLE_ID, role_id=role_id)
    return OrganizationRole(role_id)


def _role_after(stored: OrganizationRole, asked: OrganizationRole | bool | None) -> OrganizationRole:
    if asked is None or asked is stored or asked is stored.administers:
        return stored
    if isinstance(asked, OrganizationRole):
        # Who owns the organization changes by a transfer, and in no other way.
        if asked is OrganizationRole.OWNER or (stored is OrganizationRole.OWNER and asked.administers):
            raise Refused(Reason.INVALID_ORGANIZATION_ROLE)
        return asked
    return OrganizationRole.ADMIN if asked else OrganizationRole.MEMBER


async def _change_membership(
    work: Work,
    organization: OrganizationRow,
    stored: AccountOfMemberRow,
    asked_role: OrganizationRole | bool | None,
    inactive: bool | None,
) -> AccountOfMemberRow:
    role = _role_after(OrganizationRole(stored.role_id), asked_role)
    after = msgspec.structs.replace(
        stored, role_id=int(role), inactive=stored.inactive if inactive is None else inactive
    )
    _check_owner_and_payer(organization, stored, after)
    if stored.joined and stored.inactive and not after.inactive:
        await check_room_for_one(work, organization)
    if after == stored:
        return after
    await work.transaction.execute(
        rows.CHANGE,
        organization_id=organization.id,
        organization_user_id=stored.id,
        role_id=after.role_id,
        inactive=after.inactive,
        now=work.now,
    )
    if _administers(stored) and not _administers(after):
        await owner_transfers.release(work, organization.id, stored.user_id)
    who = {"user_id": stored.user_id}
    if after.role_id != stored.role_id:
        await audit.record(
            work,
            organization.id,
            "organization_user",
            stored.id,
            "update",
            before={**who, "role_id": stored.role_id},
            after={**who, "role_id": after.role_id},
        )
    if after.inactive is not stored.inactive:
        await audit.record(
            work,
            organization.id,
            "organization_user",
            stored.id,
            "deactivate" if after.inactive else "activate",
            before={**who, "inactive": stored.inactive},
            after={**who, "inactive": after.inactive},
        )
    return after


def _check_owner_and_payer(
    organization: OrganizationRow, stored: AccountOfMemberRow, after: AccountOfMemberRow
) -> None:
    demoted = not OrganizationRole(after.role_id).administers and OrganizationRole(stored.role_id).administers
    if stored.user_id == organization.owner_id:
        if demoted:
            raise Refused(Reason.OWNER_STAYS_ADMIN)
        if after.inactive:
            raise Refused(Reason.OWNER_STAYS_ACTIVE)
    if stored.user_id == organization.payer_id:
        if demoted:
            raise Refused(Reason.PAYER_STAYS_ADMIN)
        if after.inactive:
            raise Refused(Reason.PAYER_STAYS_ACTIVE)


async def _set_groups(
    work: Work, organization_id: int, member: AccountOfMemberRow, group_ids: list[int] | None
) -> None:
    if group_ids is None:
        return
    wanted = set(group_ids)
    known = await work.transaction.all(rows.GROUPS_AMONG, organization_id=organization_id, ids=as_json(wanted))
    strangers = wanted - {row.id for row in known}
    if strangers:
        raise Refused(Reason.GROUP_NOT_FOUND, group_id=min(strangers), organization_id=organization_id)
    found = await work.transaction.all(rows.GROUPS, organization_id=organization_id, user_id=member.user_id)
    stored = {row.id for row in found}
    for group_id in sorted(wanted ^ stored):
        group = await load(work, Reach(None), organization_id, group_id)
        await set_people(work, group, group.user_ids ^ {member.user_id})


async def _set_places(
    work: Work,
    organization: OrganizationRow,
    stored: AccountOfMemberRow,
    after: AccountOfMemberRow,
    body: OrganizationUserPayload,
) -> None:
    if _administers(after) and not _administers(stored):
        await enter_every_workspace(work, organization.id, stored.user_id)
    if OrganizationRole(stored.role_id).administers and not OrganizationRole(after.role_id).administers:
        await step_down(work, organization.id, stored.user_id)
    wishes = value_of(body.workspaces)
    if wishes is not None:
        await arrange(
            work,
            organization.id,
            stored.user_id,
            PLANS[organization.plan_id],
            wishes,
            everywhere=_administers(after),
        )


def _administers(member: AccountOfMemberRow) -> bool:
    """Whether they administer the organization now: who is deactivated or only invited does not."""
    return OrganizationRole(member.role_id).administers and member.joined and not member.inactive
