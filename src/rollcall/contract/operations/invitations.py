"""Operations on invitations into an organization."""

from __future__ import annotations

from typing import Literal

import msgspec

from rollcall.contract.models.invitation import (
    InvitationPost,
    InvitationResult,
    ModelsSSOInvitation,
    OrganizationInvitation,
)
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.account import SERVER_ERROR
from rollcall.contract.operations.organization_users import ACTIVE_USER_LIMIT
from rollcall.contract.paging import DEFAULT_PER_PAGE, PAGING
from rollcall.contract.problem import COMMON, Problem
from rollcall.contract.reason import Reason

_FORBIDDEN = Problem(403, "Forbidden")
_INVALID_ORGANIZATION = Problem(400, "Invalid organization id")
_SETTLED = Problem(400, "The invitation is {state} already")
_MISSPELT = {"inviutation_code": "invitation_code"}


class InvitationsQuery(msgspec.Struct, frozen=True):
    """Query of the invitations of an organization, newest first.

    Attributes:
        state: Any of these; all where none is given.
    """

    state: tuple[Literal["pending", "accepted", "rejected", "revoked", "expired"], ...] = ()
    page: int = 1
    per_page: int = DEFAULT_PER_PAGE


GET_INVITATIONS = Operation(
    id="get_organization_invitations",
    method="GET",
    path="/organizations/{organization_id}/invitations",
    summary="The invitations of an organization, pending and past, without their codes. Not in Toggl's API.",
    apis=("InvitationsApi",),
    access=Access.SOME_WORKSPACE_ADMIN,
    query=InvitationsQuery,
    reply=list[OrganizationInvitation],
    errors={**PAGING, Reason.INVALID_ORGANIZATION_ID: _INVALID_ORGANIZATION, Reason.FORBIDDEN: _FORBIDDEN},
)

POST_INVITATION = Operation(
    id="post_organization_invitation",
    method="POST",
    path="/organizations/{organization_id}/invitations",
    summary="Invite people into an organization, its workspaces and groups.",
    apis=("OrganizationsApi",),
    access=Access.SOME_WORKSPACE_ADMIN,
    body=InvitationPost,
    body_argument="post_invitation_request",
    reply=InvitationResult,
    errors={
        Reason.INVALID_JSON: Problem(400, "Invalid JSON input"),
        Reason.INVALID_ORGANIZATION_ID: _INVALID_ORGANIZATION,
        Reason.EMAILS_MISSING: Problem(400, "at least one email is required"),
        Reason.WORKSPACES_MISSING: Problem(400, "at least one workspace is required"),
        Reason.EMAIL_MISSING: Problem(400, "Missing e-mail"),
        Reason.INVALID_EMAIL: Problem(400, "Invalid e-mail: '{email}'"),
        Reason.WORKSPACE_NOT_FOUND: Problem(400, "invalid workspace ID"),
        Reason.GROUP_NOT_FOUND: Problem(400, "invalid group ID"),
        Reason.PROJECT_NOT_FOUND: Problem(400, "invalid project ID"),
        Reason.INVALID_WORKSPACE_ROLE: Problem(400, "Invalid workspace role with ID: {role_id}."),
        Reason.INVALID_ROLE_ID: Problem(400, "Invalid role_id."),
        Reason.ROLE_GIVEN_TWICE: Problem(400, "Cannot use both admin flags and role_id."),
        Reason.ACTIVE_USER_LIMIT: ACTIVE_USER_LIMIT,
        Reason.INVITATION_LIMIT: Problem(400, "Invitation limit reached (please try again later; or upgrade)"),
        Reason.INACTIVE_MEMBER: Problem(
            400, "User with e-mail '{email}' is already an inactive member of the organization"
        ),
        Reason.FORBIDDEN: _FORBIDDEN,
    },
)

RESEND_INVITATION = Operation(
    id="put_organization_invitation_resend",
    method="PUT",
    path="/organizations/{organization_id}/invitations/{invitation_id}/resend",
    summary="Mail an invitation again, with a new code; the old one stops working.",
    apis=("InvitationsApi",),
    access=Access.SOME_WORKSPACE_ADMIN,
    hidden=Reason.INVITATION_NOT_FOUND,
    reply=str,
    errors={
        Reason.INVITATION_ELSEWHERE: Problem(
            400,
            "Organization ID and invitation organization ID mismatch",
            never="an invitation of another organization is answered like one that does not exist",
        ),
        Reason.INVITATION_SETTLED: _SETTLED,
        Reason.FORBIDDEN: COMMON[Reason.FORBIDDEN],
        Reason.INVITATION_NOT_FOUND: Problem(404, "Invitation code not found"),
    },
)

REVOKE_INVITATION = Operation(
    id="delete_organization_invitation",
    method="DELETE",
    path="/organizations/{organization_id}/invitations/{invitation_id}",
    summary="Take an invitation back; its code stops working. Not in Toggl's API.",
    apis=("InvitationsApi",),
    access=Access.SOME_WORKSPACE_ADMIN,
    reply=str,
    errors={
        Reason.INVALID_ORGANIZATION_ID: _INVALID_ORGANIZATION,
        Reason.INVITATION_SETTLED: _SETTLED,
        Reason.FORBIDDEN: _FORBIDDEN,
        Reason.INVITATION_NOT_FOUND: Problem(404, "Invitation not found"),
    },
)

ACCEPT_INVITATION = Operation(
    id="post_organization_accept_invitation",
    method="POST",
    path="/organizations/invitations/{invitation_code}/accept",
    summary="Accept an invitation: the invited person joins, and who invited them is told by mail.",
    apis=("OrganizationsApi",),
    access=Access.OPTIONAL,
    reply=str,
    aliases=_MISSPELT,
    errors={
        Reason.ACTIVE_USER_LIMIT: ACTIVE_USER_LIMIT,
        Reason.FORBIDDEN: _FORBIDDEN,
        Reason.INVALID_INVITATION_CODE: Problem(404, "Invalid invitation code"),
    },
)

REJECT_INVITATION = Operation(
    id="post_organization_reject_invitation",
    method="POST",
    path="/organizations/invitations/{invitation_code}/reject",
    summary="Reject an invitation.",
    apis=("InvitationsApi",),
    access=Access.OPTIONAL,
    reply=str,
    aliases=_MISSPELT,
    errors={
        Reason.FORBIDDEN: _FORBIDDEN,
        Reason.INVALID_INVITATION_CODE: Problem(404, "Invalid invitation code"),
    },
)

GET_INVITATION = Operation(
    id="get_invitation",
    method="GET",
    path="/invitations/{invitation_code}",
    summary="Who invites whom, and where to, for who has the code.",
    apis=("InvitationsApi",),
    access=Access.PUBLIC,
    reply=ModelsSSOInvitation,
    errors={
        Reason.INVALID_INVITATION_CODE: Problem(404, "Invitation not found"),
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

OPERATIONS = (
    GET_INVITATIONS,
    POST_INVITATION,
    RESEND_INVITATION,
    REVOKE_INVITATION,
    ACCEPT_INVITATION,
    REJECT_INVITATION,
    GET_INVITATION,
)
