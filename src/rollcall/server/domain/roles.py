"""The roles that people can have, and what each permits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rollcall.contract.models.role import TypesPermission, TypesRole
from rollcall.contract.role import OrganizationRole, WorkspaceRole

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work


def _permission(number: int, name: str, description: str, condition: str | None = None) -> TypesPermission:
    return TypesPermission(
        permission_id=number,
        name=name,
        description=description,
        entity=name.partition(".")[0],
        condition=condition,
    )


_MEMBER = [_permission(1, "organization.view", "See the organization and its owner.")]
_ADMIN = [
    *_MEMBER,
    _permission(2, "organization.update", "Rename the organization and say what it is."),
    _permission(3, "organization.users", "See, invite, change and remove the people of the organization."),
    _permission(4, "organization.groups", "Make, change and delete groups."),
    _permission(5, "organization.workspaces", "Make workspaces, and administer all of them."),
    _permission(6, "organization.billing", "See plans and invoices."),
    _permission(7, "organization.audit_log", "See what was done, and by whom."),
    _permission(8, "organization.request_ownership", "Ask for the ownership, and accept it."),
]
_OWNER = [*_ADMIN, _permission(9, "organization.offer_ownership", "Offer the ownership to an admin.")]
_CONDITIONAL_RATES = [
    _permission(
        20, "workspace.rates", "See and change billable rates.", "view_edit_billable_rates is set for the person"
    ),
    _permission(21, "workspace.costs", "See and change labor costs.", "view_edit_labor_costs is set for the person"),
]
_USER = [
    _permission(10, "workspace.view", "See the workspace."),
    _permission(11, "workspace.people", "See the people of the workspace, without rates and costs."),
]
_LEAD = [
    *_USER,
    _permission(12, "group.people", "See the people of groups.", "the group is one of the person's own"),
    *_CONDITIONAL_RATES,
]
_WORKSPACE_ADMIN = [
    *_USER,
    _permission(13, "workspace.update", "Rename the workspace and change its settings."),
    _permission(14, "workspace.users", "Add, change and remove the people of the workspace."),
    _permission(15, "workspace.groups", "Make groups, and put groups into the workspace."),
    _permission(16, "workspace.invite", "Invite people into the workspace."),
    _permission(20, "workspace.rates", "See and change billable rates."),
    _permission(21, "workspace.costs", "See and change labor costs."),
]


def _role(
    role: OrganizationRole | WorkspaceRole,
    code: str,
    description: str,
    kind: str,
    privilege_level: int,
    permissions: list[TypesPermission],
) -> TypesRole:
    return TypesRole(
        role_id=int(role),
        code=code,
        name=code.replace("-", " ").capitalize(),
        description=description,
        entity="organization" if isinstance(role, OrganizationRole) else "workspace",
        organization_id=None,
        permissions=permissions,
        privilege_level=privilege_level,
        type=kind,
    )


ROLES = [
    _role(
        OrganizationRole.OWNER,
        "organization-owner",
        "Owns the organization. There is one, who is an admin too; it changes by a transfer.",
        "owner",
        100,
        _OWNER,
    ),
    _role(
        OrganizationRole.ADMIN,
        "organization-admin",
        "Administers the organization and every workspace of it.",
        "admin",
        80,
        _ADMIN,
    ),
    _role(
        OrganizationRole.MEMBER,
        "organization-member",
        "Belongs to the organization, and to those of its workspaces that they are put into.",
        "guest",
        10,
        _MEMBER,
    ),
    _role(
        WorkspaceRole.ADMIN,
        "workspace-admin",
        "Administers the workspace and its people.",
        "admin",
        60,
        _WORKSPACE_ADMIN,
    ),
    _role(WorkspaceRole.USER, "workspace-user", "Works in the workspace.", "guest", 20, _USER),
    _role(
        WorkspaceRole.TEAM_LEAD,
        "team-lead",
        "Works in the workspace, and sees the people of their groups.",
        "manager",
        40,
        _LEAD,
    ),
    _role(
        WorkspaceRole.PROJECT_LEAD,
        "project-lead",
        "Works in the workspace and leads projects; sees the people of their groups.",
        "manager",
        40,
        _LEAD,
    ),
]
"""Every organization has these and no others. The numbers of roles and permissions are ours: nobody documents any."""


async def list_all(_: Work, organization_id: int) -> list[TypesRole]:  # noqa: ARG001 - every organization has the same
    """The roles (`GET /organizations/{id}/roles`)."""
    return ROLES
