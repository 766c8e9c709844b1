"""Who asks, and what they are where they ask: one statement for each way to be known and each kind of place."""

from __future__ import annotations

from rollcall.server.storage.row import Row
from rollcall.server.storage.statement import Statement


class ViewerRow(Row):
    """An account, and what it is in the organization and the workspace that a request names.

    Where a request names less, fewer columns are read: each takes its time, in every request.

    Attributes:
        organization_id: None where no organization is named, or it does not exist, or is closed to this account.
        revision: Of the organization.
        epoch: Of the database; None where no organization is named.
        workspace_id: None where no workspace is named, or it is not one of the organization.
        workspace_role: None for who does not belong to the workspace.
    """

    user_id: int
    organization_id: int | None = None
    role: int | None = None
    revision: int | None = None
    epoch: str | None = None
    workspace_id: int | None = None
    workspace_role: int | None = None


_BY_TOKEN = "u.token_hash = :token_hash"
_BY_SESSION = "u.id = (SELECT s.user_id FROM sessions s WHERE s.token_hash = :token_hash AND s.expires_at > :now)"
# The hash that the password was checked against must still be the stored one, and of whoever has the address.
_BY_PASSWORD = "u.email_key = :email_key AND u.password_hash = :password_hash"

_ACCOUNT = """
SELECT u.id FROM users u WHERE """

_EPOCH = "(SELECT e.value FROM meta e WHERE e.name = 'epoch')"

_ORGANIZATION = f"""
SELECT u.id, m.organization_id, m.role_id, o.revision, {_EPOCH}
FROM users u
LEFT JOIN organizations o ON o.id = :organization_id AND o.deleted_at IS NULL
LEFT JOIN organization_users m
  ON m.organization_id = o.id AND m.user_id = u.id AND m.joined AND NOT m.inactive
WHERE """

_WORKSPACE = f"""
SELECT u.id, m.organization_id, m.role_id, o.revision, {_EPOCH}, l.workspace_id, w.role_id
FROM users u
LEFT JOIN workspace_locations l ON l.workspace_id = :workspace_id
LEFT JOIN organizations o ON o.id = l.organization_id AND o.deleted_at IS NULL
LEFT JOIN organization_users m
  ON m.organization_id = o.id AND m.user_id = u.id AND m.joined AND NOT m.inactive
LEFT JOIN workspace_users w
  ON w.organization_id = m.organization_id AND w.workspace_id = l.workspace_id AND w.user_id = u.id AND NOT w.inactive
WHERE """

BY_TOKEN = {
    "account": Statement(_ACCOUNT + _BY_TOKEN, ViewerRow),
    "organization": Statement(_ORGANIZATION + _BY_TOKEN, ViewerRow),
    "workspace": Statement(_WORKSPACE + _BY_TOKEN, ViewerRow),
}
BY_SESSION = {
    "account": Statement(_ACCOUNT + _BY_SESSION, ViewerRow),
    "organization": Statement(_ORGANIZATION + _BY_SESSION, ViewerRow),
    "workspace": Statement(_WORKSPACE + _BY_SESSION, ViewerRow),
}
BY_PASSWORD = {
    "account": Statement(_ACCOUNT + _BY_PASSWORD, ViewerRow),
    "organization": Statement(_ORGANIZATION + _BY_PASSWORD, ViewerRow),
    "workspace": Statement(_WORKSPACE + _BY_PASSWORD, ViewerRow),
}
STANDING = {
    "organization": Statement(_ORGANIZATION + "u.id = :user_id", ViewerRow),
    "workspace": Statement(_WORKSPACE + "u.id = :user_id", ViewerRow),
}
"""What somebody is now who has been recognized before."""
