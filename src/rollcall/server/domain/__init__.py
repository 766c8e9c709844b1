"""The rules, one module per noun. No HTTP, no SQL text.

Which rule does which operation stands here.
"""

from __future__ import annotations

import enum
from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from rollcall.contract.operations import account as account_operations
from rollcall.contract.operations import audit_logs as audit_log_operations
from rollcall.contract.operations import billing as billing_operations
from rollcall.contract.operations import groups as group_operations
from rollcall.contract.operations import invitations as invitation_operations
from rollcall.contract.operations import organization_users as organization_user_operations
from rollcall.contract.operations import organizations as organization_operations
from rollcall.contract.operations import ownership as ownership_operations
from rollcall.contract.operations import passwords as password_operations
from rollcall.contract.operations import quota as quota_operations
from rollcall.contract.operations import roles as role_operations
from rollcall.contract.operations import segmentation as segmentation_operations
from rollcall.contract.operations import statistics as statistics_operations
from rollcall.contract.operations import workspace_users as workspace_user_operations
from rollcall.contract.operations import workspaces as workspace_operations
from rollcall.server.domain import (
    accounts,
    assignments,
    audit_log,
    group_patches,
    groups,
    invitation_answers,
    invitations,
    inviting,
    invoices,
    lost_passwords,
    organization_user_changes,
    organization_user_lists,
    organization_users,
    organizations,
    owner_transfers,
    plans,
    quota,
    roles,
    segmentation,
    sessions,
    signup,
    statistics,
    status,
    workspace_groups,
    workspace_user_lists,
    workspace_users,
    workspaces,
)
from rollcall.server.domain.work import Service


class Reuse(enum.Enum):
    """To whom the reply of a read may be served again while the revision of its organization is the same."""

    REQUESTER = "who asked, in the same role"
    """It speaks of who asks, or goes by what is theirs: groups, the workspaces they lead."""
    RIGHTS = "whoever has the same role in the organization and in the workspace"
    """It says the same to all of these."""


