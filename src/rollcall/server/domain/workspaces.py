"""Workspaces: made, seen, renamed, set up."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

from rollcall.contract import timestamp
from rollcall.contract.identifier import MAXIMUM_ID, is_id
from rollcall.contract.models.workspace import (
    ModelsTimeEntryConstraints,
    WorkspacePayload,
    WorkspaceWithActiveProjectCount,
    WorkspaceWorkspace,
)
from rollcall.contract.name import MAXIMUM_NAME, name_key
from rollcall.contract.plan import MAXIMUM_WORKSPACES_OF_A_USER, PLANS, Plan
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import OrganizationRole, WorkspaceRole
from rollcall.contract.wire import OMITTED, number
from rollcall.server.domain import audit
from rollcall.server.domain.given import value_of
from rollcall.server.domain.memberships import enter_workspace
from rollcall.server.domain.revisions import raise_organization, raise_user
from rollcall.server.domain.workspace_settings import DEFAULTS, WorkspaceSettings, changed, settings_of
from rollcall.server.storage import memberships as membership_rows
from rollcall.server.storage import organizations as organization_rows
from rollcall.server.storage import workspaces as rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rollcall.contract.operations.account import SinceQuery
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.organizations import OrganizationRow
    from rollcall.server.storage.workspaces import WorkspaceOfUserRow

LOGO_URL = "https://assets.track.toggl.com/images/workspace.jpg"
"""What Toggl answers for a workspace without a logo of its own."""


async def list_mine(work: Work, query: SinceQuery) -> list[WorkspaceWithActiveProjectCount]:
    """The workspaces one belongs to (`GET /me/workspaces`, `GET /workspaces`)."""
    # Any number of seconds may be asked for, and not every one can be stored as microseconds.
    since = min(max(query.since or 0, 0) * 1_000_000, MAXIMUM_ID)
    found = await work.transaction.all(rows.OF_USER, user_id=work.viewer.user_id, since=since)
    return [
        WorkspaceWithActiveProjectCount(
            **_fields(work, row), last_modified=timestamp.midnight(row.updated_at), active_project_count=0
        )
        for row in found
    ]


async def show(work: Work, workspace_id: int) -> WorkspaceWorkspace:
    """One workspace (`GET /workspaces/{id}`)."""
    row = await work.transaction.one(
        rows.ONE_OF_USER,
        user_id=work.viewer.user_id,
        organization_id=work.viewer.organization_id,
        workspace_id=workspace_id,
    )
    if row is None:
        raise Refused(Reason.FORBIDDEN)
    return WorkspaceWorkspace(**_fields(work, row))


async def create(work: Work, organization_id: int, body: WorkspacePayload) -> WorkspaceWorkspace:
    """Make a workspace (`POST /organizations/{id}/workspaces`).

    The owner and every active admin of the organization administer it, and so does everybody in `admins`.
    """
    user_id = work.viewer.user_id
    given = value_of(body.name)
    if given is None:
        raise Refused(Reason.NAME_MISSING)
    name = _checked_name(given)
    await raise_user(work, user_id)
    await raise_organization(work, organization_id)
    organization = await work.transaction.one(organization_rows.BY_ID, organization_id=organization_id)
    if organization is None:
        raise Refused(Reason.FORBIDDEN)
    plan = PLANS[organization.plan_id]
    settings = changed(DEFAULTS, body, plan, work.now)
    await _check_room(work, organization, plan)
    await _check_name_is_free(work, organization_id, name, None)
    admin_ids = {
        row.id for row in await work.transaction.all(membership_rows.ACTIVE_ADMINS, organization_id=organization_id)
    }
    admin_ids.update(await _named_admins(work, organization_id, value_of(body.admins) or []))
    workspace_id = await add(work, organization_id, name, settings, sorted(admin_ids))
    return await show(work, workspace_id)


async def change(work: Work, workspace_id: int, body: WorkspacePayload) -> WorkspaceWorkspace:
    """Rename a workspace or change its settings (`PUT /workspaces/{id}`).

    With `admins`, those named administer the workspace from now on, and of the others only admins of the organization.
    """
    organization_id = work.viewer.organization_id
    if organization_id is None:
        raise Refused(Reason.FORBIDDEN)
    await raise_organization(work, organization_id)
    stored = await work.transaction.one(
        rows.ONE_OF_USER,
        user_id=work.viewer.user_id,
        organization_id=organization_id,
        workspace_id=workspace_id,
    )
    if stored is None:
        raise Refused(Reason.FORBIDDEN)
    given = value_of(body.name)
    name = stored.name if given is None else _checked_name(given)
    before = settings_of(stored)
    after = changed(before, body, PLANS[stored.plan_id], work.now)
    await _check_name_is_free(work, organization_id, name, workspace_id)
    admins = value_of(body.admins)
    if admins is not None:
        await _set_admins(work, organization_id, workspace_id, admins)
    await work.transaction.execute(
        rows.CHANGE,
        organization_id=organization_id,
        workspace_id=workspace_id,
        name=name,
        name_key=name_key(name),
        now=work.now,
        **msgspec.structs.asdict(after),
    )
    was = {"name": stored.name, **msgspec.structs.asdict(before)}
    now = {"name": name, **msgspec.structs.asdict(after)}
    moved = [field for field in now if now[field] != was[field]]
    if moved:
        await audit.record(
            work,
            organization_id,
            "workspace",
            workspace_id,
            "update",
            before={field: was[field] for field in moved},
            after={field: now[field] for field in moved},
            workspace_id=workspace_id,
        )
    return await show(work, workspace_id)


async def add(
    work: Work, organization_id: int, name: str, settings: WorkspaceSettings, admin_ids: Iterable[int]
) -> int:
    """Make a workspace with its first admins. The caller has taken the organization's turn and checked the name.

    Returns:
        The id of the workspace.
    """
    transaction = work.transaction
    made = await transaction.one(
        rows.ADD,
        organization_id=organization_id,
        name=name,
        name_key=name_key(name),
        now=work.now,
        **msgspec.structs.asdict(settings),
    )
    assert made is not None  # noqa: S101 - an INSERT that returns nothing has raised
    await transaction.execute(rows.ADD_LOCATION, workspace_id=made.id, organization_id=organization_id)
    await transaction.execute(organization_rows.COUNT_WORKSPACES, organization_id=organization_id, change=1)
    await audit.record(
        work, organization_id, "workspace", made.id, "create", after={"name": name}, workspace_id=made.id
    )
    for user_id in admin_ids:
        await enter_workspace(work, organization_id, made.id, user_id, WorkspaceRole.ADMIN)
    admins = await transaction.all(
        membership_rows.WORKSPACE_USERS, organization_id=organization_id, workspace_id=made.id
    )
    for admin in admins:
        await audit.record(
            work,
            organization_id,
            "workspace_user",
            admin.id,
            "create",
            after={"user_id": admin.user_id, "role_id": admin.role_id},
            workspace_id=made.id,
        )
    return made.id


async def belongs(work: Work, user_id: int, workspace_id: int) -> bool:
    """Whether a workspace is one of somebody's own."""
    found = await work.transaction.one(rows.IS_OF_USER, user_id=user_id, workspace_id=workspace_id)
    return found is not None


