"""`ApiClient`: one httpx client for many requests, its own or the caller's, over real connections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import httpx
import pytest

import toggl
from toggl import aio

if TYPE_CHECKING:
    from .loopback import Loopback


def test_a_connection_is_used_again(loopback: Loopback) -> None:
    with toggl.ApiClient(toggl.Configuration(host=loopback.url)) as api_client:
        first, second = (toggl.OrganizationsApi(api_client).get_organization(1) for _ in range(2))
        third = toggl.UsersApi(api_client).get_organization_users_with_http_info(1)
    assert first.id == second.id
    assert third.data == {"id": first.id}  # type: ignore[comparison-overlap]  # not the list that is documented


def test_it_closes_its_own_connections_with_a_with_and_what_runs_in_threads_is_done_then(loopback: Loopback) -> None:
    with toggl.ApiClient(toggl.Configuration(host=loopback.url)) as api_client:
        pending = [toggl.OrganizationsApi(api_client).get_organization(1, async_req=True) for _ in range(5)]
    assert all(one.ready() for one in pending)
    with pytest.raises(RuntimeError, match="closed"):
        toggl.OrganizationsApi(api_client).get_organization(1)


def test_it_closes_its_own_connections_when_it_is_no_longer_used(loopback: Loopback) -> None:
    api = toggl.OrganizationsApi(toggl.ApiClient(toggl.Configuration(host=loopback.url)))
    client = api.api_client._client
    api.get_organization(1)
    del api
    assert client.is_closed


def test_the_callers_client_stays_open(loopback: Loopback) -> None:
    with httpx.Client() as client:
        toggl.ApiClient(toggl.Configuration(host=loopback.url), client=client).close()
        assert not client.is_closed


@pytest.mark.parametrize("wrong", ["http://127.0.0.1:8080/api/v9", toggl.Configuration()])
def test_an_api_takes_a_client_and_nothing_else(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"api_client must be a toggl\.ApiClient, not a (str|Configuration)"):
        toggl.OrganizationsApi(wrong)  # type: ignore[arg-type]  # that is the point


def test_a_client_takes_a_configuration_and_nothing_else() -> None:
    with pytest.raises(TypeError, match=r"configuration must be a toggl\.Configuration, not a str"):
        toggl.ApiClient("http://127.0.0.1:8080/api/v9")  # type: ignore[arg-type]  # that is the point


@pytest.mark.parametrize(
    "host", ["", "localhost:8080", "ftp://localhost", "http://", "http://[::1", "http://a:99999", None]
)
def test_a_host_that_is_no_base_url_is_shown_beside_one_that_is(host: str) -> None:
    api = toggl.OrganizationsApi(toggl.ApiClient(toggl.Configuration(host=host)))
    with pytest.raises(ValueError, match=r"must be like https://localhost:8080/api/v9, not ") as error:
        api.get_organization(1)
    assert str(error.value).endswith(repr(host))


def test_credentials_in_the_host_are_refused_and_not_shown() -> None:
    configuration = toggl.Configuration(host="http://ann:topsecret@127.0.0.1:1")
    with pytest.raises(ValueError, match="must not have credentials in it") as error:
        toggl.OrganizationsApi(toggl.ApiClient(configuration)).get_organization(1)
    assert "topsecret" not in str(error.value)


@pytest.mark.parametrize("limit", ["soon", (1,), (1, 2, 3), ("a", "b"), -1, 0])
def test_a_timeout_that_is_none_is_refused_with_what_would_be_right(limit: Any) -> None:
    with (
        toggl.ApiClient(toggl.Configuration(host="http://127.0.0.1:1")) as api_client,
        pytest.raises(ValueError, match=r"A timeout is seconds, \(seconds to connect, seconds to read\) or None"),
    ):
        toggl.OrganizationsApi(api_client).get_organization(1, _request_timeout=limit)


@pytest.mark.parametrize(
    ("face", "wrong", "message"),
    [
        (toggl, httpx.AsyncClient, "client must be an httpx.Client, for calls block here, not httpx.AsyncClient"),
        (toggl, httpx.HTTPTransport, "client must be an httpx.Client, for calls block here, not httpx.HTTPTransport"),
        (aio, httpx.Client, "client must be an httpx.AsyncClient, for calls are awaited here, not httpx.Client"),
        (aio, str, "client must be an httpx.AsyncClient, for calls are awaited here, not str"),
    ],
)
def test_a_client_that_cannot_send_is_refused_where_it_is_given(face: Any, wrong: Any, message: str) -> None:
    with pytest.raises(TypeError) as error:
        face.ApiClient(client=wrong())
    assert str(error.value) == message


def test_an_api_takes_a_client_of_its_own_mode() -> None:
    with pytest.raises(TypeError, match=r"api_client must be a toggl\.aio\.ApiClient, not a toggl\.ApiClient"):
        aio.OrganizationsApi(toggl.ApiClient())  # type: ignore[arg-type]  # that is the point
    with pytest.raises(TypeError, match=r"api_client must be a toggl\.ApiClient, not a toggl\.aio\.ApiClient"):
        toggl.OrganizationsApi(aio.ApiClient())  # type: ignore[arg-type]  # that is the point
