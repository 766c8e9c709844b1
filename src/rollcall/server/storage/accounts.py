"""Accounts, their sessions, and failures to log in."""

from __future__ import annotations

from types import NoneType

from rollcall.server.storage.row import Row, columns
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


class PasswordRow(Row):
    """Where a password is checked."""

    user_id: int
    password_hash: str | None


class FailuresRow(Row):
    """Failures to log in since a moment."""

    failures: int
    since: int


class IdRow(Row):
    """A number."""

    id: int


ANY = Statement("SELECT id FROM users ORDER BY id LIMIT 1", IdRow)

BY_ID = Statement(f"SELECT {columns(AccountRow, 'u')} FROM users u WHERE u.id = :user_id", AccountRow)

PASSWORD_BY_EMAIL = Statement("SELECT u.id, u.password_hash FROM users u WHERE u.email_key = :email_key", PasswordRow)

ADD = Statement(
    """
    INSERT INTO users (email, email_key, fullname, name_key, password_hash, token_hash, token_sealed, timezone,
      beginning_of_week, country_id, accounts_id, created_at, updated_at, authorized_at)
    VALUES (:email, :email_key, :fullname, :name_key, :password_hash, :token_hash, :token_sealed, :timezone,
      1, :country_id, :accounts_id, :now, :now, :now)
    ON CONFLICT (email_key) DO NOTHING
    RETURNING id
    """,
    IdRow,
)
"""No row when the address is taken."""

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

CHANGE_PASSWORD = Statement(
    "UPDATE users SET password_hash = :password_hash, authorized_at = :now WHERE id = :user_id", NoneType
)

CHANGE_TOKEN = Statement(
    """
    UPDATE users SET token_hash = :token_hash, token_sealed = :token_sealed, authorized_at = :now, updated_at = :now
    WHERE id = :user_id
    """,
    NoneType,
)

SET_DEFAULT_WORKSPACE = Statement(
    "UPDATE users SET default_workspace_id = :workspace_id, updated_at = :now WHERE id = :user_id", NoneType
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
