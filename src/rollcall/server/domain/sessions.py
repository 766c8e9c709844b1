"""Sessions: a cookie in place of credentials."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.models.account import MePostSessionHandlerRequestBody, ModelsUser
from rollcall.server.domain import accounts, audit
from rollcall.server.domain.given import value_of
from rollcall.server.domain.revisions import raise_user_everywhere
from rollcall.server.keyring import digest
from rollcall.server.storage import accounts as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work

LIFETIME = 24 * 60 * 60
"""Seconds after which a session ends by itself."""

_HIDDEN = {"session": "***"}
"""What the audit log tells of a session."""


class Opened(msgspec.Struct, frozen=True):
    """A session just made.

    Attributes:
        account: Whose it is.
        token: What the cookie holds. Only its hash is stored.
        lasts: Seconds that the browser keeps the cookie; None until it is closed.
    """

    account: ModelsUser
    token: str
    lasts: int | None


class Closed(msgspec.Struct, frozen=True):
    """A session just ended."""


async def open_session(work: Work, body: MePostSessionHandlerRequestBody | None) -> Opened:
    """Log in (`POST /me/sessions`)."""
    token = secrets.token_hex(32)
    transaction = work.transaction
    user_id = work.viewer.user_id
    organization_ids = await raise_user_everywhere(work, user_id)
    await transaction.execute(rows.END_EXPIRED_SESSIONS, now=work.now)
    await transaction.execute(
        rows.ADD_SESSION,
        token_hash=digest(token),
        user_id=user_id,
        now=work.now,
        expires_at=work.now + LIFETIME * 1_000_000,
    )
    await audit.record_everywhere(work, organization_ids, "token", user_id, "create", after=_HIDDEN)
    remembered = body is not None and value_of(body.remember_me) is True
    return Opened(await accounts.describe_briefly(work), token, LIFETIME if remembered else None)


async def close_session(work: Work) -> Closed:
    """Log out (`DELETE /me/sessions`). Who came without a session has none to end."""
    viewer = work.viewer
    if viewer.session is not None:
        organization_ids = await raise_user_everywhere(work, viewer.user_id)
        await work.transaction.execute(rows.END_SESSION, token_hash=viewer.session, user_id=viewer.user_id)
        await audit.record_everywhere(work, organization_ids, "token", viewer.user_id, "delete", before=_HIDDEN)
    return Closed()
