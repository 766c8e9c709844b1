"""The base of the endpoints, and that of the synchronous ones."""

from __future__ import annotations

import logging
import weakref
from types import TracebackType
from typing import Any, ClassVar, Generic, Self, TypeVar

import httpx
import msgspec

from rollcall.client.account import account_name
from rollcall.client.cache.model_cache import ModelCache, Run, at_once
from rollcall.client.cache.shelves import Shelves
from rollcall.client.clock import SyncClock
from rollcall.client.connection import Connection
from rollcall.client.endpoints.places import ORGANIZATIONS
from rollcall.client.endpoints.session import Session
from rollcall.client.fan import OneByOne
from rollcall.client.ports import Clock, Fan, Transport
from rollcall.client.quota import Quota, ledger_of, scope_of
from rollcall.client.retry import Patience
from rollcall.client.tls import usual_context
from rollcall.client.transport import SyncTransport, as_timeout, check_client
from rollcall.contract.wire import Model
from rollcall.coroutine import complete
from toggl_api.errors import error_of
from toggl_api.meta.cache import FileCache, NoCacheAssignedError, TogglCache, TogglQuery
from toggl_api.server import base_url

T = TypeVar("T", bound=Model)

log = logging.getLogger("toggl_api")
log.addHandler(logging.NullHandler())


class TogglEndpoint(Generic[T]):
    """What synchronous and asynchronous endpoints have in common.

    Attributes:
        MODEL: The class of the objects.
        clock: What tells the age of what is cached, and waits between attempts.
    """

    MODEL: type[T]
    clock: ClassVar[Clock]

    def _connect(
        self,
        transport: Transport,
        account: str,
        cache: FileCache | None,
        run: Run,
        fan: Fan,
        *,
        re_raise: bool,
        patience: Patience,
    ) -> None:
        if cache is not None and not isinstance(cache, FileCache):
            raise TypeError(f"cache must be a cache, as SqliteCache('folder'), not {cache!r}")
        self._ledger = ledger_of(account)
        self._connection = Connection(
            transport=transport,
            clock=self.clock,
            fan=fan,
            patience=msgspec.structs.replace(patience, retries=0) if re_raise else patience,
            ledger=self._ledger,
            failed=error_of,
            log=log,
        )
        self._shelves = Shelves(cache.file if cache else None, account, clock=self.clock, run=run)
        self._cache: ModelCache[T] = self._shelves.of(self.MODEL, *self._place)
        self._session = Session(self._connection, self._shelves, re_raise)

    @property
    def _place(self) -> tuple[str, ...]:
        """Where on the server the objects are."""
        return (ORGANIZATIONS,)

    def _cached(self) -> ModelCache[T]:
        if self._cache.file is None:
            raise NoCacheAssignedError(f"This {type(self).__name__} has no cache: give it one when you make it")
        return self._cache

    def quota(self, organization_id: int | None = None) -> Quota | None:
        """What the server last said is left of the hour's requests of this account; it is not asked for it.

        Args:
            organization_id: Of which organization; None for the requests that concern none (`GET /me/...`).

        Returns:
            None where the server has said nothing, or the hour is over.
        """
        return self._ledger.known(scope_of({"organization_id": organization_id}), self.clock.now())


class TogglCachedEndpoint(TogglEndpoint[T]):
    """A synchronous endpoint, whose objects may come from a cache.

    Args:
        auth: The account: e-mail address and password, or API token and `"api_token"`.
        cache: Where the objects are kept; None for nowhere.
        client: Sends the requests; it is used as it is, neither changed nor closed. None for one of the endpoint's own.
        timeout: How long one attempt of a request may take: seconds, or httpx's own.
        re_raise: Raise every error of the server: try nothing again, and take no status for an answer.
        retries: How often to try again after a 5xx, a 429 or a broken connection, where that cannot do anything twice.
        wait_for_quota: Whether to wait when the requests of the hour are used up, until there are more: True, or for
            how many seconds at most. `QuotaExceededError` is raised at once unless told so.

    Raises:
        TypeError: `auth` is not `httpx.BasicAuth`, `cache` not a cache, or `client` not an `httpx.Client`.
        ValueError: The server's base URL or `timeout` is none.

    Attributes:
        cache: Where the objects are kept; None for nowhere.
    """

    clock: ClassVar[Clock] = SyncClock()

    def __init__(
        self,
        auth: httpx.BasicAuth,
        cache: TogglCache | None = None,
        *,
        client: httpx.Client | None = None,
        timeout: httpx.Timeout | float = 10,
        re_raise: bool = False,
        retries: int = 3,
        wait_for_quota: bool | float = False,
    ) -> None:
        if client is not None:
            check_client(client, httpx.Client)
        server = base_url(client)
        account = account_name(server, auth)
        used = client or httpx.Client(verify=usual_context())
        self._release = weakref.finalize(self, used.close if client is None else _nothing)
        transport = SyncTransport(used, server, auth, as_timeout(timeout))
        self._connect(
            transport,
            account,
            cache,
            at_once,
            OneByOne(),
            re_raise=re_raise,
            patience=Patience(retries=retries, wait_for_quota=wait_for_quota),
        )
        self.cache: TogglCache | None = cache.of(self, self._cache) if cache else None

    def query(self, *query: TogglQuery[Any], distinct: bool = False) -> list[T]:
        """The fresh objects in the cache that match each of the queries. Nothing is asked of the server.

        Args:
            *query: What they must match; none is matched by all.
            distinct: Of objects that are alike in every field that is asked about, only the first.

        Raises:
            NoCacheAssignedError: The endpoint has no cache.
            TypeError: A query's value is not of its field's type.
            ValueError: The objects have no such field.
        """
        return complete(self._cached().query(*query, distinct=distinct))

    def close(self) -> None:
        """Close the connections, unless they are the caller's own client's, and let go of the cache's file."""
        self._release()
        complete(self._cache.close())

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.close()


def _nothing() -> None:
    """Leave the caller's client open."""
