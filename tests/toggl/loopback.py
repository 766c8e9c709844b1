"""A server on this machine that answers every request with the port it came from, when it may."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Loopback(ThreadingHTTPServer):
    """A server of connections that are kept.

    Attributes:
        url: The base URL.
        may_answer: Whether replies are sent; who asks while it is not set waits.
        asked: The requests that came.
    """

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Answer)
        self.url = f"http://127.0.0.1:{self.server_address[1]}/api/v9"
        self.may_answer = threading.Event()
        self.may_answer.set()
        self.asked: list[str] = []
        self._came = threading.Semaphore(0)

    def wait_for(self, count: int) -> None:
        """Wait until so many more requests have come."""
        for _ in range(count):
            assert self._came.acquire(timeout=30)


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Loopback

    def do_GET(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(f"{self.command} {self.path}")
        self.server._came.release()
        assert self.server.may_answer.wait(30)
        body = json.dumps({"id": self.client_address[1]}).encode()
        try:
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
        except ConnectionError:
            self.close_connection = True  # who asked has gone

    do_PUT = do_GET  # noqa: N815 - as http.server has it

    def log_message(self, *args: object) -> None:
        """Say nothing."""
