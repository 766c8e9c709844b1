"""Operations on one's own account, and on the service itself."""

from __future__ import annotations

import msgspec

from rollcall.contract.models.account import (
    MePayload,
    MePostSessionHandlerRequestBody,
    MePostUser,
    ModelsTogglUser,
    ModelsUser,
    RelatedUserWithRelated,
    Status,
)
from rollcall.contract.models.organization import ModelsMeOrganization
from rollcall.contract.models.workspace import WorkspaceWithActiveProjectCount
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.organization_users import ACTIVE_USER_LIMIT
from rollcall.contract.problem import COMMON, Problem
from rollcall.contract.reason import Reason

_OWN = "who is logged in may always see and change their own account"
_LOADED = "credentials are only right while their account exists"

NO_ACCESS = Problem(403, "User does not have access to this resource.", never=_OWN)
NO_USER = Problem(404, "could not load user data", never=_LOADED)
SERVER_ERROR = COMMON[Reason.SERVER_ERROR]

PASSWORD_LENGTH = {
    Reason.PASSWORD_TOO_SHORT: Problem(400, "Password should be at least 6 characters"),
    Reason.PASSWORD_TOO_LONG: Problem(400, "Password should be at most {maximum} characters"),
}

_PERSON = {
    Reason.INVALID_COUNTRY_ID: Problem(400, "Invalid country_id"),
    Reason.INVALID_EMAIL: Problem(400, "Invalid email"),
    Reason.INVALID_FULLNAME: Problem(400, "Invalid fullname"),
    Reason.INVALID_TIMEZONE: Problem(400, "Invalid timezone"),
    **PASSWORD_LENGTH,
    Reason.EMAIL_TAKEN: Problem(400, "user with this email already exists"),
}


class MeQuery(msgspec.Struct, frozen=True):
    """Query of `GET /me`."""

    with_related_data: bool = False


class SinceQuery(msgspec.Struct, frozen=True):
    """Query of the lists of workspaces: only what changed since a moment, in seconds since 1970."""

    since: int | None = None


SIGNUP = Operation(
    id="post_signup",
    method="POST",
    path="/signup",
    summary="Make an account, with an organization of its own or by an invitation.",
    apis=("MeApi",),
    access=Access.PUBLIC,
    body=MePostUser,
    reply=ModelsTogglUser,
    errors={
        **_PERSON,
        Reason.INVALID_JSON: Problem(400, "Invalid JSON input"),
        Reason.TERMS_NOT_ACCEPTED: Problem(400, "tos_accepted must be true"),
        Reason.INVALID_INVITATION_CODE: Problem(404, "Invalid invitation code"),
        Reason.ACTIVE_USER_LIMIT: ACTIVE_USER_LIMIT,
        Reason.SIGNUP_CLOSED: Problem(403, "Sign-up is by invitation only: invitation_code is missing"),
        Reason.WORKSPACE_NAME_EMPTY: Problem(400, "workspace name must contain non-space characters"),
        Reason.WORKSPACE_NAME_TOO_LONG: Problem(400, "workspace name must not be longer than 140"),
    },
)

GET_ME = Operation(
    id="get_me",
    method="GET",
    path="/me",
    summary="One's own account.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    query=MeQuery,
    reply=RelatedUserWithRelated,
    errors={Reason.FORBIDDEN: NO_ACCESS, Reason.NOT_FOUND: NO_USER, Reason.SERVER_ERROR: SERVER_ERROR},
)

PUT_ME = Operation(
    id="put_me",
    method="PUT",
    path="/me",
    summary="Change one's own account.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    body=MePayload,
    reply=ModelsTogglUser,
    errors={
        **_PERSON,
        Reason.CURRENT_PASSWORD_WRONG: Problem(400, "Current password is not valid"),
        Reason.CURRENT_PASSWORD_MISSING: Problem(400, "Current password must be present to change password"),
        Reason.INVALID_BEGINNING_OF_WEEK: Problem(400, "Invalid beginning_of_week"),
        Reason.INVALID_DEFAULT_WORKSPACE_ID: Problem(400, "Invalid default_workspace_id"),
        Reason.FORBIDDEN: NO_ACCESS,
    },
)

GET_ME_ID = Operation(
    id="get_me_id",
    method="GET",
    path="/me/id",
    summary="The number of one's own account.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    reply=int,
    errors={Reason.FORBIDDEN: NO_ACCESS, Reason.NOT_FOUND: NO_USER, Reason.SERVER_ERROR: SERVER_ERROR},
)

GET_ME_LOGGED = Operation(
    id="get_me_logged",
    method="GET",
    path="/me/logged",
    summary="Whether one's credentials work.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    reply=str,
    errors={Reason.SERVER_ERROR: SERVER_ERROR},
)

RESET_TOKEN = Operation(
    id="post_me_reset_token",
    method="POST",
    path="/me/reset_token",
    summary="Replace one's API token; the old one stops working at once.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    reply=str,
    errors={Reason.FORBIDDEN: NO_ACCESS, Reason.SERVER_ERROR: SERVER_ERROR},
)

POST_SESSION = Operation(
    id="post_me_sessions",
    method="POST",
    path="/me/sessions",
    summary="Log in: sets the session cookie.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    body=MePostSessionHandlerRequestBody,
    body_required=False,
    reply=ModelsUser,
    errors={Reason.INVALID_JSON: Problem(400, "Invalid JSON input")},
)

DELETE_SESSION = Operation(
    id="delete_me_sessions",
    method="DELETE",
    path="/me/sessions",
    summary="Log out: ends the session of the cookie.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
)

GET_ME_ORGANIZATIONS = Operation(
    id="get_me_organizations",
    method="GET",
    path="/me/organizations",
    summary="The organizations one is part of.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    reply=list[ModelsMeOrganization],
    errors={Reason.SERVER_ERROR: SERVER_ERROR},
)

GET_ME_WORKSPACES = Operation(
    id="get_me_workspaces",
    method="GET",
    path="/me/workspaces",
    summary="The workspaces one belongs to.",
    apis=("MeApi",),
    access=Access.ACCOUNT,
    query=SinceQuery,
    reply=list[WorkspaceWithActiveProjectCount],
    errors={Reason.FORBIDDEN: NO_ACCESS, Reason.SERVER_ERROR: SERVER_ERROR},
)

GET_STATUS = Operation(
    id="get_status",
    method="GET",
    path="/status",
    summary="Whether the service and its database work.",
    apis=("StatusApi",),
    access=Access.PUBLIC,
    reply=Status,
    errors={
        Reason.TOO_MANY_REQUESTS: Problem(429, "Too Many Requests", never="asking for the status is not limited"),
        Reason.SERVER_ERROR: SERVER_ERROR,
    },
)

OPERATIONS = (
    SIGNUP,
    GET_ME,
    PUT_ME,
    GET_ME_ID,
    GET_ME_LOGGED,
    RESET_TOKEN,
    POST_SESSION,
    DELETE_SESSION,
    GET_ME_ORGANIZATIONS,
    GET_ME_WORKSPACES,
    GET_STATUS,
)
