"""Processes that write one file at once: no update is lost, and nobody sees half of one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from rollcall.client.cache.file_lock import locked
from rollcall.client.cache.store import Shelf

from .stage import STORES, entry

WRITER = """
import sys
from pathlib import Path
from msgspec import Raw
from rollcall.client.cache import store
from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.sqlite_store import SqliteStore
from rollcall.client.cache.store import Entry, Shelf
store.SECONDS_TO_WAIT_FOR_A_LOCK = 60
kind, path, name = sys.argv[1:]
mine = {"JSONStore": JSONStore, "SqliteStore": SqliteStore}[kind](Path(path))
first = int(name) * 1000
print("ready", flush=True)
sys.stdin.readline()
for number in range(60):
    mine.put("shared", {first + number: Entry(Raw(b"1"), 1.0)})
    mine.replace("whole", Shelf({key: Entry(Raw(name.encode()), 1.0) for key in range(20)}, float(name)))
print("done", flush=True)
sys.stdin.readline()
"""


@pytest.mark.parametrize("open_store", STORES)
def test_two_processes_lose_no_update_and_a_third_sees_no_half(open_store: Any, tmp_path: Path) -> None:
    store = open_store(tmp_path / "cache")
    store.replace("whole", Shelf({key: entry("0") for key in range(20)}, 0.0))
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", WRITER, open_store.__name__, str(store.path), name],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for name in "12"
    ]
    try:
        for writer in writers:
            assert writer.stdout is not None
            assert writer.stdout.readline() == "ready\n"
        for writer in writers:
            assert writer.stdin is not None
            writer.stdin.write("go\n")
            writer.stdin.flush()
        seen = set()
        while len(store.load("shared").entries) < 120 and any(writer.poll() is None for writer in writers):
            whole = store.load("whole")
            assert len(whole.entries) == 20
            values = {bytes(each.data) for each in whole.entries.values()}
            assert values == {str(int(whole.collected_at)).encode()}
            seen |= values
            if b"1" in seen and b"2" in seen and len(store.load("shared").entries) == 120:
                break
        for writer in writers:
            writer.communicate("over\n", timeout=60)
        assert [writer.returncode for writer in writers] == [0, 0]
    finally:
        for writer in writers:
            writer.kill()
            writer.communicate()
    expected = {first + number for first in (1000, 2000) for number in range(60)}
    assert {*store.load("shared").entries} == expected
    assert {*open_store(store.path).load("shared").entries} == expected


def test_the_lock_of_a_killed_process_is_given_back(tmp_path: Path) -> None:
    program = """
import sys
from pathlib import Path
from rollcall.client.cache.file_lock import locked
with locked(Path(sys.argv[1]), seconds=0):
    print("locked", flush=True)
    sys.stdin.read()
"""
    path = tmp_path / "lock"
    run = [sys.executable, "-c", program, str(path)]
    with subprocess.Popen(run, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "locked\n"
        with pytest.raises(TimeoutError, match="lock is locked by another process"), locked(path, seconds=0.01):
            pass
        holder.kill()
    with locked(path, seconds=10):
        pass


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork")
def test_a_process_that_was_forked_meanwhile_does_not_go_on_holding_the_lock(tmp_path: Path) -> None:
    program = """
import os, sys
from pathlib import Path
from rollcall.client.cache.file_lock import locked
reading, writing = os.pipe()
with locked(Path(sys.argv[1]), seconds=0):
    child = os.fork()
    if child == 0:
        os.close(writing)
        os.read(reading, 1)  # until the other process is over
        os._exit(0)
with locked(Path(sys.argv[1]), seconds=0):
    print("free")
"""
    run = [sys.executable, "-c", program, str(tmp_path / "lock")]
    done = subprocess.run(run, capture_output=True, text=True, check=False, timeout=60)
    assert (done.stdout, done.stderr) == ("free\n", "")
