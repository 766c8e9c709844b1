"""Codes that allow one thing to be done to one account, once, within a time. Only their hashes are stored."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Literal

from rollcall.server.keyring import digest
from rollcall.server.storage import mailed_codes as rows

if TYPE_CHECKING:
    from rollcall.server.domain.work import Work
    from rollcall.server.storage import Transaction
    from rollcall.server.storage.mailed_codes import CodeRow

Purpose = Literal["password", "address"]

CODE_BYTES = 32


def new_code() -> str:
    """A new code: 32 random bytes, in letters that can stand in a URL."""
    return secrets.token_urlsafe(CODE_BYTES)


async def mint(
    work: Work,
    user_id: int,
    purpose: Purpose,
    lifetime: int,
    *,
    organization_id: int | None = None,
    issued_by: int | None = None,
) -> str:
    """Make a code.

    Args:
        work: The request.
        user_id: Whose account it is for.
        purpose: What it allows.
        lifetime: For how many microseconds.
        organization_id: Where an admin has it made.
        issued_by: That admin.

    Returns:
        The code, which is kept nowhere.
    """
    code = new_code()
    await work.transaction.execute(rows.FORGET_EXPIRED, now=work.now)
    await work.transaction.execute(
        rows.ADD,
        code_hash=digest(code),
        user_id=user_id,
        purpose=purpose,
        organization_id=organization_id,
        issued_by=issued_by,
        now=work.now,
        expires_at=work.now + lifetime,
    )
    return code


async def find(transaction: Transaction, code: str | None, purpose: Purpose, now: int) -> CodeRow | None:
    """What a code is for; None for one that is wrong, used, expired, or for something else."""
    if not code:
        return None
    return await transaction.one(rows.BY_HASH, code_hash=digest(code), purpose=purpose, now=now)
