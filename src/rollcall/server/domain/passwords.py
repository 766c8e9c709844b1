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
REMEMBERED = 10_000
"""How many outcomes, and how many right passwords, a process remembers at most."""


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
    either: another password or another hash is another question. And by a keyed digest of an address and a password it
    is remembered which stored hash they were right for; who recalls it has to ask whether that is still stored there.
    """

    def __init__(self, cost: PasswordCost) -> None:
        self._hasher = PasswordHasher(time_cost=cost.passes, memory_cost=cost.memory, parallelism=cost.lanes)
        self._threads = ThreadPoolExecutor(max_workers=2, thread_name_prefix="argon2")
        self._keyed = hashlib.blake2b(key=os.urandom(32), digest_size=32)
        self._outcomes: dict[bytes, bool] = {}
        self._right_for: dict[bytes, str] = {}
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
            if len(self._outcomes) >= REMEMBERED:
                self._outcomes.clear()
            self._outcomes[question] = outcome
        return outcome and stored is not None

    def remember(self, email_key: str, password: str, stored: str) -> None:
        """Note that a password was right for the hash that is stored of an address."""
        if len(self._right_for) >= REMEMBERED:
            self._right_for.clear()
        self._right_for[self._digest(password, email_key)] = stored

    def recall(self, email_key: str, password: str) -> str | None:
        """The stored hash that they were right for, which may have changed since; None where there is none."""
        return self._right_for.get(self._digest(password, email_key))

    def forget(self, email_key: str, password: str) -> None:
        """Have it that they were never right."""
        self._right_for.pop(self._digest(password, email_key), None)

    def close(self) -> None:
        """End the threads."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _verify(self, password: str, stored: str) -> bool:
        try:
            return self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError):
            return False

    def _digest(self, password: str, of: str) -> bytes:
        # Neither hashes nor addresses hold a NUL, so no other two make the same text.
        digest = self._keyed.copy()
        digest.update(f"{of}\0{password}".encode())
        return digest.digest()
