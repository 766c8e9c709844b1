"""What an endpoint answers from its cache, and what it asks the server for all the same."""

from __future__ import annotations

import asyncio
import sqlite3
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from rollcall.client.cache.store import StoreUnavailable
from toggl_api import HTTPStatusError, OrganizationEndpoint, TogglOrganization
from toggl_api.asyncio import AsyncJSONCache, AsyncOrganizationEndpoint, AsyncSqliteCache
from toggl_api.meta.cache import JSONCache, SqliteCache

if TYPE_CHECKING:
    from .conftest import Clock, Make, Toggl

MINUTE = 60
BOB = httpx.BasicAuth("bob@example.com", "secret")


@pytest.fixture(params=[JSONCache, SqliteCache, AsyncJSONCache, AsyncSqliteCache])
def cache_class(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def cache(cache_class: Any, tmp_path: Path) -> JSONCache | SqliteCache:
    made: JSONCache | SqliteCache = cache_class(tmp_path / "cache", MINUTE)
    return made


def test_what_was_asked_for_once_is_not_asked_for_again(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    assert endpoint.get(1) == endpoint.get(1)
    assert endpoint.collect() == endpoint.collect()
    assert server.asked["GET"] == 2


def test_what_comes_from_the_cache_has_every_field(make: Make, cache: Any) -> None:
    first = make(cache).collect()
    assert make(cache).collect() == first
    assert make(cache).get(2) == first[1]
    assert (first[1].user_count, first[1].trial_info.can_have_trial) == (3, True)


def test_refresh_asks_the_server_and_renews_the_cache(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.get(1)
    endpoint.collect()
    server.organizations[1]["name"] = "Renamed elsewhere"
    assert endpoint.get(1, refresh=True).name == "Renamed elsewhere"
    assert endpoint.collect(refresh=True)[0].name == "Renamed elsewhere"
    assert endpoint.get(1).name == endpoint.collect()[0].name == "Renamed elsewhere"


def test_get_of_an_unknown_id_asks_the_server(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.collect()
    server.have(3, "New elsewhere")
    assert endpoint.get(3).name == "New elsewhere"


def test_collect_does_not_take_the_few_that_are_cached_for_all(make: Make, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.get(2)
    assert [organization.id for organization in endpoint.collect()] == [1, 2]


def test_collect_of_none_is_an_answer_too(make: Make, server: Toggl, cache: Any) -> None:
    server.organizations.clear()
    endpoint = make(cache)
    assert (endpoint.collect(), endpoint.collect(), server.asked["GET"]) == ([], [], 1)


def test_what_has_expired_is_asked_for_again(make: Make, server: Toggl, clock: Clock, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.collect()
    clock.seconds += MINUTE - 1
    endpoint.get(1)
    endpoint.collect()
    assert server.asked["GET"] == 1
    clock.seconds += 1
    endpoint.get(1)
    assert server.asked["GET"] == 2
    endpoint.collect()
    assert server.asked["GET"] == 3


def test_one_fresh_organization_does_not_make_an_old_list_fresh(
    make: Make, server: Toggl, clock: Clock, cache: Any
) -> None:
    endpoint = make(cache)
    endpoint.collect()
    clock.seconds += MINUTE
    endpoint.get(1)
    server.have(3, "New elsewhere")
    assert len(endpoint.collect()) == 3


@pytest.mark.parametrize(("expire_after", "asked"), [(None, 1), (0, 2), (timedelta(0), 2), (timedelta(days=365), 1)])
def test_expiry_may_be_never_or_at_once(
    make: Make, server: Toggl, clock: Clock, cache_class: Any, tmp_path: Path, expire_after: Any, asked: int
) -> None:
    endpoint = make(cache_class(tmp_path, expire_after))
    endpoint.get(1)
    clock.seconds += 300 * 24 * 3600
    endpoint.get(1)
    assert server.asked["GET"] == asked


def test_a_clock_that_was_set_back_makes_nothing_fresh(make: Make, server: Toggl, clock: Clock, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.get(1)
    clock.seconds -= 3600
    endpoint.get(1)
    assert server.asked["GET"] == 2


def test_what_is_added_is_cached(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.collect()
    made = endpoint.add("New")
    asked = server.asked["GET"]
    assert endpoint.get(made.id) == made
    assert endpoint.collect()[-1] == made
    assert server.asked["GET"] == asked


def test_what_is_edited_is_cached(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.collect()
    edited = endpoint.edit(1, "Better")
    asked = server.asked["GET"]
    assert endpoint.get(1) == endpoint.collect()[0] == edited
    assert server.asked["GET"] == asked


def test_what_is_deleted_is_no_longer_cached(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.collect()
    endpoint.delete(1)
    assert [organization.id for organization in endpoint.collect()] == [2]
    assert server.asked["GET"] == 1
    assert endpoint.get(1) is None


def test_what_the_server_no_longer_knows_is_no_longer_cached(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.collect()
    del server.organizations[1]
    assert endpoint.get(1, refresh=True) is None
    assert endpoint.get(1) is None
    assert [organization.id for organization in endpoint.collect()] == [2]


@pytest.mark.parametrize("failure", [400, httpx.ReadTimeout("it may have been done")])
def test_a_write_that_failed_may_have_been_done_so_nothing_is_trusted(
    make: Make, server: Toggl, cache: Any, failure: Any
) -> None:
    endpoint = make(cache, retries=0)
    endpoint.collect()
    server.fail("PUT", failure)
    with pytest.raises(httpx.HTTPError):
        endpoint.edit(1, "Better")
    asked = server.asked["GET"]
    endpoint.get(1)
    endpoint.collect()
    assert server.asked["GET"] == asked + 2


def test_a_change_that_cannot_be_read_back_is_not_cached(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.collect()
    server.fail("GET", 403)
    endpoint.add("New")
    assert len(endpoint.collect()) == 3
    assert server.asked["GET"] == 3


def test_errors_are_not_cached(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    server.fail("GET", 403)
    with pytest.raises(HTTPStatusError):
        endpoint.get(1)
    assert endpoint.get(1).name == "Ours"


def test_two_accounts_never_mix(make: Make, server: Toggl, cache: Any) -> None:
    make(cache).collect()
    server.organizations = {9: server.organizations[1] | {"id": 9, "name": "Bob's"}}
    bobs = make(cache, auth=BOB)
    assert [organization.name for organization in bobs.collect()] == ["Bob's"]
    assert bobs.get(1) is None
    assert len(make(cache).collect()) == 2


def test_two_servers_never_mix(make: Make, server: Toggl, cache: Any) -> None:
    make(cache).collect()
    server.organizations.clear()
    assert make(cache, base_url="https://rollcall.invalid/api/v9").collect() == []


def test_an_api_token_and_a_password_are_different_accounts(make: Make, server: Toggl, cache: Any) -> None:
    make(cache, auth=httpx.BasicAuth("ann@example.com", "api_token")).get(1)
    make(cache).get(1)
    assert server.asked["GET"] == 2


def test_no_credentials_are_in_the_file(make: Make, cache: Any) -> None:
    make(cache, auth=httpx.BasicAuth("ann@example.com", "verysecret")).collect()
    make(cache, auth=httpx.BasicAuth("0123456789abcdef", "api_token")).collect()
    kept = b"".join(path.read_bytes() for path in cache.cache_path.parent.iterdir())
    assert b"Ours" in kept
    for secret in (b"verysecret", b"ann@example.com", b"0123456789abcdef"):
        assert secret not in kept


def test_a_damaged_file_breaks_no_call(make: Make, cache: Any, caplog: pytest.LogCaptureFixture) -> None:
    cache.cache_path.parent.mkdir()
    cache.cache_path.write_bytes(b"\x00 nothing that can be read")
    endpoint = make(cache)
    assert endpoint.get(1) == endpoint.get(1)
    assert "is damaged" in caplog.text


def test_a_folder_that_cannot_be_made_breaks_no_call(
    make: Make, cache_class: Any, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "cache").write_text("a file")
    endpoint = make(cache_class(tmp_path / "cache" / "folder"))
    assert endpoint.collect() == endpoint.collect()
    endpoint.delete(1)
    assert "The cache is not used" in caplog.text


@pytest.mark.parametrize(("kind", "asynchronous"), [(JSONCache, AsyncJSONCache), (SqliteCache, AsyncSqliteCache)])
def test_the_caches_of_both_kinds_of_endpoint_are_the_same_file(
    make: Make, server: Toggl, tmp_path: Path, kind: Any, asynchronous: Any
) -> None:
    make(kind(tmp_path)).collect()
    make(asynchronous(tmp_path)).collect()
    assert server.asked["GET"] == 1


def test_the_files_of_another_client_in_the_folder_are_left_as_they_are(make: Make, cache: Any) -> None:
    theirs = b'{"version":"2.1.0","data":[]}'
    folder = cache.cache_path.parent
    folder.mkdir()
    for path in (folder / "cache.json", folder / "cache_organization.json"):
        path.write_bytes(theirs)
    with closing(sqlite3.connect(folder / "cache.sqlite")) as database, database:
        database.execute("CREATE TABLE organization (id INTEGER PRIMARY KEY, name TEXT)")
        database.execute("INSERT INTO organization VALUES (1, 'Theirs')")
    assert len(make(cache).collect()) == len(make(cache).collect()) == 2
    assert (folder / "cache.json").read_bytes() == (folder / "cache_organization.json").read_bytes() == theirs
    with closing(sqlite3.connect(folder / "cache.sqlite")) as database:
        assert database.execute("SELECT * FROM organization").fetchall() == [(1, "Theirs")]


def test_a_change_that_the_cache_could_not_be_told_is_not_hidden_by_it(
    make: Make, cache: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = make(cache)
    endpoint.collect()
    store = type(cache.file.store)
    with monkeypatch.context() as patch:
        for change in ("put", "remove", "distrust", "forget"):
            patch.setattr(store, change, unavailable)
        endpoint.edit(1, "Better")
        assert endpoint.get(1).name == endpoint.collect()[0].name == "Better"
    assert endpoint.get(1).name == endpoint.collect()[0].name == "Better"


def unavailable(*_: object) -> None:
    raise StoreUnavailable("the disk is full")


def test_a_cache_tells_its_file_and_expiry(tmp_path: Path) -> None:
    assert JSONCache(tmp_path, 60).cache_path == tmp_path / "cache.json"
    assert SqliteCache(str(tmp_path)).cache_path == tmp_path / "cache.sqlite"
    assert (JSONCache(tmp_path, 60).expire_after, SqliteCache(tmp_path).expire_after) == (timedelta(minutes=1), None)


@pytest.mark.parametrize("kind", [OrganizationEndpoint, AsyncOrganizationEndpoint])
def test_an_endpoint_that_is_closed_lets_go_of_the_file_and_its_cache_goes_on(
    kind: Any, server: Toggl, tmp_path: Path
) -> None:
    cache, transport = SqliteCache(tmp_path), httpx.MockTransport(server)
    if kind is OrganizationEndpoint:
        with OrganizationEndpoint(BOB, cache, client=httpx.Client(transport=transport)) as endpoint:
            endpoint.collect()
    else:

        async def use() -> None:
            client = httpx.AsyncClient(transport=transport)
            async with AsyncOrganizationEndpoint(BOB, AsyncSqliteCache(tmp_path), client=client) as endpoint:
                await endpoint.collect()

        asyncio.run(use())
    assert [path.name for path in tmp_path.iterdir()] == ["cache.sqlite"]
    assert len(OrganizationEndpoint(BOB, cache, client=httpx.Client(transport=transport)).collect()) == 2
    assert server.asked["GET"] == 1


def test_expiry_that_is_set_later_counts_for_every_endpoint_of_the_cache(
    make: Make, server: Toggl, clock: Clock, cache: Any
) -> None:
    one, two = make(cache), make(cache)
    one.get(1)
    clock.seconds += MINUTE
    cache.expire_after = None
    one.get(1)
    two.get(1)
    assert server.asked["GET"] == 1
    cache.expire_after = 0
    one.get(1)
    two.get(1)
    assert server.asked["GET"] == 3


def test_an_organization_is_cached_as_it_is_even_with_an_odd_field(make: Make, server: Toggl, cache: Any) -> None:
    server.organizations[1]["user_count"] = "many"
    endpoint = make(cache)
    assert endpoint.get(1) == endpoint.get(1)
    assert isinstance(endpoint.get(1), TogglOrganization)
    assert server.asked["GET"] == 1
