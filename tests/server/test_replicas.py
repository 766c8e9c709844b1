"""Reads from a replica: right however far it is behind, and never an error."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from rollcall.server.storage import migrate
from tests.conftest import administer, new_name
from tests.replication import Replication, replicated
from tests.server.world import Person, World, open_world

pytestmark = pytest.mark.anyio


@pytest.fixture(scope="module")
def replication() -> Iterator[Replication]:
    with replicated() as replication:
        yield replication


@pytest.fixture
def database(replication: Replication) -> str:
    """The name of a migrated database that the replica has too."""
    name = new_name()
    administer(replication.primary_url("postgres"), f"CREATE DATABASE {name}")
    migrate(replication.primary_url(name))
    replication.catch_up()
    return name


@pytest.fixture
async def worlds(replication: Replication, database: str) -> AsyncIterator[tuple[World, World]]:
    """Two servers with one primary and one replica; they keep no replies, so that each read is one."""
    url, replica_url = replication.primary_url(database), replication.replica_url(database)
    opened = [await open_world(url, replica_url=replica_url, reply_memory=0) for _ in range(2)]
    yield opened[0], opened[1]
    await asyncio.to_thread(replication.resume)
    for world in opened:
        await world.http.aclose()
        await world.server.close()


class Asked:
    """Counts the reads that replicas have answered."""

    def __init__(self, *worlds: World) -> None:
        self.answered = 0
        for world in worlds:
            replica = world.server._replica
            assert replica is not None
            self._watch(replica)

    def _watch(self, replica: object) -> None:
        read = replica.read  # type: ignore[attr-defined]

        async def counted(work: object) -> object:
            result = await read(work)
            self.answered += 1
            return result

        replica.read = counted  # type: ignore[attr-defined]


async def name_of(world: World, person: Person) -> str:
    reply = await world.http.get(f"/organizations/{person.organization_id}", auth=person.auth)
    name: str = reply.raise_for_status().json()["name"]
    return name


async def rename(world: World, person: Person, name: str) -> None:
    reply = await world.http.put(f"/organizations/{person.organization_id}", auth=person.auth, json={"name": name})
    assert reply.status_code == 200


async def test_a_replica_that_keeps_up_answers(worlds: tuple[World, World], replication: Replication) -> None:
    asked = Asked(*worlds)
    ann = await worlds[0].person("ann")
    await rename(worlds[0], ann, "Acme")
    await asyncio.to_thread(replication.catch_up)
    assert [await name_of(world, ann) for world in worlds] == ["Acme", "Acme"]
    assert asked.answered == 2


async def test_what_was_written_anywhere_is_read_anywhere_however_late_the_replica_is(
    worlds: tuple[World, World], replication: Replication
) -> None:
    asked = Asked(*worlds)
    ann, bob = await worlds[0].person("ann"), await worlds[1].person("bob")
    await asyncio.to_thread(replication.pause)
    for turn in range(10):
        writer, reader = worlds[turn % 2], worlds[1 - turn % 2]
        await rename(writer, ann, f"Acme {turn}")
        assert await name_of(reader, ann) == f"Acme {turn}"
    assert asked.answered == 0
    # What did not change is as it was.
    assert [await name_of(world, bob) for world in worlds] == ["bob's organization"] * 2
    assert asked.answered == 2
    await asyncio.to_thread(replication.resume)
    assert [await name_of(world, ann) for world in worlds] == ["Acme 9"] * 2
    assert asked.answered == 4


async def test_who_is_new_or_has_left_is_known_before_the_replica_knows(
    worlds: tuple[World, World], replication: Replication
) -> None:
    here, there = worlds
    ann = await here.person("ann")
    bob = await here.member("bob", of=ann)
    await asyncio.to_thread(replication.pause)
    carl = await here.member("carl", of=ann)
    organization = f"/organizations/{ann.organization_id}"
    people = await there.http.get(f"{organization}/users", auth=ann.auth)
    assert {each["email"] for each in people.json()} == {ann.email, bob.email, carl.email}
    assert (await there.http.get(organization, auth=carl.auth)).status_code == 200
    [entry] = [each for each in people.json() if each["email"] == bob.email]
    change = await here.http.put(f"{organization}/users/{entry['id']}", auth=ann.auth, json={"inactive": True})
    assert change.status_code == 200
    assert (await there.http.get(organization, auth=bob.auth)).status_code == 404
    token = (await here.http.post("/me/reset_token", auth=carl.auth)).json()
    assert (await there.http.get(organization, auth=carl.auth)).status_code == 403
    assert (await there.http.get(organization, auth=(token, "api_token"))).status_code == 200
    await asyncio.to_thread(replication.resume)


async def test_nothing_stale_is_read_while_replica_and_writers_race(
    worlds: tuple[World, World], replication: Replication
) -> None:
    asked = Asked(*worlds)
    people = [await worlds[n % 2].person(f"person{n}") for n in range(4)]
    over = asyncio.Event()

    async def write_and_read(person: Person) -> None:
        for turn in range(40):
            writer, reader = worlds[turn % 2], worlds[1 - turn % 2]
            await rename(writer, person, f"{person.email} {turn}")
            names = await asyncio.gather(*(name_of(world, person) for world in (reader, writer, reader)))
            assert names == [f"{person.email} {turn}"] * 3

    async def lag() -> None:
        while not over.is_set():
            await asyncio.to_thread(replication.pause)
            await asyncio.to_thread(replication.resume)

    lagging = asyncio.create_task(lag())
    try:
        await asyncio.gather(*map(write_and_read, people))
    finally:
        over.set()
        await lagging
    assert [await name_of(worlds[0], person) for person in people] == [f"{each.email} 39" for each in people]
    assert asked.answered > 0


async def test_a_replica_that_is_down_makes_no_error(worlds: tuple[World, World], replication: Replication) -> None:
    ann = await worlds[0].person("ann")
    await asyncio.to_thread(replication.catch_up)
    assert await name_of(worlds[0], ann) == "ann's organization"
    await asyncio.to_thread(replication.stop)
    for turn in range(5):
        await rename(worlds[0], ann, f"Acme {turn}")
        assert [await name_of(world, ann) for world in worlds] == [f"Acme {turn}"] * 2
    await asyncio.to_thread(replication.start)
    await asyncio.to_thread(replication.catch_up)
    asked = Asked(*worlds)
    while not asked.answered:  # it is asked again after a while
        assert await name_of(worlds[0], ann) == "Acme 4"


async def test_a_replica_that_is_silent_makes_no_error(worlds: tuple[World, World], replication: Replication) -> None:
    ann = await worlds[0].person("ann")
    await asyncio.to_thread(replication.catch_up)
    assert await name_of(worlds[0], ann) == "ann's organization"
    with replication.silent():
        await rename(worlds[0], ann, "Acme")
        assert [await name_of(world, ann) for world in worlds] == ["Acme"] * 2


async def test_another_database_is_never_taken_for_a_replica(
    replication: Replication, database: str, postgresql_url: str
) -> None:
    """Both have an organization with the same number and the same revision; but not the same epoch."""
    other = await open_world(postgresql_url)
    await other.person("ann")
    world = await open_world(replication.primary_url(database), replica_url=postgresql_url, reply_memory=0)
    asked = Asked(world)
    ann = await world.person("ann")
    assert await name_of(world, ann) == "ann's organization"
    assert asked.answered == 0
    for each in (world, other):
        await each.http.aclose()
        await each.server.close()


async def test_a_server_starts_without_its_replica(replication: Replication, database: str, tmp_path: Path) -> None:
    nowhere = f"postgresql:///{database}?host={tmp_path}"
    world = await open_world(replication.primary_url(database), replica_url=nowhere)
    ann = await world.person("ann")
    assert await name_of(world, ann) == "ann's organization"
    await world.http.aclose()
    await world.server.close()
