"""A request is sent again only where that can do nothing twice, after growing pauses that a clock measures."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from rollcall.client import retry
from rollcall.client.request import Request
from rollcall.contract.operation import Method
from rollcall.coroutine import complete

GET = Request(method="GET", path="/me")
ERROR = httpx.Request("GET", "https://toggl.invalid")


class Script:
    """A transport that plays statuses and errors, and a clock that only counts."""

    def __init__(self, *outcomes: int | Exception) -> None:
        self.outcomes: Iterator[int | Exception] = iter(outcomes)
        self.sent = 0
        self.slept: list[float] = []

    async def send(self, request: Request) -> httpx.Response:
        assert request.path
        self.sent += 1
        outcome = next(self.outcomes)
        if isinstance(outcome, Exception):
            raise outcome
        return httpx.Response(outcome)

    def now(self) -> float:
        return sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


def played(script: Script, method: Method = "GET", retries: int = 3) -> int:
    request = Request(method=method, path="/me")
    return complete(retry.send(request, script, script, retries=retries)).status_code


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_idempotent_request_is_sent_again_after_a_server_error(method: Method) -> None:
    script = Script(500, 503, 200)
    assert (played(script, method), script.sent) == (200, 3)


@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_any_other_request_is_not_sent_again_after_a_server_error(method: Method) -> None:
    script = Script(500, 200)
    assert (played(script, method), script.sent, script.slept) == (500, 1, [])


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("too slow")])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_that_did_not_leave_is_sent_again_whatever_it_is(method: Method, error: Exception) -> None:
    script = Script(error, 200)
    assert (played(script, method), script.sent) == (200, 2)


def test_after_a_cut_connection_only_an_idempotent_request_is_sent_again() -> None:
    assert played(Script(httpx.RemoteProtocolError("cut"), 200), "GET") == 200
    script = Script(httpx.RemoteProtocolError("cut"), 200)
    with pytest.raises(httpx.RemoteProtocolError):
        played(script, "POST")
    assert script.sent == 1


@pytest.mark.parametrize("status", [200, 302, 400, 403, 404, 429, 501])
def test_what_will_not_pass_by_itself_is_not_tried_again(status: int) -> None:
    script = Script(status, 200)
    assert (played(script), script.sent) == (status, 1)


def test_the_last_reply_counts_when_the_retries_are_spent() -> None:
    script = Script(500, 502, 503)
    assert (played(script, retries=2), script.sent) == (503, 3)


def test_the_last_error_counts_when_the_retries_are_spent() -> None:
    with pytest.raises(httpx.ConnectError, match="second"):
        played(Script(httpx.ConnectError("first"), httpx.ConnectError("second")), retries=1)


def test_the_pauses_grow_up_to_a_limit_and_each_client_takes_its_own_share() -> None:
    scripts = [Script(*[500] * 8) for _ in range(20)]
    for script in scripts:
        played(script, retries=7)
        for pause, due in zip(script.slept, (0.5, 1, 2, 4, 8, 8, 8), strict=True):
            assert due / 2 <= pause <= due
    assert len({script.slept[0] for script in scripts}) > 1
