"""Each flow stepped by hand: what it asks of its ports, one after another, with no client, server or clock."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Callable, Coroutine, Generator, Iterable
from typing import Any, TypeVar

import httpx
import pytest

from rollcall.client.connection import Connection
from rollcall.client.failure import CallFailed, Failure, Meaning
from rollcall.client.fan import OneByOne
from rollcall.client.paging import Listing
from rollcall.client.quota import Ledger
from rollcall.client.request import Request, build
from rollcall.client.retry import Patience
from rollcall.contract.models.organization_user import ModelsOrgUser
from rollcall.contract.operations.organization_users import GET_ORGANIZATION_USERS
from rollcall.contract.operations.organizations import GET_ORGANIZATION, POST_ORGANIZATION

R = TypeVar("R")

NOW = 1_800_000_000.0


class Step:
    """What a flow waits for: it is handed to whoever steps it, whose answer it goes on with."""

    def __init__(self, asked: Any) -> None:
        self._asked = asked

    def __await__(self) -> Generator[Any, Any, Any]:
        return (yield self._asked)


class Ports:
    """Ports that answer nothing by themselves."""

    async def send(self, request: Request) -> httpx.Response:
        response: httpx.Response = await Step(request)
        response.request = httpx.Request(request.method, f"https://rollcall.invalid/api/v9{request.path}")
        return response

    def now(self) -> float:
        return NOW

    async def sleep(self, seconds: float) -> None:
        await Step(seconds)

    def in_order(self, calls: Iterable[Callable[[], Coroutine[Any, Any, R]]]) -> AsyncGenerator[R]:
        return OneByOne().in_order(calls)


def failed(failure: Failure) -> CallFailed:
    error = CallFailed(failure.message)
    error.failure = failure
    return error


def connection(**patience: Any) -> Connection:
    ports = Ports()
    return Connection(
        transport=ports,
        clock=ports,
        fan=ports,
        patience=Patience(**patience),
        ledger=Ledger(),
        failed=failed,
        log=logging.getLogger("toggl"),
    )


def result_of(flow: Coroutine[Any, Any, R], answer: Any) -> R:
    """What a flow ends with when it gets its last answer."""
    with pytest.raises(StopIteration) as end:
        flow.send(answer)
    result: R = end.value.value
    return result


def organization(connection: Connection) -> Coroutine[Any, Any, Any]:
    request = build(GET_ORGANIZATION, {"organization_id": 7})
    return connection.ask(GET_ORGANIZATION, request, GET_ORGANIZATION.reply)


def test_a_call_sends_its_request_and_ends_with_the_reply() -> None:
    flow = organization(connection())
    asked = flow.send(None)
    assert (asked.method, asked.path) == ("GET", "/organizations/7")
    reply = result_of(flow, httpx.Response(200, json={"id": 7}))
    assert (reply.data.id, reply.status) == (7, 200)


def test_a_call_pauses_as_long_as_it_is_told_and_sends_the_same_request() -> None:
    flow = organization(connection())
    first = flow.send(None)
    assert flow.send(httpx.Response(503, headers={"Retry-After": "5"})) == 5
    assert flow.send(None) is first
    assert result_of(flow, httpx.Response(200, json={"id": 7})).data.id == 7


def test_a_call_waits_for_the_quota_and_the_next_knows_of_it() -> None:
    used_up = {"X-Toggl-Quota-Remaining": "0", "X-Toggl-Quota-Resets-In": "60"}
    shared = connection(wait_for_quota=True)
    flow = organization(shared)
    flow.send(None)
    assert flow.send(httpx.Response(402, json="", headers=used_up)) == 60
    flow.close()
    assert organization(shared).send(None) == 60


def test_a_write_that_may_have_been_done_ends_there() -> None:
    body = {"name": "Ours", "workspace_name": "First"}
    flow = connection().ask(POST_ORGANIZATION, build(POST_ORGANIZATION, {POST_ORGANIZATION.body_argument: body}), None)
    assert flow.send(None).content == b'{"name":"Ours","workspace_name":"First"}'
    with pytest.raises(CallFailed) as error:
        flow.throw(
            httpx.ReadError("cut", request=httpx.Request("POST", "https://rollcall.invalid/api/v9/organizations"))
        )
    assert error.value.meaning is Meaning.UNREACHABLE


@pytest.mark.parametrize("answers", [0, 1])
def test_a_call_can_be_given_up_while_it_waits_for_whatever(answers: int) -> None:
    flow = organization(connection())
    flow.send(None)
    for _ in range(answers):
        assert flow.send(httpx.Response(503)) > 0
    flow.close()
    with pytest.raises(RuntimeError, match="cannot reuse"):
        flow.send(None)


def test_a_listing_asks_for_the_first_page_and_then_for_those_it_learnt_of() -> None:
    async def read() -> list[int | None]:
        listing = Listing(connection(), GET_ORGANIZATION_USERS, {"organization_id": 7}, ModelsOrgUser, per_page=2)
        return [row.id async for row in listing.rows()]

    def page(*numbers: int) -> httpx.Response:
        rows = [{"id": number} for number in numbers]
        return httpx.Response(200, json=rows, headers={"X-Pages": "3", "X-Records": "5"})

    flow = read()
    assert flow.send(None).query == {"page": "1", "per_page": "2"}
    assert flow.send(page(1, 2)).query == {"page": "2", "per_page": "2"}
    assert flow.send(httpx.Response(429, headers={"Retry-After": "1"})) == 1
    assert flow.send(None).query == {"page": "2", "per_page": "2"}
    assert flow.send(page(3, 4)).query == {"page": "3", "per_page": "2"}
    assert result_of(flow, page(5)) == [1, 2, 3, 4, 5]
