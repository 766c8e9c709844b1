"""Operations on the people of a workspace."""

from __future__ import annotations

import msgspec
from msgspec import field

from rollcall.contract.models.workspace_user import (
    ModelsOrganizationWorkspaceUser,
    ModelsSimpleWorkspaceUser,
    ModelsWorkspaceUser,
    UserAssignmentsPayload,
    WorkspaceUserPayload,
    WorkspaceUsersPatchParams,
)
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.account import SERVER_ERROR
from rollcall.contract.operations.groups import NO_RESOURCE
from rollcall.contract.operations.workspaces import NO_ACCESS
from rollcall.contract.paging import MAXIMUM_PER_PAGE, PAGING
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

_FORBIDDEN = Problem(403, "Forbidden")
_BAD_REQUEST = Problem(400, "Bad Request")
_NO_WORKSPACE = Problem(400, "Workspace not found/accessible")
_NO_WORKSPACE_USER = Problem(400, "Workspace user not found/accessible by user")
_HIDDEN_WORKSPACE_USER = Problem(403, "Workspace user is not found or accessible")

_STAYING = {
    Reason.OWNER_STAYS: Problem(400, "Cannot remove workspace owner."),
    Reason.PAYER_STAYS: Problem(400, "Cannot remove paying user."),
    Reason.ADMIN_STAYS: Problem(400, "Cannot remove organization admin."),
}

_CHANGING = {
    Reason.WORKING_HOURS_NOT_POSITIVE: Problem(400, "Working hours must be positive or null"),
    Reason.INVALID_ROLE_ID: Problem(400, "Invalid role_id."),
    Reason.ROLE_GIVEN_TWICE: Problem(400, "Cannot use both admin flags and role_id."),
    Reason.INVALID_SETTING: Problem(400, "Invalid {field}"),
    # No document says what comes of these.
    Reason.ADMIN_STAYS: Problem(400, "Organization admins are active admins of every workspace."),
    Reason.PAYER_STAYS_ACTIVE: Problem(400, "Cannot deactivate paying user."),
    Reason.PLAN_REQUIRED: Problem(402, "Must be a premium user to use {feature}"),
}


class OrganizationWorkspaceUsersQuery(msgspec.Struct, frozen=True):
    """Query of the people of a workspace, as asked for through its organization.

    Attributes:
        name: Part of the name.
        search: Part of the name or the e-mail address.
        custom_rates: Whether they have a rate of their own.
        active: Only those who are not deactivated.
    """

    name: str | None = None
    search: str | None = None
    page: int = 1
    per_page: int = MAXIMUM_PER_PAGE
    custom_rates: bool | None = None
    active: bool = False


class WorkspaceUsersQuery(msgspec.Struct, frozen=True):
    """Query of the short list of the people of a workspace.

    Attributes:
        exclude_deleted: Leave out those who are deactivated.
    """

    exclude_deleted: bool = False
    page: int = 1
    per_page: int = MAXIMUM_PER_PAGE


class WorkspaceWorkspaceUsersQuery(msgspec.Struct, frozen=True):
    """Query of the list of the people of a workspace.

    Attributes:
        include_indirect: `true` or `True` adds those who belong to it through a group only; any other text does not,
            since Toggl documents a string and no error.
    """

    include_indirect: str = field(name="includeIndirect", default="")
    page: int = 1
    per_page: int = MAXIMUM_PER_PAGE


GET_ORGANIZATION_WORKSPACE_USERS = Operation(
    id="get_organization_workspaces_workspaceusers",
    method="GET",
    path="/organizations/{organization_id}/workspaces/{workspace_id}/workspace_users",
    summary="The people of a workspace of an organization, directly or through a group.",
    apis=("UsersApi",),
    access=Access.WORKSPACE_MEMBER,
    query=OrganizationWorkspaceUsersQuery,
    required_query=("name",),
    reply=list[ModelsOrganizationWorkspaceUser],
    errors={
        **PAGING,
        Reason.FORBIDDEN: _FORBIDDEN,
        Reason.INVALID_ORGANIZATION_ID: NO_RESOURCE,
        Reason.INVALID_WORKSPACE_ID: NO_RESOURCE,
    },
)

PATCH_ORGANIZATION_WORKSPACE_USERS = Operation(
    id="patch_organization_workspace_users",
    method="PATCH",
    path="/organizations/{organization_id}/workspaces/{workspace_id}/workspace_users",
    summary="Remove people from a workspace: all of them, or none where one may not be removed.",
    apis=("UsersApi",),
    access=Access.WORKSPACE_ADMIN,
    body=WorkspaceUsersPatchParams,
    body_argument="params",
    reply=str,
    errors={
        Reason.INVALID_JSON: Problem(400, "JSON is not valid"),
        Reason.IDS_MISSING: Problem(400, "At least one workspace user ID must be supplied."),
        Reason.IDS_NOT_UNIQUE: Problem(400, 'Workspace user IDs must be unique"'),
        Reason.IDS_UNKNOWN: Problem(400, "Wrong workspace user IDs"),
        **_STAYING,
        Reason.FORBIDDEN: _FORBIDDEN,
    },
)

