"""Operations on groups, of an organization and of one of its workspaces."""

from __future__ import annotations

import msgspec

from rollcall.contract.models.group import (
    GroupNamePayload,
    GroupOrganizationGroupResponse,
    GroupPayload,
    GroupsPatchInput,
    GroupsPatchOutput,
    ModelsGroup,
)
from rollcall.contract.operation import Access, Operation
from rollcall.contract.problem import COMMON, Problem
from rollcall.contract.reason import Reason

NO_ACCESS = Problem(403, "User does not have access to this resource")
NO_RESOURCE = Problem(404, "Resource can not be found")
_INVALID_GROUP = Problem(404, "Invalid group ID.")
_NO_GROUP = Problem(404, "Group was not found")

_NAME = {
    Reason.NAME_EMPTY: Problem(400, "Group name must be present"),
    Reason.NAME_TOO_LONG: Problem(400, "Group name too long, maximum length is 200"),
    Reason.NAME_TAKEN: Problem(400, "Name has already been taken"),
}

_BELONGING = {
    Reason.USER_NOT_IN_ORGANIZATION: Problem(400, "User {user_id} not exists in the organization {organization_id}"),
    Reason.WORKSPACE_NOT_FOUND: Problem(
        400, "Workspace {workspace_id} not exists in the organization {organization_id}"
    ),
}

_WRITING = {Reason.INVALID_JSON: Problem(400, "Invalid JSON input"), **_NAME, **_BELONGING}


class GroupsQuery(msgspec.Struct, frozen=True):
    """Query of the groups of an organization, which are sorted by name.

    Attributes:
        name: Part of the name.
        workspace: The number of a workspace they are in.
    """

    name: str | None = None
    workspace: int | None = None


GET_GROUPS = Operation(
    id="get_organization_groups",
    method="GET",
    path="/organizations/{organization_id}/groups",
    summary="The groups of an organization, their people and workspaces.",
    apis=("OrganizationsApi",),
    access=Access.SOME_WORKSPACE_LEAD,
    query=GroupsQuery,
    reply=list[GroupOrganizationGroupResponse],
    errors={
        Reason.INVALID_WORKSPACE: Problem(400, "Invalid number {value}"),
        Reason.FORBIDDEN: COMMON[Reason.FORBIDDEN],
    },
)

POST_GROUP = Operation(
    id="post_organization_group",
    method="POST",
    path="/organizations/{organization_id}/groups",
    summary="Make a group in an organization.",
    apis=("OrganizationsApi",),
    access=Access.SOME_WORKSPACE_ADMIN,
    body=GroupPayload,
    body_argument="post_group_request",
    reply=GroupOrganizationGroupResponse,
    errors={**_WRITING, Reason.FORBIDDEN: NO_ACCESS},
)

PUT_GROUP = Operation(
    id="put_organization_group",
    method="PUT",
    path="/organizations/{organization_id}/groups/{group_id}",
    summary="Rename a group, or say anew who and which workspaces are in it.",
    apis=("OrganizationsApi",),
    access=Access.SOME_WORKSPACE_ADMIN,
    body=GroupPayload,
    body_argument="put_group_request",
    keyword_only=("group_id",),
    reply=GroupOrganizationGroupResponse,
    errors={
        **_WRITING,
        Reason.FORBIDDEN: Problem(403, "Forbidden"),
        Reason.INVALID_GROUP_ID: _INVALID_GROUP,
        Reason.GROUP_NOT_FOUND: _INVALID_GROUP,
    },
)

PATCH_GROUP = Operation(
    id="patch_organization_group",
    method="PATCH",
    path="/organizations/{organization_id}/groups/{group_id}",
    summary="Put people and workspaces into a group or take them out, each change by itself.",
    apis=("OrganizationsApi",),
    access=Access.SOME_WORKSPACE_ADMIN,
    body=list[GroupsPatchInput],
    body_argument="patch_group_request",
    reply=GroupsPatchOutput,
    errors={
        Reason.INVALID_JSON: Problem(400, "Invalid JSON input"),
        Reason.UNSUPPORTED_PATCH: Problem(
            400, "Unsupported operation (invalid 'op' or 'path', or unsupported combination)"
        ),
        Reason.PATCH_VALUES: Problem(
            400,
            "Value not present, or too many per patch operation (empty 'value' array or more than 100 values)",
        ),
        Reason.TOO_MANY_PATCHES: Problem(400, "Too many operations (more than 100 patches in request)"),
        Reason.GROUP_NOT_FOUND: Problem(400, "Unknown group at organization"),
        **_BELONGING,
        Reason.FORBIDDEN: Problem(403, "User does not have permission to manage user groups."),
        Reason.INVALID_GROUP_ID: _INVALID_GROUP,
    },
)

