"""A job gathers calls, says how many requests they are before the first is made, and tells what became of each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from toggl.rest import NotFoundException

if TYPE_CHECKING:
    from .conftest import Server
    from .mode import Mode


@pytest.fixture
def client(mode: Mode, server: Server) -> Iterator[Any]:
    http_client = mode.http_client(transport=httpx.MockTransport(server))
    configuration = mode.face.Configuration(host="https://rollcall.invalid/api/v9", username="ann@example.com")
    yield mode.face.ApiClient(configuration, client=http_client)
    mode.close_http(http_client)


def answer(request: httpx.Request) -> httpx.Response:
    number = int(request.url.path.rpartition("/")[2])
    if number == 2:
        return httpx.Response(404, json="User not part of organization")
    return httpx.Response(200, json={"id": number, "name": "Ours"})


def test_the_calls_are_made_when_the_job_runs_and_one_that_fails_does_not_keep_the_others_from_it(
    mode: Mode, server: Server, client: Any
) -> None:
    server.answer = answer
    organizations = mode.face.OrganizationsApi(client)
    job = mode.face.Job(client)
    for number in (1, 2, 3):
        job.add(organizations.get_organization, number)
    assert (len(job), server.requests) == (3, [])
    one, two, three = mode.listed(job.run())
    assert (one.data.id, three.data.id) == (1, 3)
    assert isinstance(two.error, NotFoundException)
    assert (two.error.status, two.succeeded) == (404, False)


def test_it_says_how_many_requests_it_makes_and_asks_what_is_left_where_that_is_wanted(
    mode: Mode, server: Server, client: Any
) -> None:
    organizations = mode.face.OrganizationsApi(client)
    job = mode.face.Job(client)
    for _ in range(3):
        job.add(organizations.get_organization, organization_id=5)
    told = mode.done(job.forecast())
    assert (told.requests, told.fits, server.requests) == (3, None, [])
    quotas = [{"organization_id": 5, "remaining": 2, "resets_in_secs": 60, "total": 30}]
    server.says(200, json=quotas)
    told = mode.done(job.forecast(ask=True))
    assert (told.requests, told.fits, told.remaining) == (3, False, 2)
    assert [request.url.path for request in server.requests] == ["/api/v9/me/quota"]


def test_what_a_call_lacks_is_said_when_it_is_added(mode: Mode, client: Any) -> None:
    organizations = mode.face.OrganizationsApi(client)
    with pytest.raises(TypeError, match="get_organization"):
        mode.face.Job(client).add(organizations.get_organization)
    with pytest.raises(TypeError, match="organization_id"):
        mode.face.Job(client).add(organizations.get_organization, "abc")


def test_only_methods_of_its_own_client_that_call_an_operation_are_taken(mode: Mode, client: Any) -> None:
    with pytest.raises(TypeError, match=r"as users\.put_organization_users, not <built-in function print>"):
        mode.face.Job(client).add(print)
    with pytest.raises(ValueError, match="belongs to another ApiClient"):
        mode.face.Job(client).add(mode.face.OrganizationsApi(mode.face.ApiClient()).get_organization, 1)
    with pytest.raises(TypeError, match="api_client must be an ApiClient, not a str"):
        mode.face.Job("https://rollcall.invalid")
