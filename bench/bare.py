"""The measure: an ASGI application that knows one reply by heart, on the uvicorn that Rollcall runs on."""

from __future__ import annotations

import multiprocessing
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import psutil
import uvicorn

from bench.asker import HOST, Reply
from bench.serving import Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator
    from multiprocessing.connection import Connection

    Application = Callable[..., Awaitable[None]]

_processes = multiprocessing.get_context("forkserver")
_processes.set_forkserver_preload([__name__, "uvicorn.protocols.http.httptools_impl", "uvloop"])


@contextmanager
def serving(reply: Reply, *, reads_body: bool) -> Iterator[Server]:
    """A bare server in a process of its own, as long as the context lasts.

    Args:
        reply: What it answers, whatever it is asked.
        reads_body: Whether it reads what it is sent, which only a request with a body needs.
    """
    ready, remote = _processes.Pipe(duplex=False)
    process = _processes.Process(target=_serve, args=(reply, reads_body, remote), daemon=True)
    process.start()
    # So that to wait for a process that has died ends.
    remote.close()
    try:
        yield Server(ready.recv(), psutil.Process(process.pid))
    finally:
        process.terminate()
        process.join()


def _serve(reply: Reply, reads_body: bool, ready: Connection) -> None:
    # uvicorn adds the date by itself, to Rollcall's replies too.
    headers = [(name, value) for name, value in reply.headers if name != b"date"]
    application = _application(reply.status, headers, reply.body, reads_body=reads_body)
    configuration = uvicorn.Config(
        application,
        interface="asgi3",
        lifespan="off",
        access_log=False,
        server_header=False,
        log_config=None,
        # On by default, and work for each request.
        proxy_headers=False,
    )
    listener = socket.create_server((HOST, 0), backlog=1024)
    ready.send(listener.getsockname()[1])
    uvicorn.Server(configuration).run(sockets=[listener])


def _application(status: int, headers: list[tuple[bytes, bytes]], body: bytes, *, reads_body: bool) -> Application:
    start = {"type": "http.response.start", "status": status, "headers": headers}
    end = {"type": "http.response.body", "body": body}

    async def application(
        _scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        while reads_body and (await receive()).get("more_body"):
            pass
        await send(start)
        await send(end)

    return application
