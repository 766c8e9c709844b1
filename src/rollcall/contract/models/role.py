"""Roles and what they permit."""

from __future__ import annotations

from rollcall.contract.wire import Model


class TypesPermission(Model):
    """One thing that a role permits.

    Attributes:
        entity: What it is permitted on: `organization`, `workspace`, `project` or `group`.
    """

    permission_id: int | None = None
    name: str | None = None
    description: str | None = None
    entity: str | None = None
    condition: str | None = None


class TypesRole(Model):
    """A role.

    Attributes:
        entity: What somebody has it in: `organization`, `workspace`, `project` or `group`.
        organization_id: Null for the roles that every organization has.
        type: `owner`, `admin`, `manager` or `guest`.
    """

    role_id: int | None = None
    code: str | None = None
    name: str | None = None
    description: str | None = None
    entity: str | None = None
    organization_id: int | None = None
    permissions: list[TypesPermission] | None = None
    privilege_level: int | None = None
    type: str | None = None
