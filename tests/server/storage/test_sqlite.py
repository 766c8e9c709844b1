"""What only SQLite does: one writer thread that commits in groups, and reads that never suspend."""

import asyncio
import itertools
import sqlite3
import threading
from collections.abc import AsyncIterator, Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing
from functools import partial
from pathlib import Path
from types import NoneType
from typing import Any

import msgspec
import pytest

from rollcall.cli.serve.worker import new_event_loop as new_server_loop
from rollcall.coroutine import complete
from rollcall.server.storage import Statement, StorageError, Transaction, Unavailable, sqlite_writer
from rollcall.server.storage.row import IdRow
from rollcall.server.storage.sqlite import SQLiteStorage

pytestmark = pytest.mark.anyio


class Name(msgspec.Struct):
    name: str


PUT = Statement("INSERT INTO meta (name, value) VALUES (:name, '')", NoneType)
NAMES = Statement("SELECT name FROM meta ORDER BY name", Name)
BREAK_COMMIT = Statement("PRAGMA defer_foreign_keys = ON", NoneType)
ORPHAN = Statement("INSERT INTO user_organizations (user_id, organization_id) VALUES (404, 1)", NoneType)


@pytest.fixture
def path(sqlite_url: str) -> Path:
    return Path(sqlite_url.removeprefix("sqlite://"))


@pytest.fixture
async def storage(path: Path) -> AsyncIterator[SQLiteStorage]:
    storage = SQLiteStorage(path, patience=0.05)
    yield storage
    await storage.close()


class Gate:
    """Work that keeps the writer busy, so that what comes after it waits together."""

    def __init__(self) -> None:
        self._reached = threading.Event()
        self._open = threading.Event()

    async def work(self, _: Transaction) -> None:
        self._reached.set()
        self._open.wait(timeout=10)

    async def reached(self) -> None:
        await asyncio.to_thread(self._reached.wait, 10)

    def open(self) -> None:
        self._open.set()


async def put(storage: SQLiteStorage, name: str) -> int:
    return await storage.write(lambda transaction: transaction.execute(PUT, name=name))


async def names(storage: SQLiteStorage) -> list[str]:
    return [row.name for row in await storage.read(lambda transaction: transaction.all(NAMES))]


def put_elsewhere(path: Path, name: str) -> None:
    """As another process would."""
    with closing(sqlite3.connect(path)) as other, other:
        other.execute("INSERT INTO meta (name, value) VALUES (?, '')", (name,))


async def break_commit(transaction: Transaction) -> None:
    """A reference to nobody, looked at only by COMMIT."""
    await transaction.execute(BREAK_COMMIT)
    await transaction.execute(ORPHAN)


async def fail(transaction: Transaction) -> None:
    await transaction.execute(PUT, name="undone")
    raise LookupError("nobody")


async def test_what_waits_together_is_committed_together(storage: SQLiteStorage, path: Path) -> None:
    seen_outside: list[int] = []

    async def look(transaction: Transaction) -> list[str]:
        outside = sqlite3.connect(path)
        seen_outside.extend(row[0] for row in outside.execute("SELECT count(*) FROM meta"))
        outside.close()
        return [row.name for row in await transaction.all(NAMES)]

    gate = Gate()
    first = asyncio.create_task(storage.write(gate.work))
    await gate.reached()
    writes = [asyncio.create_task(put(storage, name)) for name in "abc"]
    last = asyncio.create_task(storage.write(look))
    await asyncio.sleep(0)
    gate.open()

    assert await last == ["a", "b", "c"]
    assert seen_outside == [0]
    assert await asyncio.gather(first, *writes) == [None, 1, 1, 1]
    assert await names(storage) == ["a", "b", "c"]