class Rule(msgspec.Struct, frozen=True):
    """What does an operation.

    Attributes:
        do: Called with the unit of work and, by name, what the operation takes: the ids of its path, `query`, `body`.
        prepare: Does what is too slow for a transaction before it begins; what it returns is passed on as `prepared`.
        finish: Makes the reply of what a read returned, on another thread, where that is too slow for a transaction.
        reuse: To whom what a read returned may be served again; None where it depends on more than its organization:
            on the clock, or on several organizations.
    """

    do: Callable[..., Awaitable[Any]]
    prepare: Callable[..., Awaitable[Any]] | None = None
    finish: Callable[[Service, Any], Any] | None = None
    reuse: Reuse | None = None


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
    organization_operations.GET_ORGANIZATION.id: Rule(organizations.show, reuse=Reuse.REQUESTER),
    organization_operations.PUT_ORGANIZATION.id: Rule(organizations.rename),
    organization_operations.LEAVE_ORGANIZATION.id: Rule(organizations.leave),
    organization_operations.LEAVE_ORGANIZATION_OLD.id: Rule(organizations.leave),
    ownership_operations.GET_OWNER.id: Rule(owner_transfers.show_owner, reuse=Reuse.RIGHTS),
    ownership_operations.GET_TRANSFERS.id: Rule(owner_transfers.list_all, reuse=Reuse.RIGHTS),
    ownership_operations.POST_TRANSFER.id: Rule(owner_transfers.ask),
    ownership_operations.GET_TRANSFER.id: Rule(owner_transfers.show, reuse=Reuse.RIGHTS),
    ownership_operations.POST_TRANSFER_ACTION.id: Rule(owner_transfers.answer),
    billing_operations.GET_PLANS.id: Rule(plans.list_all, reuse=Reuse.RIGHTS),
    billing_operations.GET_PLAN.id: Rule(plans.show, reuse=Reuse.RIGHTS),
    billing_operations.GET_PAYMENT_RECORDS.id: Rule(invoices.list_records, reuse=Reuse.RIGHTS),
    billing_operations.GET_INVOICE.id: Rule(invoices.show, finish=invoices.draw),
    workspace_operations.POST_WORKSPACE.id: Rule(workspaces.create),
    workspace_operations.GET_WORKSPACES.id: Rule(workspaces.list_mine),
    workspace_operations.GET_WORKSPACE.id: Rule(workspaces.show, reuse=Reuse.REQUESTER),
    workspace_operations.PUT_WORKSPACE.id: Rule(workspaces.change),
    group_operations.GET_GROUPS.id: Rule(groups.list_of_organization, reuse=Reuse.REQUESTER),
    group_operations.POST_GROUP.id: Rule(groups.create),
    group_operations.PUT_GROUP.id: Rule(groups.change),
    group_operations.PATCH_GROUP.id: Rule(group_patches.patch),
    group_operations.DELETE_GROUP.id: Rule(groups.remove),
    group_operations.GET_ORGANIZATION_WORKSPACE_GROUPS.id: Rule(groups.list_of_workspace, reuse=Reuse.REQUESTER),
    group_operations.GET_WORKSPACE_GROUPS.id: Rule(workspace_groups.list_all, reuse=Reuse.REQUESTER),
    group_operations.POST_WORKSPACE_GROUP.id: Rule(workspace_groups.create),
    group_operations.PUT_WORKSPACE_GROUP.id: Rule(workspace_groups.rename),
    group_operations.DELETE_WORKSPACE_GROUP.id: Rule(workspace_groups.remove),
    workspace_user_operations.GET_ORGANIZATION_WORKSPACE_USERS.id: Rule(
        workspace_user_lists.list_of_organization, reuse=Reuse.RIGHTS
    ),
    workspace_user_operations.PATCH_ORGANIZATION_WORKSPACE_USERS.id: Rule(workspace_users.remove_many),
    workspace_user_operations.PUT_ASSIGNMENTS.id: Rule(assignments.assign),
    workspace_user_operations.GET_WORKSPACE_USERS.id: Rule(workspace_user_lists.list_briefly, reuse=Reuse.RIGHTS),
    workspace_user_operations.PUT_WORKSPACE_USER_OF_ACCOUNT.id: Rule(workspace_users.change_of_account),
    workspace_user_operations.GET_WORKSPACE_WORKSPACE_USERS.id: Rule(
        workspace_user_lists.list_of_workspace, reuse=Reuse.RIGHTS
    ),
    workspace_user_operations.PUT_WORKSPACE_USER.id: Rule(workspace_users.change),
    workspace_user_operations.DELETE_WORKSPACE_USER.id: Rule(workspace_users.remove),
    statistics_operations.GET_ORGANIZATION_STATISTICS.id: Rule(statistics.show_all, reuse=Reuse.RIGHTS),
    statistics_operations.GET_WORKSPACE_STATISTICS.id: Rule(statistics.show, reuse=Reuse.RIGHTS),
    organization_user_operations.GET_ORGANIZATION_USERS.id: Rule(
        organization_user_lists.list_all, reuse=Reuse.REQUESTER
    ),
    organization_user_operations.GET_ORGANIZATION_USERS_DETAILED.id: Rule(
        organization_user_lists.list_detailed, reuse=Reuse.REQUESTER
    ),
    organization_user_operations.PATCH_ORGANIZATION_USERS.id: Rule(organization_users.remove),
    organization_user_operations.PUT_ORGANIZATION_USER.id: Rule(organization_user_changes.change),
    role_operations.GET_ROLES.id: Rule(roles.list_all, reuse=Reuse.RIGHTS),
    segmentation_operations.GET_SEGMENTATION.id: Rule(segmentation.show, reuse=Reuse.RIGHTS),
    segmentation_operations.PUT_SEGMENTATION.id: Rule(segmentation.keep),
    audit_log_operations.GET_AUDIT_LOG.id: Rule(audit_log.list_events, reuse=Reuse.RIGHTS),
    quota_operations.GET_QUOTA.id: Rule(quota.show),
}
"""The operations that are built, by their ids."""
