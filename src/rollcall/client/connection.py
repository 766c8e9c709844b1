"""A connection: one account at one server, and how its calls go."""

from __future__ import annotations

import httpx
import msgspec

from rollcall.client import retry
from rollcall.client.ports import Clock, Transport
from rollcall.client.request import build
from rollcall.contract.operation import Operation


class Connection(msgspec.Struct, frozen=True, kw_only=True):
    """What every flow of an endpoint needs.

    Attributes:
        transport: The way to the server.
        clock: What waits between attempts.
        retries: How often a call is tried again where that is safe.
        re_raise: Raise every error of the server: try nothing again, and let no status pass as an answer.
    """

    transport: Transport
    clock: Clock
    retries: int
    re_raise: bool

    async def call(self, operation: Operation, **arguments: object) -> httpx.Response:
        """Call an operation.

        Raises:
            httpx.HTTPStatusError: The server refuses, or fails at every attempt.
            httpx.RequestError: The server cannot be reached.
        """
        retries = 0 if self.re_raise else max(0, self.retries)
        response = await retry.send(build(operation, arguments), self.transport, self.clock, retries=retries)
        return response.raise_for_status()
