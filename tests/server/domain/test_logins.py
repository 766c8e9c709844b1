"""Logging in with a password that was right before: it lets in as long as it is right, and no longer."""

from __future__ import annotations

import time

import pytest

from rollcall.contract.operations.account import GET_ME
from rollcall.server.domain.logins import MAXIMUM_FAILURES, Proof, recall
from rollcall.server.http.admission import Claim, Unrecognized
from rollcall.server.http.routes import Route
from rollcall.server.storage import Transaction
from tests.server.conftest import OpenWorld
from tests.server.world import PASSWORD, Person, World

pytestmark = pytest.mark.anyio

OTHER = "another password"
WRONG = (403, "Incorrect username and/or password")


async def answer(world: World, email: str, password: str = PASSWORD) -> tuple[int, object]:
    reply = await world.http.get("/me/id", auth=(email, password))
    return reply.status_code, reply.json()


async def warm_up(world: World, who: Person) -> Proof:
    """Log in once, so that the process remembers the password; what it remembers."""
    assert await answer(world, who.email) == (200, who.id)
    proof = recall(world.server.service.passwords, who.email, PASSWORD)
    assert proof is not None
    return proof


async def move(world: World, who: Person, email: str) -> None:
    reply = await world.http.put("/me", auth=who.auth, json={"email": email})
    assert reply.status_code == 200


async def change_password(world: World, who: Person, old: str, new: str) -> None:
    reply = await world.http.put("/me", auth=who.auth, json={"current_password": old, "password": new})
    assert reply.status_code == 200


async def test_an_address_that_another_account_has_now_is_logged_in_to_by_that_ones_password(world: World) -> None:
    ann, bob = await world.person("ann"), await world.person("bob")
    await warm_up(world, ann)
    await warm_up(world, bob)
    await move(world, ann, "anna@example.com")
    assert await answer(world, ann.email) == WRONG
    await move(world, bob, ann.email)
    # They have the same password, and are taken for each other no more than before.
    assert await answer(world, ann.email) == (200, bob.id)
    assert await answer(world, "anna@example.com") == (200, ann.id)
    assert await answer(world, bob.email) == WRONG
    await change_password(world, bob, PASSWORD, OTHER)
    assert await answer(world, ann.email) == WRONG
    assert await answer(world, ann.email, OTHER) == (200, bob.id)


async def test_an_address_and_a_password_that_come_back_are_right_again(world: World) -> None:
    ann = await world.person("ann")
    await warm_up(world, ann)
    await move(world, ann, "anna@example.com")
    assert await answer(world, ann.email) == WRONG
    await move(world, ann, ann.email)
    assert await answer(world, ann.email) == (200, ann.id)
    await change_password(world, ann, PASSWORD, OTHER)
    assert await answer(world, ann.email) == WRONG
    await change_password(world, ann, OTHER, PASSWORD)
    assert await answer(world, ann.email) == (200, ann.id)


async def test_a_password_that_another_process_changes_is_out_at_once(new_world: OpenWorld) -> None:
    here, there = await new_world(), await new_world()
    ann = await here.person("ann")
    for world in (here, there):
        await warm_up(world, ann)
    await change_password(there, ann, PASSWORD, OTHER)
    rename = {"name": "By nobody"}
    path = f"/organizations/{ann.organization_id}"
    for world in (here, there):
        assert await answer(world, ann.email) == WRONG
        assert recall(world.server.service.passwords, ann.email, PASSWORD) is None
        written = await world.http.put(path, auth=(ann.email, PASSWORD), json=rename)
        assert (written.status_code, written.json()) == WRONG
        assert await answer(world, ann.email, OTHER) == (200, ann.id)
    assert (await here.http.get(path, auth=ann.auth)).json()["name"] == "ann's organization"


async def test_an_account_that_is_taken_from_who_made_it_forgets_their_password(world: World) -> None:
    ann = await world.person("ann")
    await warm_up(world, ann)
    await world.execute("UPDATE users SET password_hash = NULL")
    assert await answer(world, ann.email) == WRONG


async def test_what_was_right_before_writes_and_reads_the_same(world: World) -> None:
    ann = await world.person("ann")
    await warm_up(world, ann)
    path = f"/organizations/{ann.organization_id}"
    for address in (ann.email, f" {ann.email.upper()} "):
        renamed = await world.http.put(path, auth=(address, PASSWORD), json={"name": address})
        assert renamed.status_code == 200
        assert (await world.http.get(path, auth=(address, PASSWORD))).json()["name"] == address.strip()


async def test_the_transaction_that_counts_asks_once_more(world: World) -> None:
    ann, bob = await world.person("ann"), await world.person("bob")
    of_ann, of_bob = await warm_up(world, ann), await warm_up(world, bob)

    async def is_admitted(proof: Proof) -> bool:
        async def write(transaction: Transaction) -> object:
            return await Claim(Route(GET_ME, {}), proof, None, time.time_ns() // 1000).admit(transaction)

        try:
            return await world.server.storage.write(write) is not None
        except Unrecognized:
            return False

    assert await is_admitted(of_ann)
    assert await is_admitted(of_bob)
    await change_password(world, ann, PASSWORD, OTHER)
    await move(world, bob, "robert@example.com")
    assert not await is_admitted(of_ann)
    assert not await is_admitted(of_bob)
    assert not await is_admitted(Proof(of_ann.email_key, of_bob.password_hash))


async def test_a_path_without_a_number_is_told_to_whoever_is_let_in(world: World) -> None:
    ann = await world.person("ann")
    await warm_up(world, ann)
    # The same password, hashed anew: what is remembered of it is out of date.
    await change_password(world, ann, PASSWORD, PASSWORD)
    said = await world.http.get("/organizations/x", auth=ann.auth)
    again = await world.http.get("/organizations/x", auth=(ann.email, PASSWORD))
    assert (again.status_code, again.json()) == (said.status_code, said.json()) != WRONG
    await change_password(world, ann, PASSWORD, OTHER)
    refused = await world.http.get("/organizations/x", auth=(ann.email, PASSWORD))
    assert (refused.status_code, refused.json()) == WRONG


async def test_what_was_right_once_counts_as_a_guess_when_it_no_longer_is(world: World) -> None:
    ann = await world.person("ann")
    await warm_up(world, ann)
    await change_password(world, ann, PASSWORD, OTHER)
    for _ in range(MAXIMUM_FAILURES):
        assert await answer(world, ann.email) == WRONG
    assert await answer(world, ann.email) == (429, "Too Many Requests")
    assert await answer(world, ann.email, OTHER) == (429, "Too Many Requests")
