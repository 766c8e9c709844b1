"""Operations on lost passwords."""

from __future__ import annotations

import msgspec

from rollcall.contract.models.password import MeLostPasswordPayload, ModelsLostPassword, UsersLostPasswordURL
from rollcall.contract.operation import Access, Operation
from rollcall.contract.operations.account import PASSWORD_LENGTH
from rollcall.contract.operations.workspaces import NO_ACCESS
from rollcall.contract.problem import Problem
from rollcall.contract.reason import Reason

_INVALID_CODE = Problem(404, "The code is wrong, used or expired")


class LostPasswordQuery(msgspec.Struct, frozen=True):
    """Query of `GET /me/lost_passwords`."""

    token_code: str = ""


POST_LOST_PASSWORD = Operation(
    id="post_me_lost_passwords",
    method="POST",
    path="/me/lost_passwords",
    summary="Have a code mailed that allows to set a new password; the reply is alike for every address.",
    apis=("MeApi",),
    access=Access.PUBLIC,
    body=ModelsLostPassword,
    reply=str,
    errors={Reason.INVALID_EMAIL: Problem(400, "Invalid email")},
)

GET_LOST_PASSWORD = Operation(
    id="get_me_lost_passwords",
    method="GET",
    path="/me/lost_passwords",
    summary="Whether a mailed code works; asking does not use it up.",
    apis=("MeApi",),
    access=Access.PUBLIC,
    query=LostPasswordQuery,
    required_query=("token_code",),
    reply=str,
    errors={Reason.INVALID_TOKEN_CODE: _INVALID_CODE},
)

CONFIRM_LOST_PASSWORD = Operation(
    id="post_me_lost_passwords_confirm",
    method="POST",
    path="/me/lost_passwords/confirm",
    summary="Set a new password by a mailed code.",
    apis=("MeApi",),
    access=Access.PUBLIC,
    body=MeLostPasswordPayload,
    reply=str,
    errors={**PASSWORD_LENGTH, Reason.INVALID_TOKEN_CODE: _INVALID_CODE},
)

POST_LOST_PASSWORD_OF_USER = Operation(
    id="post_workspace_users_lost_password",
    method="POST",
    path="/workspaces/{workspace_id}/users/{user_id}/lost_password",
    summary="Where somebody of a workspace can set a new password, to be handed on to them.",
    apis=("UsersApi",),
    access=Access.ORGANIZATION_ADMIN,
    reply=UsersLostPasswordURL,
    errors={
        Reason.SEVERAL_ORGANIZATIONS: Problem(400, "User has multiple organizations."),
        Reason.FORBIDDEN: NO_ACCESS,
        Reason.USER_NOT_FOUND: Problem(404, "User not found"),
    },
)

OPERATIONS = (POST_LOST_PASSWORD, GET_LOST_PASSWORD, CONFIRM_LOST_PASSWORD, POST_LOST_PASSWORD_OF_USER)
