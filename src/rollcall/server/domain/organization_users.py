"""The people of an organization: listed, changed, removed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.models.organization_user import (
    ModelsGroupDict,
    ModelsOrgUser,
    ModelsOrgUserDetailed,
    ModelsOrgUserWorkspace,
)
from rollcall.contract.name import name_key
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.wire import number
from rollcall.server.domain.corrections import may_change_address
from rollcall.server.domain.departures import depart
from rollcall.server.domain.given import value_of
from rollcall.server.domain.paging import Page, rows_before
from rollcall.server.domain.reach import as_json, check_workspaces
from rollcall.server.domain.revisions import raise_members
from rollcall.server.domain.workspace_users import load_organization
from rollcall.server.storage import memberships as membership_rows
from rollcall.server.storage import organization_users as rows

if TYPE_CHECKING:
    from rollcall.contract.models.organization_user import UserPatchParams
    from rollcall.contract.operations.organization_users import OrganizationUsersQuery
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.memberships import OrganizationUserRow
    from rollcall.server.storage.organization_users import Person, WorkspaceOfPerson

_people = msgspec.json.Decoder(list[rows.Person], strict=False)
"""Not strict, because in SQLite's JSON a bool is a number."""

_STATUSES = ("active", "inactive", "invited")


async def list_all(work: Work, organization_id: int, query: OrganizationUsersQuery) -> Page[ModelsOrgUser]:
    """The people of an organization, by name (`GET /organizations/{id}/users`)."""
    people, total = await _find(work, organization_id, query)
    items = [ModelsOrgUser(**_fields(work, organization_id, person)) for person in people]
    return Page(items, query.page, query.per_page, total, query.sort_dir)


async def list_detailed(work: Work, organization_id: int, query: OrganizationUsersQuery) -> Page[ModelsOrgUserDetailed]:
    """The same, under older names too (`GET /organizations/{id}/users/detailed`). Here a workspace must exist."""
    await check_workspaces(work, organization_id, set(query.workspaces))
    people, total = await _find(work, organization_id, query)
    items = [
        ModelsOrgUserDetailed(
            **_fields(work, organization_id, person), organization_user_id=person.id, fullname=person.fullname
        )
        for person in people
    ]
    return Page(items, query.page, query.per_page, total, query.sort_dir)


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


async def _find(work: Work, organization_id: int, query: OrganizationUsersQuery) -> tuple[list[Person], int]:
    before = rows_before(query)
    statuses = query.active_status or _STATUSES
    part = name_key(query.filter or "") or None
    everybody = (
        part is None and set(statuses) == set(_STATUSES) and not (query.only_admins or query.groups or query.workspaces)
    )
    page = await work.transaction.one(
        rows.PAGE[query.sort_dir],
        organization_id=organization_id,
        everybody=everybody,
        filter=part,
        active="active" in statuses,
        inactive="inactive" in statuses,
        invited="invited" in statuses,
        only_admins=query.only_admins,
        groups=json.dumps(query.groups),
        workspaces=json.dumps(query.workspaces),
        rows=query.per_page,
        rows_before=before,
    )
    assert page is not None  # noqa: S101 - a SELECT without FROM has one row
    return _people.decode(page.people), page.total


def _fields(work: Work, organization_id: int, person: Person) -> dict[str, Any]:
    """What both lists say of somebody."""
    role = OrganizationRole(person.role_id)
    viewer = work.viewer
    mine_to_edit = person.registered and person.joined and not person.elsewhere
    return {
        "id": person.id,
        "user_id": person.user_id,
        "organization_id": organization_id,
        "name": person.fullname,
        "email": person.email,
        "avatar_url": "",
        "role_id": person.role_id,
        "admin": role.administers,
        "owner": role is OrganizationRole.OWNER,
        "joined": person.joined,
        "inactive": person.inactive,
        "can_edit_email": mine_to_edit
        and may_change_address(viewer.user_id, viewer.role, person.user_id, person.role_id),
        "invitation_id": person.invitation_id,
        "workspace_count": len(person.workspaces),
        "workspaces": [_describe_place(person, place) for place in person.workspaces],
        "groups": _describe_groups(person.groups),
        "created_at": timestamp.precise(person.created_at),
        "updated_at": timestamp.precise(person.updated_at),
        "two_factor_enabled": False,
    }


def _describe_place(person: Person, place: WorkspaceOfPerson) -> ModelsOrgUserWorkspace:
    role = WorkspaceRole(place.role_id)
    minutes = place.working_hours_in_minutes
    return ModelsOrgUserWorkspace(
        workspace_id=place.workspace_id,
        workspace_user_id=place.id,
        workspace_name=place.name,
        name=place.name,
        active=person.joined,
        inactive=place.inactive,
        admin=role is WorkspaceRole.ADMIN,
        role=role.legacy,
        role_id=place.role_id,
        rate=number(place.rate),
        cost=number(place.labor_cost),
        default_currency=place.default_currency,
        working_hours=None if minutes is None else number(minutes / 60),
        view_edit_billable_rates=place.view_edit_billable_rates,
        view_edit_labor_costs=place.view_edit_labor_costs,
        groups=_describe_groups(place.groups),
    )


def _describe_groups(groups: list[tuple[int, str]]) -> list[ModelsGroupDict]:
    return [ModelsGroupDict(group_id=group_id, name=name) for group_id, name in groups]
