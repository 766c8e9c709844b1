"""A request is sent again only where that can do nothing twice, after pauses that a clock measures and time bounds."""

from __future__ import annotations

import email.utils
import logging
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rollcall.client.quota import Ledger, Quota
from rollcall.client.request import Request
from rollcall.client.retry import Call, Patience, seconds_to_wait
from rollcall.contract.operation import Method
from rollcall.coroutine import complete

GET = Request(method="GET", path="/me")
USED_UP = "You have hit your hourly limit for API calls. Your quota will reset in {} seconds."
START = 1_800_000_000.0

Outcome = int | Exception | httpx.Response


class Script:
    """A transport that plays statuses, replies and errors, and a clock that only counts."""

    def __init__(self, *outcomes: Outcome) -> None:
        self.outcomes: Iterator[Outcome] = iter(outcomes)
        self.sent = 0
        self.slept: list[float] = []
        self.ledger = Ledger()

    async def send(self, request: Request) -> httpx.Response:
        assert request.path
        self.sent += 1
        match next(self.outcomes):
            case Exception() as error:
                raise error
            case int(status):
                return httpx.Response(status)
            case reply:
                return reply

    def now(self) -> float:
        return START + sum(self.slept)

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)

    def play(self, method: Method = "GET", **patience: Any) -> int:
        """The status of the last reply to a request, and what it did on the way."""
        call = Call(
            Request(method=method, path="/me"),
            transport=self,
            clock=self,
            ledger=self.ledger,
            patience=Patience(**patience),
            log=logging.getLogger("toggl"),
        )
        return complete(call.send()).status_code


def refused(status: int, text: str = "", **headers: object) -> httpx.Response:
    shown = {name.replace("_", "-"): str(value) for name, value in headers.items()}
    return httpx.Response(status, json=text, headers=shown)


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_idempotent_request_is_sent_again_after_a_server_error(method: Method) -> None:
    script = Script(500, 503, 200)
    assert (script.play(method), script.sent) == (200, 3)


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_any_other_request_may_have_been_done_and_is_not_sent_again(method: Method, status: int) -> None:
    script = Script(status, 200)
    assert (script.play(method), script.sent, script.slept) == (status, 1, [])


@pytest.mark.parametrize("method", ["GET", "POST", "PATCH"])
def test_what_was_not_taken_is_sent_again_whatever_it_is(method: Method) -> None:
    script = Script(429, 200)
    assert (script.play(method), script.sent) == (200, 2)


@pytest.mark.parametrize("error", [httpx.ConnectError("refused"), httpx.ConnectTimeout("too slow")])
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_request_that_did_not_leave_is_sent_again_whatever_it_is(method: Method, error: Exception) -> None:
    script = Script(error, 200)
    assert (script.play(method), script.sent) == (200, 2)


@pytest.mark.parametrize(
    "error", [httpx.RemoteProtocolError("cut"), httpx.ReadError("reset"), httpx.WriteError("gone")]
)
def test_after_a_cut_connection_only_an_idempotent_request_is_sent_again(error: Exception) -> None:
    assert Script(error, 200).play("GET") == 200
    script = Script(error, 200)
    with pytest.raises(type(error)):
        script.play("POST")
    assert script.sent == 1


def test_a_slow_reply_is_not_asked_for_again() -> None:
    script = Script(httpx.ReadTimeout("too slow"), 200)
    with pytest.raises(httpx.ReadTimeout):
        script.play()
    assert script.sent == 1


@pytest.mark.parametrize("status", [200, 302, 304, 400, 402, 403, 404, 501])
def test_what_will_not_pass_by_itself_is_not_tried_again(status: int) -> None:
    script = Script(status, 200)
    assert (script.play(), script.sent) == (status, 1)


def test_the_last_reply_counts_when_the_retries_are_spent() -> None:
    script = Script(500, 502, 503)
    assert (script.play(retries=2), script.sent) == (503, 3)


def test_the_last_error_counts_when_the_retries_are_spent() -> None:
    with pytest.raises(httpx.ConnectError, match="second"):
        Script(httpx.ConnectError("first"), httpx.ConnectError("second")).play(retries=1)


