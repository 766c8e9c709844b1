"""What the behaviour of a client needs from outside, as asynchronous as its ports are."""

from __future__ import annotations

from collections.abc import AsyncGenerator, Callable, Coroutine, Iterable
from typing import Any, Protocol, TypeVar

import httpx

from rollcall.client.request import Request

R = TypeVar("R")


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


class Fan(Protocol):
    """Calls that are made together."""

    def in_order(self, calls: Iterable[Callable[[], Coroutine[Any, Any, R]]]) -> AsyncGenerator[R]:
        """The results of the calls, in their order; a call begins when there is room for it."""