async def test_an_exception_undoes_its_work_alone_within_the_group(storage: SQLiteStorage) -> None:
    gate = Gate()
    first = asyncio.create_task(storage.write(gate.work))
    await gate.reached()
    writes = [
        asyncio.create_task(put(storage, "a")),
        asyncio.create_task(storage.write(fail)),
        asyncio.create_task(put(storage, "b")),
    ]
    await asyncio.sleep(0)
    gate.open()
    await first
    outcomes = await asyncio.gather(*writes, return_exceptions=True)

    assert [outcomes[0], outcomes[2]] == [1, 1]
    assert isinstance(outcomes[1], LookupError)
    assert await names(storage) == ["a", "b"]


async def test_a_commit_that_fails_fails_all_of_its_group_and_none_after(storage: SQLiteStorage) -> None:
    gate = Gate()
    first = asyncio.create_task(storage.write(gate.work))
    await gate.reached()
    writes = [
        asyncio.create_task(put(storage, "a")),
        asyncio.create_task(storage.write(break_commit)),
        asyncio.create_task(storage.write(fail)),
    ]
    await asyncio.sleep(0)
    gate.open()
    outcomes = await asyncio.gather(first, *writes, return_exceptions=True)

    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 4
    assert len({id(outcome) for outcome in outcomes}) == 4
    assert await put(storage, "after") == 1
    assert await names(storage) == ["after"]


async def test_a_caller_that_has_gone_does_not_disturb_its_group(storage: SQLiteStorage) -> None:
    gate = Gate()
    first = asyncio.create_task(storage.write(gate.work))
    await gate.reached()
    gone = asyncio.create_task(put(storage, "gone"))
    stays = asyncio.create_task(put(storage, "stays"))
    await asyncio.sleep(0)
    gone.cancel()
    first.cancel()  # this one is running already
    await asyncio.sleep(0)
    gate.open()

    assert await stays == 1
    assert gone.cancelled()
    assert first.cancelled()
    assert await names(storage) == ["stays"]


async def test_callers_on_other_event_loops_are_answered_there(storage: SQLiteStorage) -> None:
    answers = await asyncio.gather(
        *(asyncio.to_thread(asyncio.run, put(storage, name)) for name in ("a", "b")), put(storage, "c")
    )

    assert answers == [1, 1, 1]