def test_the_pauses_grow_up_to_a_limit_and_each_client_takes_its_own_share() -> None:
    scripts = [Script(*[500] * 8) for _ in range(20)]
    for script in scripts:
        script.play(retries=7)
        for pause, due in zip(script.slept, (0.5, 1, 2, 4, 8, 8, 8), strict=True):
            assert due / 2 <= pause <= due
    assert len({script.slept[0] for script in scripts}) > 1


@pytest.mark.parametrize("status", [429, 503])
def test_a_pause_that_the_server_asks_for_is_made(status: int) -> None:
    script = Script(refused(status, retry_after=7), 200)
    assert (script.play(), script.slept) == (200, [7.0])


@pytest.mark.parametrize("outcome", [refused(503, retry_after=31), refused(429, retry_after=31)])
def test_a_pause_beyond_the_time_for_the_call_is_not_made(outcome: httpx.Response) -> None:
    script = Script(outcome, 200)
    assert (script.play(seconds=30), script.sent, script.slept) == (outcome.status_code, 1, [])


@given(seconds=st.floats(0, 100), retries=st.integers(0, 30))
def test_a_call_ends_in_time_whatever_the_server_does(seconds: float, retries: int) -> None:
    script = Script(*[500] * 31)
    assert script.play(seconds=seconds, retries=retries) == 500
    assert sum(script.slept) <= seconds
    assert script.sent <= retries + 1


def test_how_long_to_wait_is_told_in_seconds_or_as_a_date_or_not_at_all() -> None:
    date = email.utils.formatdate(START + 90, usegmt=True)
    for header, seconds in (("5", 5), (date, 90), (email.utils.formatdate(START - 5), 0), ("soon", None), ("", None)):
        assert seconds_to_wait(refused(503, retry_after=header), START) == seconds
    assert seconds_to_wait(httpx.Response(503), START) is None


class TestAUsedUpQuota:
    @pytest.mark.parametrize("method", ["GET", "POST"])
    def test_ends_the_call_at_once_unless_told_otherwise(self, method: Method) -> None:
        script = Script(refused(402, USED_UP.format(5)), 200)
        assert (script.play(method), script.sent, script.slept) == (402, 1, [])

    @pytest.mark.parametrize("method", ["GET", "POST"])
    @pytest.mark.parametrize(
        "reply",
        [
            refused(402, USED_UP.format(1855)),
            refused(402, USED_UP.format(7), X_Toggl_Quota_Remaining=0, X_Toggl_Quota_Resets_In=1855),
            refused(402, "", X_Toggl_Quota_Remaining=0, X_Toggl_Quota_Resets_In=1855),
        ],
    )
    def test_is_waited_for_where_that_was_asked_for(self, reply: httpx.Response, method: Method) -> None:
        script = Script(reply, 200)
        assert (script.play(method, wait_for_quota=True), script.slept) == (200, [1855.0])

    def test_is_waited_for_as_long_as_allowed(self) -> None:
        replies = [refused(402, USED_UP.format(40)) for _ in range(3)]
        script = Script(*replies)
        assert (script.play(wait_for_quota=100), script.slept) == (402, [40.0, 40.0])

    def test_cannot_be_waited_for_where_the_server_does_not_say_how_long(self) -> None:
        script = Script(refused(402, "You have hit your hourly limit for API calls."), 200)
        assert (script.play(wait_for_quota=True), script.sent) == (402, 1)

    def test_is_not_asked_for_again_and_again_in_the_same_second(self) -> None:
        script = Script(refused(402, USED_UP.format(0)), 200)
        assert (script.play(wait_for_quota=True), script.slept) == (200, [1.0])

    def test_costs_no_request_where_it_is_known_and_waited_for(self) -> None:
        script = Script(200)
        script.ledger.expect(None, Quota(0, START + 60))
        assert (script.play(wait_for_quota=True), script.slept, script.sent) == (200, [60.0], 1)

    def test_does_not_spend_the_time_or_the_retries_of_the_call(self) -> None:
        script = Script(refused(402, USED_UP.format(3000)), 500, 200)
        assert script.play(wait_for_quota=True, retries=1, seconds=10) == 200

    def test_is_another_thing_than_a_plan_that_does_not_include_something(self) -> None:
        script = Script(refused(402, "Must be a premium user to use rounding", X_Toggl_Quota_Remaining=0), 200)
        assert (script.play(wait_for_quota=True), script.sent) == (402, 1)
