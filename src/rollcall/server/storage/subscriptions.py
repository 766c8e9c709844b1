"""Organizations as who operates the server sees them: plans, limits, who pays, and those that are deleted."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.organizations import OrganizationRow
from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class ListedRow(OrganizationRow):
    """One organization, with the addresses of its owner and of who pays, where that is somebody else."""

    owner_email: str
    payer_email: str | None
    deleted_at: int | None


class ActiveRow(Row):
    """How many there are."""

    count: int


class PayerRow(Row):
    """Somebody who could pay."""

    user_id: int
    role_id: int


ALL = Statement(
    f"""
    SELECT {columns(OrganizationRow, "o")}, u.email, p.email, o.deleted_at
    FROM organizations o
    JOIN users u ON u.id = o.owner_id
    LEFT JOIN users p ON p.id = o.payer_id
    WHERE CAST(:deleted AS BOOLEAN) = (o.deleted_at IS NOT NULL)
    ORDER BY o.id
    """,
    ListedRow,
)

BY_ID = Statement(
    f"""
    SELECT {columns(OrganizationRow, "o")} FROM organizations o
    WHERE o.id = :organization_id AND o.deleted_at IS NULL
    """,
    OrganizationRow,
)

COUNT_ACTIVE = Statement(
    """
    SELECT COALESCE(SUM(b.people_0 + b.people_3), 0) FROM people_blocks b
    WHERE b.organization_id = :organization_id AND b.workspace_id = 0
    """,
    ActiveRow,
)

PAYER = Statement(
    """
    SELECT m.user_id, m.role_id
    FROM users u
    JOIN organization_users m ON m.organization_id = :organization_id AND m.user_id = u.id
    WHERE u.email_key = :email_key AND m.joined AND NOT m.inactive
    """,
    PayerRow,
)

SET_PLAN = Statement(
    """
    UPDATE organizations SET plan_id = :plan_id, max_workspaces = :max_workspaces, updated_at = :now
    WHERE id = :organization_id
    """,
    NoneType,
)

SET_PAYER = Statement(
    "UPDATE organizations SET payer_id = :payer_id, updated_at = :now WHERE id = :organization_id", NoneType
)

# What is deleted

RESTORABLE_USERS = Statement(
    """
    SELECT m.user_id
    FROM organizations o JOIN organization_users m ON m.organization_id = o.id
    WHERE o.id = :organization_id AND o.deleted_at > :kept_since
    ORDER BY m.user_id
    """,
    IdRow,
)

RESTORE = Statement(
    """
    UPDATE organizations SET deleted_at = NULL, updated_at = :now, revision = revision + :step
    WHERE id = :organization_id AND deleted_at > :kept_since
    RETURNING id
    """,
    IdRow,
)

OUTLIVED = Statement(
    "SELECT o.id FROM organizations o WHERE o.deleted_at <= :kept_since ORDER BY o.id LIMIT :limit", IdRow
)

CLAIM = Statement(
    """
    UPDATE organizations SET revision = revision + 1
    WHERE id = :organization_id AND deleted_at <= :kept_since
    RETURNING id
    """,
    IdRow,
)
"""Takes the turn of an organization that is to go; no row where another process was first."""

PURGE = (
    *(
        Statement(f"DELETE FROM {table} WHERE organization_id = :organization_id", NoneType)
        for table in (
            # Before those who are counted in them, who need not be counted off then.
            "people_blocks",
            "audit_events",
            "invoices",
            "segmentations",
            "owner_transfers",
            "mailed_codes",
            "invitation_codes",
            "invitations",
            "group_workspaces",
            "group_users",
            "groups",
            # Before their places in workspaces, which need not be copied to them then.
            "organization_users",
            "workspace_users",
            "workspace_locations",
            "workspaces",
            "user_organizations",
        )
    ),
    Statement("DELETE FROM organizations WHERE id = :organization_id", NoneType),
)
"""Everything of one organization; what refers to something goes before it."""
