"""Requests, as the bytes that go over the wire."""

from __future__ import annotations

import base64
from typing import NamedTuple

from bench.asker import HOST


class Credentials(NamedTuple):
    """What a request is to be recognized by, in Basic authentication."""

    user: str
    password: str = "api_token"

    def get(self, path: str, *, etag: bytes | None = None) -> bytes:
        """A GET below `/api/v9`, of what is newer than `etag`."""
        return self._request("GET", path, b"" if etag is None else b"If-None-Match: " + etag + b"\r\n")

    def send(self, method: str, path: str, body: bytes) -> bytes:
        """A request with a body of JSON."""
        return self._request(method, path, b"Content-Length: %d\r\n" % len(body)) + body

    def _request(self, method: str, path: str, headers: bytes) -> bytes:
        basic = base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        line = f"{method} /api/v9{path} HTTP/1.1\r\nHost: {HOST}\r\nAuthorization: Basic {basic}\r\n"
        return line.encode() + headers + b"\r\n"
