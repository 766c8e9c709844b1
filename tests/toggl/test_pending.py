"""`async_req=True`: results that threads fetch, as many threads as are allowed, and none left behind."""

from __future__ import annotations

import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest

import toggl
from toggl.pending import Threads
from toggl.rest import ApiException

if TYPE_CHECKING:
    from .conftest import Server
    from .loopback import Loopback


class Gate:
    """A server whose replies wait until they may go, and that counts how many wait."""

    def __init__(self) -> None:
        self.opened = threading.Event()
        self.came = threading.Semaphore(0)
        self.names: set[str] = set()

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.names.add(threading.current_thread().name)
        self.came.release()
        assert self.opened.wait(30)
        return httpx.Response(200, json={"id": 7}, request=request)


def organizations(answer: Any, **options: Any) -> toggl.OrganizationsApi:
    client = httpx.Client(transport=httpx.MockTransport(answer))
    configuration = toggl.Configuration(host="https://rollcall.invalid/api/v9")
    return toggl.OrganizationsApi(toggl.ApiClient(configuration, client=client, **options))


def test_no_more_threads_than_allowed_fetch_at_once_and_the_rest_waits_its_turn() -> None:
    gate = Gate()
    api = organizations(gate, pool_threads=3)
    pending = [api.get_organization(7, async_req=True) for _ in range(10)]
    for _ in range(3):
        assert gate.came.acquire(timeout=10)
    assert not gate.came.acquire(blocking=False)
    gate.opened.set()
    assert [one.get(10).id for one in pending] == [7] * 10
    assert len(gate.names) <= 3
    assert all(name.startswith("toggl") for name in gate.names)


@pytest.mark.parametrize("number", [0, -1, "4", None, 1.5])
def test_a_number_of_threads_that_is_none_is_refused_with_what_would_be_right(number: Any) -> None:
    with pytest.raises(ValueError, match=f"pool_threads must be a number of threads, 1 or more, not {number!r}"):
        toggl.ApiClient(pool_threads=number)


def test_there_are_no_threads_before_one_is_needed(server: Server) -> None:
    server.says(200, json={})
    before = threading.active_count()
    api = organizations(server)
    api.get_organization(7)
    assert threading.active_count() == before


def test_any_number_of_threads_may_ask_for_one_result() -> None:
    gate = Gate()
    pending = organizations(gate).get_organization(7, async_req=True)
    with ThreadPoolExecutor(5) as readers:
        results = [readers.submit(pending.get, 10) for _ in range(5)]
        gate.opened.set()
        assert len({id(result.result(10)) for result in results}) == 1


def test_each_that_asks_is_told_what_went_wrong(server: Server) -> None:
    server.says(403, json="Forbidden")
    pending = organizations(server).get_organization(7, async_req=True)
    with ThreadPoolExecutor(5) as readers:
        results = [readers.submit(pending.get, 10) for _ in range(5)]
        for result in results:
            with pytest.raises(ApiException, match="Forbidden"):
                result.result(10)
    assert not pending.successful()


def test_a_wrong_argument_is_told_at_once_and_not_in_a_thread(server: Server) -> None:
    with pytest.raises(ValueError, match="organization_id is missing"):
        organizations(server).get_organization(None, async_req=True)  # type: ignore[call-overload]  # that is the point


def test_closing_waits_for_what_is_pending_and_for_what_waits_its_turn() -> None:
    gate = Gate()
    api = organizations(gate, pool_threads=1)
    with api.api_client:
        pending = [api.get_organization(7, async_req=True) for _ in range(3)]
        gate.opened.set()
    assert [one.ready() for one in pending] == [True] * 3
    assert [one.get(0).id for one in pending] == [7] * 3


def test_what_is_asked_for_after_closing_is_told_as_without_threads(loopback: Loopback) -> None:
    with toggl.ApiClient(toggl.Configuration(host=loopback.url)) as api_client:
        api = toggl.OrganizationsApi(api_client)
        api.get_organization(7, async_req=True).get(10)
    with pytest.raises(RuntimeError, match="closed"):
        api.get_organization(7, async_req=True).get(10)
    api_client.close()


def test_the_callers_client_serves_threads_after_closing_too(server: Server) -> None:
    server.says(200, json={"id": 7})
    api = organizations(server)
    api.api_client.close()
    assert api.get_organization(7, async_req=True).get(10).id == 7
    api.api_client.close()


def test_threads_that_are_begun_by_many_at_once_are_one_pool() -> None:
    threads = Threads(2)
    names: set[str] = set()
    with ThreadPoolExecutor(8) as callers:
        for _ in callers.map(
            lambda _: threads.begin(lambda: names.add(threading.current_thread().name)).get(10), range(50)
        ):
            pass
    threads.finish()
    assert len(names) <= 2


def test_what_is_pending_is_done_before_the_interpreter_exits(loopback: Loopback) -> None:
    program = f"""
import toggl
api = toggl.OrganizationsApi(toggl.ApiClient(toggl.Configuration(host={loopback.url!r}), pool_threads=1))
for number in range(3):
    api.put_organization(number, {{"name": "Ours"}}, async_req=True)
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert loopback.asked == [f"PUT /api/v9/organizations/{number}" for number in range(3)]


def test_a_client_that_nobody_holds_any_more_finishes_what_is_pending(loopback: Loopback) -> None:
    pending = toggl.OrganizationsApi(toggl.ApiClient(toggl.Configuration(host=loopback.url))).get_organization(
        7, async_req=True
    )
    assert pending.get(10).id
