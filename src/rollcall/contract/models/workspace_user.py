"""Workspace users: the people of a workspace, directly or through a group."""

from __future__ import annotations

from msgspec import UNSET, field

from rollcall.contract.models.organization_user import OrganizationUserPayload
from rollcall.contract.wire import Given, Model


class ModelsWorkspaceUser(Model):
    """One of the people of a workspace.

    Attributes:
        uid: The number of the account; `user_id` is the same.
        wid: The number of the workspace; `workspace_id` is the same.
        active: Whether they have accepted their invitation.
        inactive: Whether an admin has deactivated them.
        is_direct: False for those who belong to the workspace through a group only.
        labour_cost: An older spelling of `labor_cost`.
        invitation_code: Always null: a code lets somebody in, and lists are read by many. So is `invite_url`.
    """

    id: int | None = None
    uid: int | None = None
    wid: int | None = None
    user_id: int | None = None
    workspace_id: int | None = None
    name: str | None = None
    email: str | None = None
    timezone: str | None = None
    avatar_file_name: str | None = None
    active: bool | None = None
    inactive: bool | None = None
    is_direct: bool | None = None
    admin: bool | None = None
    workspace_admin: bool | None = None
    organization_admin: bool | None = None
    role: str | None = None
    role_id: int | None = None
    group_ids: list[int] | None = None
    rate: float | None = None
    rate_last_updated: str | None = None
    labor_cost: float | None = None
    labor_cost_last_updated: str | None = None
    labour_cost: float | None = None
    working_hours_in_minutes: int | None = None
    view_edit_billable_rates: bool | None = None
    view_edit_labor_costs: bool | None = None
    at: str | None = None
    invitation_code: str | None = None
    invite_url: str | None = None
    two_factor_enabled: bool | None = field(name="2fa_enabled", default=None)


class ModelsOrganizationWorkspaceUser(ModelsWorkspaceUser):
    """One of the people of a workspace, as asked for through its organization."""


class ModelsSimpleWorkspaceUser(Model):
    """One of the people of a workspace, in short.

    Attributes:
        id: The number of the account.
        is_active: Whether they have joined.
        inactive: Whether an admin has deactivated them.
    """

    id: int | None = None
    fullname: str | None = None
    email: str | None = None
    is_active: bool | None = None
    is_admin: bool | None = None
    inactive: bool | None = None
    role: str | None = None


class WorkspaceUserPayload(Model):
    """What can be changed of a workspace user.

    Attributes:
        role: `admin`, `user`, `projectlead` or `teamlead`.
        posted_fields: Names of fields that are to become null although they are not given.
        rate_change_mode: From when a new rate holds: `start-today`, `override-current` or `override-all`.
        labor_cost_change_mode: The same for the labour cost.
    """

    admin: Given[bool] = UNSET
    role: Given[str] = UNSET
    role_id: Given[int] = UNSET
    inactive: Given[bool] = UNSET
    rate: Given[float] = UNSET
    rate_change_mode: Given[str] = UNSET
    labor_cost: Given[float] = UNSET
    labor_cost_change_mode: Given[str] = UNSET
    working_hours_in_minutes: Given[int] = UNSET
    view_edit_billable_rates: Given[bool] = UNSET
    view_edit_labor_costs: Given[bool] = UNSET
    posted_fields: Given[list[str]] = field(name="postedFields", default=UNSET)


class UserPayload(OrganizationUserPayload):
    """The generated clients' one name for the bodies of two operations, so it has the fields of both.

    `OrganizationUserPayload` is what `PUT /organizations/{id}/users/{id}` reads, `WorkspaceUserPayload` what
    `PUT /workspaces/{id}/workspace_users/{id}` does.
    """

    admin: Given[bool] = UNSET
    role: Given[str] = UNSET
    rate: Given[float] = UNSET
    rate_change_mode: Given[str] = UNSET
    labor_cost: Given[float] = UNSET
    labor_cost_change_mode: Given[str] = UNSET
    working_hours_in_minutes: Given[int] = UNSET
    view_edit_billable_rates: Given[bool] = UNSET
    view_edit_labor_costs: Given[bool] = UNSET
    posted_fields: Given[list[str]] = field(name="postedFields", default=UNSET)


class WorkspaceUsersPatchParams(Model):
    """A change of many workspace users at once.

    Attributes:
        delete: The workspace user ids of those to remove.
    """

    delete: Given[list[int]] = UNSET


class UserAssignmentsPayload(Model):
    """Somebody, or a group, to be put into a workspace or taken out of it.

    Attributes:
        operation: `add` or `remove`.
        joined: Whether somebody added counts as having accepted.
    """

    operation: Given[str] = UNSET
    user_id: Given[int] = UNSET
    group_id: Given[int] = UNSET
    joined: Given[bool] = UNSET
