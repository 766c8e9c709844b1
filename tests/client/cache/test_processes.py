"""Processes that write one file at once: no update is lost, and nobody sees half of one."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

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
