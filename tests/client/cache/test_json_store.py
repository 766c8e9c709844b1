"""The JSON file: locks, full disks, and files of others."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from rollcall.client.cache.file_lock import locked
from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.store import Shelf, StoreUnavailable

from .stage import content, entry


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> JSONStore:
    monkeypatch.setattr("rollcall.client.cache.store.SECONDS_TO_WAIT_FOR_A_LOCK", 0.05)
    return JSONStore(tmp_path / "cache.json")


def test_asking_makes_no_file(tmp_path: Path) -> None:
    store = JSONStore(tmp_path / "folder" / "cache.json")
    store.find("a", 1)
    store.remove("a", 1)
    store.forget("a")
    assert not store.path.parent.exists()


def test_nothing_but_the_file_and_its_lock_is_left(store: JSONStore) -> None:
    store.put("a", {1: entry()})
    store.put("a", {2: entry()})
    assert sorted(path.name for path in store.path.parent.iterdir()) == ["cache.json", "cache.json.lock"]


def test_what_a_killed_process_left_is_written_over(store: JSONStore) -> None:
    store.path.with_name("cache.json.new").write_text("half of it")
    store.put("a", {1: entry()})
    assert [*store.load("a").entries] == [1]
    assert not store.path.with_name("cache.json.new").exists()


def test_a_locked_file_is_read_and_cannot_be_changed(store: JSONStore) -> None:
    store.put("a", {1: entry()})
    with (
        locked(store.path.with_name("cache.json.lock"), seconds=0),
        pytest.raises(StoreUnavailable, match=r"cache\.json\.lock is locked by another process"),
    ):
        store.put("a", {2: entry()})
    assert [*JSONStore(store.path).load("a").entries] == [1]
    store.put("a", {2: entry()})
    assert [*store.load("a").entries] == [1, 2]


@pytest.mark.parametrize(
    "theirs",
    [
        {"version": "2.1.0", "data": [{"class": "organization", "id": 1, "name": "Ours"}]},  # toggl-api-wrapper's
        {"format": 2, "shelves": {"organizations": "in a way to come"}},
        [],
        "text",
    ],
)
def test_a_file_of_another_program_or_version_is_neither_used_nor_touched(store: JSONStore, theirs: object) -> None:
    store.path.write_text(json.dumps(theirs))
    actions: list[Callable[[], object]] = [
        lambda: store.find("a", 1),
        lambda: store.put("a", {1: entry()}),
        lambda: store.replace("a", Shelf()),
    ]
    for action in actions:
        with pytest.raises(StoreUnavailable, match="written by another program or version"):
            action()
    assert json.loads(store.path.read_text()) == theirs


def full(*_: object, **__: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.mark.parametrize("step", ["write", "replace"])
def test_what_cannot_be_written_for_want_of_space_leaves_nothing_that_is_old(
    store: JSONStore, step: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.put("a", {1: entry("1")})
    with monkeypatch.context() as patch:
        patch.setattr(*{"write": (os, "utime"), "replace": (Path, "replace")}[step], full)
        with pytest.raises(StoreUnavailable, match="No space left"):
            store.put("a", {1: entry("2")})
    assert store.find("a", 1) is None
    assert [path.name for path in store.path.parent.iterdir()] == ["cache.json.lock"]


def refused(*_: object, **__: object) -> None:
    raise PermissionError(13, "Permission denied")


@pytest.mark.parametrize("target", ["pathlib.Path.open", "pathlib.Path.stat"])
def test_a_file_that_cannot_be_read_is_unavailable(
    store: JSONStore, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    JSONStore(store.path).put("a", {1: entry()})
    assert store.find("a", 1) is not None
    JSONStore(store.path).put("a", {2: entry()})
    monkeypatch.setattr(target, refused)
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        store.find("a", 1)


@pytest.mark.parametrize("target", ["rollcall.client.cache.json_store.open", "os.open", "pathlib.Path.mkdir"])
def test_a_file_that_cannot_be_written_is_unavailable(
    store: JSONStore, target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(target, refused, raising=False)
    with pytest.raises(StoreUnavailable, match="Permission denied"):
        store.put("a", {1: entry()})


def test_a_file_that_did_not_change_is_not_read_again(store: JSONStore, monkeypatch: pytest.MonkeyPatch) -> None:
    store.put("a", {1: entry("1")})
    monkeypatch.setattr("pathlib.Path.open", refused)
    assert content(store.load("a")) == {1: "1"}


def test_a_file_of_the_same_size_in_the_same_moment_is_another_one(
    store: JSONStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("time.time_ns", lambda: 10**18)
    other = JSONStore(store.path)
    seen: set[tuple[int, int]] = set()
    for number in range(20):
        store.put("a", {1: entry(str(number % 10))})
        assert content(other.load("a")) == {1: str(number % 10)}
        status = store.path.stat()
        seen.add((status.st_mtime_ns, status.st_ino))
    assert len(seen) == 20


def test_a_change_that_comes_to_nothing_writes_nothing(store: JSONStore) -> None:
    store.replace("a", Shelf({1: entry(etag='"v1"')}, 1.0))
    before = store.path.stat()
    changes: list[Callable[[], None]] = [
        lambda: store.remove("a", 2),
        lambda: store.renew("a", 1, '"v2"', 5.0),
        lambda: store.renew_all("a", '"all"', 5.0),
        lambda: store.forget("b"),
    ]
    for change in changes:
        change()
    assert store.path.stat().st_mtime_ns == before.st_mtime_ns
