"""Somebody's places: what one person is in each workspace of an organization."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import UnsetType

from rollcall.contract.models.workspace_user import WorkspaceUserPayload
from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import LEGACY_ROLES, WorkspaceRole
from rollcall.server.domain import audit
from rollcall.server.domain.given import keep, value_of
from rollcall.server.domain.memberships import enter_workspace, exit_workspace
from rollcall.server.domain.reach import as_json
from rollcall.server.domain.workspace_user_settings import changed, settings_of
from rollcall.server.storage import memberships as membership_rows
from rollcall.server.storage import places as rows

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rollcall.contract.models.organization_user import ModelsOrgUserWorkspace
    from rollcall.contract.plan import Plan
    from rollcall.contract.wire import Given
    from rollcall.server.domain.work import Work
    from rollcall.server.storage.places import PlaceRow

_TOO_MANY_HOURS = 25.0
_ROLES = frozenset(WorkspaceRole)
_TOLD = (
    "role_id",
    "inactive",
    "rate",
    "labor_cost",
    "working_hours_in_minutes",
    "view_edit_billable_rates",
    "view_edit_labor_costs",
)
"""What the audit log tells of a place that is somebody's directly; of the others it tells with their groups."""


async def places_of(work: Work, organization_id: int, user_id: int) -> dict[int, PlaceRow]:
    """What somebody is in each workspace of an organization, by the number of the workspace."""
    found = await work.transaction.all(rows.OF_USER, organization_id=organization_id, user_id=user_id)
    return {row.workspace_id: row for row in found}


async def arrange(
    work: Work,
    organization_id: int,
    user_id: int,
    plan: Plan,
    wishes: list[ModelsOrgUserWorkspace],
    *,
    everywhere: bool,
) -> None:
    """Put somebody directly into the named workspaces and no others, and make them there what is said of each.

    Args:
        work: The request, which has taken the organization's turn.
        organization_id: The organization.
        user_id: Whose places they are.
        plan: What the organization may use.
        wishes: The workspaces; what is not given of one keeps its value, or its default.
        everywhere: Whether they are an admin of the organization, who stays an admin of every workspace.

    Raises:
        Refused: A workspace is not of the organization, or a value cannot be, or is not part of the plan.
    """
    wanted = await _by_workspace(work, organization_id, wishes)
    stored = await places_of(work, organization_id, user_id)
    for workspace_id, place in stored.items():
        if place.direct and workspace_id not in wanted and not everywhere:
            await exit_workspace(work, organization_id, workspace_id, user_id)
    for workspace_id, wish in wanted.items():
        role = _role_after(wish, stored.get(workspace_id), everywhere=everywhere)
        await enter_workspace(work, organization_id, workspace_id, user_id, role)
    for workspace_id, place in (await places_of(work, organization_id, user_id)).items():
        if workspace_id in wanted:
            await _change(work, organization_id, place, wanted[workspace_id], plan, everywhere=everywhere)


async def step_down(work: Work, organization_id: int, user_id: int) -> None:
    """Make who administers workspaces a user of them, because they administer the organization no more."""
    for place in (await places_of(work, organization_id, user_id)).values():
        if place.role_id == WorkspaceRole.ADMIN:
            await work.transaction.execute(
                membership_rows.SET_ROLE,
                organization_id=organization_id,
                workspace_id=place.workspace_id,
                user_id=user_id,
                role_id=WorkspaceRole.USER,
                now=work.now,
            )


async def record_difference(
    work: Work, organization_id: int, user_id: int, before: Mapping[int, PlaceRow], after: Mapping[int, PlaceRow]
) -> None:
    """Write an event for each place that somebody got, lost or holds on other terms."""
    for workspace_id in sorted(before.keys() | after.keys()):
        was, now = _told(before.get(workspace_id)), _told(after.get(workspace_id))
        if was == now:
            continue
        action: audit.Action = "update" if was and now else "create" if now else "delete"
        if action == "update":
            moved = [name for name in _TOLD if was[name] != now[name]]
            was, now = ({name: told[name] for name in moved} for told in (was, now))
        place = after.get(workspace_id) or before[workspace_id]
        await audit.record(
            work,
            organization_id,
            "workspace_user",
            place.id,
            action,
            before={"user_id": user_id, **was} if was else None,
            after={"user_id": user_id, **now} if now else None,
            workspace_id=workspace_id,
        )


