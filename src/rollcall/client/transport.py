"""The two transports: httpx's two clients, one server, one account. The client itself is used, never changed."""

from __future__ import annotations

from typing import TypeAlias

import httpx

from rollcall.client.request import Request

Limit: TypeAlias = "float | tuple[float, float] | httpx.Timeout | None"
"""How long a request may take: seconds, (seconds to connect, seconds to read), or httpx's own; None for ever."""

JSON_BODY = {"Content-Type": "application/json"}


def as_timeout(limit: Limit) -> httpx.Timeout:
    """A time limit as httpx has it."""
    if isinstance(limit, tuple):
        connect, read = limit
        return httpx.Timeout(read, connect=connect)
    return httpx.Timeout(limit)


class SyncTransport:
    """Sends with a client that blocks, so it never suspends."""

    def __init__(self, client: httpx.Client, base_url: str, auth: httpx.Auth | None, timeout: httpx.Timeout) -> None:
        self._client = client
        self._base_url = base_url
        self._auth = auth
        self._timeout = timeout

    async def send(self, request: Request) -> httpx.Response:
        """Send a request and read the whole reply, whatever its status."""
        return self._client.send(_built(self._client, request, self._base_url, self._timeout), auth=self._auth)


class AsyncTransport:
    """Sends with a client that an event loop runs."""

    def __init__(
        self, client: httpx.AsyncClient, base_url: str, auth: httpx.Auth | None, timeout: httpx.Timeout
    ) -> None:
        self._client = client
        self._base_url = base_url
        self._auth = auth
        self._timeout = timeout

    async def send(self, request: Request) -> httpx.Response:
        """Send a request and read the whole reply, whatever its status."""
        return await self._client.send(_built(self._client, request, self._base_url, self._timeout), auth=self._auth)


def _built(
    client: httpx.Client | httpx.AsyncClient, request: Request, base_url: str, timeout: httpx.Timeout
) -> httpx.Request:
    return client.build_request(
        request.method,
        base_url.rstrip("/") + request.path,
        params=request.query or None,
        content=request.content,
        headers=None if request.content is None else JSON_BODY,
        timeout=request.timeout or timeout,
    )
