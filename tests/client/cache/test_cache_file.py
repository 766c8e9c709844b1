"""A cache's file breaks nothing when it cannot be used, and never tells what it could not be told is over."""

from __future__ import annotations

import logging
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from rollcall.client.cache.cache_file import CacheFile
from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.sqlite_store import SqliteStore
from rollcall.client.cache.store import Store, StoreUnavailable

from .stage import STORES, entry


class Broken:
    """A store that cannot be written for as long as one says so."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.is_broken = False

    def __getattr__(self, name: str) -> Any:
        if self.is_broken and name not in {"find", "load", "path"}:
            raise StoreUnavailable("the disk is full")
        return getattr(self.store, name)


@pytest.fixture(params=STORES)
def broken(request: pytest.FixtureRequest, tmp_path: Path) -> Broken:
    return Broken(request.param(tmp_path / "cache"))


def test_what_could_not_be_changed_is_not_told_and_is_dropped_as_soon_as_can_be(broken: Broken) -> None:
    file = CacheFile(broken, None)
    file.write("a", lambda store: store.put("a", {1: entry(), 2: entry()}))
    file.write("b", lambda store: store.put("b", {1: entry()}))
    broken.is_broken = True
    file.write("a", lambda store: store.remove("a", 1))
    assert file.read("a", lambda store: store.find("a", 1)) is None
    assert file.read("b", lambda store: store.find("b", 1)) is not None
    broken.is_broken = False
    assert file.read("a", lambda store: store.load("a").entries) == {}
    file.write("a", lambda store: store.put("a", {3: entry()}))
    assert [*(file.read("a", lambda store: store.load("a").entries) or ())] == [3]


def test_so_it_is_with_all_within_a_shelf_that_could_not_be_forgotten(broken: Broken) -> None:
    file = CacheFile(broken, None)
    for name in ("a/1", "a/2", "b"):
        file.write(name, lambda store, name=name: store.put(name, {1: entry()}))  # type: ignore[misc]  # bound now
    broken.is_broken = True
    file.write("a", lambda store: store.forget("a"))
    assert [file.read(name, lambda store, name=name: store.find(name, 1)) for name in ("a/1", "a/2")] == [None, None]  # type: ignore[misc]  # as above
    assert file.read("b", lambda store: store.find("b", 1)) is not None
    broken.is_broken = False
    assert file.read("a/2", lambda store: store.load("a/2").entries) == {}


def test_a_fault_is_a_warning_the_first_time(broken: Broken, caplog: pytest.LogCaptureFixture) -> None:
    file = CacheFile(broken, None)
    broken.is_broken = True
    with caplog.at_level(logging.DEBUG, "toggl_api.cache"):
        for _ in range(3):
            file.write("a", lambda store: store.remove("a", 1))
    assert [record.levelname for record in caplog.records] == ["WARNING", "DEBUG", "DEBUG"]
    assert caplog.messages[0] == "The cache is not used: the disk is full"


@pytest.mark.parametrize("store", [JSONStore, SqliteStore])
def test_expiry_is_a_time_seconds_or_never(store: Any, tmp_path: Path) -> None:
    file = CacheFile(store(tmp_path / "cache"), 90)
    assert (file.expire_after, file.is_used) == (timedelta(seconds=90), True)
    file.expire_after = 0.0
    assert (file.expire_after, file.is_used) == (timedelta(0), False)
    file.expire_after = None
    assert (file.expire_after, file.is_used) == (None, True)


@pytest.mark.parametrize("wrong", ["60", True, b"1"])
def test_what_is_no_time_is_refused(tmp_path: Path, wrong: Any) -> None:
    with pytest.raises(TypeError, match="expire_after must be a timedelta, seconds or None"):
        CacheFile(JSONStore(tmp_path / "cache"), wrong)


def test_a_time_below_zero_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="must not be below zero"):
        CacheFile(JSONStore(tmp_path / "cache"), -1)
