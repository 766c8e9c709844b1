"""What only PostgreSQL does: transactions beside each other, over connections that may be lost."""

import asyncio
from collections.abc import AsyncIterator
from types import NoneType

import asyncpg
import msgspec
import pytest

from rollcall.server.storage import Statement, Storage, Transaction, Unavailable, connect

pytestmark = pytest.mark.anyio


class Name(msgspec.Struct):
    name: str


class Count(msgspec.Struct):
    count: int


PUT = Statement("INSERT INTO meta (name, value) VALUES (:name, '')", NoneType)
CHANGE = Statement("UPDATE meta SET value = value || 'x' WHERE name = :name", NoneType)
NAMES = Statement("SELECT name FROM meta ORDER BY name", Name)
CHANGED_TWICE = Statement("SELECT name FROM meta WHERE value = 'xx' ORDER BY name", Name)
# What the server says of a transaction that it gave up for the sake of another one.
COLLIDE = Statement("DO $$ BEGIN RAISE EXCEPTION 'collided' USING ERRCODE = '40001'; END $$", Name)
END_OWN_CONNECTION = Statement("SELECT CAST(pg_terminate_backend(pg_backend_pid()) AS TEXT)", Name)


@pytest.fixture
async def storage(postgresql_url: str) -> AsyncIterator[Storage]:
    storage = await connect(postgresql_url, connections=2, patience=1.0)
    yield storage
    await storage.close()


