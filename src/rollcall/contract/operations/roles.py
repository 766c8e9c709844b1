"""Operations on roles."""

from __future__ import annotations

from rollcall.contract.models.role import TypesRole
from rollcall.contract.operation import Access, Operation
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

GET_ROLES = Operation(
    id="get_organization_roles",
    method="GET",
    path="/organizations/{organization_id}/roles",
    summary="The roles people of an organization can have.",
    apis=("RolesApi",),
    access=Access.ORGANIZATION_ADMIN,
    reply=list[TypesRole],
    errors={
        Reason.FORBIDDEN: Problem(403, "User does not have access to the organization"),
        Reason.SERVER_ERROR: Problem(500, "Server error"),
    },
)

OPERATIONS = (GET_ROLES,)
