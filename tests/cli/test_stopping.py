"""Stopping: by SIGTERM or SIGINT, with status 0, and no request is cut."""

from __future__ import annotations

import json
import signal
import socket
from base64 import b64encode
from contextlib import ExitStack
from urllib.parse import urlsplit

import pytest

from tests.cli.conftest import Serve
from tests.cli.serving import Serving


class HalfRequest:
    """A request whose head the server has read, and whose body is yet to come."""

    def __init__(self, serving: Serving, path: str, body: dict[str, object]) -> None:
        self._body = json.dumps(body).encode()
        self.connection = connect(serving)
        self.connection.sendall(
            b"POST /api/v9%s HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\n"
            b"Content-Length: %d\r\nAuthorization: Basic %s\r\n\r\n"
            % (path.encode(), len(self._body), b64encode(":".join(serving.auth).encode()))
        )
        assert self.connection.recv(1000).startswith(b"HTTP/1.1 100 Continue")

    def finish(self) -> bytes:
        """Send the rest; the first line of the reply."""
        self.connection.sendall(self._body)
        return self.connection.recv(1000).partition(b"\r\n")[0]


def connect(serving: Serving) -> socket.socket:
    place = urlsplit(serving.url)
    return socket.create_connection((place.hostname, place.port or 0))


def wait_until_refused(serving: Serving) -> None:
    while True:
        try:
            connect(serving).close()
        except ConnectionError:
            return


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGINT])
def test_requests_under_way_are_answered_and_new_ones_are_not_taken(serve: Serve, how: signal.Signals) -> None:
    serving = serve("--signup", "open")
    with ExitStack() as connections:
        assert serving.http.get("/me").status_code == 401  # and its connection stays open
        organizations = [
            HalfRequest(serving, "/organizations", {"name": f"Acme {number}", "workspace_name": "Main"})
            for number in range(5)
        ]
        person = {"email": "ann@example.com", "password": "correct horse", "tos_accepted": True}
        requests = [*organizations, HalfRequest(serving, "/signup", person)]
        for request in requests:
            connections.enter_context(request.connection)
        serving.process.send_signal(how)
        wait_until_refused(serving)
        assert [request.finish() for request in requests] == [b"HTTP/1.1 200 OK"] * len(requests)
        assert serving.wait() == 0
    assert serving.errors == ""
