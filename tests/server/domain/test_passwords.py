"""Passwords: what time tells of them, and what is remembered."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher, extract_parameters
from argon2.exceptions import VerifyMismatchError

from rollcall.server.domain.passwords import REMEMBERED, Passwords, hash_of_nobody
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
async def test_a_check_does_not_take_one_password_or_hash_for_another() -> None:
    passwords = Passwords(CHEAP)
    stored = await passwords.hash(PASSWORD)
    for _ in range(2):
        assert await passwords.check(PASSWORD, stored)
        assert not await passwords.check("wrong horse", stored)
        assert not await passwords.check(PASSWORD, await passwords.hash("wrong horse"))
    passwords.close()


def test_what_was_right_is_remembered_of_one_address_and_one_password_until_it_is_forgotten() -> None:
    passwords = Passwords(CHEAP)
    passwords.remember("ann@example.com", PASSWORD, "hash of ann's")
    passwords.remember("bob@example.com", PASSWORD, "hash of bob's")
    assert passwords.recall("ann@example.com", PASSWORD) == "hash of ann's"
    assert passwords.recall("ann@example.com", "wrong horse") is None
    assert passwords.recall("ann@example.com" + PASSWORD, "") is None
    assert passwords.recall("eve@example.com", PASSWORD) is None
    passwords.forget("ann@example.com", PASSWORD)
    assert passwords.recall("ann@example.com", PASSWORD) is None
    assert passwords.recall("bob@example.com", PASSWORD) == "hash of bob's"
    passwords.close()


def test_as_much_is_remembered_as_there_is_room_for() -> None:
    passwords = Passwords(CHEAP)
    addresses = [f"{number}@example.com" for number in range(2 * REMEMBERED)]
    for address in addresses:
        passwords.remember(address, PASSWORD, address)
    recalled = [passwords.recall(address, PASSWORD) for address in addresses]
    assert recalled[-1] == addresses[-1]
    assert sum(stored is not None for stored in recalled) <= REMEMBERED
    passwords.close()
