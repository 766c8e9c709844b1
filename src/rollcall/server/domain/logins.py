"""Logging in with a password, and slowing down who guesses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason
from rollcall.server.storage import accounts as rows

if TYPE_CHECKING:
    from rollcall.server.domain.passwords import Passwords
    from rollcall.server.storage import Storage, Transaction

WINDOW = 15 * 60 * 1_000_000
"""Microseconds in which failures add up."""

MAXIMUM_FAILURES = 10
"""Of one address at one account in that time."""


class Proof(msgspec.Struct, frozen=True):
    """That somebody knew the password of an address, and the stored hash it was right for."""

    email_key: str
    password_hash: str


def recall(passwords: Passwords, email_key: str, password: str) -> Proof | None:
    """What was proved before: it holds while the account that has the address has that hash."""
    stored = passwords.recall(email_key, password)
    return None if stored is None else Proof(email_key, stored)


async def prove(
    storage: Storage, passwords: Passwords, email_key: str, password: str, address: str | None, now: int
) -> Proof:
    """Check an address and a password.

    Raises:
        Refused: They are wrong, or there have been too many failures to check them now.
    """
    # If anything was, it does not hold.
    passwords.forget(email_key, password)
    failures_key = f"{email_key} {address}"
    window_start = now - WINDOW

    async def note_failure(transaction: Transaction) -> None:
        await transaction.execute(rows.FORGET_FAILURES, window_start=window_start)
        await transaction.execute(rows.COUNT_FAILURE, key=failures_key, window_start=window_start, now=now)

    failures = await storage.one(rows.FAILURES, key=failures_key, window_start=window_start)
    if failures is not None and failures.failures >= MAXIMUM_FAILURES:
        raise Refused(Reason.TOO_MANY_REQUESTS)
    found = await storage.one(rows.PASSWORD_BY_EMAIL, email_key=email_key)
    stored = found.password_hash if found else None
    right = await passwords.check(password, stored)
    if stored is None or not right:
        await storage.write(note_failure)
        raise Refused(Reason.WRONG_CREDENTIALS)
    passwords.remember(email_key, password, stored)
    return Proof(email_key, stored)
