"""What the awaited classes of operations share: the connections to the server."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Mapping
from types import TracebackType
from typing import Any, ClassVar, Self

import httpx

from rollcall.client.clock import AsyncClock
from rollcall.client.connection import Reply
from rollcall.client.fan import Together
from rollcall.client.ports import Clock, Fan
from rollcall.client.request import Request
from rollcall.client.transport import AsyncTransport, check_client
from rollcall.contract.operation import Operation
from toggl.base_client import BaseApiClient
from toggl.configuration import Configuration


class ApiClient(BaseApiClient):
    """A client of one server, for any number of classes of operations and tasks of one event loop.

    Its connections are kept for the next request, and closed by `close` or at the end of an `async with`; nothing else
    can close them, for it takes the event loop. Cookies that a reply sets are not kept.

    Args:
        configuration: Where to and as whom; None for the default one, else the environment's. The address, credentials
            and timeout are read at each request.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of its own.

    Raises:
        TypeError: `configuration` or `client` is something else.
        OSError: Its `ssl_ca_cert` cannot be read, or is no file of certificates.

    Attributes:
        clock: What waits between attempts.
    """

    clock: ClassVar[Clock] = AsyncClock()
    _fan: ClassVar[Fan] = Together()

    def __init__(self, configuration: Configuration | None = None, *, client: httpx.AsyncClient | None = None) -> None:
        super().__init__(configuration)
        if client is not None:
            check_client(client, httpx.AsyncClient)
        self._client = client if client is not None else httpx.AsyncClient(verify=self.configuration.verify)
        self._is_own = client is None

    async def call(self, operation: Operation, request: Request) -> Reply[Any]:
        """Send a request, and read the reply as its operation's.

        Raises:
            ApiException: There is no success.
            ValueError: The configuration's host or timeout is none.
        """
        return await self.connection().ask(operation, request, operation.reply_to(request.query))

    def iterate(
        self, operation: Operation, arguments: Mapping[str, Any], *, timeout: httpx.Timeout | None = None
    ) -> AsyncGenerator[Any]:
        """The rows of a paged list.

        Args:
            operation: What answers it page by page.
            arguments: What is asked for, by the names in the operation table.
            timeout: How long each request may take; None for what the configuration says.

        Raises:
            ApiException: A page cannot be had.
            ListChanged: At the end, where what came is not what there was.
            TypeError: An argument has another type than the operation takes.
            ValueError: A required argument is missing, or the configuration's host or timeout is none.
        """
        return self._listing(operation, arguments, timeout=timeout).rows()

    async def close(self) -> None:
        """Close the connections, unless they are the caller's own client's."""
        if self._is_own:
            await self._client.aclose()

    aclose = close

    def _transport(self, base_url: str, auth: httpx.Auth | None, timeout: httpx.Timeout) -> AsyncTransport:
        return AsyncTransport(self._client, base_url, auth, timeout)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.close()
