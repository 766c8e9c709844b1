"""Servers that break off, say half, say nothing or are not there: real sockets, both modes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from typing import Any

import pytest

import toggl
from toggl import rest

from .mode import Mode

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n"
JSON = b"application/json; charset=utf-8"
GOOD = b'{"id": 7}'


class Script:
    """A server that gives each connection one answer, and closes it.

    Attributes:
        url: The base URL.
        answers: What the next connections get; None for nothing until the client goes.
        asked: The first lines of the requests that came.
    """

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/api/v9"
        self.answers: list[bytes | None] = []
        self.asked: list[str] = []
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._socket.accept()
            except OSError:  # closed
                return
            with connection:
                request = connection.recv(65536)
                self.asked.append(request.partition(b"\r\n")[0].decode())
                answer = self.answers.pop(0)
                if answer is None:
                    connection.settimeout(30)
                    connection.recv(1)  # comes back when the client has gone
                else:
                    connection.sendall(answer)


@pytest.fixture
def script() -> Iterator[Script]:
    script = Script()
    yield script
    script.close()


@pytest.fixture
def organizations(mode: Mode, script: Script, clock: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setattr(mode.face.ApiClient, "clock", clock)
    api_client = mode.face.ApiClient(toggl.Configuration(host=script.url))
    yield mode.face.OrganizationsApi(api_client)
    mode.done(api_client.close())


CUT = b""
HALF = HEAD % (JSON, 100) + b'{"id": 7, "na'
WHOLE = HEAD % (JSON, len(GOOD)) + GOOD


@pytest.mark.parametrize("broken", [CUT, HALF, b"HTTP/1.1 200"], ids=["cut", "half-a-body", "half-a-head"])
def test_what_broke_off_is_read_again(mode: Mode, broken: bytes, organizations: Any, script: Script) -> None:
    script.answers = [broken, broken, WHOLE]
    assert mode.done(organizations.get_organization(7)).id == 7
    assert script.asked == ["GET /api/v9/organizations/7 HTTP/1.1"] * 3


@pytest.mark.parametrize("broken", [CUT, HALF], ids=["cut", "half-a-body"])
def test_what_broke_off_is_not_written_again(mode: Mode, broken: bytes, organizations: Any, script: Script) -> None:
    script.answers = [broken]
    with pytest.raises(rest.UnreachableException, match="No reply for POST"):
        mode.done(organizations.post_organization({"name": "Ours", "workspace_name": "First"}))
    assert len(script.asked) == 1


def test_a_server_that_says_nothing_is_given_up_in_time(mode: Mode, organizations: Any, script: Script) -> None:
    script.answers = [None, WHOLE]
    with pytest.raises(rest.TimeoutException):
        mode.done(organizations.get_organization(7, _request_timeout=0.05))
    assert mode.done(organizations.get_organization(7)).id == 7


def test_a_page_of_a_proxy_is_no_reply(mode: Mode, organizations: Any, script: Script) -> None:
    script.answers = [HEAD % (b"text/html", 6) + b"<html>"]
    with pytest.raises(rest.UnreadableException, match="is not JSON"):
        mode.done(organizations.get_organization(7))


def test_a_server_that_is_not_there_is_named(mode: Mode, clock: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mode.face.ApiClient, "clock", clock)
    with socket.create_server(("127.0.0.1", 0)) as closed:
        host = f"http://127.0.0.1:{closed.getsockname()[1]}/api/v9"
    api_client = mode.face.ApiClient(toggl.Configuration(host=host))
    with pytest.raises(rest.UnreachableException, match=f"No reply for GET {host}/organizations/7: ConnectError"):
        mode.done(mode.face.OrganizationsApi(api_client).get_organization(7))
    mode.done(api_client.close())
    assert len(clock.slept) == 3
