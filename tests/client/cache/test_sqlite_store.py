"""The SQLite file: locks, damage with a log beside it, other tables, forks."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from rollcall.client.cache.sqlite_store import SqliteStore
from rollcall.client.cache.store import Shelf, StoreUnavailable

from .stage import content, entry


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SqliteStore:
    monkeypatch.setattr("rollcall.client.cache.store.SECONDS_TO_WAIT_FOR_A_LOCK", 0.05)
    return SqliteStore(tmp_path / "cache.sqlite")


def test_a_file_that_is_being_written_is_read_and_cannot_be_changed(store: SqliteStore) -> None:
    store.put("a", {1: entry()})
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("BEGIN IMMEDIATE")
        assert [*store.load("a").entries] == [1]
        with pytest.raises(StoreUnavailable, match="locked"):
            store.put("a", {2: entry()})
    store.put("a", {3: entry()})
    assert [*store.load("a").entries] == [1, 3]


def test_a_file_that_is_locked_whole_is_unavailable_and_not_set_aside(store: SqliteStore) -> None:
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("PRAGMA locking_mode = EXCLUSIVE")
        other.execute("CREATE TABLE theirs (x)")
        for action in (store.find, store.remove):
            with pytest.raises(StoreUnavailable, match="locked"):
                action("a", 1)
    store.put("a", {1: entry()})
    assert [*store.load("a").entries] == [1]
    assert not store.path.with_name("cache.sqlite.damaged").exists()


def test_what_a_killed_process_had_written_is_there(tmp_path: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from msgspec import Raw
from rollcall.client.cache.sqlite_store import SqliteStore
from rollcall.client.cache.store import Entry
store = SqliteStore(Path(sys.argv[1]))
store.put("a", {1: Entry(Raw(b"1"), 1.0)})
os.kill(os.getpid(), 9)
"""
    path = tmp_path / "cache.sqlite"
    subprocess.run([sys.executable, "-c", program, str(path)], check=False, timeout=60)
    assert path.with_name("cache.sqlite-wal").exists()
    assert content(SqliteStore(path).load("a")) == {1: "1"}


def test_a_damaged_file_takes_its_log_with_it_and_who_has_it_open_goes_over_to_the_new_one(
    store: SqliteStore, caplog: pytest.LogCaptureFixture
) -> None:
    store.replace("a", Shelf({key: entry('"' + "x" * 900 + '"') for key in range(200)}, 1.0))
    with closing(sqlite3.connect(store.path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.put("b", {1: entry()})
    size = store.path.stat().st_size
    with store.path.open("r+b") as file:  # all pages but the first two
        file.seek(8192)
        file.write(b"\xee" * (size - 8192))
    begun = SqliteStore(store.path)
    assert begun.load("a") == Shelf()
    assert store.path.with_name("cache.sqlite.damaged").stat().st_size == size
    assert store.path.with_name("cache.sqlite.damaged-wal").stat().st_size > 0
    assert begun.load("b") == Shelf()
    begun.put("a", {1: entry()})
    assert [*store.load("a").entries] == [1]
    assert len(caplog.records) == 1


def test_closed_it_is_one_file(store: SqliteStore) -> None:
    store.put("a", {1: entry()})
    store.close()
    assert [path.name for path in store.path.parent.iterdir()] == ["cache.sqlite"]


def test_tables_of_another_program_or_version_are_left_alone(store: SqliteStore) -> None:
    with closing(sqlite3.connect(store.path)) as theirs, theirs:
        theirs.execute("CREATE TABLE organization (id INTEGER, name TEXT)")
        theirs.execute("INSERT INTO organization VALUES (1, 'Ours')")
        theirs.execute("CREATE TABLE rollcall_2_entry (id INTEGER)")
    store.put("a", {1: entry()})
    store.forget("a")
    with closing(sqlite3.connect(store.path)) as theirs:
        assert theirs.execute("SELECT * FROM organization").fetchall() == [(1, "Ours")]
        assert theirs.execute("SELECT * FROM rollcall_2_entry").fetchall() == []


def test_a_full_disk_is_unavailable_and_nothing_is_half_written(store: SqliteStore) -> None:
    store.replace("a", Shelf({1: entry("1")}, 1.0))
    (handle,) = store._handles.values()
    connection = handle.connection()
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailable, match="full"):
        store.replace("a", Shelf({key: entry('"' + "x" * 900 + '"') for key in range(200)}, 2.0))
    assert (content(store.load("a")), store.load("a").collected_at) == ({1: "1"}, 1.0)


def test_an_error_within_a_change_leaves_no_transaction_open(store: SqliteStore) -> None:
    def fail(_: sqlite3.Connection) -> None:
        raise OSError(5, "Input/output error")

    with pytest.raises(StoreUnavailable, match="Input/output"):
        store._change(fail)
    store.put("a", {1: entry()})
    assert [*SqliteStore(store.path).load("a").entries] == [1]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_forked_process_has_a_connection_of_its_own(tmp_path: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from msgspec import Raw
from rollcall.client.cache.sqlite_store import SqliteStore
from rollcall.client.cache.store import Entry
store = SqliteStore(Path(sys.argv[1]))
store.put("a", {0: Entry(Raw(b"0"), 1.0)})
(handle,) = store._handles.values()
handle.turn.acquire()  # as if another thread had it when the process is forked
child = os.fork()
if child == 0:
    for number in range(1, 50):
        store.put("a", {number: Entry(Raw(b"1"), 1.0)})
    os._exit(0)
handle.turn.release()
for number in range(50, 100):
    store.put("a", {number: Entry(Raw(b"1"), 1.0)})
assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
print(len(store.load("a").entries))
"""
    run = [sys.executable, "-c", program, str(tmp_path / "cache.sqlite")]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("100\n", "")
