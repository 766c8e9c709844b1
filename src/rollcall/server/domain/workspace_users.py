"""The people of a workspace: seen, changed, removed.

Who has a direct way into a workspace can be removed from it; what comes through a group is taken through the group.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.models.workspace_user import (
    ModelsOrganizationWorkspaceUser,
    ModelsSimpleWorkspaceUser,
    ModelsWorkspaceUser,
)
from rollcall.contract.name import name_key
from rollcall.contract.plan import PLANS
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.wire import number
from rollcall.server.domain import audit
from rollcall.server.domain.given import value_of
from rollcall.server.domain.memberships import exit_workspace
from rollcall.server.domain.paging import Page, rows_before
from rollcall.server.domain.reach import as_json, organization_of_workspace
from rollcall.server.domain.revisions import raise_organization
from rollcall.server.domain.workspace_user_settings import changed, settings_of
from rollcall.server.storage import organizations as organization_rows
from rollcall.server.storage import places as place_rows
from rollcall.server.storage import workspace_users as rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from rollcall.contract.models.workspace_user import WorkspaceUserPayload, WorkspaceUsersPatchParams
    from rollcall.contract.operations.workspace_users import (
        OrganizationWorkspaceUsersQuery,
        WorkspaceUsersQuery,
        WorkspaceWorkspaceUsersQuery,
    )
    from rollcall.server.domain.paging import PagedQuery
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organizations import OrganizationRow
    from rollcall.server.storage.workspace_users import PersonInWorkspace, WorkspaceUserRow

T = TypeVar("T")


async def list_of_organization(
    work: Work, organization_id: int, workspace_id: int, query: OrganizationWorkspaceUsersQuery
) -> Page[ModelsOrganizationWorkspaceUser]:
    """All people of a workspace (`GET /organizations/{id}/workspaces/{id}/workspace_users`).

    Raises:
        Refused: Who asks wants to know whose rate is special, and may not see rates.
    """
    if query.custom_rates is not None and not work.viewer.administers_workspace:
        raise Refused(Reason.FORBIDDEN)
    return await _page(
        work,
        organization_id,
        workspace_id,
        query,
        lambda person: ModelsOrganizationWorkspaceUser(**_fields(work, workspace_id, person)),
        name=query.name,
        search=query.search,
        custom_rates=query.custom_rates,
        only_active=query.active,
    )


async def list_of_workspace(
    work: Work, workspace_id: int, query: WorkspaceWorkspaceUsersQuery
) -> Page[ModelsWorkspaceUser]:
    """The people who are directly in a workspace, or all of them (`GET /workspaces/{id}/workspace_users`)."""
    return await _page(
        work,
        organization_of_workspace(work),
        workspace_id,
        query,
        lambda person: ModelsWorkspaceUser(**_fields(work, workspace_id, person)),
        only_direct=query.include_indirect.lower() != "true",
    )


async def list_briefly(work: Work, workspace_id: int, query: WorkspaceUsersQuery) -> Page[ModelsSimpleWorkspaceUser]:
    """All people of a workspace, in short (`GET /workspaces/{id}/users`)."""
    return await _page(
        work,
        organization_of_workspace(work),
        workspace_id,
        query,
        _describe_briefly,
        only_active=query.exclude_deleted,
    )


async def change(work: Work, workspace_id: int, workspace_user_id: int, body: WorkspaceUserPayload) -> str:
    """Change what somebody is in a workspace (`PUT /workspaces/{id}/workspace_users/{id}`)."""
    organization_id = organization_of_workspace(work)
    await raise_organization(work, organization_id)
    stored = await work.transaction.one(
        rows.BY_ID,
        organization_id=organization_id,
        workspace_id=workspace_id,
        workspace_user_id=workspace_user_id,
    )
    if stored is None:
        raise Refused(Reason.WORKSPACE_USER_NOT_FOUND)
    return await _change(work, organization_id, workspace_id, stored, body)


async def change_of_account(work: Work, workspace_id: int, user_id: int, body: WorkspaceUserPayload | None) -> str:
    """Change what somebody is in a workspace (`PUT /workspaces/{id}/users/{id}`); nothing without a body."""
    organization_id = organization_of_workspace(work)
    await raise_organization(work, organization_id)
    stored = await work.transaction.one(
        rows.OF_USER, organization_id=organization_id, workspace_id=workspace_id, user_id=user_id
    )
    if stored is None:
        raise Refused(Reason.USER_NOT_FOUND)
    if body is None:
        return "OK"
    return await _change(work, organization_id, workspace_id, stored, body)


async def remove(work: Work, workspace_id: int, workspace_user_id: int) -> None:
    """Remove somebody from a workspace (`DELETE /workspaces/{id}/workspace_users/{id}`).

    Who is in it through a group too stays, as a user.
    """
    organization_id = organization_of_workspace(work)
    await raise_organization(work, organization_id)
    stored = await work.transaction.one(
        rows.BY_ID,
        organization_id=organization_id,
        workspace_id=workspace_id,
        workspace_user_id=workspace_user_id,
    )
    if stored is None or not stored.direct:
        raise Refused(Reason.WORKSPACE_USER_NOT_FOUND)
    check_may_go(await load_organization(work, organization_id), stored)
    await take_out(work, organization_id, workspace_id, stored)


async def remove_many(work: Work, organization_id: int, workspace_id: int, body: WorkspaceUsersPatchParams) -> str:
    """Remove people from a workspace (`PATCH /organizations/{id}/workspaces/{id}/workspace_users`): all or nobody."""
    given = value_of(body.delete)
    if not given:
        raise Refused(Reason.IDS_MISSING)
    ids = set(given)
    if len(ids) < len(given):
        raise Refused(Reason.IDS_NOT_UNIQUE)
    await raise_organization(work, organization_id)
    found = await work.transaction.all(
        rows.AMONG, organization_id=organization_id, workspace_id=workspace_id, ids=as_json(ids)
    )
    if ids != {stored.id for stored in found if stored.direct}:
        raise Refused(Reason.IDS_UNKNOWN)
    organization = await load_organization(work, organization_id)
    for stored in found:
        check_may_go(organization, stored)
    for stored in found:
        await take_out(work, organization_id, workspace_id, stored)
    return "OK"


def check_may_go(organization: OrganizationRow, stored: WorkspaceUserRow) -> None:
    """Hold the direct ways of those whom no workspace can lose.

    Raises:
        Refused: They own the organization, or pay for it, or are an active admin of it.
    """
    if stored.user_id == organization.owner_id:
        raise Refused(Reason.OWNER_STAYS)
    if stored.user_id == organization.payer_id:
        raise Refused(Reason.PAYER_STAYS)
    if stored.administers:
        raise Refused(Reason.ADMIN_STAYS)


async def take_out(work: Work, organization_id: int, workspace_id: int, stored: WorkspaceUserRow) -> None:
    """Close somebody's direct way into a workspace, and tell of it."""
    await exit_workspace(work, organization_id, workspace_id, stored.user_id)
    await audit.record(
        work,
        organization_id,
        "workspace_user",
        stored.id,
        "delete",
        before={"user_id": stored.user_id, "role_id": stored.role_id},
        workspace_id=workspace_id,
    )


