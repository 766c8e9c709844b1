"""Accounts, their sessions, and failures to log in."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import IdRow, Row, columns
from rollcall.server.storage.statement import Statement


class AccountRow(Row):
    """One account."""

    id: int
    email: str
    fullname: str
    password_hash: str | None
    token_sealed: bytes
    timezone: str
    beginning_of_week: int
    country_id: int | None
    default_workspace_id: int | None
    accounts_id: str
    proved_at: int | None
    created_at: int
    updated_at: int
    authorized_at: int


class HolderRow(Row):
    """Who has an address.

    Attributes:
        registered: False for who is only invited and cannot log in yet.
    """

    id: int
    email: str
    fullname: str
    registered: bool
    proved_at: int | None


class PasswordRow(Row):
    """Where a password is checked."""

    user_id: int
    password_hash: str | None


class FailuresRow(Row):
    """Failures to log in since a moment."""

    failures: int
    since: int


ANY = Statement("SELECT id FROM users ORDER BY id LIMIT 1", IdRow)

_OWN_WORKSPACES = """
    FROM user_organizations d
    JOIN organizations o ON o.id = d.organization_id AND o.deleted_at IS NULL
    JOIN organization_users m ON m.organization_id = o.id AND m.user_id = d.user_id AND m.joined AND NOT m.inactive
    JOIN workspace_users wu ON wu.organization_id = o.id AND wu.user_id = d.user_id AND NOT wu.inactive
    WHERE d.user_id = u.id
"""

# The default workspace is the chosen one while it is one of the person's own, else the first that is.
BY_ID = Statement(
    f"""
    SELECT u.id, u.email, u.fullname, u.password_hash, u.token_sealed, u.timezone, u.beginning_of_week, u.country_id,
      COALESCE(
        (SELECT wu.workspace_id {_OWN_WORKSPACES} AND wu.workspace_id = u.default_workspace_id),
        (SELECT MIN(wu.workspace_id) {_OWN_WORKSPACES})),
      u.accounts_id, u.proved_at, u.created_at, u.updated_at, u.authorized_at
    FROM users u WHERE u.id = :user_id
    """,
    AccountRow,
)

PASSWORD_BY_EMAIL = Statement("SELECT u.id, u.password_hash FROM users u WHERE u.email_key = :email_key", PasswordRow)

ADD = Statement(
    """
    INSERT INTO users (email, email_key, fullname, name_key, password_hash, token_hash, token_sealed, timezone,
      beginning_of_week, country_id, accounts_id, proved_at, created_at, updated_at, authorized_at)
    VALUES (:email, :email_key, :fullname, :name_key, :password_hash, :token_hash, :token_sealed, :timezone,
      1, :country_id, :accounts_id, :proved_at, :now, :now, :now)
    ON CONFLICT (email_key) DO UPDATE SET
      email = excluded.email, fullname = excluded.fullname, name_key = excluded.name_key,
      password_hash = excluded.password_hash, token_hash = excluded.token_hash, token_sealed = excluded.token_sealed,
      timezone = excluded.timezone, country_id = excluded.country_id, proved_at = excluded.proved_at,
      registered = TRUE, created_at = excluded.created_at, updated_at = excluded.updated_at,
      authorized_at = excluded.authorized_at
    WHERE NOT users.registered
    RETURNING id
    """,
    IdRow,
)
"""Who is only invited becomes registered. No row when the address is taken."""

ADD_INVITED = Statement(
    """
    INSERT INTO users (email, email_key, fullname, name_key, token_hash, token_sealed, timezone, accounts_id,
      registered, created_at, updated_at, authorized_at)
    VALUES (:email, :email_key, :fullname, :name_key, :token_hash, :token_sealed, 'UTC', :accounts_id,
      FALSE, :now, :now, :now)
    ON CONFLICT (email_key) DO NOTHING
    """,
    NoneType,
)

HOLDER = Statement(f"SELECT {columns(HolderRow, 'u')} FROM users u WHERE u.email_key = :email_key", HolderRow)

EMAIL_OWNER = Statement("SELECT id FROM users WHERE email_key = :email_key", IdRow)

CHANGE = Statement(
    """
    UPDATE users SET email = :email, email_key = :email_key, fullname = :fullname, name_key = :name_key,
      timezone = :timezone, beginning_of_week = :beginning_of_week, country_id = :country_id,
      default_workspace_id = :default_workspace_id, proved_at = :proved_at, updated_at = :now
    WHERE id = :user_id
    """,
    NoneType,
)

CORRECT = Statement(
    """
    UPDATE users SET email = :email, email_key = :email_key, fullname = :fullname, name_key = :name_key,
      proved_at = CASE WHEN CAST(:moves AS BOOLEAN) THEN NULL ELSE proved_at END, updated_at = :now
    WHERE id = :user_id
    """,
    NoneType,
)
"""An address that moves is another mailbox: nobody has proved it yet."""

CHANGE_PASSWORD = Statement(
    "UPDATE users SET password_hash = :password_hash, authorized_at = :now WHERE id = :user_id", NoneType
)

PROVE = Statement("UPDATE users SET proved_at = :now WHERE id = :user_id AND proved_at IS NULL", NoneType)

FORGET_PASSWORD = Statement("UPDATE users SET password_hash = NULL, authorized_at = :now WHERE id = :user_id", NoneType)

CHANGE_TOKEN = Statement(
    """
    UPDATE users SET token_hash = :token_hash, token_sealed = :token_sealed, authorized_at = :now, updated_at = :now
    WHERE id = :user_id
    """,
    NoneType,
)

ADD_SESSION = Statement(
    """
    INSERT INTO sessions (token_hash, user_id, created_at, expires_at)
    VALUES (:token_hash, :user_id, :now, :expires_at)
    """,
    NoneType,
)

END_SESSION = Statement("DELETE FROM sessions WHERE token_hash = :token_hash AND user_id = :user_id", NoneType)

END_OTHER_SESSIONS = Statement("DELETE FROM sessions WHERE user_id = :user_id AND token_hash <> :token_hash", NoneType)

END_EXPIRED_SESSIONS = Statement("DELETE FROM sessions WHERE expires_at <= :now", NoneType)

FAILURES = Statement(
    "SELECT failures, since FROM login_failures WHERE key = :key AND since > :window_start", FailuresRow
)

COUNT_FAILURE = Statement(
    """
    INSERT INTO login_failures (key, failures, since) VALUES (:key, 1, :now)
    ON CONFLICT (key) DO UPDATE SET
      failures = CASE WHEN login_failures.since > :window_start THEN login_failures.failures + 1 ELSE 1 END,
      since = CASE WHEN login_failures.since > :window_start THEN login_failures.since ELSE :now END
    """,
    NoneType,
)

FORGET_FAILURES = Statement("DELETE FROM login_failures WHERE since <= :window_start", NoneType)
