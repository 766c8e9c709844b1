"""Operations on the numbers of workspaces' people."""

from __future__ import annotations

from rollcall.contract.models.statistics import ModelsStatistics
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.account import SERVER_ERROR
from rollcall.contract.operations.groups import NO_RESOURCE
from rollcall.contract.operations.workspaces import NO_ACCESS
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

GET_ORGANIZATION_STATISTICS = Operation(
    id="get_organization_workspaces_statistics",
    method="GET",
    path="/organizations/{organization_id}/workspaces/statistics",
    summary="The statistics of every workspace of an organization, by the workspace's number.",
    apis=("OrganizationsApi",),
    access=Access.ORGANIZATION_ADMIN,
    keyword_only=("organization_id",),
    reply=dict[str, ModelsStatistics],
    errors={Reason.FORBIDDEN: Problem(403, "Forbidden"), Reason.INVALID_ORGANIZATION_ID: NO_RESOURCE},
)

GET_WORKSPACE_STATISTICS = Operation(
    id="get_workspace_statistics",
    method="GET",
    path="/workspaces/{workspace_id}/statistics",
    summary="The admins of a workspace, and how many people and groups it has.",
    apis=("WorkspacesApi",),
    access=Access.ORGANIZATION_ADMIN,
    reply=ModelsStatistics,
    errors={Reason.FORBIDDEN: NO_ACCESS, Reason.SERVER_ERROR: SERVER_ERROR},
)

OPERATIONS = (GET_ORGANIZATION_STATISTICS, GET_WORKSPACE_STATISTICS)
