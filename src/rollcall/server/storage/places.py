"""What one person is in each workspace of an organization."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class PlaceRow(Row):
    """One workspace user, with all that can be set of them."""

    id: int
    workspace_id: int
    direct: bool
    role_id: int
    inactive: bool
    rate: float | None
    rate_updated_at: int | None
    labor_cost: float | None
    labor_cost_updated_at: int | None
    working_hours_in_minutes: int | None
    view_edit_billable_rates: bool
    view_edit_labor_costs: bool


class WorkspaceCurrencyRow(Row):
    """A workspace, and the currency of its rates and costs."""

    id: int
    default_currency: str


SETTINGS = (
    "role_id",
    "inactive",
    "rate",
    "rate_updated_at",
    "labor_cost",
    "labor_cost_updated_at",
    "working_hours_in_minutes",
    "view_edit_billable_rates",
    "view_edit_labor_costs",
)
"""The columns that a change of a workspace user can touch."""

OF_USER = Statement(
    f"""
    SELECT {columns(PlaceRow, "wu")} FROM workspace_users wu
    WHERE wu.organization_id = :organization_id AND wu.user_id = :user_id
    ORDER BY wu.workspace_id
    """,
    PlaceRow,
)

CHANGE = Statement(
    f"""
    UPDATE workspace_users SET updated_at = :now, {", ".join(f"{name} = :{name}" for name in SETTINGS)}
    WHERE organization_id = :organization_id AND id = :workspace_user_id
    """,
    NoneType,
)

ACTIVATE = Statement(
    """
    UPDATE workspace_users SET inactive = FALSE
    WHERE organization_id = :organization_id AND user_id = :user_id AND inactive
    """,
    NoneType,
)

WORKSPACES_AMONG = translated(
    """
    SELECT w.id, w.default_currency FROM workspaces w
    WHERE w.organization_id = :organization_id AND w.id IN {ids}
    """,
    WorkspaceCurrencyRow,
)

WORKSPACES = Statement("SELECT w.id FROM workspaces w WHERE w.organization_id = :organization_id ORDER BY w.id", IdRow)
