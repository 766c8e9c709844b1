"""The base of the asynchronous endpoints."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Any, ClassVar, Self, TypeVar

import httpx

from rollcall.client.account import account_name
from rollcall.client.clock import AsyncClock
from rollcall.client.fan import Together
from rollcall.client.ports import Clock
from rollcall.client.retry import Patience
from rollcall.client.tls import usual_context
from rollcall.client.transport import AsyncTransport, as_timeout, check_client
from rollcall.contract.wire import Model
from toggl_api.asyncio.cache import TogglAsyncCache
from toggl_api.meta.cache import TogglQuery
from toggl_api.meta.endpoint import TogglEndpoint
from toggl_api.server import base_url

T = TypeVar("T", bound=Model)


class TogglAsyncCachedEndpoint(TogglEndpoint[T]):
    """An asynchronous endpoint, whose objects may come from a cache.

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
        TypeError: `auth` is not `httpx.BasicAuth`, `cache` not a cache, or `client` not an `httpx.AsyncClient`.
        ValueError: The server's base URL or `timeout` is none.

    Attributes:
        cache: Where the objects are kept; None for nowhere.
    """

    clock: ClassVar[Clock] = AsyncClock()

    def __init__(
        self,
        auth: httpx.BasicAuth,
        cache: TogglAsyncCache | None = None,
        *,
        client: httpx.AsyncClient | None = None,
        timeout: httpx.Timeout | float = 10,
        re_raise: bool = False,
        retries: int = 3,
        wait_for_quota: bool | float = False,
    ) -> None:
        if client is not None:
            check_client(client, httpx.AsyncClient)
        server = base_url(client)
        account = account_name(server, auth)
        used = client or httpx.AsyncClient(verify=usual_context())
        self._own_client = used if client is None else None
        transport = AsyncTransport(used, server, auth, as_timeout(timeout))
        self._connect(
            transport,
            account,
            cache,
            asyncio.to_thread,
            Together(),
            re_raise=re_raise,
            patience=Patience(retries=retries, wait_for_quota=wait_for_quota),
        )
        self.cache: TogglAsyncCache | None = cache.of(self, self._cache) if cache else None

    async def query(self, *query: TogglQuery[Any], distinct: bool = False) -> list[T]:
        """The fresh objects in the cache that match each of the queries. Nothing is asked of the server.

        Args:
            *query: What they must match; none is matched by all.
            distinct: Of objects that are alike in every field that is asked about, only the first.

        Raises:
            NoCacheAssignedError: The endpoint has no cache.
            TypeError: A query's value is not of its field's type.
            ValueError: The objects have no such field.
        """
        return await self._cached().query(*query, distinct=distinct)

    async def aclose(self) -> None:
        """Close the connections, unless they are the caller's own client's, and let go of the cache's file."""
        if self._own_client is not None:
            await self._own_client.aclose()
        await self._cache.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        await self.aclose()
