"""The two transports: httpx's two clients, one server, one account. The client itself is used, never changed."""

from __future__ import annotations

import copy
from typing import Any, TypeAlias, TypeVar
from urllib.parse import urlsplit

import httpx

from rollcall.client.request import Request

Limit: TypeAlias = "float | tuple[float, float] | httpx.Timeout | None"
"""How long a request may take: seconds, (seconds to connect, seconds to read), or httpx's own; None for ever."""

C = TypeVar("C", httpx.Client, httpx.AsyncClient)

JSON_BODY = {"Content-Type": "application/json"}


def as_timeout(limit: Limit) -> httpx.Timeout:
    """A time limit as httpx has it.

    Raises:
        ValueError: It is none of the forms, or not above 0.
    """
    match limit:
        case httpx.Timeout() | None:
            return httpx.Timeout(limit)
        case (int() | float(), int() | float()) if min(limit) > 0:
            return httpx.Timeout(limit[1], connect=limit[0])
        case int() | float() if limit > 0:
            return httpx.Timeout(limit)
    raise ValueError(f"A timeout is seconds, (seconds to connect, seconds to read) or None, above 0; not {limit!r}")


def checked(base_url: str) -> str:
    """A base URL without the slash at its end.

    Raises:
        ValueError: It is none, or it has credentials in it, which errors would show.
    """
    if "@" in str(base_url):
        raise ValueError("The server's base URL must not have credentials in it: give them as credentials")
    try:
        parts = urlsplit(base_url)
        complete = parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0
    except (AttributeError, ValueError):  # no text, or a port or an address that is none
        complete = False
    if not complete:
        raise ValueError(f"The server's base URL must be like https://localhost:8080/api/v9, not {base_url!r}")
    return base_url.rstrip("/")


def check_client(client: Any, kind: type[httpx.Client] | type[httpx.AsyncClient]) -> None:
    """Refuse a client that cannot send in this mode.

    Raises:
        TypeError: It is of another kind.
    """
    if isinstance(client, kind):
        return
    mode = "calls block" if kind is httpx.Client else "calls are awaited"
    given = type(client)
    shown = given.__name__ if given.__module__ == "builtins" else f"{given.__module__}.{given.__name__}"
    raise TypeError(f"client must be an httpx.{kind.__name__}, for {mode} here, not {shown}")


class _DiscreetURL(httpx.URL):
    """A URL that is shown without the code in it: httpx writes the URL of each request into its log.

    Args:
        url: The URL.
        shown: What is shown of it.
    """

    def __init__(self, url: httpx.URL, shown: str) -> None:
        super().__init__(url)
        self._shown = shown

    def __str__(self) -> str:
        return self._shown

    def __repr__(self) -> str:
        return f"URL({self._shown!r})"


class SyncTransport:
    """Sends with a client that blocks, so it never suspends."""

    def __init__(self, client: httpx.Client, base_url: str, auth: httpx.Auth | None, timeout: httpx.Timeout) -> None:
        self._client = client
        self._base_url = base_url
        self._auth = auth
        self._timeout = timeout

    async def send(self, request: Request) -> httpx.Response:
        """Send a request and read the whole reply, whatever its status."""
        built = _built(self._client, request, self._base_url, self._timeout)
        return _apart(self._client).send(built, auth=self._auth)


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
        return await _apart(self._client).send(
            _built(self._client, request, self._base_url, self._timeout), auth=self._auth
        )


def _apart(client: C) -> C:
    """The client as it is now, on the same connections, but with cookies that are forgotten after the call.

    A cookie that a reply sets would log the client in: its owner's other requests would go as this account, and ours
    go on as it when the credentials are changed.
    """
    apart = copy.copy(client)
    apart.cookies = client.cookies
    return apart


def _built(
    client: httpx.Client | httpx.AsyncClient, request: Request, base_url: str, timeout: httpx.Timeout
) -> httpx.Request:
    built = client.build_request(
        request.method,
        base_url + request.path,
        params=request.query or None,
        content=request.content,
        headers={**JSON_BODY, **request.headers} if request.content is not None else request.headers or None,
        timeout=request.timeout or timeout,
    )
    if request.shown is not None:
        built.url = _DiscreetURL(built.url, base_url + request.shown)
    return built
