"""A job says how many requests it makes, makes them all though some fail, and stops where going on is in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

from rollcall.client.failure import Meaning
from rollcall.client.forecast import Forecast, Need, forecast
from rollcall.client.job import Job, Outcome, Prepared
from rollcall.client.quota import Ledger, Quota
from rollcall.client.request import Request, build
from rollcall.contract.operations.organizations import GET_ORGANIZATION
from rollcall.coroutine import complete, iterate

from .conftest import START

if TYPE_CHECKING:
    from rollcall.client.connection import Connection

    from .conftest import Server

USED_UP = "You have hit your hourly limit for API calls. Your quota will reset in 60 seconds."


def job(*organizations: int) -> Job:
    made = Job()
    made.calls += [
        Prepared(GET_ORGANIZATION, build(GET_ORGANIZATION, {"organization_id": number})) for number in organizations
    ]
    return made


def run(made: Job, connection: Connection) -> list[Outcome[Any]]:
    return list(iterate(made.run(connection)))


def meanings(outcomes: list[Outcome[Any]]) -> list[Meaning | None]:
    return [outcome.error.meaning if outcome.error else None for outcome in outcomes]


def test_a_call_that_fails_does_not_keep_the_others_from_being_made(server: Server) -> None:
    def answer(request: Request) -> httpx.Response:
        number = int(request.path.rpartition("/")[2])
        return httpx.Response(404, json="no") if number == 2 else httpx.Response(200, json={"id": number})

    server.answer = answer
    outcomes = run(job(1, 2, 3), server.connection())
    assert meanings(outcomes) == [None, Meaning.NOT_FOUND, None]
    assert [outcome.data and outcome.data.id for outcome in outcomes] == [1, None, 3]
    assert [outcome.succeeded for outcome in outcomes] == [True, False, True]


@pytest.mark.parametrize(
    ("reply", "meaning"),
    [
        (httpx.Response(401), Meaning.WRONG_CREDENTIALS),
        (httpx.Response(402, json=USED_UP), Meaning.QUOTA_EXCEEDED),
    ],
)
def test_where_every_further_call_would_fail_none_is_made(
    reply: httpx.Response, meaning: Meaning, server: Server
) -> None:
    server.answer = lambda _: reply
    assert meanings(run(job(1, 2, 3), server.connection())) == [meaning] * 3
    assert len(server.requests) == 1


def test_the_number_of_requests_is_known_before_the_first_and_what_is_left_only_where_it_was_said(
    server: Server,
) -> None:
    connection = server.connection()
    assert complete(job(1, 1, 2).forecast(connection, ask=False)) == Forecast(requests=3, fits=None)
    assert server.requests == []


def test_what_is_left_can_be_asked_for(server: Server) -> None:
    quotas = [
        {"organization_id": None, "remaining": 30, "resets_in_secs": 600, "total": 30},
        {"organization_id": 1, "remaining": 1, "resets_in_secs": 300, "total": 30},
        {"organization_id": 2, "remaining": 9, "resets_in_secs": 400, "total": 30},
    ]
    server.answer = lambda _: httpx.Response(200, json=quotas)
    connection = server.connection()
    told = complete(job(1, 1, 2).forecast(connection, ask=True))
    assert told == Forecast(requests=3, fits=False, remaining=1, seconds=300)
    assert complete(job(1, 2).forecast(connection, ask=False)) == Forecast(
        requests=2, fits=True, remaining=1, seconds=300
    )
    assert [request.path for request in server.requests] == ["/me/quota"]


def test_a_forecast_is_sure_only_where_all_is_known() -> None:
    ledger = Ledger()
    ledger.expect(("organization_id", 1), Quota(5, START + 60))
    known, unknown = Need(("organization_id", 1), 5), Need(("organization_id", 2), 1)
    assert forecast([known], ledger, START).fits is True
    assert forecast([known, known], ledger, START).fits is False
    assert forecast([known, unknown], ledger, START).fits is None
    assert forecast([known, known, unknown], ledger, START).fits is False
    assert forecast([], ledger, START) == Forecast(requests=0, fits=True)
