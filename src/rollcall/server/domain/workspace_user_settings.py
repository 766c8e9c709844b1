"""What somebody is in a workspace, and what it can be changed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.contract.role import LEGACY_ROLES, WorkspaceRole
from rollcall.server.domain.given import keep, value_of
from rollcall.server.domain.workspace_settings import MAXIMUM_RATE, RATE_CHANGE_MODES

if TYPE_CHECKING:
    from rollcall.contract.models.workspace_user import WorkspaceUserPayload
    from rollcall.contract.plan import Plan
    from rollcall.server.storage.places import PlaceRow
    from rollcall.server.storage.workspace_users import WorkspaceUserRow

MAXIMUM_WORKING_HOURS = 1440
"""Minutes: a day."""

_PAID = ("rate", "labor_cost", "working_hours_in_minutes")
"""What can be null, and is a part of the paid plans."""


class WorkspaceUserSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be set of a workspace user.

    Attributes:
        rate_updated_at: When the rate last changed, in microseconds since 1970.
        labor_cost_updated_at: The same of the labour cost.
    """

    role_id: int
    inactive: bool
    rate: float | None
    rate_updated_at: int | None
    labor_cost: float | None
    labor_cost_updated_at: int | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool


def settings_of(row: WorkspaceUserRow | PlaceRow) -> WorkspaceUserSettings:
    """The settings that are stored of a workspace user."""
    return WorkspaceUserSettings(**{field: getattr(row, field) for field in WorkspaceUserSettings.__struct_fields__})


def changed(stored: WorkspaceUserSettings, body: WorkspaceUserPayload, plan: Plan, now: int) -> WorkspaceUserSettings:
    """The settings after a change.

    Null takes back what can be nothing; a field can also be named in `postedFields` for that.

    Raises:
        Refused: A value that cannot be, or one that differs from what is stored and that the plan does not include.
    """
    _check_modes(body)
    changes: dict[str, object] = {
        "role_id": int(_role(WorkspaceRole(stored.role_id), body)),
        "inactive": keep(body.inactive, stored.inactive),
        "view_edit_billable_rates": keep(body.view_edit_billable_rates, stored.view_edit_billable_rates),
        "view_edit_labor_costs": keep(body.view_edit_labor_costs, stored.view_edit_labor_costs),
    }
    taken_back = value_of(body.posted_fields) or ()
    for field in _PAID:
        value = getattr(body, field)
        if value is UNSET and field in taken_back:
            value = None
        if value is UNSET or value == getattr(stored, field):
            continue
        if value is not None:
            _check_value(field, value)
            if not plan.premium_settings:
                raise Refused(Reason.PLAN_REQUIRED, feature=field)
        changes[field] = value
        if field != "working_hours_in_minutes":
            changes[f"{field}_updated_at"] = now
    return msgspec.structs.replace(stored, **changes)


def _role(stored: WorkspaceRole, body: WorkspaceUserPayload) -> WorkspaceRole:
    admin, word, role_id = value_of(body.admin), value_of(body.role), value_of(body.role_id)
    if role_id is not None:
        if admin is not None or word is not None:
            raise Refused(Reason.ROLE_GIVEN_TWICE)
        if role_id not in list(WorkspaceRole):
            raise Refused(Reason.INVALID_ROLE_ID)
        return WorkspaceRole(role_id)
    role = stored
    if word is not None:
        if word not in LEGACY_ROLES:
            raise Refused(Reason.INVALID_SETTING, field="role")
        role = LEGACY_ROLES[word]
        if admin is not None and admin is not (role is WorkspaceRole.ADMIN):
            raise Refused(Reason.INVALID_SETTING, field="admin")
    elif admin:
        role = WorkspaceRole.ADMIN
    elif admin is False and stored is WorkspaceRole.ADMIN:
        role = WorkspaceRole.USER
    return role


def _check_modes(body: WorkspaceUserPayload) -> None:
    for field in ("rate_change_mode", "labor_cost_change_mode"):
        mode = value_of(getattr(body, field))
        if mode is not None and mode not in RATE_CHANGE_MODES:
            raise Refused(Reason.INVALID_SETTING, field=field)


def _check_value(field: str, value: float) -> None:
    if field != "working_hours_in_minutes":
        if not 0 <= value <= MAXIMUM_RATE:
            raise Refused(Reason.INVALID_SETTING, field=field)
        return
    if value <= 0:
        raise Refused(Reason.WORKING_HOURS_NOT_POSITIVE)
    if value > MAXIMUM_WORKING_HOURS:
        raise Refused(Reason.INVALID_SETTING, field=field)
