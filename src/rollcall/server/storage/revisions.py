"""Revisions: raising one is the lock that makes the writers of an organization, or of an account, take turns."""

from __future__ import annotations

from rollcall.server.storage.dialect import translated
from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement


class RevisionRow(Row):
    """The revision just reached."""

    revision: int


class OrganizationIdRow(Row):
    """One organization."""

    organization_id: int


RAISE_ORGANIZATION = Statement(
    """
    UPDATE organizations SET revision = revision + :step
    WHERE id = :organization_id AND deleted_at IS NULL
    RETURNING revision
    """,
    RevisionRow,
)

RAISE_USER = Statement("UPDATE users SET revision = revision + 1 WHERE id = :user_id RETURNING revision", RevisionRow)

ORGANIZATIONS_OF_USERS = translated(
    """
    SELECT DISTINCT d.organization_id
    FROM user_organizations d JOIN organizations o ON o.id = d.organization_id
    WHERE d.user_id IN {ids} AND o.deleted_at IS NULL
    ORDER BY d.organization_id
    """,
    OrganizationIdRow,
)
