"""The operation table: every operation of the API, one module per noun."""

from __future__ import annotations

from rollcall.contract.operation import Operation
from rollcall.contract.operations import account, organizations, workspaces

OPERATIONS: tuple[Operation, ...] = (
    *account.OPERATIONS,
    *organizations.OPERATIONS,
    *workspaces.OPERATIONS,
)
"""The table."""
