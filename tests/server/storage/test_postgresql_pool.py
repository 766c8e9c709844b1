"""The pool of connections to PostgreSQL: who is lent one and when, and which connections are lent again."""

import asyncio
from collections.abc import AsyncIterator
from types import NoneType

import asyncpg
import pytest

from rollcall.server.storage import Statement, Storage, Transaction, Unavailable, connect
from rollcall.server.storage.postgresql_pool import Pool

pytestmark = pytest.mark.anyio

PID = "SELECT pg_backend_pid()"
PUT = Statement("INSERT INTO meta (name, value) VALUES (:name, '')", NoneType)


@pytest.fixture
async def pool(postgresql_url: str) -> AsyncIterator[Pool]:
    """A pool of one connection."""
    pool = Pool(postgresql_url, connections=1, patience=5.0)
    yield pool
    async with asyncio.timeout(10):  # it waits for connections that were taken and not put back
        await pool.close()


@pytest.fixture
async def other(postgresql_url: str) -> AsyncIterator[asyncpg.Connection]:
    """Somebody else's connection."""
    connection = await asyncpg.connect(postgresql_url)
    yield connection
    await connection.close()


async def pid(pool: Pool) -> int:
    async with pool.lend() as connection:
        number: int = await connection.fetchval(PID)
        return number


async def test_a_connection_is_used_again(pool: Pool) -> None:
    assert await pid(pool) == await pid(pool)


async def test_no_more_are_open_than_may_be(postgresql_url: str) -> None:
    pool = Pool(postgresql_url, connections=3, patience=5.0)
    pids = await asyncio.gather(*(pid(pool) for _ in range(20)))
    assert len(set(pids)) == 3
    await pool.close()


async def test_who_has_waited_longest_is_next(pool: Pool) -> None:
    order = []

    async def work(number: int) -> None:
        async with pool.lend() as connection:
            order.append(number)
            await connection.fetchval(PID)

    await asyncio.gather(*map(work, range(10)))
    assert order == list(range(10))


@pytest.mark.parametrize("moment", ["while it waits", "as its turn comes"])
async def test_who_gives_up_waiting_holds_up_nobody(pool: Pool, moment: str) -> None:
    connection = await pool.take()
    first, second = (asyncio.create_task(pid(pool)) for _ in range(2))
    await asyncio.sleep(0)  # they wait
    if moment == "while it waits":
        first.cancel()
    pool.put_back(connection, interrupted=False)
    first.cancel()
    assert await second
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_who_waits_too_long_holds_up_nobody(postgresql_url: str) -> None:
    pool = Pool(postgresql_url, connections=1, patience=0.05)
    connection = await pool.take()
    with pytest.raises(Unavailable, match="no answer in time"):
        await pid(pool)
    pool.put_back(connection, interrupted=False)
    assert await pid(pool)
    await pool.close()


async def test_a_server_that_cannot_be_reached_leaves_the_pool_as_it_was() -> None:
    pool = Pool("postgresql://somebody@127.0.0.1:1/rollcall", connections=1, patience=5.0)
    for _ in range(3):
        with pytest.raises(Unavailable, match="127\\.0\\.0\\.1"):
            await pid(pool)
    await pool.close()


async def test_a_connection_that_is_lost_while_nobody_has_it_is_replaced(pool: Pool, other: asyncpg.Connection) -> None:
    async with pool.lend() as connection:
        before = await connection.fetchval(PID)
    lost = asyncio.Event()
    connection.add_termination_listener(lambda _: lost.set())
    await other.fetchval("SELECT pg_terminate_backend($1, 5000)", before)
    await lost.wait()
    assert await pid(pool) != before


async def test_a_connection_whose_work_was_interrupted_is_not_lent_again(pool: Pool, other: asyncpg.Connection) -> None:
    before = await pid(pool)

    async def work() -> None:
        async with pool.lend() as connection:
            await connection.fetchval("SELECT pg_sleep(3600)")

    interrupted = asyncio.create_task(work())
    while not await other.fetchval("SELECT EXISTS (SELECT 1 FROM pg_stat_activity WHERE wait_event = 'PgSleep')"):
        assert not interrupted.done()
    interrupted.cancel()
    with pytest.raises(asyncio.CancelledError):
        await interrupted
    assert await pid(pool) != before


async def test_a_transaction_that_nobody_has_ended_is_not_lent_on(pool: Pool) -> None:
    async with pool.lend() as connection:
        before = await connection.fetchval(PID)
        await connection.execute("BEGIN")
    async with pool.lend() as connection:
        assert not connection.is_in_transaction()
        assert await connection.fetchval(PID) != before


async def test_a_write_may_be_cancelled_at_any_moment(postgresql_url: str, other: asyncpg.Connection) -> None:
    storage = await connect(postgresql_url, connections=1)
    for moment in range(40):
        write = asyncio.create_task(put(storage, f"cancelled {moment}"))
        for _ in range(moment):
            await asyncio.sleep(0)
        write.cancel()
        await asyncio.gather(write, return_exceptions=True)
        await put(storage, f"after {moment}")
    await storage.close()
    assert await other.fetchval("SELECT COUNT(*) FROM meta WHERE name LIKE 'after %'") == 40


async def put(storage: Storage, name: str) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.execute(PUT, name=name)

    await storage.write(work)


async def test_closing_lets_finish_who_waits_and_lets_in_nobody_new(postgresql_url: str) -> None:
    pool = Pool(postgresql_url, connections=1, patience=5.0)
    connection = await pool.take()
    waits = asyncio.create_task(pid(pool))
    await asyncio.sleep(0)
    closing = asyncio.create_task(pool.close())
    await asyncio.sleep(0)
    with pytest.raises(Unavailable, match="closed"):
        await pid(pool)
    pool.put_back(connection, interrupted=False)
    assert await waits
    await closing
    assert connection.is_closed()
    await pool.close()