def _checked_name(given: str) -> str:
    name = given.strip()
    if not name:
        raise Refused(Reason.NAME_EMPTY)
    if len(name) > MAXIMUM_NAME:
        raise Refused(Reason.NAME_TOO_LONG)
    return name


async def _check_room(work: Work, organization: OrganizationRow, plan: Plan) -> None:
    if plan.max_workspaces is not None:
        own = await work.transaction.one(rows.COUNT_OF_USER, user_id=work.viewer.user_id)
        if own is not None and own.id >= MAXIMUM_WORKSPACES_OF_A_USER:
            raise Refused(Reason.TOO_MANY_WORKSPACES_OF_USER)
    if not plan.multiple_workspaces and organization.workspace_count > 0:
        raise Refused(Reason.SINGLE_WORKSPACE_PLAN)
    limit = organization.max_workspaces
    if limit is not None and organization.workspace_count >= limit:
        raise Refused(Reason.TOO_MANY_WORKSPACES, name=organization.name, amount=limit)


async def _check_name_is_free(work: Work, organization_id: int, name: str, own_id: int | None) -> None:
    holder = await work.transaction.one(rows.BY_NAME, organization_id=organization_id, name_key=name_key(name))
    if holder is not None and holder.id != own_id:
        raise Refused(Reason.NAME_TAKEN)


