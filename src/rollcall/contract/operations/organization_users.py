"""Operations on the people of an organization."""

from __future__ import annotations

from typing import Literal

import msgspec

from rollcall.contract.models.organization_user import (
    ModelsOrgUser,
    ModelsOrgUserDetailed,
    OrganizationUserPayload,
    UserPatchParams,
)
from rollcall.contract.operation import Access, Operation
from rollcall.contract.paging import DEFAULT_PER_PAGE, PAGING
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

INVALID_ORGANIZATION = Problem(400, "Missing or invalid organization_id.")
ACTIVE_USER_LIMIT = Problem(400, "Active user limit is {maximum}. Upgrade to add more active users")


class OrganizationUsersQuery(msgspec.Struct, frozen=True):
    """Query of the lists of organization users, which are sorted by name.

    Attributes:
        filter: Part of the name or the e-mail address.
        active_status: Any of these; all where none is given.
        groups: In any of these.
        workspaces: In any of these, directly or through a group.
    """

    filter: str | None = None
    active_status: tuple[Literal["active", "inactive", "invited"], ...] = ()
    only_admins: bool = False
    groups: tuple[int, ...] = ()
    workspaces: tuple[int, ...] = ()
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE
    sort_dir: Literal["asc", "desc"] = "asc"


_LISTING = {
    Reason.INVALID_ORGANIZATION_ID: INVALID_ORGANIZATION,
    Reason.INVALID_ACTIVE_STATUS: Problem(
        400, "active_status parameter can contain only 'active', 'inactive' or 'invited'."
    ),
    Reason.INVALID_ONLY_ADMINS: Problem(400, "only_admins parameter can contain only 'true' or 'false'."),
    **PAGING,
    Reason.INVALID_SORT_DIR: Problem(400, "sort_dir parameter can contain only 'asc' or 'desc'."),
    Reason.INVALID_GROUPS: Problem(400, "Invalid value sent for 'groups'."),
    Reason.INVALID_WORKSPACES: Problem(400, "Invalid value sent for 'workspaces'."),
}

GET_ORGANIZATION_USERS = Operation(
    id="get_organization_users",
    method="GET",
    path="/organizations/{organization_id}/users",
    summary="The people of an organization.",
    apis=("OrganizationsApi", "UsersApi"),
    access=Access.ORGANIZATION_ADMIN,
    query=OrganizationUsersQuery,
    reply=list[ModelsOrgUser],
    errors={**_LISTING, Reason.FORBIDDEN: Problem(403, "User is not authorized to list the organization users")},
)

GET_ORGANIZATION_USERS_DETAILED = Operation(
    id="get_organization_users_detailed",
    method="GET",
    path="/organizations/{organization_id}/users/detailed",
    summary="The people of an organization, also under the names of fields that older versions had.",
    apis=("OrganizationsApi", "UsersApi"),
    access=Access.ORGANIZATION_ADMIN,
    query=OrganizationUsersQuery,
    reply=list[ModelsOrgUserDetailed],
    errors={
        **_LISTING,
        Reason.WORKSPACE_NOT_FOUND: Problem(400, "user cannot access specified workspace id."),
        Reason.FORBIDDEN: Problem(403, "Forbidden"),
    },
)

PATCH_ORGANIZATION_USERS = Operation(
    id="patch_organization_users",
    method="PATCH",
    path="/organizations/{organization_id}/users",
    summary="Remove people from an organization: all of them, or none where one may not be removed.",
    apis=("OrganizationsApi", "UsersApi"),
    access=Access.ORGANIZATION_ADMIN,
    body=UserPatchParams,
    body_argument="params",
    reply=str,
    errors={
        Reason.INVALID_ORGANIZATION_ID: Problem(400, "Missing or invalid organization_id"),
        Reason.IDS_MISSING: Problem(400, "At least one organization user ID must be supplied."),
        Reason.IDS_NOT_UNIQUE: Problem(400, "Organization user IDs must be unique."),
        Reason.IDS_UNKNOWN: Problem(
            400,
            "The following organization user IDs do not belong to this organization: '{organization_user_ids}'.",
        ),
        Reason.PAYER_STAYS: Problem(
            400, "Cannot remove the paying user with organization user ID='{organization_user_id}'."
        ),
        Reason.OWNER_STAYS: Problem(
            400, "Cannot remove the organization owner user with organization user ID='{organization_user_id}'."
        ),
        Reason.FORBIDDEN: Problem(403, "User is not authorized to delete the organization user"),
    },
)

