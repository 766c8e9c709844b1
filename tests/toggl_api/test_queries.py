"""Queries of an endpoint and of its cache, alike in all four caches."""

from __future__ import annotations

import asyncio
import inspect
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import toggl_api
from toggl_api import MissingParentError, NoCacheAssignedError
from toggl_api.asyncio import AsyncJSONCache, AsyncOrganizationEndpoint, AsyncSqliteCache, TogglAsyncCache
from toggl_api.meta.cache import Comparison, JSONCache, SqliteCache, TogglCache, TogglQuery

if TYPE_CHECKING:
    from .conftest import Clock, Make, Toggl

BOB = httpx.BasicAuth("bob@example.com", "secret")
OURS = TogglQuery("name", "Ours")


@pytest.fixture(params=[JSONCache, SqliteCache, AsyncJSONCache, AsyncSqliteCache])
def cache_class(request: pytest.FixtureRequest) -> Any:
    return request.param


@pytest.fixture
def cache(cache_class: Any, tmp_path: Path) -> Any:
    return cache_class(tmp_path, 60)


def asked(cache: Any, *query: TogglQuery[Any], **options: Any) -> Any:
    """What the cache answers, at once, whichever kind it is."""
    answer = cache.query(*query, **options)
    return asyncio.run(answer) if inspect.iscoroutine(answer) else answer


def test_an_endpoint_and_its_cache_answer_without_the_server(make: Make, server: Toggl, cache: Any) -> None:
    endpoint = make(cache)
    first, second = endpoint.collect()
    assert endpoint.query(OURS) == asked(endpoint.endpoint.cache, OURS) == asked(cache, OURS) == [first]
    many = TogglQuery("user_count", 3, Comparison.GREATER_THEN_OR_EQUAL)
    assert endpoint.query(many) == asked(cache, many) == [first, second]
    assert endpoint.query(many, distinct=True) == asked(cache, many, distinct=True) == [first]
    assert server.asked["GET"] == 1


def test_only_what_is_fresh_is_found(make: Make, clock: Clock, cache: Any) -> None:
    endpoint = make(cache)
    endpoint.collect()
    clock.seconds += 59
    endpoint.get(2, refresh=True)
    clock.seconds += 1
    assert [organization.id for organization in endpoint.query()] == [2]
    assert [organization.id for organization in asked(cache)] == [2]


def test_each_endpoint_of_one_cache_is_asked_about_its_own(make: Make, server: Toggl, cache: Any) -> None:
    anns = make(cache)
    anns.collect()
    server.organizations = {9: server.organizations[1] | {"id": 9, "name": "Bob's"}}
    bobs = make(cache, auth=BOB)
    bobs.collect()
    for endpoint, numbers in ((anns, [1, 2]), (bobs, [9])):
        mine = endpoint.endpoint.cache
        assert mine is not None
        assert mine.parent is endpoint.endpoint
        assert [found.id for found in endpoint.query()] == [found.id for found in asked(mine)] == numbers
    assert anns.endpoint.cache is cache


def test_a_cache_whose_endpoint_is_gone_goes_to_the_next_one(make: Make, cache: Any) -> None:
    make(cache).collect()
    assert len(asked(cache)) == 2
    with pytest.raises(MissingParentError):
        _ = cache.parent
    bobs = make(cache, auth=BOB)
    assert (bobs.endpoint.cache, asked(cache)) == (cache, [])


def test_a_cache_of_no_endpoint_cannot_be_asked(cache: Any) -> None:
    with pytest.raises(MissingParentError, match="is the cache of no endpoint: give it to one"):
        asked(cache, OURS)
    with pytest.raises(MissingParentError, match="is the cache of no endpoint: give it to one"):
        _ = cache.parent


def test_an_endpoint_without_a_cache_cannot_be_asked(make: Make) -> None:
    assert make().endpoint.cache is None
    with pytest.raises(NoCacheAssignedError, match="has no cache: give it one"):
        make().query(OURS)


def test_a_wrong_query_is_an_error_before_anything_is_read(make: Make, cache: Any) -> None:
    with pytest.raises(ValueError, match="TogglOrganization has no field 'title'"):
        make(cache).query(TogglQuery("title", "Ours"))
    with pytest.raises(TypeError, match=r"TogglOrganization\.id is int; it cannot be compared with '1'"):
        make(cache).query(TogglQuery("id", "1"))


def test_the_bases_and_errors_are_those_of_the_documents() -> None:
    assert issubclass(JSONCache, TogglCache)
    assert issubclass(SqliteCache, TogglCache)
    assert issubclass(AsyncJSONCache, TogglAsyncCache)
    assert issubclass(AsyncSqliteCache, TogglAsyncCache)
    assert issubclass(MissingParentError, AttributeError)
    assert issubclass(NoCacheAssignedError, AttributeError)
    assert toggl_api.JSONCache is JSONCache


@pytest.mark.parametrize("kind", [AsyncJSONCache, AsyncSqliteCache])
def test_an_event_loop_goes_on_while_a_cache_waits_for_a_lock(
    kind: Any, server: Toggl, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def run() -> list[Any]:
        client = httpx.AsyncClient(transport=httpx.MockTransport(server))
        endpoint = AsyncOrganizationEndpoint(BOB, kind(tmp_path), client=client)
        await endpoint.collect()
        loop, store = asyncio.get_running_loop(), type(endpoint.cache.file.store)  # type: ignore[union-attr]  # it has one
        put = store.put

        def patient(*args: Any) -> Any:
            # As long as the loop does not go on, the lock is not given back.
            asyncio.run_coroutine_threadsafe(asyncio.sleep(0), loop).result(timeout=30)
            return put(*args)

        monkeypatch.setattr(store, "put", patient)
        await endpoint.get(1, refresh=True)
        return await endpoint.query(OURS)

    assert [organization.id for organization in asyncio.run(run())] == [1]
