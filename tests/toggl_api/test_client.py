"""Which server an endpoint talks to, as whom, and that the caller's client stays as it was."""

from __future__ import annotations

import asyncio
import atexit
import base64
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from rollcall.client.failure import Meaning
from toggl_api import OrganizationEndpoint, errors
from toggl_api.asyncio import AsyncOrganizationEndpoint

if TYPE_CHECKING:
    from .conftest import Make, Toggl

ANN = httpx.BasicAuth("ann@example.com", "secret")


def state(client: httpx.Client | httpx.AsyncClient) -> list[Any]:
    return [client.base_url, client.auth, client.timeout, dict(client.headers), dict(client.cookies), client.is_closed]


@pytest.mark.parametrize("kind", ["sync", "async"])
def test_the_callers_client_is_neither_changed_nor_closed(
    kind: str, server: Toggl, monkeypatch: pytest.MonkeyPatch
) -> None:
    registered: list[Any] = []
    monkeypatch.setattr(atexit, "register", lambda *args: registered.append(args))
    transport = httpx.MockTransport(server)
    theirs = {"auth": ("theirs", "other"), "timeout": 77.0, "headers": {"X-Theirs": "1"}}
    client: httpx.Client | httpx.AsyncClient
    if kind == "sync":
        client = httpx.Client(transport=transport, **theirs)  # type: ignore[arg-type]  # a dict has one type of values
        before = state(client)
        with OrganizationEndpoint(ANN, client=client, timeout=3) as endpoint:
            endpoint.get(1)
    else:
        client = httpx.AsyncClient(transport=transport, **theirs)  # type: ignore[arg-type]  # as above
        before = state(client)

        async def use() -> None:
            async with AsyncOrganizationEndpoint(ANN, client=client, timeout=3) as endpoint:
                await endpoint.get(1)

        asyncio.run(use())
    assert state(client) == before
    assert not registered


def test_a_request_has_the_endpoints_credentials_and_timeout_and_the_clients_headers(server: Toggl) -> None:
    client = httpx.Client(transport=httpx.MockTransport(server), auth=("theirs", "x"), headers={"X-Theirs": "1"})
    OrganizationEndpoint(ANN, client=client, timeout=3).get(1)
    (request,) = server.requests
    assert request.headers["Authorization"] == "Basic " + base64.b64encode(b"ann@example.com:secret").decode()
    assert request.headers["X-Theirs"] == "1"
    assert request.extensions["timeout"]["read"] == 3


def test_the_server_is_toggls_own_unless_told_otherwise(
    make: Make, server: Toggl, monkeypatch: pytest.MonkeyPatch
) -> None:
    make().get(1)
    monkeypatch.setenv("TOGGL_API_URL", "http://127.0.0.1:8080/api/v9")
    make().get(1)
    make(base_url="https://rollcall.invalid/api/v9").get(1)
    assert [str(request.url).partition("/organizations")[0] for request in server.requests] == [
        "https://api.track.toggl.com/api/v9",
        "http://127.0.0.1:8080/api/v9",
        "https://rollcall.invalid/api/v9",
    ]


def test_other_authentication_than_basic_is_refused_with_what_would_be_right() -> None:
    for kind in (OrganizationEndpoint, AsyncOrganizationEndpoint):
        with pytest.raises(TypeError, match=r"auth must be an httpx\.BasicAuth, not tuple"):
            kind(("ann@example.com", "secret"))  # type: ignore[arg-type]  # that is the point


def own_client(endpoint: OrganizationEndpoint) -> httpx.Client:
    client: httpx.Client = vars(endpoint._connection.transport)["_client"]
    return client


def test_its_own_client_is_closed_with_it() -> None:
    with OrganizationEndpoint(ANN) as endpoint:
        client = own_client(endpoint)
        assert not client.is_closed
    assert client.is_closed


def test_its_own_client_is_closed_when_it_is_no_longer_used() -> None:
    endpoint = OrganizationEndpoint(ANN)
    client = own_client(endpoint)
    del endpoint
    assert client.is_closed


def test_its_own_asynchronous_client_is_closed_with_it() -> None:
    async def use() -> AsyncOrganizationEndpoint:
        async with AsyncOrganizationEndpoint(ANN) as endpoint:
            return endpoint

    own = asyncio.run(use())._own_client
    assert own is not None
    assert own.is_closed


