"""The rules, one module per noun. No HTTP, no SQL text.

Which rule does which operation stands here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from rollcall.contract.operations import account as account_operations
from rollcall.contract.operations import invitations as invitation_operations
from rollcall.contract.operations import organizations as organization_operations
from rollcall.contract.operations import passwords as password_operations
from rollcall.contract.operations import workspaces as workspace_operations
from rollcall.server.domain import (
    accounts,
    invitation_answers,
    invitations,
    inviting,
    lost_passwords,
    organizations,
    sessions,
    signup,
    status,
    workspaces,
)


class Rule(msgspec.Struct, frozen=True):
    """What does an operation.

    Attributes:
        do: Called with the unit of work and, by name, what the operation takes: the ids of its path, `query`, `body`.
        prepare: Does what is too slow for a transaction before it begins; what it returns is passed on as `prepared`.
    """

    do: Callable[..., Awaitable[Any]]
    prepare: Callable[..., Awaitable[Any]] | None = None


RULES: dict[str, Rule] = {
    account_operations.SIGNUP.id: Rule(signup.sign_up, signup.prepare),
    account_operations.GET_ME.id: Rule(accounts.show),
    account_operations.PUT_ME.id: Rule(accounts.change, accounts.prepare_change),
    account_operations.GET_ME_ID.id: Rule(accounts.show_id),
    account_operations.GET_ME_LOGGED.id: Rule(accounts.show_logged),
    account_operations.RESET_TOKEN.id: Rule(accounts.reset_token),
    account_operations.POST_SESSION.id: Rule(sessions.open_session),
    account_operations.DELETE_SESSION.id: Rule(sessions.close_session),
    account_operations.GET_ME_ORGANIZATIONS.id: Rule(organizations.list_mine),
    account_operations.GET_ME_WORKSPACES.id: Rule(workspaces.list_mine),
    account_operations.GET_STATUS.id: Rule(status.show),
    password_operations.POST_LOST_PASSWORD.id: Rule(lost_passwords.ask),
    password_operations.GET_LOST_PASSWORD.id: Rule(lost_passwords.check),
    password_operations.CONFIRM_LOST_PASSWORD.id: Rule(lost_passwords.confirm, lost_passwords.prepare_confirm),
    password_operations.POST_LOST_PASSWORD_OF_USER.id: Rule(lost_passwords.ask_for_user),
    invitation_operations.GET_INVITATIONS.id: Rule(invitations.list_all),
    invitation_operations.POST_INVITATION.id: Rule(inviting.invite),
    invitation_operations.RESEND_INVITATION.id: Rule(invitations.resend),
    invitation_operations.REVOKE_INVITATION.id: Rule(invitations.revoke),
    invitation_operations.ACCEPT_INVITATION.id: Rule(invitation_answers.accept),
    invitation_operations.REJECT_INVITATION.id: Rule(invitation_answers.reject),
    invitation_operations.GET_INVITATION.id: Rule(invitations.show),
    organization_operations.POST_ORGANIZATION.id: Rule(organizations.create),
    organization_operations.GET_ORGANIZATION.id: Rule(organizations.show),
    organization_operations.PUT_ORGANIZATION.id: Rule(organizations.rename),
    organization_operations.LEAVE_ORGANIZATION.id: Rule(organizations.leave),
    organization_operations.LEAVE_ORGANIZATION_OLD.id: Rule(organizations.leave),
    workspace_operations.POST_WORKSPACE.id: Rule(workspaces.create),
    workspace_operations.GET_WORKSPACES.id: Rule(workspaces.list_mine),
    workspace_operations.GET_WORKSPACE.id: Rule(workspaces.show),
    workspace_operations.PUT_WORKSPACE.id: Rule(workspaces.change),
}
"""The operations that are built, by their ids."""