async def load_organization(work: Work, organization_id: int) -> OrganizationRow:
    """The organization that a request is about.

    Raises:
        Refused: It is gone.
    """
    organization = await work.transaction.one(organization_rows.BY_ID, organization_id=organization_id)
    if organization is None:
        raise Refused(Reason.FORBIDDEN)
    return organization


async def _change(
    work: Work, organization_id: int, workspace_id: int, stored: WorkspaceUserRow, body: WorkspaceUserPayload
) -> str:
    organization = await load_organization(work, organization_id)
    before = settings_of(stored)
    after = changed(before, body, PLANS[organization.plan_id], work.now)
    if stored.administers and (after.role_id != WorkspaceRole.ADMIN or after.inactive):
        raise Refused(Reason.ADMIN_STAYS)
    if after.inactive and stored.user_id == organization.payer_id:
        raise Refused(Reason.PAYER_STAYS_ACTIVE)
    was, now = msgspec.structs.asdict(before), msgspec.structs.asdict(after)
    moved = [field for field in now if now[field] != was[field]]
    if not moved:
        return "OK"
    await work.transaction.execute(
        place_rows.CHANGE, organization_id=organization_id, workspace_user_id=stored.id, now=work.now, **now
    )
    await audit.record(
        work,
        organization_id,
        "workspace_user",
        stored.id,
        "update",
        before={"user_id": stored.user_id, **{field: was[field] for field in moved}},
        after={"user_id": stored.user_id, **{field: now[field] for field in moved}},
        workspace_id=workspace_id,
    )
    return "OK"


