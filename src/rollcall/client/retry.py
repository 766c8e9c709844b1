"""Trying again, where that cannot do anything twice."""

from __future__ import annotations

import random

import httpx

from rollcall.client.ports import Clock, Transport
from rollcall.client.request import Request

_IDEMPOTENT = frozenset({"GET", "PUT", "DELETE"})
_FIRST_DELAY = 0.5
_LONGEST_DELAY = 8.0

# The request did not leave: nothing can have been done.
_UNSENT = (httpx.ConnectError, httpx.ConnectTimeout)
# The connection broke: something may have been done, which an idempotent request does not mind.
_BROKEN = (httpx.NetworkError, httpx.RemoteProtocolError, httpx.ConnectTimeout)


async def send(request: Request, transport: Transport, clock: Clock, *, retries: int) -> httpx.Response:
    """Send a request, and again after a server error or a broken connection where that is safe.

    An idempotent request is sent again on both, any other only where it cannot have left. Between two attempts passes
    an exponentially growing time, of which each client takes its own random share.

    Args:
        request: What to send.
        transport: Where to.
        clock: What waits.
        retries: How many times more, at most.

    Returns:
        The last reply, whatever its status.

    Raises:
        httpx.RequestError: The last attempt got no reply.
    """
    idempotent = request.method in _IDEMPOTENT
    passing = _BROKEN if idempotent else _UNSENT
    for attempt in range(retries):
        try:
            response = await transport.send(request)
        except passing:
            pass
        else:
            if not (idempotent and _may_pass(response.status_code)):
                return response
        await clock.sleep(_delay(attempt))
    return await transport.send(request)


def _may_pass(status: int) -> bool:
    return status >= httpx.codes.INTERNAL_SERVER_ERROR and status != httpx.codes.NOT_IMPLEMENTED


def _delay(attempt: int) -> float:
    """Between half and all of what is due after so many attempts, in seconds."""
    due: float = min(_LONGEST_DELAY, _FIRST_DELAY * 2**attempt)
    return due * random.uniform(0.5, 1.0)  # noqa: S311 - only spreads load
