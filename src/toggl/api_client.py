"""What the classes of operations share: the connections to the server, and threads."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from types import TracebackType
from typing import Any, Self, TypeVar

import httpx

from rollcall.client.request import Request
from rollcall.client.transport import SyncTransport, as_timeout, checked
from rollcall.contract.operation import Operation
from rollcall.coroutine import complete
from toggl.call import Reply, call
from toggl.configuration import Configuration
from toggl.pending import Pending

R = TypeVar("R")


class ApiClient:
    """A client of one server, for any number of classes of operations and threads at once.

    Its connections are kept for the next request, and closed by `close`, at the end of a `with`, or with the object.

    Args:
        configuration: Where to and as whom; None for the default one, else the environment's. The address, credentials
            and timeout are read at each request.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of its own.

    Raises:
        TypeError: `configuration` is something else.
        OSError: Its `ssl_ca_cert` cannot be read, or is no file of certificates.
    """

    def __init__(self, configuration: Configuration | None = None, *, client: httpx.Client | None = None) -> None:
        if configuration is not None and not isinstance(configuration, Configuration):
            raise TypeError(f"configuration must be a toggl.Configuration, not a {type(configuration).__name__}")
        self.configuration: Configuration = configuration if configuration is not None else Configuration.get_default()
        self._client = client if client is not None else httpx.Client(verify=self.configuration.verify)
        self._release = weakref.finalize(self, self._client.close) if client is None else None

    def call(self, operation: Operation, request: Request) -> Reply[Any]:
        """Send a request, and read the reply as its operation's.

        Raises:
            ApiException: There is no success.
            ValueError: The configuration's host or timeout is none.
        """
        configuration = self.configuration
        transport = SyncTransport(
            self._client, checked(configuration.host), configuration.auth, as_timeout(configuration.timeout)
        )
        return complete(call(operation, request, transport))

    def submit(self, work: Callable[[], R]) -> Pending[R]:
        """Begin `work` in a thread."""
        return Pending(self._threads.submit(work))

    def close(self) -> None:
        """Wait for what runs in threads, and close the connections, unless they are the caller's own client's."""
        if "_threads" in vars(self):
            self._threads.shutdown()
        if self._release is not None:
            self._release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(thread_name_prefix="toggl")