def _told(place: PlaceRow | None) -> dict[str, object]:
    return {} if place is None or not place.direct else {name: getattr(place, name) for name in _TOLD}


async def _by_workspace(
    work: Work, organization_id: int, wishes: list[ModelsOrgUserWorkspace]
) -> dict[int, ModelsOrgUserWorkspace]:
    wanted: dict[int, ModelsOrgUserWorkspace] = {}
    for wish in wishes:
        workspace_id = value_of(wish.workspace_id) or 0
        if workspace_id in wanted:
            raise Refused(Reason.INVALID_SETTING, field="workspaces")
        wanted[workspace_id] = wish
    found = await work.transaction.all(
        rows.WORKSPACES_AMONG, organization_id=organization_id, ids=as_json(wanted.keys())
    )
    currencies = {row.id: row.default_currency for row in found}
    for workspace_id, wish in wanted.items():
        if workspace_id not in currencies:
            raise Refused(Reason.WORKSPACE_NOT_FOUND, workspace_id=workspace_id, organization_id=organization_id)
        # A workspace has one currency for all its people; it is changed where the workspace is.
        if keep(wish.default_currency, currencies[workspace_id]) != currencies[workspace_id]:
            raise Refused(Reason.INVALID_SETTING, field="default_currency")
    return wanted


def _role_after(wish: ModelsOrgUserWorkspace, place: PlaceRow | None, *, everywhere: bool) -> WorkspaceRole:
    stored = WorkspaceRole(place.role_id) if place else WorkspaceRole.USER
    if everywhere:
        stored = WorkspaceRole.ADMIN
    role = _asked_role(wish, stored)
    if everywhere and role is not WorkspaceRole.ADMIN:
        raise Refused(Reason.INVALID_WORKSPACE_ROLE, role_id=int(role))
    return role


def _asked_role(wish: ModelsOrgUserWorkspace, stored: WorkspaceRole) -> WorkspaceRole:
    """The role that is asked for: by its number, its word or the flag, of which several may be given if they agree."""
    role_id, word, admin = value_of(wish.role_id), value_of(wish.role), value_of(wish.admin)
    if role_id is not None and role_id not in _ROLES:
        raise Refused(Reason.INVALID_WORKSPACE_ROLE, role_id=role_id)
    if word is not None and word not in LEGACY_ROLES:
        raise Refused(Reason.INVALID_SETTING, field="role")
    asked = {WorkspaceRole(role_id)} if role_id is not None else set()
    if word is not None:
        asked.add(LEGACY_ROLES[word])
    if admin:
        asked.add(WorkspaceRole.ADMIN)
    if len(asked) > 1 or (admin is False and WorkspaceRole.ADMIN in asked):
        raise Refused(Reason.ROLE_GIVEN_TWICE)
    if admin is False and stored is WorkspaceRole.ADMIN:
        stored = WorkspaceRole.USER
    return asked.pop() if asked else stored


async def _change(
    work: Work,
    organization_id: int,
    place: PlaceRow,
    wish: ModelsOrgUserWorkspace,
    plan: Plan,
    *,
    everywhere: bool,
) -> None:
    asked = WorkspaceUserPayload(
        inactive=wish.inactive,
        rate=wish.rate,
        labor_cost=wish.cost,
        working_hours_in_minutes=_minutes(wish.working_hours),
        view_edit_billable_rates=wish.view_edit_billable_rates,
        view_edit_labor_costs=wish.view_edit_labor_costs,
    )
    stored = settings_of(place)
    after = changed(stored, asked, plan, work.now)
    if everywhere and after.inactive:
        raise Refused(Reason.INVALID_SETTING, field="inactive")
    if after != stored:
        await work.transaction.execute(
            rows.CHANGE,
            organization_id=organization_id,
            workspace_user_id=place.id,
            now=work.now,
            **msgspec.structs.asdict(after),
        )


def _minutes(hours: Given[float]) -> Given[int]:
    if hours is None or isinstance(hours, UnsetType):
        return hours
    # More than a day is refused all the same, and a float can be more than any number of minutes.
    return round(min(hours, _TOO_MANY_HOURS) * 60)
