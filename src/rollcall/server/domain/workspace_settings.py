"""The settings of a workspace: what they can be, and what each plan includes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec
from msgspec import UNSET

from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.domain.given import value_of

if TYPE_CHECKING:
    from rollcall.contract.models.workspace import WorkspacePayload
    from rollcall.contract.plan import Plan
    from rollcall.server.storage.workspaces import WorkspaceRow

_PREMIUM_SETTINGS = (
    "default_hourly_rate",
    "default_currency",
    "rounding",
    "rounding_minutes",
    "projects_billable_by_default",
    "only_admins_see_billable_rates",
)
MAXIMUM_RATE = 1_000_000_000
MAXIMUM_ROUNDING = 1440
"""Minutes: a day."""
RATE_CHANGE_MODES = {"start-today", "override-current", "override-all"}
"""From when a new rate can hold."""


class WorkspaceSettings(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that can be set of a workspace beside its name. The defaults are those of a new one.

    Attributes:
        rate_updated_at: When the default rate last changed, in microseconds since 1970.
    """

    default_hourly_rate: float | None = None
    rate_updated_at: int | None = None
    default_currency: str = "USD"
    only_admins_may_create_projects: bool = False
    only_admins_may_create_tags: bool = False
    only_admins_see_billable_rates: bool = False
    only_admins_see_team_dashboard: bool = False
    projects_billable_by_default: bool = True
    projects_private_by_default: bool = True
    projects_enforce_billable: bool = False
    limit_public_project_data: bool = False
    reports_collapse: bool = True
    rounding: int = 1
    rounding_minutes: int = 0


DEFAULTS = WorkspaceSettings()
"""Of a new workspace."""


def settings_of(row: WorkspaceRow) -> WorkspaceSettings:
    """The settings that are stored of a workspace."""
    return WorkspaceSettings(**{field: getattr(row, field) for field in WorkspaceSettings.__struct_fields__})


def changed(stored: WorkspaceSettings, body: WorkspacePayload, plan: Plan, now: int) -> WorkspaceSettings:
    """The settings after a change.

    Raises:
        Refused: A value that cannot be, or one that differs from what is stored and that the plan does not include.
    """
    changes: dict[str, object] = {}
    for field in WorkspaceSettings.__struct_fields__:
        value = getattr(body, field, UNSET)
        # Only a rate can be taken back: null sets it to none, while any other setting has no "none".
        if value is UNSET or (value is None and field != "default_hourly_rate"):
            continue
        _check_value(field, value)
        if value == getattr(stored, field):
            continue
        if field in _PREMIUM_SETTINGS and not plan.premium_settings:
            raise Refused(Reason.PLAN_REQUIRED, feature=field)
        if field == "only_admins_may_create_tags" and not plan.premium_settings:
            raise Refused(Reason.TAGS_NEED_PREMIUM)
        changes[field] = value
    mode = value_of(body.rate_change_mode)
    if mode is not None and mode not in RATE_CHANGE_MODES:
        raise Refused(Reason.INVALID_SETTING, field="rate_change_mode")
    if "default_hourly_rate" in changes:
        changes["rate_updated_at"] = now
    return msgspec.structs.replace(stored, **changes)


def _check_value(field: str, value: object) -> None:
    match field:
        case "default_hourly_rate":
            valid = value is None or (isinstance(value, int | float) and 0 <= value <= MAXIMUM_RATE)
        case "default_currency":
            valid = isinstance(value, str) and len(value) == 3 and value.isascii() and value.isupper()
        case "rounding":
            valid = value in (-1, 0, 1)
        case "rounding_minutes":
            valid = isinstance(value, int) and 0 <= value <= MAXIMUM_ROUNDING
        case _:
            valid = isinstance(value, bool)
    if not valid:
        raise Refused(Reason.INVALID_SETTING, field=field)
