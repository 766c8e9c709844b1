"""Operations on workspaces and their settings."""

from __future__ import annotations

from rollcall.contract.models.workspace import (
    WorkspacePayload,
    WorkspaceWithActiveProjectCount,
    WorkspaceWorkspace,
)
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.account import SERVER_ERROR, SinceQuery
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

NO_ACCESS = Problem(403, "User does not have access to this resource.")

_SETTINGS = {
    Reason.INVALID_JSON: Problem(400, "JSON is not valid"),
    Reason.NAME_EMPTY: Problem(400, "workspace name must contain non-space characters"),
    Reason.NAME_TOO_LONG: Problem(400, "workspace name must not be longer than 140"),
    Reason.NAME_TAKEN: Problem(400, "another workspace with same name exists in organization"),
    Reason.ADMIN_UNKNOWN: Problem(400, "User with id {user_id} does not exist."),
    Reason.ADMIN_INACTIVE: Problem(400, "User {user_id} not exists in the workspace."),
    Reason.INVALID_SETTING: Problem(400, "Invalid {field}"),
    Reason.PLAN_REQUIRED: Problem(402, "Must be a premium user to use {feature}"),
    Reason.TAGS_NEED_PREMIUM: Problem(
        402, "restricting tag management to administrators requires a premium subscription"
    ),
}

POST_WORKSPACE = Operation(
    id="post_organization_workspaces",
    method="POST",
    path="/organizations/{organization_id}/workspaces",
    summary="Make a workspace in an organization.",
    apis=("OrganizationsApi",),
    access=Access.ORGANIZATION_ADMIN,
    body=WorkspacePayload,
    body_argument="post",
    reply=WorkspaceWorkspace,
    errors={
        **_SETTINGS,
        Reason.NAME_MISSING: Problem(400, "workspace name must not be nil"),
        Reason.TOO_MANY_WORKSPACES_OF_USER: Problem(400, "user can have a maximum of 100 workspaces"),
        Reason.SINGLE_WORKSPACE_PLAN: Problem(400, "Multiple workspaces are not enabled in this organization."),
        Reason.TOO_MANY_WORKSPACES: Problem(400, "Organization {name} can have a maximum of {amount} workspaces"),
        Reason.FORBIDDEN: Problem(403, "Forbidden"),
        Reason.INVALID_ORGANIZATION_ID: Problem(404, "Organization not found/accessible"),
        Reason.WORKSPACE_NOT_FOUND: Problem(
            404, "Workspace not found/accessible", never="the workspace is only just being made"
        ),
        Reason.OWNER_NOT_FOUND: Problem(
            404, "organization owner not found", never="an organization always has exactly one owner"
        ),
    },
)

GET_WORKSPACES = Operation(
    id="get_workspaces",
    method="GET",
    path="/workspaces",
    summary="The workspaces one belongs to.",
    apis=("WorkspacesApi",),
    access=Access.ACCOUNT,
    query=SinceQuery,
    reply=list[WorkspaceWithActiveProjectCount],
    errors={
        Reason.NO_SEARCH_TERM: Problem(
            400, "No search term", never="the list answers without a term, as Toggl's own does today"
        ),
    },
)

GET_WORKSPACE = Operation(
    id="get_workspace",
    method="GET",
    path="/workspaces/{workspace_id}",
    summary="A workspace and its settings.",
    apis=("WorkspacesApi",),
    access=Access.WORKSPACE_MEMBER,
    reply=WorkspaceWorkspace,
    errors={
        Reason.INVALID_WORKSPACE_ID: Problem(404, "Workspace not found"),
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

PUT_WORKSPACE = Operation(
    id="put_workspace",
    method="PUT",
    path="/workspaces/{workspace_id}",
    summary="Rename a workspace or change its settings.",
    apis=("WorkspacesApi",),
    access=Access.WORKSPACE_ADMIN,
    body=WorkspacePayload,
    reply=WorkspaceWorkspace,
    errors={**_SETTINGS, Reason.FORBIDDEN: NO_ACCESS, Reason.SERVER_ERROR: SERVER_ERROR},
)

OPERATIONS = (POST_WORKSPACE, GET_WORKSPACES, GET_WORKSPACE, PUT_WORKSPACE)