async def test_a_file_that_stays_locked_is_unavailable_for_all_that_wait(storage: SQLiteStorage, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    outcomes = await asyncio.gather(*(put(storage, name) for name in "abc"), return_exceptions=True)
    assert await names(storage) == []  # reading goes on
    other.close()

    assert [type(outcome) for outcome in outcomes] == [Unavailable] * 3
    assert "locked" in str(outcomes[0])
    assert await put(storage, "after") == 1


async def test_closing_finishes_what_is_queued_and_leaves_one_file(storage: SQLiteStorage, path: Path) -> None:
    gate = Gate()
    first = asyncio.create_task(storage.write(gate.work))
    await gate.reached()
    writes = [asyncio.create_task(put(storage, name)) for name in "ab"]
    await asyncio.sleep(0)
    end = asyncio.create_task(storage.close())
    await asyncio.sleep(0)
    gate.open()
    await end

    assert await asyncio.gather(first, *writes) == [None, 1, 1]
    assert [file.name for file in path.parent.iterdir()] == ["rollcall.db"]


async def test_work_that_awaits_something_else_is_a_mistake(storage: SQLiteStorage) -> None:
    async def sleepy(transaction: Transaction) -> None:
        await transaction.all(NAMES)
        await asyncio.sleep(0)

    with pytest.raises(RuntimeError, match="sleepy awaited something"):
        await storage.read(sleepy)
    with pytest.raises(RuntimeError, match="sleepy awaited something"):
        await storage.write(sleepy)
    assert await put(storage, "after") == 1
    assert await names(storage) == ["after"]


async def test_reading_needs_no_event_loop_and_any_thread_may(storage: SQLiteStorage) -> None:
    await put(storage, "a")

    assert complete(names(storage)) == ["a"]
    assert await asyncio.to_thread(lambda: complete(names(storage))) == ["a"]


LONG = Statement(
    """
    WITH RECURSIVE counted (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM counted WHERE n < :steps)
    SELECT COUNT(*) FROM counted
    """,
    IdRow,
)


@pytest.mark.parametrize(("steps", "threads"), [(10, 1), (100_000, 2)])
async def test_a_read_that_takes_long_is_begun_again_beside_the_event_loop(
    storage: SQLiteStorage, steps: int, threads: int
) -> None:
    seen = []

    async def work(transaction: Transaction) -> int:
        seen.append(threading.current_thread())
        counted = await transaction.one(LONG, steps=steps)
        assert counted is not None
        return counted.id

    assert await storage.read(work) == steps
    assert len(set(seen)) == len(seen) == threads
    assert seen[0] is threading.current_thread()
    # Elsewhere a read has no event loop to hold up.
    seen.clear()
    assert await asyncio.to_thread(lambda: complete(storage.read(work))) == steps
    assert len(seen) == 1


async def test_what_interrupts_a_long_read_is_told_from_other_trouble(storage: SQLiteStorage) -> None:
    async def work(transaction: Transaction) -> None:
        await transaction.one(LONG, steps=10)
        raise Unavailable("for another reason")

    with pytest.raises(Unavailable, match="for another reason"):
        await storage.read(work)


@pytest.mark.parametrize("elsewhere", [False, True])
async def test_a_read_sees_one_snapshot(storage: SQLiteStorage, path: Path, *, elsewhere: bool) -> None:
    async def twice(transaction: Transaction) -> tuple[int, int]:
        before = len(await transaction.all(NAMES))
        put_elsewhere(path, "new")
        return before, len(await transaction.all(NAMES))

    seen = asyncio.to_thread(lambda: complete(storage.read(twice))) if elsewhere else storage.read(twice)
    assert await seen == (0, 0)
    assert await asyncio.to_thread(lambda: complete(names(storage))) == ["new"]


async def test_what_is_read_in_one_turn_of_an_event_loop_is_one_snapshot(storage: SQLiteStorage, path: Path) -> None:
    before = await names(storage)
    put_elsewhere(path, "new")
    within = await names(storage)
    await asyncio.sleep(0)

    assert (before, within, await names(storage)) == ([], [], ["new"])


async def test_a_turn_whose_snapshot_sqlite_has_ended_has_another(storage: SQLiteStorage, path: Path) -> None:
    """As it does after an error of the disk: what is read after that in the turn is one state again."""

    async def lose(transaction: Transaction) -> None:
        transaction._cursor.connection.rollback()  # type: ignore[attr-defined]

    async def twice(transaction: Transaction) -> list[int]:
        before = len(await transaction.all(NAMES))
        put_elsewhere(path, "new")
        return [before, len(await transaction.all(NAMES))]

    assert await names(storage) == []
    await storage.read(lose)
    assert await storage.read(twice) == [0, 0]


@pytest.mark.parametrize("new_event_loop", [asyncio.new_event_loop, new_server_loop])
def test_nobody_is_answered_from_a_state_that_had_passed_when_they_asked(
    new_event_loop: Callable[[], asyncio.AbstractEventLoop], path: Path
) -> None:
    """Those who were in the queue before a turn's first read had asked before it; whoever comes after sees more."""

    async def ask_in_turn() -> list[list[str]]:
        storage = SQLiteStorage(path, patience=0.05)
        earlier = asyncio.create_task(names(storage))

        async def ask_then_others() -> list[str]:
            seen = await names(storage)
            later.extend(asyncio.create_task(names(storage)) for _ in range(2))
            put_elsewhere(path, "new")
            return seen

        later: list[asyncio.Task[list[str]]] = []
        first = asyncio.create_task(ask_then_others())
        waiting = asyncio.create_task(names(storage))
        seen = [await earlier, await first, await waiting]
        seen += [await task for task in later]
        await storage.close()
        return seen

    with asyncio.Runner(loop_factory=new_event_loop) as runner:
        assert runner.run(ask_in_turn()) == [[], [], [], ["new"], ["new"]]


def test_an_event_loop_that_ends_within_a_turn_leaves_no_snapshot(path: Path) -> None:
    storage = SQLiteStorage(path, patience=0.05)
    with asyncio.Runner() as one, asyncio.Runner() as another:
        seen = [one.run(names(storage))]
        put_elsewhere(path, "a")
        seen.append(another.run(names(storage)))
        put_elsewhere(path, "b")
        seen.append(complete(names(storage)))
        put_elsewhere(path, "c")
        seen += [another.run(names(storage)), one.run(names(storage))]
    asyncio.run(storage.close())

    assert seen == [[], ["a"], ["a", "b"], ["a", "b", "c"], ["a", "b", "c"]]


async def test_closing_in_the_turn_of_a_read_is_quiet(storage: SQLiteStorage) -> None:
    class AtOnce(ThreadPoolExecutor):
        """Done before the loop's turn is over, as the fastest thread might."""

        def submit(self, fn: Any, /, *given: Any, **named: Any) -> Future[Any]:
            done: Future[Any] = Future()
            done.set_result(fn(*given, **named))
            return done

    complaints: list[object] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: complaints.append(context))
    loop.set_default_executor(AtOnce())
    await names(storage)
    await storage.close()
    await asyncio.sleep(0)

    assert complaints == []


