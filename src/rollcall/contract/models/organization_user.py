"""Organization users: the people of an organization, and what each may do in it."""

from __future__ import annotations

from msgspec import UNSET, field

from rollcall.contract.wire import Given, Model


class ModelsGroupDict(Model):
    """A group that somebody is in."""

    group_id: int | None = None
    name: str | None = None


class ModelsOrgUserWorkspace(Model):
    """What somebody is in one workspace. It is read and written, so what is not given can be told from null.

    Attributes:
        workspace_user_id: Said in replies only; so are the workspace's names and `active`.
        name: The workspace's name; older than `workspace_name`.
        active: Whether they have joined the organization.
        role: `admin`, `user`, `projectlead` or `teamlead`. It may stand beside `admin` and `role_id` if they agree.
        cost: The labor cost.
        default_currency: The workspace's, for rate and cost. Given, it must be that one: it is no one person's.
        working_hours: Hours of a day.
        groups: Those through which they are in the workspace; said in replies only.
    """

    workspace_id: Given[int] = UNSET
    workspace_user_id: Given[int] = UNSET
    workspace_name: Given[str] = UNSET
    name: Given[str] = UNSET
    active: Given[bool] = UNSET
    inactive: Given[bool] = UNSET
    admin: Given[bool] = UNSET
    role: Given[str] = UNSET
    role_id: Given[int] = UNSET
    rate: Given[float] = UNSET
    cost: Given[float] = UNSET
    default_currency: Given[str] = UNSET
    working_hours: Given[float] = UNSET
    view_edit_billable_rates: Given[bool] = UNSET
    view_edit_labor_costs: Given[bool] = UNSET
    groups: Given[list[ModelsGroupDict]] = UNSET


class ModelsOrgUser(Model):
    """One of the people of an organization.

    Attributes:
        id: The number of the membership, which other operations call `organization_user_id`.
        user_id: The number of the account, which an invited person has from the start.
        joined: False for those who are invited.
        can_edit_email: Whether who asks may change the address: the account is this organization's alone, and its
            own or that of somebody who is less in the organization.
        invitation_id: Of the invitation that they have not answered.
        invitation_code: In older versions only. Always null: a code lets somebody in, and lists are read by many.
    """

    id: int | None = None
    user_id: int | None = None
    organization_id: int | None = None
    name: str | None = None
    email: str | None = None
    avatar_url: str | None = None
    role_id: int | None = None
    admin: bool | None = None
    owner: bool | None = None
    joined: bool | None = None
    inactive: bool | None = None
    can_edit_email: bool | None = None
    invitation_id: int | None = None
    invitation_code: str | None = None
    workspace_count: int | None = None
    workspaces: list[ModelsOrgUserWorkspace] | None = None
    groups: list[ModelsGroupDict] | None = None
    created_at: str | None = None
    updated_at: str | None = None
    two_factor_enabled: bool | None = field(name="2fa_enabled", default=None)


class ModelsOrgUserDetailed(ModelsOrgUser):
    """One of the people of an organization, with the names that the detailed list had in older versions besides.

    Attributes:
        organization_user_id: The same as `id`.
        fullname: The same as `name`.
    """

    organization_user_id: int | None = None
    fullname: str | None = None


class OrganizationUserPayload(Model):
    """What can be changed of an organization user.

    Attributes:
        groups: The numbers of all groups they shall be in.
        workspaces: All workspaces they shall be in directly, and as what. Organization admins stay in all of them.
    """

    name: Given[str] = UNSET
    email: Given[str] = UNSET
    inactive: Given[bool] = UNSET
    organization_admin: Given[bool] = UNSET
    role_id: Given[int] = UNSET
    groups: Given[list[int]] = UNSET
    workspaces: Given[list[ModelsOrgUserWorkspace]] = UNSET


class UserPatchParams(Model):
    """A change of many organization users at once.

    Attributes:
        delete: The organization user ids of those to remove.
    """

    delete: Given[list[int]] = UNSET