PUT_ASSIGNMENTS = Operation(
    id="put_organization_workspaces_assignments",
    method="PUT",
    path="/organizations/{organization_id}/workspaces/{workspace_id}/assignments",
    summary="Put people and groups into a workspace or take them out: all as told, or nothing.",
    apis=("OrganizationsApi", "UsersApi"),
    access=Access.WORKSPACE_ADMIN,
    body=UserAssignmentsPayload | list[UserAssignmentsPayload],
    body_argument="post",
    reply=str,
    errors={
        Reason.INVALID_JSON: Problem(400, "Invalid JSON input"),
        Reason.INVALID_ORGANIZATION_ID: Problem(400, "Invalid organization ID."),
        Reason.NOTHING_TO_CHANGE: Problem(400, "Nothing to change."),
        Reason.INVALID_ASSIGNMENT: Problem(400, "Field operation can contain only 'add' or 'remove'."),
        Reason.USER_AND_GROUP: Problem(400, "Cannot send user_id and group_id in the same element."),
        Reason.USER_OR_GROUP_MISSING: Problem(400, "One of user_id or group_id is required."),
        Reason.USER_NOT_IN_ORGANIZATION: Problem(400, "Invalid user_id."),
        **_STAYING,
        Reason.GROUP_NOT_FOUND: Problem(400, "Invalid group_id."),
        Reason.INVALID_WORKSPACE_ID: Problem(400, "Invalid workspace ID."),
        Reason.FORBIDDEN: _FORBIDDEN,
    },
)

GET_WORKSPACE_USERS = Operation(
    id="get_workspace_users",
    method="GET",
    path="/workspaces/{workspace_id}/users",
    summary="The people of a workspace, in short.",
    apis=("UsersApi",),
    access=Access.WORKSPACE_MEMBER,
    query=WorkspaceUsersQuery,
    reply=list[ModelsSimpleWorkspaceUser],
    errors={**PAGING, Reason.FORBIDDEN: NO_ACCESS, Reason.SERVER_ERROR: SERVER_ERROR},
)

PUT_WORKSPACE_USER_OF_ACCOUNT = Operation(
    id="put_workspace_users",
    method="PUT",
    path="/workspaces/{workspace_id}/users/{user_id}",
    summary="Change what somebody is in a workspace, by the number of their account.",
    apis=("UsersApi",),
    access=Access.WORKSPACE_ADMIN,
    body=WorkspaceUserPayload,
    body_required=False,
    reply=str,
    errors={
        **_CHANGING,
        Reason.INVALID_JSON: _BAD_REQUEST,
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.USER_NOT_FOUND: Problem(404, "Not Found"),
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

GET_WORKSPACE_WORKSPACE_USERS = Operation(
    id="get_workspace_workspace_users",
    method="GET",
    path="/workspaces/{workspace_id}/workspace_users",
    summary="The people of a workspace.",
    apis=("UsersApi",),
    access=Access.WORKSPACE_MEMBER,
    query=WorkspaceWorkspaceUsersQuery,
    required_query=("include_indirect",),
    reply=list[ModelsWorkspaceUser],
    errors={
        **PAGING,
        Reason.INVALID_WORKSPACE_ID: Problem(400, "Workspace not found"),
        Reason.USER_NOT_FOUND: Problem(400, "User not found", never="no user is named but the one who asks"),
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

PUT_WORKSPACE_USER = Operation(
    id="put_workspace_workspace_users",
    method="PUT",
    path="/workspaces/{workspace_id}/workspace_users/{workspace_user_id}",
    summary="Change what somebody is in a workspace.",
    apis=("UsersApi",),
    access=Access.WORKSPACE_ADMIN,
    body=WorkspaceUserPayload,
    body_argument="post",
    reply=str,
    errors={
        **_CHANGING,
        Reason.INVALID_WORKSPACE_ID: _NO_WORKSPACE,
        Reason.INVALID_WORKSPACE_USER_ID: _NO_WORKSPACE_USER,
        Reason.WORKSPACE_USER_NOT_FOUND: _NO_WORKSPACE_USER,
        Reason.USER_NOT_FOUND: Problem(
            400, "User not found", never="a workspace user is named, and one that is unknown has its own text"
        ),
        Reason.USER_NOT_IN_ORGANIZATION: Problem(
            400, "User does not exist in the organization.", never="who is in a workspace is in its organization"
        ),
        Reason.USER_NOT_IN_WORKSPACE: Problem(
            400,
            "User does not exist in the workspace.",
            never="a workspace user of another workspace is answered like one that does not exist",
        ),
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

DELETE_WORKSPACE_USER = Operation(
    id="delete_workspace_user",
    method="DELETE",
    path="/workspaces/{workspace_id}/workspace_users/{workspace_user_id}",
    summary="Remove somebody from a workspace.",
    apis=("UsersApi",),
    access=Access.WORKSPACE_ADMIN,
    errors={
        Reason.INVALID_WORKSPACE_ID: _BAD_REQUEST,
        Reason.INVALID_WORKSPACE_USER_ID: _BAD_REQUEST,
        **_STAYING,
        Reason.FORBIDDEN: _HIDDEN_WORKSPACE_USER,
        Reason.WORKSPACE_USER_NOT_FOUND: _HIDDEN_WORKSPACE_USER,
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

OPERATIONS = (
    GET_ORGANIZATION_WORKSPACE_USERS,
    PATCH_ORGANIZATION_WORKSPACE_USERS,
    PUT_ASSIGNMENTS,
    GET_WORKSPACE_USERS,
    PUT_WORKSPACE_USER_OF_ACCOUNT,
    GET_WORKSPACE_WORKSPACE_USERS,
    PUT_WORKSPACE_USER,
    DELETE_WORKSPACE_USER,
)
