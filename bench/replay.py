"""A server that has learnt the replies of another by heart, and costs the machine as little as a server can."""

from __future__ import annotations

import asyncio
import multiprocessing
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast

import uvloop

from bench.asker import HOST, Line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from multiprocessing.connection import Connection

_KEPT = (b"content-type", b"x-page", b"x-page-size", b"x-pages", b"x-records", b"x-sort-order")


class Recording(NamedTuple):
    """One reply to a GET, whole."""

    head: bytes
    body: bytes


def record(line: Line, request: bytes, **headers: int) -> Recording:
    """The reply of a server.

    Args:
        line: To the server.
        request: What to ask it.
        headers: What the reply is to say in place of what it says: `x_pages`, ...
    """
    reply = line.expect(request)
    replaced = {name.replace("_", "-").encode(): b"%d" % value for name, value in headers.items()}
    kept = [(name, replaced.get(name, value)) for name, value in reply.headers if name in _KEPT]
    lines = [b"HTTP/1.1 200 OK", *(b"%b: %b" % header for header in kept), b"content-length: %d" % len(reply.body)]
    return Recording(b"\r\n".join(lines) + b"\r\n\r\n", reply.body)


@contextmanager
def serving(recordings: Mapping[str, Recording]) -> Iterator[int]:
    """A server in a process of its own, as long as the context lasts; its port.

    Args:
        recordings: What it answers, by path and query. It answers nothing else, and ends the connection.
    """
    spawn = multiprocessing.get_context("spawn")
    ready, remote = spawn.Pipe(duplex=False)
    process = spawn.Process(target=_serve, args=(recordings, remote), daemon=True)
    process.start()
    try:
        yield ready.recv()
    finally:
        process.terminate()
        process.join()


class _Answerer(asyncio.Protocol):
    def __init__(self, replies: Mapping[bytes, bytes]) -> None:
        self._replies = replies
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # uvloop's transports are not subclasses of asyncio's.
        self._transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            request, _, self._received = self._received.partition(b"\r\n\r\n")
            reply = self._replies.get(request.split(b" ", 2)[1])
            if reply is None:
                self._transport.close()
                return
            self._transport.write(reply)


def _serve(recordings: Mapping[str, Recording], ready: Connection) -> None:
    replies = {target.encode(): recording.head + recording.body for target, recording in recordings.items()}

    async def run() -> None:
        server = await asyncio.get_running_loop().create_server(lambda: _Answerer(replies), HOST, 0)
        ready.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    uvloop.run(run())
