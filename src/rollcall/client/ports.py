"""What the behaviour of a client needs from outside, as asynchronous as its ports are."""

from __future__ import annotations

from typing import Protocol

import httpx

from rollcall.client.request import Request


class Transport(Protocol):
    """The way to one server, as one account."""

    async def send(self, request: Request) -> httpx.Response:
        """Send a request and read the whole reply, whatever its status.

        Raises:
            httpx.RequestError: There is no reply: the server was not reached, or the reply did not come whole.
        """


class Clock(Protocol):
    """Time."""

    def now(self) -> float:
        """Seconds since 1970."""

    async def sleep(self, seconds: float) -> None:
        """Come back after so many seconds."""