async def _named_admins(work: Work, organization_id: int, user_ids: list[int]) -> list[int]:
    for user_id in user_ids:
        member = None
        if is_id(user_id):
            member = await work.transaction.one(
                membership_rows.ORGANIZATION_USER, organization_id=organization_id, user_id=user_id
            )
        if member is None:
            raise Refused(Reason.ADMIN_UNKNOWN, user_id=user_id)
        if member.inactive or not member.joined:
            raise Refused(Reason.ADMIN_INACTIVE, user_id=user_id)
    return user_ids


async def _set_admins(work: Work, organization_id: int, workspace_id: int, user_ids: list[int]) -> None:
    transaction = work.transaction
    named = set(await _named_admins(work, organization_id, user_ids))
    members = await transaction.all(
        membership_rows.WORKSPACE_USERS, organization_id=organization_id, workspace_id=workspace_id
    )
    strangers = named - {member.user_id for member in members}
    if strangers:
        raise Refused(Reason.ADMIN_INACTIVE, user_id=min(strangers))
    organization_admins = {
        row.id for row in await transaction.all(membership_rows.ACTIVE_ADMINS, organization_id=organization_id)
    }
    for member in members:
        was_admin = member.role_id == WorkspaceRole.ADMIN
        is_admin = member.user_id in named or member.user_id in organization_admins
        if is_admin is not was_admin:
            role = WorkspaceRole.ADMIN if is_admin else WorkspaceRole.USER
            await transaction.execute(
                membership_rows.SET_ROLE,
                organization_id=organization_id,
                workspace_id=workspace_id,
                user_id=member.user_id,
                role_id=role,
                now=work.now,
            )
            await audit.record(
                work,
                organization_id,
                "workspace_user",
                member.id,
                "update",
                before={"user_id": member.user_id, "role_id": member.role_id},
                after={"user_id": member.user_id, "role_id": int(role)},
                workspace_id=workspace_id,
            )


def _fields(work: Work, row: WorkspaceOfUserRow) -> dict[str, Any]:
    """What a workspace's reply says, in the single form and in the list."""
    plan = PLANS[row.plan_id]
    role = WorkspaceRole(row.workspace_role) if row.workspace_role else None
    if OrganizationRole(row.role).administers:
        role = WorkspaceRole.ADMIN
    user_id = work.viewer.user_id
    rate_updated_at = row.rate_updated_at
    return {
        "id": row.id,
        "organization_id": row.organization_id,
        "name": row.name,
        "profile": 0,
        "premium": plan.premium_settings,
        "business_ws": plan.handle in ("premium", "enterprise"),
        "admin": role is WorkspaceRole.ADMIN,
        "role": (role or WorkspaceRole.USER).legacy,
        "default_hourly_rate": number(row.default_hourly_rate),
        "rate_last_updated": None if rate_updated_at is None else timestamp.seconds(rate_updated_at),
        "default_currency": row.default_currency,
        "only_admins_may_create_projects": row.only_admins_may_create_projects,
        "only_admins_may_create_tags": row.only_admins_may_create_tags,
        "only_admins_see_billable_rates": row.only_admins_see_billable_rates,
        "only_admins_see_team_dashboard": row.only_admins_see_team_dashboard,
        "projects_billable_by_default": row.projects_billable_by_default,
        "projects_private_by_default": row.projects_private_by_default,
        "projects_enforce_billable": row.projects_enforce_billable,
        "limit_public_project_data": row.limit_public_project_data,
        "reports_collapse": row.reports_collapse,
        "rounding": row.rounding,
        "rounding_minutes": row.rounding_minutes,
        "api_token": work.service.keyring.unseal(row.token_sealed),
        "at": timestamp.seconds(row.updated_at),
        "logo_url": LOGO_URL,
        "ical_url": f"/ical/workspace_user/{work.service.keyring.derive_token('ical', row.id, user_id)}",
        "ical_enabled": True,
        "hide_start_end_times": False,
        "max_data_retention_days": OMITTED,
        "te_constraints": ModelsTimeEntryConstraints(
            description_present=False,
            project_present=False,
            tag_present=False,
            task_present=False,
            time_entry_constraints_enabled=False,
        ),
        "disable_approvals": False,
        "disable_expenses": False,
        "disable_timesheet_view": False,
    }