async def test_a_read_cannot_write(storage: SQLiteStorage) -> None:
    with pytest.raises(StorageError, match="readonly"):
        await storage.read(lambda transaction: transaction.execute(PUT, name="a"))


async def test_a_commit_is_on_disk_before_it_is_answered(storage: SQLiteStorage) -> None:
    class Mode(msgspec.Struct):
        mode: int

    full = await storage.write(lambda transaction: transaction.one(Statement("PRAGMA synchronous", Mode)))

    assert full == Mode(2)


FILL = Statement("INSERT INTO meta (name, value) VALUES (:name, hex(randomblob(10000)))", NoneType)
LONGEST_LOG = 2**18


async def put_much(transaction: Transaction, *, name: str) -> None:
    await transaction.execute(FILL, name=name)


async def fill(storage: SQLiteStorage, names: Iterable[int]) -> None:
    for name in names:
        await storage.write(partial(put_much, name=f"{name}"))


def read_without_pause(path: Path, stop: threading.Event) -> None:
    """As two event loops would whose turns overlap: a snapshot ends when another has begun."""
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(path)) as another:
        for connection, other in itertools.cycle([(one, another), (another, one)]):
            connection.execute("BEGIN")
            connection.execute("SELECT count(*) FROM meta").fetchone()
            other.rollback()
            if stop.is_set():
                return


async def test_the_log_begins_anew_although_somebody_always_reads(
    storage: SQLiteStorage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_writer, "LONGEST_LOG", LONGEST_LOG)
    await put(storage, "the first write after which the length counts")
    stop = threading.Event()
    reading = asyncio.create_task(asyncio.to_thread(read_without_pause, path, stop))
    try:
        await fill(storage, range(100))
        length = log_of(path).stat().st_size
    finally:
        stop.set()
        await reading

    assert length < 3 * LONGEST_LOG


async def test_a_long_read_makes_the_log_long_and_keeps_no_write_waiting(
    storage: SQLiteStorage, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_writer, "LONGEST_LOG", LONGEST_LOG)
    waits: list[str] = []
    storage._connection.set_trace_callback(lambda sql: waits.append(sql) if "wal_checkpoint" in sql else None)
    with closing(sqlite3.connect(path)) as long:
        long.execute("BEGIN")
        long.execute("SELECT count(*) FROM meta").fetchone()
        await fill(storage, range(100))
        assert long.execute("SELECT count(*) FROM meta").fetchone() == (0,)
    length = log_of(path).stat().st_size
    await fill(storage, range(100, 200))

    assert 0 < len(waits) <= 2 * length // LONGEST_LOG
    assert log_of(path).stat().st_size <= length + LONGEST_LOG


def log_of(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")
