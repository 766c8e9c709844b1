"""The operation table: every operation of the API, one module per noun."""

from __future__ import annotations

from rollcall.contract.operation import Operation
from rollcall.contract.operations import (
    account,
    audit_logs,
    billing,
    groups,
    invitations,
    organization_users,
    organizations,
    ownership,
    passwords,
    quota,
    roles,
    segmentation,
    statistics,
    workspace_users,
    workspaces,
)

OPERATIONS: tuple[Operation, ...] = (
    *account.OPERATIONS,
    *passwords.OPERATIONS,
    *quota.OPERATIONS,
    *organizations.OPERATIONS,
    *organization_users.OPERATIONS,
    *groups.OPERATIONS,
    *workspaces.OPERATIONS,
    *workspace_users.OPERATIONS,
    *statistics.OPERATIONS,
    *invitations.OPERATIONS,
    *ownership.OPERATIONS,
    *roles.OPERATIONS,
    *billing.OPERATIONS,
    *segmentation.OPERATIONS,
    *audit_logs.OPERATIONS,
)
"""The table."""
