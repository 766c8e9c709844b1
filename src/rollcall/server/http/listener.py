"""The listener: takes requests from a socket to the application, until it is told to stop."""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from rollcall.server.certificate import Certificate

_BACKLOG = 1024
_PATIENCE = 10
"""Seconds that requests under way may still take once the listener is told to stop."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that connections can be made to from now on.

    Args:
        host: The address to listen on, of IPv4 or IPv6, or a name for one.
        port: The port; 0 for one that is free.

    Raises:
        OSError: The address is not this machine's, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=_BACKLOG)


class Listener(uvicorn.Server):
    """Serves an application over HTTP.

    `serve(sockets=[…])` returns once it has been told to stop and what was under way is answered.

    Args:
        application: An ASGI application.
        certificate: What https is served with; None for http.
        trusted_proxies: Addresses and networks, with commas, whose `X-Forwarded-For` and `-Proto` are believed.
    """

    def __init__(
        self,
        application: Callable[..., Awaitable[Any]],
        *,
        certificate: Certificate | None = None,
        trusted_proxies: str | None = None,
    ) -> None:
        super().__init__(
            uvicorn.Config(
                application,
                interface="asgi3",
                lifespan="off",
                access_log=False,
                server_header=False,
                log_config=None,
                # uvicorn's own default is to believe whoever runs on this machine.
                proxy_headers=trusted_proxies is not None,
                forwarded_allow_ips=trusted_proxies,
                ssl_certfile=certificate.file if certificate else None,
                ssl_keyfile=certificate.key_file if certificate else None,
                timeout_graceful_shutdown=_PATIENCE,
            )
        )

    def stop(self) -> None:
        """Take no more requests, and end `serve` when those under way are answered. Any thread may say so."""
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals to who started the listener: uvicorn would raise them again after it has stopped for them."""
        yield