PUT_ORGANIZATION_USER = Operation(
    id="put_organization_users",
    method="PUT",
    path="/organizations/{organization_id}/users/{organization_user_id}",
    summary="Change one of the people of an organization: their account, role, groups and workspaces.",
    apis=("OrganizationsApi", "UsersApi"),
    access=Access.ORGANIZATION_ADMIN,
    body=OrganizationUserPayload,
    body_argument="params",
    keyword_only=("organization_user_id",),
    reply=str,
    errors={
        Reason.INVALID_ORGANIZATION_ID: INVALID_ORGANIZATION,
        Reason.INVALID_ROLE_ID: Problem(400, "Invalid role_id."),
        Reason.ROLE_GIVEN_TWICE: Problem(400, "Cannot use both admin flags and role_id."),
        Reason.USER_NOT_IN_ORGANIZATION: Problem(400, "User does not exist in the organization."),
        Reason.NOTHING_TO_CHANGE: Problem(400, "At least one field is required."),
        Reason.NAME_EMPTY: Problem(400, "Field 'name' cannot be empty."),
        Reason.INVALID_FULLNAME: Problem(400, "Invalid name"),
        Reason.EMAIL_MISSING: Problem(400, "Missing e-mail."),
        Reason.INVALID_EMAIL: Problem(400, "Invalid e-mail: '{email}'"),
        Reason.EMAIL_TAKEN: Problem(400, "Email already exists."),
        Reason.GROUP_NOT_FOUND: Problem(400, "Group '{group_id}' is not in Organization '{organization_id}'."),
        Reason.WORKSPACE_NOT_FOUND: Problem(
            400, "Workspace '{workspace_id}' is not in Organization '{organization_id}'."
        ),
        Reason.OWNER_STAYS_ADMIN: Problem(400, "Cannot remove admin privileges from owner."),
        Reason.OWNER_STAYS_ACTIVE: Problem(400, "Cannot deactivate owner."),
        Reason.PAYER_STAYS_ADMIN: Problem(400, "Cannot remove admin privileges from paying user."),
        Reason.PAYER_STAYS_ACTIVE: Problem(400, "Cannot deactivate paying user."),
        Reason.SEVERAL_ORGANIZATIONS: Problem(400, "User has multiple organizations."),
        Reason.INVALID_ORGANIZATION_ROLE: Problem(400, "Invalid organization role."),
        Reason.UNKNOWN_ROLE_ID: Problem(400, "Invalid role ID: {role_id}."),
        Reason.INVALID_WORKSPACE_ROLE: Problem(400, "Invalid workspace role with ID: {role_id}."),
        Reason.ACTIVE_USER_LIMIT: ACTIVE_USER_LIMIT,
        Reason.WORKING_HOURS_NOT_POSITIVE: Problem(400, "Working hours must be positive or null"),
        Reason.INVALID_SETTING: Problem(400, "Invalid {field}"),
        Reason.FORBIDDEN: Problem(403, "User is not authorized to update the organization user"),
        Reason.INVALID_ORGANIZATION_USER_ID: Problem(404, "Invalid organization user ID."),
        Reason.USER_NOT_LOADED: Problem(404, "Failed to load user data."),
    },
)

OPERATIONS = (
    GET_ORGANIZATION_USERS,
    GET_ORGANIZATION_USERS_DETAILED,
    PATCH_ORGANIZATION_USERS,
    PUT_ORGANIZATION_USER,
)
