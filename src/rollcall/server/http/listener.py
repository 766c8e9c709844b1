"""The listener: takes requests from sockets to the application, until it is told to stop."""

from __future__ import annotations

import asyncio
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from rollcall.server.http.connection import Connection, State
from rollcall.server.http.sockets import has_newcomers, refuse_newcomers

if TYPE_CHECKING:
    import socket
    from collections.abc import Awaitable, Callable, Iterator

    from rollcall.server.certificate import Certificate

PATIENCE = 10
"""Seconds that requests under way may still take once the listener is told to stop."""

_HANDSHAKE = 0.5
"""Seconds in which a connection that is accepted, and tells nobody of it before it is encrypted, should be so."""

_MOMENT = 0.005


class Listener(uvicorn.Server):
    """Serves an application over HTTP.

    `serve(sockets=[…])` returns once it has been told to stop and what was under way is answered.

    Args:
        application: An ASGI application.
        certificate: What https is served with; None for http.
        trusted_proxies: Addresses and networks, with commas, whose `X-Forwarded-For` and `-Proto` are believed.
        farewell: Seconds in which, when it is told to stop, clients may still use connections that are idle.
        alone: Whether nobody else has the sockets, so that their end is the end of the address.
        when_ready: Called when connections are accepted.
    """

    server_state: State

    def __init__(
        self,
        application: Callable[..., Awaitable[Any]],
        *,
        certificate: Certificate | None = None,
        trusted_proxies: str | None = None,
        farewell: float = 1.0,
        alone: bool = True,
        when_ready: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                http=Connection,
                interface="asgi3",
                # Where its library is installed, uvicorn would answer a WebSocket itself.
                ws="none",
                lifespan="off",
                access_log=False,
                server_header=False,
                log_config=None,
                # uvicorn's own default is to believe whoever runs on this machine.
                proxy_headers=trusted_proxies is not None,
                forwarded_allow_ips=trusted_proxies,
                ssl_certfile=certificate.file if certificate else None,
                ssl_keyfile=certificate.key_file if certificate else None,
                timeout_graceful_shutdown=PATIENCE,
            )
        )
        self.server_state = State(farewell)
        self._alone = alone
        self._when_ready = when_ready

    def stop(self) -> None:
        """Take no more requests, and end `serve` when those under way are answered. Any thread may say so."""
        self.should_exit = True

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections."""
        await super().startup(sockets)
        self._when_ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Accept no more connections, and wait until those that are open have ended."""
        self.server_state.ending = True
        if self._alone and sockets:
            refuse_newcomers(sockets)
            for _ in range(int(PATIENCE / _MOMENT)):
                if not has_newcomers(sockets):
                    break
                await asyncio.sleep(_MOMENT)
        for server in self.servers:
            server.close()
        if self.config.is_ssl:
            await asyncio.sleep(_HANDSHAKE)
        await super().shutdown(sockets)

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to who started the listener: uvicorn would raise them again after it has stopped for them."""
        yield
