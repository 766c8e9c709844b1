"""What the classes of operations share: the connections to the server, and threads."""

from __future__ import annotations

import weakref
from collections.abc import Callable, Iterator, Mapping
from types import TracebackType
from typing import Any, ClassVar, Self, TypeVar

import httpx

from rollcall.client.clock import SyncClock
from rollcall.client.connection import Reply
from rollcall.client.fan import OneByOne
from rollcall.client.paging import Listing
from rollcall.client.ports import Clock, Fan
from rollcall.client.request import Request
from rollcall.client.transport import SyncTransport, check_client
from rollcall.contract.operation import Operation
from rollcall.coroutine import complete, iterate
from toggl.base_client import BaseApiClient
from toggl.configuration import Configuration
from toggl.pending import Pending, Threads

R = TypeVar("R")


class ApiClient(BaseApiClient):
    """A client of one server, for any number of classes of operations and threads at once.

    Its connections are kept for the next request, and closed by `close`, at the end of a `with`, or with the object.
    Cookies that a reply sets are not kept.

    Args:
        configuration: Where to and as whom; None for the default one, else the environment's. The address, credentials
            and timeout are read at each request.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of its own.
        pool_threads: How many requests with `async_req=True` may be under way at once; the others wait their turn.

    Raises:
        TypeError: `configuration` or `client` is something else.
        ValueError: `pool_threads` is below 1.
        OSError: Its `ssl_ca_cert` cannot be read, or is no file of certificates.

    Attributes:
        clock: What waits between attempts.
    """

    clock: ClassVar[Clock] = SyncClock()
    _fan: ClassVar[Fan] = OneByOne()

    def __init__(
        self,
        configuration: Configuration | None = None,
        *,
        client: httpx.Client | None = None,
        pool_threads: int = 8,
    ) -> None:
        super().__init__(configuration)
        if client is not None:
            check_client(client, httpx.Client)
        self._threads = Threads(pool_threads)
        self._client = client if client is not None else httpx.Client(verify=self.configuration.verify)
        self._release = weakref.finalize(self, self._client.close) if client is None else None

    def call(self, operation: Operation, request: Request) -> Reply[Any]:
        """Send a request, and read the reply as its operation's.

        Raises:
            ApiException: There is no success.
            ValueError: The configuration's host or timeout is none.
        """
        return complete(self.connection().ask(operation, request, operation.reply_to(request.query)))

    def iterate(
        self, operation: Operation, arguments: Mapping[str, Any], *, timeout: httpx.Timeout | None = None
    ) -> Iterator[Any]:
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
        return self._rows(self._listing(operation, arguments, timeout=timeout))

    def submit(self, work: Callable[[], R]) -> Pending[R]:
        """Begin `work` in a thread."""
        return self._threads.begin(work)

    def close(self) -> None:
        """Wait for what runs in threads, and close the connections, unless they are the caller's own client's."""
        self._threads.finish()
        if self._release is not None:
            self._release()

    def _rows(self, listing: Listing[Any]) -> Iterator[Any]:
        # Being a method, it holds the client, whose connections are closed when nobody does.
        for batch in iterate(listing.batches()):
            yield from batch

    def _transport(self, base_url: str, auth: httpx.Auth | None, timeout: httpx.Timeout) -> SyncTransport:
        return SyncTransport(self._client, base_url, auth, timeout)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()