async def _page(
    work: Work,
    organization_id: int,
    workspace_id: int,
    query: PagedQuery,
    describe: Callable[[PersonInWorkspace], T],
    *,
    name: str | None = None,
    search: str | None = None,
    custom_rates: bool | None = None,
    only_active: bool = False,
    only_direct: bool = False,
) -> Page[T]:
    before = rows_before(query)
    row = await work.transaction.one(
        rows.PEOPLE,
        organization_id=organization_id,
        workspace_id=workspace_id,
        everybody=not (name or search or only_active or only_direct) and custom_rates is None,
        name=name_key(name) if name else None,
        search=name_key(search) if search else None,
        custom_rates=custom_rates,
        only_active=only_active,
        only_direct=only_direct,
        rows=query.per_page,
        rows_before=before,
    )
    assert row is not None  # noqa: S101 - a SELECT without FROM has one row
    # SQLite has no booleans: in its JSON they are numbers.
    people = msgspec.json.decode(row.people, type=list[rows.PersonInWorkspace], strict=False)
    return Page([describe(person) for person in people], query.page, query.per_page, row.total)


def _describe_briefly(person: PersonInWorkspace) -> ModelsSimpleWorkspaceUser:
    role = WorkspaceRole(person.role_id)
    return ModelsSimpleWorkspaceUser(
        id=person.user_id,
        fullname=person.fullname,
        email=person.email,
        is_active=person.joined,
        is_admin=role is WorkspaceRole.ADMIN,
        inactive=person.inactive,
        role=role.legacy,
    )


def _fields(work: Work, workspace_id: int, person: PersonInWorkspace) -> dict[str, Any]:
    """What both long forms say of somebody. Rates and costs are for those who administer the workspace."""
    role = WorkspaceRole(person.role_id)
    admin = role is WorkspaceRole.ADMIN
    money: dict[str, Any] = {}
    if work.viewer.administers_workspace:
        money = {
            "rate": number(person.rate),
            "rate_last_updated": _moment(person.rate_updated_at),
            "labor_cost": number(person.labor_cost),
            "labor_cost_last_updated": _moment(person.labor_cost_updated_at),
            "labour_cost": number(person.labor_cost),
        }
    return {
        "id": person.id,
        "uid": person.user_id,
        "wid": workspace_id,
        "user_id": person.user_id,
        "workspace_id": workspace_id,
        "name": person.fullname,
        "email": person.email,
        "timezone": person.timezone,
        "avatar_file_name": "",
        "active": person.joined,
        "inactive": person.inactive,
        "is_direct": person.direct,
        "admin": admin,
        "workspace_admin": admin,
        "organization_admin": OrganizationRole(person.organization_role_id).administers,
        "role": role.legacy,
        "role_id": int(role),
        "group_ids": sorted(person.group_ids),
        "working_hours_in_minutes": person.working_hours_in_minutes,
        "view_edit_billable_rates": person.view_edit_billable_rates,
        "view_edit_labor_costs": person.view_edit_labor_costs,
        "at": timestamp.seconds(person.updated_at),
        "two_factor_enabled": False,
        **money,
    }


def _moment(microseconds: int | None) -> str | None:
    return None if microseconds is None else timestamp.seconds(microseconds)
