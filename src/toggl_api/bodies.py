"""What the endpoints send: only the fields that are given count."""

from __future__ import annotations

from rollcall.contract.models.invitation import InvitationPostWorkspaces
from rollcall.contract.models.organization_user import OrganizationUserPayload
from rollcall.contract.models.workspace import WorkspacePayload
from rollcall.contract.models.workspace_user import WorkspaceUserPayload


class WorkspaceBody(WorkspacePayload):
    """A new workspace, or a change of one. What is not given keeps its value, or its default.

    Example:
        >>> WorkspaceBody(name="Support", only_admins_may_create_tags=True)
        WorkspaceBody(name='Support', only_admins_may_create_tags=True)

    Attributes:
        admins: The user ids of those who shall be its admins.
        rate_change_mode: From when a new rate holds: `start-today`, `override-current` or `override-all`.
        rounding: 0 to the nearest, 1 up, -1 down.
    """


class OrganizationUserBody(OrganizationUserPayload):
    """A change of an organization user. What is not given stays as it is.

    Example:
        >>> OrganizationUserBody(organization_admin=True)
        OrganizationUserBody(organization_admin=True)

    Attributes:
        groups: The numbers of all groups they shall be in.
        workspaces: All workspaces they shall be in directly, and as what. Organization admins stay in all of them.
    """


class WorkspaceUserBody(WorkspaceUserPayload):
    """A change of a workspace user. What is not given stays as it is.

    Example:
        >>> WorkspaceUserBody(role="admin", working_hours_in_minutes=480)
        WorkspaceUserBody(role='admin', working_hours_in_minutes=480)

    Attributes:
        role: `admin`, `user`, `projectlead` or `teamlead`.
        rate: What an hour costs the customer, in the workspace's currency.
        rate_change_mode: From when a new rate holds: `start-today`, `override-current` or `override-all`.
        labor_cost: What an hour costs the organization, in the workspace's currency.
        labor_cost_change_mode: The same for the labour cost.
        posted_fields: Names of fields that are to become null although they are not given.
    """


class InvitationWorkspace(InvitationPostWorkspaces):
    """A workspace to invite into, and as what: by `role_id`, or by `role` or `admin`; as a user where none is given.

    Example:
        >>> InvitationWorkspace(workspace_id=7, role="teamlead")
        InvitationWorkspace(workspace_id=7, role='teamlead')
    """