@pytest.fixture
async def other(postgresql_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody else's connection."""
    connection = await asyncpg.connect(postgresql_url)
    yield connection
    await connection.close()


async def put(storage: Storage, *names: str) -> None:
    async def work(transaction: Transaction) -> None:
        for name in names:
            await transaction.execute(PUT, name=name)

    await storage.write(work)


async def names(storage: Storage, statement: Statement[Name] = NAMES) -> list[str]:
    return [row.name for row in await storage.read(lambda transaction: transaction.all(statement))]


async def test_of_two_that_find_a_name_free_one_is_run_again_and_finds_it_taken(storage: Storage) -> None:
    both_have_looked = asyncio.Barrier(2)
    runs = 0

    async def put_if_free(transaction: Transaction) -> bool:
        nonlocal runs
        runs += 1
        taken = "new" in [row.name for row in await transaction.all(NAMES)]
        if runs <= 2:
            await both_have_looked.wait()
        if not taken:
            await transaction.execute(PUT, name="new")
        return not taken

    assert sorted(await asyncio.gather(storage.write(put_if_free), storage.write(put_if_free))) == [False, True]
    assert runs == 3


async def test_of_two_that_lock_each_other_out_one_is_run_again(postgresql_url: str, other: asyncpg.Connection) -> None:
    # The server looks for deadlocks after a second, unless told otherwise.
    database = await other.fetchval("SELECT current_database()")
    await other.execute(f"ALTER DATABASE {database} SET deadlock_timeout = '10ms'")
    storage = await connect(postgresql_url)
    runs: list[str] = []
    both_hold_one = asyncio.Barrier(2)

    async def change(transaction: Transaction, first: str, second: str) -> None:
        runs.append(first)
        await transaction.execute(CHANGE, name=first)
        if len(runs) <= 2:
            await both_hold_one.wait()
        await transaction.execute(CHANGE, name=second)

    try:
        await put(storage, "a", "b")
        await asyncio.gather(
            storage.write(lambda transaction: change(transaction, "a", "b")),
            storage.write(lambda transaction: change(transaction, "b", "a")),
        )
        assert await names(storage, CHANGED_TWICE) == ["a", "b"]
    finally:
        await storage.close()
    assert len(runs) == 3


async def test_work_that_collides_again_and_again_is_unavailable(storage: Storage) -> None:
    runs = 0

    async def work(transaction: Transaction) -> None:
        nonlocal runs
        runs += 1
        await transaction.execute(PUT, name="undone")
        await transaction.all(COLLIDE)

    with pytest.raises(Unavailable, match="collided"):
        await storage.write(work)

    assert runs == 4
    assert await names(storage) == []


async def test_a_lost_connection_is_unavailable_and_replaced(storage: Storage) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.execute(PUT, name="undone")
        await transaction.one(END_OWN_CONNECTION)

    with pytest.raises(Unavailable):
        await storage.write(work)
    with pytest.raises(Unavailable):
        await storage.read(lambda transaction: transaction.one(END_OWN_CONNECTION))

    await put(storage, "after")
    assert await names(storage) == ["after"]


async def test_a_connection_lost_before_the_commit_is_unavailable(storage: Storage, other: asyncpg.Connection) -> None:
    own = Statement("SELECT pg_backend_pid() AS count", Count)

    async def work(transaction: Transaction) -> None:
        await transaction.execute(PUT, name="undone")
        connection = await transaction.one(own)
        assert connection is not None
        await other.execute("SELECT pg_terminate_backend($1, 5000)", connection.count)

    with pytest.raises(Unavailable):
        await storage.write(work)

    assert await other.fetchval("SELECT count(*) FROM meta") == 0


async def test_a_row_that_stays_locked_is_unavailable(storage: Storage, other: asyncpg.Connection) -> None:
    await put(storage, "a")
    async with other.transaction():
        await other.execute("UPDATE meta SET value = 'theirs'")
        with pytest.raises(Unavailable, match="lock timeout"):
            await storage.write(lambda transaction: transaction.execute(CHANGE, name="a"))
        assert await names(storage) == ["a"]  # reading goes on


async def test_where_all_connections_stay_busy_it_is_unavailable(postgresql_url: str) -> None:
    storage = await connect(postgresql_url, connections=1, patience=0.5)
    done = asyncio.Event()

    async def long(_: Transaction) -> None:
        await done.wait()

    busy = asyncio.create_task(storage.write(long))
    await asyncio.sleep(0)  # it takes the connection
    with pytest.raises(Unavailable, match="no answer in time"):
        await names(storage)
    done.set()
    await busy
    assert await names(storage) == []
    await storage.close()


async def test_a_cancelled_write_is_undone_and_its_connection_used_again(postgresql_url: str) -> None:
    storage = await connect(postgresql_url, connections=1)
    reached = asyncio.Event()

    async def work(transaction: Transaction) -> None:
        await transaction.execute(PUT, name="undone")
        reached.set()
        await asyncio.Event().wait()

    write = asyncio.create_task(storage.write(work))
    await reached.wait()
    write.cancel()
    with pytest.raises(asyncio.CancelledError):
        await write

    assert await names(storage) == []
    await put(storage, "after")
    await storage.close()


async def test_closing_waits_for_what_is_running(postgresql_url: str, other: asyncpg.Connection) -> None:
    storage = await connect(postgresql_url)
    reached, done = asyncio.Event(), asyncio.Event()

    async def work(transaction: Transaction) -> None:
        reached.set()
        await done.wait()
        await transaction.execute(PUT, name="a")

    write = asyncio.create_task(storage.write(work))
    await reached.wait()
    closing = asyncio.create_task(storage.close())
    done.set()
    await asyncio.gather(write, closing)

    assert await other.fetchval("SELECT count(*) FROM meta") == 1


async def test_a_statement_is_prepared_once_on_a_connection(postgresql_url: str) -> None:
    storage = await connect(postgresql_url, connections=1)
    uses = Statement(
        "SELECT generic_plans + custom_plans FROM pg_prepared_statements WHERE statement = CAST(:text AS TEXT)", Count
    )
    for _ in range(3):
        await names(storage)

    assert await storage.read(lambda transaction: transaction.all(uses, text=NAMES.postgresql)) == [Count(3)]
    await storage.close()


async def test_a_write_is_at_read_committed_whatever_the_database_prefers(
    postgresql_url: str, other: asyncpg.Connection
) -> None:
    database = await other.fetchval("SELECT current_database()")
    await other.execute(f"ALTER DATABASE {database} SET default_transaction_isolation = 'serializable'")
    storage = await connect(postgresql_url)
    isolation = Statement("SHOW transaction_isolation", Name)

    assert await storage.write(lambda transaction: transaction.one(isolation)) == Name("read committed")
    await storage.close()
