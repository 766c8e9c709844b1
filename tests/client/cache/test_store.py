"""Both kinds of cache file keep shelves apart, survive damage, and never break whoever uses them."""

from __future__ import annotations

import stat
import sys
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from rollcall.client.cache.store import Shelf, Store, StoreUnavailable

from .stage import STORES, content, entry


@pytest.fixture(params=STORES)
def open_store(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def store(open_store: Any, tmp_path: Path) -> Store:
    opened: Store = open_store(tmp_path / "folder" / "cache")
    return opened


@pytest.fixture(autouse=True)
def short_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rollcall.client.cache.store.SECONDS_TO_WAIT_FOR_A_LOCK", 0.05)


def test_what_is_put_is_found(store: Store) -> None:
    store.put("a", {1: entry('{"id":1}', etag='"v1"')})
    found = store.find("a", 1)
    assert found is not None
    assert (bytes(found.data), found.fetched_at, found.etag) == (b'{"id":1}', 1.5, '"v1"')


def test_an_empty_store_has_nothing(store: Store) -> None:
    assert (store.find("a", 1), store.load("a")) == (None, Shelf())


def test_shelves_do_not_mix(store: Store) -> None:
    store.put("a", {1: entry("1")})
    store.put("b", {1: entry("2"), 2: entry("3")})
    assert (content(store.load("a")), content(store.load("b"))) == ({1: "1"}, {1: "2", 2: "3"})
    assert store.find("a", 2) is None
    store.forget("a")
    assert (store.load("a"), content(store.load("b"))) == (Shelf(), {1: "2", 2: "3"})


def test_a_shelf_is_forgotten_with_those_within_it_but_one(store: Store) -> None:
    names = ["ann/5", "ann/5/groups", "ann/5/users", "ann/5/7/users", "ann/56/groups", "ann/50", "ann", "bob/5/groups"]
    for name in names:
        store.replace(name, Shelf({1: entry()}, 7.5))
    store.forget("ann/5", but="ann/5/groups")
    left = [name for name in names if store.load(name) != Shelf()]
    assert left == ["ann/5/groups", "ann/56/groups", "ann/50", "ann", "bob/5/groups"]
    store.forget("ann")
    assert [name for name in names if store.load(name) != Shelf()] == ["bob/5/groups"]


def test_a_shelf_is_complete_only_once_it_was_replaced_as_a_whole(store: Store) -> None:
    store.put("a", {1: entry()})
    assert store.load("a").collected_at is None
    store.replace("a", Shelf({2: entry("2")}, 7.5, '"all"'))
    assert (content(store.load("a")), store.load("a").collected_at, store.load("a").etag) == ({2: "2"}, 7.5, '"all"')


def test_a_shelf_stays_complete_when_one_is_put_or_removed_and_not_when_distrusted(store: Store) -> None:
    store.replace("a", Shelf({2: entry("2"), 1: entry("1")}, 7.5))
    store.put("a", {3: entry("3"), 2: entry('"new"')})
    store.remove("a", 1)
    assert (content(store.load("a")), store.load("a").collected_at) == ({2: '"new"', 3: "3"}, 7.5)
    store.distrust("a", 3)
    assert (content(store.load("a")), store.load("a").collected_at) == ({2: '"new"'}, None)


def test_the_order_is_that_in_which_they_came(store: Store) -> None:
    store.replace("a", Shelf({5: entry("5"), 3: entry("3"), 4: entry("4")}, 1.0))
    store.put("a", {3: entry('"new"')})
    assert [*store.load("a").entries] == [5, 3, 4]


def test_removing_what_is_not_there_is_nothing(store: Store) -> None:
    store.remove("a", 1)
    store.distrust("a", None)
    store.renew("a", 1, '"v1"', 9.0)
    store.renew_all("a", '"all"', 9.0)
    assert store.load("a") == Shelf()


def test_an_entry_is_renewed_while_it_has_that_etag(store: Store) -> None:
    store.put("a", {1: entry(etag='"v1"'), 2: entry()})
    store.renew("a", 1, '"v1"', 9.0)
    store.renew("a", 1, '"v0"', 10.0)
    store.renew("a", 2, '"v1"', 10.0)
    assert [(each.fetched_at, each.etag) for each in store.load("a").entries.values()] == [(9.0, '"v1"'), (1.5, None)]


def test_a_shelf_is_renewed_with_all_its_entries_while_it_has_that_etag(store: Store) -> None:
    store.replace("a", Shelf({1: entry(), 2: entry()}, 1.5, '"all"'))
    store.renew_all("a", '"all"', 9.0)
    store.renew_all("a", '"other"', 10.0)
    shelf = store.load("a")
    assert (shelf.collected_at, [each.fetched_at for each in shelf.entries.values()]) == (9.0, [9.0, 9.0])


@pytest.mark.parametrize("change", ["put", "add", "remove", "distrust"])
def test_a_change_ends_the_shelfs_etag(store: Store, change: str) -> None:
    store.replace("a", Shelf({1: entry("1"), 2: entry("2")}, 1.5, '"all"'))
    match change:
        case "put":
            store.put("a", {2: entry("2"), 1: entry("3")})
        case "add":
            store.put("a", {3: entry("3")})
        case "remove":
            store.remove("a", 1)
        case _:
            store.distrust("a", None)
    assert store.load("a").etag is None
    store.renew_all("a", '"all"', 9.0)
    assert store.load("a").collected_at != 9.0


def test_what_is_put_as_it_was_leaves_the_shelfs_etag(store: Store) -> None:
    store.replace("a", Shelf({1: entry("1"), 2: entry("2")}, 1.5, '"all"'))
    store.put("a", {2: entry("2", 8.0, '"v2"')})
    store.remove("a", 3)
    assert store.load("a").etag == '"all"'


def test_threads_may_share_a_store_and_a_file(open_store: Any, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rollcall.client.cache.store.SECONDS_TO_WAIT_FOR_A_LOCK", 60)
    stores = [store, open_store(store.path)]
    threads = [Thread(target=lambda key=key: stores[key % 2].put("a", {key: entry()})) for key in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(store.load("a").entries) == [*range(8)]


def test_what_one_wrote_the_other_reads(open_store: Any, store: Store) -> None:
    other = open_store(store.path)
    for number in range(50):  # as fast as can be: no clock need go on meanwhile
        store.put("a", {1: entry(str(number))})
        assert content(other.load("a")) == {1: str(number)}


@pytest.mark.parametrize(
    "damage",
    [
        b"\xff\x00 not a cache",
        b"{}}",
        b'{"format":1,"shelves":[1]}',
        b'{"format":1,"shelves":{}',
        b"[" * 99_999,
        b'{"format":1,"shelves":{"a":{"entries":{"1":{"data":' + b"[" * 99_999,
    ],
    ids=lambda damage: damage[:30],
)
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


def test_of_damaged_files_the_last_one_is_kept(open_store: Any, tmp_path: Path) -> None:
    for damage in (b"first" * 200, b"second" * 200):
        for path in tmp_path.glob("cache*"):
            if ".damaged" not in path.name:
                path.unlink()
        (tmp_path / "cache").write_bytes(damage)
        assert open_store(tmp_path / "cache").find("a", 1) is None
    assert (tmp_path / "cache.damaged").read_bytes() == b"second" * 200


def test_of_two_that_see_the_damage_one_sets_it_aside(
    open_store: Any, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.path.parent.mkdir()
    store.path.write_bytes(b"damage" * 200)
    module = sys.modules[open_store.__module__]
    locked = module.locked

    def after_another_process(*args: Any, **kwargs: Any) -> Any:
        monkeypatch.setattr(module, "locked", locked)
        open_store(store.path).put("a", {1: entry()})
        return locked(*args, **kwargs)

    monkeypatch.setattr(module, "locked", after_another_process)
    store.put("a", {2: entry()})
    assert [*store.load("a").entries] == [1, 2]
    assert store.path.with_name("cache.damaged").read_bytes() == b"damage" * 200


def test_a_store_that_was_closed_goes_on_when_it_is_used_again(store: Store) -> None:
    store.close()
    store.put("a", {1: entry()})
    store.close()
    store.close()
    assert [*store.load("a").entries] == [1]


def test_a_file_that_was_removed_is_begun_anew(store: Store) -> None:
    store.put("a", {1: entry()})
    for path in store.path.parent.iterdir():
        path.unlink()
    assert store.find("a", 1) is None
    store.put("a", {2: entry()})
    assert [*store.load("a").entries] == [2]


def test_a_file_that_was_replaced_is_read_anew(open_store: Any, store: Store, tmp_path: Path) -> None:
    store.put("a", {1: entry("1")})
    other = open_store(tmp_path / "other")
    other.put("a", {1: entry("2")})
    del other
    (tmp_path / "other").replace(store.path)
    for beside in ("-wal", "-shm"):
        store.path.with_name(store.path.name + beside).unlink(missing_ok=True)
    assert content(store.load("a")) == {1: "2"}


def test_a_folder_that_cannot_be_made_is_unavailable(store: Store) -> None:
    store.path.parent.write_text("a file where the folder should be")
    with pytest.raises(StoreUnavailable):
        store.put("a", {1: entry()})
    with pytest.raises(StoreUnavailable):
        store.find("a", 1)


def test_a_folder_in_its_place_is_unavailable_and_left(store: Store) -> None:
    store.path.mkdir(parents=True)
    (store.path / "something").write_text("of somebody")
    with pytest.raises(StoreUnavailable):
        store.put("a", {1: entry()})
    with pytest.raises(StoreUnavailable):
        store.find("a", 1)
    assert (store.path / "something").read_text() == "of somebody"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_is_for_its_owner_alone(store: Store) -> None:
    store.put("a", {1: entry()})
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in store.path.parent.iterdir()}
    assert {*modes.values()} == {0o600}, modes
