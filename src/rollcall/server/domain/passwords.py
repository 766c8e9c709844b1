"""Passwords: hashed with argon2id, off the event loop, and never twice for the same password and hash."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from rollcall.contract.problem import Refused
from rollcall.contract.reason import Reason

if TYPE_CHECKING:
    from rollcall.server.settings import PasswordCost

MINIMUM = 6
MAXIMUM = 1024
_REMEMBERED = 10_000


def check_strength(password: str) -> None:
    """Hold a new password to the rules.

    Raises:
        Refused: It is too short, or so long that hashing it would be an attack.
    """
    if len(password) < MINIMUM:
        raise Refused(Reason.PASSWORD_TOO_SHORT)
    if len(password) > MAXIMUM:
        raise Refused(Reason.PASSWORD_TOO_LONG, maximum=MAXIMUM)


def hash_of_nobody(cost: PasswordCost) -> str:
    """A hash that takes as long to check as any, and that no password is right for. It is drawn, not computed."""
    salt, digest = (base64.b64encode(os.urandom(size)).rstrip(b"=").decode() for size in (16, 32))
    return f"$argon2id$v=19$m={cost.memory},t={cost.passes},p={cost.lanes}${salt}${digest}"


class Passwords:
    """Hashes and checks passwords.

    The outcome of a check is remembered by a keyed digest of the password and the stored hash, so it is forgotten with
    either: another password or another hash is another question.
    """

    def __init__(self, cost: PasswordCost) -> None:
        self._hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes)
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
        self._key = os.urandom(32)
        self._outcomes: dict[bytes, bool] = {}
        self._nobody = hash_of_nobody(cost)

    async def hash(self, password: str) -> str:
        """What is stored of a password."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, self._hasher.hash, password)

    async def check(self, password: str, stored: str | None) -> bool:
        """Whether `password` is the one that was hashed.

        Where there is no hash (no such account) it takes as long as where there is one: time tells nobody which
        addresses have accounts.
        """
        if len(password) > MAXIMUM:
            return False
        question = self._digest(password, stored or self._nobody)
        outcome = self._outcomes.get(question)
        if outcome is None:
            loop = asyncio.get_running_loop()
            outcome = await loop.run_in_executor(self._threads, self._verify, password, stored or self._nobody)
            if len(self._outcomes) >= _REMEMBERED:
                self._outcomes.clear()
            self._outcomes[question] = outcome
        return outcome and stored is not None

    def knows(self, password: str, stored: str) -> bool:
        """Whether `check` has found this password to be right, and would say so without computing."""
        return len(password) <= MAXIMUM and self._outcomes.get(self._digest(password, stored), False)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def _digest(self, password: str, stored: str) -> bytes:
        return hashlib.blake2b(f"{stored}\0{password}".encode(), key=self._key, digest_size=32).digest()
