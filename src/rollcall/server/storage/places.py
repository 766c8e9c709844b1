"""What one person is in each workspace of an organization."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.row import IdRow, Row
from rollcall.server.storage.statement import Statement
from rollcall.server.storage.workspace_users import SETTINGS, WorkspaceUserRow


class PlaceRow(WorkspaceUserRow):
    """One workspace user, and of which workspace."""

    workspace_id: int


class WorkspaceCurrencyRow(Row):
    """A workspace, and the currency of its rates and costs."""

    id: int
    default_currency: str


OF_USER = Statement(
    f"""
    SELECT wu.id, wu.user_id, m.role_id < 3 AND m.joined AND NOT m.inactive, wu.direct,
      {", ".join(f"wu.{name}" for name in SETTINGS)}, wu.workspace_id
    FROM workspace_users wu
    JOIN organization_users m ON m.organization_id = wu.organization_id AND m.user_id = wu.user_id
    WHERE wu.organization_id = :organization_id AND wu.user_id = :user_id
    ORDER BY wu.workspace_id
    """,
    PlaceRow,
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
