"""Both kinds of cache file keep shelves apart, survive damage, and never break whoever uses them."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from msgspec import Raw

from rollcall.client.cache.json_store import JSONStore
from rollcall.client.cache.sqlite_store import SqliteStore
from rollcall.client.cache.store import Entry, Shelf, Store, StoreUnavailable

Open = Callable[[Path], Store]


@pytest.fixture(params=[JSONStore, SqliteStore])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    opened: Store = request.param(tmp_path / "folder" / "cache")
    return opened


def entry(text: str = "{}", fetched_at: float = 1.5) -> Entry:
    return Entry(Raw(text.encode()), fetched_at)


def content(shelf: Shelf) -> dict[int, str]:
    return {key: bytes(found.data).decode() for key, found in shelf.entries.items()}


def test_what_is_put_is_found(store: Store) -> None:
    store.put("a", {1: entry('{"id":1}')})
    found = store.find("a", 1)
    assert found is not None
    assert (bytes(found.data), found.fetched_at) == (b'{"id":1}', 1.5)


def test_an_empty_store_has_nothing_and_makes_no_file_for_it(tmp_path: Path) -> None:
    store = JSONStore(tmp_path / "folder" / "cache")
    assert (store.find("a", 1), content(store.load("a"))) == (None, {})
    assert not store.path.parent.exists()


def test_shelves_do_not_mix(store: Store) -> None:
    store.put("a", {1: entry("1")})
    store.put("b", {1: entry("2"), 2: entry("3")})
    assert (content(store.load("a")), content(store.load("b"))) == ({1: "1"}, {1: "2", 2: "3"})
    assert store.find("a", 2) is None


def test_a_shelf_is_complete_only_once_it_was_replaced_as_a_whole(store: Store) -> None:
    store.put("a", {1: entry()})
    assert store.load("a").collected_at is None
    store.replace("a", Shelf({2: entry("2")}, 7.5))
    assert (content(store.load("a")), store.load("a").collected_at) == ({2: "2"}, 7.5)


def test_a_shelf_stays_complete_when_one_is_put_or_removed_and_not_when_marked(store: Store) -> None:
    store.replace("a", Shelf({2: entry("2"), 1: entry("1")}, 7.5))
    store.put("a", {3: entry("3"), 2: entry('"new"')})
    store.remove("a", 1)
    assert (content(store.load("a")), store.load("a").collected_at) == ({2: '"new"', 3: "3"}, 7.5)
    store.distrust("a", None)
    assert (content(store.load("a")), store.load("a").collected_at) == ({2: '"new"', 3: "3"}, None)


def test_the_order_is_that_in_which_they_came(store: Store) -> None:
    store.replace("a", Shelf({5: entry("5"), 3: entry("3"), 4: entry("4")}, 1.0))
    store.put("a", {3: entry('"new"')})
    assert [*store.load("a").entries] == [5, 3, 4]


def test_removing_what_is_not_there_is_nothing(store: Store) -> None:
    store.remove("a", 1)
    store.distrust("a", None)
    assert content(store.load("a")) == {}


def test_threads_may_share_a_store(store: Store) -> None:
    threads = [Thread(target=lambda key=key: store.put("a", {key: entry()})) for key in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(store.load("a").entries) == [*range(8)]


@pytest.mark.parametrize("damage", [b"\xff\x00 not a cache", b"{}}", b'{"format":1,"shelves":[1]}'])
def test_a_damaged_file_is_set_aside_and_begun_anew(
    store: Store, damage: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(damage)
    assert store.find("a", 1) is None
    store.put("a", {1: entry()})
    assert store.find("a", 1) is not None
    assert store.path.with_name("cache.damaged").read_bytes() == damage
    assert [(record.name, record.levelname) for record in caplog.records] == [("toggl_api.cache", "WARNING")]


def test_a_file_that_cannot_be_written_is_unavailable(store: Store) -> None:
    store.path.parent.write_text("a file where the folder should be")
    with pytest.raises(StoreUnavailable):
        store.put("a", {1: entry()})


def test_a_locked_file_is_unavailable_and_not_set_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rollcall.client.cache.store.SECONDS_TO_WAIT_FOR_A_LOCK", 0.01)
    store = SqliteStore(tmp_path / "cache")
    store.put("a", {1: entry()})
    other = sqlite3.connect(store.path)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="locked"):
        store.put("a", {2: entry()})
    other.close()
    assert [*store.load("a").entries] == [1]


def test_a_json_file_is_never_seen_half_written(tmp_path: Path) -> None:
    store = JSONStore(tmp_path / "cache")
    store.put("a", {1: entry()})
    assert sorted(path.name for path in tmp_path.iterdir()) == ["cache", "cache.lock"]
