"""The rules, one module per noun. No HTTP, no SQL text.

Which rule does which operation stands here.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import msgspec

from rollcall.contract.operations import account as account_operations
from rollcall.contract.operations import billing as billing_operations
from rollcall.contract.operations import organizations as organization_operations
from rollcall.contract.operations import ownership as ownership_operations
from rollcall.contract.operations import workspaces as workspace_operations
from rollcall.server.domain import (
    accounts,
    invoices,
    organizations,
    owner_transfers,
    plans,
    sessions,
    status,
    workspaces,
)
from rollcall.server.domain.work import Service


class Rule(msgspec.Struct, frozen=True):
    """What does an operation.

    Attributes:
        do: Called with the unit of work and, by name, what the operation takes: the ids of its path, `query`, `body`.
        prepare: Does what is too slow for a transaction before it begins; what it returns is passed on as `prepared`.
        finish: Makes the reply of what a read returned, on another thread, where that is too slow for a transaction.
    """

    do: Callable[..., Awaitable[Any]]
    prepare: Callable[..., Awaitable[Any]] | None = None
    finish: Callable[[Service, Any], Any] | None = None


RULES: dict[str, Rule] = {
    account_operations.SIGNUP.id: Rule(accounts.sign_up, accounts.prepare_sign_up),
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
    organization_operations.POST_ORGANIZATION.id: Rule(organizations.create),
    organization_operations.GET_ORGANIZATION.id: Rule(organizations.show),
    organization_operations.PUT_ORGANIZATION.id: Rule(organizations.rename),
    organization_operations.LEAVE_ORGANIZATION.id: Rule(organizations.leave),
    organization_operations.LEAVE_ORGANIZATION_OLD.id: Rule(organizations.leave),
    ownership_operations.GET_OWNER.id: Rule(owner_transfers.show_owner),
    ownership_operations.GET_TRANSFERS.id: Rule(owner_transfers.list_all),
    ownership_operations.POST_TRANSFER.id: Rule(owner_transfers.ask),
    ownership_operations.GET_TRANSFER.id: Rule(owner_transfers.show),
    ownership_operations.POST_TRANSFER_ACTION.id: Rule(owner_transfers.answer),
    billing_operations.GET_PLANS.id: Rule(plans.list_all),
    billing_operations.GET_PLAN.id: Rule(plans.show),
    billing_operations.GET_PAYMENT_RECORDS.id: Rule(invoices.list_records),
    billing_operations.GET_INVOICE.id: Rule(invoices.show, finish=invoices.draw),
    workspace_operations.POST_WORKSPACE.id: Rule(workspaces.create),
    workspace_operations.GET_WORKSPACES.id: Rule(workspaces.list_mine),
    workspace_operations.GET_WORKSPACE.id: Rule(workspaces.show),
    workspace_operations.PUT_WORKSPACE.id: Rule(workspaces.change),
}
"""The operations that are built, by their ids."""
