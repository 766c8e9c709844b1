"""Ways to a server for clients of both modes: in this process, and with faults on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future
from typing import Any

import httpx

from rollcall.testing import RollcallServer


class InProcess(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Hands requests to a server's application, on the server's own loop, without a socket."""

    def __init__(self, server: RollcallServer) -> None:
        self._server = server
        self._transport = httpx.ASGITransport(app=server._answer)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._begun(request).result()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await asyncio.wrap_future(self._begun(request))

    def _begun(self, request: httpx.Request) -> Future[httpx.Response]:
        return asyncio.run_coroutine_threadsafe(self._answered(request), self._server._loop)

    async def _answered(self, request: httpx.Request) -> httpx.Response:
        response = await self._transport.handle_async_request(request)
        return httpx.Response(response.status_code, headers=response.headers, content=await response.aread())


class OverSockets(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """httpx's own transports."""

    def __init__(self) -> None:
        self._blocking = httpx.HTTPTransport()
        self._awaited = httpx.AsyncHTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        return self._blocking.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return await self._awaited.handle_async_request(request)

    def close(self) -> None:
        self._blocking.close()

    async def aclose(self) -> None:
        await self._awaited.aclose()


class HalfABody(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that breaks off."""

    def __iter__(self) -> Iterator[bytes]:
        yield b'{"id": 7, "na'
        raise httpx.RemoteProtocolError("peer closed connection without sending complete message body")

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for part in self:
            yield part


class Fault:
    """What happens to one request on its way.

    Args:
        outcome: What is raised, or makes the reply.
        arrives: Whether the request reaches the server all the same.
    """

    def __init__(self, outcome: Exception | Callable[[], httpx.Response], *, arrives: bool = False) -> None:
        self._outcome = outcome
        self.arrives = arrives

    def happen(self) -> httpx.Response:
        if isinstance(self._outcome, Exception):
            raise self._outcome
        return self._outcome()


class Faulty(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Another transport, on which the next requests meet faults."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner
        self.faults: list[Fault] = []
        self.requests: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        fault = self._met(request)
        if fault is None:
            response: httpx.Response = self._inner.handle_request(request)
            return response
        if fault.arrives:
            self._inner.handle_request(request).read()
        return fault.happen()

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        fault = self._met(request)
        if fault is None:
            response: httpx.Response = await self._inner.handle_async_request(request)
            return response
        if fault.arrives:
            await (await self._inner.handle_async_request(request)).aread()
        return fault.happen()

    def close(self) -> None:
        self._inner.close()

    async def aclose(self) -> None:
        await self._inner.aclose()

    def _met(self, request: httpx.Request) -> Fault | None:
        self.requests.append(request)
        return self.faults.pop(0) if self.faults else None