def test_what_is_no_cache_is_refused_with_what_would_be_right() -> None:
    for kind in (OrganizationEndpoint, AsyncOrganizationEndpoint):
        with pytest.raises(TypeError, match=r"cache must be a cache, as SqliteCache\('folder'\), not 'cache'"):
            kind(ANN, "cache")  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize("url", ["localhost:8080", "http://[::1"])
def test_a_base_url_that_is_none_is_refused_before_anything_is_sent(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGGL_API_URL", url)
    for kind in (OrganizationEndpoint, AsyncOrganizationEndpoint):
        with pytest.raises(ValueError, match="must be like https://localhost:8080/api/v9, not '"):
            kind(ANN)


@pytest.mark.parametrize("wrong", ["1", None, 1.5])
def test_what_is_no_organization_is_refused(make: Make, wrong: object) -> None:
    for method, arguments in (("get", []), ("edit", ["New"]), ("delete", [])):
        with pytest.raises(TypeError, match="organization must be an organization or its number, not "):
            getattr(make(), method)(wrong, *arguments)


def test_a_name_that_is_no_text_is_refused(make: Make) -> None:
    with pytest.raises(TypeError, match="An organization name must be text, not 3"):
        make().add(3)


def test_an_error_of_the_server_says_what_the_server_says(make: Make) -> None:
    with pytest.raises(httpx.HTTPStatusError) as error:
        make().edit(99, "New")
    assert str(error.value) == (
        "404 Not Found for PUT https://api.track.toggl.com/api/v9/organizations/99: User not part of organization"
    )


def test_an_error_without_a_reply_names_the_server(make: Make, server: Toggl) -> None:
    server.fail("GET", httpx.ConnectError("refused"))
    with pytest.raises(errors.UnreachableError) as error:
        make(retries=0).collect()
    assert str(error.value) == (
        "No reply for GET https://api.track.toggl.com/api/v9/me/organizations: ConnectError: refused"
    )
    assert isinstance(error.value.__cause__, httpx.ConnectError)


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (errors.InvalidRequestError, 400),
        (errors.WrongCredentialsError, 401),
        (errors.PlanRequiredError, 402),
        (errors.ForbiddenError, 403),
        (errors.NotFoundError, 404),
        (errors.TooManyRequestsError, 429),
        (errors.ServerError, 500),
        (errors.StatusError, 302),
    ],
)
def test_each_meaning_has_a_class_of_httpxs_own_that_tells_the_operation(
    make: Make, server: Toggl, kind: type[errors.StatusError], outcome: int
) -> None:
    server.fail("GET", outcome)
    with pytest.raises(httpx.HTTPStatusError) as error:
        make(retries=0).collect()
    assert type(error.value) is kind
    assert error.value.response.status_code == error.value.status == outcome
    assert (error.value.operation, error.value.text) == ("get_me_organizations", "no")


@pytest.mark.parametrize(
    ("kind", "outcome"),
    [
        (errors.UnreachableError, httpx.RemoteProtocolError("cut")),
        (errors.TimedOutError, httpx.ReadTimeout("too slow")),
    ],
)
def test_no_reply_has_classes_of_httpxs_own_too(
    make: Make, server: Toggl, kind: type[httpx.TransportError], outcome: httpx.HTTPError
) -> None:
    server.fail("GET", outcome)
    with pytest.raises(httpx.TransportError) as error:
        make(retries=0).collect()
    assert type(error.value) is kind


def test_every_meaning_has_a_class() -> None:
    assert {*errors._OF_STATUSES} | {*errors._WITHOUT_STATUS} == {*Meaning}


def test_all_endpoints_of_an_account_know_what_is_left_of_its_quota(server: Toggl) -> None:
    told = {"X-Toggl-Quota-Remaining": "29", "X-Toggl-Quota-Resets-In": "3600"}

    def answer(request: httpx.Request) -> httpx.Response:
        reply = server(request)
        reply.headers.update(told)
        return reply

    client = httpx.Client(transport=httpx.MockTransport(answer))
    one, other = (OrganizationEndpoint(ANN, client=client) for _ in range(2))
    stranger = OrganizationEndpoint(httpx.BasicAuth("bob@example.com", "secret"), client=client)
    one.get(1)
    quota = other.quota(1)
    assert quota is not None
    assert quota.remaining == 29
    assert (other.quota(), stranger.quota(1)) == (None, None)
