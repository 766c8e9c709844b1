"""`toggl.aio.ApiClient` on an event loop: nothing blocks it, and what is cancelled leaves nothing behind."""

from __future__ import annotations

import asyncio
import inspect
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import toggl
from toggl import aio

if TYPE_CHECKING:
    from tests.toggl.conftest import Server
    from tests.toggl.loopback import Loopback


class Clock:
    """A clock that stands still until a sleeper is woken."""

    def __init__(self) -> None:
        self.sleeps = asyncio.Event()
        self.wakes = asyncio.Event()

    def now(self) -> float:
        return 1_800_000_000.0

    async def sleep(self, seconds: float) -> None:
        assert seconds > 0
        self.sleeps.set()
        await self.wakes.wait()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(aio.ApiClient, "clock", clock)
    return clock


def organizations(server: Server, configuration: toggl.Configuration) -> aio.OrganizationsApi:
    client = httpx.AsyncClient(transport=httpx.MockTransport(server))
    return aio.OrganizationsApi(aio.ApiClient(configuration, client=client))


def test_a_pause_before_another_attempt_lets_other_tasks_run(
    server: Server, configuration: toggl.Configuration, clock: Clock
) -> None:
    replies = iter([503, 200])
    server.answer = lambda _: httpx.Response(next(replies), json={"id": 7})

    async def use() -> None:
        call = asyncio.create_task(organizations(server, configuration).get_organization(7))
        await clock.sleeps.wait()
        server.says(200, json={"id": 8})
        assert (await organizations(server, configuration).get_organization(8)).id == 8
        assert not call.done()
        clock.wakes.set()
        assert (await call).id == 8

    asyncio.run(use())
    assert len(server.requests) == 3


def test_a_call_that_is_cancelled_while_it_pauses_asks_no_more(
    server: Server, configuration: toggl.Configuration, clock: Clock
) -> None:
    server.says(503)

    async def use() -> None:
        call = asyncio.create_task(organizations(server, configuration).get_organization(7))
        await clock.sleeps.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call

    asyncio.run(use())
    assert len(server.requests) == 1


def test_a_call_that_is_cancelled_while_it_is_answered_gives_its_connection_back(loopback: Loopback) -> None:
    loopback.may_answer.clear()

    async def use() -> int | None:
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(limits=limits) as client:
            api_client = aio.ApiClient(toggl.Configuration(host=loopback.url), client=client)
            organizations = aio.OrganizationsApi(api_client)
            call = asyncio.create_task(organizations.get_organization(7))
            await asyncio.to_thread(loopback.wait_for, 1)
            call.cancel()
            with pytest.raises(asyncio.CancelledError):
                await call
            loopback.may_answer.set()
            return (await organizations.get_organization(7)).id

    assert asyncio.run(use())
    assert len(loopback.asked) == 2


def test_a_call_that_takes_too_long_ends_and_gives_its_connection_back(loopback: Loopback) -> None:
    loopback.may_answer.clear()

    async def use() -> int | None:
        limits = httpx.Limits(max_connections=1)
        async with httpx.AsyncClient(limits=limits) as client:
            organizations = aio.OrganizationsApi(aio.ApiClient(toggl.Configuration(host=loopback.url), client=client))
            with pytest.raises(toggl.rest.TimeoutException):
                await organizations.get_organization(7, _request_timeout=0.05)
            loopback.may_answer.set()
            return (await organizations.get_organization(7)).id

    assert asyncio.run(use())


def test_many_calls_are_under_way_at_once(loopback: Loopback) -> None:
    loopback.may_answer.clear()

    async def use() -> list[Any]:
        async with aio.ApiClient(toggl.Configuration(host=loopback.url)) as api_client:
            organizations = aio.OrganizationsApi(api_client)
            calls = [asyncio.create_task(organizations.get_organization(number)) for number in range(20)]
            await asyncio.to_thread(loopback.wait_for, len(calls))
            loopback.may_answer.set()
            return await asyncio.gather(*calls)

    assert len({organization.id for organization in asyncio.run(use())}) == 20


def test_a_connection_is_used_again(loopback: Loopback) -> None:
    async def use() -> tuple[int | None, int | None]:
        async with aio.ApiClient(toggl.Configuration(host=loopback.url)) as api_client:
            one, other = (aio.OrganizationsApi(api_client) for _ in range(2))
            return (await one.get_organization(1)).id, (await other.get_organization(1)).id

    first, second = asyncio.run(use())
    assert first == second


@pytest.mark.parametrize("name", ["close", "aclose", "__aexit__"])
def test_it_closes_its_own_connections(name: str, loopback: Loopback) -> None:
    async def use() -> None:
        api_client = aio.ApiClient(toggl.Configuration(host=loopback.url))
        await aio.OrganizationsApi(api_client).get_organization(1)
        close = getattr(api_client, name)
        await (close(None, None, None) if name == "__aexit__" else close())
        with pytest.raises(RuntimeError, match="closed"):
            await aio.OrganizationsApi(api_client).get_organization(1)

    asyncio.run(use())


def test_the_callers_client_stays_open(loopback: Loopback) -> None:
    async def use() -> None:
        async with httpx.AsyncClient() as client:
            async with aio.ApiClient(toggl.Configuration(host=loopback.url), client=client) as api_client:
                await aio.OrganizationsApi(api_client).get_organization(1)
            assert not client.is_closed

    asyncio.run(use())


def test_there_is_no_async_req_for_a_task_is_that(server: Server, configuration: toggl.Configuration) -> None:
    api = organizations(server, configuration)
    with pytest.raises(TypeError, match=r"get_organization\(\) got an unexpected keyword argument 'async_req'"):
        asyncio.run(api.get_organization(7, async_req=True))  # type: ignore[call-arg]  # that is the point
    assert inspect.iscoroutinefunction(api.get_organization)
