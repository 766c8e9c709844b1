"""Asks over many connections at once, with so little work for each reply that the server is what is measured.

One thread, plain sockets, two system calls and one look at the head of each reply: half of what a bare ASGI application
costs its server, and most of that is the kernel's.
"""

from __future__ import annotations

import selectors
import socket
import time
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HOST = "127.0.0.1"
_BUFFER = 1 << 18
_WITHOUT_BODY = (204, 304)
"""Statuses after whose head nothing comes, whatever length it names."""
_PATIENCE = 60.0
"""Seconds without any reply after which the server is taken for dead."""


class Asked(NamedTuple):
    """What came of asking.

    Attributes:
        answers: How many replies came.
        seconds: How long that took.
        busy: Seconds of processor time that the asker took.
    """

    answers: int
    seconds: float
    busy: float


class Reply(NamedTuple):
    """One reply.

    Attributes:
        headers: Names in lower case, in the order of the wire.
        seconds: From the first byte sent to the last received.
    """

    status: int
    headers: list[tuple[bytes, bytes]]
    body: bytes
    seconds: float

    def header(self, name: bytes) -> bytes | None:
        """The value of a header; None where the reply has none of that name."""
        return dict(self.headers).get(name)


class UnexpectedReplyError(Exception):
    """The server answered something else than what was to be measured."""


class _Connection:
    """One connection, and what is still to come of the reply under way."""

    def __init__(self, port: int) -> None:
        self.socket = socket.create_connection((HOST, port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.head = b""
        self.missing = 0


class Asker:
    """Connections to one server, kept open.

    Args:
        port: Of the server, on this machine.
        status: What every reply must have.
    """

    def __init__(self, port: int, *, status: int = 200, connections: int) -> None:
        self._status = b"HTTP/1.1 %d" % status
        self._has_body = status not in _WITHOUT_BODY
        self._connections = [_Connection(port) for _ in range(connections)]
        self._selector = selectors.DefaultSelector()
        for connection in self._connections:
            self._selector.register(connection.socket, selectors.EVENT_READ, connection)
        self._buffer = bytearray(_BUFFER)

    def __enter__(self) -> Asker:
        return self

    def __exit__(self, *_: object) -> None:
        self._selector.close()
        for connection in self._connections:
            connection.socket.close()

    def ask(self, requests: Iterable[bytes], seconds: float = float("inf")) -> Asked:
        """Send requests, on each connection the next when the reply to its last has come.

        Args:
            requests: What to send, shared by the connections; ends the measurement when it ends.
            seconds: How long to send; the replies to what was sent by then are waited for.

        Raises:
            UnexpectedReplyError: A reply has another status, or none came.
        """
        source = iter(requests)
        busy = time.process_time()
        started = time.perf_counter()
        waiting = sum(self._send(connection, source) for connection in self._connections)
        answers = self._answer_until(started + seconds, source, waiting)
        lasted = time.perf_counter() - started
        return Asked(answers, lasted, time.process_time() - busy)

    def _answer_until(self, end: float, source: Iterator[bytes], waiting: int) -> int:
        answers = 0
        select, receive, now = self._selector.select, self._receive, time.perf_counter
        while waiting:
            events = select(_PATIENCE)
            if not events:
                raise UnexpectedReplyError(f"no reply within {_PATIENCE:.0f} seconds")
            going_on = now() < end
            for key, _ in events:
                if receive(key.data):
                    answers += 1
                    if not going_on or not self._send(key.data, source):
                        waiting -= 1
        return answers

    def _send(self, connection: _Connection, source: Iterator[bytes]) -> bool:
        request = next(source, None)
        if request is None:
            return False
        connection.socket.sendall(request)
        return True

    def _receive(self, connection: _Connection) -> bool:
        """Take what has come; whether that completes a reply."""
        buffer = self._buffer
        received = connection.socket.recv_into(buffer)
        if not received:
            raise UnexpectedReplyError("the server closed a connection")
        if connection.missing:
            connection.missing -= received
            return connection.missing == 0
        if connection.head:
            buffer = bytearray(connection.head) + buffer[:received]
            received = len(buffer)
        end = buffer.find(b"\r\n\r\n", 0, received)
        if end < 0:
            connection.head = bytes(buffer[:received])
            return False
        connection.head = b""
        if not buffer.startswith(self._status):
            raise UnexpectedReplyError(bytes(buffer[:received]).decode(errors="replace"))
        connection.missing = end + 4 + (_length(buffer, end) if self._has_body else 0) - received
        return connection.missing == 0


class Line:
    """One connection on which one request is asked at a time, and each reply seen whole."""

    def __init__(self, port: int) -> None:
        self._connection = _Connection(port)

    def __enter__(self) -> Line:
        return self

    def __exit__(self, *_: object) -> None:
        self._connection.socket.close()

    def ask(self, request: bytes) -> Reply:
        """Send one request and take its reply, whatever it is."""
        started = time.perf_counter()
        self._connection.socket.sendall(request)
        data = bytearray()
        end = size = -1
        while end < 0 or len(data) < size:
            chunk = self._connection.socket.recv(_BUFFER)
            if not chunk:
                raise UnexpectedReplyError("the server closed the connection")
            data += chunk
            if end < 0 and (end := data.find(b"\r\n\r\n")) >= 0:
                has_body = int(data[9:12]) not in _WITHOUT_BODY
                size = end + 4 + (_length(data, end) if has_body else 0)
        seconds = time.perf_counter() - started
        first, *lines = bytes(data[:end]).split(b"\r\n")
        headers = [(name.lower(), value) for name, _, value in (line.partition(b": ") for line in lines)]
        return Reply(int(first.split()[1]), headers, bytes(data[end + 4 :]), seconds)

    def expect(self, request: bytes, status: int = 200) -> Reply:
        """Send one request and take its reply.

        Raises:
            UnexpectedReplyError: It has another status.
        """
        reply = self.ask(request)
        if reply.status != status:
            raise UnexpectedReplyError(f"{reply.status} {reply.body[:500]!r} to {request.splitlines()[0]!r}")
        return reply


def _length(data: Any, end: int) -> int:
    """Bytes of the body that a head announces."""
    start = data.find(b"content-length: ", 0, end)
    return int(data[start + 16 : data.find(b"\r", start, end + 2)]) if start >= 0 else 0
