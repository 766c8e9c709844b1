"""Passwords: what time tells of them."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

from rollcall.server.domain.passwords import Passwords, hash_of_nobody
from rollcall.server.settings import PasswordCost
from tests.server.world import CHEAP, PASSWORD


@pytest.mark.parametrize("cost", [CHEAP, PasswordCost()], ids=["cheap", "dear"])
@pytest.mark.anyio
async def test_who_has_no_account_is_checked_at_the_same_cost(cost: PasswordCost) -> None:
    passwords = Passwords(cost)
    drawn = hash_of_nobody(cost)
    assert extract_parameters(drawn) == extract_parameters(await passwords.hash(PASSWORD))
    # It is computed to the end: nothing in its form gives it away before.
    with pytest.raises(VerifyMismatchError):
        PasswordHasher().verify(drawn, PASSWORD)
    assert await passwords.check(PASSWORD, None) is False
    passwords.close()


@pytest.mark.anyio
async def test_only_a_password_that_was_right_is_known() -> None:
    passwords = Passwords(CHEAP)
    stored = await passwords.hash(PASSWORD)
    assert not passwords.knows(PASSWORD, stored)
    assert await passwords.check(PASSWORD, stored)
    assert passwords.knows(PASSWORD, stored)
    assert not await passwords.check("wrong horse", stored)
    assert not passwords.knows("wrong horse", stored)
    assert not passwords.knows(PASSWORD, await passwords.hash(PASSWORD))
    passwords.close()
