"""Measures the server as shares of a bare ASGI application that returns the same bytes and headers, in one run."""

from __future__ import annotations

import argparse
import asyncio
import base64
import json
import multiprocessing
import socket
import statistics
import tempfile
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, cast

import uvicorn
import uvloop

from rollcall.server.keyring import Keyring
from rollcall.server.settings import Settings
from rollcall.server.startup import Server
from rollcall.server.storage import migrate

CONNECTIONS = 16
EMAIL, PASSWORD = "bench@example.com", "bench password"
HOST = "127.0.0.1"

Headers = list[tuple[bytes, bytes]]
Application = Callable[..., Awaitable[None]]


def serve(database_url: str, recorded: tuple[Headers, bytes] | None, ready: Connection) -> None:
    """Run Rollcall, or with recorded replies the bare application, on a free port."""

    async def run() -> None:
        application: Application
        token = None
        if recorded is None:
            server = await Server.open(database_url, Settings(), Keyring(b"k" * 32))
            token = (await server.add_account(EMAIL, PASSWORD)).api_token
            application = server.application
        else:
            application = bare(recorded)
        configuration = uvicorn.Config(
            application, lifespan="off", access_log=False, log_level="error", server_header=False
        )
        listener = socket.create_server((HOST, 0))
        ready.send((listener.getsockname()[1], token))
        await uvicorn.Server(configuration).serve(sockets=[listener])

    uvloop.run(run())


def bare(recorded: tuple[Headers, bytes]) -> Application:
    """An application that knows one reply by heart, and reads what it is sent."""
    headers, body = recorded
    start = {"type": "http.response.start", "status": 200, "headers": headers}
    end = {"type": "http.response.body", "body": body}

    async def application(
        _scope: Any, receive: Callable[[], Awaitable[Any]], send: Callable[[Any], Awaitable[None]]
    ) -> None:
        while (await receive()).get("more_body"):
            pass
        await send(start)
        await send(end)

    return application


class Asker(asyncio.Protocol):
    """Sends one request again and again over one connection, each when the reply to the last has come."""

    def __init__(self, request: bytes, size: int) -> None:
        self.request = request
        self.size = size
        self.received = 0
        self.answered = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Begin."""
        # uvloop's transports are not subclasses of asyncio's.
        self.transport = cast("asyncio.Transport", transport)
        self.transport.write(self.request)

    def data_received(self, data: bytes) -> None:
        """Count the reply and ask again."""
        self.received += len(data)
        if self.received >= self.size:
            self.received -= self.size
            self.answered += 1
            self.transport.write(self.request)


async def measure(port: int, request: bytes, size: int, seconds: float) -> float:
    """Requests answered per second."""
    loop = asyncio.get_running_loop()
    pairs = [await loop.create_connection(lambda: Asker(request, size), HOST, port) for _ in range(CONNECTIONS)]
    await asyncio.sleep(0.3)
    before = sum(asker.answered for _, asker in pairs)
    started = loop.time()
    await asyncio.sleep(seconds)
    rate = (sum(asker.answered for _, asker in pairs) - before) / (loop.time() - started)
    for transport, _ in pairs:
        transport.close()
    return rate


def ask_once(port: int, request: bytes) -> tuple[bytes, bytes]:
    """The whole reply to one request, as bytes."""

    async def ask() -> tuple[bytes, bytes]:
        reader, writer = await asyncio.open_connection(HOST, port)
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = next(int(line.split(b":")[1]) for line in head.split(b"\r\n") if line.startswith(b"content-length"))
        body = await reader.readexactly(length)
        writer.close()
        return head, body

    return uvloop.run(ask())


def request_of(method: str, path: str, user: str, password: str, body: bytes = b"") -> bytes:
    """A request's bytes."""
    credentials = base64.b64encode(f"{user}:{password}".encode()).decode()
    head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Basic {credentials}\r\n"
    return (head + f"Content-Length: {len(body)}\r\n\r\n").encode() + body


def start(database_url: str, recorded: tuple[Headers, bytes] | None = None) -> tuple[BaseProcess, int, str]:
    """A server in a process of its own."""
    ready, remote = multiprocessing.Pipe(duplex=False)
    process = multiprocessing.Process(target=serve, args=(database_url, recorded, remote), daemon=True)
    process.start()
    port, token = ready.recv()
    return process, port, token


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seconds", type=float, default=3)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--database-url")
    options = parser.parse_args()
    multiprocessing.set_start_method("spawn")
    with tempfile.TemporaryDirectory() as directory:
        database_url = options.database_url or f"sqlite:///{Path(directory) / 'bench.db'}"
        migrate(database_url)
        process, port, token = start(database_url)
        _, listed = ask_once(port, request_of("GET", "/api/v9/me/organizations", token, "api_token"))
        path = f"/api/v9/organizations/{json.loads(listed)[0]['id']}"
        work = {
            "GET one organization, by token": request_of("GET", path, token, "api_token"),
            "GET one organization, by password": request_of("GET", path, EMAIL, PASSWORD),
            "PUT one organization, durable": request_of("PUT", path, token, "api_token", b'{"name": "Bench"}'),
        }
        ask_once(port, work["PUT one organization, durable"])
        print(f"{'req/s, and as a share of the bare application':48}{'Rollcall':>10}{'bare':>10}{'share':>8}")
        for name, request in work.items():
            head, body = ask_once(port, request)
            lines = [tuple(line.split(b": ", 1)) for line in head.split(b"\r\n")[1:] if line]
            headers: Headers = [(key, value) for key, value in lines if key != b"date"]
            bare_process, bare_port, _ = start(database_url, (headers, body))
            ours, theirs = [], []
            # In turns, so that whatever else the machine does falls on both.
            for _ in range(options.rounds):
                theirs.append(uvloop.run(measure(bare_port, request, len(head) + len(body), options.seconds)))
                ours.append(uvloop.run(measure(port, request, len(head) + len(body), options.seconds)))
            bare_process.terminate()
            one, other = statistics.median(ours), statistics.median(theirs)
            print(f"{name:48}{one:10,.0f}{other:10,.0f}{one / other:8.3f}", flush=True)
        process.terminate()


if __name__ == "__main__":
    main()
