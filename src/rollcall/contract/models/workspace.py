"""Workspaces and their settings."""

from __future__ import annotations

from typing import Any

from msgspec import UNSET

from rollcall.contract.wire import Given, Model


class ModelsTimeEntryConstraints(Model):
    """What a time entry must have."""

    description_present: bool | None = None
    project_present: bool | None = None
    tag_present: bool | None = None
    task_present: bool | None = None
    time_entry_constraints_enabled: bool | None = None


class WorkspaceWorkspace(Model):
    """A workspace as one of its people sees it."""

    id: int | None = None
    organization_id: int | None = None
    name: str | None = None
    profile: int | None = None
    premium: bool | None = None
    business_ws: bool | None = None
    admin: bool | None = None
    role: str | None = None
    suspended_at: str | None = None
    server_deleted_at: str | None = None
    default_hourly_rate: float | None = None
    rate_last_updated: str | None = None
    default_currency: str | None = None
    only_admins_may_create_projects: bool | None = None
    only_admins_may_create_tags: bool | None = None
    only_admins_see_billable_rates: bool | None = None
    only_admins_see_team_dashboard: bool | None = None
    projects_billable_by_default: bool | None = None
    projects_private_by_default: bool | None = None
    projects_enforce_billable: bool | None = None
    limit_public_project_data: bool | None = None
    last_modified: str | None = None
    reports_collapse: bool | None = None
    rounding: int | None = None
    rounding_minutes: int | None = None
    api_token: str | None = None
    at: str | None = None
    logo_url: str | None = None
    ical_url: str | None = None
    ical_enabled: bool | None = None
    csv_upload: dict[str, Any] | None = None
    subscription: dict[str, Any] | None = None
    hide_start_end_times: bool | None = None
    working_hours_in_minutes: int | None = None
    permissions: list[str] | str | None = None
    max_data_retention_days: int | None = None
    te_constraints: ModelsTimeEntryConstraints | None = None
    disable_approvals: bool | None = None
    disable_expenses: bool | None = None
    disable_timesheet_view: bool | None = None


class WorkspaceWithActiveProjectCount(WorkspaceWorkspace):
    """A workspace in the list of one's own."""

    active_project_count: int | None = None


class WorkspacePayload(Model):
    """A new workspace, or a change of one. What is not given keeps its value, or its default.

    Attributes:
        rate_change_mode: From when a new rate holds: `start-today`, `override-current` or `override-all`.
        rounding: 0 to the nearest, 1 up, -1 down.
        initial_pricing_plan: Deprecated; the plan is the organization's.
    """

    name: Given[str] = UNSET
    admins: Given[list[int]] = UNSET
    default_currency: Given[str] = UNSET
    default_hourly_rate: Given[float] = UNSET
    initial_pricing_plan: Given[int] = UNSET
    limit_public_project_data: Given[bool] = UNSET
    only_admins_may_create_projects: Given[bool] = UNSET
    only_admins_may_create_tags: Given[bool] = UNSET
    only_admins_see_billable_rates: Given[bool] = UNSET
    only_admins_see_team_dashboard: Given[bool] = UNSET
    projects_billable_by_default: Given[bool] = UNSET
    projects_enforce_billable: Given[bool] = UNSET
    projects_private_by_default: Given[bool] = UNSET
    rate_change_mode: Given[str] = UNSET
    reports_collapse: Given[bool] = UNSET
    rounding: Given[int] = UNSET
    rounding_minutes: Given[int] = UNSET
