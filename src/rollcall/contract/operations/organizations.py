"""Operations on organizations themselves."""

from __future__ import annotations

from rollcall.contract.models.organization import (
    ModelsMeOrganization,
    ModelsPostPayload,
    ModelsPutPayload,
    OrganizationPostOrganizationReply,
)
from rollcall.contract.operation import Access, Operation
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

POST_ORGANIZATION = Operation(
    id="post_organization",
    method="POST",
    path="/organizations",
    summary="Make an organization with one workspace, owned by who asks.",
    apis=("OrganizationsApi",),
    access=Access.ACCOUNT,
    body=ModelsPostPayload,
    body_argument="post_organizations_request",
    reply=OrganizationPostOrganizationReply,
    errors={
        Reason.INVALID_JSON: Problem(400, "Invalid JSON input"),
        Reason.NAME_EMPTY: Problem(400, "Field 'name' cannot be empty."),
        Reason.NAME_TOO_LONG: Problem(400, "organization name too long, maximum length is 140"),
        Reason.WORKSPACE_NAME_EMPTY: Problem(400, "workspace name must contain non-space characters"),
        Reason.WORKSPACE_NAME_MISSING: Problem(400, "workspace name must be provided"),
        Reason.WORKSPACE_NAME_TOO_LONG: Problem(400, "workspace name must not be longer than 140"),
        Reason.MAY_NOT_CREATE: Problem(403, "User is not authorized to create an organization"),
    },
)

GET_ORGANIZATION = Operation(
    id="get_organization",
    method="GET",
    path="/organizations/{organization_id}",
    summary="An organization and the plan it is on.",
    apis=("OrganizationsApi",),
    access=Access.MEMBER,
    denied=Reason.NOT_A_MEMBER,
    reply=ModelsMeOrganization,
    errors={
        Reason.INVALID_ORGANIZATION_ID: Problem(404, "Invalid organization ID"),
        Reason.NOT_A_MEMBER: Problem(404, "User not part of organization"),
    },
)

PUT_ORGANIZATION = Operation(
    id="put_organization",
    method="PUT",
    path="/organizations/{organization_id}",
    summary="Rename an organization.",
    apis=("OrganizationsApi",),
    access=Access.ORGANIZATION_ADMIN,
    body=ModelsPutPayload,
    body_argument="put_organizations_request",
    reply=str,
    errors={
        Reason.INVALID_JSON: Problem(400, "Invalid JSON input"),
        Reason.INVALID_ORGANIZATION_ID: Problem(400, "Invalid organization ID"),
        Reason.NOTHING_TO_CHANGE: Problem(400, "At least one field is required"),
        Reason.NAME_EMPTY: Problem(400, "field 'name' cannot be empty"),
        Reason.NAME_TOO_LONG: Problem(400, "organization name too long, maximum length is 140"),
        Reason.FORBIDDEN: Problem(403, "User is not authorized to update the organization"),
    },
)

_LEAVING = {
    Reason.NOT_A_MEMBER: Problem(400, "The user does not belong to the organization."),
    Reason.PAYER_STAYS: Problem(400, "Cannot remove the paying user."),
    Reason.OWNER_STAYS: Problem(400, "Cannot remove the organization owner."),
    Reason.FORBIDDEN: Problem(
        403,
        "User does not have access to this resource.",
        never="every member may leave, and who is no member is answered with 400",
    ),
}

LEAVE_ORGANIZATION = Operation(
    id="delete_organization_users_leave",
    method="DELETE",
    path="/organizations/{organization_id}/users/leave",
    summary="Leave an organization; the last to leave deletes it.",
    apis=("OrganizationsApi", "UsersApi"),
    access=Access.MEMBER,
    denied=Reason.NOT_A_MEMBER,
    reply=str,
    errors=_LEAVING,
)

LEAVE_ORGANIZATION_OLD = Operation(
    id="delete_organization_users",
    method="DELETE",
    path="/organizations/{organization_id}/users",
    summary="Leave an organization, by its older path.",
    apis=("OrganizationsApi",),
    access=Access.MEMBER,
    denied=Reason.NOT_A_MEMBER,
    reply=str,
    errors=_LEAVING,
)

OPERATIONS = (
    POST_ORGANIZATION,
    GET_ORGANIZATION,
    PUT_ORGANIZATION,
    LEAVE_ORGANIZATION,
    LEAVE_ORGANIZATION_OLD,
)
