"""What both kinds of `ApiClient` have in common: where to and as whom, and what is known of the quota."""

from __future__ import annotations

import copy
import logging
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar, get_args

import httpx

from rollcall.client.connection import Connection
from rollcall.client.paging import PER_PAGE, Listing
from rollcall.client.ports import Clock, Fan, Transport
from rollcall.client.quota import Ledger, Quota, scope_of
from rollcall.client.transport import as_timeout, checked
from rollcall.contract.operation import Operation
from toggl.configuration import Configuration
from toggl.rest import exception_of

log = logging.getLogger("toggl")
log.addHandler(logging.NullHandler())


class BaseApiClient(ABC):
    """A client of one server.

    Args:
        configuration: Where to and as whom; None for the default one, else the environment's.

    Raises:
        TypeError: `configuration` is something else.

    Attributes:
        clock: What waits between attempts.
    """

    clock: ClassVar[Clock]
    _fan: ClassVar[Fan]

    def __init__(self, configuration: Configuration | None) -> None:
        if configuration is not None and not isinstance(configuration, Configuration):
            raise TypeError(f"configuration must be a toggl.Configuration, not a {type(configuration).__name__}")
        self.configuration: Configuration = configuration if configuration is not None else Configuration.get_default()
        self._ledger = Ledger()
        self._connected_by: Configuration | None = None

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

    def _listing(
        self, operation: Operation, arguments: Mapping[str, Any], *, timeout: httpx.Timeout | None
    ) -> Listing[Any]:
        """A paged list, asked for by the names of the operation table."""
        per_page = arguments.get("per_page")
        return Listing(
            self.connection(),
            operation,
            arguments,
            get_args(operation.reply)[0],
            per_page=PER_PAGE if per_page is None else per_page,
            timeout=timeout,
        )

    def connection(self) -> Connection:
        """The way to the server as it is configured now.

        Raises:
            ValueError: The configuration's host or timeout is none.
        """
        configuration = self.configuration
        if configuration != self._connected_by:
            self._connected = self._connect(configuration)
            self._connected_by = copy.copy(configuration)
        return self._connected

    def _connect(self, configuration: Configuration) -> Connection:
        return Connection(
            transport=self._transport(
                checked(configuration.host), configuration.auth, as_timeout(configuration.timeout)
            ),
            clock=self.clock,
            fan=self._fan,
            patience=configuration.patience,
            ledger=self._ledger,
            failed=exception_of,
            log=log,
        )

    @abstractmethod
    def _transport(self, base_url: str, auth: httpx.Auth | None, timeout: httpx.Timeout) -> Transport:
        """What sends requests to a server."""