DELETE_GROUP = Operation(
    id="delete_organization_group",
    method="DELETE",
    path="/organizations/{organization_id}/groups/{group_id}",
    summary="Delete a group.",
    apis=("OrganizationsApi",),
    access=Access.SOME_WORKSPACE_ADMIN,
    reply=str,
    errors={
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.INVALID_GROUP_ID: _INVALID_GROUP,
        Reason.GROUP_NOT_FOUND: _INVALID_GROUP,
    },
)

GET_ORGANIZATION_WORKSPACE_GROUPS = Operation(
    id="get_organization_workspaces_groups",
    method="GET",
    path="/organizations/{organization_id}/workspaces/{workspace_id}/groups",
    summary="The groups in one workspace of an organization, and their people.",
    apis=("OrganizationsApi",),
    access=Access.WORKSPACE_LEAD,
    reply=list[GroupOrganizationGroupResponse],
    errors={
        Reason.FORBIDDEN: Problem(403, "Forbidden"),
        Reason.INVALID_ORGANIZATION_ID: NO_RESOURCE,
        Reason.INVALID_WORKSPACE_ID: NO_RESOURCE,
    },
)

GET_WORKSPACE_GROUPS = Operation(
    id="get_workspace_groups",
    method="GET",
    path="/workspaces/{workspace_id}/groups",
    summary="The groups in a workspace.",
    apis=("GroupsApi",),
    access=Access.WORKSPACE_LEAD,
    reply=list[ModelsGroup],
    errors={Reason.FORBIDDEN: NO_ACCESS},
)

POST_WORKSPACE_GROUP = Operation(
    id="post_workspace_groups",
    method="POST",
    path="/workspaces/{workspace_id}/groups",
    summary="Make a group in a workspace.",
    apis=("GroupsApi",),
    access=Access.WORKSPACE_ADMIN,
    body=GroupNamePayload,
    reply=ModelsGroup,
    errors={**_NAME, Reason.FORBIDDEN: NO_ACCESS},
)

PUT_WORKSPACE_GROUP = Operation(
    id="put_workspace_groups",
    method="PUT",
    path="/workspaces/{workspace_id}/groups/{group_id}",
    summary="Rename a group in a workspace.",
    apis=("GroupsApi",),
    access=Access.WORKSPACE_ADMIN,
    body=GroupNamePayload,
    reply=ModelsGroup,
    errors={
        **_NAME,
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.INVALID_GROUP_ID: _NO_GROUP,
        Reason.GROUP_NOT_FOUND: _NO_GROUP,
    },
)

DELETE_WORKSPACE_GROUP = Operation(
    id="delete_workspace_groups",
    method="DELETE",
    path="/workspaces/{workspace_id}/groups/{group_id}",
    summary="Delete a group in a workspace.",
    apis=("GroupsApi",),
    access=Access.WORKSPACE_ADMIN,
    errors={Reason.FORBIDDEN: NO_ACCESS, Reason.INVALID_GROUP_ID: _NO_GROUP, Reason.GROUP_NOT_FOUND: _NO_GROUP},
)

OPERATIONS = (
    GET_GROUPS,
    POST_GROUP,
    PUT_GROUP,
    PATCH_GROUP,
    DELETE_GROUP,
    GET_ORGANIZATION_WORKSPACE_GROUPS,
    GET_WORKSPACE_GROUPS,
    POST_WORKSPACE_GROUP,
    PUT_WORKSPACE_GROUP,
    DELETE_WORKSPACE_GROUP,
)
