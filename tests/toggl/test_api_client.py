"""`ApiClient`: one httpx client for many requests, its own or the caller's, over real connections."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

import toggl


class Loopback(ThreadingHTTPServer):
    """A server on this machine that answers every request with the port it came from."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/api/v9"


class Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        body = json.dumps({"id": self.client_address[1]}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    with Loopback() as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


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
