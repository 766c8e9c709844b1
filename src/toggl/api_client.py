"""What the classes of operations share: the connections to the server, and threads."""

from __future__ import annotations

import logging
import weakref
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from types import TracebackType
from typing import Any, ClassVar, Self, TypeVar

import httpx

from rollcall.client.clock import SyncClock
from rollcall.client.connection import Connection, Reply
from rollcall.client.fan import OneByOne
from rollcall.client.ports import Clock
from rollcall.client.quota import Ledger, Quota, scope_of
from rollcall.client.request import Request
from rollcall.client.transport import SyncTransport, as_timeout, checked
from rollcall.contract.operation import Operation
from rollcall.coroutine import complete
from toggl.configuration import Configuration
from toggl.pending import Pending
from toggl.rest import exception_of

R = TypeVar("R")

log = logging.getLogger("toggl")
log.addHandler(logging.NullHandler())


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

    Attributes:
        clock: What waits between attempts.
    """

    clock: ClassVar[Clock] = SyncClock()

    def __init__(self, configuration: Configuration | None = None, *, client: httpx.Client | None = None) -> None:
        if configuration is not None and not isinstance(configuration, Configuration):
            raise TypeError(f"configuration must be a toggl.Configuration, not a {type(configuration).__name__}")
        self.configuration: Configuration = configuration if configuration is not None else Configuration.get_default()
        self._client = client if client is not None else httpx.Client(verify=self.configuration.verify)
        self._ledger = Ledger()
        self._release = weakref.finalize(self, self._client.close) if client is None else None

    def call(self, operation: Operation, request: Request) -> Reply[Any]:
        """Send a request, and read the reply as its operation's.

        Raises:
            ApiException: There is no success.
            ValueError: The configuration's host or timeout is none.
        """
        return complete(self._connection().ask(operation, request, operation.reply_to(request.query)))

    def quota(self, organization_id: int | None = None, *, workspace_id: int | None = None) -> Quota | None:
        """What the server last said is left of the hour's requests; it is not asked for it.

        Args:
            organization_id: Of which organization; None for the requests that concern none.
            workspace_id: Of the organization of this workspace.

        Returns:
            None where the server has said nothing, or the hour is over.
        """
        scope = scope_of({"organization_id": organization_id, "workspace_id": workspace_id})
        return self._ledger.known(scope, self.clock.now())

    def submit(self, work: Callable[[], R]) -> Pending[R]:
        """Begin `work` in a thread."""
        return Pending(self._threads.submit(work))

    def close(self) -> None:
        """Wait for what runs in threads, and close the connections, unless they are the caller's own client's."""
        if "_threads" in vars(self):
            self._threads.shutdown()
        if self._release is not None:
            self._release()

    def _connection(self) -> Connection:
        configuration = self.configuration
        return Connection(
            transport=SyncTransport(
                self._client, checked(configuration.host), configuration.auth, as_timeout(configuration.timeout)
            ),
            clock=self.clock,
            fan=OneByOne(),
            patience=configuration.patience,
            ledger=self._ledger,
            failed=exception_of,
            log=log,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()

    @cached_property
    def _threads(self) -> ThreadPoolExecutor:
        return ThreadPoolExecutor(thread_name_prefix="toggl")
